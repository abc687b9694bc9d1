"""The search for doubles and what is left of it after a decision; nothing here touches a widget."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import chain
from typing import NamedTuple, TypeVar

from bpjsdesk.domain.duplicates import Choice, DuplicateLists, PaidElsewhere, Pair, PairKind
from bpjsdesk.domain.people import Person
from bpjsdesk.domain.row_issues import IssueCode
from bpjsdesk.progress import CancelToken, ProgressSink
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.duplicates import duplicate_lists, values_of
from bpjsdesk.services.pair_decisions import RULES, decide_pairs
from bpjsdesk.services.people import get_person
from bpjsdesk.services.reference import region_names
from bpjsdesk.services.staging import StagedList
from ui.tasks import Work

Double = Pair | PaidElsewhere
ItemT = TypeVar("ItemT", Pair, PaidElsewhere, Double)
Codes = Mapping[int, tuple[IssueCode, ...]]
_Key = tuple[int, tuple[int, ...]]
_PatternKey = tuple[str, str]
Act = Callable[[AppContext, StagedList], StagedList]


class DoubleList(StrEnum):
    """The four lists, in their order on the screen."""

    SAME_NIK = "SAME_NIK"
    REGISTERED = "REGISTERED"
    SIMILAR = "SIMILAR"
    PAID = "PAID"


@dataclass(frozen=True, kw_only=True)
class DoublesFound:
    """What was found, and by list what a clerk may decide; `alike` are pairs of one pattern.

    `same` counts the rows that say exactly what the register says: they need nobody. `regions`
    names the places. `is_whole` is False after a decision from which other pairs may come.
    """

    lists: DuplicateLists
    open: Mapping[DoubleList, tuple[Double, ...]]
    alike: Mapping[_PatternKey, tuple[Pair, ...]]
    regions: Mapping[str, str]
    same: int
    is_whole: bool = True

    @property
    def left(self) -> int:
        """Count what may still be decided."""
        return sum(map(len, self.open.values()))

    def of_pattern(self, pair: Pair) -> tuple[Pair, ...]:
        """Give the pairs that can be decided together with one, each row in one of them only."""
        found, offered, kept = [pair], {pair.offered.line_id}, {pair.kept.line_id}
        for each in self.alike.get(_pattern_key(pair), ()):
            line_id = each.offered.line_id
            is_free = line_id not in offered and line_id not in kept
            if is_free and each.kept.line_id not in offered:
                found.append(each)
                offered.add(line_id)
                kept.add(each.kept.line_id)
        return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class PairAct:
    """One decision on pairs, as a step of the list."""

    pairs: tuple[Pair, ...]
    choice: Choice

    def __call__(self, app: AppContext, work: StagedList) -> StagedList:
        return decide_pairs(app, work, self.pairs, self.choice, request_id=new_request_id())


class _Settled(NamedTuple):
    """What a decision leaves nothing to say about: two persons, and rows that were matched."""

    keys: frozenset[tuple[str, str]]
    lines: frozenset[int | None]


class DoubleMemory:
    """Keep what was found for each state of a list, so that an undone step needs no search."""

    def __init__(self) -> None:
        self._found: dict[_Key, DoublesFound] = {}

    def clear(self) -> None:
        self._found.clear()

    def keep(self, work: StagedList, found: DoublesFound) -> None:
        self._found[_key(work)] = found

    def forget(self, work: StagedList) -> None:
        self._found.pop(_key(work), None)

    def found(self, work: StagedList) -> DoublesFound | None:
        return self._found.get(_key(work))

    def codes(self, work: StagedList) -> Codes | None:
        """Give the warnings for a list; None where they must be searched for."""
        found = self.found(work)
        return found.lists.codes if found is not None and found.is_whole else None


def search_work(app: AppContext, work: StagedList) -> Work:
    """Search for doubles; gives DoublesFound."""

    def search(progress: ProgressSink, cancel: CancelToken) -> DoublesFound:
        lists = duplicate_lists(app, work, progress=progress, cancel=cancel)
        cancel.raise_if_cancelled()
        return _made_ready(app, lists)

    return search


def person_work(app: AppContext, person_id: int) -> Work:
    """Read whom a pair is compared with; gives Person."""

    def read(_progress: ProgressSink, _cancel: CancelToken) -> Person:
        return get_person(app, person_id)

    return read


def left_after(
    found: DoublesFound,
    before: StagedList,
    after: StagedList,
    act: Act,
) -> DoublesFound:
    """Take out what a step has settled, in no time even where a search takes seconds."""
    changed = _changed_lines(before, after)
    settled = _settled_by(act)
    gone = {
        id(item)
        for item in _every(found.lists)
        if (
            item.line_id in after.outcomes
            if isinstance(item, PaidElsewhere)
            else _is_gone(item, changed, settled)
        )
    }
    first_rows = {pair.kept.line_id for pair in found.lists.same_in_file}
    still_open = {line_id for line_id in changed if line_id not in after.outcomes}
    return _without(found, gone, is_whole=not (still_open or first_rows & changed))


def decided_pairs(work: StagedList) -> int:
    """Count the pairs that were decided in the steps that still count."""
    rules = set(RULES.values())
    return sum(step.rows for step in work.steps if step.rule in rules and not step.undone_at)


def _key(work: StagedList) -> _Key:
    alive = tuple(step.step_id for step in work.steps if not step.undone_at)
    return work.batch_id, alive


def _made_ready(app: AppContext, lists: DuplicateLists) -> DoublesFound:
    # compared on copies: a pair keeps its comparison, and here may be tens of thousands
    undecided = [p for p in lists.same_in_register if p.offered.line_id not in lists.decided]
    news = tuple(pair for pair in undecided if not replace(pair).is_identical)
    opened: dict[DoubleList, tuple[Double, ...]] = {
        DoubleList.SAME_NIK: lists.same_in_file,
        DoubleList.REGISTERED: news,
        DoubleList.SIMILAR: lists.similar,
        DoubleList.PAID: lists.paid_elsewhere,
    }
    alike: dict[_PatternKey, list[Pair]] = {}
    for pair in chain(lists.same_in_file, news, lists.similar):
        alike.setdefault(_pattern_key(replace(pair)), []).append(pair)
    codes = {
        side.values.region_code
        for pair in chain(lists.same_in_file, news, lists.similar)
        for side in (pair.kept, pair.offered)
    }
    return DoublesFound(
        lists=lists,
        open=opened,
        alike={key: tuple(pairs) for key, pairs in alike.items()},
        regions=region_names(app, codes - {""}),
        same=len(undecided) - len(news),
    )


def _pattern_key(pair: Pair) -> _PatternKey:
    return pair.kind, pair.pattern


def _changed_lines(before: StagedList, after: StagedList) -> set[int]:
    """Name the rows that were decided or say something else of their person than before."""
    changed = set(after.outcomes) ^ set(before.outcomes)
    old, new = before.check.staged, after.check.staged
    changed |= {
        before.line_ids[at]
        for at in new.places_other_than(old)
        if values_of(old[at].row) != values_of(new[at].row)
    }
    return changed


def _every(lists: DuplicateLists) -> Iterable[Double]:
    return chain(lists.same_in_file, lists.same_in_register, lists.similar, lists.paid_elsewhere)


def _settled_by(act: Act) -> _Settled:
    pairs = act.pairs if isinstance(act, PairAct) else ()
    apart = isinstance(act, PairAct) and act.choice is Choice.NOT_SAME
    return _Settled(
        keys=frozenset(pair.keys for pair in pairs if apart),
        lines=frozenset(pair.offered.line_id for pair in pairs if not apart),
    )


def _is_gone(pair: Pair, changed: Collection[int], settled: _Settled) -> bool:
    lines = (pair.kept.line_id, pair.offered.line_id)
    if any(line_id in changed for line_id in lines):
        return True
    if pair.kind is PairKind.SAME_IN_REGISTER:
        return pair.offered.line_id in settled.lines
    return bool(settled.keys) and pair.keys in settled.keys


def _without(found: DoublesFound, gone: Collection[int], *, is_whole: bool) -> DoublesFound:
    lists = found.lists
    opened: dict[DoubleList, tuple[Double, ...]] = {
        key: _kept(items, gone) for key, items in found.open.items()
    }
    kept = DuplicateLists(
        same_in_file=_kept(lists.same_in_file, gone),
        same_in_register=_kept(lists.same_in_register, gone),
        similar=_kept(lists.similar, gone),
        paid_elsewhere=_kept(lists.paid_elsewhere, gone),
        decided=lists.decided,
        still_apart=lists.still_apart,
    )
    return DoublesFound(
        lists=kept,
        open=opened,
        alike={key: _kept(pairs, gone) for key, pairs in found.alike.items()},
        regions=found.regions,
        same=found.same,
        is_whole=found.is_whole and is_whole,
    )


def _kept(items: Sequence[ItemT], gone: Collection[int]) -> tuple[ItemT, ...]:
    return tuple(item for item in items if id(item) not in gone)
