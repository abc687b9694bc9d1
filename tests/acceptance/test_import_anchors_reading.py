"""Anchors 5.7, numbers 4 and 5: formatted emptiness below a list, and dates of one column."""

from datetime import date
from pathlib import Path

import xlsxwriter

from bpjsdesk.services.acceptance import breakdown
from bpjsdesk.services.column_views import column_views
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.repairs import reasons
from bpjsdesk.services.staging import StagedList
from tests.services.lists import HEADINGS, workbook, worker
from tests.services.staged_lists import saved_agreement, staged

REAL, FORMATTED_TO = 3_660, 65_536


def formatted_to_the_end(path: Path) -> Path:
    """Write a list and give every row below it a border, as Excel does for whole columns."""
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet, frame = book.add_worksheet("DATA"), book.add_format({"border": 1})
    sheet.write_row(0, 0, HEADINGS)
    for row in range(1, FORMATTED_TO):
        if row <= REAL:
            sheet.write_row(row, 0, worker(row), frame)
        else:
            for column in range(len(HEADINGS)):
                sheet.write_blank(row, column, None, frame)
    book.close()
    return path


def test_anchor_5_7_04_3660_real_rows_in_a_sheet_formatted_to_65536(
    office: AppContext, tmp_path: Path
) -> None:
    work = staged(office, saved_agreement(office), formatted_to_the_end(tmp_path / "a.xlsx"))
    assert len(work.check.staged) == REAL
    assert reasons(work) == {}
    counts = breakdown(work)
    assert (counts.new, counts.held, counts.ignored) == (REAL, 0, 0)
    assert counts.blank == counts.read - REAL


def born_as(born: object, day: date, serial: int) -> list[object]:
    number = f"717101{day:%d%m%y}{serial:04d}"
    return worker(serial, nik=number, born=born)


def read_dates(work: StagedList) -> list[date | None]:
    return [item.row.birth_date for item in work.check.staged]


def test_anchor_5_7_05_dates_03_08_and_26_06_in_one_column_serials_and_text_months(
    office: AppContext, tmp_path: Path
) -> None:
    days = [date(1985, 8, 3), date(1990, 6, 26), date(1972, 4, 9), date(1985, 8, 3)]
    cells = ["03/08/1985", "26/06/1990", date(1972, 4, 9), "3 Agustus 1985"]
    rows = [
        born_as(cell, day, at) for at, (cell, day) in enumerate(zip(cells, days, strict=True), 1)
    ]
    work = staged(office, saved_agreement(office), workbook(tmp_path / "a.xlsx", rows))
    assert read_dates(work) == days
    assert reasons(work) == {}
    # decided for the whole column, and shown in words
    birth = next(view for view in column_views(office, work) if view.field == "birth_date")
    assert birth.state == "Hari dulu, pasti"
    assert "3 Agustus 1985" in {sample.reading for sample in birth.samples}


def test_anchor_5_7_05_a_column_that_can_only_be_month_first_is_read_so(
    office: AppContext, tmp_path: Path
) -> None:
    days = [date(1985, 8, 3), date(1990, 6, 26)]
    rows = [born_as(f"{day:%m/%d/%Y}", day, at) for at, day in enumerate(days, 1)]
    work = staged(office, saved_agreement(office), workbook(tmp_path / "a.xlsx", rows))
    assert read_dates(work) == days
