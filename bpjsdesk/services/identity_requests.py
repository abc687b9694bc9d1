"""Change who somebody is only on request, approved by another person; end a membership."""

from datetime import date
from typing import Any

from bpjsdesk.domain.changes import Answer, Changes
from bpjsdesk.domain.identity import mask_nik, parse_nik
from bpjsdesk.domain.names import name_key
from bpjsdesk.domain.period import parse_day
from bpjsdesk.domain.person_changes import ChangeRequest, EndReason, IdentityField, PersonEnd
from bpjsdesk.errors import UserError
from bpjsdesk.services.commands import Act, Command, Outcome, execute
from bpjsdesk.services.context import AppContext
from bpjsdesk.storage import person_changes as store
from bpjsdesk.storage import person_merges
from bpjsdesk.storage.connection import Connection

ASK, DECIDE, END = "person.request", "person.approve", "person.end"
REVEAL = "person.reveal"
LONGEST_NAME = 100


def request_change(
    context: AppContext,
    person_id: int,
    field: IdentityField,
    text: str,
    *,
    basis: str,
    request_id: str,
) -> Answer:
    """Ask for a change of NIK, name or birth date; `basis` is the document that proves it.

    Raises: UserError PERSON_MISSING, ALREADY_MERGED, BASIS_MISSING, NOTHING_CHANGED, NIK_TAKEN,
        NIK_…, NAME_MISSING, DATE_UNREADABLE, NOT_PERMITTED.
    """
    if not basis.strip():
        raise UserError("BASIS_MISSING", "Sebut dokumen yang menjadi dasar, misalnya KTP atau KK.")
    after = _normalised(context, field, text)

    def act(connection: Connection) -> Outcome:
        before = _value(_identity(connection, person_id), field)
        if before == after:
            raise UserError("NOTHING_CHANGED", "Isinya sama dengan yang sudah tercatat.")
        _require_free(connection, field, after)
        values = {
            "person_id": person_id,
            "field": field.value,
            "before": before,
            "after": after,
            "basis": basis.strip(),
            "asked_by": context.user.user_id,
            "asked_at": context.clock().isoformat(),
        }
        number = store.add_request(connection, values)
        return Outcome(
            object_id=number,
            changes=Changes.of(person=person_id),
            payload={"person": person_id, "field": field.value},
        )

    return _execute(context, ASK, act, request_id)


def decide_change(
    context: AppContext, request_no: int, *, approve: bool, note: str = "", request_id: str
) -> Answer:
    """Carry a requested change out, or refuse it with a reason; never one's own request.

    Raises: UserError REQUEST_MISSING, REQUEST_DECIDED, OWN_REQUEST, REASON_MISSING, NIK_TAKEN,
        ALREADY_MERGED, CONFLICT, NOT_PERMITTED.
    """
    if not approve and not note.strip():
        raise UserError("REASON_MISSING", "Tulis alasan mengapa perubahan ini ditolak.")

    def act(connection: Connection) -> Outcome:
        row = _open_request(connection, request_no)
        if row.asked_by == context.user.user_id:
            raise UserError("OWN_REQUEST", "Permintaan sendiri harus diputuskan orang lain.")
        if approve:
            _carry_out(connection, row)
        values = {
            "decision": store.APPROVED if approve else store.REFUSED,
            "decided_by": context.user.user_id,
            "decided_at": context.clock().isoformat(),
            "note": note.strip(),
        }
        store.decide_request(connection, request_no, values)
        return Outcome(
            object_id=request_no,
            changes=Changes.of(person=row.person_id),
            payload={"person": row.person_id, "field": row.field, "approved": approve},
        )

    return _execute(context, DECIDE, act, request_id)


def list_requests(
    context: AppContext, *, person_id: int | None = None, only_open: bool = False
) -> tuple[ChangeRequest, ...]:
    """Give requests, newest first."""
    context.user.require("read.people")
    with context.database.read() as connection:
        return store.requests(connection, person_id=person_id, only_open=only_open)


def reveal_change(
    context: AppContext, request_no: int, *, reason: str, request_id: str
) -> tuple[str, str]:
    """Give both values of a request in full, to compare them with the paper; that is noted first.

    Raises: UserError REASON_MISSING, REQUEST_MISSING, NOT_PERMITTED.
    """
    if not reason.strip():
        raise UserError("REASON_MISSING", "Tulis alasan membuka NIK lengkap.")

    def act(connection: Connection) -> Outcome:
        row = _request(connection, request_no)
        payload = {"reason": reason.strip(), "request": request_no}
        return Outcome(object_id=row.person_id, changes=Changes(), payload=payload)

    _execute(context, REVEAL, act, request_id)
    with context.database.read() as connection:
        row = _request(connection, request_no)
        return row.before, row.after


def end_membership(
    context: AppContext,
    person_id: int,
    reason: str,
    *,
    since: date,
    note: str = "",
    request_id: str,
) -> Answer:
    """Note that somebody is no member any more; months already paid stay as they are.

    `reason` is a code of `end_reasons`.

    Raises: UserError PERSON_MISSING, ALREADY_MERGED, REASON_UNKNOWN, ALREADY_ENDED, DATE_IN_FUTURE,
        NOT_PERMITTED.
    """
    if since > context.clock().date():
        raise UserError("DATE_IN_FUTURE", "Tanggal berakhir belum tiba. Isi tanggal kejadiannya.")

    def act(connection: Connection) -> Outcome:
        _identity(connection, person_id)
        if all(reason != each.code for each in store.end_reasons(connection)):
            raise UserError("REASON_UNKNOWN", f"Alasan {reason} tidak ada di daftar alasan.")
        if store.end_of(connection, person_id) is not None:
            raise UserError("ALREADY_ENDED", "Kepesertaan orang ini sudah dicatat berakhir.")
        values = {
            "person_id": person_id,
            "reason": reason,
            "since": since,
            "note": note.strip(),
            "user_id": context.user.user_id,
            "at": context.clock().isoformat(),
        }
        store.add_end(connection, values)
        return _ended(person_id, {"reason": reason, "since": since.isoformat()})

    return _execute(context, END, act, request_id)


def resume_membership(context: AppContext, person_id: int, *, request_id: str) -> Answer:
    """Take an end back that was noted by mistake.

    Raises: UserError PERSON_MISSING, ALREADY_MERGED, NOT_ENDED, NOT_PERMITTED.
    """

    def act(connection: Connection) -> Outcome:
        _identity(connection, person_id)
        if store.end_of(connection, person_id) is None:
            raise UserError("NOT_ENDED", "Kepesertaan orang ini tidak tercatat berakhir.")
        at = context.clock().isoformat()
        store.undo_end(connection, person_id, user_id=context.user.user_id, at=at)
        return _ended(person_id, {"undone": True})

    return _execute(context, END, act, request_id)


def end_reasons(context: AppContext) -> tuple[EndReason, ...]:
    """Give why a membership may end."""
    context.user.require("read.people")
    with context.database.read() as connection:
        return store.end_reasons(connection)


def end_of(context: AppContext, person_id: int) -> PersonEnd | None:
    """Give why somebody is no member any more; None while nothing says so."""
    context.user.require("read.people")
    with context.database.read() as connection:
        return store.end_of(connection, person_id)


def _execute(context: AppContext, name: str, act: Act, request_id: str) -> Answer:
    return execute(context, Command(name=name, object_kind="person", request_id=request_id), act)


def _ended(person_id: int, payload: dict[str, object]) -> Outcome:
    return Outcome(object_id=person_id, changes=Changes.of(person=person_id), payload=payload)


def _identity(connection: Connection, person_id: int) -> Any:
    found = store.identity_of(connection, person_id)
    if found is None:
        raise UserError("PERSON_MISSING", "Orang ini tidak ada di daftar. Muat ulang daftar.")
    if person_merges.open_merge_of(connection, person_id) is not None:
        raise UserError(
            "ALREADY_MERGED",
            f"{found.name} ({mask_nik(found.nik)}) sudah digabung dengan orang lain. Catat pada "
            "orang itu, atau lepas penggabungannya lebih dahulu.",
        )
    return found


def _value(identity: Any, field: IdentityField) -> str:
    if field is IdentityField.BIRTH_DATE:
        return identity.birth_date.isoformat() if identity.birth_date else ""
    return str(identity.nik if field is IdentityField.NIK else identity.name)


def _normalised(context: AppContext, field: IdentityField, text: str) -> str:
    today = context.clock().date()
    if field is IdentityField.NIK:
        return parse_nik(text, on=today)
    if field is IdentityField.NAME:
        name = " ".join(text.upper().split())
        if not any(map(str.isalpha, name)) or len(name) > LONGEST_NAME:
            raise UserError("NAME_MISSING", "Isi nama lengkap sesuai KTP, paling banyak 100 huruf.")
        return name
    day = parse_day(text, today, window="birth")
    if day is None or day > today:
        raise UserError("DATE_UNREADABLE", "Tanggal lahir tidak terbaca. Contoh: 12-08-1985.")
    return day.isoformat()


def _require_free(connection: Connection, field: IdentityField, after: str) -> None:
    if field is IdentityField.NIK and store.owner_of(connection, after) is not None:
        raise UserError(
            "NIK_TAKEN",
            f"NIK {mask_nik(after)} sudah tercatat atas orang lain. Gabungkan keduanya bila itu "
            "orang yang sama.",
        )


def _request(connection: Connection, request_no: int) -> Any:
    row = store.request_row(connection, request_no)
    if row is None:
        raise UserError("REQUEST_MISSING", f"Permintaan nomor {request_no} tidak ada.")
    return row


def _open_request(connection: Connection, request_no: int) -> Any:
    row = _request(connection, request_no)
    if row.decision:
        raise UserError("REQUEST_DECIDED", f"Permintaan nomor {request_no} sudah diputuskan.")
    return row


def _carry_out(connection: Connection, row: Any) -> None:
    field = IdentityField(row.field)
    if _value(_identity(connection, row.person_id), field) != row.before:
        raise UserError(
            "CONFLICT", "Data orang ini sudah diubah sejak permintaan dibuat. Ajukan yang baru."
        )
    _require_free(connection, field, row.after)
    store.change_identity(connection, row.person_id, _columns(field, row.after))


def _columns(field: IdentityField, after: str) -> dict[str, Any]:
    if field is IdentityField.NIK:
        return {"nik": after}
    if field is IdentityField.NAME:
        return {"name": after, "name_key": name_key(after)}
    return {"birth_date": store.day_or_none(after)}
