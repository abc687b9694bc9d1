"""How the page of claims puts programmes, states and steps into words."""

from datetime import datetime

from bpjsdesk.domain.claims import ClaimListItem, Programme
from bpjsdesk.domain.wording import format_date, format_rupiah
from ui.delegates import ListRow
from ui.i18n import _

PROGRAMME_WORDS = {
    Programme.JKK: "JKK",
    Programme.JKM: "JKM",
    Programme.JHT: "JHT",
    Programme.SCHOLARSHIP: "Beasiswa",
}
MAIN_PATH = ("RECEIVED", "COMPLETE", "VERIFICATION", "APPROVED", "PAID")
DAY_FIELDS = ("filed_on", "complete_on", "paid_on")
DAY_OF_STATUS = {"RECEIVED": "filed_on", "COMPLETE": "complete_on", "PAID": "paid_on"}
PAID = "PAID"


def day_label(field: str) -> str:
    """Name a day of a claim."""
    return {
        "event_on": _("Tanggal kejadian"),
        "filed_on": _("Tanggal diterima"),
        "complete_on": _("Tanggal berkas lengkap"),
        "paid_on": _("Tanggal dibayarkan"),
    }[field]


def short_day_label(field: str) -> str:
    """Name a day of a claim where room is short."""
    return {
        "event_on": _("Kejadian"),
        "filed_on": _("Diterima"),
        "complete_on": _("Berkas lengkap"),
        "paid_on": _("Dibayarkan"),
    }[field]


def move_words(to_status: str, status_name: str) -> str:
    """Name a step as a verb for its button."""
    verbs = {
        "REPORTED": _("Laporkan"),
        "RECEIVED": _("Terima berkas"),
        "INCOMPLETE": _("Berkas kurang…"),
        "COMPLETE": _("Berkas lengkap"),
        "VERIFICATION": _("Mulai verifikasi"),
        "APPROVED": _("Tetapkan"),
        "PAID": _("Bayarkan"),
        "REJECTED": _("Tolak…"),
        "RETURNED": _("Kembalikan…"),
        "CANCELLED": _("Batalkan klaim…"),
        "REOPENED": _("Buka kembali…"),
    }
    return verbs.get(to_status, status_name)


def list_row(item: ClaimListItem, hit: str = "") -> ListRow:
    """Describe one claim in the list."""
    day = item.paid_on or item.filed_on or item.event_on
    when = f" · {format_date(day, 'short')}" if day else ""
    return ListRow(
        title=item.participant_name,
        subtitle=f"{PROGRAMME_WORDS[item.programme]} · {item.number}{when}",
        right=format_rupiah(item.amount) if item.amount else "",
        pill=(item.status_name, item.colour),
        hit=hit,
    )


def moment_words(text: str) -> str:
    """Write the moment of a step: 16-11-2026 09.20."""
    moment = datetime.fromisoformat(text)
    return f"{format_date(moment.date(), 'short')} {moment:%H.%M}"
