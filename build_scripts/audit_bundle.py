"""Look through a frozen program folder for what must not be there, and for what is missing.

`python build_scripts/audit_bundle.py FOLDER --target win|linux` ends with 1 on any finding.
"""

import argparse
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import MappingProxyType

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from build_scripts import freeze_rules, product
from build_scripts.audit_archive import archive_findings
from build_scripts.audit_binaries import elf_findings, pe_findings

# The Linux wheels of Qt bring 38 MB of ICU that Windows has no need of.
MAX_MB = MappingProxyType({"win": 130, "linux": 170})
CONTENTS = "_internal"
# Of Qt, only LGPL modules of PySide6-Essentials that the window uses; the rest of Essentials, all
# Addons and everything GPL-only is a finding.
QT_MODULES = ("Core", "Gui", "Widgets", "Svg", "PrintSupport")
QT_ON_LINUX = ("XcbQpa", "DBus", "OpenGL")  # what QtGui and its screen plug-in are linked to
_QT_NAME = re.compile(r"^(?:lib)?Qt6?([A-Z]\w*?)(?:\.abi3)?\.(?:dll|pyd|so)(?:\.\d+)*$")
_DEBUG = re.compile(r"^(Qt6\w+d|ucrtbased|vcruntime140(_1)?d|msvcp140(_\d)?d)\.dll$|_d\.pyd$", re.I)
_DESKTOP = re.compile(r"^lib(gtk|gdk|wayland|X\w|xcb|xkb|GL|EGL|glib|gobject|stdc)[^/]*\.so")
_SECRET = re.compile(rb"-----BEGIN [A-Z ]*PRIVATE KEY-----|_authToken|aws_secret")
_TEXT = (".py", ".json", ".csv", ".txt", ".md", ".svg", ".toml", ".cfg", ".ini")


def audit(bundle: Path, target: str) -> list[str]:
    """Name every fault of a program folder; empty when all is well."""
    files = {path.relative_to(bundle).as_posix(): path for path in sorted(bundle.rglob("*"))}
    places = {place: path for place, path in files.items() if path.is_file()}
    found = [*_missing(places, target), *_size(places, MAX_MB[target])]
    for place, path in files.items():
        found += _by_name(place, target)
        found += _by_content(place, path) if path.is_file() else ()
    found += pe_findings(places) if target == "win" else elf_findings(places)
    for name in (product.WINDOW, product.CLI):
        program = places.get(executable(name, target))
        found += archive_findings(program, has_window=name == product.WINDOW) if program else ()
    return found


def executable(name: str, target: str) -> str:
    """Name an executable as it lies in the program folder."""
    return f"{name}.exe" if target == "win" else name


def _missing(places: dict[str, Path], target: str) -> Iterator[str]:
    wanted = [executable(name, target) for name in (product.WINDOW, product.CLI)]
    own = freeze_rules.data_files(product.licences_folder(target))
    wanted += [f"{CONTENTS}/{place}" for place, _ in own]
    plugin = "plugins/platforms/q{}.dll" if target == "win" else "Qt/plugins/platforms/libq{}.so"
    screens = ("windows", "offscreen") if target == "win" else ("xcb", "offscreen")
    wanted += [f"{CONTENTS}/PySide6/{plugin.format(screen)}" for screen in screens]
    yield from (f"{place}: is missing" for place in wanted if place not in places)
    # Qt must stay replaceable: in libraries of its own, as its licence asks
    for module in QT_MODULES:
        name = f"PySide6/Qt6{module}.dll" if target == "win" else f"/libQt6{module}.so.6"
        if not any(place.endswith(name) for place in places):
            yield f"Qt6{module}: is not there as a library of its own"


def _size(places: dict[str, Path], most: int) -> Iterator[str]:
    total = sum(path.stat().st_size for path in places.values()) / 1e6
    if total > most:
        yield f"the folder has {total:.1f} MB, more than {most}"


def _by_name(place: str, target: str) -> Iterator[str]:
    name = place.rsplit("/", maxsplit=1)[-1]
    if name == "__pycache__":
        yield f"{place}: a cache of the building PC"
    if _DEBUG.search(name):
        yield f"{place}: a debug library"
    if target == "linux" and "pillow.libs/" not in place and _DESKTOP.match(name):
        yield f"{place}: belongs to the desktop that the program meets"
    allowed = (*QT_MODULES, *QT_ON_LINUX) if target == "linux" else QT_MODULES
    module = _QT_NAME.match(name)
    if module and module[1] not in allowed:
        yield f"{place}: a Qt module that the window does not use, or that is not LGPL"
    if name.endswith(".py") and freeze_rules.MIGRATIONS not in place:
        yield f"{place}: a source file"


def _by_content(place: str, path: Path) -> Iterator[str]:
    if path.suffix in _TEXT and _SECRET.search(path.read_bytes()):
        yield f"{place}: holds a secret"


def main(words: Sequence[str] | None = None) -> int:
    """Audit one folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--target", choices=product.TARGETS, required=True)
    chosen = parser.parse_args(words)
    findings = audit(chosen.folder, chosen.target)
    print("\n".join(findings) or f"{chosen.folder}: nothing found")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
