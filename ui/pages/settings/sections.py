"""The sections of the settings, and how other pages name them."""

from ui.i18n import _
from ui.pages.settings.section_list import Section

OFFICE, SIGNATORIES, USERS = "office", "signatories", "users"
RATES, BENEFITS, LEVELS = "rates", "benefits", "levels"
SAFETY, HISTORY, LOOK = "safety", "history", "look"
ORDER = (OFFICE, SIGNATORIES, USERS, RATES, BENEFITS, LEVELS, SAFETY, HISTORY, LOOK)
RATES_RECORD = ORDER.index(RATES)
SAFETY_RECORD = ORDER.index(SAFETY)


def sections() -> list[Section]:
    """List the sections as they stand at the left, in the order of `ORDER`."""
    office, rules, system = _("Kantor"), _("Aturan"), _("Program")
    return [
        Section(key=OFFICE, title=_("Kantor dan kop surat"), icon="building", group=office),
        Section(key=SIGNATORIES, title=_("Penanda tangan"), icon="pencil", group=office),
        Section(key=USERS, title=_("Pengguna dan peran"), icon="user-check", group=office),
        Section(key=RATES, title=_("Tarif iuran"), icon="coin", group=rules),
        Section(key=BENEFITS, title=_("Manfaat"), icon="receipt", group=rules),
        Section(key=LEVELS, title=_("Pemeriksaan daftar"), icon="filter", group=rules),
        Section(key=SAFETY, title=_("Keamanan data"), icon="shield-check", group=system),
        Section(key=HISTORY, title=_("Riwayat"), icon="history", group=system),
        Section(key=LOOK, title=_("Tampilan"), icon="sun", group=system),
    ]
