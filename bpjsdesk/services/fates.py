"""What acceptance would make of every row of a list, worked out once for all of them."""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

from bpjsdesk.domain.row_kinds import RowKind
from bpjsdesk.domain.staging import DecidedOutcome
from bpjsdesk.services.batch_check import BatchCheck


class Fate(StrEnum):
    """What acceptance makes of a row."""

    NEW = "NEW"
    LINKED = "LINKED"
    UPDATED = "UPDATED"
    HELD = "HELD"
    SKIPPED = "SKIPPED"
    REJECTED = "REJECTED"
    IGNORED = "IGNORED"


_PUT_ASIDE: Mapping[str, Fate] = {
    DecidedOutcome.SKIPPED: Fate.SKIPPED,
    DecidedOutcome.REJECTED: Fate.REJECTED,
    DecidedOutcome.RETURNED: Fate.HELD,
}
ENTERS = (Fate.NEW, Fate.LINKED, Fate.UPDATED)


def fates_of(
    check: BatchCheck,
    outcomes: Mapping[int, str],
    updated: Iterable[int],
    places: Mapping[int, int],
) -> Sequence[Fate]:
    """Give the fate of each checked row, in their order; what a clerk has decided goes first."""
    known, column = check.known, check.staged.column
    rows = zip(column("kind"), column("is_held"), column("nik"), strict=True)
    # one expression: a call for each row takes many times as long
    found = [
        Fate.IGNORED
        if kind is RowKind.IGNORED
        else Fate.HELD
        if is_held
        else Fate.LINKED
        if nik in known
        else Fate.NEW
        for kind, is_held, nik in rows
    ]
    for line_id in updated:
        at = places.get(line_id)
        if at is not None and found[at] is Fate.LINKED:
            found[at] = Fate.UPDATED
    for line_id, outcome in outcomes.items():
        if line_id in places:
            found[places[line_id]] = _PUT_ASIDE[outcome]
    return tuple(found)
