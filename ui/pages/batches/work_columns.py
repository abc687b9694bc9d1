"""The columns in which a list in work is shown; NIK in full, because it is being mended."""

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType

from bpjsdesk.domain.wording import format_count
from ui.i18n import _
from ui.pages.batches.work_rows import SELDOM_FIELDS, WorkRow
from ui.table import Column
from ui.theme import px

# Room that the grid needs in px at 100 % before a column is shown; others always are.
ROOM_FOR: Mapping[str, int] = MappingProxyType(
    {"category": 1160, "district": 1040, "phone": 800, "village": 690, "sex": 590, "state": 520}
    | dict.fromkeys(SELDOM_FIELDS, 1_000_000)
)
# Told by one finding together with the field that it names.
_BESIDE: Mapping[str, str] = MappingProxyType({"month_count": "start_month"})
_WIDTHS = {
    "nik": 152,
    "name": 0,
    "birth_date": 104,
    "sex": 42,
    "village": 116,
    "district": 110,
    "phone": 138,
    "category": 120,
    "family_card_no": 152,
    "neighbourhood": 110,
    "wage": 110,
    "account_no": 138,
    "desil": 70,
    "month_count": 84,
}
_USUAL_WIDTH = 140


def work_columns() -> tuple[Column[WorkRow], ...]:
    """Describe the columns from left to right."""
    return (
        Column(key="row", title=_("Baris"), text=_row_no, width=56, right=True, tone=_muted),
        *(_field(key, title) for key, title in _titles().items()),
        Column(key="state", title=_("Keadaan"), text=_word, width=112, pill=_state, tip=_reason),
    )


def has_room(key: str, wanted: str, room: int) -> bool:
    """Say whether a column is shown in so many px where the rows are looked at for a field."""
    if wanted == "village" and key in ("district", "sex", "phone"):
        return key == "district"
    if wanted in SELDOM_FIELDS and key in ("village", "phone"):
        return False
    return room >= px(ROOM_FOR.get(key, 0)) or wanted in (key, _BESIDE.get(key))


def field_title(field: str) -> str:
    """Name a field as its column does."""
    return _titles().get(field, "")


def _titles() -> dict[str, str]:
    return {
        "nik": _("NIK"),
        "name": _("Nama"),
        "birth_date": _("Tgl lahir"),
        "sex": _("L/P"),
        "village": _("Kelurahan/desa"),
        "district": _("Kecamatan"),
        "phone": _("HP"),
        "category": _("Kategori"),
        "mother_name": _("Ibu kandung"),
        "family_card_no": _("Nomor KK"),
        "neighbourhood": _("Lingk./RT/RW"),
        "occupation": _("Pekerjaan"),
        "wage": _("Penghasilan"),
        "account_no": _("No. rekening"),
        "email": _("Email"),
        "heir_name": _("Ahli waris"),
        "desil": _("Desil"),
        "claim_programme": _("Program"),
        "start_month": _("Bulan mulai"),
        "month_count": _("Jml bulan"),
    }


def _field(key: str, title: str) -> Column[WorkRow]:
    return Column(
        key=key,
        title=title,
        text=partial(_shown, key),
        width=_WIDTHS.get(key, _USUAL_WIDTH),
        weight=500 if key == "name" else 400,
        ground=_tone_of(key),
        tip=partial(_arrived, key),
    )


def _shown(field: str, row: WorkRow) -> str:
    return row.shown.get(field, "")


def _tone_of(field: str) -> Callable[[WorkRow], str | None]:
    def tone(row: WorkRow) -> str | None:
        return row.tones.get(field)

    return tone


def _arrived(field: str, row: WorkRow) -> str:
    if field in row.first:
        return _("Semula: {text}").format(text=row.first[field] or _("kosong"))
    if row.cells.get(field, "") != row.shown.get(field, ""):
        return _("Di berkas: {text}").format(text=row.cells.get(field) or _("kosong"))
    return ""


def _row_no(row: WorkRow) -> str:
    return format_count(row.row_no)


def _word(row: WorkRow) -> str:
    return row.state[0]


def _state(row: WorkRow) -> tuple[str, str]:
    return row.state


def _reason(row: WorkRow) -> str:
    return "\n".join((row.reason,) if row.reason else map(", ".join, row.ignored))


def _muted(_row: WorkRow) -> str:
    return "muted"
