"""How people stand in lists: name, masked NIK and place, how they stand today."""

from bpjsdesk.domain.people import PersonListItem
from ui.i18n import _
from ui.pages.people.words import second_line, short_birth, standing_pill
from ui.table import Column


def people_columns() -> tuple[Column[PersonListItem], ...]:
    """Give the columns of a list of people."""
    return (
        Column(key="name", title=_("Nama"), text=_name, weight=500, second=second_line),
        Column(key="birth", title=_("Lahir"), text=short_birth, tone=_muted, right=True, width=96),
        Column(key="standing", title=_("Keadaan"), text=_name, pill=standing_pill, width=98),
    )


def _name(item: PersonListItem) -> str:
    return item.name


def _muted(_item: PersonListItem) -> str:
    return "muted"
