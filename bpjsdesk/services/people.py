"""Look people up: the whole register page by page, search while typing, one person in full."""

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import replace

from bpjsdesk.domain.changes import Changes
from bpjsdesk.domain.identity import mask_nik
from bpjsdesk.domain.names import fold
from bpjsdesk.domain.people import Numbers, PeopleFound, Person, PersonListItem, Standing
from bpjsdesk.domain.period import first_of_month
from bpjsdesk.errors import UserError
from bpjsdesk.progress import CancelToken
from bpjsdesk.services.commands import Command, Outcome, execute
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.person_file import heirs_of
from bpjsdesk.storage import people as register
from bpjsdesk.storage import people_cover, person_origins
from bpjsdesk.storage.connection import Connection
from bpjsdesk.storage.people_cover import FormerName

FEWEST_LETTERS_INSIDE = 3  # the search index holds triples of letters
CHECK_EVERY = 65536


def count_people(context: AppContext) -> int:
    """Count the persons of the register."""
    context.user.require("read.people")
    with context.database.read() as connection:
        return register.count_people(connection)


def first_people(context: AppContext, limit: int) -> tuple[PersonListItem, ...]:
    """Give the top of the list, before its full order is known."""
    context.user.require("read.people")
    with context.database.read() as connection:
        return tuple(register.first_people(connection, limit))


def people_order(context: AppContext, cancel: CancelToken) -> "array[int]":
    """Give the ids of everybody in name order: four bytes each, for a scroll bar over all.

    Raises: Cancelled.
    """
    context.user.require("read.people")
    ids = array("I")
    with context.database.read() as connection:
        for position, person_id in enumerate(register.ids_in_name_order(connection)):
            ids.append(person_id)
            if position % CHECK_EVERY == 0:
                cancel.raise_if_cancelled()
    return ids


def people_page(context: AppContext, ids: Sequence[int]) -> tuple[PersonListItem, ...]:
    """Give the people with these ids, in this order."""
    context.user.require("read.people")
    with context.database.read() as connection:
        return tuple(register.people_by_id(connection, ids))


def find_people(context: AppContext, text: str, *, limit: int = 100) -> PeopleFound:
    """Search: digits by the start of the NIK; letters by the start of the name, then inside it.

    From three letters on, any part of a name is found. Names that begin with the text come first.
    Whoever bore a NIK or name earlier, or was joined with somebody who bears it, is found too,
    with a note that says so.
    """
    context.user.require("read.people")
    wanted = " ".join(fold("".join(filter(_can_be_searched, text))).split())
    with context.database.read() as connection:
        found = _once(connection, _search(connection, wanted, limit + 1))
    return PeopleFound(people=tuple(found[:limit]), more=len(found) > limit)


def get_person(context: AppContext, person_id: int) -> Person:
    """Give one person with memberships and claims; the NIK stays masked.

    Raises: UserError PERSON_MISSING.
    """
    context.user.require("read.people")
    with context.database.read() as connection:
        found = register.get_person(connection, person_id)
    if found is None:
        raise UserError("PERSON_MISSING", "Orang ini tidak ada di daftar. Muat ulang daftar.")
    return found


def reveal_numbers(context: AppContext, person_id: int, *, reason: str, request_id: str) -> Numbers:
    """Give NIK, telephone and heirs in full; who saw them and why is written down first.

    Raises: UserError REASON_MISSING or PERSON_MISSING.
    """
    command = Command(
        name="person.reveal", object_kind="person", object_id=person_id, request_id=request_id
    )
    if not reason.strip():
        raise UserError("REASON_MISSING", "Tulis alasan membuka NIK lengkap.")

    def act(connection: Connection) -> Outcome:
        _numbers(connection, person_id)
        return Outcome(object_id=person_id, changes=Changes(), payload={"reason": reason.strip()})

    execute(context, command, act)
    with context.database.read() as connection:
        numbers, person = (
            _numbers(connection, person_id),
            register.get_person(connection, person_id),
        )
        rows = person_origins.rows_of_person(connection, person_id)
        heirs = heirs_of(person, rows) if person is not None else ()
        return numbers._replace(heirs=tuple(heir.text for heir in heirs))


def _numbers(connection: Connection, person_id: int) -> Numbers:
    found = register.numbers_of(connection, person_id)
    if found is None:
        raise UserError("PERSON_MISSING", "Orang ini tidak ada di daftar. Muat ulang daftar.")
    return found


def _can_be_searched(character: str) -> bool:
    # a null character, as some pastes bring along, ends the search index's patience
    return character.isprintable() or character.isspace()


def with_standing(
    context: AppContext, items: Sequence[PersonListItem]
) -> tuple[PersonListItem, ...]:
    """Say of each person how it stands today."""
    context.user.require("read.people")
    month = first_of_month(context.clock().date())
    with context.database.read() as connection:
        ids = [item.person_id for item in items]
        found = {
            person_id: _standing(*flags)
            for person_id, *flags in people_cover.standings(connection, ids, month)
        }
    return tuple(replace(item, standing=found.get(item.person_id)) for item in items)


def _standing(*flags: bool) -> Standing:
    kinds = (Standing.ENDED, Standing.ACTIVE, Standing.WAITING, Standing.LAPSED)
    return next((kind for kind, is_so in zip(kinds, flags, strict=True) if is_so), Standing.NEVER)


def _search(connection: Connection, wanted: str, limit: int) -> list[PersonListItem]:
    if not wanted:
        return register.first_people(connection, limit)
    digits = wanted.replace(" ", "")
    if digits.isdigit():
        found = register.by_nik_start(connection, digits, limit)
        if len(found) < limit:
            former = people_cover.by_former_nik(connection, digits, limit - len(found))
            found += _formerly(connection, former, "NIK")
        return found
    found = register.by_name_start(connection, wanted, limit)
    if len(found) < limit and len(wanted) >= FEWEST_LETTERS_INSIDE:
        found += register.by_name_part(connection, wanted, limit - len(found))
    if len(found) < limit and len(wanted) >= FEWEST_LETTERS_INSIDE:
        former = people_cover.by_former_name(connection, wanted, limit - len(found))
        found += _formerly(connection, former, "nama")
    return found


def _formerly(
    connection: Connection, former: Iterable[FormerName], what: str
) -> list[PersonListItem]:
    before = {each.person_id: each.before for each in former}
    found = register.people_by_id(connection, tuple(before)) if before else []
    return [
        replace(item, note=f"{what} sebelumnya {_masked(before[item.person_id])}") for item in found
    ]


def _masked(before: str) -> str:
    return mask_nik(before) if before.isdigit() else before


def _once(connection: Connection, found: Sequence[PersonListItem]) -> list[PersonListItem]:
    """Name each person once: whoever was joined to another gives way to that one."""
    kept = register.kept_in_place_of(connection, [item.person_id for item in found])
    if not kept and len(found) == len({item.person_id for item in found}):
        return list(found)
    others = {
        each.person_id: each
        for each in register.people_by_id(connection, tuple(set(kept.values())))
    }
    once: dict[int, PersonListItem] = {}
    for item in found:
        other = others.get(kept.get(item.person_id, 0))
        if other is not None:
            note = f"juga tercatat sebagai {item.name}, {item.masked_nik}"
            item = replace(other, note=note)  # noqa: PLW2901  # the person who stands for both
        once.setdefault(item.person_id, item)
    return list(once.values())
