"""Offline help: every topic is there, keys stand on one sheet, licences are told."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bpjsdesk.services.context import AppContext
from tests.gui_finding import parts
from tests.gui_opening import WindowOpener
from ui.pages.help import KEYS, KEYS_RECORD, LICENCES, ORDER, HelpPage, topic_text
from ui.tasks import TaskRunner
from ui.widgets.text import KeyChip

TOPICS = [key for key in ORDER if key not in (KEYS, LICENCES)]


@pytest.fixture
def opener(
    qtbot: QtBot, qapp: QApplication, runner: TaskRunner, tmp_path: Path
) -> Iterator[WindowOpener]:
    made = WindowOpener(qtbot, qapp, runner, tmp_path)
    yield made
    made.close()


@pytest.mark.parametrize("key", TOPICS)
def test_each_topic_has_a_title_and_words(key: str) -> None:
    text = topic_text(key)
    assert text.startswith("# ")
    assert len(text.split()) > 40


def test_topics_licences_and_keys_are_shown(opener: WindowOpener, office: AppContext) -> None:
    page = opener.open(office, "help").current_page
    assert isinstance(page, HelpPage)
    page.open_topic("koreksi")
    assert "Kunci Baris" in page.shown_text
    page.open_topic(LICENCES)
    assert "SIL OPEN FONT LICENSE" in page.shown_text
    page.open_record(KEYS_RECORD)
    keys = [chip.accessibleName() for chip in parts(page, KeyChip) if chip.isVisible()]
    assert {"Ctrl+M", "F8", "Ctrl+Enter"} <= set(keys)
