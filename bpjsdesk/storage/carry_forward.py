"""The people of a batch as the next list would name them, and why some would not be in it."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection

from bpjsdesk.domain.enrollment import LineStatus
from bpjsdesk.domain.list_comparison import Listed
from bpjsdesk.storage import dialect


class Member(NamedTuple):
    """Somebody of a batch; `end_reason`, in words, is empty while nothing ends the membership."""

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

    @property
    def listed(self) -> Listed:
        return Listed(self.nik, self.name, self.birth_date, self.sex, self.phone, self.region_code)


def members(connection: Connection, batch_id: int) -> Iterator[Member]:
    """Give everybody whom a batch has registered, by village and name."""
    sql = dialect.native(
        connection,
        "SELECT p.nik, p.name, p.birth_place, p.birth_date, p.sex, p.address, "
        "coalesce(v.name, ''), coalesce(d.name, ''), p.phone, p.occupation, "
        "coalesce(p.region_code, ''), coalesce(w.name, '') "
        "FROM batch_line l JOIN person p ON p.id = l.person_id "
        "LEFT JOIN region v ON v.code = p.region_code "
        "LEFT JOIN region d ON d.code = v.parent_code "
        "LEFT JOIN person_end e ON e.person_id = p.id AND e.undone_at = '' "
        "LEFT JOIN end_reason w ON w.code = e.reason "
        "WHERE l.batch_id = ? AND l.status = ? "
        "ORDER BY p.region_code IS NULL, p.region_code, p.name_key, p.id",
    )
    for row in connection.exec_driver_sql(sql, (batch_id, LineStatus.ACCEPTED.value)):
        born = date.fromisoformat(row[3]) if isinstance(row[3], str) else row[3]
        yield Member._make((*row[:3], born, *row[4:]))
