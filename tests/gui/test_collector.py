"""Cycles with widgets in them die on the window's thread only."""

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from bpjsdesk.progress import CancelToken, ProgressSink
from ui.collector import Collector
from ui.tasks import TaskRunner


class Knot:
    """A cycle that tells on which thread it was destroyed."""

    def __init__(self, died_on: list[int]) -> None:
        self.me = self
        weakref.finalize(self, lambda: died_on.append(threading.get_ident()))


@pytest.fixture
def collector(runner: TaskRunner) -> Iterator[Collector]:
    owner = QObject()
    made = Collector(owner, runner)
    yield made
    made.stop()


def test_a_worker_never_collects(qtbot: QtBot, runner: TaskRunner, collector: Collector) -> None:
    died_on: list[int] = []
    for _knot in range(100):
        Knot(died_on)

    def work(_progress: ProgressSink, _cancel: CancelToken) -> int:
        return len([[number] for number in range(50_000)])

    with qtbot.waitSignal(runner.start(work).succeeded):
        pass
    assert set(died_on) <= {threading.get_ident()}
    # what the work threw away counts against what is due, so make the youngest due for certain
    kept = [[number] for number in range(10_000)]
    collector.collect_what_is_due()
    assert set(died_on) == {threading.get_ident()}
    assert len(died_on) == 100
    assert len(kept) == 10_000


def test_the_youngest_are_collected_while_a_task_runs(
    qtbot: QtBot, runner: TaskRunner, collector: Collector
) -> None:
    died_on: list[int] = []
    may_end = threading.Event()

    def work(_progress: ProgressSink, _cancel: CancelToken) -> None:
        may_end.wait()

    task = runner.start(work)
    Knot(died_on)
    kept = [[number] for number in range(10_000)]
    qtbot.waitUntil(lambda: bool(died_on))
    assert runner.is_busy
    assert len(kept) == 10_000
    with qtbot.waitSignal(task.finished):
        may_end.set()


def test_collection_goes_back_to_python_at_the_end(runner: TaskRunner) -> None:
    owner = QObject()
    made = Collector(owner, runner)
    assert not gc.isenabled()
    made.settle()
    made.stop()
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0
