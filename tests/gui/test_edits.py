"""Fields read what clerks type and never throw a wrong text away."""

from datetime import date

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ui.widgets.combo import Choice
from ui.widgets.edits import CountEdit, DateEdit, MoneyEdit, MonthEdit, NikEdit, TextEdit

TODAY = date(2026, 11, 20)


def today() -> date:
    return TODAY


def leave(edit: TextEdit) -> None:
    edit.normalise()


@pytest.mark.parametrize(
    "typed", ["20112026", "20/11/26", "20-11-2026", "20 nov", "20 November 2026", "2026-11-20"]
)
def test_a_day_is_read_in_every_usual_way_and_shown_with_four_digits(
    qtbot: QtBot, typed: str
) -> None:
    edit = DateEdit(today)
    qtbot.addWidget(edit)
    QTest.keyClicks(edit, typed)
    leave(edit)
    assert edit.day == TODAY
    assert edit.text() == "20-11-2026"
    assert edit.reading() == ("Jumat, 20 November 2026", "muted")


def test_t_is_today_and_plus_and_minus_step_a_day(qtbot: QtBot) -> None:
    edit = DateEdit(today)
    qtbot.addWidget(edit)
    QTest.keyClicks(edit, "t")
    assert edit.day == TODAY
    QTest.keyClicks(edit, "++-")
    assert edit.day == date(2026, 11, 21)


def test_a_month_name_with_a_t_in_it_can_be_typed(qtbot: QtBot) -> None:
    edit = DateEdit(today)
    qtbot.addWidget(edit)
    QTest.keyClicks(edit, "3 okt 26")
    assert edit.day == date(2026, 10, 3)


def test_a_day_with_dashes_can_be_typed(qtbot: QtBot) -> None:
    edit = DateEdit(today)
    qtbot.addWidget(edit)
    QTest.keyClicks(edit, "1-2-2026")
    assert edit.day == date(2026, 2, 1)


def test_an_unreadable_day_stays_as_typed_and_says_how_to_write_it(qtbot: QtBot) -> None:
    edit = DateEdit(today)
    qtbot.addWidget(edit)
    QTest.keyClicks(edit, "31/02/2026")
    leave(edit)
    assert edit.text() == "31/02/2026"
    assert edit.day is None
    assert not edit.is_readable
    assert "20112026" in edit.reading()[0]


@pytest.mark.parametrize("typed", ["112026", "11/26", "nov 2026", "11-2026"])
def test_a_contribution_month_is_read_as_its_first_day(qtbot: QtBot, typed: str) -> None:
    edit = MonthEdit(today)
    qtbot.addWidget(edit)
    QTest.keyClicks(edit, typed)
    leave(edit)
    assert edit.month == date(2026, 11, 1)
    assert edit.reading() == ("November 2026", "muted")


def test_money_shows_separators_while_typing_and_words_under_it(qtbot: QtBot) -> None:
    edit = MoneyEdit()
    qtbot.addWidget(edit)
    QTest.keyClicks(edit, "1001000")
    assert edit.text() == "Rp1.001.000"
    assert edit.reading()[0] == "satu juta seribu rupiah"


def test_money_holds_more_than_thirty_two_bits(qtbot: QtBot) -> None:
    edit = MoneyEdit()
    qtbot.addWidget(edit)
    QTest.keyClicks(edit, "12900000000")
    assert edit.amount == 12_900_000_000


def test_a_digit_put_into_the_middle_of_money_keeps_the_cursor_there(qtbot: QtBot) -> None:
    edit = MoneyEdit(1_000)
    qtbot.addWidget(edit)
    edit.setCursorPosition(len("Rp1"))
    QTest.keyClicks(edit, "23")
    assert edit.text() == "Rp123.000"


@pytest.mark.parametrize("pasted", ["Rp 1.250.000", "1.250.000", "1250000"])
def test_pasted_money_is_understood(qtbot: QtBot, pasted: str) -> None:
    edit = MoneyEdit()
    qtbot.addWidget(edit)
    QApplication.clipboard().setText(pasted)
    edit.paste()
    assert edit.amount == 1_250_000


def test_a_count_has_separators_but_no_unit(qtbot: QtBot) -> None:
    edit = CountEdit()
    qtbot.addWidget(edit)
    QTest.keyClicks(edit, "37000")
    assert edit.text() == "37.000"
    assert edit.reading() == ("", "muted")


def test_a_pasted_nik_with_spaces_is_cleaned_when_left(qtbot: QtBot) -> None:
    edit = NikEdit()
    qtbot.addWidget(edit)
    QApplication.clipboard().setText("7171 0445 0887 0001")
    edit.paste()
    leave(edit)
    assert edit.text() == "7171044508870001"


def test_a_short_nik_says_how_many_digits_are_missing(qtbot: QtBot) -> None:
    edit = NikEdit("717104450887000")
    qtbot.addWidget(edit)
    assert edit.reading() == ("Kurang 1 angka. NIK selalu 16 angka.", "bad")


def test_escape_restores_what_the_field_held(qtbot: QtBot) -> None:
    edit = TextEdit("lama")
    qtbot.addWidget(edit)
    edit.show()
    edit.setFocus()
    QTest.keyClicks(edit, " baru")
    QTest.keyClick(edit, Qt.Key.Key_Escape)
    assert edit.text() == "lama"


def wheel_over(widget: QWidget) -> None:
    event = QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        QPoint(0, 0),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)


def test_the_wheel_never_changes_a_choice_without_the_focus(qtbot: QtBot) -> None:
    choice = Choice([(1, "Satu"), (2, "Dua")])
    qtbot.addWidget(choice)
    choice.show()
    wheel_over(choice)
    assert choice.value == 1


def test_a_long_choice_is_found_by_any_part_of_its_words(qtbot: QtBot) -> None:
    villages = [(number, f"Kelurahan {number}") for number in range(20)] + [(99, "Motoboi Kecil")]
    choice = Choice(villages)
    qtbot.addWidget(choice)
    choice.setEditText("toboi")
    assert choice.value == 99
    assert choice.currentText() == "Motoboi Kecil"


def test_a_search_that_fits_several_choices_brings_the_old_one_back(qtbot: QtBot) -> None:
    choice = Choice([(number, f"Kelurahan {number}") for number in range(20)])
    qtbot.addWidget(choice)
    choice.set_value(7)
    choice.setEditText("kelurahan")
    assert choice.value == 7
    assert choice.currentText() == "Kelurahan 7"


def test_new_choices_keep_the_value_that_is_still_there(qtbot: QtBot) -> None:
    choice = Choice([(1, "Satu"), (2, "Dua")])
    qtbot.addWidget(choice)
    choice.set_value(2)
    choice.set_choices([(3, "Tiga"), (2, "Dua")])
    assert choice.value == 2
