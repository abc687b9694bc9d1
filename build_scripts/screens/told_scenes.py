"""Scenes of columns that the grid shows only for the rows that are looked at because of them."""

import csv
from pathlib import Path

from bpjsdesk.domain.row_issues import IssueCode
from build_scripts.screens.repair_scenes import open_at
from build_scripts.screens.stage import Stage

_HEADINGS = (
    *("NO", "NIK", "NO KK", "NAMA LENGKAP", "TANGGAL LAHIR", "JENIS KELAMIN", "LINGKUNGAN/RT/RW"),
    *("KELURAHAN", "NO HP", "PENGHASILAN", "PROGRAM", "BULAN MULAI", "JUMLAH BULAN"),
    *("NAMA AHLI WARIS", "NO REKENING", "DESIL"),
)
_NAMES = ("NURAINI LAMUSU", "ROMMY SUPIT", "SELVI MANOPPO", "JANTJE WOWOR", "RISKA MAMONTO")
_ACCOUNTS = ("belum ada", "1234567", "0012 3456", "rek. suami", "7.17E+11")
_SEXES = ("X", "laki2", "", "?", "ibu")
_ROWS = 60


def accounts(stage: Stage) -> None:
    """Look at account numbers that are none, each in its cell."""
    open_at(stage, IssueCode.ACCOUNT_FORMAT, path=_told_list(stage.folder / "berkas"))


def sexes(stage: Stage) -> None:
    """Look at sexes that mean nothing, with what the NIKs tell."""
    open_at(stage, IssueCode.SEX_UNKNOWN, path=_told_list(stage.folder / "berkas"))


def numbered_names(stage: Stage) -> None:
    """Look at names with the number of their row in front."""
    open_at(stage, IssueCode.NAME_WITH_DIGIT, path=_told_list(stage.folder / "berkas"))


def months(stage: Stage) -> None:
    """Look at rows for other months than those of the batch."""
    open_at(stage, IssueCode.PERIOD_DIFFERS, path=_told_list(stage.folder / "berkas"))


def _told_list(folder: Path) -> Path:
    path = folder / "Templat Kelurahan Molas.csv"
    path.parent.mkdir(exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows((_HEADINGS, *map(_row, range(1, _ROWS + 1))))
    return path


def _row(number: int) -> tuple[object, ...]:
    day, month = number % 27 + 1, number % 12 + 1
    is_woman = number % 2 == 1
    part = f"{day + 40 * is_woman:02d}{month:02d}85"
    name, turn = _NAMES[number % len(_NAMES)], number % 6
    return (
        *(number, f"717101{part}{number + 100:04d}", f"717101{part}{number + 5000:04d}"),
        f"{number}. {name}" if turn == 1 else f"{name} {_NAMES[-number % len(_NAMES)].split()[0]}",
        f"{day:02d}-{month:02d}-1985",
        _SEXES[number % len(_SEXES)] if turn == 2 else "P" if is_woman else "L",
        *(f"00{turn}/002", "Molas", f"0812{number + 44110000:08d}", "1.000.000", "JKK+JKM"),
        *("Maret 2027" if turn == 3 else "", "6" if turn == 3 else ""),
        "" if turn == 4 else f"AHLI {name}",
        _ACCOUNTS[number % len(_ACCOUNTS)] if turn == 5 else f"00{number + 12345600}",
        "9" if number % 20 == 0 else "2",
    )
