"""Turn what a decision file says into the steps that the window would take."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from bpjsdesk.domain.duplicates import Choice, DuplicateLists, Pair, Side
from bpjsdesk.domain.identity import mask_nik
from bpjsdesk.domain.row_issues import IssueCode
from bpjsdesk.domain.staging import DecidedOutcome
from bpjsdesk.errors import UserError
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.decision_file import (
    CONFIRMED,
    Decisions,
    IgnoreDecision,
    PairDecision,
    RowDecision,
)
from bpjsdesk.services.ignoring import has_warning, ignore_step, require_warning
from bpjsdesk.services.list_steps import StepWork
from bpjsdesk.services.nik_confirmation import confirmation_step
from bpjsdesk.services.pair_decisions import pair_step
from bpjsdesk.services.repairs import decision_step, reasons
from bpjsdesk.services.staging import StagedList

Take = Callable[[StagedList, StepWork], StagedList]
Search = Callable[[StagedList], DuplicateLists]


def take_decisions(
    context: AppContext, work: StagedList, decisions: Decisions, *, take: Take, search: Search
) -> StagedList:
    """Take the steps of a decision file, in the order of the screens.

    Doubles are looked for once for each run of pairs of which the same is said.
    Raises: UserError DECISION_ROW_UNKNOWN, DECISION_PAIR_UNKNOWN, DECISION_PAIR_UNCLEAR,
        ERROR_NOT_IGNORED, NOTHING_TO_CONFIRM, NIK_ONE_PERSON, and what `take` raises.
    """
    for each in decisions.ignored:
        if lines := _ignored_lines(work, each):
            step = ignore_step(work, lines, code=each.code, reason=each.reason)
            work = take(work, step)
    for step in _row_steps(work, decisions.rows):
        work = take(work, step)
    said: dict[int, DecidedOutcome] = {}  # where no step is stored, the search does not know it
    for choice, run in groupby(decisions.pairs, key=lambda each: each.choice):
        lists = search(work)
        if pairs := _pairs_of(replace(lists, decided={**lists.decided, **said}), run):
            step = pair_step(context, work, pairs, choice)
            said |= {line: each.outcome for each in step.decided for line in each.line_ids}
            work = take(work, step)
    return work


def _ignored_lines(work: StagedList, each: IgnoreDecision) -> Sequence[int]:
    """Give the rows that are meant; none where none of them has the warning any more."""
    code = each.code
    if code is not None:
        require_warning(work, code)
    if each.row:
        line_id = _line_of(work, _places(work), each.sheet, each.row)
        return [line_id] if has_warning(work, line_id, code) else []
    assert code is not None  # the file was read so
    return list(_lines_with(work, code)) if code in reasons(work) else []


def _lines_with(work: StagedList, code: IssueCode) -> Iterator[int]:
    for line_id, item in zip(work.line_ids, work.check.staged, strict=True):
        if line_id not in work.outcomes and code in item.row.codes:
            yield line_id


def _row_steps(work: StagedList, decisions: Sequence[RowDecision]) -> tuple[StepWork, ...]:
    """Give the steps that decide about the named rows, one for each outcome and reason."""
    places = _places(work) if decisions else {}
    groups: dict[tuple[str, str], list[int]] = {}
    for each in decisions:
        line_id = _line_of(work, places, each.sheet, each.row)
        groups.setdefault((each.outcome, each.reason), []).append(line_id)
    return tuple(
        confirmation_step(work, line_ids, reason=reason)
        if outcome == CONFIRMED
        else decision_step(line_ids, DecidedOutcome(outcome), reason=reason)
        for (outcome, reason), line_ids in groups.items()
    )


def _places(work: StagedList) -> Mapping[tuple[str, int], int]:
    return {
        (item.row.sheet, item.row.row_no): line_id
        for line_id, item in zip(work.line_ids, work.check.staged, strict=True)
    }


def _line_of(work: StagedList, places: Mapping[tuple[str, int], int], sheet: str, row: int) -> int:
    line_id = places.get((sheet, row))
    if line_id is None or line_id in work.outcomes:
        raise UserError(
            "DECISION_ROW_UNKNOWN",
            f"Lembar “{sheet}” baris {row} tidak ada di antara baris yang belum diputuskan. Tidak "
            "ada putusan dari berkas itu yang disimpan.",
        )
    return line_id


def _pairs_of(lists: DuplicateLists, decisions: Iterable[PairDecision]) -> list[Pair]:
    everywhere = (*lists.same_in_file, *lists.same_in_register, *lists.similar)
    # a row is decided of once, even where several of its pairs are meant
    found: dict[int | None, Pair] = {}
    for each in decisions:
        for pair in _meant(everywhere, each, decided=lists.decided):
            key = None if each.choice is Choice.NOT_SAME else pair.offered.line_id
            found.setdefault(id(pair) if key is None else key, pair)
    return list(found.values())


def _meant(
    pairs: Sequence[Pair], each: PairDecision, *, decided: Mapping[int, DecidedOutcome]
) -> list[Pair]:
    if each.kind is not None and not each.row:
        return [
            pair
            for pair in pairs
            if pair.kind is each.kind
            and (pair.is_identical or not each.identical)
            and (pair.offered.line_id or 0) not in decided
        ]
    found = [pair for pair in pairs if _is_of_row(pair, each)]
    if len(found) == 1:
        return found
    raise _unclear(each) if found else _unknown(each)


def _is_of_row(pair: Pair, each: PairDecision) -> bool:
    if each.kind not in (None, pair.kind):
        return False
    sides = (pair.offered, pair.kept)
    return any(
        _stands_at(side, each.sheet, each.row) and _is_other(other, each)
        for side, other in (sides, sides[::-1])
    )


def _is_other(side: Side, each: PairDecision) -> bool:
    if each.with_row and not _stands_at(side, each.with_sheet or each.sheet, each.with_row):
        return False
    return not each.with_nik or side.values.nik == each.with_nik


def _stands_at(side: Side, sheet: str, row: int | None) -> bool:
    return (side.sheet, side.row_no) == (sheet, row)


def _unknown(each: PairDecision) -> UserError:
    with_row = f" dengan baris {each.with_row}" if each.with_row else ""
    with_nik = f" dengan NIK {mask_nik(each.with_nik)}" if each.with_nik else ""
    return UserError(
        "DECISION_PAIR_UNKNOWN",
        f"Lembar “{each.sheet}” baris {each.row} tidak mempunyai pasangan{with_row}{with_nik} yang "
        "belum diputuskan.",
    )


def _unclear(each: PairDecision) -> UserError:
    return UserError(
        "DECISION_PAIR_UNCLEAR",
        f"Lembar “{each.sheet}” baris {each.row} mempunyai beberapa pasangan. Sebutkan yang mana "
        "dengan “with_row” atau “with_nik”.",
    )
