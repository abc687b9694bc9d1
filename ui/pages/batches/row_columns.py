"""The columns in which rows of a list are shown; NIK in full, because they are being mended."""

from collections.abc import Callable, Collection
from datetime import date

from bpjsdesk.domain.enrollment import BatchRow
from bpjsdesk.domain.row_issues import IssueCode
from bpjsdesk.domain.wording import format_count, format_date
from ui.i18n import _
from ui.table import Column

ToneOf = Callable[[str], str]
_ABOUT_NIK = frozenset(code for code in IssueCode if code.startswith(("NIK_", "DUP_", "SERIAL_")))
_ABOUT_NAME = frozenset(code for code in IssueCode if code.startswith("NAME_"))
_ABOUT_BIRTH = frozenset(
    {
        IssueCode.DOB_UNREADABLE,
        IssueCode.OVER_AGE,
        IssueCode.UNDER_AGE,
        IssueCode.NIK_DOB_MISMATCH,
        IssueCode.NIK_DATE,
        IssueCode.DOB_DIFFERS,
    }
)


def row_columns(tone_of: ToneOf) -> tuple[Column[BatchRow], ...]:
    """Describe the columns that fit beside the reasons of a stored batch."""
    return (
        Column(key="row", title=_("Baris"), text=_row_no, width=62, right=True, tone=_muted),
        Column(
            key="nik", title=_("NIK"), text=_nik, width=156, ground=_ground(_ABOUT_NIK, tone_of)
        ),
        Column(
            key="name",
            title=_("Nama"),
            text=_name,
            weight=500,
            ground=_ground(_ABOUT_NAME, tone_of),
        ),
        Column(
            key="birth",
            title=_("Tgl lahir"),
            text=_birth,
            width=108,
            ground=_ground(_ABOUT_BIRTH, tone_of),
        ),
    )


def short_date(text: str | None) -> str:
    """Show an ISO day as dd-mm-yyyy."""
    return format_date(date.fromisoformat(text), "short") if text else ""


def _row_no(row: BatchRow) -> str:
    return format_count(row.row)


def _nik(row: BatchRow) -> str:
    return row.values.get("nik") or row.nik_text


def _name(row: BatchRow) -> str:
    return row.values.get("name") or ""


def _birth(row: BatchRow) -> str:
    return short_date(row.values.get("birth_date"))


def _muted(_row: BatchRow) -> str:
    return "muted"


def _ground(about: Collection[str], tone_of: ToneOf) -> Callable[[BatchRow], str | None]:
    def ground(row: BatchRow) -> str | None:
        tones = {tone_of(code) for code in row.codes if code in about}
        return "bad" if "bad" in tones else "warn" if tones else None

    return ground
