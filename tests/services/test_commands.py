"""The one door: permission, request id, version, act, history, commit."""

from contextlib import suppress

import pytest

from bpjsdesk.domain.access import Role
from bpjsdesk.domain.changes import Changes
from bpjsdesk.errors import UserError
from bpjsdesk.services.commands import Command, Outcome, execute, new_request_id, saving
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.office import get_office, save_office
from bpjsdesk.storage import audit
from bpjsdesk.storage.connection import Connection
from tests.offices import AsRole

SAVE = "office.save"


def command(request_id: str = "", *, version: int | None = None) -> Command:
    return Command(
        name=SAVE,
        object_kind="office",
        request_id=request_id or new_request_id(),
        object_id=1,
        version=version,
    )


def rename(connection: Connection) -> Outcome:
    connection.exec_driver_sql("UPDATE office SET place = place || '!'")
    return Outcome(object_id=1, changes=Changes.of(office=1), payload={"what": "place"})


def history(context: AppContext) -> list[tuple[str, str]]:
    with context.database.read() as connection:
        return [(entry.command, entry.result) for entry in audit.newest(connection, limit=100)]


def test_a_command_is_done_and_written_down_together(office: AppContext) -> None:
    answer = execute(office, command(), rename)
    assert answer.changes.kinds == {"office"}
    assert get_office(office).place == "Manado!"
    assert history(office)[0] == (SAVE, "DONE")


def test_a_failing_act_leaves_neither_data_nor_history(office: AppContext) -> None:
    def fail(connection: Connection) -> Outcome:
        rename(connection)
        raise UserError("NO", "Tidak bisa.")

    before = history(office)
    with pytest.raises(UserError, match="NO"):
        execute(office, command(), fail)
    assert get_office(office).place == "Manado"
    assert history(office) == before


def test_the_same_request_twice_does_the_work_once(office: AppContext) -> None:
    first = execute(office, command("a"), rename)
    again = execute(office, command("a"), rename)
    assert (again.object_id, again.repeated) == (first.object_id, True)
    assert get_office(office).place == "Manado!"


def test_a_request_id_cannot_serve_another_command(office: AppContext) -> None:
    execute(office, command("a"), rename)
    other = Command(name="report.print", object_kind="batch", request_id="a")
    with pytest.raises(UserError, match="REQUEST_REUSED"):
        execute(office, other, rename)


def test_a_request_id_cannot_serve_another_record_or_another_person(
    office: AppContext, as_role: AsRole
) -> None:
    execute(office, command("a"), rename)
    other = Command(name=SAVE, object_kind="office", request_id="a", object_id=2)
    with pytest.raises(UserError, match="REQUEST_REUSED"):
        execute(office, other, rename)
    with pytest.raises(UserError, match="REQUEST_REUSED"):
        execute(as_role(Role.ADMIN), command("a"), rename)


def test_a_form_cannot_leave_out_the_version_that_it_has_seen() -> None:
    with pytest.raises(ValueError, match="version"):
        saving(SAVE, kind="office", request_id="a", object_id=1, version=None)
    with pytest.raises(ValueError, match="version"):
        saving(SAVE, kind="office", request_id="a", object_id=None, version=1)


def test_an_old_version_is_refused_and_nothing_is_overwritten(office: AppContext) -> None:
    seen = get_office(office).version
    execute(office, command(version=seen), rename)
    with pytest.raises(UserError, match="CONFLICT"):
        execute(office, command(version=seen), rename)
    assert get_office(office).place == "Manado!"


def test_a_refusal_is_written_down_and_nothing_done(office: AppContext, as_role: AsRole) -> None:
    reader = as_role(Role.READER)
    with pytest.raises(UserError, match="NOT_PERMITTED"):
        save_office(reader, get_office(office), request_id=new_request_id())
    assert history(office)[0] == (SAVE, "REFUSED")
    assert get_office(office).version == 1


def test_the_history_is_an_unbroken_chain_and_any_edit_shows(office: AppContext) -> None:
    for _ in range(5):
        execute(office, command(), rename)
    with office.database.read() as connection:
        assert audit.first_broken_link(connection, office.audit_key) is None
        last, _hash = audit.head(connection)
    assert last > len(EDITS)
    for edit in EDITS:
        assert broken_after(office, edit) in range(3, last + 1)


EDITS = (
    "UPDATE audit_entry SET user_name = 'sari' WHERE seq = 3",
    "UPDATE audit_entry SET payload = '{}' WHERE seq = 3",
    "DELETE FROM audit_entry WHERE seq = 3",
    "UPDATE audit_entry SET seq = 99 WHERE seq = 3",
)


def broken_after(context: AppContext, edit: str) -> int | None:
    """Look at the chain after an edit that is then taken back."""
    broken = None
    with suppress(KeyError), context.database.write() as connection:
        connection.exec_driver_sql("DROP TRIGGER audit_entry_no_update")
        connection.exec_driver_sql("DROP TRIGGER audit_entry_no_delete")
        connection.exec_driver_sql(edit)
        broken = audit.first_broken_link(connection, context.audit_key)
        raise KeyError
    return broken


def test_another_key_cannot_vouch_for_the_chain(office: AppContext) -> None:
    with office.database.read() as connection:
        assert audit.first_broken_link(connection, b"another key") == 1
