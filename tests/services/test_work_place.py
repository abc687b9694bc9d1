"""The screen at which a list was left is where anybody goes on."""

from pathlib import Path

import pytest

from bpjsdesk.domain.access import Role
from bpjsdesk.domain.staging import Stage
from bpjsdesk.errors import UserError
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.repairs import edit_cell
from bpjsdesk.services.work_place import keep_place, place_of
from tests.offices import AsRole
from tests.services.lists import workbook, worker
from tests.services.staged_lists import opened, saved_agreement, staged

NAME_COLUMN = 2


def test_another_clerk_goes_on_at_the_same_screen(
    office: AppContext, as_role: AsRole, tmp_path: Path
) -> None:
    path = workbook(tmp_path / "a.xlsx", [worker(1)])
    work = staged(office, saved_agreement(office), path)
    assert place_of(office, work.batch_id) is Stage.READ
    keep_place(office, work.batch_id, Stage.DOUBLES, request_id=new_request_id())
    assert place_of(as_role(Role.CLERK), work.batch_id) is Stage.DOUBLES


def test_a_change_of_screen_overtakes_nobody(office: AppContext, tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [worker(1)])
    work = staged(office, saved_agreement(office), path)
    keep_place(office, work.batch_id, Stage.CHECK, request_id=new_request_id())
    edit_cell(office, work, work.line_ids[0], NAME_COLUMN, text="SITI", request_id=new_request_id())
    assert opened(office, work.batch_id).check.staged[0].row.name == "SITI"


def test_a_list_that_is_not_there_is_named(office: AppContext) -> None:
    with pytest.raises(UserError, match="BATCH_MISSING"):
        keep_place(office, 99, Stage.CHECK, request_id=new_request_id())
