"""A whole new list names people whose NIK was the fault: they are mended, never counted twice."""

from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from bpjsdesk.domain.corrections import NotTaken
from bpjsdesk.domain.staging import DecidedOutcome
from bpjsdesk.progress import CancelToken
from bpjsdesk.services.acceptance import breakdown
from bpjsdesk.services.batch_files import write_error_workbook
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.core_reply import check_reply, take_reply
from bpjsdesk.services.core_send import mark_sent
from bpjsdesk.services.debts import open_debts
from bpjsdesk.services.list_steps import undo
from bpjsdesk.services.repairs import decide, reasons
from bpjsdesk.services.staging import StagedList
from tests.services.lists import nik, workbook, worker
from tests.services.staged_lists import accepted, again, numbers, opened, saved_agreement, staged

Rows = Sequence[Sequence[object]]
CUT = range(1000, 1140, 7)  # two of these twenty really end in 0


@pytest.fixture
def agreement_id(office: AppContext) -> int:
    return saved_agreement(office)


def cut(*serials: int) -> list[list[object]]:
    """Give rows whose NIK has lost its last digit to a spreadsheet."""
    return [worker(serial, nik=nik(serial)[:15] + "0") for serial in serials]


def niks(work: StagedList) -> list[str | None]:
    return [item.row.nik for item in work.check.staged]


@pytest.mark.parametrize("bad", [None, nik(2)[:15], nik(2, day=99), "1111111111111111"])
def test_the_right_nik_comes_to_the_row_that_had_none(
    office: AppContext, agreement_id: int, tmp_path: Path, bad: str | None
) -> None:
    rows: Rows = [worker(1), worker(2, nik=bad)]
    work = staged(office, agreement_id, workbook(tmp_path / "a.xlsx", rows))
    path = workbook(tmp_path / "b.xlsx", [worker(2), worker(1), worker(3)])
    assert numbers(again(office, work.batch_id, path)) == (1, 1, 1, 0)
    now = opened(office, work.batch_id)
    assert niks(now) == [nik(1), nik(2), nik(3)]
    assert numbers(again(office, work.batch_id, path)) == (0, 3, 0, 0)
    assert numbers(again(office, work.batch_id, tmp_path / "a.xlsx")) == (0, 2, 0, 0)
    back = undo(office, now, request_id=new_request_id())
    assert [item.cells for item in back.check.staged] == [item.cells for item in work.check.staged]


def test_after_acceptance_the_held_row_takes_its_nik_and_nobody_follows(
    office: AppContext, agreement_id: int, tmp_path: Path
) -> None:
    rows = [worker(1), worker(2, nik=nik(2)[:15])]
    batch_id = staged(office, agreement_id, workbook(tmp_path / "a.xlsx", rows)).batch_id
    accepted(office, batch_id)
    done = again(office, batch_id, workbook(tmp_path / "b.xlsx", [worker(1), worker(2)]))
    assert numbers(done) == (1, 1, 0, 0)
    assert done.correction.follow_up is None
    accepted(office, batch_id)
    assert not open_debts(office)


def test_a_nik_that_the_core_system_does_not_know_is_replaced_as_well(
    office: AppContext, agreement_id: int, tmp_path: Path
) -> None:
    rows = [worker(1), worker(2, nik=nik(8))]
    batch_id = staged(office, agreement_id, workbook(tmp_path / "a.xlsx", rows)).batch_id
    accepted(office, batch_id)
    mark_sent(office, batch_id, request_id=new_request_id())
    headings = ("NIK", "NAMA", "Y/T", "ALASAN", "KPJ")
    answer = [[nik(8), "BUDI RONDO BETO", "T", "NIK tidak ada di Dukcapil", ""]]
    path = workbook(tmp_path / "jawaban.xlsx", answer, headings=headings)
    reply = check_reply(office, batch_id, path, cancel=CancelToken())
    take_reply(office, reply, request_id=new_request_id())
    done = again(office, batch_id, workbook(tmp_path / "b.xlsx", [worker(1), worker(2)]))
    assert numbers(done) == (1, 1, 0, 0)
    assert niks(opened(office, batch_id)) == [nik(2)]


def test_who_fits_two_rows_is_taken_as_new_and_both_are_told(
    office: AppContext, agreement_id: int, tmp_path: Path
) -> None:
    siti = {"name": "SITI", "phone": None}
    rows: Rows = [worker(1), worker(2, nik=None, **siti), worker(3, nik="7", **siti)]
    work = staged(office, agreement_id, workbook(tmp_path / "a.xlsx", rows))
    path = workbook(tmp_path / "b.xlsx", [worker(1), worker(2, **siti)])
    done = again(office, work.batch_id, path)
    assert numbers(done) == (0, 1, 1, 0)
    told = [(row.row_no, row.name, row.has_nik) for row in done.correction.missing]
    assert told == [(3, "SITI", False), (4, "SITI", False)]


def test_a_row_that_was_left_out_stands_in_nobodys_way(
    office: AppContext, agreement_id: int, tmp_path: Path
) -> None:
    rows = [worker(1), worker(2, nik=None), worker(2, nik=None)]
    work = staged(office, agreement_id, workbook(tmp_path / "a.xlsx", rows))
    lines, why = [work.line_ids[1]], "Tertulis dua kali"
    decide(office, work, lines, DecidedOutcome.SKIPPED, reason=why, request_id=new_request_id())
    path = workbook(tmp_path / "b.xlsx", [worker(1), worker(2)])
    assert numbers(again(office, work.batch_id, path)) == (1, 1, 0, 0)
    assert niks(opened(office, work.batch_id)) == [nik(1), None, nik(2)]


def test_a_new_list_that_names_somebody_twice_mends_the_row_once(
    office: AppContext, agreement_id: int, tmp_path: Path
) -> None:
    rows = [worker(1), worker(2, nik=None)]
    work = staged(office, agreement_id, workbook(tmp_path / "a.xlsx", rows))
    path = workbook(tmp_path / "b.xlsx", [worker(1), worker(2), worker(2)])
    done = again(office, work.batch_id, path)
    assert numbers(done) == (1, 1, 0, 1)
    assert done.correction.reported[0].why is NotTaken.ROW_TWICE


def test_a_cut_column_is_mended_as_a_whole_with_the_tenth_that_really_ends_in_zero(
    office: AppContext, agreement_id: int, tmp_path: Path
) -> None:
    work = staged(office, agreement_id, workbook(tmp_path / "a.xlsx", cut(*CUT)))
    assert breakdown(work).held == len(CUT)
    path = workbook(tmp_path / "b.xlsx", [worker(serial) for serial in CUT])
    assert numbers(again(office, work.batch_id, path)) == (len(CUT), 0, 0, 0)
    now = opened(office, work.batch_id)
    assert (niks(now), breakdown(now).held) == ([nik(serial) for serial in CUT], 0)
    assert numbers(again(office, work.batch_id, path)) == (0, len(CUT), 0, 0)
    back = undo(office, now, request_id=new_request_id())
    assert reasons(back)["NIK_TRUNCATED"] == len(CUT)  # type: ignore[index]  # a code is its text
    assert breakdown(opened(office, work.batch_id)).held == len(CUT)


def test_a_list_of_which_only_some_rows_were_mended_confirms_none_of_the_others(
    office: AppContext, agreement_id: int, tmp_path: Path
) -> None:
    work = staged(office, agreement_id, workbook(tmp_path / "a.xlsx", cut(*CUT)))
    mended, left = CUT[:10], CUT[10:]
    rows = [*[worker(serial) for serial in mended], *cut(*left)]
    done = again(office, work.batch_id, workbook(tmp_path / "b.xlsx", rows))
    assert done.correction.added == 0
    now = opened(office, work.batch_id)
    held = [item.row.row_no for item in now.check.staged if item.row.is_held]
    assert set(held) >= set(range(12, 22))


def test_cut_rows_that_are_left_after_acceptance_stay_held_until_they_are_named(
    office: AppContext, agreement_id: int, tmp_path: Path
) -> None:
    batch_id = staged(office, agreement_id, workbook(tmp_path / "a.xlsx", cut(*CUT))).batch_id
    most = [worker(serial) for serial in CUT[:-3]]
    done = again(office, batch_id, workbook(tmp_path / "b.xlsx", most))
    assert [row.has_nik for row in done.correction.missing] == [False] * 3
    accepted(office, batch_id)
    later = opened(office, batch_id)
    assert (breakdown(later).new, breakdown(later).held) == (0, 3)
    whole = workbook(tmp_path / "c.xlsx", [worker(serial) for serial in CUT])
    assert numbers(again(office, batch_id, whole)) == (3, len(CUT) - 3, 0, 0)
    assert (breakdown(opened(office, batch_id)).new, open_debts(office)[0].held) == (3, 3)


def test_a_new_list_that_is_cut_spoils_no_nik_and_brings_nobody(
    office: AppContext, agreement_id: int, tmp_path: Path
) -> None:
    rows = [worker(serial) for serial in CUT]
    work = staged(office, agreement_id, workbook(tmp_path / "a.xlsx", rows))
    newer = cut(*CUT, 2001)
    newer[3][6] = "081299998888"
    done = again(office, work.batch_id, workbook(tmp_path / "b.xlsx", newer))
    assert numbers(done) == (1, len(CUT) - 1, 0, 1)
    assert done.correction.reported[0].why is NotTaken.NIK_CUT
    now = opened(office, work.batch_id)
    assert niks(now) == [nik(serial) for serial in CUT]
    assert now.check.staged[3].row.phone == "081299998888"


@pytest.mark.parametrize("mended", [len(CUT), 10])
def test_the_error_workbook_confirms_a_cut_column_only_as_a_whole(
    office: AppContext, agreement_id: int, tmp_path: Path, mended: int
) -> None:
    batch_id = staged(office, agreement_id, workbook(tmp_path / "a.xlsx", cut(*CUT))).batch_id
    errors = tmp_path / "koreksi.xlsx"
    assert write_error_workbook(office, batch_id, errors) == len(CUT)
    book = openpyxl.load_workbook(errors)
    for place, serial in enumerate(CUT[:mended], start=2):
        book["Perbaikan"][f"B{place}"] = nik(serial)
    book.save(errors)
    really_zero = sum(nik(serial)[-1] == "0" for serial in CUT[:mended])
    done = again(office, batch_id, errors).correction
    is_whole = mended == len(CUT)
    assert done.taken == (mended if is_whole else mended - really_zero)
    now = opened(office, batch_id)
    assert breakdown(now).held == (0 if is_whole else len(CUT) - mended + really_zero)
    assert again(office, batch_id, errors).correction.taken == 0
    assert breakdown(undo(office, now, request_id=new_request_id())).held == len(CUT)
