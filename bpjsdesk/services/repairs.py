"""Repair the rows of a list in work: preview, one step for all rows of a reason, and undo."""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from bpjsdesk.domain.cells import Cell, cell_text
from bpjsdesk.domain.repairs import REPAIR_LABELS, REPAIRS_OF, RepairRule
from bpjsdesk.domain.row_issues import IssueCode
from bpjsdesk.domain.staging import DecidedOutcome
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.list_steps import (
    CellChange,
    DecidedLines,
    StepWork,
    cells_text,
    change_cells,
    take_step,
)
from bpjsdesk.services.mender import Mender
from bpjsdesk.services.printed_reasons import printed_reason
from bpjsdesk.services.staged_rows import StagedRow
from bpjsdesk.services.staging import StagedList
from bpjsdesk.storage.staging import CellEdit

SAMPLES = 3
_LOOKED_AT = 40
_CELLS_SHOWN, _CELL_MARK, _BLANK = 3, " | ", "–"
EDITED = "EDIT_CELL"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One row of a preview: the cell that would change, before and after."""

    row_no: int
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RepairOffer:
    """What a repair would do: rows that it mends, and rows of the reason that it leaves."""

    code: IssueCode
    rule: RepairRule
    label: str
    mends: int
    leaves: int
    samples: tuple[Sample, ...]


def reasons(work: StagedList) -> Mapping[IssueCode, int]:
    """Count the open rows by reason, the most frequent first."""
    counts = Counter(
        code
        for line_id, item in _open_rows(work)
        for code in work.ignored.open_codes(line_id, item.row.codes)
    )
    return dict(counts.most_common())


def offers(work: StagedList, code: IssueCode) -> tuple[RepairOffer, ...]:
    """Give the repairs of a reason that would mend at least one row, the surest first."""
    of_code = [(line, item) for line, item in _open_rows(work) if _has(work, line, item, code)]
    found = (_offer(work, code, rule, of_code) for rule in REPAIRS_OF.get(code, ()))
    return tuple(offer for offer in found if offer.mends)


def row_offers(work: StagedList, line_id: int) -> tuple[RepairOffer, ...]:
    """Give the repairs that would mend one open row, for its first fault first."""
    item = work.check.staged[work.places[line_id]]
    if line_id in work.outcomes:
        return ()
    codes = work.ignored.open_codes(line_id, item.row.codes)
    pairs = ((code, rule) for code in codes for rule in REPAIRS_OF.get(code, ()))
    found = (_offer(work, code, rule, [(line_id, item)]) for code, rule in pairs)
    return tuple(offer for offer in found if offer.mends)


def repair(
    context: AppContext,
    work: StagedList,
    offer: RepairOffer,
    *,
    request_id: str,
    line_ids: Collection[int] | None = None,
) -> StagedList:
    """Mend every row that the offer counted, as one step that can be undone.

    With `line_ids` only those among them.
    Raises: UserError NOT_PERMITTED, CONFLICT.
    """
    step = repair_step(work, offer, line_ids=line_ids)
    return take_step(context, work, step, request_id=request_id)


def repair_step(
    work: StagedList, offer: RepairOffer, *, line_ids: Collection[int] | None = None
) -> StepWork:
    """Give the step that mends every row that the offer counted, or those among `line_ids`."""
    rows = _open_rows(work) if line_ids is None else _rows_of(work, line_ids)
    edits = list(_edits(work, offer, rows))
    return StepWork(rule=offer.rule.value, code=offer.code.value, rows=len(edits), edits=edits)


def edit_cell(
    context: AppContext, work: StagedList, line_id: int, column: int, *, text: str, request_id: str
) -> StagedList:
    """Type other text into one cell of a row.

    Raises: UserError NOT_PERMITTED, CONFLICT.
    """
    changes = (CellChange(line_id, column, text or None),)
    return change_cells(context, work, changes, rule=EDITED, request_id=request_id)


def decide(
    context: AppContext,
    work: StagedList,
    line_ids: Sequence[int],
    outcome: DecidedOutcome,
    *,
    reason: str,
    request_id: str,
) -> StagedList:
    """Leave rows out of the batch or send them back, with the reason that is printed for them.

    Raises: UserError REASON_…, NOT_PERMITTED, CONFLICT.
    """
    step = decision_step(line_ids, outcome, reason=reason)
    return take_step(context, work, step, request_id=request_id)


def decision_step(line_ids: Sequence[int], outcome: DecidedOutcome, *, reason: str) -> StepWork:
    """Give the step that leaves rows out of the batch or sends them back.

    Raises: UserError REASON_….
    """
    what = "dikirim balik" if outcome is DecidedOutcome.RETURNED else "tidak dimuat"
    note = printed_reason(reason, missing=f"Tulis alasan mengapa baris ini {what}.")
    decided = (DecidedLines(outcome, note, line_ids),)
    return StepWork(rule=outcome.value, rows=len(line_ids), note=note, decided=decided)


def _offer(
    work: StagedList,
    code: IssueCode,
    rule: RepairRule,
    rows: Sequence[tuple[int, StagedRow]],
) -> RepairOffer:
    mender = Mender(work.rules)
    changed = [(item, after) for _line, item in rows if (after := mender.mended(rule, item))]
    samples = (_sample(item, after) for item, after in changed[:_LOOKED_AT])
    return RepairOffer(
        code=code,
        rule=rule,
        label=REPAIR_LABELS[rule],
        mends=len(changed),
        leaves=len(rows) - len(changed),
        samples=first_samples(samples),
    )


def first_samples(samples: Iterable[Sample]) -> tuple[Sample, ...]:
    """Give the first few samples, none of which shows what another one shows."""
    told: dict[tuple[str, str], Sample] = {}
    for sample in samples:
        told.setdefault((sample.before, sample.after), sample)
    return tuple(islice(told.values(), SAMPLES))


def _sample(item: StagedRow, after: Sequence[Cell]) -> Sample:
    before: list[Cell] = json.loads(item.cells)
    before += [None] * (len(after) - len(before))
    places = [at for at, cell in enumerate(after) if cell != before[at]][:_CELLS_SHOWN]
    old, new = (_shown([cell_text(row[at]) for at in places]) for row in (before, after))
    return Sample(row_no=item.row.row_no, before=old, after=new)


def _shown(texts: Sequence[str]) -> str:
    return texts[0] if len(texts) == 1 else _CELL_MARK.join(text or _BLANK for text in texts)


def _edits(
    work: StagedList, offer: RepairOffer, rows: Iterable[tuple[int, StagedRow]]
) -> Iterator[CellEdit]:
    mender = Mender(work.rules)
    for line_id, item in rows:
        has_code = _has(work, line_id, item, offer.code)
        if has_code and (after := mender.mended(offer.rule, item)):
            yield CellEdit(line_id, item.cells, cells_text(after))


def _has(work: StagedList, line_id: int, item: StagedRow, code: IssueCode) -> bool:
    return code in work.ignored.open_codes(line_id, item.row.codes)


def _open_rows(work: StagedList) -> Iterator[tuple[int, StagedRow]]:
    for line_id, item in zip(work.line_ids, work.check.staged, strict=True):
        if line_id not in work.outcomes:
            yield line_id, item


def _rows_of(work: StagedList, line_ids: Collection[int]) -> Iterator[tuple[int, StagedRow]]:
    for line_id in line_ids:
        if line_id not in work.outcomes:
            yield line_id, work.check.staged[work.places[line_id]]
