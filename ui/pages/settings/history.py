"""The history: who did what and when, newest first, older ones on demand."""

from collections.abc import Mapping
from datetime import datetime
from typing import cast

from PySide6.QtCore import Qt

from bpjsdesk.domain.access import ROLE_LABELS, Role
from bpjsdesk.domain.names import fold
from bpjsdesk.domain.safety import AuditListItem
from bpjsdesk.domain.wording import format_count, format_date
from bpjsdesk.progress import CancelToken, ProgressSink
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.safety import list_audit
from ui.i18n import _
from ui.page import PageContext
from ui.pages.settings.deeds import deed_words, field_words, kind_words
from ui.pages.settings.part import SettingsPart
from ui.table import Column, RecordTableModel
from ui.table_view import RecordTable
from ui.tasks import Work
from ui.theme import px
from ui.widgets.buttons import Button
from ui.widgets.layout import Card, column, row
from ui.widgets.search import SearchField
from ui.widgets.text import Facts, caption, card_title

_BLOCK = 200
_DONE = "DONE"


class HistoryPart(SettingsPart):
    """Show deeds; nothing here can be changed."""

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self.about = _("Setiap perbuatan berantai dengan yang sebelumnya; tidak dapat dihapus")
        self._items: list[AuditListItem] = []
        self._build_widgets()
        self._connect_signals()

    def refresh(self) -> None:
        self._items = []
        self.read(_audit_work(self.context.app, None))

    def focus_search(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_found(self, found: object) -> None:
        block = cast("tuple[AuditListItem, ...]", found)
        self._items += block
        self.more_button.setVisible(len(block) == _BLOCK)
        self._filter()

    def _build_widgets(self) -> None:
        self.search = SearchField(_("Cari orang atau perbuatan"), key="Ctrl+F")
        self.search.setMaximumWidth(px(300))
        self._count = caption("")
        self.more_button = Button(_("Muat yang lebih lama"), small=True)
        self.more_button.hide()
        self._model: RecordTableModel[AuditListItem] = RecordTableModel(_columns(), self)
        self.table = RecordTable(self._model, _("Riwayat"), sortable=False)
        self.table.setObjectName("historyTable")
        head = row((self.search, 1), None, self._count, self.more_button, margins=(13, 0, 13, 2))
        listing = Card(head, (self.table, 1), gap=6, margins=(1, 11, 1, 2))
        self._title = card_title()
        self._facts = Facts(columns=2, label_width=110)
        self._chosen = Card(self._title, self._facts, gap=6)
        self._chosen.hide()
        self.setLayout(column((listing, 1), self._chosen, gap=10))

    def _connect_signals(self) -> None:
        self.search.search_changed.connect(self._on_search_changed)
        self.more_button.clicked.connect(self._on_more_clicked)
        self.table.record_chosen.connect(self._on_record_chosen)

    def _filter(self) -> None:
        wanted = fold(self.search.text()).split()
        shown = [item for item in self._items if _matches(item, wanted)]
        self.table.reload(shown, key=_seq)
        self._count.setText(_("{n} perbuatan").format(n=format_count(len(shown))))

    def _on_search_changed(self) -> None:
        self._filter()

    def _on_more_clicked(self) -> None:
        last = self._items[-1].seq if self._items else None
        self.read(_audit_work(self.context.app, last))

    def _on_record_chosen(self, item: AuditListItem) -> None:
        self._title.setText(f"{_deed(item)} · {_when(item)}")
        self._facts.set_pairs(
            [
                (_("Nomor urut"), format_count(item.seq)),
                (_("Oleh"), f"{item.user_name} ({_role(item)})"),
                *_payload_pairs(item.payload),
            ]
        )
        self._chosen.show()


def _audit_work(app: AppContext, before: int | None) -> Work:
    def work(_progress: ProgressSink, _cancel: CancelToken) -> tuple[AuditListItem, ...]:
        return list_audit(app, limit=_BLOCK, before_seq=before)

    return work


def _columns() -> tuple[Column[AuditListItem], ...]:
    return (
        Column(key="at", title=_("Waktu"), text=_when, width=172),
        Column(key="who", title=_("Pengguna"), text=_who, width=130, weight=500),
        Column(key="role", title=_("Peran"), text=_role, width=100, tone=_muted),
        Column(key="deed", title=_("Perbuatan"), text=_deed),
        Column(key="object", title=_("Pada"), text=_object, width=150, tone=_muted),
        Column(key="result", title=_("Hasil"), text=_deed, width=120, pill=_result),
    )


def _payload_pairs(payload: Mapping[str, object]) -> list[tuple[str, str]]:
    return [(field_words(name), _shown(value)) for name, value in payload.items()]


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return _("ya") if value else _("tidak")
    return format_count(value) if isinstance(value, int) else str(value)


def _matches(item: AuditListItem, wanted: list[str]) -> bool:
    text = fold(f"{item.user_name} {_deed(item)} {_object(item)} {_when(item)}")
    return all(word in text for word in wanted)


def _seq(item: AuditListItem) -> int:
    return item.seq


def _when(item: AuditListItem) -> str:
    at = datetime.fromisoformat(item.at)
    return f"{format_date(at.date(), 'short')} {at:%H.%M.%S}"


def _who(item: AuditListItem) -> str:
    return item.user_name


def _role(item: AuditListItem) -> str:
    known = {role.value for role in Role}
    return ROLE_LABELS[Role(item.role)] if item.role in known else item.role


def _deed(item: AuditListItem) -> str:
    return deed_words(item.command)


def _object(item: AuditListItem) -> str:
    number = f" {item.object_id}" if item.object_id else ""
    return f"{kind_words(item.object_kind)}{number}"


def _muted(_item: AuditListItem) -> str:
    return "muted"


def _result(item: AuditListItem) -> tuple[str, str]:
    return (_("Dilakukan"), "ok") if item.result == _DONE else (_("Ditolak"), "bad")
