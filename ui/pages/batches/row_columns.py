"""The columns in which rows of a list are shown; NIK in full, because they are being mended."""

from collections.abc import Callable, Collection
from datetime import date

from bpjsdesk.domain.enrollment import BatchRow, LineStatus
from bpjsdesk.domain.row_issues import IssueCode
from bpjsdesk.domain.wording import format_count, format_date
from ui.i18n import _
from ui.pages.batches.words import issue_title, issue_tone, status_pill
from ui.table import Column

_ABOUT_NIK = frozenset(code for code in IssueCode if code.startswith(("NIK_", "DUP_", "SERIAL_")))
_ABOUT_NAME = frozenset({IssueCode.NAME_MISSING, IssueCode.NAME_DIFFERS})
_ABOUT_BIRTH = frozenset(
    {
        IssueCode.DOB_UNREADABLE,
        IssueCode.OVER_AGE,
        IssueCode.UNDER_AGE,
        IssueCode.NIK_DOB_MISMATCH,
        IssueCode.NIK_DATE,
    }
)
_ABOUT_SEX = frozenset({IssueCode.NIK_SEX_MISMATCH})
_ABOUT_REGION = frozenset({IssueCode.REGION_UNMAPPED, IssueCode.OUT_OF_REGION})


def row_columns(region_name: Callable[[str], str]) -> tuple[Column[BatchRow], ...]:
    """Describe the columns; `region_name` names a region code."""

    def region(row: BatchRow) -> str:
        code = row.values.get("region")
        return region_name(code) if code else ""

    return (
        Column(key="row", title=_("Baris"), text=_row_no, width=62, right=True, tone=_muted),
        Column(key="nik", title=_("NIK"), text=_nik, width=156, ground=_ground(_ABOUT_NIK)),
        Column(key="name", title=_("Nama"), text=_name, weight=500, ground=_ground(_ABOUT_NAME)),
        Column(
            key="birth", title=_("Tgl lahir"), text=_birth, width=108, ground=_ground(_ABOUT_BIRTH)
        ),
        Column(key="sex", title=_("L/P"), text=_sex, width=44, ground=_ground(_ABOUT_SEX)),
        Column(
            key="region",
            title=_("Kelurahan/desa"),
            text=region,
            width=132,
            ground=_ground(_ABOUT_REGION),
        ),
        Column(key="why", title=_("Alasan"), text=_why, width=170, tone=_muted, tip=_sentence),
        Column(key="status", title=_("Keadaan"), text=_status, width=112, pill=_pill),
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


def _sex(row: BatchRow) -> str:
    return row.values.get("sex") or ""


def _why(row: BatchRow) -> str:
    if row.status is LineStatus.IGNORED:
        return row.reason
    return ", ".join(issue_title(code) for code in row.codes)


def _sentence(row: BatchRow) -> str:
    return row.reason


def _muted(_row: BatchRow) -> str:
    return "muted"


def _status(row: BatchRow) -> str:
    return _pill(row)[0]


def _pill(row: BatchRow) -> tuple[str, str]:
    return status_pill(row.status, warned=bool(row.codes))


def _ground(about: Collection[str]) -> Callable[[BatchRow], str | None]:
    def ground(row: BatchRow) -> str | None:
        tones = {issue_tone(code) for code in row.codes if code in about}
        return "bad" if "bad" in tones else "warn" if tones else None

    return ground
