"""Words of the window: Indonesian is the source, other catalogues lie in `resources/i18n`."""

import os
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QTranslator

from bpjsdesk.resources import resource_path

if TYPE_CHECKING:
    from gettext import NullTranslations

_DOMAIN, _SOURCE = "bpjsdesk", "id"


def _(text: str) -> str:
    """Translate one literal text; put values in afterwards with `.format(name=…)`."""
    catalogue = _catalogue()
    return text if catalogue is None else catalogue.gettext(text)


@cache
def _catalogue() -> "NullTranslations | None":
    language = os.environ.get("BPJSDESK_LANGUAGE", _SOURCE)
    if language == _SOURCE:
        return None
    # imported here: the usual start needs no catalogue and should not wait for one
    from gettext import translation  # noqa: PLC0415

    folder = str(resource_path("i18n"))
    return translation(_DOMAIN, folder, languages=[language], fallback=True)


def long_day(day: date) -> str:
    """Write "Jumat, 20 November 2026" without the domain's words, for the login window."""
    return QLocale("id_ID").toString(QDate(day.year, day.month, day.day), "dddd, d MMMM yyyy")


def install_qt_words(app: QCoreApplication) -> None:
    """Give Qt's own buttons and menus their Indonesian words, and dates the local locale."""
    QLocale.setDefault(QLocale("id_ID"))
    translator = QTranslator(app)
    if translator.load(str(resource_path("i18n", "qtbase_id.qm"))):
        app.installTranslator(translator)
