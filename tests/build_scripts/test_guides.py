"""The papers for IT say what the program does, and claim nothing that no real Windows has shown."""

import re
import tomllib
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from bpjsdesk.cli import main as cli
from bpjsdesk.cli.parser import build_parser
from bpjsdesk.paths import AppPaths
from build_scripts import product
from build_scripts.dev_system import QT_PACKAGES
from build_scripts.installers import SetupCode

SCRIPTS = product.ROOT / "build_scripts"
LICENCES = product.ROOT / "resources" / "licences"
# shared/windows.md, section 11, and what reliability.md leaves to a Windows PC.
NOT_KNOWN = (
    *("SmartScreen", "antivirus", "GPO", "Intune", "ICE", "menu Start", "Segoe UI", "125 %"),
    *("150 %", "QPrintDialog", "pencetak", "dialog berkas", "OneDrive", "tidur", "keluar sesi"),
    *("ARM64", "Job Object", "jalur panjang", "DPAPI"),
)
_CLAIM = re.compile(
    r"(?i)\b(terverifikasi|telah diuji|sudah diuji|sudah diverifikasi|teruji|verified|tested)\b"
)
_DENIAL = re.compile(r"(?i)\b(belum|tidak|not|never|no)\b")
STEPS = (
    *("checkout", "python 3.11 x64", "hash-locked", "tests", "freeze", "audit", "sign"),
    *("self-test", "nsis", "msi", "sign the msi", "smoke", "sbom", "verify", "upload"),
)
DRIVER_STEPS = [
    "deps",
    "test",
    "freeze",
    "audit",
    "selftest",
    "sign",
    "installers",
    "smoke",
    "sbom",
    "sums",
]


def read(name: str) -> str:
    return (SCRIPTS / name).read_text(encoding="utf-8")


def commands(text: str) -> list[str]:
    return [
        line
        for block in re.findall(r"```\w*\n(.*?)```", text, re.DOTALL)
        for line in block.splitlines()
    ]


@pytest.mark.parametrize("matter", NOT_KNOWN)
def test_what_only_windows_can_show_stands_in_the_checklist_as_not_verified(matter: str) -> None:
    lines = [line for line in read("RELEASE_CHECKLIST.md").splitlines() if matter in line]
    assert any(line.startswith("- [ ] belum diverifikasi:") for line in lines)


@pytest.mark.parametrize("place", ["README.md", "CHANGELOG.md", "build_scripts/PANDUAN_IT.md"])
def test_no_paper_claims_what_was_not_verified(place: str) -> None:
    text = (product.ROOT / place).read_text(encoding="utf-8")
    known = re.compile("|".join(map(re.escape, (*NOT_KNOWN, "Windows 11"))), re.IGNORECASE)
    claims = [line for line in text.splitlines() if known.search(line) and _CLAIM.search(line)]
    assert [line for line in claims if not _DENIAL.search(line)] == []


def test_no_box_of_the_checklist_is_ticked_in_the_repository() -> None:
    assert "- [x]" not in read("RELEASE_CHECKLIST.md").lower()


@pytest.mark.parametrize("heading", ["### GPO", "### Intune", "## 9. Antivirus"])
def test_sections_tried_nowhere_say_so_in_their_heading(heading: str) -> None:
    line = next(line for line in read("PANDUAN_IT.md").splitlines() if line.startswith(heading))
    assert line.endswith("[belum diverifikasi di Windows nyata]")


def test_the_guide_tells_every_exit_code_of_the_setup_program() -> None:
    told = {int(code) for code in re.findall(r"^\| (\d) \|", read("PANDUAN_IT.md"), re.MULTILINE)}
    assert {0, 1, 2, *SetupCode} == told


def test_the_guide_names_what_installers_and_program_really_use() -> None:
    guide = read("PANDUAN_IT.md")
    paths = AppPaths(Path("data"))
    files = (paths.database, paths.keys, paths.keys_copy, paths.window_state)
    assert all(f"`{path.name}`" in guide for path in files)
    assert all(f"`{path.name}\\`" in guide for path in (paths.backups, paths.exports))
    assert f"{{{product.UPGRADE_CODE.upper()}}}" in guide
    assert f"HKLM\\{product.UNINSTALL_KEY}" in guide
    for file in (product.setup_file(), product.msi_file(), product.archive_file()):
        assert file.name.replace(product.version(), "<versi>") in guide
    assert (cli.MENDABLE, cli.WRONG_USAGE, cli.ENVIRONMENT) == (1, 2, 3)


def test_the_commands_in_the_guide_are_commands() -> None:
    lines = [line for line in commands(read("PANDUAN_IT.md")) if line.startswith("bpjsdesk-cli ")]
    assert len(lines) >= 2
    for line in lines:
        assert build_parser().parse_args(line.split()[1:]).command


def test_the_libraries_for_linux_are_those_that_the_program_asks_for() -> None:
    line = next(line for line in commands(read("PANDUAN_IT.md")) if "apt install" in line)
    named = set(line.split("install ")[1].split())
    # the frozen program goes through X11
    assert named == {name for name in QT_PACKAGES if not name.startswith("libwayland")}


def test_a_backup_comes_back_the_way_the_guide_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BPJSDESK_PASSWORD", "perahu biru berlayar")
    moment = datetime(2026, 11, 20, 9, 0, tzinfo=timezone(timedelta(hours=8)))
    old, new, copy = tmp_path / "lama", tmp_path / "baru", tmp_path / "cadangan-2026-11-20.db"

    def run(data: Path, *words: str) -> int:
        return cli.main(["--data", str(data), "--user", "rina", *words], clock=lambda: moment)

    assert run(old, "init", "--office", "Kantor Uji") == 0
    assert run(old, "backup", str(copy)) == 0
    paths = AppPaths(new)
    new.mkdir()
    copy.rename(paths.database)
    copy.with_name(f"{copy.name}.kunci.json").rename(paths.keys)
    capsys.readouterr()
    assert run(new, "check") == 0
    assert capsys.readouterr().out.startswith("Utuh.")


def test_the_windows_job_has_its_fifteen_steps_in_order() -> None:
    names = re.findall(r"^      - name: (\d+) (.+)$", read("windows-release.yml"), re.MULTILINE)
    assert [int(number) for number, _words in names] == list(range(1, 16))
    for (_number, words), wanted in zip(names, STEPS, strict=True):
        assert wanted in words.lower()
    assert "os: [windows-2022, windows-2025]" in read("windows-release.yml")


def test_everything_that_the_windows_job_calls_exists() -> None:
    job = read("windows-release.yml")
    scripts = set(re.findall(r"python (build_scripts/\S+\.py)", job))
    modules = set(re.findall(r"python -m (build_scripts\.\w+)", job))
    assert "build_scripts/build.py" in scripts
    for place in scripts | {module.replace(".", "/") + ".py" for module in modules}:
        assert (product.ROOT / place).is_file(), place
    told = re.findall(r"--only ([a-z ]+)$", job, re.MULTILINE)
    asked = [step for steps in told for step in steps.split()]
    assert set(asked) == set(DRIVER_STEPS)


def test_the_licence_that_the_setup_program_shows_is_complete() -> None:
    raw = (LICENCES / "LISENSI.txt").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    text = raw.decode("utf-8-sig")
    assert text.endswith((product.ROOT / "LICENSE").read_text(encoding="utf-8"))
    for words in ("LGPL", "GNU Lesser General Public License versi 3", "Penawaran tertulis"):
        assert words in text
    assert "boleh merekayasa balik" in text
    assert not re.search(r"(?i)dilarang|tidak boleh merekayasa", text)


def test_the_licence_names_the_versions_that_are_frozen() -> None:
    text = (LICENCES / "LISENSI.txt").read_text(encoding="utf-8-sig")
    project = tomllib.loads((product.ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = project["project"]["optional-dependencies"]["gui"][0]
    version = re.fullmatch(r"PySide6-Essentials==([\d.]+); python_version < '3.14'", wanted)
    assert version
    assert f"Qt {version[1]} dan PySide6 {version[1]}" in text


@pytest.mark.parametrize("name", ["LGPL-3.0.txt", "GPL-3.0.txt"])
def test_the_texts_of_the_gpl_family_are_there_in_full(name: str) -> None:
    text = (LICENCES / name).read_text(encoding="utf-8")
    assert "Version 3, 29 June 2007" in text
    assert len(text) > 7000
