"""The main window: menu, one page at a time, status bar; pages are made when first opened."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from bpjsdesk.domain.access import ROLE_LABELS
from bpjsdesk.domain.changes import Changes
from bpjsdesk.errors import EnvironmentProblem
from ui.backups import backup_words, newest_backup
from ui.dialogs import ask_confirmation
from ui.errors import show_error
from ui.i18n import _
from ui.page import Page, PageContext, PageEntry
from ui.theme import px
from ui.widgets.layout import column, row, set_ground
from ui.widgets.practice_bar import PracticeBar
from ui.widgets.sidebar import Sidebar
from ui.widgets.status_bar import StatusBar

_NARROW_BELOW_PX = 1000
_PAUSE_MS = 250


class MainWindow(QWidget):
    """Show the office that was opened.

    Signals: lock_requested() when the user wants to hand over, closed() when it is gone.
    """

    lock_requested = Signal()
    closed = Signal()

    def __init__(self, context: PageContext, entries: Sequence[PageEntry], *, office: str) -> None:
        super().__init__()
        self.context = context
        self._entries = {entry.nav.key: entry for entry in entries}
        self._pages: dict[str, Page] = {}
        self._stale: dict[str, Changes] = {}
        self._current = ""
        self._wizard_open = False
        self._lock_after_close = False
        self.setObjectName("mainWindow")
        self.setWindowTitle(f"BPJS Desk · {office}")
        self._build_widgets(office)
        self._connect_signals()
        self._bind_keys()
        self._restore_geometry()
        self._show_backup()

    @property
    def page_keys(self) -> tuple[str, ...]:
        return tuple(self._entries)

    @property
    def current_key(self) -> str:
        """The key of the page that is shown; empty before the first."""
        return self._current

    @property
    def current_page(self) -> Page | None:
        return self._pages.get(self._current)

    def open_page(self, key: str, record_id: int | None = None) -> bool:
        """Go to a page, and to one of its records; False when the present page held on."""
        if key not in self._entries:
            return False
        if key != self._current and not self._may_leave():
            self._sidebar.set_current(self._current)
            return False
        page = self._page(key)
        self._current = key
        self._sidebar.set_current(key)
        self._stack.setCurrentWidget(page)
        self._show_hints()
        if key in self._stale:
            page.refresh(self._stale.pop(key))
        if record_id is not None:
            page.open_record(record_id)
        page.focus_first()
        return True

    def build_rest_when_idle(self) -> None:
        """Make the pages that nobody has opened yet, then their parts, one in each pause."""
        builder = QTimer(self)
        builder.setInterval(_PAUSE_MS)
        builder.timeout.connect(self._on_builder_timeout)
        builder.start()

    def lock(self) -> None:
        """Close the office and go back to the login, unless a page holds on."""
        self._lock_after_close = True
        if not self.close():
            self._lock_after_close = False

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._may_close():
            event.ignore()
            return
        try:
            self.context.appearance.remember_geometry(bytes(self.saveGeometry().data()))
        except EnvironmentProblem as problem:
            show_error(self, problem)
        event.accept()
        if self._lock_after_close:
            self.lock_requested.emit()
        else:
            self.closed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange_sidebar()

    def _build_widgets(self, office: str) -> None:
        navigation = [entry.nav for entry in self._entries.values()]
        self._sidebar = Sidebar(navigation, office)
        user = self.context.app.user
        self._sidebar.set_user(user.display_name, ROLE_LABELS[user.role])
        self._stack = QStackedWidget()
        self._status = StatusBar()
        set_ground(self, "page")
        right = column((self._stack, 1), self._status, gap=0)
        if self.context.app.paths.practice_card.exists():
            right.insertWidget(0, PracticeBar())
        self.setLayout(row(self._sidebar, (right, 1), gap=0))

    def _connect_signals(self) -> None:
        self._sidebar.page_chosen.connect(self._on_sidebar_page_chosen)
        self._sidebar.lock_requested.connect(self.lock)
        self.context.changes.changed.connect(self._on_changes_changed)

    def _bind_keys(self) -> None:
        for entry in self._entries.values():
            shortcut = QShortcut(QKeySequence(entry.nav.shortcut), self)
            shortcut.setProperty("page", entry.nav.key)
            shortcut.activated.connect(self._on_page_key_activated)
        QShortcut(QKeySequence("Ctrl+L"), self).activated.connect(self.lock)

    def _page(self, key: str) -> Page:
        if key not in self._pages:
            page = self._entries[key].make(replace(self.context, home=self._stack))
            page.setObjectName(f"page_{key}")
            page.hints_changed.connect(self._show_hints)
            page.saved.connect(self._status.set_saved)
            page.waiting_changed.connect(self._on_page_waiting_changed)
            page.wizard_changed.connect(self._on_page_wizard_changed)
            self._pages[key] = page
            self._stale[key] = Changes()
            self._stack.addWidget(page)
        return self._pages[key]

    def _on_builder_timeout(self) -> None:
        rest = [key for key in self._entries if key not in self._pages]
        if self.context.runner.is_busy:
            return
        if rest:
            self._page(rest[0])
        elif not any(page.make_more() for page in self._pages.values()):
            self.sender().deleteLater()

    def _may_leave(self) -> bool:
        page = self.current_page
        return page is None or page.can_leave()

    def _may_close(self) -> bool:
        if not self._may_leave():
            return False
        if not self.context.runner.is_busy:
            return True
        return ask_confirmation(
            self,
            _("Pekerjaan masih berjalan"),
            _(
                "Bila ditutup sekarang, pekerjaan itu dibatalkan dan data tetap seperti "
                "sebelumnya. Tunggu sampai selesai agar hasilnya tersimpan."
            ),
            act=_("Batalkan pekerjaan dan tutup"),
        )

    def _arrange_sidebar(self) -> None:
        self._sidebar.set_narrow(self._wizard_open or self.width() < px(_NARROW_BELOW_PX))

    def _restore_geometry(self) -> None:
        self.setMinimumSize(px(720), px(480))
        kept = self.context.appearance.state.geometry_bytes
        if not kept or not self.restoreGeometry(kept):
            self.resize(1366, 768)

    def _show_hints(self) -> None:
        page = self.current_page
        self._status.set_hints(page.key_hints if page is not None else ())

    def _show_backup(self) -> None:
        app = self.context.app
        words, tone = backup_words(newest_backup(app.paths.backups), app.clock())
        self._status.set_backup(words, tone=tone)

    def _on_page_key_activated(self) -> None:
        self.open_page(str(self.sender().property("page")))

    def _on_sidebar_page_chosen(self, key: str) -> None:
        self.open_page(key)

    def _on_page_waiting_changed(self, count: int) -> None:
        for key, page in self._pages.items():
            if page is self.sender():
                self._sidebar.set_waiting(key, count)

    def _on_page_wizard_changed(self, is_open: bool) -> None:
        self._wizard_open = is_open
        self._arrange_sidebar()

    def _on_changes_changed(self, changes: Changes) -> None:
        moment = self.context.app.clock()
        self._status.set_saved(_("Tersimpan {hour}").format(hour=f"{moment:%H.%M}"))
        self._show_backup()
        for key, page in self._pages.items():
            if not page.kinds & changes.kinds:
                continue
            if key == self._current:
                page.refresh(changes)
            else:
                self._stale[key] = _both(self._stale.get(key), changes)


def _both(earlier: Changes | None, later: Changes) -> Changes:
    if earlier is None:
        return later
    ids = {
        kind: earlier.ids.get(kind, ()) + later.ids.get(kind, ())
        for kind in earlier.kinds | later.kinds
    }
    return Changes(kinds=earlier.kinds | later.kinds, ids=ids)


def make_main_window(
    context: PageContext, entries: Sequence[PageEntry], *, office: str
) -> MainWindow:
    """Build the window on its first page."""
    window = MainWindow(context, entries, office=office)
    if window.page_keys:
        window.open_page(window.page_keys[0])
    return window
