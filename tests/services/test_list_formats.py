"""A list in every format that senders use is staged with the same rows."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest

from bpjsdesk.domain.columns import DateOrder
from bpjsdesk.services.column_views import column_views
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.staging import StagedList
from tests.services.lists import HEADINGS, nik, workbook, worker
from tests.services.staged_lists import saved_agreement, staged
from tests.storage.hostile import ods_row, ods_text, write_ods

SEPARATORS = {"titik koma": ";", "koma": ",", "tab": "\t", "garis": "|"}
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "cp1252")
FIXTURES = Path(__file__).parent.parent / "storage" / "fixtures"
Rows = Sequence[Sequence[object]]


@pytest.fixture
def agreement_id(office: AppContext) -> int:
    return saved_agreement(office)


def people() -> list[list[object]]:
    # a name with a comma and a letter beyond ASCII, as lists have them
    return [worker(1, name="ANDRÉ LASUT, S.Pd"), worker(2), worker(3)]


def text_of(rows: Rows, separator: str) -> str:
    def cell(value: object) -> str:
        text = "" if value is None else str(value)
        return f'"{text}"' if separator in text else text

    return "\r\n".join(separator.join(map(cell, row)) for row in rows) + "\r\n"


def niks(work: StagedList) -> list[str | None]:
    return [item.row.nik for item in work.check.staged]


def required(work: StagedList) -> None:
    names = [item.row.name for item in work.check.staged]
    assert len(names) == 3
    assert "ANDRÉ LASUT" in str(names[0])
    assert niks(work)[:2] == [nik(1), nik(2)]
    [columns] = work.rules.columns.values()
    assert columns.date_order is not DateOrder.MIXED


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("separator", SEPARATORS.values(), ids=SEPARATORS.keys())
def test_text_lists_are_staged_whatever_their_separator_and_encoding(
    office: AppContext, agreement_id: int, *, tmp_path: Path, separator: str, encoding: str
) -> None:
    path = tmp_path / "daftar.csv"
    path.write_bytes(text_of([HEADINGS, *people()], separator).encode(encoding))
    required(staged(office, agreement_id, path))


def xlsx(path: Path) -> Path:
    return workbook(path.with_suffix(".xlsx"), people())


def ods(path: Path) -> Path:
    rows = [HEADINGS, *people()]
    cells = [[ods_text("" if c is None else str(c)) for c in row] for row in rows]
    return write_ods(path.with_suffix(".ods"), *(ods_row(*row) for row in cells))


@pytest.mark.parametrize("made", [xlsx, ods])
def test_workbooks_are_staged(
    office: AppContext, agreement_id: int, tmp_path: Path, made: Callable[[Path], Path]
) -> None:
    required(staged(office, agreement_id, made(tmp_path / "daftar")))


def test_an_old_workbook_is_staged_row_by_row(office: AppContext, agreement_id: int) -> None:
    work = staged(office, agreement_id, FIXTURES / "list.xls")
    assert [item.row.row_no for item in work.check.staged] == [4, 5, 7]
    assert work.check.staged[0].row.name == "BUDI"
    assert work.check.blank == 1


def test_place_and_date_in_one_cell_become_two_facts_and_other_columns_stay_with_the_row(
    office: AppContext, agreement_id: int, tmp_path: Path
) -> None:
    born = ("Manado, 12-08-1985", "Tahuna 12 Agustus 1985", "KOTAMOBAGU / 12.08.1985")
    rows = [[nik(at), f"WARGA {'ABC'[at]}", text, "L", "baru"] for at, text in enumerate(born)]
    headings = ("NIK", "NAMA", "TEMPAT/TGL LAHIR", "L/P", "Ket khusus")
    work = staged(office, agreement_id, workbook(tmp_path / "ttl.xlsx", rows, headings=headings))
    found = [(item.row.birth_place, item.row.birth_date) for item in work.check.staged]
    day = date(1985, 8, 12)
    assert found == [("Manado", day), ("Tahuna", day), ("KOTAMOBAGU", day)]
    assert all("baru" in item.cells for item in work.check.staged)
    views = {view.heading: view for view in column_views(office, work)}
    assert views["TEMPAT/TGL LAHIR"].samples[0].reading.endswith("12 Agustus 1985")
    assert (views["Ket khusus"].field, views["Ket khusus"].filled) == ("", 3)
