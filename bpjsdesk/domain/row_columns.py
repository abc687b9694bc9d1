"""The rows of a list in which everything is usual, checked column by column.

One row after the other costs a dozen microseconds each; a column of a thousand cells is passed over
in one stride. Whatever asks for a second look is only pointed out and left to `RowChecker.check`,
so that no fault is judged in two places.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence, Set
from itertools import compress, repeat
from operator import is_, itemgetter, ne, not_
from typing import Any

from bpjsdesk.domain.cells import Cell
from bpjsdesk.domain.check_memory import CheckMemory
from bpjsdesk.domain.checked_row import CheckedRow
from bpjsdesk.domain.identity import FILLERS, MOBILE, SIXTEEN_DIGITS, Sex
from bpjsdesk.domain.names import PLAIN_NAME
from bpjsdesk.domain.row_identity import read_nik, read_phone
from bpjsdesk.domain.row_issues import IssueCode
from bpjsdesk.domain.row_kinds import RowKind
from bpjsdesk.domain.row_layout import ROW_TEXTS, RowLayout
from bpjsdesk.domain.row_values import BLANK, BirthCell, BrokenText, account_number, card_number
from bpjsdesk.domain.text_columns import are_tidy, as_texts, misfits, places, run_of

_NIKS = run_of(r"[0-9]{12}(?!0000)[0-9]{4}")
_CARDS = run_of(SIXTEEN_DIGITS.pattern)
_PHONES = run_of(MOBILE.pattern)
_NAMES = run_of(PLAIN_NAME.pattern)
_SOME_PHONE = "0800000000"  # stands for an open cell, whose shape is no fault
_DATE_PART, _PREFIX = itemgetter(slice(6, 12)), itemgetter(slice(4))

Texts = Sequence[str | None]


class UsualRows:
    """Settles blocks of rows of one sheet; shares what the check remembers of its file."""

    def __init__(self, memory: CheckMemory, layout: RowLayout) -> None:
        self._memory = memory
        self._layout = layout
        self._births = UsualBirths(memory)

    def settle(
        self, sheet: str, numbers: Sequence[int], rows: Sequence[Sequence[Cell]]
    ) -> tuple[list[CheckedRow], list[int]]:
        """Give a checked row for each, and the places of the odd ones.

        An odd row is still to be checked by itself; what is given in its place means nothing.
        """
        block = _Block(self._memory, self._layout, rows)
        values = block.values(self._births)
        head = (repeat(sheet), numbers, repeat(RowKind.DATA), repeat(None), repeat(()))
        made = zip(*head, repeat(False), *values)
        # Straight from tuples: naming the fields would cost more than all of the check.
        return list(map(tuple.__new__, repeat(CheckedRow), made)), sorted(block.odd)


class UsualBirths:
    """Reads birth dates; BLANK in place of one that is not sure or that an age limit is against."""

    def __init__(self, memory: CheckMemory) -> None:
        self._memory = memory
        self._texts = _BirthMemo(self.read)
        self._days = _BirthMemo(lambda day: self.read(["d", day]))

    def read(self, cell: Cell) -> BirthCell:
        birth = self._memory.births.read(cell)
        return birth if birth.day and self._memory.is_of_age(birth.day) else BLANK

    def read_all(self, column: Sequence[Any]) -> list[BirthCell]:
        """Read a column, one of texts or dates alone without looking at each cell."""
        kinds = set(map(type, column))
        if kinds == {str}:
            return list(map(self._texts.__getitem__, column))
        if kinds == {list} and set(map(itemgetter(0), column)) == {"d"}:
            return list(map(self._days.__getitem__, map(itemgetter(1), column)))
        return list(map(self.read, column))


class _BirthMemo(dict[str, BirthCell]):
    def __init__(self, read: Callable[[str], BirthCell]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, text: str) -> BirthCell:
        birth = self[text] = self._read(text)
        return birth


class _Block:
    """Some rows of a sheet turned into columns; `odd` gathers the places for a second look."""

    def __init__(
        self, memory: CheckMemory, layout: RowLayout, rows: Sequence[Sequence[Cell]]
    ) -> None:
        self.odd: set[int] = set()
        self._memory = memory
        self._layout = layout
        self._size = len(rows)
        self._columns = _columns(rows, layout.width)
        self._texts = {field: self._tidy(self._columns[at]) for field, at in layout.texts.items()}

    def values(self, births: UsualBirths) -> list[Iterable[Any]]:
        """Give the columns of a checked row from `nik` on, in its order."""
        at = self._layout
        niks = self._shaped(as_texts(self._columns[at.nik_at]), _NIKS)
        names = self._names()
        sexes = list(map(self._memory.sexes.__getitem__, self._texts["sex"]))
        found = births.read_all(self._columns[at.birth_at or 0])
        self._compare_births(niks, found, sexes)
        self._judge_prefixes(niks)
        self._judge_categories()
        regions = self._regions()
        phones = self._phones()
        self.odd |= self._repeated(niks, phones)
        self._remember(niks, names, phones)
        days = map(itemgetter(0), found)
        return [niks, names, names, days, sexes, regions, phones, *map(self._value, ROW_TEXTS)]

    def _tidy(self, column: Sequence[Cell]) -> Texts:
        if are_tidy(column):
            return column  # type: ignore[return-value]  # texts and open cells, as just seen
        texts = self._memory.texts.read_all(column)
        if self._memory.texts.has_broken:
            self.odd.update(places(isinstance(text, BrokenText) for text in texts))
        return texts

    def _shaped(self, texts: Sequence[str], run: re.Pattern[str]) -> Sequence[str]:
        """Give texts with nothing in place of those that have not the shape of a run."""
        strange = misfits(texts, run)
        if not strange:
            return texts
        self.odd.update(strange)
        kept = list(texts)
        for place in strange:
            kept[place] = ""
        return kept

    def _names(self) -> Sequence[str]:
        names = as_texts(self._columns[self._layout.name_at])
        if not "".join(names).isupper():
            names = [name.upper() for name in names]
        return self._shaped(names, _NAMES)

    def _compare_births(
        self, niks: Sequence[str], births: Sequence[BirthCell], sexes: Sequence[Sex | None]
    ) -> None:
        told = [
            birth.male_part if sex == "L" else birth.female_part
            for birth, sex in zip(births, sexes, strict=True)
        ]
        self.odd.update(places(map(ne, map(_DATE_PART, niks), told)))
        self.odd.update(places(map(is_, sexes, repeat(None))))

    def _judge_prefixes(self, niks: Sequence[str]) -> None:
        known = self._memory.prefixes
        if not known.issuperset(map(_PREFIX, niks)):
            self.odd.update(places(nik[:4] not in known for nik in niks))

    def _judge_categories(self) -> None:
        texts = self._texts.get("category")
        if texts is not None:
            is_chosen = self._memory.categories.__getitem__
            self.odd.update(places(map(not_, map(is_chosen, texts))))

    def _regions(self) -> Iterable[str | None]:
        if not self._layout.has_address:
            return repeat(None)
        names = ("village", "district", "city")
        addresses = zip(*(self._texts.get(name, repeat(None)) for name in names), strict=False)
        found = list(map(self._memory.regions.__getitem__, addresses))
        outside = IssueCode.OUT_OF_REGION
        counts = self._layout.has_village
        self.odd.update(places((counts and code) or code is outside for _, code in found))
        return map(itemgetter(0), found)

    def _phones(self) -> Texts:
        at = self._layout.phone_at
        if at is None:
            return [None] * self._size
        cells = self._columns[at]
        strange = misfits(as_texts(cells, blank=_SOME_PHONE), _PHONES)
        self.odd.update(strange)
        phones = list(cells)
        for place in strange:
            phones[place] = None
        return phones  # type: ignore[return-value]  # nothing else is left

    def _repeated(self, niks: Sequence[str], phones: Texts) -> set[int]:
        """Find rows whose NIK or telephone is in this block once more, or was seen before."""
        memory = self._memory
        cells = self._columns[self._layout.nik_at]
        unclear = {read_nik(cell, []) for cell in compress(cells, map(not_, niks))}
        found = set(places(map(memory.niks.__contains__, niks)))
        found.update(_places_of(FILLERS | unclear | _repeats(niks), niks))
        found.update(places(map(memory.phones.__contains__, phones)))
        found.update(_places_of(self._unclear_phones(phones) | _repeats(phones), phones))
        return found

    def _unclear_phones(self, phones: Texts) -> set[str | None]:
        at = self._layout.phone_at
        if at is None:
            return set()
        cells = compress(self._columns[at], map(not_, phones))
        return {read_phone(cell, self._memory.texts, []) for cell in cells if cell is not None}

    def _remember(self, niks: Sequence[str], names: Sequence[str], phones: Texts) -> None:
        usual = [True] * self._size
        for place in self.odd:
            usual[place] = False
        self._memory.niks.update(compress(zip(niks, names, strict=True), usual))
        self._memory.phones.update(filter(None, compress(phones, usual)))

    def _value(self, field: str) -> Iterable[Any]:
        texts = self._texts.get(field)
        if texts is None:
            return repeat(None)
        if field == "family_card_no":
            return self._cards(texts)
        if field == "wage":
            return map(self._memory.wages.__getitem__, texts)
        if field == "account_no":
            return map(account_number, self._columns[self._layout.texts[field]], texts)
        return texts

    def _cards(self, texts: Texts) -> Texts:
        cells = self._columns[self._layout.texts["family_card_no"]]
        cards = list(texts)
        for place in misfits(as_texts(cells), _CARDS):
            cards[place] = card_number(cells[place], texts[place])
        return cards


def _columns(rows: Sequence[Sequence[Cell]], width: int) -> list[tuple[Cell, ...]]:
    if min(map(len, rows)) < width:
        rows = [[*row, *repeat(None, width - len(row))] for row in rows]
    # what lies to the right of all fields may differ in length
    return list(zip(*rows, strict=False))


def _repeats(values: Iterable[str | None]) -> set[Any]:
    return {value for value, rows in Counter(values).items() if rows > 1}


def _places_of(wanted: Set[Any], values: Sequence[str | None]) -> Iterable[int]:
    """Give the places of wanted values; an open one is never wanted."""
    found = wanted - {None, ""}
    return () if found.isdisjoint(values) else places(value in found for value in values)
