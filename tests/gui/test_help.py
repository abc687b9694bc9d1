"""Offline help: every topic is there, keys stand on one sheet, licences are told."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from bpjsdesk.services.context import AppContext
from tests.gui_finding import parts
from tests.gui_opening import WindowOpener
from ui.pages.help import KEYS, KEYS_RECORD, LICENCES, ORDER, HelpPage, topic_text
from ui.pages.help_licences import (
    TABLE,
    LicenceSheet,
    flowing,
    licence_folder,
    licence_records,
    licence_words,
)
from ui.pages.help_topic import TopicView
from ui.table_view import RecordTable
from ui.widgets.layout import boxed, column
from ui.widgets.text import KeyChip, Label

TOPICS = [key for key in ORDER if key not in (KEYS, LICENCES)]


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
    assert "LGPL VERSI 3" in page.shown_text
    page.open_record(KEYS_RECORD)
    keys = [chip.accessibleName() for chip in parts(page, KeyChip) if chip.isVisible()]
    assert {"Ctrl+M", "F8", "Ctrl+Enter"} <= set(keys)


@pytest.fixture
def collected(tmp_path: Path) -> Path:
    """A folder as the build fills it, with few components."""
    (tmp_path / "teks").mkdir()
    (tmp_path / "LISENSI.txt").write_text("Lisensi MIT.", encoding="utf-8-sig")
    (tmp_path / "LGPL-3.0.txt").write_text("GNU LESSER", encoding="utf-8")
    (tmp_path / "GPL-3.0.txt").write_text("GNU GENERAL", encoding="utf-8")
    (tmp_path / "teks" / "alembic").write_text("Copyright Häring", encoding="utf-8")
    lines = (
        "nama,versi,lisensi,di_dalam,teks",
        "alembic,1.20.1,MIT,,teks/alembic",
        "BPJS Desk,0.1.0,MIT,,LISENSI.txt",
        "Qt,6.8.3,LGPL-3.0-only,pyside6-essentials 6.8.3,LGPL-3.0.txt GPL-3.0.txt",
    )
    (tmp_path / TABLE).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return tmp_path


@pytest.mark.usefixtures("dressed_app")
def test_licences_name_the_program_first_then_what_is_under_the_lgpl(
    qtbot: QtBot, collected: Path
) -> None:
    sheet = LicenceSheet(licence_records(collected))
    qtbot.addWidget(sheet)
    assert texts_of(sheet.table) == ["BPJS Desk", "Qt", "alembic"]
    assert sheet.shown_text.endswith("Lisensi MIT.")
    notice = [label.text() for label in parts(sheet, Label)]
    assert any("LGPL" in text and "mengganti pustaka itu" in text for text in notice)


@pytest.mark.usefixtures("dressed_app")
def test_a_chosen_component_shows_all_its_texts(qtbot: QtBot, collected: Path) -> None:
    sheet = LicenceSheet(licence_records(collected))
    qtbot.addWidget(sheet)
    QTest.keyClick(sheet.table, Qt.Key.Key_Down)
    assert "Di dalam: pyside6-essentials 6.8.3" in sheet.shown_text
    assert sheet.shown_text.index("GNU LESSER") < sheet.shown_text.index("GNU GENERAL")
    QTest.keyClick(sheet.table, Qt.Key.Key_Down)
    assert "Copyright Häring" in sheet.shown_text


def test_a_checkout_shows_the_texts_that_it_has() -> None:
    named = {record.name: licence_words(record) for record in licence_records(licence_folder())}
    assert "SIL OPEN FONT LICENSE" in named["fonts/Inter-OFL"]
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in named["LGPL-3.0"]
    assert next(iter(named)) == "BPJS Desk"


@pytest.mark.usefixtures("dressed_app")
def test_a_text_starts_at_its_top_and_its_lines_flow(qtbot: QtBot, collected: Path) -> None:
    broken = "Permission is hereby granted, free of charge, to any person obtaining a\ncopy.\n"
    (collected / "LISENSI.txt").write_text(f"{broken}\n  a) one\n" * 200, encoding="utf-8")
    sheet = LicenceSheet(licence_records(collected))
    ground = boxed(column(sheet), ground="page")
    qtbot.addWidget(ground)
    ground.resize(800, 400)
    with qtbot.waitExposed(ground):
        ground.show()
    assert parts(sheet, TopicView)[0].verticalScrollBar().value() == 0
    assert "to any person obtaining a copy.\n\n  a) one\n" in sheet.shown_text


def test_points_of_a_licence_stay_apart() -> None:
    long = "of this software, which may be used for any purpose, the conditions are"
    points = [f"{long} these", f"• {long}", f"2. {long}", f"(b) {long}", f"   {long}", "* short"]
    assert flowing("\n".join(points)).splitlines() == points


def texts_of(table: RecordTable) -> list[str]:
    model = table.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]
