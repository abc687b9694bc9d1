"""One person in full: the rows behind each month and value, and all that was done."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from bpjsdesk.domain.cells import cell_text
from bpjsdesk.domain.columns import ColumnMap
from bpjsdesk.domain.identity import mask_nik, mask_numbers, mask_phone
from bpjsdesk.domain.people import Membership, Person
from bpjsdesk.domain.person_changes import FIELD_LABELS, ChangeRequest, IdentityField
from bpjsdesk.domain.person_file import (
    ORIGIN_LABELS,
    Deed,
    Heir,
    JoinedPerson,
    Origin,
    PersonFile,
)
from bpjsdesk.domain.wording import format_count, format_date
from bpjsdesk.errors import UserError
from bpjsdesk.services.batches import columns_of
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.person_changes import merge_obstacles
from bpjsdesk.storage import people, person_changes, person_merges, person_origins
from bpjsdesk.storage.connection import Connection
from bpjsdesk.storage.person_origins import ListedRow, ReplacedValue

_HEIR_WORD = "waris"  # the word that every heading for heirs contains
_CHANGED = {
    IdentityField.NIK: "nik",
    IdentityField.NAME: "name",
    IdentityField.BIRTH_DATE: "birth_date",
}


def person_file(context: AppContext, person_id: int) -> PersonFile:
    """Give one person with all that is known; NIK and telephone stay masked, those of heirs too.

    Who has seen the full NIK is part of the history for those who may read it.

    Raises: UserError PERSON_MISSING, NOT_PERMITTED.
    """
    context.user.require("read.people")
    with context.database.read() as connection:
        found = people.get_person(connection, person_id)
        if found is None:
            raise UserError("PERSON_MISSING", "Orang ini tidak ada di daftar. Muat ulang daftar.")
        gathered = _Gathered(connection, found)
        deeds = list(gathered.deeds())
        if context.user.may("read.audit"):
            deeds += _reveals(connection, person_id)
        return PersonFile(
            person=replace(found, memberships=tuple(map(gathered.placed, found.memberships))),
            kpj=next((row.kpj for row in reversed(gathered.rows) if row.kpj), ""),
            end=person_changes.end_of(connection, person_id),
            joined=gathered.joined(),
            requests=gathered.requests,
            origins=gathered.origins(),
            heirs=tuple(
                replace(heir, text=mask_numbers(heir.text))
                for heir in heirs_of(found, gathered.rows)
            ),
            history=tuple(sorted(deeds, key=lambda deed: deed.at)[::-1]),
        )


def heirs_of(person: Person, rows: Iterable[ListedRow]) -> Iterator[Heir]:
    """Name the heirs whom the person's lists and claims know of, with their numbers in full."""
    for row in rows:
        columns = columns_of(row.header).get(row.sheet)
        if columns is not None:
            yield from _heirs_in(row, columns)
    for claim in person.claims:
        if claim.payee_name:
            source = f"Klaim {claim.number}"
            yield Heir(text=claim.payee_name, heading="Penerima manfaat", source=source)


def _heirs_in(row: ListedRow, columns: ColumnMap) -> Iterator[Heir]:
    """Name heirs by what their column means, with the relation beside it, or by its heading."""
    texts = dict(enumerate(map(cell_text, json.loads(row.cells))))
    name_at, relation_at = columns.index("heir_name"), columns.index("heir_relation")
    for at, heading in enumerate(columns.headers):
        text = texts.get(at, "")
        if at == name_at and text:
            relation = texts.get(relation_at, "") if relation_at is not None else ""
            shown = f"{text} ({relation})" if relation else text
            yield Heir(text=shown, heading=heading, source=_place(row))
        elif _HEIR_WORD in heading.casefold() and text and (name_at is None or at != relation_at):
            yield Heir(text=text, heading=heading, source=_place(row))


class _Gathered:
    """What the store holds on one person, read once."""

    def __init__(self, connection: Connection, person: Person) -> None:
        self._connection, self._person, self._id = connection, person, person.person_id
        self.rows = list(person_origins.rows_of_person(connection, self._id))
        self.requests = person_changes.requests(connection, person_id=self._id)
        self._merges = person_merges.merges_of(connection, self._id)
        self._replaced = person_origins.replaced_values(connection, self._id)
        self._origin = person_origins.origin_line(connection, self._id)
        self._claims = person_origins.claims_begun(connection, self._id)
        self._places = {row.line_id: row for row in self.rows}
        named = {each.line_id for each in self._replaced} | {self._origin or 0}
        for row in person_origins.listed_rows(connection, named - set(self._places)):
            self._places[row.line_id] = row
        codes = [each.before for each in self._replaced if each.field == "region_code"]
        self._regions = person_origins.region_names(connection, codes)

    def placed(self, part: Membership) -> Membership:
        """Add to paid months the rows that asked for them."""
        rows = (row for row in self.rows if row.batch_id == part.batch_id)
        return replace(part, source="; ".join(map(_place, rows)))

    def origins(self) -> tuple[Origin, ...]:
        """Say of each value that there is where it came from."""
        held = {name for name in ORIGIN_LABELS if _is_held(self._person, name)}
        found = {origin.field: origin for origin in self._first_origins(held)}
        later = [*map(self._brought, self._replaced), *map(_asked, self._approved())]
        for origin in sorted(later, key=lambda each: each.at):
            found[origin.field] = origin
        return tuple(found[name] for name in ORIGIN_LABELS if name in found)

    def joined(self) -> tuple[JoinedPerson, ...]:
        """Give those who are one with the person today."""
        return tuple(
            JoinedPerson(
                merge_id=row.id,
                person_id=row.merged_id if row.kept_id == self._id else row.kept_id,
                name=row.name,
                masked_nik=mask_nik(row.nik),
                is_kept=row.kept_id != self._id,
                reason=row.reason,
                user_name=row.display_name,
                at=row.at,
                obstacles=merge_obstacles(self._connection, row),
            )
            for row in self._merges
            if not row.undone_at
        )

    def deeds(self) -> Iterator[Deed]:
        """Tell what was done, in no order."""
        for row in self.rows:
            words = f"Masuk batch {row.batch_number}: {_place(row)}"
            yield Deed(at=row.taken_at, who=row.taken_by, words=words)
        for each in self._replaced:
            words = f"{ORIGIN_LABELS[each.field]} {self._was(each)}, diganti menurut "
            words += self._place_of(each.line_id)
            yield Deed(at=each.at, who=each.user_name, words=words)
        for request in self.requests:
            yield from _request_deeds(request)
        for end in person_changes.ends_of(self._connection, self._id):
            yield from _end_deeds(end)
        for merge in self._merges:
            yield from _merge_deeds(merge, self._id)
        for claim in self._claims:
            words = f"Klaim {claim.programme} {claim.number} dicatat"
            yield Deed(at=claim.created_at, who=claim.display_name, words=words)

    def _first_origins(self, held: Iterable[str]) -> Iterator[Origin]:
        row = self._places.get(self._origin or 0)
        if row is not None:
            source, at, who = _place(row), row.taken_at, row.taken_by
        elif self._claims:
            first = self._claims[0]
            source, at, who = f"Klaim {first.number}", first.created_at, first.display_name
        else:
            return
        for field in held:
            yield Origin(field=field, source=source, at=at, by=who)

    def _brought(self, each: ReplacedValue) -> Origin:
        source = self._place_of(each.line_id)
        before = self._shown(each)
        return Origin(field=each.field, source=source, at=each.at, by=each.user_name, before=before)

    def _approved(self) -> Iterator[ChangeRequest]:
        approved = person_changes.APPROVED
        return (each for each in self.requests if each.decision == approved)

    def _place_of(self, line_id: int) -> str:
        row = self._places.get(line_id)
        return _place(row) if row is not None else "baris yang sudah tidak disimpan"

    def _was(self, each: ReplacedValue) -> str:
        return f"semula {self._shown(each)}" if each.before else "semula kosong"

    def _shown(self, each: ReplacedValue) -> str:
        if each.field == "region_code":
            return self._regions.get(each.before, each.before)
        return mask_phone(each.before) if each.field == "phone" else _day_words(each.before)


def _place(row: ListedRow) -> str:
    return f"baris {format_count(row.row_no)}, lembar “{row.sheet}”, {row.file}"


def _is_held(person: Person, field: str) -> bool:
    names: Mapping[str, str] = {"nik": "masked_nik", "region_code": "region_name"}
    return bool(getattr(person, names.get(field, field)))


def _asked(request: ChangeRequest) -> Origin:
    return Origin(
        field=_CHANGED[request.field],
        source=f"Permintaan {request.request_no}: {request.basis}",
        at=request.decided_at,
        by=request.decided_by,
        before=_day_words(request.before),
    )


def _request_deeds(request: ChangeRequest) -> Iterator[Deed]:
    label = FIELD_LABELS[request.field]
    change = f"{_day_words(request.before) or 'kosong'} menjadi {_day_words(request.after)}"
    words = f"Permintaan {request.request_no}: {label} {change}. Dasar: {request.basis}"
    yield Deed(at=request.asked_at, who=request.asked_by, words=words)
    if request.decision:
        approved = request.decision == person_changes.APPROVED
        words = f"Permintaan {request.request_no} {'disetujui' if approved else 'ditolak'}"
        words += f": {request.note}" if request.note else ""
        yield Deed(at=request.decided_at, who=request.decided_by, words=words)


def _end_deeds(end: Any) -> Iterator[Deed]:
    words = f"Kepesertaan berakhir {format_date(end.since)}: {end.name}"
    words += f". {end.note}" if end.note else ""
    yield Deed(at=end.at, who=end.display_name, words=words)
    if end.undone_at:
        words = f"Catatan berakhir ({end.name}) dicabut"
        yield Deed(at=end.undone_at, who=end.undoer or "", words=words)


def _merge_deeds(row: Any, person_id: int) -> Iterator[Deed]:
    other = f"{row.name}, {mask_nik(row.nik)}"
    way = f"{other} digabung ke orang ini" if row.kept_id == person_id else f"Digabung ke {other}"
    yield Deed(at=row.at, who=row.display_name, words=f"{way}: {row.reason}")
    if row.undone_at:
        words = f"Penggabungan dengan {other} dilepas"
        yield Deed(at=row.undone_at, who=row.undoer or "", words=words)


def _reveals(connection: Connection, person_id: int) -> Iterator[Deed]:
    for row in person_origins.reveals(connection, person_id):
        reason = json.loads(row.payload).get("reason", "")
        yield Deed(at=row.at, who=row.user_name, words=f"NIK lengkap dibuka: {reason}")


def _day_words(text: str) -> str:
    try:
        return format_date(date.fromisoformat(text))
    except ValueError:
        return text
