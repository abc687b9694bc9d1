"""The longest time that the window does not answer while a list in work is opened and scrolled."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from bpjsdesk.paths import AppPaths
from bpjsdesk.services.context import AppContext
from build_scripts.bench_rows.import_sides import taken_in
from build_scripts.bench_rows.silence_side import Beat
from build_scripts.bench_rows.stores import opened
from ui.appearance import Appearance
from ui.changes import ChangeBus
from ui.collector import Collector
from ui.i18n import install_qt_words
from ui.main_window import MainWindow
from ui.office_window import make_office_window
from ui.pages.batches.import_flow import ImportFlow
from ui.pages.batches.page import BatchesPage
from ui.pages.batches.steps import FlowStep
from ui.pages.batches.workbench import EVERY, PROBLEMS
from ui.tasks import TaskRunner
from ui.theme import load_fonts

WARM_MS, PAUSE_MS = 4000, 40
SIZE = (1366, 768)
_DOWN, _UP = Qt.Key.Key_PageDown, Qt.Key.Key_PageUp
_CTRL = Qt.KeyboardModifier.ControlModifier
Move = Callable[[], object]


def program(*, office: str, file: str) -> dict[str, Any]:
    """Open a list, look at its problems and at all its rows; times in milliseconds."""
    app = QApplication(["bench", "-style", "fusion"])
    install_qt_words(app)
    load_fonts()
    context = opened(Path(office))
    batch_id = taken_in(context, file)
    runner = TaskRunner(app)
    collector = Collector(app, runner)
    window = _window(app, context, runner, AppPaths(Path(office)))
    beat = Beat()
    _passed(beat, WARM_MS)
    page = window.current_page
    assert isinstance(page, BatchesPage)
    while page.make_more():  # what the window makes in pauses, until nothing is left
        app.processEvents()
    collector.settle()
    idle = _passed(beat, WARM_MS // 10)
    opening = _until_check(beat, page, batch_id)
    found = {"idle": idle, "open": opening}
    for name, moves in (("scroll", _scrolling(page.flow)), ("keys", _next_problems(page.flow))):
        found[name] = _driven(beat, moves)
    rows = len(page.flow.desk.state.every) if page.flow.desk.state else 0
    window.close()
    runner.shutdown()
    collector.stop()
    return found | {"rows": rows}


def _window(
    app: QApplication, context: AppContext, runner: TaskRunner, paths: AppPaths
) -> MainWindow:
    appearance = Appearance(app, paths.window_state)
    appearance.apply()
    made = make_office_window(
        context,
        runner=runner,
        changes=ChangeBus(app),
        appearance=appearance,
        open_page=_stay,
    )
    made.window.resize(*SIZE)
    made.window.show()
    made.window.build_rest_when_idle()
    made.window.open_page("batches")
    return made.window


def _stay(_key: str, _record_id: int | None = None) -> None:
    """Open no other page."""


def _passed(beat: Beat, milliseconds: int) -> float:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    return beat.watch(loop)


def _until_check(beat: Beat, page: BatchesPage, batch_id: int) -> float:
    loop = QEventLoop()
    flow = page.flow

    def settled() -> None:
        if flow.step is FlowStep.COLUMNS:
            flow.columns.main_button().click()
        elif flow.step is FlowStep.VALUES:
            flow.values.main_button().click()
        elif flow.step is FlowStep.CHECK and not flow.bench.panel.is_counting:
            loop.quit()

    timer = QTimer()
    timer.timeout.connect(settled)
    timer.start(PAUSE_MS)
    QTimer.singleShot(0, lambda: page.open_work(batch_id))
    longest = beat.watch(loop)
    timer.stop()
    return max(longest, _passed(beat, WARM_MS // 4))


def _driven(beat: Beat, moves: Iterator[Move]) -> float:
    loop = QEventLoop()
    timer = QTimer()

    def step() -> None:
        move = next(moves, None)
        if move is None:
            loop.quit()
        else:
            move()

    timer.timeout.connect(step)
    timer.start(PAUSE_MS)
    longest = beat.watch(loop)
    timer.stop()
    return longest


def _scrolling(flow: ImportFlow) -> Iterator[Move]:
    grid = flow.bench.grid
    bar = grid.verticalScrollBar()
    for view in (PROBLEMS, EVERY):
        yield partial(flow.bench.choose_view, view)
        yield grid.setFocus
        for key in [_DOWN] * 40 + [_UP] * 10:
            yield partial(QTest.keyClick, grid, key)
        for share in range(0, 101, 4):
            yield partial(bar.setValue, bar.maximum() * share // 100)
        for key in (Qt.Key.Key_End, Qt.Key.Key_Home):
            yield partial(QTest.keyClick, grid, key, _CTRL)


def _next_problems(flow: ImportFlow) -> Iterator[Move]:
    yield partial(flow.bench.choose_view, EVERY)
    for _move in range(30):
        yield partial(QTest.keyClick, flow.bench.grid, Qt.Key.Key_F8)
