"""Find out to whom each binary in the frozen program belongs, so that the papers name them all."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath

from build_scripts.shipped import Component

CONTENTS = "_internal"
_PYTHON_ARCHIVE = "z"
_OWN_MODULES = ("bpjsdesk", "ui", "_pyi_rth_utils")
_BINARY = (".dll", ".exe", ".pyd", ".so")
# Their licences do not fit; each came along unasked in some build of a comparable program.
_REFUSED = ("libreadline*", "readline*.so", "libgdbm*", "_gdbm*.so", "_dbm*.so", "*darkgarden*")


def bundle_problems(
    bundle: Path, site_packages: Path, components: Iterable[Component]
) -> Iterator[str]:
    """Name each file of the bundle that no component answers for, or whose licence is refused."""
    patterns = [pattern for each in components for pattern in each.files]
    for path in sorted(bundle.rglob("*")):
        place = PurePosixPath(path.relative_to(bundle).as_posix())
        if not path.is_file():
            continue
        if any(fnmatch(place.name.lower(), pattern) for pattern in _REFUSED):
            yield f"{place}: its licence (GPL) must not be in the bundle"
        elif _is_binary(place) and not _owned(place, site_packages, patterns):
            yield f"{place}: no package and no line of components.csv answers for it"


def module_problems(bundle: Path, components: Iterable[Component]) -> Iterator[str]:
    """Name each Python module in the programs that belongs to no component.

    A package of the build machine comes along when some library would use it if it were there.
    """
    known = {*sys.stdlib_module_names, *_OWN_MODULES}
    known.update(module for each in components for module in each.modules)
    for path in sorted(path for path in bundle.glob("*") if path.is_file()):
        strange = {name.partition(".")[0] for name in _frozen_modules(path)} - known
        for name in sorted(strange):
            if not name.startswith("_sysconfigdata"):
                yield f"{path.name}: the module {name} is of no package in the lock"


def _frozen_modules(program: Path) -> Iterator[str]:
    # the package brings no types
    from PyInstaller.archive.readers import CArchiveReader  # type: ignore[import-untyped]

    archive = CArchiveReader(str(program))
    for name, told in archive.toc.items():
        if told[-1] == _PYTHON_ARCHIVE:
            yield from archive.open_embedded_archive(name).toc


def _is_binary(place: PurePosixPath) -> bool:
    in_front = place.parts[0] != CONTENTS and len(place.parts) == 1
    return in_front or any(part in _BINARY for part in place.suffixes)


def _owned(place: PurePosixPath, site_packages: Path, patterns: Sequence[str]) -> bool:
    inside = place.relative_to(CONTENTS) if place.parts[0] == CONTENTS else place
    if (site_packages / inside).is_file():
        return True
    return any(_fits(inside, each) for each in patterns)


def _fits(inside: PurePosixPath, pattern: str) -> bool:
    # part by part: `*.pyd` means those beside the program, not those in the folders of packages
    if pattern.startswith("**/"):
        return fnmatch(inside.name.lower(), pattern.removeprefix("**/"))
    names, wanted = inside.parts, pattern.split("/")
    pairs = zip(names, wanted, strict=False)
    return len(names) == len(wanted) and all(fnmatch(one.lower(), two) for one, two in pairs)
