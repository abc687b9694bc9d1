"""Keep the people who sign, each with the days on which this was so."""

from datetime import date
from typing import Any

from sqlalchemy import Connection, insert, select, update

from bpjsdesk.domain.office import SignatoryPerson
from bpjsdesk.domain.reference import SignatoryEntry
from bpjsdesk.storage.schema_reference import signatory


def signatories(connection: Connection, on: date | None) -> tuple[SignatoryEntry, ...]:
    """Give the signatories of a day, or all of them; the latest appointment first."""
    query = select(signatory).order_by(signatory.c.valid_from.desc(), signatory.c.id)
    entries = (_entry(row) for row in connection.execute(query).mappings())
    return tuple(entry for entry in entries if on is None or entry.person.signs_on(on))


def add_signatory(connection: Connection, person: SignatoryPerson) -> int:
    """Insert one; give its id."""
    done = connection.execute(insert(signatory).values(version=1, **_values(person)))
    key = done.inserted_primary_key
    return int(key[0]) if key else 0


def change_signatory(connection: Connection, person: SignatoryPerson) -> None:
    """Write all fields of one; that it exists and its version are the door's matter."""
    connection.execute(
        update(signatory).where(signatory.c.id == person.signatory_id).values(**_values(person))
    )


def _entry(row: Any) -> SignatoryEntry:
    person = SignatoryPerson(
        signatory_id=row["id"],
        **{name: row[name] for name in _FIELDS},
    )
    return SignatoryEntry(person=person, version=row["version"])


_FIELDS = (
    "institution",
    "name",
    "position",
    "identity_line",
    "valid_from",
    "valid_to",
    "legal_basis",
    "verified",
)


def _values(person: SignatoryPerson) -> dict[str, Any]:
    return {name: getattr(person, name) for name in _FIELDS}
