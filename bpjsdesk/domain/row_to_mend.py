"""A row as a repair sees it: what was understood, what stands in its cells, and who judges both."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from bpjsdesk.domain.cells import Cell, cell_text
from bpjsdesk.domain.columns import ColumnMap, Origin
from bpjsdesk.domain.identity import NIK_LENGTH, NikBirth, clean_digits, nik_birth, nik_fault
from bpjsdesk.domain.row_check import CheckedRow
from bpjsdesk.domain.village_names import VillageNames


@dataclass(frozen=True, slots=True, kw_only=True)
class RowToMend:
    """One row; ages are judged on `registered_on`.

    `check` reads other cells as the rules read this row, `villages` knows the agreement's region.
    """

    row: CheckedRow
    cells: Sequence[Cell]
    columns: ColumnMap
    registered_on: date
    check: Callable[[Sequence[Cell]], CheckedRow]
    villages: VillageNames

    @property
    def told_by_nik(self) -> NikBirth | None:
        """Read birth date and sex inside a sound NIK."""
        return self.told_by(self.row.nik) if self.row.nik else None

    @property
    def birth_of_nik(self) -> date | None:
        """Read the birth date inside a sound NIK."""
        told = self.told_by_nik
        return told.birth_date if told else None

    @property
    def has_day(self) -> bool:
        """Say whether anything is written where the birth date belongs."""
        return bool(self.text("birth_date") or self.text("birth_place_date"))

    @property
    def laid(self) -> list[Cell]:
        """Give the cells that came from the file, one for each heading at least.

        The name of a sheet, which is kept behind them, is none of these.
        """
        cells = [*self.cells, *[None] * (len(self.columns.headers) - len(self.cells))]
        if self.columns.origins.get("village") is Origin.SHEET:
            return cells[: self.columns.fields["village"]]
        return cells

    def told_by(self, nik: str) -> NikBirth | None:
        """Read birth date and sex inside a NIK."""
        return nik_birth(nik[6:12], on=self.registered_on)

    def proves(self, nik: str) -> bool:
        """Say whether a NIK is sound and tells the birth date that the row itself tells, and sex.

        A birth date that was taken from the NIK in the row proves nothing.
        """
        born, text = self.row.birth_date, clean_digits(nik)
        if len(text) != NIK_LENGTH or nik_fault(text, on=self.registered_on):
            return False
        told = self.told_by(text)
        if told is None or born is None or not self.has_day:
            return False
        return told.agrees_with(born) and self.row.sex in (None, told.sex)

    def with_cell(self, field: str, cell: Cell) -> list[Cell] | None:
        """Give the cells with one changed; None when the file has no such column."""
        return self.with_cells({field: cell})

    def with_cells(self, changes: dict[str, Cell]) -> list[Cell] | None:
        """Give the cells with some changed; None when the file lacks one of the columns."""
        cells = list(self.cells)
        for field, cell in changes.items():
            place = self.columns.index(field)
            if place is None:
                return None
            cells += [None] * (place + 1 - len(cells))
            cells[place] = cell
        return cells

    def cell(self, field: str) -> Cell:
        """Give the cell of a field; None where there is none."""
        place = self.columns.index(field)
        return self.cells[place] if place is not None and place < len(self.cells) else None

    def text(self, field: str) -> str:
        """Give what a person reads in the cell of a field."""
        return cell_text(self.cell(field))
