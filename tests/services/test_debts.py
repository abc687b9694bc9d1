"""Held rows of an accepted batch are owed by somebody, by a day, until none is left."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from bpjsdesk.domain.access import Role
from bpjsdesk.domain.overview import ActionKind, Urgency
from bpjsdesk.domain.staging import DecidedOutcome
from bpjsdesk.errors import UserError
from bpjsdesk.progress import CancelToken, ignore_progress
from bpjsdesk.services.acceptance import accept, submit
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.debts import (
    change_debt,
    debt_of,
    debt_owners,
    open_debts,
    write_off,
)
from bpjsdesk.services.overview import overview
from bpjsdesk.services.repairs import decide, edit_cell
from bpjsdesk.services.staging import StagedList
from tests.offices import NOW, AsRole
from tests.services.lists import nik, workbook, worker
from tests.services.staged_lists import opened, saved_agreement, staged

TODAY = date(2026, 11, 20)


def accepted(office: AppContext, work: StagedList) -> None:
    accept(
        office, work, request_id=new_request_id(), progress=ignore_progress, cancel=CancelToken()
    )


@pytest.fixture
def work(office: AppContext, as_role: AsRole, tmp_path: Path) -> StagedList:
    """Lay two held rows and a sound one before the supervisor, by a clerk."""
    clerk = as_role(Role.CLERK)
    rows = [worker(1), worker(2, nik="717"), worker(3, nik="71")]
    work = staged(clerk, saved_agreement(office), workbook(tmp_path / "a.xlsx", rows))
    submit(clerk, work, request_id=new_request_id())
    return opened(office, work.batch_id)


def test_held_rows_are_owed_from_acceptance_until_none_is_left(
    office: AppContext, work: StagedList
) -> None:
    assert debt_of(office, work.batch_id) is None
    assert open_debts(office) == ()
    accepted(office, work)
    debt = open_debts(office)[0]
    assert (debt.batch_id, debt.number, debt.held) == (work.batch_id, work.number, 2)
    assert (debt.owner, debt.due_on) == ("Dodi", TODAY + timedelta(days=14))
    assert (debt.days_left, debt.days_late, debt.is_open) == (14, 0, True)
    assert debt.main_fault.startswith("NIK")
    later = opened(office, work.batch_id)
    for line, serial in zip(later.line_ids, (2, 3), strict=True):
        later = edit_cell(office, later, line, 1, text=nik(serial), request_id=new_request_id())
    accepted(office, later)
    assert open_debts(office) == ()
    paid = debt_of(office, work.batch_id)
    assert paid is not None
    assert (paid.held, paid.is_open) == (0, False)


def test_rows_that_were_decided_are_not_owed(office: AppContext, work: StagedList) -> None:
    accepted(office, work)
    later = opened(office, work.batch_id)
    decide(
        office,
        later,
        [later.line_ids[0]],
        DecidedOutcome.SKIPPED,
        reason="Sudah pindah",
        request_id=new_request_id(),
    )
    assert open_debts(office)[0].held == 1


def test_somebody_else_may_owe_them_until_another_day(
    office: AppContext, as_role: AsRole, work: StagedList
) -> None:
    accepted(office, work)
    debt = open_debts(office)[0]
    assert [owner.name for owner in debt_owners(office)] == ["Dodi", "Rina Tumewu"]
    rina = debt_owners(office)[1]
    with pytest.raises(UserError, match="DUE_IN_THE_PAST"):
        changed(office, debt.batch_id, rina.user_id, date(2026, 11, 1))
    with pytest.raises(UserError, match="OWNER_MISSING"):
        changed(office, debt.batch_id, 4, date(2026, 12, 24))
    changed(as_role(Role.CLERK), debt.batch_id, rina.user_id, date(2026, 12, 24))
    now = open_debts(office)[0]
    assert (now.owner, now.due_on, now.reason) == ("Rina Tumewu", date(2026, 12, 24), "Lurah cuti")
    with pytest.raises(UserError, match="CONFLICT"):
        write_off(office, debt, reason="Terlambat", request_id=new_request_id())


def changed(office: AppContext, batch_id: int, owner_id: int, due_on: date) -> None:
    debt = debt_of(office, batch_id)
    assert debt is not None
    change_debt(
        office,
        debt,
        owner_id=owner_id,
        due_on=due_on,
        reason=" Lurah cuti ",
        request_id=new_request_id(),
    )


def test_held_rows_that_lie_before_the_supervisor_again_are_still_owed(
    office: AppContext, work: StagedList
) -> None:
    accepted(office, work)
    later = opened(office, work.batch_id)
    later = edit_cell(office, later, later.line_ids[0], 1, text=nik(2), request_id=new_request_id())
    submit(office, later, request_id=new_request_id())
    assert [debt.held for debt in open_debts(office)] == [2]


def test_the_longest_overdue_comes_first(office: AppContext, work: StagedList) -> None:
    accepted(office, work)
    later = replace(office, clock=lambda: NOW + timedelta(days=20))
    assert [(debt.days_late, debt.days_left) for debt in open_debts(later)] == [(6, 0)]


def test_a_supervisor_writes_the_rest_off_with_a_name_and_a_reason(
    office: AppContext, as_role: AsRole, work: StagedList
) -> None:
    accepted(office, work)
    debt = open_debts(office)[0]
    with pytest.raises(UserError, match="REASON_MISSING"):
        write_off(office, debt, reason=" ", request_id=new_request_id())
    with pytest.raises(UserError, match="NOT_PERMITTED"):
        write_off(as_role(Role.CLERK), debt, reason="Pindah", request_id=new_request_id())
    write_off(office, debt, reason="Tidak ada jawaban dari lurah", request_id=new_request_id())
    assert open_debts(office) == ()
    closed = debt_of(office, work.batch_id)
    assert closed is not None
    assert (closed.held, closed.is_open, closed.written_off_by) == (2, False, "Rina Tumewu")
    assert closed.written_off_why == "Tidak ada jawaban dari lurah"
    with pytest.raises(UserError, match="DEBT_CLOSED"):
        write_off(office, closed, reason="Lagi", request_id=new_request_id())


def test_the_first_page_names_who_owes_held_rows_and_how_long_they_are_overdue(
    office: AppContext, work: StagedList
) -> None:
    accepted(office, work)
    later = replace(office, clock=lambda: NOW + timedelta(days=20))
    for context, urgency, cause in (
        (office, Urgency.WARN, "Tenggat 4 Desember 2026 · Dodi"),
        (later, Urgency.BAD, "Tenggat 4 Desember 2026, lewat 6 hari · Dodi"),
    ):
        held = next(
            action for action in overview(context).actions if action.kind is ActionKind.BATCH_HELD
        )
        assert (held.title, held.cause) == (f"2 baris batch {work.number} tertahan", cause)
        assert (held.urgency, held.target_id) == (urgency, work.batch_id)
