"""What both editions are looked at for: files, entries, links, a start, an office that is kept."""

import shutil
import time
from dataclasses import dataclass
from pathlib import Path

from build_scripts import product
from build_scripts.smoke_pc import Findings, Pc, digests

PASSWORD, USER = "perahu biru berlayar", "uji"
START_S = 300.0
STALE = Path("_internal", "sisa-versi-lama.dll")
OWN_FILE = Path("catatan TI – jangan dihapus.txt")


@dataclass(frozen=True, slots=True, kw_only=True)
class Editions:
    """Name the installers of the version under test and of a lower one, made of one folder."""

    bundle: Path
    version: str
    setup: Path
    msi: Path
    older: str
    older_setup: Path
    older_msi: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Tries:
    """Look at one PC and note what is found."""

    pc: Pc
    editions: Editions
    findings: Findings

    def code(self, name: str, found: int, *wanted: int) -> bool:
        """Note an exit code; several may be meant."""
        return self.findings.note(name, found in wanted, f"code {found}")

    def whole(self, place: Path, *, besides: tuple[str, ...] = ("uninstall.exe",)) -> bool:
        """Note whether a place holds the program byte by byte, and nothing unknown besides."""
        installed = digests(place)
        wanted = digests(self.editions.bundle)
        extra = sorted(set(installed) - set(wanted) - set(besides))
        lost = sorted(name for name, digest in wanted.items() if installed.get(name) != digest)
        detail = f"{len(wanted)} files" if not extra + lost else f"lost {lost}, extra {extra}"
        return self.findings.note("all files as built, none besides", not extra + lost, detail)

    def entry(self, wanted: dict[str, str | int], *, hive: str) -> None:
        """Note whether there is one entry in the list of programs, with these values."""
        entries = self.pc.own_entries()
        hives = [key.partition("\\")[0] for key in entries]
        if not self.findings.equal("one entry in the list of programs", hives, [hive]):
            return
        values = next(iter(entries.values()))
        found = {name: values.get(name) for name in wanted}
        self.findings.equal("entry's values", found, wanted)
        self.findings.note("entry offers no help link", not values.get("HelpLink"))

    def link(self, mode: str, *, target: Path) -> None:
        """Note whether the start menu leads to the program."""
        links = {each: path for each, path in self.pc.links().items() if path.exists()}
        right = list(links) == [mode]
        path = links.get(mode)
        leads = path is not None and _mentions(path, target.name)
        self.findings.note(f"start menu entry ({mode})", right and leads, ", ".join(links))

    def starts(self, place: Path) -> None:
        """Note whether the installed program tells its version and passes its own test."""
        program = str(place / f"{product.CLI}.exe")
        told = self.pc.run([program, "--version"], timeout_s=START_S)
        good = told.returncode == 0 and product.version() in told.stdout
        self.findings.note("--version", good, told.stdout.strip() or f"code {told.returncode}")
        started = time.monotonic()
        tested = self.pc.run([program, "self-test"], timeout_s=START_S)
        words = (tested.stdout + tested.stderr).strip().splitlines()[-3:]
        seconds = f"{time.monotonic() - started:.1f} s"
        good = tested.returncode == 0
        detail = seconds if good else f"code {tested.returncode}: {' / '.join(words)}"
        self.findings.note("self-test", good, detail)

    def found_office(self, place: Path) -> dict[str, str]:
        """Let the installed program found an office where it does so by itself; give its files."""
        program = str(place / f"{product.CLI}.exe")
        words = [program, "init", "--office", "Kantor Uji Pemasangan", "--user", USER, "--json"]
        done = self.pc.run(words, variables={"BPJSDESK_PASSWORD": PASSWORD}, timeout_s=START_S)
        files = digests(self.pc.data)
        good = done.returncode == 0 and bool(files)
        detail = ", ".join(files) if good else f"code {done.returncode} {done.stderr[-300:]}"
        self.findings.note("an office is founded in the data folder", good, detail)
        return files

    def opens_office(self, place: Path) -> None:
        """Note whether the installed program finds the office sound."""
        words = [str(place / f"{product.CLI}.exe"), "check", "--user", USER, "--json"]
        done = self.pc.run(words, variables={"BPJSDESK_PASSWORD": PASSWORD}, timeout_s=START_S)
        detail = f"code {done.returncode}" + (done.stderr[-300:] if done.returncode else "")
        self.findings.note("the new version opens the office", done.returncode == 0, detail)

    def kept(self, files: dict[str, str]) -> None:
        """Note whether the office's files are what they were."""
        good = bool(files) and digests(self.pc.data) == files
        self.findings.note("the office's files are untouched", good, f"{len(files)} files")

    def drop_office(self) -> None:
        """Remove the office that these tries have founded."""
        shutil.rmtree(self.pc.data, ignore_errors=True)

    def plant(self, place: Path) -> None:
        """Put a file of an older version and one of somebody else into the program folder."""
        (place / STALE).write_bytes(b"stale")
        (place / OWN_FILE).write_text("milik TI", "utf-8")

    def planted(self, place: Path, *, stale: bool) -> None:
        """Note what has become of the two."""
        self.findings.equal("a stale file in _internal is there", (place / STALE).exists(), stale)
        self.findings.note("a file of somebody else is kept", (place / OWN_FILE).exists())


def _mentions(path: Path, name: str) -> bool:
    content = path.read_bytes()
    return name.encode() in content or name.encode("utf-16-le") in content
