"""Scenes of a NIK column that Excel has cut and that was saved as text since, row by row."""

import csv
from pathlib import Path

from bpjsdesk.domain.row_issues import IssueCode
from build_scripts.screens.repair_scenes import open_at
from build_scripts.screens.stage import Stage

_HEADINGS = ("NO", "NIK", "NAMA LENGKAP", "TANGGAL LAHIR", "JENIS KELAMIN", "KELURAHAN", "NO HP")
_NAMES = ("NURAINI LAMUSU", "ROMMY SUPIT", "SELVI MANOPPO", "JANTJE WOWOR", "RISKA MAMONTO")
_VILLAGES = ("Molas", "Meras", "Tumumpa Satu", "Maasing")
_ROWS = 48


def confirmable(stage: Stage) -> None:
    """Stand on a row of the column whose card somebody may have seen."""
    open_at(stage, IssueCode.NIK_TRUNCATED, path=_cut_list(stage.folder / "berkas"))
    stage.key("B")


def confirming(stage: Stage) -> None:
    """Say who has seen the card."""
    confirmable(stage)
    stage.key("S")
    stage.write("whyEdit", "KTP dilihat di loket oleh Rina")


def _cut_list(folder: Path) -> Path:
    path = folder / "PEKERJA RENTAN KELURAHAN MOLAS.csv"
    path.parent.mkdir(exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows((_HEADINGS, *map(_row, range(1, _ROWS + 1))))
    return path


def _row(number: int) -> tuple[object, ...]:
    day, month = number % 27 + 1, number % 12 + 1
    is_woman = number % 2 == 1
    part = f"{day + 40 * is_woman:02d}{month:02d}85"
    return (
        number,
        f"717101{part}{number:03d}0",
        f"{_NAMES[number % len(_NAMES)]} {chr(64 + number // len(_NAMES) + 1)}",
        f"{day:02d}-{month:02d}-1985",
        "P" if is_woman else "L",
        _VILLAGES[number % len(_VILLAGES)],
        f"0812{number:08d}",
    )
