"""Answer for many NIKs at once who is covered."""

from collections.abc import Mapping
from datetime import date

from bpjsdesk.domain.identity import mask_nik, nik_fault
from bpjsdesk.domain.lookup import Cover, LookupLine, numbers_in
from bpjsdesk.domain.period import first_of_month
from bpjsdesk.errors import UserError
from bpjsdesk.services.context import AppContext
from bpjsdesk.storage import people
from bpjsdesk.storage.people import CoverRow

MOST = 5_000


def look_up(context: AppContext, pasted: str) -> tuple[LookupLine, ...]:
    """Say of every number in a pasted text whether the person is covered this month.

    Raises: UserError LOOKUP_EMPTY or LOOKUP_TOO_LONG; NOT_PERMITTED.
    """
    context.user.require("read.people")
    numbers = numbers_in(pasted)
    if not numbers:
        raise UserError("LOOKUP_EMPTY", "Tidak ada NIK di dalam teks yang ditempel.")
    if len(numbers) > MOST:
        raise UserError("LOOKUP_TOO_LONG", f"Tempel paling banyak {MOST} NIK sekali cari.")
    with context.database.read() as connection:
        found = {row.nik: row for row in people.cover_of(connection, numbers)}
    today = context.clock().date()
    return tuple(_line(number, found, today) for number in numbers)


def _line(number: str, found: Mapping[str, CoverRow], today: date) -> LookupLine:
    if nik_fault(number, on=today):
        return LookupLine(text=number, cover=Cover.UNREADABLE)
    row = found.get(number)
    if row is None:
        return LookupLine(text=number, nik=mask_nik(number), cover=Cover.UNKNOWN)
    if row.until is None:
        cover = Cover.NEVER
    else:
        cover = Cover.COVERED if row.until >= first_of_month(today) else Cover.LAPSED
    return LookupLine(
        text=number,
        nik=mask_nik(number),
        cover=cover,
        person_id=row.person_id,
        name=row.name,
        until=row.until,
        agreement=row.agreement,
    )
