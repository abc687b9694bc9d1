"""Rows whose NIK tells nothing: who of a batch is who of a new list, where only one fits."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date
from typing import NamedTuple

_Key = tuple[object, ...]


class Trace(NamedTuple):
    """What a row says of its person beside the NIK; `is_sure` where the NIK can be trusted."""

    is_sure: bool
    name_key: str
    birth_date: date | None
    phone: str | None
    place: tuple[str, int]


def pairs_of(ours: Sequence[Trace], theirs: Sequence[Trace]) -> dict[int, int]:
    """Pair rows that nobody else fits, by their places: those of ours lead to those of theirs.

    The same name, and birth date with telephone, else one of the two, else the same sheet and row.
    Who fits several in one way is paired in none, and two NIKs that can be trusted are two people.
    """
    found: dict[int, int] = {}
    free = {at for at, trace in enumerate(ours) if trace.name_key}
    others = {at for at, trace in enumerate(theirs) if trace.name_key}
    for keys in (_by_both, _by_one, _by_place):
        fits = _fits(ours, theirs, (free, others), keys)
        back: defaultdict[int, set[int]] = defaultdict(set)
        for at, near in fits.items():
            for other in near:
                back[other].add(at)
        for at, near in fits.items():
            other = min(near)
            if len(near) == 1 and len(back[other]) == 1:
                found[at] = other
        free -= fits.keys()
        others -= back.keys()
    return found


def _fits(
    ours: Sequence[Trace],
    theirs: Sequence[Trace],
    free: tuple[Collection[int], Collection[int]],
    keys: Callable[[Trace], Iterator[_Key]],
) -> dict[int, set[int]]:
    index: defaultdict[_Key, list[int]] = defaultdict(list)
    for other in free[1]:
        for key in keys(theirs[other]):
            index[key].append(other)
    found: dict[int, set[int]] = {}
    for at in free[0]:
        mine = ours[at]
        near = {other for key in keys(mine) for other in index.get(key, ())}
        if mine.is_sure:
            near = {other for other in near if not theirs[other].is_sure}
        if near:
            found[at] = near
    return found


def _by_both(trace: Trace) -> Iterator[_Key]:
    if trace.birth_date and trace.phone:
        yield trace.name_key, trace.birth_date, trace.phone


def _by_one(trace: Trace) -> Iterator[_Key]:
    if trace.birth_date:
        yield trace.name_key, trace.birth_date
    if trace.phone:
        yield trace.name_key, trace.phone


def _by_place(trace: Trace) -> Iterator[_Key]:
    yield trace.name_key, *trace.place
