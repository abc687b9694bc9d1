"""Work beside the window: order, errors, cancelling, closing while busy."""

import sys
import threading
from functools import partial

import pytest
from PySide6.QtCore import QObject, QThread
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from bpjsdesk.errors import UserError
from bpjsdesk.progress import CancelToken, Progress, ProgressSink
from ui.tasks import LatestRead, TaskRunner, Work


class Listener(QObject):
    """Keep what a task said, in order, and on which thread it said it."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[object] = []
        self.threads: set[QThread] = set()

    def on_value(self, value: object) -> None:
        self.heard.append(value)
        self.threads.add(QThread.currentThread())

    def on_end(self) -> None:
        self.heard.append("finished")


def count_to_three(progress: ProgressSink, _cancel: CancelToken) -> str:
    for number in (1, 2, 3):
        progress(Progress(done=number, total=3, text=f"langkah {number}"))
    return "selesai"


def wait_for_cancel(_progress: ProgressSink, cancel: CancelToken) -> None:
    for _turn in range(500):
        cancel.raise_if_cancelled()
        threading.Event().wait(0.01)


def test_progress_and_result_arrive_in_order_on_the_windows_thread(
    qtbot: QtBot, runner: TaskRunner
) -> None:
    listener = Listener()
    task = runner.start(count_to_three)
    task.progressed.connect(listener.on_value)
    task.succeeded.connect(listener.on_value)
    task.finished.connect(listener.on_end)
    qtbot.waitUntil(lambda: "finished" in listener.heard)
    steps = [heard.done for heard in listener.heard if isinstance(heard, Progress)]
    assert steps == [1, 2, 3]
    assert listener.heard[-2:] == ["selesai", "finished"]
    assert listener.threads == {runner.thread()}


def test_an_error_arrives_as_the_exception_it_was(qtbot: QtBot, runner: TaskRunner) -> None:
    def work(_progress: ProgressSink, _cancel: CancelToken) -> None:
        raise UserError("EXAMPLE", "Contoh.")

    task = runner.start(work)
    with qtbot.waitSignal(task.failed) as caught:
        pass
    assert isinstance(caught.args[0], UserError)


def test_cancelled_work_ends_as_cancelled(qtbot: QtBot, runner: TaskRunner) -> None:
    task = runner.start(wait_for_cancel)
    with qtbot.waitSignals([task.cancelled, task.finished]):
        task.cancel()
    assert not runner.is_busy


def test_work_cancelled_before_its_turn_never_starts(qtbot: QtBot, runner: TaskRunner) -> None:
    started: list[str] = []

    def work(_progress: ProgressSink, _cancel: CancelToken) -> None:
        started.append("ran")

    first = runner.start(wait_for_cancel)
    second = runner.start(work)
    with qtbot.waitSignal(second.cancelled):
        second.cancel()
        first.cancel()
    assert started == []


def test_work_may_begin_a_moment_later(qtbot: QtBot, runner: TaskRunner) -> None:
    listener = Listener()
    task = runner.start(answering("dibaca"), after_ms=5)
    task.succeeded.connect(listener.on_value)
    assert runner.is_busy
    qtbot.waitUntil(lambda: not runner.is_busy)
    assert listener.heard == ["dibaca"]


def test_work_cancelled_before_its_moment_never_starts(qtbot: QtBot, runner: TaskRunner) -> None:
    listener = Listener()
    task = runner.start(answering("dibaca"), after_ms=5)
    task.succeeded.connect(listener.on_value)
    with qtbot.waitSignal(task.cancelled):
        task.cancel()
    assert listener.heard == []


def test_work_whose_moment_comes_after_closing_is_forgotten(qtbot: QtBot) -> None:
    runner = TaskRunner()
    listener = Listener()
    task = runner.start(answering("dibaca"), after_ms=1)
    task.finished.connect(listener.on_end)
    runner.shutdown()
    qtbot.wait(20)
    assert listener.heard == []


def test_writes_follow_each_other_in_the_order_given(qtbot: QtBot, runner: TaskRunner) -> None:
    order: list[int] = []
    tasks = []
    for number in range(20):

        def work(_progress: ProgressSink, _cancel: CancelToken, number: int = number) -> None:
            order.append(number)

        tasks.append(runner.start(work, after_ms=5 if number % 3 == 0 else 0))
    qtbot.waitUntil(lambda: not runner.is_busy)
    assert order == list(range(20))


def test_after_each_write_but_no_reading_the_store_is_tidied(
    qtbot: QtBot, runner: TaskRunner
) -> None:
    done: list[str] = []
    runner.after_write = partial(done.append, "tidied")

    def work(_progress: ProgressSink, _cancel: CancelToken) -> None:
        done.append("written")

    read = runner.read(count_to_three)
    with qtbot.waitSignal(read.succeeded):
        pass
    assert done == []
    runner.start(work)
    runner.start(work)
    qtbot.waitUntil(lambda: len(done) == 4)
    assert done == ["written", "tidied"] * 2


def test_reads_run_beside_a_write(qtbot: QtBot, runner: TaskRunner) -> None:
    write = runner.start(wait_for_cancel)
    read = runner.read(count_to_three)
    with qtbot.waitSignal(read.succeeded):
        pass
    assert write.is_running
    write.cancel()


def test_a_thread_that_computes_gives_python_back_within_a_millisecond(
    qtbot: QtBot, runner: TaskRunner
) -> None:
    with qtbot.waitSignal(runner.read(count_to_three).succeeded):
        pass
    assert sys.getswitchinterval() == pytest.approx(0.001)


def test_busy_is_told_once_for_a_queue(qtbot: QtBot, runner: TaskRunner) -> None:
    told: list[bool] = []
    listener = Listener()
    runner.busy_changed.connect(listener.on_value)
    runner.start(count_to_three)
    runner.start(count_to_three)
    qtbot.waitUntil(lambda: not runner.is_busy)
    told = [heard for heard in listener.heard if isinstance(heard, bool)]
    assert told == [True, False]


def test_a_receiver_that_died_meanwhile_does_no_harm(qtbot: QtBot, runner: TaskRunner) -> None:
    listener = Listener()
    task = runner.start(count_to_three)
    task.succeeded.connect(listener.on_value)
    delete(listener)
    qtbot.waitUntil(lambda: not runner.is_busy)


def test_closing_while_busy_waits_and_stays_silent(qtbot: QtBot) -> None:
    runner = TaskRunner()
    listener = Listener()
    task = runner.start(wait_for_cancel)
    task.cancelled.connect(listener.on_end)
    runner.start(count_to_three)
    runner.shutdown()
    qtbot.wait(20)
    assert listener.heard == []
    assert not [thread for thread in threading.enumerate() if "bpjsdesk" in thread.name]


def answering(word: str) -> Work:
    def work(_progress: ProgressSink, _cancel: CancelToken) -> str:
        return word

    return work


def test_only_the_newest_of_several_reads_answers(qtbot: QtBot, runner: TaskRunner) -> None:
    owner, listener = QObject(), Listener()
    latest = LatestRead(runner, owner)
    latest.succeeded.connect(listener.on_value)
    for word in ("r", "ri", "riz"):
        latest.start(answering(word))
    qtbot.waitUntil(lambda: "riz" in listener.heard)
    qtbot.wait(20)
    assert listener.heard == ["riz"]


@pytest.mark.parametrize("reports", [10_000])
def test_a_flood_of_progress_is_thinned_out(qtbot: QtBot, runner: TaskRunner, reports: int) -> None:
    def work(progress: ProgressSink, _cancel: CancelToken) -> None:
        for number in range(reports):
            progress(Progress(done=number + 1, total=reports, text="sama"))

    listener = Listener()
    task = runner.start(work)
    task.progressed.connect(listener.on_value)
    task.finished.connect(listener.on_end)
    qtbot.waitUntil(lambda: "finished" in listener.heard)
    said = [heard for heard in listener.heard if isinstance(heard, Progress)]
    assert said[-1].done == reports
    assert len(said) < 50
