"""Look people up: the whole register page by page, search while typing, one person in full."""

from array import array
from collections.abc import Sequence

from bpjsdesk.domain.changes import Changes
from bpjsdesk.domain.names import fold
from bpjsdesk.domain.people import PeopleFound, Person, PersonListItem
from bpjsdesk.errors import UserError
from bpjsdesk.progress import CancelToken
from bpjsdesk.services.commands import Command, Outcome, execute
from bpjsdesk.services.context import AppContext
from bpjsdesk.storage import people as register
from bpjsdesk.storage.connection import Connection

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
    """
    context.user.require("read.people")
    wanted = " ".join(fold("".join(filter(_can_be_searched, text))).split())
    with context.database.read() as connection:
        found = _search(connection, wanted, limit + 1)
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


def reveal_nik(context: AppContext, person_id: int, *, reason: str, request_id: str) -> str:
    """Give a full NIK; who saw it and why is written down first.

    Raises: UserError REASON_MISSING or PERSON_MISSING.
    """
    command = Command(
        name="person.reveal", object_kind="person", object_id=person_id, request_id=request_id
    )
    if not reason.strip():
        raise UserError("REASON_MISSING", "Tulis alasan membuka NIK lengkap.")

    def act(connection: Connection) -> Outcome:
        _full_nik(connection, person_id)
        return Outcome(object_id=person_id, changes=Changes(), payload={"reason": reason.strip()})

    execute(context, command, act)
    with context.database.read() as connection:
        return _full_nik(connection, person_id)


def _full_nik(connection: Connection, person_id: int) -> str:
    nik = register.nik_of(connection, person_id)
    if nik is None:
        raise UserError("PERSON_MISSING", "Orang ini tidak ada di daftar. Muat ulang daftar.")
    return nik


def _can_be_searched(character: str) -> bool:
    # a null character, as some pastes bring along, ends the search index's patience
    return character.isprintable() or character.isspace()


def _search(connection: Connection, wanted: str, limit: int) -> list[PersonListItem]:
    if not wanted:
        return register.first_people(connection, limit)
    digits = wanted.replace(" ", "")
    if digits.isdigit():
        return register.by_nik_start(connection, digits, limit)
    found = register.by_name_start(connection, wanted, limit)
    if len(found) < limit and len(wanted) >= FEWEST_LETTERS_INSIDE:
        found += register.by_name_part(connection, wanted, limit - len(found))
    return found
