"""The people of a batch as the next list would name them, and why some would not be in it."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection

from bpjsdesk.domain.claims import Programme
from bpjsdesk.domain.enrollment import LineStatus
from bpjsdesk.domain.list_comparison import Listed
from bpjsdesk.storage import dialect

# a claim in one of these states says nothing about the person
_NO_CLAIM = ("REJECTED", "CANCELLED")


class Member(NamedTuple):
    """Somebody of a batch; `end_reason`, in words, is empty while nothing ends the membership.

    `has_death_claim` tells of a claim after death, whether the end was noted or not; `is_known`
    that an earlier batch names the person.
    """

    person_id: int
    nik: str
    name: str
    birth_place: str
    birth_date: date | None
    sex: str
    address: str
    village: str
    district: str
    phone: str
    occupation: str
    region_code: str
    end_reason: str
    has_death_claim: bool
    is_known: bool

    @property
    def listed(self) -> Listed:
        return Listed(self.nik, self.name, self.birth_date, self.sex, self.phone, self.region_code)


def members(connection: Connection, batch_id: int) -> Iterator[Member]:
    """Give everybody whom a batch has registered, by village and name."""
    sql = dialect.native(
        connection,
        "SELECT p.id, p.nik, p.name, p.birth_place, p.birth_date, p.sex, p.address, "
        "coalesce(v.name, ''), coalesce(d.name, ''), p.phone, p.occupation, "
        "coalesce(p.region_code, ''), coalesce(w.name, ''), "
        "EXISTS (SELECT 1 FROM claim c WHERE c.person_id = p.id AND c.programme = ? "
        "AND c.status NOT IN (?, ?)), "
        "EXISTS (SELECT 1 FROM membership m WHERE m.person_id = p.id AND m.batch_id < l.batch_id) "
        "FROM batch_line l JOIN person p ON p.id = l.person_id "
        "LEFT JOIN region v ON v.code = p.region_code "
        "LEFT JOIN region d ON d.code = v.parent_code "
        "LEFT JOIN person_end e ON e.person_id = p.id AND e.undone_at = '' "
        "LEFT JOIN end_reason w ON w.code = e.reason "
        "WHERE l.batch_id = ? AND l.status = ? "
        "ORDER BY p.region_code IS NULL, p.region_code, p.name_key, p.id",
    )
    parameters = (Programme.JKM.value, *_NO_CLAIM, batch_id, LineStatus.ACCEPTED.value)
    for row in connection.exec_driver_sql(sql, parameters):
        born = date.fromisoformat(row[4]) if isinstance(row[4], str) else row[4]
        yield Member._make((*row[:4], born, *row[5:-2], *map(bool, row[-2:])))
