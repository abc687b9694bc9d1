"""Commit a checked list: good rows in, held rows kept with their reasons, in one transaction."""

import hashlib
import hmac
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from bpjsdesk.domain.changes import Answer, Changes
from bpjsdesk.domain.columns import ColumnMap, relaid
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
from bpjsdesk.services.batches import CORRECT, columns_of, kept_headings
from bpjsdesk.services.commands import Command, Outcome, execute
from bpjsdesk.services.context import AppContext
from bpjsdesk.storage import enrollment
from bpjsdesk.storage.connection import Connection
from bpjsdesk.storage.enrollment import NewLine, NewPerson
from bpjsdesk.storage.keys import derived_key

ROW_KEY = re.compile(r"K(\d+)-(\d+)-([0-9A-F]{10})")
KEY_DIGITS = 10


def import_batch(
    context: AppContext,
    check: BatchCheck,
    *,
    request_id: str,
    progress: ProgressSink,
    cancel: CancelToken,
) -> Answer:
    """Store a checked list, or take our own error workbook back by its row keys.

    The register is looked up again inside the transaction if anything was written since the
    check. Cancelling before the commit leaves nothing.

    Raises: UserError ALREADY_IMPORTED, CORRECTION_…; Cancelled; EnvironmentProblem.
    """
    name = CORRECT if check.is_correction else "batch.import"
    command = Command(name=name, object_kind="batch", request_id=request_id, bulk=True)

    def act(connection: Connection) -> Outcome:
        fresh = recheck(check, connection)
        total = len(fresh.staged)
        progress(Progress(done=0, total=total, text="Menyimpan"))
        store = _correct if check.is_correction else _store
        outcome = store(context, connection, fresh)
        cancel.raise_if_cancelled()
        progress(Progress(done=total, total=total, text="Mengunci simpanan"))
        return outcome

    return execute(context, command, act)


def row_key(context: AppContext, batch_id: int, line_id: int) -> str:
    """Make the key that brings a row of an error workbook back to its line, and to no other."""
    seal = _seal(context, batch_id, line_id)
    return f"K{batch_id}-{line_id}-{seal}"


def _seal(context: AppContext, batch_id: int, line_id: int) -> str:
    key = derived_key(context.data_key, "row-key")
    digest = hmac.new(key, f"{batch_id}:{line_id}".encode(), hashlib.sha256)
    return digest.hexdigest()[:KEY_DIGITS].upper()


def _store(context: AppContext, connection: Connection, check: BatchCheck) -> Outcome:
    _require_new_content(check)
    batch_id = enrollment.add_batch(connection, _batch_values(context, check))
    accepted = [item for item in check.staged if status_of(item.row) is LineStatus.ACCEPTED]
    person_ids = add_accepted(connection, check, accepted, batch_id)
    enrollment.add_lines(connection, _lines(check.staged, person_ids, batch_id))
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _KeyedRow:
    line_id: int
    item: StagedRow


def _correct(context: AppContext, connection: Connection, check: BatchCheck) -> Outcome:
    batch_id, keyed = _keyed_rows(context, check)
    header = _same_batch_header(connection, check, batch_id)
    sheets = _held_sheets(connection, batch_id, keyed)
    accepted = [row.item for row in keyed if status_of(row.item.row) is LineStatus.ACCEPTED]
    person_ids = add_accepted(connection, check, accepted, batch_id)
    columns = columns_of(header)
    corrected = [
        _corrected(row, person_ids, _cells_as_first_laid(row, check, columns[sheets[row.line_id]]))
        for row in keyed
    ]
    enrollment.correct_lines(connection, corrected)
    amount = len(accepted) * check.target.head_amount(check.from_month, check.months)
    enrollment.move_held_to_accepted(connection, batch_id, count=len(accepted), amount=amount)
    return _outcome(check, batch_id, sorted(person_ids.values()))


def _cells_as_first_laid(row: _KeyedRow, check: BatchCheck, columns: ColumnMap) -> str:
    """Write a row down as its own sheet had it: that is how it will be read again."""
    source = check.columns[row.item.row.sheet]
    cells = relaid(json.loads(row.item.cells), source, columns)
    return json.dumps(cells, ensure_ascii=False, separators=(",", ":"))


def _keyed_rows(context: AppContext, check: BatchCheck) -> tuple[int, list[_KeyedRow]]:
    keyed: dict[int, _KeyedRow] = {}
    batches: set[int] = set()
    for item in check.staged:
        if status_of(item.row) is LineStatus.IGNORED:
            continue
        batch_id, line_id = _key_of(context, item.row)
        if line_id in keyed:
            raise UserError(
                "CORRECTION_ROW_TWICE",
                f"{_place(item.row)}: Kunci Baris ini sudah dipakai baris lain di berkas koreksi. "
                "Tidak ada yang disimpan. Hapus salah satunya; orang tambahan dimuat sebagai "
                "daftar tersendiri.",
            )
        batches.add(batch_id)
        keyed[line_id] = _KeyedRow(line_id=line_id, item=item)
    if len(batches) != 1:
        raise UserError(
            "CORRECTION_MIXED",
            "Berkas koreksi harus berasal dari satu batch. Simpan per batch, lalu ulangi.",
        )
    return batches.pop(), list(keyed.values())


def _key_of(context: AppContext, row: CheckedRow) -> tuple[int, int]:
    """Give batch and line that a row's key names."""
    match = ROW_KEY.fullmatch((row.row_key or "").strip())
    if match is None or match[3] != _seal(context, int(match[1]), int(match[2])):
        raise UserError(
            "CORRECTION_ROW_UNKNOWN",
            f"{_place(row)}: kolom Kunci Baris kosong atau berubah. Tidak ada yang disimpan. Baris "
            "baru dimuat sebagai daftar tersendiri.",
        )
    return int(match[1]), int(match[2])


def _place(row: CheckedRow) -> str:
    return f"Lembar “{row.sheet}” baris {row.row_no}"


def _same_batch_header(connection: Connection, check: BatchCheck, batch_id: int) -> str:
    row = enrollment.batch_row(connection, batch_id)
    if row is None or row.quota_id != check.target.quota_id:
        raise UserError(
            "CORRECTION_OTHER_QUOTA",
            "Berkas koreksi ini milik perjanjian atau kategori lain. Pilih perjanjian dan "
            "kategori batch asalnya.",
        )
    if (row.from_month, row.months) != (check.from_month, check.months):
        raise UserError(
            "CORRECTION_OTHER_MONTHS",
            f"Bulan iuran berbeda dari batch {row.number}: mulai {row.from_month:%m-%Y}, "
            f"{row.months} bulan. Samakan, lalu ulangi.",
        )
    return str(row.header)


def _held_sheets(
    connection: Connection, batch_id: int, keyed: Sequence[_KeyedRow]
) -> dict[int, str]:
    sheets = enrollment.held_line_sheets(connection, batch_id)
    for row in keyed:
        if row.line_id not in sheets:
            raise UserError(
                "CORRECTION_NOT_HELD",
                f"{_place(row.item.row)}: baris ini sudah diterima lebih dahulu. Hapus dari berkas "
                "koreksi, lalu ulangi.",
            )
    return sheets


def _corrected(row: _KeyedRow, person_ids: dict[str, int], cells: str) -> dict[str, Any]:
    status = status_of(row.item.row)
    accepted = status is LineStatus.ACCEPTED
    return {
        "line_id": row.line_id,
        "status": status.value,
        "codes": codes_text(row.item.row),
        "person_id": person_ids[row.item.row.nik or ""] if accepted else None,
        "cells": cells,
    }
