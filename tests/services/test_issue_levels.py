"""Levels of issue codes: dated, changed by IT only, kept with the batch they decided."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from bpjsdesk.domain.access import Role
from bpjsdesk.domain.issue_levels import LevelChange
from bpjsdesk.domain.problems import FormProblems
from bpjsdesk.domain.row_issues import ISSUES, IssueCode, Level
from bpjsdesk.errors import UserError
from bpjsdesk.progress import CancelToken, ignore_progress
from bpjsdesk.services.acceptance import accept, breakdown
from bpjsdesk.services.batches import get_batch
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.issue_levels import LevelEntry, list_levels, save_level
from bpjsdesk.services.staging import StagedList
from bpjsdesk.storage import audit
from tests.offices import AsRole
from tests.services.lists import workbook, worker
from tests.services.staged_lists import opened, saved_agreement, staged

SEX = IssueCode.NIK_SEX_MISMATCH


def change(day: date, **values: object) -> LevelChange:
    usual = LevelChange(code=SEX, level=Level.ERROR, valid_from=day, reason="Sering salah ketik")
    return replace(usual, **values)  # type: ignore[arg-type]  # tests vary one field


def entry(office: AppContext, code: IssueCode = SEX) -> LevelEntry:
    return next(each for each in list_levels(office) if each.code is code)


@pytest.fixture
def admin(as_role: AsRole) -> AppContext:
    return as_role(Role.ADMIN)


@pytest.fixture
def today(office: AppContext) -> date:
    return office.clock().date()


def test_a_new_office_has_the_usual_level_of_every_code(office: AppContext) -> None:
    found = {each.code: each.now for each in list_levels(office)}
    assert {code: row.level for code, row in found.items()} == {
        code: issue.level for code, issue in ISSUES.items()
    }
    assert all(row.reason for row in found.values())  # each stands in the seed
    assert {row.level for row in found.values() if row.locked} == {Level.ERROR}
    assert found[IssueCode.DUP_ACTIVE].locked


def test_a_level_is_changed_from_a_day_on_and_the_deed_is_written_down(
    admin: AppContext, today: date
) -> None:
    save_level(admin, change(today), request_id=new_request_id())
    now = entry(admin).now
    assert (now.level, now.valid_from, now.reason) == (Level.ERROR, today, "Sering salah ketik")
    assert entry(admin, IssueCode.NAME_DIFFERS).now.level is Level.WARNING
    with admin.database.read() as connection:
        deed = audit.newest_of(connection, "level.save")
    assert deed is not None
    assert '"before":"WARNING"' in deed.payload


def test_a_later_level_waits_and_makes_way_for_an_earlier_decision(
    admin: AppContext, today: date
) -> None:
    save_level(admin, change(today + timedelta(days=10)), request_id=new_request_id())
    waiting = entry(admin)
    assert waiting.now.level is Level.WARNING
    assert waiting.later is not None
    save_level(admin, change(today, level=Level.OFF), request_id=new_request_id())
    settled = entry(admin)
    assert (settled.now.level, settled.later) == (Level.OFF, None)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"code": IssueCode.OVER_QUOTA, "level": Level.WARNING}, "level"),
        ({"level": Level.WARNING}, "level"),
        ({"valid_from": date(2020, 1, 1)}, "valid_from"),
        ({"reason": " "}, "reason"),
    ],
)
def test_a_change_that_may_not_be_is_refused_by_field(
    admin: AppContext, today: date, values: dict[str, object], field: str
) -> None:
    with pytest.raises(FormProblems) as refused:
        save_level(admin, change(today, **values), request_id=new_request_id())
    assert [each.field for each in refused.value.problems] == [field]


@pytest.mark.parametrize("role", [Role.CLERK, Role.SUPERVISOR, Role.READER])
def test_only_it_changes_levels(as_role: AsRole, today: date, role: Role) -> None:
    with pytest.raises(UserError, match="NOT_PERMITTED"):
        save_level(as_role(role), change(today), request_id=new_request_id())


def test_a_list_goes_by_the_levels_of_its_day_and_keeps_them(
    office: AppContext, admin: AppContext, today: date, tmp_path: Path
) -> None:
    path = workbook(tmp_path / "a.xlsx", [worker(1), worker(2, sex="P")])
    work = staged(office, saved_agreement(office), path)
    assert breakdown(work).held == 0
    save_level(admin, change(today), request_id=new_request_id())
    with pytest.raises(UserError, match="CHECK_OUTDATED"):
        accepted(office, work)
    again = opened(office, work.batch_id)
    assert (breakdown(again).new, breakdown(again).held) == (1, 1)
    accepted(office, again)
    save_level(admin, change(today, level=Level.OFF), request_id=new_request_id())
    assert get_batch(office, work.batch_id).levels.changed() == ((SEX, Level.ERROR),)


def test_a_list_of_an_earlier_day_keeps_the_level_of_that_day(
    office: AppContext, admin: AppContext, today: date, tmp_path: Path
) -> None:
    path = workbook(tmp_path / "a.xlsx", [worker(1), worker(2, sex="P")])
    work = staged(office, saved_agreement(office), path)
    save_level(admin, change(today + timedelta(days=1)), request_id=new_request_id())
    accepted(office, work)
    assert get_batch(office, work.batch_id).item.counts.accepted == 2


def accepted(office: AppContext, work: StagedList) -> None:
    cancel = CancelToken()
    accept(office, work, request_id=new_request_id(), progress=ignore_progress, cancel=cancel)
