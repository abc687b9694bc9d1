"""What a page of the main window promises."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from bpjsdesk.domain.changes import Changes
from ui.changes import ChangeBus
from ui.tasks import TaskRunner
from ui.widgets.layout import Item, boxed, column, row, set_ground
from ui.widgets.sidebar import NavEntry
from ui.widgets.text import Pill, caption, page_title

if TYPE_CHECKING:
    from bpjsdesk.services.context import AppContext
    from ui.appearance import Appearance


@dataclass(frozen=True, slots=True, kw_only=True)
class PageContext:
    """Everything a page may use; handed to its factory.

    `app` is the opened office, `runner` the threads, `changes` the bus of what changed;
    `open_page(key, record_id)` goes to another page of the window, `appearance` holds the
    user's theme and text size. `home` is what will hold the page: a page that is born there
    needs not be dressed twice.
    """

    app: "AppContext"
    runner: TaskRunner
    changes: ChangeBus
    appearance: "Appearance"
    open_page: Callable[[str, int | None], None]
    home: QWidget | None = None

    def today(self) -> date:
        """Give the office's present day; fits `DateEdit`."""
        return self.app.clock().date()


@dataclass(frozen=True, slots=True, kw_only=True)
class PageEntry:
    """One line of the main menu and how its page is made, once, when first opened."""

    nav: NavEntry
    make: Callable[[PageContext], "Page"]


class Page(QWidget):
    """One page: header on top, `body` below it.

    Set `kinds` to the kinds of `Changes` after which it must reload. Override `refresh`,
    `can_leave` and `open_record` where they mean something.
    Signals: hints_changed() when the keys in the status bar change, saved(str) with a sentence
    for the status bar, waiting_changed(int) with what the sidebar should count,
    wizard_changed(bool) when work starts or ends that needs the sidebar's width.
    """

    hints_changed = Signal()
    saved = Signal(str)
    waiting_changed = Signal(int)
    wizard_changed = Signal(bool)

    kinds: frozenset[str] = frozenset()

    def __init__(self, context: PageContext, title: str) -> None:
        super().__init__(context.home)
        self.context = context
        self._title = page_title(title)
        self._title.setObjectName("pageTitle")
        self._subtitle = caption("")
        self._pill = Pill("", "grey")
        self._header_actions = row(gap=8)
        self._hints: tuple[tuple[str, str], ...] = ()
        words = column(row(self._title, self._pill, None, gap=10), self._subtitle, gap=1)
        head = boxed(row((words, 1), self._header_actions, gap=10))
        head.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.body = column(gap=12)
        self.setLayout(column(head, (boxed(self.body), 1), gap=12, margins=(20, 14, 20, 14)))
        set_ground(self, "page")

    @property
    def title(self) -> str:
        return self._title.text()

    @property
    def key_hints(self) -> tuple[tuple[str, str], ...]:
        """The page's own keys as (key, word), at most five."""
        return self._hints

    def set_title(self, title: str, *, pill: tuple[str, str] = ("", "grey")) -> None:
        self._title.setText(title)
        self._pill.set_state(*pill)

    def set_subtitle(self, text: str) -> None:
        """Say in one muted line what the page shows and as of when; forms show their path."""
        self._subtitle.setText(text)

    def set_header_actions(self, *items: Item) -> None:
        """Put at most three buttons at the right of the title, one of them primary."""
        for item in items:
            if isinstance(item, QWidget):
                self._header_actions.addWidget(item)

    def set_key_hints(self, *hints: tuple[str, str]) -> None:
        self._hints = hints
        self.hints_changed.emit()

    def refresh(self, changes: Changes) -> None:
        """Reload what is shown; called when shown first and after changes of `kinds`."""

    def make_more(self) -> bool:
        """Make one part that was put off until it is needed; False when nothing is left."""
        return False

    def can_leave(self) -> bool:
        """Ask about unsaved changes; False keeps the window on this page."""
        return True

    def focus_first(self) -> None:
        """Put the focus where work on this page begins; called when the page comes up."""
        self.setFocus()

    def open_record(self, record_id: int) -> None:
        """Show one record, asked for by another page."""
