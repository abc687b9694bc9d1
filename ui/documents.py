"""Where files are offered to be saved, and the ending that they get."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths


def in_documents(name: str) -> str:
    """Give a file name its place among the user's documents.

    Without a place the dialog would begin in the folder that the program was started in, which
    Windows makes the folder of the program itself.
    """
    place = QStandardPaths.StandardLocation.DocumentsLocation
    return str(Path(QStandardPaths.writableLocation(place)) / name)


def with_ending(chosen: str, kind: str) -> Path:
    """Give the chosen file the ending of its kind, such as "pdf", where it has it not."""
    path = Path(chosen)
    has_it = path.suffix.casefold() == f".{kind}"
    return path if has_it else path.with_name(f"{path.name}.{kind}")
