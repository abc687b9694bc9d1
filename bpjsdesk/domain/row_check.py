"""Check every row of a list of workers in one pass: what it is, what it says, all that is wrong."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from bpjsdesk.domain.cells import Cell, label_key
from bpjsdesk.domain.check_reference import CheckReference, RegionFinder
from bpjsdesk.domain.columns import ColumnMap
from bpjsdesk.domain.identity import (
    FILLERS,
    NikBirth,
    Sex,
    nik_birth,
    normalise_family_card_no,
    normalise_phone,
)
from bpjsdesk.domain.names import PLAIN_NAME, name_key
from bpjsdesk.domain.period import latest_birth_date
from bpjsdesk.domain.row_identity import read_name, read_nik
from bpjsdesk.domain.row_issues import ISSUE_SENTENCES, IssueCode, Levels
from bpjsdesk.domain.row_kinds import IGNORED_SENTENCES, IgnoredReason, RowKind, RowSorter
from bpjsdesk.domain.row_layout import layout_of
from bpjsdesk.domain.row_values import (
    BLANK,
    ERROR_CELL,
    VALUELESS_CELL,
    BirthCell,
    BirthReader,
    BrokenText,
    SexMemo,
    TextMemo,
    WageMemo,
    settle_birth_date,
)

__all__ = [
    "IGNORED_SENTENCES",
    "ISSUE_SENTENCES",
    "CheckReference",
    "CheckedRow",
    "IgnoredReason",
    "IssueCode",
    "RowChecker",
    "RowKind",
    "with_codes",
    "without_codes",
]

_NOWHERE = (None, None)
_USUAL_NIK = re.compile(r"[0-9]{12}(?!0000)[0-9]{4}").fullmatch
_PLAIN_PHONE = re.compile(r"08[0-9]{8,11}")
_SERIAL_ZERO = "0000"


class CheckedRow(NamedTuple):
    """One row as understood: a tuple, because tens of thousands cross the layers at once.

    `row_no` is the number that the spreadsheet shows. A value is None where the file leaves it
    open or it was not understood; `nik` is always 16 digits. `codes` hold every fault, errors
    first; `is_held` says that an error among them keeps this row out of the batch.
    """

    sheet: str
    row_no: int
    kind: RowKind
    reason: IgnoredReason | None
    codes: tuple[IssueCode, ...]
    is_held: bool = False
    nik: str | None = None
    name: str | None = None
    name_key: str | None = None
    birth_date: date | None = None
    sex: Sex | None = None
    region_code: str | None = None
    phone: str | None = None
    birth_place: str | None = None
    mother_name: str | None = None
    family_card_no: str | None = None
    address: str | None = None
    neighbourhood: str | None = None
    village: str | None = None
    district: str | None = None
    category: str | None = None
    email: str | None = None
    occupation: str | None = None
    wage: int | None = None
    bank: str | None = None
    account_no: str | None = None
    note: str | None = None
    row_key: str | None = None


def with_codes(row: CheckedRow, levels: Levels, *codes: IssueCode) -> CheckedRow:
    """Give the row with codes added that only the store knows: DUP_ACTIVE, NAME_DIFFERS."""
    marks = levels.shown([*row.codes, *codes])
    return row._replace(codes=marks, is_held=levels.hold(marks))


def without_codes(row: CheckedRow, levels: Levels, codes: Collection[IssueCode]) -> CheckedRow:
    """Give the row as if nothing had been found of some codes."""
    marks = tuple(code for code in row.codes if code not in codes)
    return row._replace(codes=marks, is_held=levels.hold(marks))


class RowChecker:
    """Checks the rows of one file, sheet after sheet; repeats are found across all of them.

    What is usual takes the short way and every distinct text is read once, because a list may
    have hundreds of thousands of rows.
    """

    def __init__(
        self, column_map: ColumnMap, reference: CheckReference, registered_on: date
    ) -> None:
        self._reference = reference
        self._registered_on = registered_on
        self._oldest = _birth_limit(reference.over_age, registered_on, otherwise=date.min)
        self._youngest = _birth_limit(reference.under_age, registered_on, otherwise=date.max)
        chosen = reference.category
        names = {label_key(chosen), label_key(reference.categories.get(chosen, chosen))}
        self._chosen = names | reference.category_keys
        self._prefixes = frozenset(p.replace(".", "") for p in reference.known_prefixes)
        self._texts, self._sexes, self._wages = TextMemo(), SexMemo(reference.sexes), WageMemo()
        self._births = BirthReader(reference.today)
        self._regions = RegionFinder(reference)
        self._nik_births: dict[str, NikBirth | None] = {}
        self._first_rows: dict[str, tuple[str, int]] = {}
        self._phones: set[str] = set()
        self.use_columns(column_map)

    def use_columns(self, column_map: ColumnMap) -> None:
        """Go on with a sheet whose columns lie differently."""
        self._layout = layout_of(column_map.fields)
        self._births.use_order(month_first=column_map.date_order.is_month_first)
        self._sorter = RowSorter(column_map, self._reference.today)

    def check(self, sheet: str, row_no: int, cells: Sequence[Cell]) -> CheckedRow:
        """Check one row below the heading: every fault of it, not the first."""
        at = self._layout
        if len(cells) < at.width:
            cells = [*cells, *[None] * (at.width - len(cells))]
        codes: list[IssueCode] = []
        nik = read_nik(cells[at.nik_at], codes)
        birth = BLANK if at.birth_at is None else self._births.read(cells[at.birth_at])
        if at.birth_place_at is not None:
            birth = birth.completed_by(self._births.read_with_place(cells[at.birth_place_at]))
        if nik is not None:
            self._sorter.person_seen()
        else:
            kind, reason = self._sorter.sort(cells, has_birth_date=birth.has_date)
            if kind is not RowKind.DATA:
                return CheckedRow(sheet, row_no, kind, reason, ())
        return self._person((sheet, row_no), cells, (nik, birth), codes)

    def check_all(
        self, sheet: str, rows: Iterable[tuple[int, Sequence[Cell]]]
    ) -> Iterator[CheckedRow]:
        """Check many (row number, cells) of one sheet: the same answers as `check`, but sooner.

        A row in which everything is usual is settled in one stride, every other goes to `check`.
        """
        settle = self._settle_usual if self._layout.is_usual else _never
        for row_no, cells in rows:
            try:
                row = settle((sheet, row_no), cells)
            except (IndexError, TypeError):  # a short row, or a cell of an unusual type
                row = None
            yield row or self.check(sheet, row_no, cells)

    def _settle_usual(self, place: tuple[str, int], cells: Sequence[Cell]) -> CheckedRow | None:
        """Give the row when nothing in it needs a second look; None leaves no trace behind."""
        at = self._layout
        nik, name, born, phone = at.main(cells)
        birth = self._births.read(born)
        texts = [*map(self._texts.__getitem__, at.pick(cells)), None]
        sex, day = self._sexes[texts[at.sex_at]], birth.day
        if (
            day is None
            or nik[6:12] != (birth.male_part if sex == "L" else birth.female_part)
            or not _USUAL_NIK(nik)
            or not PLAIN_NAME.fullmatch(name)
            or not (phone is None or _PLAIN_PHONE.fullmatch(phone))
            or not self._oldest < day <= self._youngest
            or nik[:4] not in self._prefixes
            or nik in self._first_rows
            or nik in FILLERS
            or phone in self._phones
            or texts[at.category_at] is not None
            or ERROR_CELL in texts
        ):
            return None
        region, code = self._regions.find(at.address(texts)) if at.has_address else _NOWHERE
        if code is not None or sex is None:
            return None
        self._first_rows[nik] = place
        if phone is not None:
            self._phones.add(phone)
        self._sorter.person_seen()
        spread = at.spread(texts)
        rest = self._converted(spread, birth, cells) if at.converts else spread
        kind = (RowKind.DATA, None, (), False, nik, name, name, day, sex, region, phone)
        # Straight from a tuple: naming the fields would cost more than half of the check.
        return tuple.__new__(CheckedRow, place + kind + rest)

    def _person(
        self,
        place: tuple[str, int],
        cells: Sequence[Cell],
        known: tuple[str | None, BirthCell],
        codes: list[IssueCode],
    ) -> CheckedRow:
        nik, birth = known
        at = self._layout
        nik_says = self._judge_nik(nik, birth, place, codes) if nik else None
        birth_date = self._judge_birth(birth, nik_says, codes)
        name = read_name(cells[at.name_at], codes)
        texts = self._texts.read_all(at.pick(cells))
        texts.append(None)
        if self._texts.has_broken:
            self._judge_broken(texts, codes)
        sex = self._sexes[texts[at.sex_at]]
        if nik_says is not None and sex is not None and sex != nik_says.sex:
            codes.append(IssueCode.NIK_SEX_MISMATCH)
        region = self._judge_texts(texts, codes)
        phone = None if at.phone_at is None else self._read_phone(cells[at.phone_at], codes)
        rest = self._converted(at.spread(texts), birth, cells)
        key = name and name_key(name)
        marks = self._reference.levels.shown(codes)
        held = self._reference.levels.hold(marks)
        kind = (RowKind.DATA, None, marks, held, nik, name, key, birth_date, sex, region, phone)
        return CheckedRow._make(place + kind + rest)

    def _converted(
        self, rest: tuple[str | None, ...], birth: BirthCell, cells: Sequence[Cell]
    ) -> tuple[str | int | None, ...]:
        at = self._layout
        birth_place, mother, card, *home, wage, bank, account, note, row_key = rest
        if card is not None:
            card = _text_number(cells, at.card_at, card)
            card = normalise_family_card_no(card) if card else None
        if account is not None:
            account = _text_number(cells, at.account_at, account)
        money = self._wages[wage] if wage else None
        return (
            birth.place or birth_place,
            mother,
            card,
            *home,
            money,
            bank,
            account,
            note,
            row_key,
        )

    def _judge_nik(
        self, nik: str, birth: BirthCell, place: tuple[str, int], codes: list[IssueCode]
    ) -> NikBirth | None:
        if nik in FILLERS:
            codes.append(IssueCode.NIK_FILLER)
            return None
        if self._first_rows.setdefault(nik, place) is not place:
            codes.append(IssueCode.DUP_IN_FILE)
        if nik[:4] not in self._prefixes:
            codes.append(IssueCode.NIK_REGION_UNKNOWN)
        if nik[12:] == _SERIAL_ZERO:
            codes.append(IssueCode.SERIAL_ZERO)
        date_part = nik[6:12]
        if birth.day is not None and date_part in (birth.male_part, birth.female_part):
            return NikBirth(birth.day, "L" if date_part == birth.male_part else "P")
        if date_part not in self._nik_births:
            youngest = self._reference.under_age or 0
            self._nik_births[date_part] = nik_birth(
                date_part, on=self._registered_on, youngest=youngest
            )
        says = self._nik_births[date_part]
        if says is None:
            codes.append(IssueCode.NIK_DATE)
        return says

    def _judge_birth(
        self, birth: BirthCell, nik_says: NikBirth | None, codes: list[IssueCode]
    ) -> date | None:
        birth_date = birth.day
        if birth_date is None or nik_says is None or nik_says.birth_date is not birth_date:
            birth_date, code = settle_birth_date(birth, nik_says)
            if code is not None:
                codes.append(code)
        judged = birth_date or (nik_says.birth_date if nik_says else None)
        if judged is not None:
            if judged <= self._oldest:
                codes.append(IssueCode.OVER_AGE)
            elif judged > self._youngest:
                codes.append(IssueCode.UNDER_AGE)
        return birth_date

    def _judge_broken(self, texts: list[str | None], codes: list[IssueCode]) -> None:
        needed = [texts[at] for at in self._layout.needed_at]
        if ERROR_CELL in needed:
            codes.append(IssueCode.CELL_ERROR)
        if VALUELESS_CELL in needed:
            codes.append(IssueCode.FORMULA_NO_VALUE)
        texts[:] = [None if isinstance(text, BrokenText) else text for text in texts]

    def _judge_texts(self, texts: list[str | None], codes: list[IssueCode]) -> str | None:
        """Judge category and address and give the region code."""
        at = self._layout
        category = texts[at.category_at]
        if category is not None and label_key(category) not in self._chosen:
            codes.append(IssueCode.CATEGORY_UNKNOWN)
        if not at.has_address:
            return None
        region, code = self._regions.find(at.address(texts))
        if code is not None and (at.has_village or code is IssueCode.OUT_OF_REGION):
            codes.append(code)
        return region

    def _read_phone(self, cell: Cell, codes: list[IssueCode]) -> str | None:
        phone: str | None
        if type(cell) is str and _PLAIN_PHONE.fullmatch(cell):
            phone = cell
        else:
            text = None if isinstance(cell, list) else self._texts[cell]
            if text is None and not isinstance(cell, list):
                return None
            phone = normalise_phone(text) if text else None
            if phone is None:
                codes.append(IssueCode.PHONE_FORMAT)
                return None
        if phone in self._phones:
            codes.append(IssueCode.PHONE_SHARED)
        self._phones.add(phone)
        return phone


def _never(_place: tuple[str, int], _cells: Sequence[Cell]) -> None:
    """Settle no row."""


def _birth_limit(age: int | None, day: date, *, otherwise: date) -> date:
    return otherwise if age is None else latest_birth_date(age, day)


def _text_number(cells: Sequence[Cell], index: int | None, text: str) -> str | None:
    """Give a long number only when its cell was text: a number cell has lost digits or zeros."""
    return text if index is not None and isinstance(cells[index], str) else None
