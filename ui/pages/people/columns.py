"""How people stand in lists: name, masked NIK and place, how they stand today."""

from bpjsdesk.domain.people import PersonListItem
from ui.i18n import _
from ui.pages.people.words import listed_line, standing_pill
from ui.table import Column


def people_columns() -> tuple[Column[PersonListItem], ...]:
    """Give the columns of a list of people."""
    return (
        Column(key="name", title=_("Nama"), text=_name, weight=500, second=listed_line),
        Column(key="standing", title=_("Keadaan"), text=_name, pill=standing_pill, width=108),
    )


def _name(item: PersonListItem) -> str:
    return item.name
