"""A file that says beforehand what a list's headings and spellings mean: no screen is needed."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from bpjsdesk.domain.cells import label_key, tidy
from bpjsdesk.domain.columns import REQUIRED, ColumnMap, DateOrder, Origin, remapped
from bpjsdesk.domain.value_groups import value_key
from bpjsdesk.errors import UserError
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.json_files import ObjectReader, read_object
from bpjsdesk.services.mapping import (
    MAPPABLE,
    change_mapping,
    choose_date_order,
    move_heading,
    sheet_views,
)
from bpjsdesk.services.staging import StagedList
from bpjsdesk.services.value_mapping import map_values, require_field
from bpjsdesk.services.work_columns import sheet_groups


@dataclass(frozen=True, slots=True, kw_only=True)
class MappingFile:
    """What a mapping file says: fields by heading, values by field and spelling, the rest."""

    columns: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    header_row: int | None = None
    month_first: bool | None = None

    @property
    def meanings(self) -> dict[str, dict[str, str]]:
        """Give the value of each spelling's key, by field."""
        return {
            name: {value_key(name, text): tidy(value) for text, value in found.items()}
            for name, found in self.values.items()
        }

    def places(self, columns: Mapping[str, ColumnMap]) -> dict[tuple[str, int], str]:
        """Find the columns of the named headings.

        Raises: UserError MAPPING_HEADING for a heading that no sheet has.
        """
        wanted = {label_key(heading): heading for heading in self.columns}
        found: dict[tuple[str, int], str] = {}
        seen: set[str] = set()
        for sheet, known in columns.items():
            for at, text in enumerate(known.headers):
                heading = wanted.get(label_key(text)) if text else None
                if heading is not None:
                    found[sheet, at] = self.columns[heading]
                    seen.add(heading)
        missing = next((heading for heading in self.columns if heading not in seen), None)
        if missing is not None:
            raise UserError(
                "MAPPING_HEADING", f"Judul “{missing}” tidak ada di berkas. Periksa ejaannya."
            )
        return found

    def applied(self, columns: Mapping[str, ColumnMap]) -> dict[str, ColumnMap]:
        """Give the columns as the file wants them.

        Raises: UserError MAPPING_HEADING, MAPPING_REQUIRED.
        """
        changed, places = dict(columns), self.places(columns)
        for (sheet, at), name in places.items():
            changed[sheet] = remapped(changed[sheet], {at: name}, Origin.CLERK)
        for sheet in dict.fromkeys(sheet for sheet, _at in places):
            fields = changed[sheet].fields
            missing = [label for name, label in REQUIRED.items() if name not in fields]
            if missing:
                raise UserError(
                    "MAPPING_REQUIRED",
                    f"Lembar “{sheet}”: kolom {' dan '.join(missing)} wajib ada.",
                )
        return changed

    def ordered(self, columns: Mapping[str, ColumnMap]) -> dict[str, ColumnMap]:
        """Give the columns with the order of dates that the file demands, if it does."""
        if self.month_first is None:
            return dict(columns)
        order = DateOrder.MONTH_CHOSEN if self.month_first else DateOrder.DAY_CHOSEN
        return {sheet: replace(found, date_order=order) for sheet, found in columns.items()}


def read_mapping_file(path: Path) -> MappingFile:
    """Read a mapping file: columns, values, header_row, month_first, each optional.

    Raises: UserError JSON_…; FormProblems; UserError FIELD_UNKNOWN.
    """
    whole = read_object(path)
    columns, values = whole.inner("columns"), whole.inner("values")
    fields = {name: values.inner(name) for name in values.names()}
    found = MappingFile(
        columns=_texts(columns),
        values={name: _texts(reader) for name, reader in fields.items()},
        header_row=whole.whole("header_row"),
        month_first=whole.flag("month_first"),
    )
    whole.end()
    whole.refuse()
    for name in found.columns.values():
        if name and name not in MAPPABLE:
            known = ", ".join(MAPPABLE)
            raise UserError(
                "FIELD_UNKNOWN", f"Isian “{name}” tidak dikenal. Yang dikenal: {known}."
            )
    for name in found.values:
        require_field(name)
    return found


def _texts(reader: ObjectReader) -> dict[str, str]:
    return {name: reader.text(name) for name in reader.names()}


def apply_mapping(context: AppContext, work: StagedList, mapping: MappingFile) -> StagedList:
    """Carry out what a mapping file says on a list in work, each thing as a step of its own.

    Raises: UserError MAPPING_HEADING, MAPPING_REQUIRED, HEADING_…, VALUE_UNKNOWN, NOT_PERMITTED.
    """
    if mapping.header_row is not None:
        work = _with_heading(context, work, mapping.header_row)
    changes = mapping.places(work.rules.columns)
    if changes:
        work = change_mapping(context, work, changes, request_id=new_request_id())
    if mapping.month_first is not None:
        for group in sheet_groups(work):
            work = choose_date_order(
                context,
                work,
                group[0],
                month_first=mapping.month_first,
                request_id=new_request_id(),
            )
    for name, found in mapping.values.items():
        work = map_values(context, work, name, found, request_id=new_request_id())
    return work


def _with_heading(context: AppContext, work: StagedList, row: int) -> StagedList:
    for view in sheet_views(context, work):
        numbers = [number for number, _texts in view.top]
        if view.name in work.rules.columns and row in numbers and view.header_row != row:
            work = move_heading(context, work, view.name, row, request_id=new_request_id())
    return work
