"""Workbooks with lists of workers, made up for the tests of batches."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import openpyxl

HEADINGS = ("NO", "NIK", "NAMA LENGKAP", "TANGGAL LAHIR", "JENIS KELAMIN", "KELURAHAN", "NO HP")


def nik(serial: int, *, day: int = 12) -> str:
    """Give a sound NIK of a man born in August 1985 in Bunaken, Manado."""
    return f"717101{day:02d}0885{serial:04d}"


def worker(serial: int, **changes: object) -> list[object]:
    """Give one row without a fault."""
    values: dict[str, object] = {
        "no": serial,
        "nik": nik(serial),
        "name": f"BUDI RONDO {serial}",
        "born": "12-08-1985",
        "sex": "L",
        "village": "Molas",
        "phone": f"0812{serial:08d}",
    }
    return list((values | changes).values())


def workbook(
    path: Path, rows: Iterable[Sequence[object]], *, headings: Sequence[str] = HEADINGS
) -> Path:
    """Write a list with its heading in the first row."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(list(headings))
    for row in rows:
        sheet.append(list(row))
    book.save(path)
    return path
