"""How people and their memberships are put into words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from bpjsdesk.domain.people import Membership, Person, PersonListItem, Standing
from bpjsdesk.domain.period import (
    add_months,
    age_on,
    first_of_month,
    last_of_month,
    months_between,
)
from bpjsdesk.domain.person_changes import PersonEnd
from bpjsdesk.domain.wording import format_count, format_date, format_month
from ui.i18n import _

REQUESTS_RECORD = -1  # opens the requests that wait instead of a person
_ACTIVE = "ACTIVE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """The contribution months that memberships cover, and what they mean on a day."""

    months: frozenset[date]
    today: date

    @property
    def is_active(self) -> bool:
        return first_of_month(self.today) in self.months

    @property
    def protected_until(self) -> date | None:
        """The last day of the unbroken run of months that holds today."""
        month = first_of_month(self.today)
        if month not in self.months:
            return None
        while add_months(month, 1) in self.months:
            month = add_months(month, 1)
        return last_of_month(month)

    @property
    def unbroken(self) -> tuple[date, int] | None:
        """First month and length, up to today, of the run that holds today."""
        last = first_of_month(self.today)
        if last not in self.months:
            return None
        first = last
        while add_months(first, -1) in self.months:
            first = add_months(first, -1)
        return first, months_between(first, last) + 1

    @property
    def years(self) -> tuple[int, ...]:
        """The years to draw: from the first membership to the last month or this year."""
        if not self.months:
            return ()
        last = max(max(self.months).year, self.today.year)
        return tuple(range(min(self.months).year, last + 1))

    @property
    def gaps(self) -> int:
        """Count the months without cover between the first membership and today."""
        if not self.months:
            return 0
        month, found = min(self.months), 0
        while month <= first_of_month(self.today):
            found += month not in self.months
            month = add_months(month, 1)
        return found


def coverage_of(
    memberships: Iterable[Membership], today: date, *, but: Iterable[date] = ()
) -> Coverage:
    """Collect the months of every active membership, `but` those that protect nobody."""
    months: set[date] = set()
    for part in memberships:
        if part.status == _ACTIVE:
            count = months_between(part.from_month, part.to_month) + 1
            months.update(add_months(part.from_month, step) for step in range(count))
    return Coverage(months=frozenset(months) - frozenset(but), today=today)


def state_pill(coverage: Coverage, end: PersonEnd | None = None) -> tuple[str, str]:
    """Say in one word whether someone is protected, or that the membership has ended."""
    if end is not None:
        return (_("Meninggal") if end.reason.is_death else _("Keluar")), "grey"
    if coverage.is_active:
        return _("Aktif hari ini"), "ok"
    if any(month > coverage.today for month in coverage.months):
        return _("Menunggu"), "info"
    return _("Nonaktif"), "grey"


def protected_words(coverage: Coverage) -> str:
    """Say until when someone is protected, or since when not."""
    until = coverage.protected_until
    if until is not None:
        return _("terlindungi s.d. {day}").format(day=format_date(until))
    later = sorted(month for month in coverage.months if month > coverage.today)
    if later:
        return _("terlindungi mulai {day}").format(day=format_date(later[0]))
    if coverage.months:
        return _("terlindungi terakhir {day}").format(
            day=format_date(last_of_month(max(coverage.months)))
        )
    return _("tidak terdaftar lewat perjanjian")


def conclusions(coverage: Coverage) -> list[tuple[str, str, str]]:
    """Give (icon, tone, sentence) lines that follow from the months."""
    lines = []
    until = coverage.protected_until
    if until is not None:
        lines.append(("circle-check", "ok", _("Terlindungi s.d. {d}").format(d=format_date(until))))
        if first_of_month(until) == first_of_month(coverage.today):
            words = _("Putus bila {month} tidak dibayar")
            month = format_month(add_months(first_of_month(until), 1))
            lines.append(("alert-triangle", "warn", words.format(month=month)))
    elif coverage.months:
        words = _("Tidak terlindungi pada {month}")
        lines.append(("alert-triangle", "bad", words.format(month=format_month(coverage.today))))
    if coverage.gaps:
        words = _("{n} bulan tidak dibayar sejak pertama terdaftar")
        lines.append(("info-circle", "warn", words.format(n=format_count(coverage.gaps))))
    elif coverage.months and min(coverage.months) <= coverage.today:
        lines.append(("circle-check", "ok", _("Tidak ada bulan yang terlewat")))
    return lines


def born_words(person: Person, today: date) -> str:
    """Say place and date of birth, and the age today."""
    if person.birth_date is None:
        return person.birth_place
    age = _("{n} tahun").format(n=age_on(person.birth_date, today))
    day = f"{format_date(person.birth_date)} · {age}"
    return f"{person.birth_place.title()}, {day}" if person.birth_place else day


def sex_words(sex: str) -> str:
    return {"L": _("Laki-laki"), "P": _("Perempuan")}.get(sex, sex)


def standing_pill(item: PersonListItem) -> tuple[str, str]:
    """Say in a list how someone stands today; nothing while that is not known."""
    return {
        Standing.ACTIVE: (_("Aktif"), "ok"),
        Standing.WAITING: (_("Menunggu"), "info"),
        Standing.LAPSED: (_("Nonaktif"), "grey"),
        Standing.ENDED: (_("Keluar"), "grey"),
        Standing.NEVER: (_("Tanpa iuran"), "grey"),
        None: ("", "grey"),
    }[item.standing]


def moment_words(at: str) -> str:
    """Write a stored moment as day and hour."""
    moment = datetime.fromisoformat(at)
    return f"{format_date(moment.date(), 'short')} {moment:%H.%M}"


def day_of(at: str) -> str:
    """Write the day of a stored moment."""
    return format_date(datetime.fromisoformat(at).date())


def value_words(text: str) -> str:
    """Write what a request holds: a stored day as people write it, anything else as it is."""
    try:
        return format_date(date.fromisoformat(text))
    except ValueError:
        return text or "–"


def listed_line(item: PersonListItem) -> str:
    """Give masked NIK, birth date and place: what tells people of one name apart."""
    return " · ".join(filter(None, (item.masked_nik, short_birth(item), item.region_name)))


def short_birth(item: PersonListItem) -> str:
    return format_date(item.birth_date, "short") if item.birth_date else ""
