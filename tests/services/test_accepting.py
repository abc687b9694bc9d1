"""A list is accepted only after a proven backup, by whoever and from wherever it is accepted."""

from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import update

from bpjsdesk.domain.access import Role
from bpjsdesk.domain.agreements import Stage
from bpjsdesk.domain.enrollment import BatchStatus
from bpjsdesk.errors import Cancelled, EnvironmentProblem, UserError
from bpjsdesk.progress import CancelToken, Progress, ignore_progress
from bpjsdesk.services.accepting import accept_list
from bpjsdesk.services.agreements import save_agreement
from bpjsdesk.services.batch_check import recheck
from bpjsdesk.services.batches import get_batch
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.people import find_people
from bpjsdesk.services.safety import (
    KEPT_BEFORE,
    back_up_before,
    last_backup,
    list_audit,
    make_backup,
)
from bpjsdesk.services.staging import StagedList
from bpjsdesk.storage.schema import agreement
from tests.offices import NOW, AsRole
from tests.services.factories import a_draft, a_quota
from tests.services.lists import checked, stored, workbook, worker
from tests.services.staged_lists import opened, saved_agreement


@pytest.fixture
def work(office: AppContext, tmp_path: Path) -> StagedList:
    path = workbook(tmp_path / "a.xlsx", [worker(1), worker(2)])
    return checked(office, saved_agreement(office), path)


def copies(office: AppContext) -> list[str]:
    return sorted(path.name for path in office.paths.backups.glob("*.db"))


def is_untouched(office: AppContext, work: StagedList) -> bool:
    item = get_batch(office, work.batch_id).item
    return item.status == BatchStatus.DRAFT and find_people(office, "BUDI").people == ()


def test_the_office_as_it_was_before_is_kept_and_noted(
    office: AppContext, work: StagedList
) -> None:
    stored(office, work)
    [name] = copies(office)
    assert name == f"sebelum-20261120-104200-terima-{work.number}.db"
    note = last_backup(office)
    assert note is not None
    assert note.file_name == name
    deeds = [entry.command for entry in list_audit(office, limit=2)]
    assert deeds == ["batch.accept", "backup.make"]


def test_without_a_backup_nothing_is_accepted(office: AppContext, work: StagedList) -> None:
    office.paths.backups.write_text("bukan folder", "utf-8")
    with pytest.raises(EnvironmentProblem, match="cadangan harus ada lebih dahulu"):
        stored(office, work)
    assert is_untouched(office, work)
    office.paths.backups.unlink()
    stored(office, work)
    assert len(find_people(office, "BUDI").people) == 2


def test_whoever_may_not_accept_makes_no_backup(
    office: AppContext, as_role: AsRole, work: StagedList
) -> None:
    with pytest.raises(UserError, match="NOT_PERMITTED"):
        stored(as_role(Role.CLERK), work)
    assert copies(office) == []
    assert (list_audit(office)[0].command, list_audit(office)[0].result) == (
        "batch.accept",
        "REFUSED",
    )


def test_what_cannot_be_accepted_is_refused_before_the_backup(
    office: AppContext, tmp_path: Path
) -> None:
    draft = a_draft(quotas=(a_quota(heads=1),))
    under = save_agreement(office, draft, request_id=new_request_id()).object_id
    path = workbook(tmp_path / "a.xlsx", [worker(1), worker(2)])
    with pytest.raises(UserError, match="OVER_QUOTA"):
        accept_list(
            office,
            checked(office, under, path),
            request_id=new_request_id(),
            progress=ignore_progress,
            cancel=CancelToken(),
        )
    assert copies(office) == []


def test_it_can_be_stopped_while_the_backup_is_made(office: AppContext, work: StagedList) -> None:
    cancel, said = CancelToken(), []

    def stop(progress: Progress, /) -> None:
        said.append(progress.text)
        cancel.cancel()

    with pytest.raises(Cancelled):
        accept_list(office, work, request_id=new_request_id(), progress=stop, cancel=cancel)
    assert said == ["Membuat cadangan dan membuktikannya"]
    assert is_untouched(office, work)


def test_only_the_newest_of_these_copies_are_kept_and_never_fewer_of_the_users_own(
    office: AppContext,
) -> None:
    make_backup(office, request_id=new_request_id())
    [own] = copies(office)
    for minutes in range(KEPT_BEFORE + 2):
        context = replace(office, clock=partial(NOW.__add__, timedelta(minutes=minutes)))
        back_up_before(context, "uji", progress=ignore_progress, cancel=CancelToken())
    assert len(copies(office)) == KEPT_BEFORE + 1
    assert copies(office)[0] == own
    assert copies(office)[1] == "sebelum-20261120-104400-uji.db"
    keys = list(office.paths.backups.glob("*.kunci.json"))
    assert len(keys) == KEPT_BEFORE + 1


def test_the_backup_itself_makes_nobody_look_the_register_up_again(
    office: AppContext, work: StagedList
) -> None:
    make_backup(office, request_id=new_request_id())
    with office.database.read() as connection:
        assert recheck(work.check, connection) is work.check
    save_agreement(office, a_draft(title="Lain"), request_id=new_request_id())
    with office.database.read() as connection:
        assert recheck(work.check, connection) is not work.check


def test_a_link_that_is_not_in_the_history_any_more_proves_nothing(
    office: AppContext, work: StagedList
) -> None:
    seq, _hash = work.check.audit_head
    other = replace(work.check, audit_head=(seq, "f" * 64))
    with office.database.read() as connection:
        assert recheck(other, connection) is not other


def test_nothing_is_accepted_under_an_agreement_that_was_called_off(
    office: AppContext, work: StagedList
) -> None:
    with office.database.write() as connection:
        connection.execute(update(agreement).values(stage=Stage.CANCELLED.value))
    again = opened(office, work.batch_id)
    with pytest.raises(UserError, match="AGREEMENT_CLOSED"):
        stored(office, again)
    assert is_untouched(office, again)
