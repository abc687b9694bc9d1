"""Words of the window: Indonesian is the source, other catalogues lie in `resources/i18n`."""

import gettext
import os
from functools import cache

from PySide6.QtCore import QCoreApplication, QLocale, QTranslator

from bpjsdesk.resources import resource_path

_DOMAIN = "bpjsdesk"


@cache
def _catalogue() -> gettext.NullTranslations:
    language = os.environ.get("BPJSDESK_LANGUAGE", "id")
    folder = str(resource_path("i18n"))
    return gettext.translation(_DOMAIN, folder, languages=[language], fallback=True)


def _(text: str) -> str:
    """Translate one literal text; put values in afterwards with `.format(name=…)`."""
    return _catalogue().gettext(text)


def install_qt_words(app: QCoreApplication) -> None:
    """Give Qt's own buttons and menus their Indonesian words, and dates the local locale."""
    QLocale.setDefault(QLocale("id_ID"))
    translator = QTranslator(app)
    if translator.load(str(resource_path("i18n", "qtbase_id.qm"))):
        app.installTranslator(translator)
