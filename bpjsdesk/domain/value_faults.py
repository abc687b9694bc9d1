"""Values that a row writes and nobody understands, or leaves open where a claim will need them.

Each is judged here in both ways, in one row and in a whole column, so that the two cannot part. Of
most columns a list has few distinct texts: each is judged once, for however many rows.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from bpjsdesk.domain.cells import Cell
from bpjsdesk.domain.check_reference import CheckReference
from bpjsdesk.domain.claims import PROGRAMME_NAMES
from bpjsdesk.domain.identity import Sex, clean_digits
from bpjsdesk.domain.period import read_month, was_made_a_day
from bpjsdesk.domain.row_issues import IssueCode
from bpjsdesk.domain.row_layout import RowLayout
from bpjsdesk.domain.row_values import BrokenText, account_number, card_number, read_wage
from bpjsdesk.domain.text_columns import Lines, places, run_of

_ACCOUNT = r"[0-9]{8,20}"
_EMAIL = r"[^@\s,;]++@[^@\s,;.]++(?:\.[^@\s,;.]++)++"
_ACCOUNTS, _EMAILS = run_of(_ACCOUNT), run_of(_EMAIL)
_SOME_ACCOUNT, _SOME_EMAIL = "00000000", "a@b.id"  # stand for open cells, which are no fault
_DESIL = re.compile(r"(?:DESIL|D)?[ .:-]*0?([1-9]|10)", re.IGNORECASE)
_PROGRAMMES = re.compile("JKK|JKM|JHT|JKP|JP")
_PROGRAMME_COUNT = re.compile(r"([1-5]) *PROGRAM", re.IGNORECASE)
_COUNT = re.compile(r"([0-9]{1,3})(?: *(?:BULAN|BLN))?", re.IGNORECASE)

Texts = Sequence[str | None]
Strange = Callable[[Cell, str | None], bool]


class TextFaults(dict[str | None, bool]):
    """Whether each distinct text of a column is a fault; an open cell is none."""

    def __init__(self, is_fault: Callable[[str], bool]) -> None:
        super().__init__({None: False})
        self._is_fault = is_fault

    def __missing__(self, text: str | None) -> bool:
        found = self[text] = self._is_fault(text or "")
        return found

    def tells(self, _cell: Cell, text: str | None) -> bool:
        """Answer for one cell."""
        return self[text]


def text_faults(reference: CheckReference) -> Mapping[str, TextFaults]:
    """Make the judges of columns of which only the text counts, by field."""
    found = {
        "wage": TextFaults(lambda text: read_wage(text) is None),
        "neighbourhood": TextFaults(was_made_a_day),
    }
    if reference.highest_desil is not None:
        found["desil"] = TextFaults(partial(_is_above, reference.highest_desil))
    if reference.programmes:
        found["claim_programme"] = TextFaults(partial(_names_others, reference.programmes))
    if reference.months is not None:
        from_month, count = reference.months
        found["start_month"] = TextFaults(lambda text: read_month(text, from_month) != from_month)
        found["month_count"] = TextFaults(lambda text: _count_in(text) != count)
    return found


_CODES = {
    "wage": IssueCode.WAGE_UNREADABLE,
    "neighbourhood": IssueCode.NEIGHBOURHOOD_AS_DATE,
    "desil": IssueCode.NOT_ELIGIBLE_DESIL,
    "claim_programme": IssueCode.PROGRAMME_DIFFERS,
    "start_month": IssueCode.PERIOD_DIFFERS,
    "month_count": IssueCode.PERIOD_DIFFERS,
    "sex": IssueCode.SEX_UNKNOWN,
    "heir_name": IssueCode.HEIR_MISSING,
    "family_card_no": IssueCode.FAMILY_CARD_FORMAT,
    "account_no": IssueCode.ACCOUNT_FORMAT,
    "email": IssueCode.EMAIL_FORMAT,
}


class _Judge(NamedTuple):
    text_at: int
    cell_at: int
    code: IssueCode
    is_fault: Strange


class ValueFaults:
    """The judges of the columns that a sheet has."""

    def __init__(
        self,
        by_text: Mapping[str, TextFaults],
        sexes: Mapping[str | None, Sex | None],
        layout: RowLayout,
    ) -> None:
        self._by_text = {
            field: faults for field, faults in by_text.items() if field in layout.texts
        }
        self._at = layout.texts
        judges: dict[str, Strange] = {
            **{field: faults.tells for field, faults in self._by_text.items()},
            "sex": lambda _cell, text: sexes[text] is None,
            "heir_name": lambda _cell, text: text is None,
            "family_card_no": is_strange_card,
            "account_no": is_strange_account,
            "email": _is_strange_email,
        }
        self._judges = [
            _Judge(at, cell_at, _CODES[field], judges[field])
            for at, (field, cell_at) in enumerate(layout.texts.items())
            if field in judges
        ]

    def codes(self, cells: Sequence[Cell], texts: Texts) -> list[IssueCode]:
        """Judge the texts of one row, given in the order of the layout."""
        return [
            judge.code
            for judge in self._judges
            if judge.is_fault(cells[judge.cell_at], text := texts[judge.text_at])
            and not isinstance(text, BrokenText)
        ]

    def places(
        self, columns: Sequence[Sequence[Cell]], texts: Mapping[str, Texts]
    ) -> Iterator[int]:
        """Point out the rows of a block in which a value was not understood.

        Sexes and family cards are looked at anyway where the columns are, and left out here.
        """
        for field, faults in self._by_text.items():
            strange = {text for text in set(texts[field]) if faults[text]}
            if strange:
                yield from places(map(strange.__contains__, texts[field]))
        for field, run, blank, is_strange in _SHAPES:
            if field in self._at:
                cells, written = columns[self._at[field]], texts[field]
                misfits = Lines(cells, blank=blank).misfits(run)
                yield from (at for at in misfits if is_strange(cells[at], written[at]))


def is_strange_card(cell: Cell, text: str | None) -> bool:
    """Say whether something is written that is no number of a family card."""
    return text is not None and card_number(cell, text) is None


def is_strange_account(cell: Cell, text: str | None) -> bool:
    """Say whether something is written that is no number of a bank account."""
    if text is None:
        return False
    number = account_number(cell, text)
    return number is None or not re.fullmatch(_ACCOUNT, clean_digits(number))


def _is_strange_email(_cell: Cell, text: str | None) -> bool:
    return text is not None and not re.fullmatch(_EMAIL, text)


_SHAPES = (
    ("account_no", _ACCOUNTS, _SOME_ACCOUNT, is_strange_account),
    ("email", _EMAILS, _SOME_EMAIL, _is_strange_email),
)


def _names_others(programmes: frozenset[str], text: str) -> bool:
    if counted := _PROGRAMME_COUNT.fullmatch(text):
        return int(counted[1]) != len(programmes)
    words = text.upper()
    for code, name in PROGRAMME_NAMES.items():
        words = words.replace(name.upper(), code)
    return set(_PROGRAMMES.findall(words)) != programmes


def _is_above(highest: int, text: str) -> bool:
    found = _DESIL.fullmatch(text)
    return found is None or int(found[1]) > highest


def _count_in(text: str) -> int | None:
    found = _COUNT.fullmatch(text)
    return int(found[1]) if found else None
