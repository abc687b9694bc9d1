"""Check every row of a list of workers in one pass: what it is, what it says, all that is wrong."""

from collections.abc import Sequence
from datetime import date

from bpjsdesk.domain.cells import Cell
from bpjsdesk.domain.check_memory import CheckMemory
from bpjsdesk.domain.check_reference import CheckReference
from bpjsdesk.domain.checked_columns import CheckedColumns
from bpjsdesk.domain.checked_row import CheckedRow, with_codes, without_codes
from bpjsdesk.domain.columns import ColumnMap
from bpjsdesk.domain.identity import FILLERS, NikBirth, nik_birth
from bpjsdesk.domain.names import name_key
from bpjsdesk.domain.row_columns import UsualRows
from bpjsdesk.domain.row_identity import read_name, read_nik, read_phone
from bpjsdesk.domain.row_issues import ISSUE_SENTENCES, IssueCode
from bpjsdesk.domain.row_kinds import IGNORED_SENTENCES, IgnoredReason, RowKind, RowSorter
from bpjsdesk.domain.row_layout import ROW_TEXTS, layout_of
from bpjsdesk.domain.row_values import (
    BLANK,
    ERROR_CELL,
    VALUELESS_CELL,
    BirthCell,
    BrokenText,
    account_number,
    card_number,
    settle_birth_date,
)
from bpjsdesk.domain.value_faults import ValueFaults

__all__ = [
    "AT_ONCE",
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

_SERIAL_ZERO = "0000"
_CARD_AT = ROW_TEXTS.index("family_card_no")
AT_ONCE = 1000  # rows: enough for the columns to pay, few enough for a window to go on between


class RowChecker:
    """Checks the rows of one file, sheet after sheet, each by itself.

    What is usual takes the short way and every distinct text is read once, because a list may
    have hundreds of thousands of rows.
    """

    def __init__(
        self, column_map: ColumnMap, reference: CheckReference, registered_on: date
    ) -> None:
        self._memory = CheckMemory(reference, registered_on)
        self._nik_births: dict[str, NikBirth | None] = {}
        self.use_columns(column_map)

    def use_columns(self, column_map: ColumnMap) -> None:
        """Go on with a sheet whose columns lie differently."""
        self._layout = layout_of(column_map.fields)
        self._memory.births.use_order(month_first=column_map.date_order.is_month_first)
        self._sorter = RowSorter(column_map, self._memory.reference.today)
        self._faults = ValueFaults(self._memory.text_faults, self._memory.sexes, self._layout)
        self._usual = UsualRows(self._memory, self._layout)

    def check(self, sheet: str, row_no: int, cells: Sequence[Cell]) -> CheckedRow:
        """Check one row below the heading: every fault of it, not the first."""
        at = self._layout
        if len(cells) < at.width:
            cells = [*cells, *[None] * (at.width - len(cells))]
        codes: list[IssueCode] = []
        nik = read_nik(cells[at.nik_at], codes)
        birth = BLANK if at.birth_at is None else self._memory.births.read(cells[at.birth_at])
        if at.birth_place_at is not None:
            birth = birth.completed_by(
                self._memory.births.read_with_place(cells[at.birth_place_at])
            )
        if nik is not None:
            self._sorter.person_seen()
        else:
            kind, reason = self._sorter.sort(cells, has_birth_date=birth.has_date)
            if kind is not RowKind.DATA:
                return CheckedRow(sheet, row_no, kind, reason, ())
        return self._person((sheet, row_no), cells, (nik, birth), codes)

    def check_block(
        self,
        sheet: str,
        numbers: Sequence[int],
        rows: Sequence[Sequence[Cell]],
        *,
        found: CheckedColumns,
    ) -> None:
        """Add some rows that follow one another: the same answers as `check`, but sooner.

        Rows in which everything is usual are settled together, each other one goes to `check`.
        """
        if not self._layout.is_usual:
            found.add_rows([self.check(sheet, *row) for row in zip(numbers, rows, strict=True)])
            return
        columns, odd = self._usual.settle(sheet, numbers, rows)
        single, following = {}, 0
        for place in odd:
            if place != following:
                self._sorter.person_seen()
            single[place] = self.check(sheet, numbers[place], rows[place])
            following = place + 1
        if following != len(rows):
            self._sorter.person_seen()
        found.add_columns(columns, single)

    def _person(
        self,
        place: tuple[str, int],
        cells: Sequence[Cell],
        known: tuple[str | None, BirthCell],
        codes: list[IssueCode],
    ) -> CheckedRow:
        nik, birth = known
        at, memory = self._layout, self._memory
        name = read_name(cells[at.name_at], codes)
        nik_says = self._judge_nik(nik, birth, codes) if nik else None
        birth_date = self._judge_birth(birth, nik_says, codes)
        texts = memory.texts.read_all(at.pick(cells))
        texts.append(None)
        if at.has_mother and texts[at.mother_at] is None:
            codes.append(IssueCode.NO_MOTHER_NAME)
        codes += self._faults.codes(cells, texts)
        if memory.texts.has_broken:
            self._judge_broken(texts, codes)
        sex = memory.sexes[texts[at.sex_at]]
        if nik_says is not None and sex is not None and sex != nik_says.sex:
            codes.append(IssueCode.NIK_SEX_MISMATCH)
        region = self._judge_texts(texts, codes)
        phone = None
        if at.phone_at is not None:
            phone = read_phone(cells[at.phone_at], memory.texts, codes)
        rest = self._converted(at.spread(texts), birth, cells)
        if nik and nik == rest[_CARD_AT]:
            codes.append(IssueCode.NIK_IS_FAMILY_CARD)
        key = name and name_key(name)
        levels = memory.reference.levels
        marks = levels.shown(codes)
        kind = (RowKind.DATA, None, marks, levels.hold(marks))
        return CheckedRow._make(
            (*place, *kind, nik, name, key, birth_date, sex, region, phone, *rest)
        )

    def _converted(
        self, rest: tuple[str | None, ...], birth: BirthCell, cells: Sequence[Cell]
    ) -> tuple[str | int | None, ...]:
        at = self._layout.texts
        birth_place, mother, card, *home, occupation, wage, bank, account, note, row_key = rest
        return (
            birth.place or birth_place,
            mother,
            card and card_number(cells[at["family_card_no"]], card),
            *home,
            self._memory.occupations[occupation][0],
            self._memory.wages[wage],
            bank,
            account and account_number(cells[at["account_no"]], account),
            note,
            row_key,
        )

    def _judge_nik(self, nik: str, birth: BirthCell, codes: list[IssueCode]) -> NikBirth | None:
        memory = self._memory
        if nik in FILLERS:
            codes.append(IssueCode.NIK_FILLER)
            return None
        if nik[:4] not in memory.prefixes:
            codes.append(IssueCode.NIK_REGION_UNKNOWN)
        if nik[12:] == _SERIAL_ZERO:
            codes.append(IssueCode.SERIAL_ZERO)
        date_part = nik[6:12]
        if birth.day is not None and date_part in (birth.male_part, birth.female_part):
            return NikBirth(birth.day, "L" if date_part == birth.male_part else "P")
        if date_part not in self._nik_births:
            self._nik_births[date_part] = nik_birth(
                date_part, on=memory.registered_on, youngest=memory.reference.under_age or 0
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
            if judged <= self._memory.oldest:
                codes.append(IssueCode.OVER_AGE)
            elif judged > self._memory.youngest:
                codes.append(IssueCode.UNDER_AGE)
        return birth_date

    def _judge_broken(self, texts: list[str | None], codes: list[IssueCode]) -> None:
        needed = [texts[at] for at in self._layout.needed_at]
        if ERROR_CELL in needed:
            codes.append(IssueCode.CELL_ERROR)
        if VALUELESS_CELL in needed:
            codes.append(IssueCode.FORMULA_NO_VALUE)
        broken = sum(isinstance(text, BrokenText) for text in texts)
        if broken > sum(isinstance(text, BrokenText) for text in needed):
            codes.append(IssueCode.VALUE_LOST)
        texts[:] = [None if isinstance(text, BrokenText) else text for text in texts]

    def _judge_texts(self, texts: list[str | None], codes: list[IssueCode]) -> str | None:
        """Judge category, occupation and address, and give the region code."""
        at = self._layout
        if not self._memory.categories[texts[at.category_at]]:
            codes.append(IssueCode.CATEGORY_UNKNOWN)
        _word, strange = self._memory.occupations[texts[at.occupation_at]]
        if strange is not None:
            codes.append(strange)
        if not at.has_address:
            return None
        region, code = self._memory.regions[at.address(texts)]
        if code is not None and (at.has_village or code is IssueCode.OUT_OF_REGION):
            codes.append(code)
        return region
