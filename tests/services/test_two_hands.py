"""Two people at one list: whoever is quicker is never overwritten in silence."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bpjsdesk.domain.access import Role
from bpjsdesk.domain.changes import Answer
from bpjsdesk.errors import UserError
from bpjsdesk.services import commands, list_steps
from bpjsdesk.services.commands import Act, Command, new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.repairs import edit_cell
from bpjsdesk.services.staging import StagedList
from tests.offices import AsRole
from tests.services.lists import workbook, worker
from tests.services.staged_lists import opened, saved_agreement, staged

NAME, VILLAGE, PHONE = 2, 5, 6


def typed(context: AppContext, work: StagedList, column: int, text: str) -> StagedList:
    return edit_cell(
        context, work, work.line_ids[0], column, text=text, request_id=new_request_id()
    )


def just_after(monkeypatch: pytest.MonkeyPatch, deed: Callable[[], object]) -> None:
    """Let somebody do a deed between the commit of the next step and whatever follows it."""
    carry_out = commands.execute

    def slowly(context: AppContext, command: Command, act: Act) -> Answer:
        monkeypatch.setattr(list_steps, "execute", carry_out)
        answer = carry_out(context, command, act)
        deed()
        return answer

    monkeypatch.setattr(list_steps, "execute", slowly)


def test_whoever_saves_between_two_steps_of_mine_is_noticed(
    office: AppContext, as_role: AsRole, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk = as_role(Role.CLERK)
    path = workbook(tmp_path / "a.xlsx", [worker(1), worker(2)])
    work = staged(office, saved_agreement(office), path)
    just_after(monkeypatch, lambda: typed(clerk, opened(clerk, work.batch_id), NAME, "NAMA BENAR"))
    mine = typed(office, work, PHONE, "081399999999")
    with pytest.raises(UserError, match="CONFLICT"):
        typed(office, mine, VILLAGE, "Tuminting")
    row = opened(office, work.batch_id).check.staged[0].row
    assert (row.name, row.phone) == ("NAMA BENAR", "081399999999")
