"""Held rows go out in a workbook, are mended there, and come back to their own lines by key."""

from pathlib import Path

import openpyxl
import pytest

from bpjsdesk.domain.access import Role
from bpjsdesk.domain.corrections import NotTaken
from bpjsdesk.domain.enrollment import BatchCounts
from bpjsdesk.errors import UserError
from bpjsdesk.progress import CancelToken, ignore_progress
from bpjsdesk.services import batches
from bpjsdesk.services.acceptance import accept, breakdown, submit
from bpjsdesk.services.batch_files import write_error_workbook
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.corrected_lists import take_correction
from bpjsdesk.services.correction_steps import CorrectedBatch
from bpjsdesk.services.corrections import take_error_workbook
from bpjsdesk.services.list_steps import undo
from bpjsdesk.services.repairs import edit_cell
from bpjsdesk.services.safety import check_health
from tests.offices import AsRole
from tests.services.lists import nik, workbook, worker
from tests.services.staged_lists import opened, saved_agreement, staged

YEAR_RATE = 12 * 16_800
NAME_COLUMN, PHONE_COLUMN = 2, 6


@pytest.fixture
def agreement_id(office: AppContext) -> int:
    return saved_agreement(office)


@pytest.fixture
def held(office: AppContext, agreement_id: int, tmp_path: Path) -> int:
    """Accept one of three rows; the NIK of the second and the name of the third are wrong."""
    rows = [worker(1), worker(2, nik="717"), worker(3, name="")]
    work = staged(office, agreement_id, workbook(tmp_path / "a.xlsx", rows))
    accepted(office, work.batch_id)
    return work.batch_id


def accepted(office: AppContext, batch_id: int) -> None:
    accept(
        office,
        opened(office, batch_id),
        request_id=new_request_id(),
        progress=ignore_progress,
        cancel=CancelToken(),
    )


def taken(office: AppContext, path: Path, batch_id: int | None = None) -> CorrectedBatch:
    return take_error_workbook(
        office,
        path,
        batch_id=batch_id,
        request_id=new_request_id(),
        progress=ignore_progress,
        cancel=CancelToken(),
    )


def whole_list(office: AppContext, batch_id: int, path: Path) -> None:
    take_correction(
        office,
        batch_id,
        path,
        request_id=new_request_id(),
        progress=ignore_progress,
        cancel=CancelToken(),
    )


def mend(path: Path, changes: dict[int, tuple[str, object]]) -> None:
    """Type into cells of the error workbook: row number → (heading, value)."""
    book = openpyxl.load_workbook(path)
    sheet = book["Perbaikan"]
    headings = [cell.value for cell in sheet[1]]
    for row, (heading, value) in changes.items():
        sheet.cell(row, headings.index(heading) + 1).value = value  # type: ignore[assignment]
    book.save(path)


def niks_held(office: AppContext, batch_id: int) -> list[str]:
    return [row.values["nik"] or row.nik_text for row in batches.held_rows(office, batch_id)]


def test_held_rows_come_back_by_their_keys(office: AppContext, held: int, tmp_path: Path) -> None:
    errors = tmp_path / "koreksi.xlsx"
    assert write_error_workbook(office, held, errors) == 2
    mend(errors, {2: ("NIK", nik(2))})
    done = taken(office, errors).correction
    assert (done.batch_id, done.read, done.taken, done.unchanged) == (held, 2, 1, 1)
    assert done.reported == ()
    assert batches.get_batch(office, held).item.counts.accepted == 1  # nobody is registered yet
    accepted(office, held)
    detail = batches.get_batch(office, held)
    assert detail.item.counts == BatchCounts(read=3, blank=0, ignored=0, accepted=2, held=1)
    assert detail.item.amount == 2 * YEAR_RATE
    assert detail.issues == {"NAME_MISSING": 1}
    assert len(batches.list_batches(office)) == 1
    assert check_health(office, progress=ignore_progress, cancel=CancelToken()).is_sound


def test_a_draft_takes_its_rows_back_as_well_and_the_step_can_be_undone(
    office: AppContext, agreement_id: int, tmp_path: Path
) -> None:
    rows = [worker(1), worker(2, nik="717")]
    work = staged(office, agreement_id, workbook(tmp_path / "a.xlsx", rows))
    errors = tmp_path / "koreksi.xlsx"
    assert write_error_workbook(office, work.batch_id, errors) == 1
    mend(errors, {2: ("NIK", nik(2))})
    assert taken(office, errors).correction.taken == 1
    mended = opened(office, work.batch_id)
    assert breakdown(mended).new == 2
    assert [(step.rule, step.note, step.rows) for step in mended.steps] == [
        ("CORRECTION", "koreksi.xlsx", 1)
    ]
    back = undo(office, mended, request_id=new_request_id())
    assert breakdown(back).held == 1


def test_the_held_rows_of_an_accepted_batch_are_mended_in_the_grid_and_add_up(
    office: AppContext, agreement_id: int, tmp_path: Path
) -> None:
    rows: list[list[object]] = [worker(1), [], worker(2, nik="717"), [], worker(3, name="")]
    first = staged(office, agreement_id, workbook(tmp_path / "a.xlsx", rows))
    assert (breakdown(first).read, breakdown(first).blank) == (5, 2)
    accepted(office, first.batch_id)
    later = opened(office, first.batch_id)
    again = breakdown(later)
    assert (again.read, again.blank, again.held) == (2, 0, 2)
    line = later.line_ids[0]
    mended = edit_cell(office, later, line, 1, text=nik(2), request_id=new_request_id())
    assert (breakdown(mended).new, breakdown(mended).held) == (1, 1)
    accepted(office, first.batch_id)
    counts = batches.get_batch(office, first.batch_id).item.counts
    assert counts == BatchCounts(read=5, blank=2, ignored=0, accepted=2, held=1)


def test_a_step_is_not_undone_under_people_who_were_accepted_with_it(
    office: AppContext, held: int, tmp_path: Path
) -> None:
    errors = tmp_path / "koreksi.xlsx"
    write_error_workbook(office, held, errors)
    mend(errors, {2: ("NIK", nik(2))})
    taken(office, errors)
    accepted(office, held)
    with pytest.raises(UserError, match="STEP_ACCEPTED"):
        undo(office, opened(office, held), request_id=new_request_id())
    assert taken(office, errors).correction.unchanged == 2


def test_the_same_corrected_workbook_changes_nothing_the_second_time(
    office: AppContext, held: int, tmp_path: Path
) -> None:
    errors = tmp_path / "koreksi.xlsx"
    write_error_workbook(office, held, errors)
    mend(errors, {2: ("NIK", nik(2)), 3: ("NAMA LENGKAP", "SITI RONDO")})
    assert taken(office, errors).correction.taken == 2
    before = opened(office, held)
    again = taken(office, errors).correction
    assert (again.taken, again.unchanged, again.reported) == (0, 2, ())
    after = opened(office, held)
    assert (after.version, after.steps) == (before.version, before.steps)
    accepted(office, held)
    third = taken(office, errors).correction
    assert (third.taken, third.unchanged, third.reported) == (0, 2, ())
    assert batches.get_batch(office, held).item.counts.accepted == 3


def test_what_was_mended_here_meanwhile_is_not_undone_by_the_file(
    office: AppContext, held: int, tmp_path: Path
) -> None:
    errors = tmp_path / "koreksi.xlsx"
    write_error_workbook(office, held, errors)
    mend(errors, {3: ("NAMA LENGKAP", "SITI RONDO")})
    work = opened(office, held)
    edit_cell(office, work, work.line_ids[0], 1, text=nik(2), request_id=new_request_id())
    done = taken(office, errors).correction
    assert (done.taken, done.unchanged) == (1, 1)
    assert breakdown(opened(office, held)).held == 0


def test_a_changed_cell_of_somebody_already_accepted_is_told_and_not_taken(
    office: AppContext, held: int, tmp_path: Path
) -> None:
    errors = tmp_path / "koreksi.xlsx"
    write_error_workbook(office, held, errors)
    mend(errors, {2: ("NIK", nik(2)), 3: ("NAMA LENGKAP", "SITI RONDO")})
    taken(office, errors)
    accepted(office, held)
    mend(errors, {2: ("NO HP", "081299998888")})
    done = taken(office, errors).correction
    told = done.reported[0]
    assert (done.taken, done.unchanged, len(done.reported)) == (0, 1, 1)
    assert (told.sheet, told.row_no, told.why) == ("Perbaikan", 2, NotTaken.ACCEPTED)
    assert told.differs == ("NO HP",)
    assert "sudah diterima" in told.sentence


def test_a_bad_key_is_told_of_its_row_and_the_others_are_taken(
    office: AppContext, held: int, tmp_path: Path
) -> None:
    errors = tmp_path / "koreksi.xlsx"
    write_error_workbook(office, held, errors)
    mend(errors, {2: ("NIK", nik(2)), 3: ("Kunci Baris", f"K{held}-1-0000000000")})
    book = openpyxl.load_workbook(errors)
    sheet = book["Perbaikan"]
    copied = [cell.value for cell in sheet[2]]
    copied[copied.index(nik(2))] = nik(5)
    sheet.append(copied)
    sheet.append(worker(6))
    book.save(errors)
    done = taken(office, errors).correction
    assert (done.read, done.taken, done.unchanged) == (4, 1, 0)
    assert [(row.row_no, row.why) for row in done.reported] == [
        (3, NotTaken.KEY_CHANGED),
        (4, NotTaken.ROW_TWICE),
        (5, NotTaken.NO_KEY),
    ]
    assert nik(2) in niks_held(office, held)


def test_rows_of_two_batches_in_one_file_go_to_the_one_that_was_asked_for(
    office: AppContext, agreement_id: int, held: int, tmp_path: Path
) -> None:
    other = staged(office, agreement_id, workbook(tmp_path / "b.xlsx", [worker(7, nik="7")]))
    mine, theirs = tmp_path / "a-k.xlsx", tmp_path / "b-k.xlsx"
    write_error_workbook(office, held, mine)
    write_error_workbook(office, other.batch_id, theirs)
    row = [cell.value for cell in openpyxl.load_workbook(theirs)["Perbaikan"][2]]
    book = openpyxl.load_workbook(mine)
    book["Perbaikan"].append(row)
    book.save(mine)
    mend(mine, {2: ("NIK", nik(2))})
    done = taken(office, mine, held).correction
    assert (done.taken, done.unchanged) == (1, 1)
    assert [row.why for row in done.reported] == [NotTaken.OTHER_BATCH]


def test_a_row_that_was_emptied_and_a_column_that_was_removed_erase_nothing(
    office: AppContext, held: int, tmp_path: Path
) -> None:
    errors = tmp_path / "koreksi.xlsx"
    write_error_workbook(office, held, errors)
    book = openpyxl.load_workbook(errors)
    sheet = book["Perbaikan"]
    for cell in sheet[2][:7]:
        cell.value = None
    sheet.delete_cols(PHONE_COLUMN + 1)
    book.save(errors)
    done = taken(office, errors).correction
    assert (done.taken, done.unchanged) == (0, 1)
    assert [row.why for row in done.reported] == [NotTaken.EMPTIED]


def test_columns_in_another_order_are_found_by_their_headings(
    office: AppContext, held: int, tmp_path: Path
) -> None:
    errors = tmp_path / "koreksi.xlsx"
    write_error_workbook(office, held, errors)
    mend(errors, {2: ("NIK", nik(2))})
    book = openpyxl.load_workbook(errors)
    sheet = book["Perbaikan"]
    for cells in [list(row) for row in sheet.iter_rows()]:
        values = [cell.value for cell in cells]
        for cell, value in zip(cells, reversed(values), strict=True):
            cell.value = value
    book.save(errors)
    done = taken(office, errors).correction
    assert (done.taken, done.unchanged, done.reported) == (1, 1, ())


def test_held_rows_of_sheets_laid_out_differently_survive_a_correction(
    office: AppContext, agreement_id: int, tmp_path: Path
) -> None:
    path = workbook(tmp_path / "a.xlsx", [worker(1, nik="7")])
    book = openpyxl.load_workbook(path)
    second = book.create_sheet("Tuminting")
    second.append(["Catatan Camat", "Nama", "Nomor Induk Kependudukan"])
    second.append(["ok", "SITI WALANDOUW", "71"])
    second.append(["ok", "ANI WALANDOUW", "72"])
    book.save(path)
    batch_id = staged(office, agreement_id, path).batch_id
    accepted(office, batch_id)
    errors = tmp_path / "koreksi.xlsx"
    write_error_workbook(office, batch_id, errors)
    assert taken(office, errors).correction.unchanged == 3
    mend(errors, {3: ("NIK", nik(2, day=52))})
    assert taken(office, errors).correction.taken == 1
    names = [row.values["name"] for row in batches.held_rows(office, batch_id)]
    assert names == ["BUDI RONDO ALFA", "SITI WALANDOUW", "ANI WALANDOUW"]
    accepted(office, batch_id)
    assert batches.get_batch(office, batch_id).item.counts.accepted == 1


def test_held_rows_under_a_heading_of_two_rows_come_back(
    office: AppContext, agreement_id: int, tmp_path: Path
) -> None:
    path, errors = tmp_path / "a.xlsx", tmp_path / "koreksi.xlsx"
    book = openpyxl.Workbook()
    for row in (
        ["NO", "IDENTITAS", None, "LAHIR", None],
        [None, "NIK", "NAMA", "TEMPAT", "TANGGAL"],
        [1, "7", "BUDI RONDO", "Manado", "12-08-1985"],
    ):
        book.worksheets[0].append(row)
    book.save(path)
    batch_id = staged(office, agreement_id, path).batch_id
    write_error_workbook(office, batch_id, errors)
    mend(errors, {2: ("NIK", nik(1))})
    assert taken(office, errors).correction.taken == 1
    accepted(office, batch_id)
    assert batches.get_batch(office, batch_id).item.counts.accepted == 1


def test_a_file_without_keys_or_with_strange_ones_is_refused_by_name(
    office: AppContext, held: int, tmp_path: Path
) -> None:
    plain = workbook(tmp_path / "b.xlsx", [worker(2)])
    with pytest.raises(UserError, match="CORRECTION_NO_KEYS"):
        taken(office, plain)
    errors = tmp_path / "koreksi.xlsx"
    write_error_workbook(office, held, errors)
    mend(errors, dict.fromkeys((2, 3), ("Kunci Baris", "K1-1-0000000000")))
    with pytest.raises(UserError, match="CORRECTION_KEYS_UNKNOWN"):
        taken(office, errors)


def test_a_list_before_the_supervisor_takes_nothing(
    office: AppContext, as_role: AsRole, agreement_id: int, tmp_path: Path
) -> None:
    rows = [worker(1), worker(2, nik="717")]
    work = staged(office, agreement_id, workbook(tmp_path / "a.xlsx", rows))
    errors = tmp_path / "koreksi.xlsx"
    assert write_error_workbook(office, work.batch_id, errors) == 1
    mend(errors, {2: ("NIK", nik(2))})
    submit(office, work, request_id=new_request_id())
    with pytest.raises(UserError, match="BATCH_SUBMITTED"):
        taken(office, errors)
    with pytest.raises(UserError, match="NOT_PERMITTED"):
        taken(as_role(Role.READER), errors)


def test_a_key_of_a_row_that_is_gone_never_meets_another_row_of_its_number(
    office: AppContext, agreement_id: int, tmp_path: Path
) -> None:
    batch_id = staged(office, agreement_id, workbook(tmp_path / "a.xlsx", [worker(1)])).batch_id
    whole_list(office, batch_id, workbook(tmp_path / "b.xlsx", [worker(1), worker(2, name="")]))
    errors = tmp_path / "koreksi.xlsx"
    write_error_workbook(office, batch_id, errors)
    mend(errors, {2: ("NAMA LENGKAP", "SITI AMINAH")})
    undo(office, opened(office, batch_id), request_id=new_request_id())
    assert [told.why for told in taken(office, errors).correction.reported] == [NotTaken.ROW_GONE]
    whole_list(office, batch_id, workbook(tmp_path / "c.xlsx", [worker(1), worker(9, name="")]))
    before = [item.cells for item in opened(office, batch_id).check.staged]
    done = taken(office, errors).correction
    assert [told.why for told in done.reported] == [NotTaken.ROW_GONE]
    assert "tidak dikenal lagi" in done.reported[0].sentence
    assert [item.cells for item in opened(office, batch_id).check.staged] == before


def test_a_key_stays_sound_whatever_is_mended_in_its_row(
    office: AppContext, held: int, tmp_path: Path
) -> None:
    first, second = tmp_path / "satu.xlsx", tmp_path / "dua.xlsx"
    write_error_workbook(office, held, first)
    work = opened(office, held)
    edit_cell(office, work, work.line_ids[0], 6, text="081299998888", request_id=new_request_id())
    write_error_workbook(office, held, second)
    mend(first, {2: ("NIK", nik(2))})
    mend(second, {3: ("NAMA LENGKAP", "SITI RONDO")})
    assert taken(office, first).correction.taken == 1
    assert taken(office, second).correction.taken == 1
    accepted(office, held)
    assert batches.get_batch(office, held).item.counts.accepted == 3
