"""The one door through which everything is written.

Permission, request id, version, act, audit entry, commit: in this order, in one transaction.
"""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bpjsdesk.domain.access import ActingUser
from bpjsdesk.domain.changes import Answer, Changes
from bpjsdesk.errors import UserError
from bpjsdesk.services.context import AppContext
from bpjsdesk.storage import audit, requests
from bpjsdesk.storage.connection import Connection
from bpjsdesk.storage.requests import EarlierRequest

DONE, REFUSED = "DONE", "REFUSED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """What is about to be done.

    `request_id` is made once, when the form opens: sending it twice does the work once.
    `version` is the one the form was opened with; None only for new records.
    `bulk` leaves the log to be carried over after the answer.
    """

    name: str
    object_kind: str
    request_id: str
    object_id: int | None = None
    version: int | None = None
    bulk: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What an act did; `payload` goes into the history: counts and masked values only."""

    object_id: int
    changes: Changes
    payload: Mapping[str, object] = field(default_factory=dict)


Act = Callable[[Connection], Outcome]


def new_request_id() -> str:
    """Make the id that a form keeps from opening until it is saved."""
    return uuid.uuid4().hex


def saving(
    name: str, *, kind: str, request_id: str, object_id: int | None, version: int | None
) -> Command:
    """Build the command of a form that adds a record, or changes the version that it has seen.

    Raises: ValueError when an existing record comes without its version, or a new one with one.
    """
    if (object_id is None) != (version is None):
        raise ValueError("a version belongs to a record that exists, and to each such record")
    return Command(
        name=name, object_kind=kind, request_id=request_id, object_id=object_id, version=version
    )


def execute(context: AppContext, command: Command, act: Act) -> Answer:
    """Carry out one command, or nothing at all.

    Raises: UserError NOT_PERMITTED, CONFLICT or what `act` raises; EnvironmentProblem.
    """
    _require_permission(context, command)
    with context.database.write(bulk=command.bulk) as connection:
        earlier = _earlier_answer(context, connection, command)
        if earlier is not None:
            return earlier
        version = _claim_version(connection, command)
        outcome = act(connection)
        _write_down(context, connection, command, outcome, version=version)
    return Answer(object_id=outcome.object_id, changes=outcome.changes)


def execute_founding(context: AppContext, command: Command, act: Act) -> Answer:
    """Carry out the one command that has no permission table yet: founding the office."""
    with context.database.write() as connection:
        outcome = act(connection)
        _write_down(context, connection, command, outcome, version=None)
    return Answer(object_id=outcome.object_id, changes=outcome.changes)


def _require_permission(context: AppContext, command: Command) -> None:
    try:
        context.user.require(command.name)
    except UserError as refusal:
        with context.database.write() as connection:
            payload: dict[str, object] = {"reason": refusal.code}
            _append(context, connection, command, result=REFUSED, payload=payload)
        raise


def _earlier_answer(context: AppContext, connection: Connection, command: Command) -> Answer | None:
    earlier = requests.earlier_request(connection, command.request_id)
    if earlier is None:
        return None
    target = earlier.object_id if command.object_id is None else command.object_id
    # a repeat is not written down again, so it must be the very same deed of the same person
    if earlier != EarlierRequest(command.name, target, context.user.user_id):
        raise UserError(
            "REQUEST_REUSED",
            "Permintaan ini sudah dipakai untuk tindakan lain. Buka ulang formulir, lalu ulangi.",
        )
    return Answer(object_id=earlier.object_id, changes=Changes(), repeated=True)


def _claim_version(connection: Connection, command: Command) -> int | None:
    """Raise the record's version by one if it still is the one that the form has seen."""
    if command.object_id is None or command.version is None:
        return None
    unchanged = requests.raise_version(
        connection, command.object_kind, command.object_id, command.version
    )
    if not unchanged:
        raise UserError(
            "CONFLICT",
            "Data ini sudah diubah atau dihapus pengguna lain sejak Anda membukanya. Isian Anda "
            "belum disimpan. Muat ulang data, lalu ulangi perubahan Anda.",
        )
    return command.version + 1


def _write_down(
    context: AppContext,
    connection: Connection,
    command: Command,
    outcome: Outcome,
    *,
    version: int | None,
) -> None:
    _append(
        context,
        connection,
        command,
        result=DONE,
        payload=outcome.payload,
        object_id=outcome.object_id,
        version=version,
    )
    requests.note_request(
        connection,
        command.request_id,
        EarlierRequest(command.name, outcome.object_id, context.user.user_id),
        at=context.clock().isoformat(),
    )


def _append(
    context: AppContext,
    connection: Connection,
    command: Command,
    *,
    result: str,
    payload: Mapping[str, object],
    object_id: int | None = None,
    version: int | None = None,
) -> None:
    user: ActingUser = context.user
    deed = audit.Deed(
        at=context.clock(),
        user_id=user.user_id,
        user_name=user.name,
        role=user.role.value,
        command=command.name,
        object_kind=command.object_kind,
        object_id=object_id if object_id is not None else command.object_id,
        object_version=version,
        request_id=command.request_id,
        result=result,
        payload=payload,
    )
    audit.append(connection, context.audit_key, deed)
