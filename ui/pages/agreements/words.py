"""How the page of agreements puts states, periods and rates into words."""

from collections.abc import Sequence
from datetime import date

from bpjsdesk.domain.agreements import STATUS_LABELS, AgreementListItem, QuotaLine, Status
from bpjsdesk.domain.period import add_months
from bpjsdesk.domain.wording import MONTH_NAMES, format_count, format_date
from ui.delegates import ListRow
from ui.i18n import _

STATUS_TONES = {
    Status.DRAFT: "grey",
    Status.UPCOMING: "info",
    Status.ACTIVE: "ok",
    Status.EXPIRING: "warn",
    Status.EXPIRED: "grey",
    Status.RENEWED: "grey",
    Status.TERMINATED: "bad",
    Status.CANCELLED: "grey",
}
_SAID_BY_ALL = "Jaminan Sosial Ketenagakerjaan bagi "
_NO_YEAR = "–"
_ROLE_WORDS = ("KESATU", "KEDUA", "KETIGA", "KEEMPAT", "KELIMA", "KEENAM")
LIVE = frozenset({Status.ACTIVE, Status.EXPIRING})
PAYER_CHOICES = (("APBD", "APBD"), ("APBN", "APBN"), ("OTHER", "Lainnya"))
PROGRAMME_CHOICES = (
    (("JKK", "JKM"), "JKK JKM"),
    (("JKK", "JKM", "JHT"), "JKK JKM JHT"),
    (("JKK",), "JKK"),
    (("JKM",), "JKM"),
)


def status_pill(status: Status, days_left: int | None) -> tuple[str, str]:
    """Give the pill of a record: the state, with the days left while they matter."""
    word = STATUS_LABELS[status]
    if status is Status.EXPIRING and days_left is not None:
        word = _("{state} · {days}").format(state=word, days=days_words(days_left))
    return word, STATUS_TONES[status]


def short_pill(item: AgreementListItem) -> tuple[str, str]:
    """Give the pill of a list row: only the days for an agreement that ends soon."""
    if item.status is Status.EXPIRING and item.days_left is not None:
        return days_words(item.days_left), "warn"
    return STATUS_LABELS[item.status], STATUS_TONES[item.status]


def days_words(days_left: int) -> str:
    if days_left == 0:
        return _("hari terakhir")
    return _("{n} hari lagi").format(n=format_count(days_left))


def short_kind(name: str) -> str:
    """Take the abbreviation out of "Perjanjian Kerja Sama (PKS)" where there is one."""
    inside = name.partition("(")[2].partition(")")[0]
    return inside if inside.isupper() else name


def role_words(role_no: int) -> str:
    """Name a party as agreements do: PIHAK KESATU, PIHAK KEDUA."""
    if 1 <= role_no <= len(_ROLE_WORDS):
        return f"PIHAK {_ROLE_WORDS[role_no - 1]}"
    return f"PIHAK KE-{role_no}"


def period_words(first: date | None, last: date | None) -> str:
    """Write a validity briefly: 1 Jan – 31 Des 2026."""
    if first is None and last is None:
        return _("masa berlaku belum diisi")
    if first is None or last is None:
        known = first or last
        return _("mulai {day}").format(day=brief(first)) if first else brief(known or date.max)
    if first.year == last.year:
        return f"{first.day} {_month(first)} – {brief(last)}"
    return f"{brief(first)} – {brief(last)}"


def brief(day: date) -> str:
    return f"{day.day} {_month(day)} {day.year}"


def year_words(first: date | None, last: date | None) -> str:
    """Write the years an agreement covers: 2026 or 2026–2028."""
    known = [day.year for day in (first, last) if day is not None]
    if not known:
        return _NO_YEAR
    return str(known[0]) if known[0] == known[-1] else f"{known[0]}–{known[-1]}"


def list_row(item: AgreementListItem, hit: str = "") -> ListRow:
    """Describe one agreement in the list."""
    years = year_words(item.valid_from, item.valid_to)
    undated = _("belum bertanggal") if years == _NO_YEAR else years
    partner = item.partner or item.kind_name
    if item.heads:
        right = _("{n} orang").format(n=format_count(item.heads))
    else:
        right = f"s.d. {format_date(item.valid_to, 'short')}" if item.valid_to else ""
    return ListRow(
        title=_short_title(item.title, hit),
        subtitle=f"{partner} · {undated}",
        right=right,
        pill=short_pill(item),
        hit=hit,
    )


def choice_words(item: AgreementListItem) -> str:
    """Name one agreement in a list of choices, what tells it apart first."""
    years = year_words(item.valid_from, item.valid_to)
    known = "" if years == _NO_YEAR else years
    parts = (item.partner, known, STATUS_LABELS[item.status], _short_title(item.title, ""))
    return " · ".join(part for part in parts if part)


def _short_title(title: str, hit: str) -> str:
    # the phrase stands in nearly every title and would push out what tells them apart
    return title if hit else title.replace(_SAID_BY_ALL, "")


def programmes_words(programmes: Sequence[str]) -> str:
    return " ".join(programmes)


def rate_runs(line: QuotaLine) -> list[tuple[int, date, date]]:
    """Group the months of a quota line by rate: (rate, first month, last month)."""
    runs: list[tuple[int, date, date]] = []
    for step, rate in enumerate(line.rates):
        month = add_months(line.draft.from_month, step)
        if runs and runs[-1][0] == rate:
            runs[-1] = (rate, runs[-1][1], month)
        else:
            runs.append((rate, month, month))
    return runs


def rate_words(line: QuotaLine) -> str:
    """Write the rate of a month; the first one with a star where it changes."""
    if not line.rates:
        return "–"
    return format_count(line.rates[0]) + ("" if line.is_level else "*")


def rate_note(lines: Sequence[QuotaLine]) -> str:
    """Spell out the rates that change within the months."""
    notes = []
    for line in lines:
        if not line.is_level:
            spans = [
                f"{format_count(rate)} {_span(first, last)}"
                for rate, first, last in rate_runs(line)
            ]
            notes.append(f"{line.category_name}: {', '.join(spans)}")
    return "* " + "; ".join(notes) if notes else ""


def _span(first: date, last: date) -> str:
    if first == last:
        return f"{_month(first)} {first.year}"
    if first.year == last.year:
        return f"{_month(first)}–{_month(last)} {last.year}"
    return f"{_month(first)} {first.year}–{_month(last)} {last.year}"


def _month(day: date) -> str:
    return MONTH_NAMES[day.month - 1][:3]
