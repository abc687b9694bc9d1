"""Warnings that a clerk has said to be in order: who said so and why, and what was seen then."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

from bpjsdesk.domain.cells import Cell
from bpjsdesk.domain.columns import ColumnMap
from bpjsdesk.domain.row_issues import FIELD_OF_ISSUE, ISSUE_SENTENCES, IssueCode

IGNORE = "IGNORE_WARNING"  # the rule of its step

# What a finding compares its own field with.
_BESIDE: Mapping[IssueCode, tuple[str, ...]] = MappingProxyType(
    {
        IssueCode.NIK_DOB_MISMATCH: ("nik",),
        IssueCode.NIK_SEX_MISMATCH: ("nik",),
        IssueCode.NIK_IS_FAMILY_CARD: ("family_card_no",),
        IssueCode.NAME_DIFFERS: ("nik",),
        IssueCode.DOB_DIFFERS: ("nik",),
        IssueCode.PERIOD_DIFFERS: ("month_count",),
        IssueCode.NIK_TWO_NAMES: ("name",),
        IssueCode.SIMILAR_PERSON: ("name", "birth_date"),
        IssueCode.UNDER_AGE: ("nik",),
        IssueCode.OVER_AGE: ("nik",),
    }
)
# The columns that a field is read from, where they are others than that of its name.
_READ_FROM: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "birth_date": ("birth_date", "birth_place_date"),
        "village": ("village", "district", "city"),
    }
)


_FIELDS: Mapping[IssueCode, tuple[str, ...]] = MappingProxyType(
    {
        code: tuple(
            column
            for field in (FIELD_OF_ISSUE.get(code, ""), *_BESIDE.get(code, ()))
            for column in _READ_FROM.get(field, (field,))
        )
        for code in IssueCode
    }
)
# made once: thousands of rows are written when a list is opened
_written = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Ignored(NamedTuple):
    """Why a warning of a row was taken for in order, by whom and when."""

    reason: str
    who: str
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IgnoredLine:
    """How many rows were taken in with a warning for the same reason."""

    code: IssueCode
    reason: str
    rows: int

    @property
    def sentence(self) -> str:
        """Say what was found."""
        return ISSUE_SENTENCES[self.code].partition(". ")[0].rstrip(".")


def seen_cells(code: IssueCode, cells: Sequence[Cell], columns: ColumnMap) -> Sequence[Cell]:
    """Give the cells that a finding is about, or all of the row where it names no field.

    As long as they stay, whoever has taken the finding for in order is not asked again.
    """
    at = columns.fields
    places = [at[field] for field in _FIELDS[code] if field in at]
    width = len(cells)
    return [cells[at] if at < width else None for at in places] if places else cells


def seen_text(cells: Sequence[Cell]) -> str:
    """Write down the cells that were seen."""
    return _written(cells)


def are_seen(texts: Iterable[str], cells: Iterable[Sequence[Cell]]) -> bool:
    """Say whether all these cells are as they were seen, without writing each by itself."""
    return f"[{','.join(texts)}]" == _written(list(cells))
