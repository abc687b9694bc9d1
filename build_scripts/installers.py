"""Packs the program folder: the setup program by NSIS, the MSI by wixl.

Two runs on equal files with the same SOURCE_DATE_EPOCH give equal installers, signatures aside.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from enum import IntEnum
from pathlib import Path

from build_scripts import msi_summary, product
from build_scripts.dev_report import Stop
from build_scripts.make_wxs import INDONESIAN, OLDEST_BUILD, Package, content_code, wxs
from build_scripts.side_picture import draw_side_picture
from build_scripts.sign import Signer, sign_file

SCRIPT = product.ROOT / "build_scripts" / "installer.nsi"
ICON = product.ROOT / "resources" / "icons" / "app.ico"
# Never names that a person would give to a folder: the setup removes these two with all they hold.
STAGED, ASIDE = "_bpjsdesk-baru", "_bpjsdesk-lama"
OPEN = "belum-selesai"  # a file in ASIDE that says that an exchange has begun and is not over
INTERNAL = "_internal"
_TREE = Path("tree")
_TIMEOUT_S = 1200
_NSIS_FOLDERS = ("C:/Program Files (x86)/NSIS", "C:/Program Files/NSIS")


class SetupCode(IntEnum):
    """How the setup program ends when it refuses; 0 is done, 1 the user's wish, 2 a full disk."""

    WINDOWS = 3
    RUNNING = 4
    NEWER = 5
    MSI = 6
    FOLDER = 7
    RIGHTS = 8


def make_setup(
    bundle: Path,
    out: Path,
    *,
    version: str,
    licence: Path,
    signer: Signer | None = None,
    is_quick: bool = False,
) -> Path:
    """Compile the setup program from the program folder; the uninstaller in it is signed as well.

    `is_quick` packs less tightly, for proofs.
    Raises: Stop when the folder holds anything but the program, or with the compiler's own words.
    """
    with _laid_out(bundle, out) as folder:
        licence_text = licence.read_text("utf-8-sig")
        (folder / "licence.txt").write_text(licence_text, "utf-8-sig", newline="\r\n")
        (folder / "files.nsh").write_text(_file_lines(folder), "utf-8-sig")
        names = _names(version) | {
            "OUT": str(folder / out.name),
            "FILES": str(folder / "files.nsh"),
            "LICENCE": str(folder / "licence.txt"),
            "SIZE_KB": str(size_kb(folder / _TREE)),
            "COMPRESSION": "zlib" if is_quick else "/SOLID lzma",
        }
        if _has_icon():
            names["ICON"] = str(ICON)
            picture = draw_side_picture(ICON, folder / "side.bmp")
            names["SIDE_PICTURE"] = str(_dated(picture, product.source_date()))
        if signer is not None:
            names["SIGN"] = f'"{sys.executable}" -m build_scripts.sign sign'
        words = [f"-D{name}={value}" for name, value in names.items()]
        command = [_makensis(), "-V2", "-WX", "-INPUTCHARSET", "UTF8", *words, str(SCRIPT)]
        _build(command, folder=folder, variables=signer.variables() if signer else {})
        return _finish(folder / out.name, out, signer)


def make_msi(bundle: Path, out: Path, *, version: str, signer: Signer | None = None) -> Path:
    """Build the per-machine MSI from the program folder.

    Raises: Stop when the folder holds anything but the program, or with the builder's own words.
    """
    with _laid_out(bundle, out) as folder:
        icon = Path(shutil.copy(ICON, folder)).relative_to(folder) if _has_icon() else None
        draft = Package(folder=folder, tree=_TREE, version=version, icon=icon)
        code = content_code(wxs(draft), (path.read_bytes() for path in _files(folder / _TREE)))
        package = replace(draft, product_code=code)
        (folder / "app.wxs").write_text(wxs(package), "utf-8")
        if shutil.which("wixl"):
            command = ["wixl", "-a", "x64", "-o", "app.msi", "app.wxs"]
            _build(command, folder=folder, variables={"TZ": "UTC"})
            moment = product.source_date()
            msi_summary.settle(folder / "app.msi", code=code, language=INDONESIAN, moment=moment)
        else:
            _build_with_wix(folder)
        return _finish(folder / "app.msi", out, signer)


def _build_with_wix(folder: Path) -> None:
    """Build with WiX 5, where IT has that on Windows. Not tried by us."""
    if not shutil.which("wix"):
        raise Stop("Neither wixl (Debian: apt-get install wixl msitools) nor wix is on the PATH.")
    _build(["wix", "convert", "app.wxs"], folder=folder, variables={}, good=(0, 1))
    _build(["wix", "build", "-arch", "x64", "-o", "app.msi", "app.wxs"], folder=folder)


@contextmanager
def _laid_out(bundle: Path, out: Path) -> Iterator[Path]:
    """Copy the program folder with all files of one date, beside the place of the result."""
    own = {f"{product.WINDOW}.exe", f"{product.CLI}.exe", INTERNAL}
    found = {path.name for path in bundle.iterdir()}
    if found != own:
        raise Stop(f"{bundle} must hold {sorted(own)} and nothing else, not {sorted(found)}.")
    out.parent.mkdir(parents=True, exist_ok=True)
    moment = product.source_date()
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=".installer-") as name:
        folder = Path(name)
        shutil.copytree(bundle, folder / _TREE)
        for path in (folder / _TREE).rglob("*"):
            _dated(path, moment)
        yield folder


def _dated(path: Path, moment: int) -> Path:
    """Give a file the date of the build: NSIS and wixl pack it along."""
    os.utime(path, (moment, moment))
    return path


def _files(tree: Path) -> list[Path]:
    found = [path for path in tree.rglob("*") if path.is_file()]
    return sorted(found, key=lambda path: path.relative_to(tree).as_posix())


def size_kb(tree: Path) -> int:
    """Tell how much room the program takes, as Windows' list of programs shows it."""
    return sum(path.stat().st_size for path in _files(tree)) // 1024


def _file_lines(folder: Path) -> str:
    """Name every file to NSIS: `File /r` would take them in the file system's own order."""
    lines: list[str] = []
    place = ""
    for path in _files(folder / _TREE):
        parent = path.relative_to(folder / _TREE).parent
        wanted = "\\".join([STAGED, *parent.parts])
        if wanted != place:
            place = wanted
            lines.append(f'SetOutPath "$INSTDIR\\{place}"')
        lines.append(f'File "{str(path).replace("$", "$$")}"')
    return "\n".join(lines) + "\n"


def _names(version: str) -> dict[str, str]:
    return {
        "VERSION": version,
        "OLDEST_BUILD": str(OLDEST_BUILD),
        "APP_NAME": product.NAME,
        "VENDOR": product.VENDOR,
        "DESCRIPTION": product.DESCRIPTION,
        "COPYRIGHT": product.COPYRIGHT,
        "WINDOW": product.WINDOW,
        "CLI": product.CLI,
        "REGISTRY_KEY": product.REGISTRY_KEY,
        "UNINSTALL_KEY": product.UNINSTALL_KEY,
        "UPGRADE_CODE": product.UPGRADE_CODE.upper(),
        "STAGED": STAGED,
        "ASIDE": ASIDE,
        "OPEN": OPEN,
        "INTERNAL": INTERNAL,
        **{f"RC_{code.name}": str(code.value) for code in SetupCode},
    }


def _has_icon() -> bool:
    return ICON.exists() and ICON.stat().st_size > 0


def _makensis() -> str:
    found = shutil.which("makensis", path=os.pathsep.join([os.environ["PATH"], *_NSIS_FOLDERS]))
    if not found:
        raise Stop("makensis is not on the PATH (Debian: apt-get install nsis).")
    return found


def _build(
    command: Sequence[str],
    *,
    folder: Path,
    variables: Mapping[str, str] | None = None,
    good: Sequence[int] = (0,),
) -> None:
    surroundings = {
        **os.environ,
        "LC_ALL": "C.UTF-8",  # names on the command line are not all ASCII
        "PYTHONPATH": str(product.ROOT),  # for the signing of the uninstaller
        "SOURCE_DATE_EPOCH": str(product.source_date()),
        **(variables or {}),
    }
    done = subprocess.run(
        command,
        cwd=folder,
        env=surroundings,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        timeout=_TIMEOUT_S,
        check=False,
    )
    # wixl tells of what it does not understand, and goes on with 0
    if done.returncode not in good or "CRITICAL" in done.stdout or "WARNING" in done.stdout:
        raise Stop(f"{done.stdout[-4000:]}\nThis command failed: {command[0]}")


def _finish(made: Path, out: Path, signer: Signer | None) -> Path:
    if signer is not None:
        sign_file(made, signer)
    made.replace(out)
    return out
