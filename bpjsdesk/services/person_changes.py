"""Join two persons of the register who are one, and part them again while nothing has changed."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bpjsdesk.domain.changes import Answer, Changes
from bpjsdesk.domain.wording import format_date, format_month_range
from bpjsdesk.errors import UserError
from bpjsdesk.services.commands import Act, Command, Outcome, execute
from bpjsdesk.services.context import AppContext
from bpjsdesk.storage import duplicates, person_changes, person_merges, person_origins
from bpjsdesk.storage.connection import Connection
from bpjsdesk.storage.duplicates import CARRIED

MERGE = "person.merge"
_CHANGED = {
    "person": "data diri diubah",
    "membership": "kepesertaan berubah",
    "claim": "klaim berubah",
    "person_end": "akhir kepesertaan dicatat",
    "person_request": "ada permintaan perubahan data",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """Somebody who was joined to another; `obstacles` are the reasons not to part them again."""

    merge_id: int
    kept_id: int
    merged_id: int
    reason: str
    user_name: str
    at: str
    obstacles: tuple[str, ...]


def merge_people(
    context: AppContext, kept_id: int, merged_id: int, *, reason: str, request_id: str
) -> Answer:
    """Hang months, claims and list rows of one person on another; both rows stay.

    What only the other one knows, such as a telephone, is filled in; nothing is replaced. That
    somebody has left for good goes along. Gives the id of the merge.

    Raises: UserError REASON_MISSING, SAME_ROW, PERSON_MISSING, ALREADY_MERGED, PAID_FOR_BOTH,
        REQUEST_OPEN, DEATH_LOST, END_LOST, NOT_PERMITTED.
    """
    if not reason.strip():
        raise UserError("REASON_MISSING", "Tulis alasan mengapa keduanya orang yang sama.")

    def act(connection: Connection) -> Outcome:
        _require_mergeable(connection, kept_id, merged_id)
        goes_along = _end_goes_along(connection, kept_id, merged_id)
        moved = person_merges.move_all(connection, merged_id, kept_id, with_end=goes_along)
        filled = _fill(context, connection, kept_id, merged_id)
        person_merges.raise_versions(connection, kept_id, merged_id)
        digests = person_merges.digests(connection, kept_id, merged_id)
        merge_id = person_merges.add_merge(
            connection,
            {
                "kept_id": kept_id,
                "merged_id": merged_id,
                "moved": json.dumps(moved),
                "filled": " ".join(filled),
                "digests": json.dumps(digests),
                "reason": reason.strip(),
                "user_id": context.user.user_id,
                "at": context.clock().isoformat(),
            },
        )
        counts = {name: len(ids) for name, ids in moved.items()}
        payload = {"reason": reason.strip(), "filled": filled, **counts}
        return _outcome(merge_id, kept_id, merged_id, payload)

    return _execute(context, act, request_id)


def unmerge_people(context: AppContext, merge_id: int, *, request_id: str) -> Answer:
    """Part two persons again: each gets back what it had.

    Raises: UserError MERGE_MISSING, CHANGED_SINCE naming what has changed, NOT_PERMITTED.
    """

    def act(connection: Connection) -> Outcome:
        row = person_merges.open_merge(connection, merge_id)
        if row is None:
            raise UserError("MERGE_MISSING", "Penggabungan ini sudah dilepas atau tidak ada.")
        obstacles = merge_obstacles(connection, row)
        if obstacles:
            raise UserError(
                "CHANGED_SINCE",
                f"Penggabungan ini tidak dapat dilepas karena sesudahnya {', '.join(obstacles)}. "
                "Pindahkan kepesertaan atau klaim satu per satu lewat penyelia.",
            )
        person_merges.move_back(connection, json.loads(row.moved), row.merged_id)
        person_origins.take_back_values(connection, row.kept_id, row.filled.split())
        person_merges.raise_versions(connection, row.kept_id, row.merged_id)
        at = context.clock().isoformat()
        person_merges.end_merge(connection, merge_id, user_id=context.user.user_id, at=at)
        return _outcome(merge_id, row.kept_id, row.merged_id, {"undone": True})

    return _execute(context, act, request_id)


def merge_of(context: AppContext, person_id: int) -> Merge | None:
    """Give the merge by which somebody was joined to another; None while there is none."""
    context.user.require("read.people")
    with context.database.read() as connection:
        row = person_merges.open_merge_of(connection, person_id)
        if row is None:
            return None
        return Merge(
            merge_id=row.id,
            kept_id=row.kept_id,
            merged_id=row.merged_id,
            reason=row.reason,
            user_name=row.display_name,
            at=row.at,
            obstacles=merge_obstacles(connection, row),
        )


def merge_obstacles(connection: Connection, row: Any) -> tuple[str, ...]:
    """Say what has changed since a merge, so that it cannot be undone; `row` as stored."""
    then: Mapping[str, str] = json.loads(row.digests)
    now = person_merges.digests(connection, row.kept_id, row.merged_id)
    return tuple(words for name, words in _CHANGED.items() if then[name] != now[name])


def _fill(context: AppContext, connection: Connection, kept_id: int, merged_id: int) -> list[str]:
    """Fill in what only the other person knows; gives the fields."""
    held = person_origins.values_of(connection, (kept_id, merged_id), CARRIED)
    taken = {
        field: text for field, text in held[merged_id].items() if text and not held[kept_id][field]
    }
    duplicates.carry_over(connection, {kept_id: taken} if taken else {})
    noted = {
        "person_id": kept_id,
        "before": "",
        "line_id": person_origins.origin_line(connection, merged_id) or 0,
        "user_id": context.user.user_id,
        "at": context.clock().isoformat(),
    }
    person_origins.note_values(connection, [{"field": field, **noted} for field in taken])
    return list(taken)


def _require_mergeable(connection: Connection, kept_id: int, merged_id: int) -> None:
    if kept_id == merged_id:
        raise UserError("SAME_ROW", "Pilih dua orang yang berbeda.")
    for person_id in (kept_id, merged_id):
        if not person_merges.person_exists(connection, person_id):
            raise UserError("PERSON_MISSING", "Orang ini tidak ada di daftar. Muat ulang daftar.")
    joined = (person_merges.open_merge_of(connection, each) for each in (kept_id, merged_id))
    if any(joined) or person_merges.has_others_in_it(connection, merged_id):
        raise UserError(
            "ALREADY_MERGED",
            "Salah satunya sudah digabung dengan orang lain. Lepas penggabungan itu lebih dahulu.",
        )
    for person_id in (kept_id, merged_id):
        if person_changes.requests(connection, person_id=person_id, only_open=True):
            raise UserError(
                "REQUEST_OPEN",
                "Salah satunya masih memiliki permintaan perubahan data yang menunggu keputusan. "
                "Putuskan permintaan itu lebih dahulu, lalu gabungkan.",
            )
    months = person_merges.months_paid_for_both(connection, kept_id, merged_id)
    if months is not None:
        raise UserError(
            "PAID_FOR_BOTH",
            f"Iuran {format_month_range(*months)} dibayar untuk keduanya. Akhiri salah satunya "
            "lebih dahulu, lalu gabungkan.",
        )


def _end_goes_along(connection: Connection, kept_id: int, merged_id: int) -> bool:
    """Say whether the end of the one who is joined becomes that of the other.

    Raises: UserError DEATH_LOST, END_LOST where the other's own end would hide it.
    """
    kept, end = (person_changes.end_of(connection, each) for each in (kept_id, merged_id))
    if end is None or end.reason.may_return:
        return False
    if end.reason.is_death and not (kept and kept.reason.is_death):
        raise UserError(
            "DEATH_LOST",
            f"Orang yang digabung tercatat meninggal {format_date(end.since)}, yang tetap tidak. "
            "Catat kematian itu pada orang yang tetap, atau pilih yang meninggal sebagai yang "
            "tetap.",
        )
    if kept and kept.reason.may_return:
        raise UserError(
            "END_LOST",
            f"Kepesertaan orang yang digabung berakhir {format_date(end.since)} "
            f"({end.reason.name}), sedangkan yang tetap tercatat {kept.reason.name}. Cabut catatan "
            "itu pada orang yang tetap, atau pilih yang lain sebagai yang tetap.",
        )
    return kept is None


def _outcome(merge_id: int, kept_id: int, merged_id: int, payload: Mapping[str, object]) -> Outcome:
    changes = Changes(kinds=frozenset({"person", "claim"}), ids={"person": (kept_id, merged_id)})
    return Outcome(object_id=merge_id, changes=changes, payload=payload)


def _execute(context: AppContext, act: Act, request_id: str) -> Answer:
    return execute(context, Command(name=MERGE, object_kind="person", request_id=request_id), act)
