"""The longest time that a window does not answer while a list is loaded in a task."""

import time
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QProgressBar

from bpjsdesk.domain.changes import Answer
from bpjsdesk.progress import Progress
from bpjsdesk.services.commands import new_request_id
from build_scripts.bench_rows.import_sides import a_request
from build_scripts.bench_rows.stores import opened
from ui.collector import Collector
from ui.pages.batches.import_work import accept_work, open_work
from ui.pages.batches.sender_work import stage_work
from ui.pages.batches.work_state import WorkState
from ui.tasks import TaskRunner, Work

BEAT_MS = 5
IDLE_MS = 300


class Beat(QObject):
    """Tick in the window's thread and note the longest gap between two ticks."""

    def __init__(self) -> None:
        super().__init__()
        self.longest_s = 0.0
        self._last = time.perf_counter()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(BEAT_MS)
        self._timer.timeout.connect(self._on_timeout)

    def watch(self, loop: QEventLoop) -> float:
        """Run the loop until it is quit; give the longest gap in milliseconds."""
        self.longest_s, self._last = 0.0, time.perf_counter()
        self._timer.start()
        loop.exec()
        self._timer.stop()
        return self.longest_s * 1000

    def _on_timeout(self) -> None:
        now = time.perf_counter()
        self.longest_s = max(self.longest_s, now - self._last)
        self._last = now


def program(*, office: str, file: str) -> dict[str, Any]:
    """Read, check and accept the list by the work of the batch page; times in milliseconds."""
    app = QApplication(["bench"])
    runner = TaskRunner()
    collector = Collector(app, runner)
    context = opened(Path(office))
    bar = QProgressBar()
    bar.show()
    beat = Beat()
    collector.settle()
    idle = _idle(beat)
    reading = stage_work(context, a_request(file), None)
    read_ms, answer = _watched(beat, runner, bar, reading)
    assert isinstance(answer, Answer)
    check_ms, state = _watched(beat, runner, bar, open_work(context, answer.object_id))
    assert isinstance(state, WorkState)
    saving = accept_work(context, state.work, new_request_id(), up_to_quota=True)
    save_ms, _ = _watched(beat, runner, bar, saving)
    runner.shutdown()
    collector.stop()
    check_ms = max(read_ms, check_ms)
    return {"longest": max(check_ms, save_ms), "check": check_ms, "save": save_ms, "idle": idle}


def _idle(beat: Beat) -> float:
    loop = QEventLoop()
    QTimer.singleShot(IDLE_MS, loop.quit)
    return beat.watch(loop)


def _watched(beat: Beat, runner: TaskRunner, bar: QProgressBar, work: Work) -> tuple[float, Any]:
    results: list[Any] = []
    problems: list[Exception] = []
    loop = QEventLoop()

    def show(progress: Progress) -> None:
        bar.setMaximum(max(progress.total, 1))
        bar.setValue(progress.done)

    task = runner.start(work)
    task.progressed.connect(show)
    task.succeeded.connect(results.append)
    task.failed.connect(problems.append)
    task.finished.connect(loop.quit)
    longest = beat.watch(loop)
    if problems:
        raise problems[0]
    return longest, results[0]
