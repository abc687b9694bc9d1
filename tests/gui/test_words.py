"""Qt's own words are Indonesian, and errors are told in the reader's language."""

import sys
from datetime import date

import pytest
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from bpjsdesk.errors import Cancelled, UserError
from tests.gui_finding import parts
from ui.dialogs import QuestionDialog
from ui.errors import error_text, show_error
from ui.i18n import _, long_day
from ui.widgets.text import Label

BUTTONS = {
    QDialogButtonBox.StandardButton.Save: "Simpan",
    QDialogButtonBox.StandardButton.Cancel: "Batal",
    QDialogButtonBox.StandardButton.Yes: "&Ya",
    QDialogButtonBox.StandardButton.No: "&Tidak",
    QDialogButtonBox.StandardButton.Open: "Buka",
    QDialogButtonBox.StandardButton.Close: "Tutup",
    QDialogButtonBox.StandardButton.Discard: "Buang",
    QDialogButtonBox.StandardButton.Help: "Bantuan",
}


@pytest.mark.parametrize(("kind", "word"), BUTTONS.items(), ids=BUTTONS.values())
def test_standard_buttons_are_indonesian(
    qtbot: QtBot, kind: QDialogButtonBox.StandardButton, word: str
) -> None:
    box = QDialogButtonBox(kind)
    qtbot.addWidget(box)
    assert box.button(kind).text() == word


def test_the_menu_of_a_text_field_is_indonesian(qtbot: QtBot) -> None:
    edit = QLineEdit("isi")
    qtbot.addWidget(edit)
    menu = edit.createStandardContextMenu()
    words = " ".join(action.text().replace("&", "") for action in menu.actions())
    for word in ("Urungkan", "Salin", "Tempel", "Pilih Semua"):
        assert word in words


def test_our_own_words_are_their_own_source() -> None:
    assert _("Simpan {n}").format(n=3) == "Simpan 3"


def test_days_are_written_in_indonesian() -> None:
    assert long_day(date(2026, 11, 20)) == "Jumat, 20 November 2026"


def test_an_error_for_the_reader_shows_its_own_sentence() -> None:
    headline, sentence, code = error_text(UserError("DISK", "Ruang disk habis. Kosongkan dahulu."))
    assert headline == "Tidak dapat dilanjutkan"
    assert sentence == "Ruang disk habis. Kosongkan dahulu."
    assert code == "DISK"


def test_a_fault_of_the_program_tells_its_place_but_no_values() -> None:
    try:
        raise ValueError("7171044508870001 Rina")
    except ValueError as problem:
        headline, sentence, code = error_text(problem)
    assert headline == "Terjadi kesalahan program"
    assert "gui/test_words.py" in code
    assert "7171044508870001" not in headline + sentence + code


def test_a_cancelled_task_is_silent(qtbot: QtBot) -> None:
    show_error(None, Cancelled())
    assert QApplication.activeModalWidget() is None


def test_the_error_dialog_speaks_indonesian(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []

    def look(dialog: QuestionDialog) -> int:
        seen.extend(button.text() for button in parts(dialog, QPushButton))
        seen.extend(label.text() for label in parts(dialog, Label))
        return 0

    monkeypatch.setattr(QuestionDialog, "exec", look)
    show_error(None, UserError("EXAMPLE", "Contoh kalimat."))
    assert "Contoh kalimat." in seen
    assert "Kode: EXAMPLE" in seen
    assert "Tutup" in seen
    assert "OK" not in seen
    assert sys.excepthook is not None
