"""Check every row of a list of workers in one pass: what it is, what it says, all that is wrong."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from operator import itemgetter
from typing import NamedTuple

from bpjsdesk.domain.cells import Cell, is_error_text, label_key, tidy
from bpjsdesk.domain.check_reference import CheckReference, RegionFinder
from bpjsdesk.domain.columns import ColumnMap
from bpjsdesk.domain.identity import (
    NIK_LENGTH,
    NikBirth,
    Sex,
    is_filler,
    nik_birth,
    normalise_family_card_no,
    normalise_nik,
    normalise_phone,
)
from bpjsdesk.domain.names import PLAIN_NAME, name_key
from bpjsdesk.domain.period import latest_birth_date
from bpjsdesk.domain.row_issues import ISSUE_SENTENCES, IssueCode, in_order, is_error
from bpjsdesk.domain.row_kinds import IGNORED_SENTENCES, IgnoredReason, RowKind, RowSorter
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
    "is_error",
    "with_codes",
]

# Plain text fields: first those of a checked row from `birth_place` on, in its order, then two
# that only the rules read. A broken cell in a needed one holds the row, because a rule or an
# official list asks for it; in the others it leaves a blank.
_ROW_TEXTS = (
    "birth_place",
    "mother_name",
    "family_card_no",
    "address",
    "neighbourhood",
    "village",
    "district",
    "category",
    "email",
    "occupation",
    "wage",
    "bank",
    "account_no",
    "note",
    "row_key",
)
_TEXT_FIELDS = (*_ROW_TEXTS, "sex", "city")
_OPTIONAL = frozenset({"email", "occupation", "wage", "bank", "account_no", "note", "row_key"})
# Texts that need more than tidying before they are values of a row.
_CONVERTED = frozenset({"family_card_no", "wage", "account_no", "birth_place_date"})
_LIST_FAULTS = {"e": IssueCode.CELL_ERROR, "f": IssueCode.FORMULA_NO_VALUE}
# A number that passed through CSV: 7.17101E+15, or 717101234567890.0, whose dot would be stripped.
_NUMBER_AS_TEXT = re.compile(r"\d{10,}[.,]0+|\d+(?:[.,]\d+)?[Ee]\+?\d+")
_LETTER = re.compile(r"[^\W\d_]")
_PLAIN_PHONE = re.compile(r"08[0-9]{8,11}")
_SERIAL_ZERO = "0000"


class CheckedRow(NamedTuple):
    """One row as understood: a tuple, because tens of thousands cross the layers at once.

    `row_no` is the number that the spreadsheet shows. A value is None where the file leaves it
    open or it was not understood; `nik` is always 16 digits. `codes` hold every fault, errors
    first.
    """

    sheet: str
    row_no: int
    kind: RowKind
    reason: IgnoredReason | None
    codes: tuple[IssueCode, ...]
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

    @property
    def is_held(self) -> bool:
        """Say whether an error keeps this row out of the batch."""
        return any(map(is_error, self.codes))


def with_codes(row: CheckedRow, *codes: IssueCode) -> CheckedRow:
    """Give the row with codes added that only the store knows: DUP_ACTIVE, NAME_DIFFERS."""
    return row._replace(codes=in_order([*row.codes, *codes]))


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
        self._chosen = {label_key(chosen), label_key(reference.categories.get(chosen, chosen))}
        self._prefixes = frozenset(p.replace(".", "") for p in reference.known_prefixes)
        self._texts, self._sexes, self._wages = TextMemo(), SexMemo(), WageMemo()
        self._births = BirthReader(reference.today)
        self._regions = RegionFinder(reference)
        self._nik_births: dict[str, NikBirth | None] = {}
        self._first_rows: dict[str, tuple[str, int]] = {}
        self._phones: set[str] = set()
        self.use_columns(column_map)

    def use_columns(self, column_map: ColumnMap) -> None:
        """Go on with a sheet whose columns lie differently."""
        fields = column_map.fields
        self._width = max(fields.values()) + 1
        self._nik_at, self._name_at = fields["nik"], fields["name"]
        self._birth_at, self._place_at = fields.get("birth_date"), fields.get("birth_place_date")
        self._phone_at = fields.get("phone")
        self._card_at, self._account_at = fields.get("family_card_no"), fields.get("account_no")
        self._has_village, self._has_city = "village" in fields, "city" in fields
        self._converts = not _CONVERTED.isdisjoint(fields)
        present = [field for field in _TEXT_FIELDS if field in fields]
        self._pick = _picker([fields[field] for field in present])
        self._needed = [at for at, field in enumerate(present) if field not in _OPTIONAL]
        # The text after the last one picked is a blank, for every field that the file lacks.
        at = {field: present.index(field) if field in present else -1 for field in _TEXT_FIELDS}
        self._spread = itemgetter(*(at[field] for field in _ROW_TEXTS))
        self._address = itemgetter(at["village"], at["district"], at["city"])
        self._sex_at, self._category_at = at["sex"], at["category"]
        self._sorter = RowSorter(column_map, self._reference.today)

    def first_row_of(self, nik: str) -> tuple[str, int] | None:
        """Give sheet and row where a NIK was met first."""
        return self._first_rows.get(nik)

    def check(self, sheet: str, row_no: int, cells: Sequence[Cell]) -> CheckedRow:
        """Check one row below the heading: every fault of it, not the first."""
        if len(cells) < self._width:
            cells = [*cells, *[None] * (self._width - len(cells))]
        codes: list[IssueCode] = []
        nik = _read_nik(cells[self._nik_at], codes)
        birth = BLANK if self._birth_at is None else self._births.read(cells[self._birth_at])
        if self._place_at is not None:
            birth = birth.completed_by(self._births.read_with_place(cells[self._place_at]))
        if nik is not None:
            self._sorter.person_seen()
        else:
            kind, reason = self._sorter.sort(cells, has_birth_date=birth.has_date)
            if kind is not RowKind.DATA:
                return CheckedRow(sheet, row_no, kind, reason, ())
        return self._person((sheet, row_no), cells, (nik, birth), codes)

    def _person(
        self,
        place: tuple[str, int],
        cells: Sequence[Cell],
        known: tuple[str | None, BirthCell],
        codes: list[IssueCode],
    ) -> CheckedRow:
        nik, birth = known
        nik_says = self._judge_nik(nik, birth, place, codes) if nik else None
        birth_date = self._judge_birth(birth, nik_says, codes)
        name = _read_name(cells[self._name_at], codes)
        key = name if name is None or PLAIN_NAME.fullmatch(name) else name_key(name)
        texts = self._texts.read_all(self._pick(cells))
        texts.append(None)
        if self._texts.has_broken:
            self._judge_broken(texts, codes)
        sex = self._sexes[texts[self._sex_at]]
        if nik_says is not None and sex is not None and sex != nik_says.sex:
            codes.append(IssueCode.NIK_SEX_MISMATCH)
        region = self._judge_texts(texts, codes)
        phone = None if self._phone_at is None else self._read_phone(cells[self._phone_at], codes)
        rest = self._spread(texts)
        if self._converts:
            rest = self._converted(rest, birth, cells)
        marks = in_order(codes) if codes else ()
        kind = (RowKind.DATA, None, marks, nik, name, key, birth_date, sex, region, phone)
        # Straight from a tuple: naming the fields would cost more than half of the check.
        return tuple.__new__(CheckedRow, place + kind + rest)

    def _converted(
        self, rest: tuple[str | None, ...], birth: BirthCell, cells: Sequence[Cell]
    ) -> tuple[str | int | None, ...]:
        birth_place, mother, card, *home, wage, bank, account, note, row_key = rest
        if card is not None:
            card = _text_number(cells, self._card_at, card)
            card = normalise_family_card_no(card) if card else None
        if account is not None:
            account = _text_number(cells, self._account_at, account)
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
        if is_filler(nik):
            codes.append(IssueCode.NIK_FILLER)
            return None
        if self._first_rows.setdefault(nik, place) is not place:
            codes.append(IssueCode.DUP_IN_FILE)
        if nik[:4] not in self._prefixes:
            codes.append(IssueCode.NIK_REGION_UNKNOWN)
        if nik[12:] == _SERIAL_ZERO:
            codes.append(IssueCode.SERIAL_ZERO)
        date_part = nik[6:12]
        if date_part == birth.male_part:
            return birth.as_male
        if date_part == birth.female_part:
            return birth.as_female
        return self._ask_nik(date_part, codes)

    def _ask_nik(self, date_part: str, codes: list[IssueCode]) -> NikBirth | None:
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
        needed = [texts[at] for at in self._needed]
        if ERROR_CELL in needed:
            codes.append(IssueCode.CELL_ERROR)
        if VALUELESS_CELL in needed:
            codes.append(IssueCode.FORMULA_NO_VALUE)
        texts[:] = [None if isinstance(text, BrokenText) else text for text in texts]

    def _judge_texts(self, texts: list[str | None], codes: list[IssueCode]) -> str | None:
        """Judge category and address and give the region code."""
        category = texts[self._category_at]
        if category is not None and label_key(category) not in self._chosen:
            codes.append(IssueCode.CATEGORY_UNKNOWN)
        if not self._has_village and not self._has_city:
            return None
        region, code = self._regions.find(self._address(texts))
        if code is not None and (self._has_village or code is IssueCode.OUT_OF_REGION):
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


def _picker(indexes: Sequence[int]) -> Callable[[Sequence[Cell]], Sequence[Cell]]:
    # itemgetter gives a bare value for one index and takes at least one.
    if len(indexes) > 1:
        return itemgetter(*indexes)
    return lambda cells: [cells[index] for index in indexes]


def _birth_limit(age: int | None, day: date, *, otherwise: date) -> date:
    return otherwise if age is None else latest_birth_date(age, day)


def _read_nik(cell: Cell, codes: list[IssueCode]) -> str | None:
    """Give the 16 digits of a NIK cell, or None with the fault noted."""
    if isinstance(cell, str):
        if len(cell) == NIK_LENGTH and cell.isascii() and cell.isdigit():
            return cell
        return _read_nik_text(cell, codes)
    if cell is None:
        codes.append(IssueCode.NIK_MISSING)
    elif isinstance(cell, list):
        codes.append(_LIST_FAULTS.get(cell[0], IssueCode.NIK_FORMAT))
    elif isinstance(cell, bool):
        codes.append(IssueCode.NIK_FORMAT)
    else:
        codes.append(IssueCode.NIK_AS_NUMBER)
    return None


def _read_nik_text(cell: str, codes: list[IssueCode]) -> str | None:
    text = tidy(cell)
    nik = normalise_nik(text)
    if is_error_text(text):
        codes.append(IssueCode.CELL_ERROR)
    elif _NUMBER_AS_TEXT.fullmatch(text):
        codes.append(IssueCode.NIK_AS_NUMBER)
    elif not nik:
        codes.append(IssueCode.NIK_MISSING)
    elif len(nik) == NIK_LENGTH and nik.isascii() and nik.isdigit():
        return nik
    else:
        codes.append(IssueCode.NIK_FORMAT)
    return None


def _read_name(cell: Cell, codes: list[IssueCode]) -> str | None:
    """Give a name in capitals as on the KTP, single-spaced, titles kept."""
    if isinstance(cell, str):
        if PLAIN_NAME.fullmatch(cell):
            return cell
        name = tidy(cell).removeprefix("'").upper()
        if is_error_text(name):
            codes.append(IssueCode.CELL_ERROR)
            return None
        if _LETTER.search(name):
            return name
    elif isinstance(cell, list) and cell[0] in _LIST_FAULTS:
        codes.append(_LIST_FAULTS[cell[0]])
        return None
    codes.append(IssueCode.NAME_MISSING)
    return None


def _text_number(cells: Sequence[Cell], index: int | None, text: str) -> str | None:
    """Give a long number only when its cell was text: a number cell has lost digits or zeros."""
    return text if index is not None and isinstance(cells[index], str) else None
