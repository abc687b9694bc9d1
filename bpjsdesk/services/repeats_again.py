"""Repeated NIKs and telephones after a step: only whom it can have made a repeat is seen."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from bpjsdesk.domain.identity import FILLERS
from bpjsdesk.domain.row_issues import IssueCode, Levels
from bpjsdesk.domain.row_repeats import REPEATS, nik_repeats
from bpjsdesk.services.row_finder import RowFinder, numbers_of
from bpjsdesk.services.staged_rows import RowEdits, StagedRow

_IsOut = Callable[[int], bool]
_NIK, _PHONE = 0, 2  # of what a row holds
_OF_PHONE = frozenset((IssueCode.PHONE_SHARED,))
_OF_NIK = REPEATS - _OF_PHONE


_Number = tuple[int, str]  # kind and text
# The numbers that rows gave up or took on, or hold by another name, and all places, in their order,
# that may hold them before or after the step.
_Touched = Mapping[_Number, Sequence[int]]


def mark_repeats(
    items: RowEdits,
    before: Sequence[StagedRow],
    *,
    cells_of: Collection[int],
    fates_of: Collection[int],
    finder: RowFinder,
    is_out: _IsOut,
    levels: Levels,
) -> None:
    """Mark in `items` whoever repeats an earlier row, given which places have changed.

    At `cells_of` rows are other than `before`; at `fates_of` they were put aside or taken up again.
    """
    fates, changed = frozenset(fates_of), {*cells_of, *fates_of}
    then, now = _State(before, lambda at: is_out(at) != (at in fates)), _State(items, is_out)
    taken = _places_by_number(items, cells_of)
    touched = {
        (kind, text): sorted({*finder.places_of(text), *taken.get(text, ())})
        for kind, text in set(_changes(then, now, changed))
    }
    for at in changed.union(_others(then, now, touched)):
        kept = REPEATS.intersection(then.held(at).codes)
        told = _repeats(now, at, kept, touched)
        if at in changed or told != kept:
            items[at] = items[at].marked(tuple(told), levels)


class _Held(NamedTuple):
    """What a row may share with others and what is said of it; nothing where it is left out."""

    nik: str | None = None
    name: str | None = None
    phone: str | None = None
    codes: Sequence[IssueCode] = ()


_NOTHING = _Held()


class _State:
    """What the rows of a list hold before or after a step, and who of them comes first with it."""

    def __init__(self, rows: RowEdits | Sequence[StagedRow], is_out: _IsOut) -> None:
        self._rows = rows
        self._is_out = is_out
        self._held: dict[int, _Held] = {}
        self._first: dict[_Number, int | None] = {}

    def held(self, at: int) -> _Held:
        """Give what a row holds."""
        if self._is_out(at):
            return _NOTHING
        if at not in self._held:
            row = self._rows[at].row
            nik = None if row.nik in FILLERS else row.nik
            self._held[at] = _Held(nik, row.name, row.phone, row.codes)
        return self._held[at]

    def first(self, number: _Number, places: Iterable[int]) -> int | None:
        """Give whose number all others repeat."""
        if number not in self._first:
            kind, text = number
            found = (at for at in places if self.held(at)[kind] == text)
            self._first[number] = next(found, None)
        return self._first[number]

    def name(self, at: int | None) -> str | None:
        """Give the name that a row says."""
        return None if at is None else self.held(at).name


def _places_by_number(items: RowEdits, places: Iterable[int]) -> Mapping[str, Collection[int]]:
    found = defaultdict(list)
    for at in places:
        for number in numbers_of(items[at].row):
            found[number].append(at)
    return found


def _changes(then: _State, now: _State, changed: Iterable[int]) -> Iterator[_Number]:
    for at in changed:
        old, new = then.held(at), now.held(at)
        if (old.nik, old.name) != (new.nik, new.name):
            yield from ((_NIK, nik) for nik in (old.nik, new.nik) if nik)
        if old.phone != new.phone:
            yield from ((_PHONE, phone) for phone in (old.phone, new.phone) if phone)


def _others(then: _State, now: _State, touched: _Touched) -> Iterator[int]:
    """Give who may repeat somebody now, or no longer, though the step has not changed them.

    That is who comes first before or after it, and all others of a NIK only where the name that
    they are compared with is another one.
    """
    for number, places in touched.items():
        if len(places) > 1:
            old, new = then.first(number, places), now.first(number, places)
            yield from (at for at in (old, new) if at is not None)
            if number[0] == _NIK and then.name(old) != now.name(new):
                yield from places


def _repeats(
    now: _State, at: int, kept: frozenset[IssueCode], touched: _Touched
) -> frozenset[IssueCode]:
    """Say what a row repeats; what is `kept` holds of a number that the step has not touched."""
    nik, name, phone, _codes = now.held(at)
    found = frozenset[IssueCode]()
    if nik and (_NIK, nik) in touched:
        first = now.first((_NIK, nik), touched[_NIK, nik])
        found = found if first == at else found.union(nik_repeats(now.name(first), name))
    elif nik:
        found = kept & _OF_NIK
    if phone and (_PHONE, phone) in touched:
        is_first = now.first((_PHONE, phone), touched[_PHONE, phone]) == at
        return found if is_first else found | _OF_PHONE
    return found | (kept & _OF_PHONE) if phone else found
