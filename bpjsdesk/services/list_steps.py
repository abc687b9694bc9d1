"""Steps on the rows of a list in work: stored at once, checked where they touch, undone in one."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from bpjsdesk.domain.cells import Cell
from bpjsdesk.domain.changes import Changes
from bpjsdesk.domain.ignored_warnings import IGNORE, Ignored
from bpjsdesk.domain.staging import DecidedOutcome, Step
from bpjsdesk.errors import UserError
from bpjsdesk.services.commands import Command, Outcome, execute
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.ignored_warnings import IgnoredWarnings, ignored_of
from bpjsdesk.services.sheet_steps import MAP, SHEET_STEPS, opened_again, put_back
from bpjsdesk.services.staging import StagedList, require_not_submitted
from bpjsdesk.services.step_check import after_step
from bpjsdesk.storage import ignored_warnings, staging
from bpjsdesk.storage.connection import Connection
from bpjsdesk.storage.corrections import CORRECTION, NIK_CONFIRMED
from bpjsdesk.storage.ignored_warnings import SeenWarning
from bpjsdesk.storage.staging import CellEdit

REPAIR = "batch.repair"
_SAID_OF_NIKS = frozenset({CORRECTION, NIK_CONFIRMED})


class CellChange(NamedTuple):
    """What a clerk writes into one cell of a row."""

    line_id: int
    column: int
    cell: Cell


class DecidedLines(NamedTuple):
    """Rows of which the same was decided, and the reason that is printed for them."""

    outcome: DecidedOutcome
    reason: str
    line_ids: Sequence[int]


def _nothing_else(_connection: Connection, _step_id: int) -> None:
    """Write nothing beside cells and decisions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepWork:
    """All that one step does: cells rewritten, rows decided, and what is written beside them.

    `ignored` are warnings that are in order for the reason in `note`, `confirmed` the rows whose
    NIK has its last digit though their column has lost it.
    """

    rule: str
    rows: int
    code: str = ""
    note: str = ""
    edits: Sequence[CellEdit] = ()
    decided: Sequence[DecidedLines] = ()
    ignored: Sequence[SeenWarning] = ()
    confirmed: frozenset[int] = frozenset()
    apart: Mapping[tuple[str, str], str] = field(default_factory=dict)
    also: Callable[[Connection, int], None] = _nothing_else

    @property
    def decided_lines(self) -> frozenset[int]:
        """Give the rows that the step decides, whatever was decided of them before."""
        return frozenset(line_id for each in self.decided for line_id in each.line_ids)

    @property
    def left_out(self) -> dict[int, str]:
        """Give the rows with which nothing is left to do after the step."""
        return {
            line_id: outcome.value
            for outcome, _reason, line_ids in self.decided
            if outcome.value in staging.PUT_ASIDE
            for line_id in line_ids
        }


def change_cells(
    context: AppContext,
    work: StagedList,
    changes: Iterable[CellChange],
    *,
    rule: str,
    note: str = "",
    request_id: str,
) -> StagedList:
    """Write into cells of any rows, as one step that can be undone; only these are checked again.

    Raises: UserError NOTHING_TO_CHANGE, NOT_PERMITTED, CONFLICT.
    """
    step = cells_step(work, changes, rule=rule, note=note)
    if not step.edits:
        raise UserError("NOTHING_TO_CHANGE", "Tidak ada sel yang berubah.")
    return take_step(context, work, step, request_id=request_id)


def cells_step(
    work: StagedList, changes: Iterable[CellChange], *, rule: str, note: str = ""
) -> StepWork:
    """Give the step that writes into cells of any rows; it has no edits where nothing changes."""
    edits = list(_written(work, changes))
    return StepWork(rule=rule, rows=len(edits), note=note, edits=edits)


def take_step(
    context: AppContext, work: StagedList, step: StepWork, *, request_id: str
) -> StagedList:
    """Carry out one step on a list, so that one undo takes all of it back.

    Raises: UserError NOT_PERMITTED, CONFLICT.
    """

    def act(connection: Connection) -> Outcome:
        require_not_submitted(connection, work)
        step_id = _add_step(context, connection, work, step)
        if step.edits:
            staging.change_cells(connection, step_id, step.edits)
        for outcome, reason, line_ids in step.decided:
            staging.decide_lines(
                connection, step_id, line_ids, outcome=outcome.value, reason=reason
            )
        ignored_warnings.add(connection, step_id, step.ignored)
        step.also(connection, step_id)
        return _outcome(work, step.rule, step.rows)

    execute(context, _command(work, request_id), act)
    return _as_stored(context, imagined(context, work, step))


def imagined(context: AppContext, work: StagedList, step: StepWork) -> StagedList:
    """Give the list as one step would leave it; nothing is stored."""
    after = {edit.line_id: edit.after for edit in step.edits}
    decided = step.decided_lines
    kept = {
        line_id: outcome
        for line_id, outcome in work.outcomes.items()
        if line_id not in decided and (line_id not in after or outcome != DecidedOutcome.RETURNED)
    }
    return after_step(context, _told(context, work, step), kept | step.left_out, after)


def _told(context: AppContext, work: StagedList, step: StepWork) -> StagedList:
    """Note what a step says of rows beside their cells and fates."""
    news = (each.line_ids for each in step.decided if each.outcome is DecidedOutcome.UPDATED)
    updated = (work.updated - step.decided_lines).union(*news)
    work = replace(work, updated=updated, apart={**work.apart, **step.apart})
    if step.ignored:
        word = Ignored(step.note, context.user.display_name, context.clock().isoformat())
        work = replace(work, ignored=work.ignored.with_said(step.ignored, word))
    if step.confirmed:
        others = work.check.others
        seen = others.cut_columns.confirmed | step.confirmed
        others = replace(others, cut_columns=replace(others.cut_columns, confirmed=seen))
        work = replace(work, check=replace(work.check, others=others))
    return work


def last_step(work: StagedList) -> Step | None:
    """Give the step that an undo would take back."""
    return next((step for step in reversed(work.steps) if step.may_undo), None)


def undo(context: AppContext, work: StagedList, *, request_id: str) -> StagedList:
    """Take back the last step that still counts.

    Raises: UserError NOTHING_TO_UNDO, STEP_ACCEPTED, NOT_PERMITTED, CONFLICT.
    """
    return _taken_back(context, work, _alive(work)[:1], request_id=request_id)


def undo_back_to(
    context: AppContext, work: StagedList, step_id: int, *, request_id: str
) -> StagedList:
    """Take back steps, the last one first, up to and with the one named: all or none.

    Raises: UserError NOTHING_TO_UNDO, STEP_ACCEPTED, NOT_PERMITTED, CONFLICT.
    """
    alive = _alive(work)
    places = [at for at, step in enumerate(alive, start=1) if step.step_id == step_id]
    return _taken_back(context, work, alive[: sum(places)], request_id=request_id)


def _alive(work: StagedList) -> list[Step]:
    return [step for step in reversed(work.steps) if not step.undone_at]


def _taken_back(
    context: AppContext, work: StagedList, steps: Sequence[Step], *, request_id: str
) -> StagedList:
    if not steps:
        raise UserError("NOTHING_TO_UNDO", "Tidak ada langkah yang dapat diurungkan.")
    _require_undoable(steps[-1])
    touches_all = any(step.rule in SHEET_STEPS for step in steps)
    # what a file has said of a whole column, or a clerk of a NIK, is not to be seen in the rows
    is_read_again = touches_all or any(step.rule in _SAID_OF_NIKS for step in steps)
    touches_rows = any(step.rule not in SHEET_STEPS for step in steps)
    if touches_all:
        context.user.require(MAP)
    rows = sum(step.rows for step in steps)
    told = steps[0].rule if len(steps) == 1 else f"{len(steps)} STEPS"

    def act(connection: Connection) -> Outcome:
        require_not_submitted(connection, work)
        for step in steps:
            staging.undo_step(connection, step.step_id, at=context.clock().isoformat())
            put_back(connection, work.batch_id, step.step_id)
        return _outcome(work, f"UNDO {told}", rows)

    command = _command(work, request_id, name=REPAIR if touches_rows else MAP)
    if is_read_again:
        execute(context, command, act)
        return opened_again(context, work)
    before = _cells_before(context, steps)
    execute(context, command, act)
    if any(step.rule == IGNORE for step in steps):
        work = replace(work, ignored=_ignored(context, work))
    return _as_stored(context, after_step(context, work, _put_aside(context, work), before))


def _require_undoable(oldest: Step) -> None:
    """Raises: UserError STEP_ACCEPTED."""
    if oldest.is_settled:
        raise UserError(
            "STEP_ACCEPTED",
            "Batch ini diterima sesudah langkah itu, jadi langkah itu tidak dapat diurungkan lagi. "
            "Baris yang masih tertahan dapat diubah atau diputuskan lagi.",
        )


def _cells_before(context: AppContext, steps: Iterable[Step]) -> dict[int, str]:
    """Give what rows held before several steps, which come the last one first."""
    before: dict[int, str] = {}
    with context.database.read() as connection:
        for step in steps:
            before |= staging.cells_before(connection, step.step_id)
    return before


def _written(work: StagedList, changes: Iterable[CellChange]) -> Iterator[CellEdit]:
    by_line: dict[int, list[CellChange]] = {}
    for change in changes:
        by_line.setdefault(change.line_id, []).append(change)
    for line_id, wanted in by_line.items():
        before = work.check.staged[work.places[line_id]].cells
        cells: list[Cell] = json.loads(before)
        for _line_id, column, cell in wanted:
            cells += [None] * (column + 1 - len(cells))
            cells[column] = cell
        after = cells_text(cells)
        if after != before:
            yield CellEdit(line_id, before, after)


def _command(work: StagedList, request_id: str, *, name: str = REPAIR) -> Command:
    return Command(
        name=name,
        object_kind="batch",
        request_id=request_id,
        object_id=work.batch_id,
        version=work.version,
    )


def _add_step(context: AppContext, connection: Connection, work: StagedList, step: StepWork) -> int:
    values = {
        "rule": step.rule,
        "code": step.code,
        "note": step.note,
        "rows": step.rows,
        "user_id": context.user.user_id,
        "at": context.clock().isoformat(),
    }
    return staging.add_step(connection, work.batch_id, values)


def _outcome(work: StagedList, rule: str, rows: int) -> Outcome:
    payload: dict[str, object] = {"rule": rule, "rows": rows}
    return Outcome(
        object_id=work.batch_id, changes=Changes.of(batch=work.batch_id), payload=payload
    )


def _put_aside(context: AppContext, work: StagedList) -> dict[int, str]:
    with context.database.read() as connection:
        found = staging.put_aside(connection, work.batch_id)
    return {line_id: aside.outcome for line_id, aside in found.items()}


def _ignored(context: AppContext, work: StagedList) -> IgnoredWarnings:
    with context.database.read() as connection:
        said = list(ignored_warnings.said(connection, work.batch_id))
    return ignored_of(said, work.check.levels, work.line_cells)


def _as_stored(context: AppContext, work: StagedList) -> StagedList:
    """Read again how far the list has come by the step that was just stored."""
    with context.database.read() as connection:
        return replace(
            work,
            # read, it might be that of somebody who was quicker, whose cells are not in this list
            version=work.version + 1,
            steps=staging.steps(connection, work.batch_id),
            updated=staging.updated_lines(connection, work.batch_id),
            apart={},  # it is in the store now
        )


def cells_text(cells: Sequence[Cell]) -> str:
    """Write cells as they are stored."""
    return json.dumps(cells, ensure_ascii=False, separators=(",", ":"))
