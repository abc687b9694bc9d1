"""Errors stand beside their field, in the banner, and F8 walks through them."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QPlainTextEdit
from pytestqt.qtbot import QtBot

from tests.gui_finding import part, parts
from tests.gui_typing import activate
from ui.widgets.combo import Choice
from ui.widgets.edits import DateEdit, MoneyEdit, NikEdit, TextEdit
from ui.widgets.form import FieldError, Form
from ui.widgets.text import Label


def today() -> date:
    return date(2026, 11, 20)


@pytest.fixture
def form(qtbot: QtBot) -> Form:
    made = Form()
    qtbot.addWidget(made)
    for name, label, control in (
        ("title", "Tentang", TextEdit()),
        ("from", "Berlaku mulai", DateEdit(today)),
        ("kind", "Jenis", Choice([(1, "PKS")], empty="Pilih")),
        ("amount", "Pagu", MoneyEdit()),
    ):
        made.body.addWidget(made.add_field(name, label, control, required=name != "amount"))
    made.resize(500, 400)
    made.show()
    activate(qtbot, made)
    return made


def line_of(form: Form, name: str) -> str:
    return part(form, Label, f"{name}_line").text()


def test_empty_required_fields_are_listed_in_reading_order(form: Form) -> None:
    missing = form.missing_fields()
    assert [error.field for error in missing] == ["title", "from", "kind"]
    assert missing[0].message == "Tentang belum diisi."


def test_errors_show_in_place_and_in_the_banner_and_the_first_gets_the_focus(form: Form) -> None:
    well = form.show_errors(
        [
            FieldError(field="from", message="Mendahului mulai."),
            FieldError(field="amount", message="Kurang dari iuran."),
        ]
    )
    assert not well
    assert line_of(form, "from") == "Mendahului mulai."
    assert form.field("from").control.property("state") == "bad"
    assert form.banner.isVisible()
    title, body = form.banner.text()
    assert title == "2 hal perlu dibetulkan sebelum disimpan"
    assert body == "Berlaku mulai: Mendahului mulai."
    assert form.field("from").control.hasFocus()


def test_f8_walks_through_the_errors_round_and_round(form: Form) -> None:
    form.show_errors(
        [FieldError(field="title", message="Isi."), FieldError(field="amount", message="Isi.")]
    )
    QTest.keyClick(form, Qt.Key.Key_F8)
    assert form.field("amount").control.hasFocus()
    QTest.keyClick(form, Qt.Key.Key_F8)
    assert form.field("title").control.hasFocus()


def test_editing_a_wrong_field_takes_its_error_back_but_keeps_the_text(form: Form) -> None:
    title = form.field("title").control
    form.show_errors([FieldError(field="title", message="Terlalu pendek.")])
    QTest.keyClicks(title, "PKS")
    assert form.field("title").error == ""
    assert isinstance(title, TextEdit)
    assert title.text() == "PKS"


def test_a_sound_form_hides_the_banner(form: Form) -> None:
    form.show_errors([FieldError(field="title", message="Isi.")])
    assert form.show_errors([])
    assert not form.banner.isVisible()


def test_only_the_users_own_changes_make_a_form_dirty(form: Form) -> None:
    amount = form.field("amount").control
    assert isinstance(amount, MoneyEdit)
    amount.set_amount(5)
    assert not form.is_dirty
    QTest.keyClicks(amount, "5")
    assert form.is_dirty


def test_a_saved_form_is_clean_again(form: Form) -> None:
    form.mark_dirty()
    form.mark_clean()
    assert not form.is_dirty


def test_the_reading_of_a_field_replaces_its_hint(form: Form) -> None:
    QTest.keyClicks(form.field("from").control, "20nov")
    assert line_of(form, "from") == "Jumat, 20 November 2026"


def test_an_unreadable_date_counts_as_an_error_on_save(form: Form) -> None:
    start = form.field("from").control
    assert isinstance(start, DateEdit)
    start.setText("99/99")
    assert "from" in {error.field for error in form.missing_fields()}


def test_labels_are_buddies_and_controls_have_names_for_screen_readers(form: Form) -> None:
    for name in ("title", "from", "kind", "amount"):
        field = form.field(name)
        assert field.control.accessibleName() == field.label_text
        assert any(label.buddy() is field.control for label in parts(field, Label))


def test_required_fields_carry_a_star(form: Form) -> None:
    heads = [label.text() for label in parts(form, Label)]
    assert "Tentang *" in heads
    assert "Pagu" in heads


def test_check_boxes_and_long_texts_are_fields_too(qtbot: QtBot) -> None:
    form = Form()
    qtbot.addWidget(form)
    note = form.add_field("note", "Catatan", QPlainTextEdit(), required=True)
    form.add_field("kept", "", QCheckBox("Sudah disimpan"))
    assert [error.field for error in form.missing_fields()] == ["note"]
    assert isinstance(note.control, QPlainTextEdit)
    note.control.setPlainText("ada")
    assert form.missing_fields() == []
    assert form.is_dirty


def test_a_dropped_field_is_no_longer_asked_for(form: Form) -> None:
    form.add_field("nik", "NIK", NikEdit(), required=True)
    form.drop("nik")
    assert "nik" not in {error.field for error in form.missing_fields()}
