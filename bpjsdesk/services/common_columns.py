"""The columns of all sheets of a list laid over each other, as the error workbook shows them."""

import json
from collections.abc import Mapping, Sequence

from bpjsdesk.domain.cells import Cell, label_key
from bpjsdesk.domain.columns import ColumnMap, numbered_headings, plain_headings
from bpjsdesk.services.list_reader import Synonyms

IDENTIFIERS = frozenset({"nik", "family_card_no", "phone", "account_no", "row_key"})


class CommonColumns:
    """Lay the columns of all sheets over each other under one row of headings.

    Columns of the same field share one, however each sheet calls it: only one is read again.
    """

    def __init__(self, columns: Mapping[str, ColumnMap], spellings: Synonyms) -> None:
        self._columns = columns
        headings: dict[object, str] = {}
        places: dict[object, int] = {}
        self._places: dict[str, list[int]] = {}
        for sheet, found in columns.items():
            named = _own_headings(found, spellings)
            for key, text in named:
                headings.setdefault(key, text)
                places.setdefault(key, len(places))
            self._places[sheet] = [places[key] for key, _text in named]
        self.headers = tuple(headings.values())
        self.text_columns = frozenset(
            self._places[sheet][index]
            for sheet, found in columns.items()
            for field, index in found.fields.items()
            if field in IDENTIFIERS and index < len(self._places[sheet])
        )

    @property
    def places(self) -> dict[str, int]:
        """Give the common column of each field that any sheet has."""
        found: dict[str, int] = {}
        for sheet, columns in self._columns.items():
            for field in columns.fields:
                place = self.place_of(sheet, field)
                if place is not None:
                    found.setdefault(field, place)
        return found

    def laid_out(self, sheet: str, cells: str) -> list[Cell]:
        """Put the cells of a row, which are JSON text, under the common headings."""
        placed: list[Cell] = [None] * len(self.headers)
        for place, cell in zip(self._places[sheet], json.loads(cells), strict=False):
            placed[place] = cell
        return placed

    def place_of(self, sheet: str, field: str) -> int | None:
        """Find the common column of a field that a sheet has."""
        index = self._columns[sheet].fields.get(field)
        places = self._places[sheet]
        return places[index] if index is not None and index < len(places) else None

    def sources(self, sheet: str, headers: Sequence[str]) -> dict[int, int]:
        """Give for each column of a sheet the column of a returned file that stands for it.

        Columns that the file no longer has are left out.
        """
        found = {key: at for at, key in enumerate(_keys(headers))}
        common = _keys(self.headers)
        return {
            own: found[common[place]]
            for own, place in enumerate(self._places[sheet])
            if common[place] in found
        }


def _keys(headers: Sequence[str]) -> list[tuple[str, int]]:
    return numbered_headings(label_key(text) or text for text in headers)


def _own_headings(columns: ColumnMap, spellings: Synonyms) -> list[tuple[object, str]]:
    """Give what tells each column apart, and its heading."""
    fields = {index: field for field, index in columns.fields.items()}
    numbered = numbered_headings(plain_headings(columns, spellings))
    return [(fields.get(index, heading), heading[0]) for index, heading in enumerate(numbered)]
