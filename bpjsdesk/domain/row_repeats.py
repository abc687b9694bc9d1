"""Who repeats the NIK or the telephone of an earlier row, told once the whole list is known."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import compress

from bpjsdesk.domain.checked_row import CheckedRow, with_codes, without_codes
from bpjsdesk.domain.identity import FILLERS
from bpjsdesk.domain.names import same_name
from bpjsdesk.domain.row_issues import IssueCode, Levels

REPEATS = frozenset((IssueCode.DUP_IN_FILE, IssueCode.NIK_TWO_NAMES, IssueCode.PHONE_SHARED))


class SharedNumbers:
    """Where the NIKs and telephones of a list stand; an open cell is no number."""

    def __init__(self) -> None:
        self._place_of: dict[str | None, int] = {None: -1}
        self._repeated: dict[str, set[int]] = {}

    def take(self, begin: int, column: Sequence[str | None]) -> None:
        """Note the numbers of further rows, the first of them at a place of the list.

        Once the whole list is read they are far from the computer's hand: thrice the time.
        """
        known, own = self._place_of, range(begin, begin + len(column))
        again = list(compress(own, map(known.__contains__, column)))
        for place in again:
            number = column[place - begin]
            if number is not None:
                self._repeated.setdefault(number, {known[number]}).add(place)
        before = len(known)
        known.update(zip(column, own, strict=True))
        if len(known) - before + len(again) < len(column):
            self._take_twins(begin, column)

    def places_of(self, number: str) -> Collection[int]:
        """Give the places of a number."""
        if number in self._repeated:
            return self._repeated[number]
        return (self._place_of[number],) if number in self._place_of else ()

    def repeated(self) -> list[int]:
        """Give the places of all numbers that come more than once, in the order of the list."""
        return sorted(set().union(*self._repeated.values()))

    def _take_twins(self, begin: int, column: Sequence[str | None]) -> None:
        """Note who shares a number with somebody among the same rows."""
        twins = {number for number, rows in Counter(column).items() if rows > 1}
        for place, number in enumerate(column, begin):
            if number is not None and number in twins:
                self._repeated.setdefault(number, set()).add(place)


def repeats_of(
    rows: Iterable[tuple[str | None, str | None, str | None, bool]],
) -> Iterator[tuple[IssueCode, ...]]:
    """Say what each row repeats, given as NIK, name, telephone, and whether it is left out.

    A row that was left out repeats nobody; no name contradicts nobody.
    """
    niks: dict[str, str | None] = {}
    phones: set[str] = set()
    for nik, name, phone, is_out in rows:
        found: tuple[IssueCode, ...] = ()
        if nik and not is_out and nik not in FILLERS:
            if nik in niks:
                found = nik_repeats(niks[nik], name)
            niks.setdefault(nik, name)
        if phone and not is_out:
            if phone in phones:
                found = (*found, IssueCode.PHONE_SHARED)
            phones.add(phone)
        yield found


def marked(row: CheckedRow, repeats: Sequence[IssueCode], levels: Levels) -> CheckedRow:
    """Give a row with these repeats and no others."""
    if not repeats and REPEATS.isdisjoint(row.codes):
        return row
    return with_codes(without_codes(row, levels, REPEATS), levels, *repeats)


def nik_repeats(first_name: str | None, name: str | None) -> tuple[IssueCode, ...]:
    """Say what is found of a row that has the NIK of an earlier one, by the names of both."""
    if not first_name or not name or same_name(first_name, name):
        return (IssueCode.DUP_IN_FILE,)
    return (IssueCode.DUP_IN_FILE, IssueCode.NIK_TWO_NAMES)
