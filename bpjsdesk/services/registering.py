"""Enter accepted rows into the register: who is new as a person, everybody with their months."""

from collections.abc import Sequence

from bpjsdesk.domain.row_check import CheckedRow
from bpjsdesk.services.batch_check import BatchCheck
from bpjsdesk.services.staged_rows import StagedRow
from bpjsdesk.storage import enrollment
from bpjsdesk.storage.connection import Connection
from bpjsdesk.storage.enrollment import NewPerson


def add_accepted(
    connection: Connection, check: BatchCheck, accepted: Sequence[StagedRow], batch_id: int
) -> dict[str, int]:
    """Add the new people and everybody's months; give the person id of each NIK."""
    rows = sorted((item.row for item in accepted), key=lambda row: row.nik or "")
    known = {row.nik: check.known[row.nik] for row in rows if row.nik and row.nik in check.known}
    new = [row for row in rows if row.nik not in known]
    first_id = enrollment.highest_person_id(connection) + 1
    people = [_person(row, person_id) for person_id, row in enumerate(new, start=first_id)]
    enrollment.add_people(connection, people)
    ids = {person.nik: person.person_id for person in people}
    ids |= {nik: found.person_id for nik, found in known.items()}
    enrollment.add_memberships(
        connection,
        sorted(set(ids.values())),  # two NIKs may be one person by now
        batch_id=batch_id,
        from_month=check.from_month,
        to_month=check.to_month,
    )
    return ids


def _person(row: CheckedRow, person_id: int) -> NewPerson:
    return NewPerson(
        person_id,
        row.nik or "",
        row.name or "",
        row.name_key or "",
        row.birth_date.isoformat() if row.birth_date else None,
        row.birth_place or "",
        row.sex or "",
        row.address or "",
        row.region_code,
        row.phone or "",
        row.occupation or "",
    )
