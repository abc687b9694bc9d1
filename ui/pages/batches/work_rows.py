"""The rows of a list in work as the grid shows them, each made when it comes on the screen."""

import json
import re
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bpjsdesk.domain.cells import Cell, cell_text
from bpjsdesk.domain.columns import ColumnMap
from bpjsdesk.domain.enrollment import LineStatus
from bpjsdesk.domain.row_check import CheckedRow
from bpjsdesk.domain.row_issues import FIELD_OF_ISSUE, IssueCode, Levels
from bpjsdesk.domain.row_kinds import IGNORED_SENTENCES
from bpjsdesk.domain.staging import DecidedOutcome
from bpjsdesk.domain.wording import format_date
from bpjsdesk.services.batch_check import status_of
from bpjsdesk.services.staging import StagedList
from ui.i18n import _
from ui.pages.batches.words import ignored_words, issue_title

_ALWAYS = ("nik", "name", "birth_date", "sex", "village", "district", "phone", "category")
# Only shown while the rows are looked at because of them.
SELDOM_FIELDS = (
    *("mother_name", "family_card_no", "neighbourhood", "occupation", "wage", "account_no"),
    *("email", "heir_name", "desil", "claim_programme", "start_month", "month_count"),
)
FIELDS = (*_ALWAYS, *SELDOM_FIELDS)
_OF_FIGURES = ("nik", "birth_date", "sex", "phone", "family_card_no", "wage", "account_no", "desil")
TEXT_FIELDS = frozenset(FIELDS) - {*_OF_FIGURES, "month_count"}
_DAYS = ("birth_date", "neighbourhood", "start_month")
_BROKEN = ("e", "f")
_LETTERS = 26
_ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkRow:
    """One row: by field what is shown, what stands in the cell, its tone, what first stood there.

    `tones` and `first` hold only what is unusual; `fields` only what the row's sheet has. `ignored`
    names each warning that somebody has taken for in order, and tells why, who and when.
    """

    place: int
    line_id: int
    sheet: str
    row_no: int
    codes: tuple[str, ...]
    state: tuple[str, str]
    reason: str
    fields: Mapping[str, int]
    shown: Mapping[str, str]
    cells: Mapping[str, str]
    tones: Mapping[str, str]
    first: Mapping[str, str]
    levels: Levels
    ignored: tuple[tuple[str, str], ...] = ()

    @property
    def faulty_fields(self) -> tuple[str, ...]:
        """Give the fields that something is wrong with, from left to right."""
        return tuple(field for field in FIELDS if self.tones.get(field) in ("bad", "warn"))

    def reference(self, field: str) -> str:
        """Name a cell as the spreadsheet does: E2056."""
        place = self.fields.get(field)
        return f"{column_letters(place)}{self.row_no}" if place is not None else str(self.row_no)


@dataclass(frozen=True, slots=True, kw_only=True)
class RowMaker:
    """Make rows of a list in work; `arrived` holds the first cells of rows that were changed.

    `why` holds the reasons of rows that were put aside, as somebody has typed them.
    """

    work: StagedList
    arrived: Mapping[int, str]
    regions: Mapping[str, str]
    why: Mapping[int, str] = field(default_factory=dict)

    @property
    def levels(self) -> Levels:
        """What holds a row of this list and what does not."""
        return self.work.check.levels

    def row(self, place: int) -> WorkRow:
        """Make one row, in some tens of microseconds."""
        item, line_id = self.work.check.staged[place], self.work.line_ids[place]
        found, row = item.row, self.work.check.columns[item.row.sheet]
        fields = fields_of(row)
        cells = _texts(item.cells, fields)
        arrived = self.arrived.get(line_id)
        first = _changed(_texts(arrived, fields), cells) if arrived else {}
        outcome = self.work.outcomes.get(line_id, "")
        is_out = bool(outcome)
        still = () if is_out else self.work.ignored.open_codes(line_id, found.codes)
        ignored = () if is_out else self.work.ignored.of_row(line_id, found.codes)
        return WorkRow(
            place=place,
            line_id=line_id,
            sheet=found.sheet,
            row_no=found.row_no,
            codes=tuple(code.value for code in still),
            state=_state(found, outcome, still, ok=_calm_word(first, ignored)),
            reason=IGNORED_SENTENCES[found.reason] if found.reason else self.why.get(line_id, ""),
            fields=fields,
            shown=_shown(found, cells, self.regions),
            cells=cells,
            tones={} if is_out else _tones(still, item.cells, fields, first, levels=self.levels),
            first=first,
            levels=self.levels,
            ignored=tuple((issue_title(code), ignored_words(word)) for code, word in ignored),
        )


class WorkRows:
    """A row source over some places of a list; reading a block takes a few milliseconds."""

    def __init__(self, maker: RowMaker, places: "array[int]") -> None:
        self._maker, self._places = maker, places

    def count(self) -> int:
        return len(self._places)

    def load(self, first: int, n: int) -> Sequence[WorkRow]:
        return [self._maker.row(place) for place in self._places[first : first + n]]


def fields_of(columns: ColumnMap) -> dict[str, int]:
    """Find the columns that the grid can show; place and date in one cell count as the date."""
    found = {field: columns.fields[field] for field in FIELDS if field in columns.fields}
    if "birth_date" not in found and "birth_place_date" in columns.fields:
        found["birth_date"] = columns.fields["birth_place_date"]
    return found


def column_letters(place: int) -> str:
    """Name a column as a spreadsheet does, counting from 0: A, B, … Z, AA."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, _LETTERS)
        letters = chr(ord("A") + rest) + letters
    return letters


def shown_text(text: str) -> str:
    """Write the day of a date cell as everywhere else in the window: 12-08-1985."""
    found = _ISO_DAY.fullmatch(text)
    return f"{found[3]}-{found[2]}-{found[1]}" if found else text


def _texts(cells: str, fields: Mapping[str, int]) -> dict[str, str]:
    found: list[Cell] = json.loads(cells)
    width = len(found)
    texts = {field: cell_text(found[at]) if at < width else "" for field, at in fields.items()}
    return texts | {field: shown_text(texts[field]) for field in _DAYS if field in texts}


def _changed(first: Mapping[str, str], cells: Mapping[str, str]) -> dict[str, str]:
    return {field: text for field, text in first.items() if text != cells[field]}


def _shown(row: CheckedRow, cells: Mapping[str, str], regions: Mapping[str, str]) -> dict[str, str]:
    return {
        **cells,
        "nik": row.nik or cells.get("nik", ""),
        "name": row.name or cells.get("name", ""),
        "birth_date": (
            format_date(row.birth_date, "short") if row.birth_date else cells.get("birth_date", "")
        ),
        "sex": row.sex or cells.get("sex", ""),
        "village": regions.get(row.region_code or "", cells.get("village", "")),
        "phone": _phone(row.phone) if row.phone else cells.get("phone", ""),
    }


def _phone(number: str) -> str:
    return f"{number[:4]}-{number[4:8]}-{number[8:]}"


def _tones(
    codes: Sequence[IssueCode],
    cells: str,
    fields: Mapping[str, int],
    first: Mapping[str, str],
    *,
    levels: Levels,
) -> dict[str, str]:
    tones = dict.fromkeys(first, "ok")
    homeless = False
    for code in codes:
        field = FIELD_OF_ISSUE.get(code, "")
        homeless = homeless or field not in fields
        if field in fields and tones.get(field) != "bad":
            tones[field] = "bad" if levels.is_error(code) else "warn"
    if homeless:
        tones |= dict.fromkeys(_broken(cells, fields), "bad")
    return tones


def _broken(cells: str, fields: Mapping[str, int]) -> list[str]:
    found: list[Cell] = json.loads(cells)
    return [
        field
        for field, at in fields.items()
        if at < len(found) and isinstance(cell := found[at], list) and cell[0] in _BROKEN
    ]


def _calm_word(first: Mapping[str, str], ignored: Sequence[object]) -> str:
    if ignored:
        return _("Diabaikan")
    return _("Diperbaiki") if first else _("Baik")


def _state(
    row: CheckedRow, outcome: str, codes: Sequence[IssueCode], *, ok: str
) -> tuple[str, str]:
    if outcome:
        returned = outcome == DecidedOutcome.RETURNED
        return (_("Dikirim balik") if returned else _("Tidak dimuat")), "grey"
    status = status_of(row)
    if status is LineStatus.IGNORED:
        return _("Bukan peserta"), "grey"
    if status is LineStatus.HELD:
        return _("Ditahan"), "bad"
    return (_("Perlu dilihat"), "warn") if codes else (ok, "ok")
