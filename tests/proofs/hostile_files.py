"""Every hostile file of the proofs by name, and sound ones to damage; written by another process.

Some makers need far more memory than taking in what they have made, which is what is measured.
"""

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.proofs import hostile_books, hostile_texts
from tests.proofs.hostile_books import XLS, Maker
from tests.services.lists import workbook, worker
from tests.storage import hostile

ROOT = Path(__file__).parents[2]
ATTACKS = (
    *("plain_xlsx", "far_column", "far_row", "far_cell_in_odd_quotes", "hollow", "huge_sheet"),
    *("far_cell_hidden_from_the_guard", "lying_sizes", "wrong_checksum", "many_parts"),
    *("billion_laughs", "utf16_sheet", "windows_sheet", "cut_file", "encrypted", "encrypted_zip"),
    *("year_1904", "rich_xlsx", "only_hidden"),
)
OLD = (hostile.ole_garbage, *map(hostile_books.cut_xls, (0.1, 0.3, 0.5, 0.7, 0.9, 0.99, 1)))
SOUND: Mapping[str, Maker] = {
    "plain.xlsx": lambda path: hostile.plain_xlsx(path, rows=30),
    "openpyxl.xlsx": lambda path: workbook(path, [worker(n) for n in range(1, 25)]),
    "rich.xlsx": hostile.rich_xlsx,
    "small.ods": hostile.small_ods,
    "list.xls": lambda path: _copied(XLS, path),
    "list.csv": hostile_texts.saved(hostile_texts.lines(";")),
}


def hostile_files() -> Mapping[str, tuple[str, Maker]]:
    """Name every hostile file, with its file name and its maker."""
    found: dict[str, tuple[str, Maker]] = {}
    for name in ATTACKS:
        found[f"attack: {name}"] = ("a.xlsx", getattr(hostile, name))
    for name, xml in hostile_books.CELLS.items():
        found[f"cell: {name}"] = ("a.xlsx", hostile_books.cell(xml))
    kinds = ("sheet", hostile_books.SHEETS), ("book", hostile_books.BOOKS)
    for kind, makers in (*kinds, ("to", hostile_books.RELATIONS), ("zip", hostile_books.ZIPS)):
        found |= {f"{kind}: {name}": ("a.xlsx", make) for name, make in makers.items()}
    found |= {f"ods: {name}": ("a.ods", make) for name, make in hostile_books.ODS.items()}
    found |= {f"xls: {at}": ("a.xls", make) for at, make in enumerate(OLD)}
    found |= {f"text: {name}": ("a.csv", make) for name, make in hostile_texts.TEXTS.items()}
    found |= {f"is {name}": made for name, made in hostile_texts.STRANGERS.items()}
    return found


def write_all(folder: Path, *, every: int = 1) -> Iterator[tuple[str, Path]]:
    """Let another process write the files, one of `every`; give each with what it is."""
    words = [sys.executable, "-m", "tests.proofs.hostile_files", str(folder), str(every)]
    subprocess.run(words, cwd=ROOT, check=True)
    found = json.loads((folder / "files.json").read_text("utf-8"))
    return ((what, folder / name) for what, name in found.items())


def sound_files(folder: Path) -> list[tuple[str, bytes]]:
    """Give the sound files that `write_all` has written beside the hostile ones."""
    return [(name, (folder / name).read_bytes()) for name in SOUND]


def main(folder: Path, every: int) -> None:
    written: dict[str, str] = {}
    for at, (what, (name, make)) in enumerate(list(hostile_files().items())[::every]):
        place = folder / f"{at:03d}"
        place.mkdir()
        make(place / name)
        written[what] = f"{at:03d}/{name}"
    for name, make in SOUND.items():
        make(folder / name)
    (folder / "files.json").write_text(json.dumps(written), encoding="utf-8")


def _copied(source: Path, path: Path) -> Path:
    path.write_bytes(source.read_bytes())
    return path


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
