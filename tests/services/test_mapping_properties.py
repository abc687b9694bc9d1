"""Whatever a file looks like: no row is lost, counters add up, every step can be taken back."""

from collections.abc import Callable, Sequence
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bpjsdesk.domain.value_groups import VALUE_FIELDS
from bpjsdesk.errors import UserError
from bpjsdesk.services.acceptance import breakdown
from bpjsdesk.services.column_views import column_views
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.list_steps import undo
from bpjsdesk.services.mapping import change_mapping, join_sheets, move_heading, sheet_views
from bpjsdesk.services.staging import StagedList
from bpjsdesk.services.value_mapping import value_groups
from bpjsdesk.services.work_columns import numeric_niks
from bpjsdesk.storage.enrollment import batches_that_do_not_add_up
from tests.services.lists import nik
from tests.services.staged_lists import opened, saved_agreement, staged

Grid = list[list[object]]
HEADING: list[object] = ["No", "NIK", "Nama", "Tanggal Lahir", "L/P", "Kelurahan", "Tugas"]
CELL = st.one_of(
    st.none(),
    st.sampled_from(["", "-", "Nama", "NIK", "JUMLAH", "Molas", "BUDI RONDO", "L", "12-08-1985"]),
    st.sampled_from(["06/26/1990", "26/06/1990", "'7171011208850001", "7.17E+15", 31122, True]),
    st.integers(1, 30).map(nik),
    st.integers(7171011208850000, 7171011208850040),
    st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=8),
)
ROW = st.lists(CELL, max_size=8)
PERSON = st.integers(1, 30).map(lambda n: [n, nik(n), "BUDI", "12-08-1985", "L", "Molas"])
GRID = st.lists(st.one_of(ROW, PERSON, st.just(HEADING)), max_size=12)
FILE = st.dictionaries(
    st.sampled_from(["Molas", "Buha", "Kel. Satu", "Rekap"]), GRID, min_size=1, max_size=3
)
REFUSALS = frozenset({"HEADER_NOT_FOUND", "WORKBOOK_EMPTY"})


def written(path: Path, sheets: dict[str, Grid]) -> Path:
    book = openpyxl.Workbook(write_only=True)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def required_rows(work: StagedList, sheets: Sequence[tuple[str, int]], path: Path) -> None:
    """Hold that every filled row from a list's first one on is a line of the batch."""
    book = openpyxl.load_workbook(path, read_only=True)
    lines = {(item.row.sheet, item.row.row_no) for item in work.check.staged}
    for name, first in sheets:
        for number, row in enumerate(book[name].iter_rows(values_only=True), start=1):
            is_filled = any(str(cell).strip() for cell in row if cell is not None)
            assert ((name, number) in lines) == (is_filled and number >= first), (name, number)
    book.close()


def first_rows(office: AppContext, work: StagedList) -> list[tuple[str, int]]:
    views = sheet_views(office, work)
    return [(view.name, view.first_row) for view in views if view.name in work.rules.columns]


def staged_or_refused(office: AppContext, path: Path) -> StagedList | None:
    try:
        return staged(office, saved_agreement(office), path)
    except UserError as refusal:
        if refusal.code in REFUSALS:
            return None
        raise


def steps_on(
    office: AppContext, name: str, row: int
) -> tuple[Callable[[StagedList], StagedList], ...]:
    return (
        lambda now: move_heading(office, now, name, row, request_id=new_request_id()),
        lambda now: join_sheets(office, now, {name: False}, request_id=new_request_id()),
        lambda now: change_mapping(office, now, {(name, 0): "note"}, request_id=new_request_id()),
    )


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(FILE, st.data())
def test_no_row_is_lost_and_every_step_can_be_taken_back(
    office: AppContext, tmp_path: Path, sheets: dict[str, Grid], data: st.DataObject
) -> None:
    path = written(tmp_path / "a.xlsx", sheets)
    work = staged_or_refused(office, path)
    if work is None:
        return
    row = data.draw(st.integers(1, 12))
    required_rows(work, first_rows(office, work), path)
    column_views(office, work)
    numeric_niks(work)
    for field in VALUE_FIELDS:
        value_groups(office, work, field)
    name = data.draw(st.sampled_from(list(work.rules.columns)))
    after = work
    for step in steps_on(office, name, row):
        try:
            after = step(after)
        except UserError:
            continue
        required_rows(after, first_rows(office, after), path)
    steps = len(after.steps) - len(work.steps)
    for _step in range(steps):
        after = undo(office, after, request_id=new_request_id())
    assert after.check.staged == opened(office, work.batch_id).check.staged
    assert after.check.staged == work.check.staged
    assert after.rules == work.rules
    assert breakdown(after) == breakdown(work)
    with office.database.read() as connection:
        assert batches_that_do_not_add_up(connection) == ()


def test_what_is_not_there_is_refused_by_name(office: AppContext, tmp_path: Path) -> None:
    path = written(tmp_path / "a.xlsx", {"Molas": [HEADING, [1, nik(1), "BUDI"]]})
    work = staged(office, saved_agreement(office), path)
    with pytest.raises(UserError, match="Tidak ada"):
        move_heading(office, work, "Tidak ada", 1, request_id=new_request_id())
    with pytest.raises(UserError, match="2 baris pertama"):
        move_heading(office, work, "Molas", 99, request_id=new_request_id())
