"""The shell: one page at a time, made when first opened, guarded when left."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bpjsdesk.domain.changes import Changes
from bpjsdesk.services.context import AppContext
from tests.gui_finding import part, parts
from tests.gui_typing import activate
from ui.appearance import Appearance
from ui.changes import ChangeBus
from ui.main_window import MainWindow, make_main_window
from ui.page import Page, PageContext, PageEntry
from ui.tasks import TaskRunner
from ui.widgets.practice_bar import PracticeBar
from ui.widgets.sidebar import NARROW_PX, NavButton, NavEntry, Sidebar
from ui.widgets.text import Label


class ExamplePage(Page):
    """Count what the window asks of it."""

    kinds = frozenset({"agreement"})

    def __init__(self, context: PageContext) -> None:
        super().__init__(context, "Contoh")
        self.refreshed: list[Changes] = []
        self.opened: list[int] = []
        self.leaves = True
        self.set_key_hints(("F2", "ubah"))

    def refresh(self, changes: Changes) -> None:
        self.refreshed.append(changes)

    def can_leave(self) -> bool:
        return self.leaves

    def open_record(self, record_id: int) -> None:
        self.opened.append(record_id)


class ClaimsPage(ExamplePage):
    kinds = frozenset({"claim"})


ENTRIES = (
    PageEntry(
        nav=NavEntry(key="a", title="Perjanjian", icon="file-certificate", shortcut="Ctrl+1"),
        make=ExamplePage,
    ),
    PageEntry(
        nav=NavEntry(key="b", title="Klaim", icon="first-aid-kit", shortcut="Ctrl+2"),
        make=ClaimsPage,
    ),
    PageEntry(
        nav=NavEntry(key="c", title="Pengaturan", icon="settings", shortcut="Ctrl+,", at_foot=True),
        make=ExamplePage,
    ),
)


@pytest.fixture
def page_context(dressed_app: QApplication, office: AppContext, runner: TaskRunner) -> PageContext:
    return PageContext(
        app=office,
        runner=runner,
        changes=ChangeBus(),
        appearance=Appearance(dressed_app, office.paths.window_state, forced_theme="light"),
        open_page=lambda _key, _record_id: None,
    )


@pytest.fixture
def window(qtbot: QtBot, page_context: PageContext) -> Iterator[MainWindow]:
    made = make_main_window(page_context, ENTRIES, office="Kantor Cabang Manado")
    qtbot.addWidget(made)
    made.show()
    activate(qtbot, made)
    yield made
    for page in parts(made, ExamplePage):
        page.leaves = True


def page_of(window: MainWindow) -> ExamplePage:
    page = window.current_page
    assert isinstance(page, ExamplePage)
    return page


def test_the_first_page_is_open_and_the_others_are_not_made_yet(window: MainWindow) -> None:
    assert page_of(window).objectName() == "page_a"
    assert len(parts(window, ExamplePage)) == 1


def test_keys_open_the_pages(qtbot: QtBot, window: MainWindow) -> None:
    QTest.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert page_of(window).objectName() == "page_b"
    QTest.keyClick(window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    assert page_of(window).objectName() == "page_c"


def test_a_page_with_unsaved_changes_holds_the_window(window: MainWindow) -> None:
    page_of(window).leaves = False
    part(window, NavButton, "nav_b").click()
    assert page_of(window).objectName() == "page_a"
    assert part(window, NavButton, "nav_a").isChecked()
    assert not window.close()


def test_a_page_is_filled_once_when_first_opened(window: MainWindow) -> None:
    page = page_of(window)
    window.open_page("b")
    window.open_page("a")
    assert page.refreshed == [Changes()]


def test_changes_reach_the_open_page_at_once_and_hidden_ones_when_they_come_up(
    window: MainWindow, page_context: PageContext
) -> None:
    agreements = page_of(window)
    window.open_page("b")
    claims = page_of(window)
    page_context.changes.publish(Changes.of(claim=3))
    page_context.changes.publish(Changes.of(agreement=7))
    page_context.changes.publish(Changes.of(agreement=8))
    assert claims.refreshed[1:] == [Changes.of(claim=3)]
    assert len(agreements.refreshed) == 1
    window.open_page("a")
    assert agreements.refreshed[1].ids == {"agreement": (7, 8)}


def test_a_record_can_be_asked_for_from_elsewhere(window: MainWindow) -> None:
    window.open_page("b", 42)
    assert page_of(window).opened == [42]


def test_the_status_bar_tells_saving_backup_and_the_keys_of_the_page(
    window: MainWindow, page_context: PageContext
) -> None:
    page_context.changes.publish(Changes.of(agreement=1))
    words = [label.text() for label in parts(window, Label)]
    assert "Tersimpan 10.42" in words
    assert "Belum ada cadangan" in words
    assert "ubah" in words


def test_waiting_counts_show_in_the_menu_and_are_read_out(window: MainWindow) -> None:
    page_of(window).waiting_changed.emit(3)
    assert part(window, NavButton, "nav_a").accessibleName() == "Perjanjian, 3 menunggu"


def test_a_wizard_gets_the_width_of_the_menu(window: MainWindow) -> None:
    page_of(window).wizard_changed.emit(True)
    assert parts(window, Sidebar)[0].width() == NARROW_PX


def test_only_a_practice_office_carries_the_coloured_bar(
    qtbot: QtBot, window: MainWindow, page_context: PageContext
) -> None:
    assert parts(window, PracticeBar) == []
    page_context.app.paths.practice_card.write_text("{}", encoding="utf-8")
    practice = make_main_window(page_context, ENTRIES, office="Latihan")
    qtbot.addWidget(practice)
    assert len(parts(practice, PracticeBar)) == 1


def test_locking_asks_for_the_login_and_closing_does_not(qtbot: QtBot, window: MainWindow) -> None:
    with qtbot.waitSignal(window.lock_requested):
        QTest.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)


def test_the_size_of_the_window_is_remembered(
    qtbot: QtBot, dressed_app: QApplication, window: MainWindow, page_context: PageContext
) -> None:
    window.resize(1111, 700)
    with qtbot.waitSignal(window.closed):
        window.close()
    kept = Appearance(dressed_app, page_context.app.paths.window_state)
    assert kept.state.geometry_bytes == bytes(window.saveGeometry().data())


def test_the_theme_can_be_changed_while_the_window_is_open(
    window: MainWindow, page_context: PageContext, dressed_app: QApplication
) -> None:
    page_context.appearance.choose(theme="dark", scale=1.15)
    assert dressed_app.palette().window().color().lightness() < 60
    again = Appearance(dressed_app, page_context.app.paths.window_state)
    assert (again.theme, again.scale) == ("dark", 1.15)


def test_pages_are_made_in_pauses_and_read_only_when_opened(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.open_page("a")
    window.build_rest_when_idle()
    qtbot.waitUntil(lambda: len(parts(window, ExamplePage)) == len(ENTRIES), timeout=5000)
    assert [page.refreshed for page in parts(window, ClaimsPage)] == [[]]
    window.open_page("b")
    page = window.current_page
    assert isinstance(page, ClaimsPage)
    assert len(page.refreshed) == 1
