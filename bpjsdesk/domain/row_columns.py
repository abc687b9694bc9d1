"""The rows of a list in which everything is usual, checked column by column.

One row after the other costs a dozen microseconds each; a column of a thousand cells is passed over
in one stride. Whatever asks for a second look is only pointed out and left to `RowChecker.check`,
so that no fault is judged in two places.
"""

from collections.abc import Sequence
from itertools import repeat
from operator import eq, is_, itemgetter, not_
from typing import Any

from bpjsdesk.domain.cells import Cell
from bpjsdesk.domain.check_memory import CheckMemory
from bpjsdesk.domain.identity import FILLERS, MOBILE, NIK_LENGTH, SIXTEEN_DIGITS, Sex
from bpjsdesk.domain.names import LONGEST_NAME, PLAIN_NAME
from bpjsdesk.domain.row_issues import IssueCode
from bpjsdesk.domain.row_kinds import RowKind
from bpjsdesk.domain.row_layout import ROW_TEXTS, RowLayout
from bpjsdesk.domain.row_values import NO_DAY, BrokenText, account_number, card_number
from bpjsdesk.domain.text_columns import Lines, are_tidy, places, run_of
from bpjsdesk.domain.value_faults import ValueFaults, is_strange_card

_NIKS = run_of(r"[0-9]{12}(?!0000)[0-9]{4}")
_CARDS = run_of(SIXTEEN_DIGITS.pattern)
_PHONES = run_of(MOBILE.pattern)
_NAMES = run_of(PLAIN_NAME.pattern)
# Texts of which a list has few: each is read and kept once, for however many rows.
_FEW_ADDRESSES = ("neighbourhood", "village", "district", "city")
_FEW = frozenset(("sex", "birth_place", *_FEW_ADDRESSES, "category", "occupation"))
_SOME_PHONE = "0800000000"  # stands for an open cell, whose shape is no fault
_PREFIX = itemgetter(slice(4))
_NO_NIK = "-" * NIK_LENGTH
_NIK_WIDTH, _DAY_WIDTH = NIK_LENGTH, len(NO_DAY)
# The digits of day, month and year in a NIK (7171015203900001) and in a date (1990-03-12). The tens
# of the day stand apart: a woman's are four more.
_TENS_OF_DAY, _TENS_IN_DATE = 6, 8
_SAME_DIGITS = ((7, 9), (8, 5), (9, 6), (10, 2), (11, 3))
_TENS_OF_MEN = bytes.maketrans(b"4567", b"0123")
_SEX_OF_TENS = bytes.maketrans(b"01234567", b"LLLLPPPP")

Texts = Sequence[str | None]


class UsualRows:
    """Settles blocks of rows of one sheet; shares what the check remembers of its file."""

    def __init__(self, memory: CheckMemory, layout: RowLayout) -> None:
        self._memory = memory
        self._layout = layout
        self._faults = ValueFaults(memory.text_faults, memory.sexes, layout)

    def settle(
        self, sheet: str, numbers: Sequence[int], rows: Sequence[Sequence[Cell]]
    ) -> tuple[list[Sequence[Any]], list[int]]:
        """Give the columns of the checked rows, and the places of the odd ones.

        An odd row is still to be checked by itself; what is given in its place means nothing.
        """
        block = _Block(self._memory, self._layout, rows)
        values = block.values(self._faults)
        head = (block.all_of(sheet), numbers, block.all_of(RowKind.DATA), block.nothing)
        return [*head, *values], sorted(block.odd)


class _Block:
    """Some rows of a sheet turned into columns; `odd` gathers the places for a second look."""

    def __init__(
        self, memory: CheckMemory, layout: RowLayout, rows: Sequence[Sequence[Cell]]
    ) -> None:
        self.odd: set[int] = set()
        self._memory = memory
        self._layout = layout
        self._size = len(rows)
        self.nothing = self.all_of(None)
        self._columns = _columns(rows, layout.width)
        self._strange_cards: Sequence[int] = ()
        self._texts = {field: self._text(field, at) for field, at in layout.texts.items()}

    def values(self, faults: ValueFaults) -> list[Sequence[Any]]:
        """Give the columns of a checked row from `codes` on, in its order."""
        memory = self._memory
        niks = self._niks()
        names = self._names()
        sexes = list(map(memory.sexes.__getitem__, self._texts["sex"]))
        days, written = memory.births.read_days(self._columns[self._layout.birth_at or 0])
        self._compare_births(niks, written, sexes)
        self._judge_births(written)
        self._judge_prefixes(niks)
        self._judge_categories()
        self.odd.update(faults.places(self._columns, self._texts))
        regions = self._regions()
        phones = self._phones()
        rest = self._rest(niks)
        people = [niks, names, names, days, sexes, regions, phones]
        return [*self._marks(phones), *people, *rest]

    def all_of(self, value: Any) -> Sequence[Any]:
        return (value,) * self._size

    def _text(self, field: str, at: int) -> Texts:
        column = self._columns[at]
        if field in _FEW:
            return self._read(column)
        if field == "family_card_no":
            self._strange_cards = Lines(column).misfits(_CARDS)
            is_tidy = not self._strange_cards
        else:
            is_tidy = are_tidy(column)
        return column if is_tidy else self._read(column)  # type: ignore[return-value]  # texts and open cells, as just seen

    def _read(self, column: Sequence[Cell]) -> Texts:
        texts = self._memory.texts.read_all(column)
        if self._memory.texts.has_broken:
            self.odd.update(places(isinstance(text, BrokenText) for text in texts))
        return texts

    def _niks(self) -> Sequence[str]:
        """Give the NIKs with _NO_NIK in place of what is none, so that all are of one width."""
        cells = self._columns[self._layout.nik_at]
        niks = list(cells)
        strange = Lines(cells).misfits(_NIKS)
        self.odd.update(strange)
        for place in strange:
            niks[place] = _NO_NIK
        if not FILLERS.isdisjoint(niks):
            self.odd.update(places(map(FILLERS.__contains__, niks)))
        return niks  # type: ignore[return-value]  # nothing else is left

    def _names(self) -> Sequence[Cell]:
        cells: Sequence[Cell] = self._columns[self._layout.name_at]
        lines = Lines(cells)
        if not lines.is_upper:
            cells = [cell.upper() if isinstance(cell, str) else None for cell in cells]
            lines = Lines(cells)
        self.odd.update(lines.misfits(_NAMES))
        self.odd.update(lines.longer_than(LONGEST_NAME))
        return cells

    def _compare_births(
        self, niks: Sequence[str], born: Sequence[str], sexes: Sequence[Sex | None]
    ) -> None:
        """Compare birth date and sex with the NIK, digit by digit of all rows at once."""
        of_nik, of_day = "".join(niks).encode(), "".join(born).encode()
        told = [(of_nik[at::_NIK_WIDTH], of_day[to::_DAY_WIDTH]) for at, to in _SAME_DIGITS]
        tens = of_nik[_TENS_OF_DAY::_NIK_WIDTH]
        told.append((tens.translate(_TENS_OF_MEN), of_day[_TENS_IN_DATE::_DAY_WIDTH]))
        told.append((tens.translate(_SEX_OF_TENS), "".join([sex or "-" for sex in sexes]).encode()))
        apart = 0
        for says, is_so in told:
            apart |= int.from_bytes(says) ^ int.from_bytes(is_so)
        self.odd.update(places(apart.to_bytes(self._size)))

    def _judge_births(self, written: Sequence[str]) -> None:
        first, last = self._memory.usual_births
        usual = list(written)
        for place in self.odd:
            usual[place] = last
        if min(usual) <= first or max(usual) > last:
            self.odd.update(places(map(first.__ge__, usual)))
            self.odd.update(places(map(last.__lt__, usual)))

    def _judge_prefixes(self, niks: Sequence[str]) -> None:
        strange = set(map(_PREFIX, niks)) - self._memory.prefixes - {_PREFIX(_NO_NIK)}
        if strange:
            self.odd.update(places(map(strange.__contains__, map(_PREFIX, niks))))

    def _judge_categories(self) -> None:
        texts = self._texts.get("category")
        if texts is not None:
            is_chosen = self._memory.categories.__getitem__
            self.odd.update(places(map(not_, map(is_chosen, texts))))

    def _regions(self) -> Texts:
        if not self._layout.has_address:
            return self.nothing
        names = ("village", "district", "city")
        addresses = zip(*(self._texts.get(name, repeat(None)) for name in names), strict=False)
        found = list(map(self._memory.regions.__getitem__, addresses))
        if {None} != set(map(itemgetter(1), found)):
            self._judge_regions([code for _region, code in found])
        return list(map(itemgetter(0), found))

    def _judge_regions(self, codes: Sequence[IssueCode | None]) -> None:
        asked, outside = self._layout.has_village, IssueCode.OUT_OF_REGION
        self.odd.update(places(code is outside or (asked and code) for code in codes))

    def _phones(self) -> Texts:
        at = self._layout.phone_at
        if at is None:
            return [None] * self._size
        cells = self._columns[at]
        strange = Lines(cells, blank=_SOME_PHONE).misfits(_PHONES)
        self.odd.update(strange)
        phones = list(cells)
        for place in strange:
            phones[place] = None
        return phones  # type: ignore[return-value]  # nothing else is left

    def _rest(self, niks: Sequence[str]) -> list[Sequence[Any]]:
        found: dict[str, Sequence[Any]] = dict(self._texts)
        at = self._layout.texts
        if "family_card_no" in found:
            found["family_card_no"] = self._cards(niks)
        if "occupation" in found:
            found["occupation"] = self._occupations()
        if "wage" in found:
            found["wage"] = list(map(self._memory.wages.__getitem__, found["wage"]))
        if "account_no" in found:
            cells = self._columns[at["account_no"]]
            found["account_no"] = list(map(account_number, cells, found["account_no"]))
        return [found.get(field, self.nothing) for field in ROW_TEXTS]

    def _cards(self, niks: Sequence[str]) -> Texts:
        cells, texts = self._columns[self._layout.texts["family_card_no"]], self._texts
        cards = list(texts["family_card_no"])
        for place in self._strange_cards:
            cards[place] = card_number(cells[place], cards[place])
            if is_strange_card(cells[place], texts["family_card_no"][place]):
                self.odd.add(place)
        self.odd.update(places(map(eq, cards, niks)))
        return cards

    def _occupations(self) -> Texts:
        texts, memo = self._texts["occupation"], self._memory.occupations
        meant = {text: memo[text] for text in set(texts)}
        strange = {text for text, (_word, code) in meant.items() if code is not None}
        if strange:
            self.odd.update(places(map(strange.__contains__, texts)))
        words = {text: word for text, (word, _code) in meant.items()}
        return list(map(words.__getitem__, texts))

    def _marks(self, phones: Texts) -> tuple[Sequence[tuple[IssueCode, ...]], Sequence[bool]]:
        """Give the codes of usual rows, who may lack only what the check can do without."""
        lacking: dict[int, tuple[IssueCode, ...]] = {}
        columns = [
            (self._texts.get("mother_name", ()), IssueCode.NO_MOTHER_NAME),
            (self._texts.get("heir_name", ()), IssueCode.HEIR_MISSING),
        ]
        if self._layout.phone_at is not None:
            columns.append((phones, IssueCode.NO_PHONE))
        for column, code in columns:
            for place in places(map(is_, column, repeat(None))) if None in column else ():
                lacking[place] = (*lacking.get(place, ()), code)
        for place in self.odd & lacking.keys():
            del lacking[place]
        if not lacking:
            return self.all_of(()), self.all_of(False)
        levels = self._memory.reference.levels
        marks = {codes: levels.shown(codes) for codes in set(lacking.values())}
        found: list[tuple[IssueCode, ...]] = [()] * self._size
        for place, codes in lacking.items():
            found[place] = marks[codes]
        holds = {codes: levels.hold(codes) for codes in {(), *marks.values()}}
        return found, list(map(holds.__getitem__, found))


def _columns(rows: Sequence[Sequence[Cell]], width: int) -> list[tuple[Cell, ...]]:
    if min(map(len, rows)) < width:
        rows = [[*row, *repeat(None, width - len(row))] for row in rows]
    # what lies to the right of all fields may differ in length
    return list(zip(*rows, strict=False))
