"""Commit a checked list: good rows in, held rows kept with their reasons, in one transaction."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from bpjsdesk.domain.changes import Answer, Changes
from bpjsdesk.domain.enrollment import BatchStatus, LineStatus
from bpjsdesk.domain.period import months_between
from bpjsdesk.domain.row_check import CheckedRow
from bpjsdesk.errors import UserError
from bpjsdesk.progress import CancelToken, Progress, ProgressSink
from bpjsdesk.services.batch_check import (
    BatchCheck,
    StagedRow,
    earlier_sentence,
    recheck,
    status_of,
)
from bpjsdesk.services.batches import kept_headings
from bpjsdesk.services.commands import Command, Outcome, execute
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.staged_reading import correction_refusal
from bpjsdesk.storage import enrollment, person_origins
from bpjsdesk.storage.connection import Connection
from bpjsdesk.storage.enrollment import NewLine, NewPerson


def import_batch(
    context: AppContext,
    check: BatchCheck,
    *,
    request_id: str,
    progress: ProgressSink,
    cancel: CancelToken,
) -> Answer:
    """Store a checked list.

    The register is looked up again inside the transaction if anything was written since the
    check. Cancelling before the commit leaves nothing.

    Raises: UserError ALREADY_IMPORTED, CORRECTION_FILE; Cancelled; EnvironmentProblem.
    """
    if check.is_correction:
        raise correction_refusal()
    command = Command(name="batch.import", object_kind="batch", request_id=request_id, bulk=True)

    def act(connection: Connection) -> Outcome:
        fresh = recheck(check, connection)
        total = len(fresh.staged)
        progress(Progress(done=0, total=total, text="Menyimpan"))
        outcome = _store(context, connection, fresh)
        cancel.raise_if_cancelled()
        progress(Progress(done=total, total=total, text="Mengunci simpanan"))
        return outcome

    return execute(context, command, act)


def _store(context: AppContext, connection: Connection, check: BatchCheck) -> Outcome:
    _require_new_content(check)
    batch_id = enrollment.add_batch(connection, _batch_values(context, check))
    accepted = [item for item in check.staged if status_of(item.row) is LineStatus.ACCEPTED]
    person_ids = add_accepted(connection, check, accepted, batch_id)
    enrollment.add_lines(connection, _lines(check.staged, person_ids, batch_id))
    person_origins.note_origins(connection, batch_id)
    return _outcome(check, batch_id, sorted(person_ids.values()))


def _require_new_content(check: BatchCheck) -> None:
    if check.earlier is not None:
        raise UserError("ALREADY_IMPORTED", earlier_sentence(check.earlier))


def _batch_values(context: AppContext, check: BatchCheck) -> dict[str, Any]:
    counts = check.counts
    start = months_between(check.target.first_month, check.from_month)
    rates = check.target.rates[start : start + check.months]
    return {
        "agreement_id": check.target.agreement_id,
        "quota_id": check.target.quota_id,
        "category": check.target.category,
        "source_name": check.request.path.name,
        "source_digest": check.digest,
        "header": kept_headings(check.columns),
        "registered_on": check.request.registered_on,
        "from_month": check.from_month,
        "months": check.months,
        "rates": json.dumps(rates),
        "read": counts.read,
        "blank": counts.blank,
        "ignored": counts.ignored,
        "accepted": counts.accepted,
        "held": counts.held,
        "amount": counts.accepted * sum(rates),
        "status": BatchStatus.VALIDATED.value,
        "created_by": context.user.user_id,
        "created_at": context.clock().isoformat(),
    }


def add_accepted(
    connection: Connection, check: BatchCheck, accepted: Sequence[StagedRow], batch_id: int
) -> dict[str, int]:
    """Add the new people and everybody's months; give the person id of each NIK."""
    rows = sorted((item.row for item in accepted), key=lambda row: row.nik or "")
    known = {row.nik: check.known[row.nik] for row in rows if row.nik and row.nik in check.known}
    new = [row for row in rows if row.nik not in known]
    first_id = enrollment.highest_person_id(connection) + 1
    people = [_person(row, person_id) for person_id, row in enumerate(new, start=first_id)]
    enrollment.add_people(connection, people)
    ids = {person.nik: person.person_id for person in people}
    ids |= {nik: found.person_id for nik, found in known.items()}
    enrollment.add_memberships(
        connection,
        sorted(set(ids.values())),  # two NIKs may be one person by now
        batch_id=batch_id,
        from_month=check.from_month,
        to_month=check.to_month,
    )
    return ids


def _person(row: CheckedRow, person_id: int) -> NewPerson:
    return NewPerson(
        person_id,
        row.nik or "",
        row.name or "",
        row.name_key or "",
        row.birth_date.isoformat() if row.birth_date else None,
        row.birth_place or "",
        row.sex or "",
        row.address or "",
        row.region_code,
        row.phone or "",
        row.occupation or "",
    )


def _lines(staged: Iterable[StagedRow], person_ids: dict[str, int], batch_id: int) -> list[NewLine]:
    lines = []
    for row, cells in staged:
        status = status_of(row)
        person_id = person_ids[row.nik or ""] if status is LineStatus.ACCEPTED else None
        lines.append(
            NewLine(
                batch_id, row.sheet, row.row_no, status.value, codes_text(row), person_id, cells
            )
        )
    return lines


def codes_text(row: CheckedRow) -> str:
    return row.reason.value if row.reason is not None else " ".join(row.codes)


def _outcome(check: BatchCheck, batch_id: int, person_ids: Sequence[int]) -> Outcome:
    counts = check.counts
    payload = {
        "source_digest": check.digest[:16],
        "read": counts.read,
        "blank": counts.blank,
        "ignored": counts.ignored,
        "accepted": counts.accepted,
        "held": counts.held,
        "category": check.target.category,
        "from_month": f"{check.from_month:%Y-%m}",
        "months": check.months,
    }
    kinds = frozenset({"batch", "person", "agreement"}) if person_ids else frozenset({"batch"})
    changes = Changes(kinds=kinds, ids={"batch": (batch_id,)})
    return Outcome(object_id=batch_id, changes=changes, payload=payload)
