"""Smaller parts of the kit: what they say, how they bend, what they emit."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QStackedWidget, QWidget
from pytestqt.qtbot import QtBot

from bpjsdesk.domain.chart import ChartSeries, ChartSpec, axis_steps
from bpjsdesk.progress import Progress
from bpjsdesk.resources import resource_path
from tests.gui_finding import parts
from tests.gui_typing import activate
from ui.dialogs import QuestionDialog
from ui.icons import icon_pixmap
from ui.table_view import RecordTable
from ui.widgets.buttons import Button, ChoiceRow, bind_key
from ui.widgets.chart import BarChart, ChartCard
from ui.widgets.checks import Check, ChecksRail
from ui.widgets.layout import boxed, column, dress
from ui.widgets.message import EmptyState, ProgressPanel
from ui.widgets.meter import Meter, SumLine
from ui.widgets.search import SearchField
from ui.widgets.split import ListDetail, MainAndRail
from ui.widgets.status_bar import StatusBar
from ui.widgets.text import IconMark, KeyChip, Label, Pill

SPEC = ChartSpec(
    title="Manfaat dibayar",
    categories=("Okt", "Nov"),
    series=(
        ChartSeries(name="JKM", values=(714_000_000, 500_000_000)),
        ChartSeries(name="JKK", values=(300_000_000, 100_000_000)),
    ),
    unit="juta rupiah",
    scale=1_000_000,
    highlighted=1,
)


def words(widget: QWidget) -> list[str]:
    return [label.text() for label in parts(widget, QLabel)]


def test_list_and_detail_stack_when_the_window_is_narrow(qtbot: QtBot) -> None:
    both = ListDetail(QLabel("daftar"), QLabel("rincian"))
    qtbot.addWidget(both)
    both.resize(900, 400)
    both.show()
    assert not both.is_stacked
    both.resize(600, 400)
    assert both.is_stacked


def test_a_rail_goes_under_the_main_part_when_room_is_short(qtbot: QtBot) -> None:
    rail = QLabel("rel")
    both = MainAndRail(QLabel("isi"), rail)
    qtbot.addWidget(both)
    both.resize(1000, 400)
    both.show()
    qtbot.waitUntil(lambda: rail.x() > 0)
    both.resize(500, 400)
    qtbot.waitUntil(lambda: rail.x() == 0)


def test_a_sum_line_ticks_only_when_the_parts_add_up(qtbot: QtBot) -> None:
    line = SumLine()
    qtbot.addWidget(line)
    line.set_counts(("dibaca", 37_000), [("diterima", 35_258), ("ditahan", 1_742)])
    assert line.accessibleName() == "37.000 dibaca = 35.258 diterima + 1.742 ditahan"
    line.set_counts(("dibaca", 10), [("diterima", 9)])
    assert len(parts(line, IconMark)) >= 1


def test_a_meter_tells_its_share(qtbot: QtBot) -> None:
    meter = Meter([(3, "d1")], 4)
    qtbot.addWidget(meter)
    assert meter.accessibleName() == "75 %"


def test_checks_stand_worst_first_and_errors_are_counted(qtbot: QtBot) -> None:
    rail = ChecksRail()
    qtbot.addWidget(rail)
    rail.set_checks(
        [
            Check(tone="ok", title="Tanpa celah"),
            Check(tone="warn", title="Kuota naik"),
            Check(tone="bad", title="Tanggal berakhir"),
        ]
    )
    order = [
        text for text in words(rail) if text in ("Tanpa celah", "Kuota naik", "Tanggal berakhir")
    ]
    assert order == ["Tanggal berakhir", "Kuota naik", "Tanpa celah"]
    assert parts(rail, Pill)[0].accessibleName() == "1 galat"


def test_progress_shows_counts_and_cancel_is_pressed_once(qtbot: QtBot) -> None:
    panel = ProgressPanel("Impor")
    qtbot.addWidget(panel)
    panel.begin("Memeriksa baris")
    panel.show_progress(Progress(done=24_180, total=37_000, text="Memeriksa baris"))
    assert "24.180 dari 37.000" in words(panel)
    cancel = parts(panel, Button)[0]
    with qtbot.waitSignal(panel.cancel_requested):
        cancel.click()
    assert not cancel.isEnabled()


def test_an_empty_state_offers_the_next_act(qtbot: QtBot) -> None:
    state = EmptyState("filter", "Tidak ada yang cocok", "Tanpa saringan ada 1.", action="Hapus")
    qtbot.addWidget(state)
    with qtbot.waitSignal(state.acted):
        parts(state, Button)[0].click()


def test_the_key_on_a_button_presses_it(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    button = Button("Ubah", key="F2")
    button.setParent(window)
    bind_key(button, "F2", window)
    window.show()
    activate(qtbot, window)
    with qtbot.waitSignal(button.clicked):
        QTest.keyClick(window, Qt.Key.Key_F2)


def test_one_of_several_chips_is_chosen(qtbot: QtBot) -> None:
    chips = ChoiceRow([("all", "Semua 22"), ("valid", "Berlaku 14")])
    qtbot.addWidget(chips)
    assert chips.current == "all"
    with qtbot.waitSignal(chips.chosen) as chosen:
        parts(chips, QPushButton)[1].click()
    assert chosen.args == ["valid"]
    chips.select("all")
    assert chips.current == "all"


def test_search_waits_for_a_pause_and_clears_with_escape(qtbot: QtBot) -> None:
    field = SearchField("Cari nama", key="Ctrl+F")
    qtbot.addWidget(field)
    with qtbot.waitSignal(field.search_changed) as said:
        QTest.keyClicks(field, "rizki")
    assert said.args == ["rizki"]
    with qtbot.waitSignal(field.search_changed) as said:
        QTest.keyClick(field, Qt.Key.Key_Escape)
    assert said.args == [""]


def test_a_chart_has_a_text_alternative_and_a_table(qtbot: QtBot) -> None:
    card = ChartCard()
    qtbot.addWidget(card)
    card.set_spec(SPEC)
    card.resize(600, 300)
    card.show()
    chart = parts(card, BarChart)[0]
    assert chart.accessibleDescription() == "Okt: 1.014.000.000; Nov: 600.000.000"
    parts(card, Button)[0].click()
    model = parts(card, RecordTable)[0].model()
    assert [model.index(0, place).data() for place in range(4)] == [
        "Okt",
        "714.000.000",
        "300.000.000",
        "1.014.000.000",
    ]


@pytest.mark.parametrize(
    ("highest", "steps"),
    [
        (0, (0, 1)),
        (3, (0, 1, 2, 3)),
        (1539, (0, 400, 800, 1200, 1600)),
        (13_630, (0, 4000, 8000, 12_000, 16_000)),
        (100, (0, 25, 50, 75, 100)),
    ],
)
def test_axis_marks_are_round_and_reach_the_highest_bar(
    highest: int, steps: tuple[int, ...]
) -> None:
    assert axis_steps(highest) == steps


def test_a_question_closes_with_the_key_of_the_button(qtbot: QtBot) -> None:
    dialog = QuestionDialog(None, "Buang perubahan?", "Ada isian yang belum disimpan.")
    qtbot.addWidget(dialog)
    dialog.add_choice("discard", "Buang", kind="danger").click()
    assert dialog.choice == "discard"


def test_every_icon_draws_something(dressed_app: object) -> None:
    for path in resource_path("icons").glob("*.svg"):
        image = icon_pixmap(path.stem, "text", size=16).toImage()
        assert any(
            image.pixelColor(x, y).alpha()
            for x in range(0, image.width(), 2)
            for y in range(0, image.height(), 2)
        ), path.name


def test_labels_show_names_as_they_are_written(qtbot: QtBot) -> None:
    label = Label("<b>Rina</b>")
    qtbot.addWidget(label)
    assert label.textFormat() is Qt.TextFormat.PlainText


def test_the_status_bar_shows_the_keys_of_the_present_page_only(qtbot: QtBot) -> None:
    bar = StatusBar()
    qtbot.addWidget(bar)
    bar.show()
    bar.set_hints([("F8", "masalah berikut"), ("Ctrl+S", "simpan")])
    bar.resize(600, bar.height())
    bar.set_hints([("Enter", "buka")])
    word = next(label for label in parts(bar, Label) if label.text() == "buka")
    right = word.mapTo(bar, word.rect().topRight()).x()
    assert right == bar.width() - 15  # in its place at once, not a frame later
    assert [chip.accessibleName() for chip in parts(bar, KeyChip) if chip.isVisible()] == ["Enter"]
    assert [label.text() for label in parts(bar, Label) if label.isVisible()][-1] == "buka"


def test_a_hidden_part_is_laid_out_before_it_comes_up(qtbot: QtBot) -> None:
    stack = QStackedWidget()
    qtbot.addWidget(stack)
    stack.addWidget(QWidget())
    inside = Label("Baris daftar", wrap=True)
    hidden = boxed(column(inside))
    stack.addWidget(hidden)
    stack.resize(400, 300)
    stack.show()
    dress(hidden, stack.size())
    assert (inside.width(), inside.height()) == (400, 300)
    assert not hidden.isVisible()
    assert stack.currentIndex() == 0
