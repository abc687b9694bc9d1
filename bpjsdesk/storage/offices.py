"""The office's one row."""

from typing import Any

from sqlalchemy import Connection, insert, select, update

from bpjsdesk.domain.office import Office
from bpjsdesk.storage.schema import office

OFFICE_ID = 1


def add_office(connection: Connection, values: Office, *, seed_digest: str) -> None:
    connection.execute(
        insert(office).values(
            id=OFFICE_ID,
            practice=values.practice,
            seed_digest=seed_digest,
            version=1,
            **_columns(values),
        )
    )


def change_office(connection: Connection, values: Office) -> None:
    connection.execute(update(office).where(office.c.id == OFFICE_ID).values(**_columns(values)))


def find_office(connection: Connection) -> Office | None:
    """Give the office, or None in a file whose founding was cut short."""
    row = connection.execute(select(office)).mappings().first()
    if row is None:
        return None
    names = [*_columns(Office(name="")), "practice", "version"]
    return Office(**{name: row[name] for name in names})


def _columns(values: Office) -> dict[str, Any]:
    return {
        "name": values.name.strip(),
        "institution": values.institution,
        "address": values.address,
        "phone": values.phone,
        "website": values.website,
        "place": values.place,
        "region_code": values.region_code,
        "paper": values.paper,
        "requests_text": values.requests_text,
    }
