"""Faults of the modules inside a frozen executable: the window's, and paths of the building PC."""

from collections.abc import Iterator
from pathlib import Path

from build_scripts.product import ROOT

WINDOW_ONLY = ("ui", "PySide6", "shiboken6", "pypdfium2", "pypdfium2_raw")


def archive_findings(program: Path, *, has_window: bool) -> Iterator[str]:
    """Name the faults of one executable's archive of modules."""
    # the package brings no types
    from PyInstaller.archive.readers import (  # type: ignore[import-untyped]
        ArchiveReadError,
        CArchiveReader,
    )

    try:
        outer = CArchiveReader(str(program))
        modules = outer.open_embedded_archive("PYZ.pyz")
    except (ArchiveReadError, KeyError) as problem:
        yield f"{program.name}: its modules cannot be read ({problem!r})"
        return
    names = {name.split(".", maxsplit=1)[0] for name in modules.toc}
    if not has_window:
        yield from (f"{program.name}: holds {name}" for name in sorted(names & {*WINDOW_ONLY}))
    for name in sorted(modules.toc):
        if _tells_place(modules.extract(name, raw=True) or b""):
            yield f"{program.name}: {name} tells where it was built"


def _tells_place(code: bytes) -> bool:
    folders = ("build_scripts", "bpjsdesk", "ui", "build")
    posix = [f"{ROOT.as_posix()}/{folder}" for folder in folders]
    return any(path.encode() in code for each in posix for path in (each, each.replace("/", "\\")))
