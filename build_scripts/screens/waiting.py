"""Wait for conditions, never for a time: until nothing runs and nothing is about to."""

import time
from collections.abc import Callable

from PySide6.QtCore import QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from build_scripts.screens.finding import below
from ui.tasks import Task, TaskRunner, Work

LIMIT_S = 30.0
_CALM_ROUNDS = 4
_SHORT_TIMER_MS = 600
_SLICE_MS = 10
_PAUSE_S = 0.003


class SceneProblem(Exception):
    """A scene did not come to the state that it should show."""


class WatchedRunner(TaskRunner):
    """A runner that can tell whether any task, reading or writing, is under way."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._under_way = 0

    @property
    def is_calm(self) -> bool:
        return self._under_way == 0

    def start(self, work: Work, *, after_ms: int = 0) -> Task:
        return self._watch(super().start(work, after_ms=after_ms))

    def read(self, work: Work) -> Task:
        return self._watch(super().read(work))

    def _watch(self, task: Task) -> Task:
        self._under_way += 1
        task.finished.connect(self._on_task_finished)
        return task

    def _on_task_finished(self) -> None:
        self._under_way -= 1


def wait_until(condition: Callable[[], bool], what: str, *, limit_s: float = LIMIT_S) -> None:
    """Let the window live until a condition holds. Raises: SceneProblem."""
    ends = time.monotonic() + limit_s
    while not condition():
        if time.monotonic() > ends:
            raise SceneProblem(f"waited too long for {what}")
        let_live()


def let_live() -> None:
    """Let the window work off its events, then the threads their work."""
    QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, _SLICE_MS)
    time.sleep(_PAUSE_S)


def settle(is_calm: Callable[[], bool]) -> None:
    """Wait until tasks, short timers and pressed buttons are done, for a few rounds in a row.

    Raises: SceneProblem.
    """
    rounds = 0

    def calm_for_long() -> bool:
        nonlocal rounds
        rounds = rounds + 1 if is_calm() and not _is_something_due() else 0
        return rounds >= _CALM_ROUNDS

    wait_until(calm_for_long, "the window to come to rest")


def _is_something_due() -> bool:
    for top in QApplication.topLevelWidgets():
        if top.isVisible() and (_has_short_timer(top) or _has_pressed_button(top)):
            return True
    return False


def _has_short_timer(top: QWidget) -> bool:
    return any(
        timer.isActive() and timer.isSingleShot() and timer.interval() <= _SHORT_TIMER_MS
        for timer in below(top, QTimer)
    )


def _has_pressed_button(top: QWidget) -> bool:
    return any(button.isDown() for button in below(top, QAbstractButton))
