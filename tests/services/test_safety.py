"""Backups are proven, damage is noticed, history is shown."""

import shutil
from pathlib import Path

import pytest

from bpjsdesk.clock import Clock
from bpjsdesk.domain.access import Role
from bpjsdesk.errors import UserError
from bpjsdesk.paths import AppPaths
from bpjsdesk.progress import CancelToken, ignore_progress
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.office import get_office, open_office
from bpjsdesk.services.safety import check_health, last_backup, list_audit, make_backup
from tests.offices import FOUNDER, PASSWORD, AsRole


def test_a_backup_with_its_keys_is_an_office_again(
    office: AppContext, tmp_path: Path, clock: Clock
) -> None:
    assert last_backup(office) is None
    copy = make_backup(office, request_id=new_request_id())
    note = last_backup(office)
    assert note is not None
    assert (note.sha256, note.rows) == (copy.sha256, sum(copy.rows.values()))
    restored = AppPaths(tmp_path / "pulih")
    restored.data.mkdir()
    shutil.copy(copy.path, restored.database)
    shutil.copy(copy.path.with_name(f"{copy.path.name}.kunci.json"), restored.keys)
    opened = open_office(restored, FOUNDER, PASSWORD, clock)
    assert get_office(opened) == get_office(office)
    opened.close()


def test_a_sound_office_is_called_sound(office: AppContext) -> None:
    health = check_health(office, progress=ignore_progress, cancel=CancelToken())
    assert health.is_sound
    assert health.audit_entries == len(list_audit(office))


def test_a_counter_that_does_not_add_up_is_named(office: AppContext) -> None:
    with office.database.write() as connection:
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        connection.exec_driver_sql(
            "INSERT INTO agreement (id, kind, title, stage, signed_place, scope, notes, "
            "created_by, created_at, version) "
            "VALUES (1, 'COOPERATION', 'x', 'DRAFT', '', '', '', 1, '', 1)"
        )
        connection.exec_driver_sql(
            "INSERT INTO agreement_quota VALUES (1, 1, 1, 'VULNERABLE', 'SELF_EMPLOYED', 'JKK', 1, "
            "1, '2026-01-01', 'APBD', 'OTHER', NULL, '[1]', 1, 1)"
        )
        connection.exec_driver_sql(
            "INSERT INTO batch VALUES (1, 'B-2026-00001', 1, 1, 'VULNERABLE', 'a', 'b', '{}', "
            "'2026-01-01', '2026-01-01', 1, '[]', 5, 0, 0, 5, 0, 0, 'VALIDATED', 1, '', 1)"
        )
    health = check_health(office, progress=ignore_progress, cancel=CancelToken())
    assert health.uncounted_batches == ("B-2026-00001",)
    assert not health.is_sound


def test_who_may_back_up_and_who_may_read_the_history(office: AppContext, as_role: AsRole) -> None:
    for role, may in ((Role.CLERK, True), (Role.ADMIN, True), (Role.READER, False)):
        if may:
            make_backup(as_role(role), request_id=new_request_id())
        else:
            with pytest.raises(UserError, match="NOT_PERMITTED"):
                make_backup(as_role(role), request_id=new_request_id())
    with pytest.raises(UserError, match="NOT_PERMITTED"):
        list_audit(as_role(Role.CLERK))


def test_history_comes_newest_first_and_in_pieces(office: AppContext) -> None:
    for _ in range(3):
        make_backup(office, request_id=new_request_id())
    newest = list_audit(office, limit=2)
    older = list_audit(office, limit=2, before_seq=newest[-1].seq)
    assert [entry.seq for entry in (*newest, *older)] == sorted(
        (entry.seq for entry in (*newest, *older)), reverse=True
    )
