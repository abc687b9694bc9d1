"""Help leads to the pages it speaks of and needs no network."""

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bpjsdesk.services.context import AppContext
from tests.gui_finding import parts
from ui.appearance import Appearance
from ui.changes import ChangeBus
from ui.help_page import HelpPage, help_topics
from ui.page import PageContext
from ui.tasks import TaskRunner
from ui.widgets.buttons import Button
from ui.widgets.text import Label


@pytest.fixture
def asked() -> list[str]:
    return []


@pytest.fixture
def help_page(
    qtbot: QtBot, dressed_app: QApplication, office: AppContext, asked: list[str]
) -> HelpPage:
    context = PageContext(
        app=office,
        runner=TaskRunner(dressed_app),
        changes=ChangeBus(),
        appearance=Appearance(dressed_app, office.paths.window_state, forced_theme="light"),
        open_page=lambda key, _record_id: asked.append(key),
    )
    made = HelpPage(context)
    qtbot.addWidget(made)
    return made


def test_each_topic_opens_its_page(help_page: HelpPage, asked: list[str]) -> None:
    for button in parts(help_page, Button):
        button.click()
    assert asked == [topic.page for topic in help_topics()]


def test_the_place_of_the_data_is_told(help_page: HelpPage, office: AppContext) -> None:
    assert str(office.paths.database) in [label.text() for label in parts(help_page, Label)]
