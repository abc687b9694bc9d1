"""Carry out what a clerk decides of pairs: one person, one person with news, or two persons.

Each decision is one step of the list, whatever number of pairs it is for; one undo takes it back.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from bpjsdesk.domain.cells import Cell
from bpjsdesk.domain.duplicates import Choice, Pair, PairKind, Side
from bpjsdesk.domain.staging import DecidedOutcome
from bpjsdesk.errors import UserError
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.duplicates import seen_text, values_of
from bpjsdesk.services.list_steps import DecidedLines, StepWork, take_step
from bpjsdesk.services.staging import StagedList
from bpjsdesk.storage import duplicates, person_origins
from bpjsdesk.storage.connection import Connection
from bpjsdesk.storage.duplicates import CARRIED
from bpjsdesk.storage.staging import CellEdit

RULES = {
    Choice.LINK: "SAME_PERSON",
    Choice.UPDATE: "SAME_PERSON_UPDATED",
    Choice.NOT_SAME: "NOT_THE_SAME",
}
_ONE_NIK = (PairKind.SAME_IN_FILE, PairKind.SAME_IN_REGISTER)
# What of a row a field of a person is read from; what is not named here has a column of its name.
_COLUMNS_OF = {
    "region_code": ("village", "district", "city"),
    "birth_date": ("birth_date", "birth_place_date"),
    "birth_place": ("birth_place", "birth_place_date"),
}


def decide_pair(
    context: AppContext, work: StagedList, pair: Pair, choice: Choice, *, request_id: str
) -> StagedList:
    """Carry out a decision on one pair; "later" leaves all as it is.

    Raises: UserError NIK_ONE_PERSON, PAIR_GONE, NOT_PERMITTED, CONFLICT.
    """
    return decide_pairs(context, work, [pair], choice, request_id=request_id)


def decide_pairs(
    context: AppContext,
    work: StagedList,
    pairs: Sequence[Pair],
    choice: Choice,
    *,
    request_id: str,
) -> StagedList:
    """Carry out one decision on many pairs as one step.

    Raises: UserError NIK_ONE_PERSON, PAIR_GONE, NOT_PERMITTED, CONFLICT.
    """
    if choice is Choice.LATER or not pairs:
        return work
    step = pair_step(context, work, pairs, choice)
    return take_step(context, work, step, request_id=request_id)


def pair_step(
    context: AppContext, work: StagedList, pairs: Sequence[Pair], choice: Choice
) -> StepWork:
    """Give the step of one decision on many pairs.

    Raises: UserError NIK_ONE_PERSON, PAIR_GONE.
    """
    _require_open(work, pairs)
    return _apart(context, pairs) if choice is Choice.NOT_SAME else _together(work, pairs, choice)


def updates_for(connection: Connection, work: StagedList) -> Mapping[int, Mapping[str, str]]:
    """Give, by row, the values that a list in work brings to people of the register.

    Only what the row says now counts, and never a blank.
    """
    found = {}
    for line_id, (outcome, fields) in duplicates.matched_lines(connection, work.batch_id).items():
        if outcome == DecidedOutcome.UPDATED and line_id in work.places:
            values = values_of(work.check.staged[work.places[line_id]].row)._asdict()
            found[line_id] = {field: values[field] for field in fields.split() if values[field]}
    return found


def carry_updates(
    context: AppContext, connection: Connection, work: StagedList, person_ids: Mapping[str, int]
) -> int:
    """Write those values into the register when the rows are accepted; gives how many people.

    What they replace is kept, with the row that brought them. `person_ids` are those of the
    accepted rows, by NIK.
    """
    changed: dict[int, Mapping[str, str]] = {}
    lines: dict[int, int] = {}
    for line_id, values in updates_for(connection, work).items():
        nik = work.check.staged[work.places[line_id]].row.nik or ""
        if values and nik in person_ids:
            changed[person_ids[nik]] = values
            lines[person_ids[nik]] = line_id
    before = person_origins.values_of(connection, changed, CARRIED)
    duplicates.carry_over(connection, changed)
    after = person_origins.values_of(connection, changed, CARRIED)
    noted = {"user_id": context.user.user_id, "at": context.clock().isoformat()}
    rows = [
        {
            "person_id": person_id,
            "field": field,
            "before": text,
            "line_id": lines[person_id],
            **noted,
        }
        for person_id, held in before.items()
        for field, text in held.items()
        if after[person_id][field] != text
    ]
    person_origins.note_values(connection, rows)
    return len(changed)


def _require_open(work: StagedList, pairs: Iterable[Pair]) -> None:
    """Refuse pairs that were found before a row of theirs was decided or changed."""
    for pair in pairs:
        for side in (pair.kept, pair.offered):
            if side.line_id is not None and not _is_as_found(work, side):
                raise UserError(
                    "PAIR_GONE",
                    f"{side.place} sudah diputuskan atau diubah sejak dibandingkan. Muat ulang "
                    "daftar duplikat, lalu putuskan lagi.",
                )


def _is_as_found(work: StagedList, side: Side) -> bool:
    place = work.places.get(side.line_id or 0)
    if place is None or side.line_id in work.outcomes:
        return False
    return values_of(work.check.staged[place].row) == side.values


def _apart(context: AppContext, pairs: Sequence[Pair]) -> StepWork:
    if any(pair.kind in _ONE_NIK for pair in pairs):
        raise UserError(
            "NIK_ONE_PERSON",
            "Satu NIK hanya milik satu orang. Betulkan NIK pada baris yang keliru, atau "
            "kembalikan baris itu ke pengirim.",
        )

    apart = {pair.keys: seen_text(pair) for pair in pairs}

    def remember(connection: Connection, step_id: int) -> None:
        duplicates.remember_apart(
            connection,
            apart,
            user_id=context.user.user_id,
            at=context.clock().isoformat(),
            step_id=step_id,
        )

    return StepWork(rule=RULES[Choice.NOT_SAME], rows=len(pairs), also=remember, apart=apart)


def _together(work: StagedList, pairs: Sequence[Pair], choice: Choice) -> StepWork:
    cells: dict[int, list[Cell]] = {}
    decided: list[DecidedLines] = []
    for pair in pairs:
        in_file = pair.kept.line_id is not None
        if in_file and choice is Choice.UPDATE:
            _take_over(work, pair, cells)
        elif pair.kind is PairKind.SIMILAR_IN_REGISTER:
            _write(work, pair.offered, {"nik": pair.kept.values.nik}, cells)
        decided.append(_decided(pair, choice, in_file=in_file))
    return StepWork(
        rule=RULES[choice],
        rows=len(pairs),
        edits=_edits(work, cells),
        decided=_gathered(decided),
    )


def _decided(pair: Pair, choice: Choice, *, in_file: bool) -> DecidedLines:
    assert pair.offered.line_id is not None  # the offered side is always a row of the list
    lines = (pair.offered.line_id,)
    if in_file:
        reason = f"Orang yang sama dengan {pair.kept.place}"
        return DecidedLines(DecidedOutcome.SKIPPED, reason, lines)
    if choice is Choice.UPDATE:
        return DecidedLines(DecidedOutcome.UPDATED, " ".join(pair.taken_fields), lines)
    return DecidedLines(DecidedOutcome.LINKED, "", lines)


def _gathered(decided: Sequence[DecidedLines]) -> tuple[DecidedLines, ...]:
    """Put rows of one decision and one reason together; each row once."""
    ordered = sorted(decided, key=lambda each: (each.outcome, each.reason))
    found = []
    for (outcome, reason), group in groupby(ordered, key=lambda each: (each.outcome, each.reason)):
        lines = dict.fromkeys(line_id for each in group for line_id in each.line_ids)
        found.append(DecidedLines(outcome, reason, tuple(lines)))
    return tuple(found)


def _take_over(work: StagedList, pair: Pair, cells: dict[int, list[Cell]]) -> None:
    """Put what the offered row says into the kept one, cell by cell as it was written."""
    place = work.places[pair.offered.line_id or 0]
    source = json.loads(work.check.staged[place].cells)
    columns = work.rules.columns[pair.offered.sheet]
    found: dict[str, Cell] = {}
    for field in pair.taken_fields:
        for column in _COLUMNS_OF.get(field, (field,)):
            at = columns.index(column)
            if at is not None and at < len(source):
                found[column] = source[at]
    _write(work, pair.kept, found, cells)


def _write(
    work: StagedList, side: Side, values: Mapping[str, Cell], cells: dict[int, list[Cell]]
) -> None:
    assert side.line_id is not None  # only rows of the list are written
    columns = work.rules.columns[side.sheet]
    row = cells.setdefault(
        side.line_id, json.loads(work.check.staged[work.places[side.line_id]].cells)
    )
    for column, cell in values.items():
        at = columns.index(column)
        if at is not None:
            row += [None] * (at + 1 - len(row))
            row[at] = cell


def _edits(work: StagedList, cells: Mapping[int, list[Cell]]) -> tuple[CellEdit, ...]:
    found = []
    for line_id, row in cells.items():
        before = work.check.staged[work.places[line_id]].cells
        after = json.dumps(row, ensure_ascii=False, separators=(",", ":"))
        if after != before:
            found.append(CellEdit(line_id, before, after))
    return tuple(found)
