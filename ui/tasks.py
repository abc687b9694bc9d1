"""The only place that starts threads: work runs beside the window and answers on its thread."""

import sys
import time
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

# the name `Qt` is not imported: it loads all of the Qt names, a tenth of the time to the login
from PySide6 import QtCore
from PySide6.QtCore import QObject, Signal

from bpjsdesk.errors import Cancelled

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

    from bpjsdesk.progress import CancelToken, Progress, ProgressSink

Work = Callable[["ProgressSink", "CancelToken"], Any]

_PROGRESS_EVERY_S = 0.05
# so long a thread keeps Python from the window, each time that Qt hands over to a slot or a paint
_TURN_S = 0.001
_WRITE, _READ = "write", "read"
_WORKERS = {_WRITE: 1, _READ: 2}


class _Letter(NamedTuple):
    """What a worker posts: which task, what kind of news, and its value."""

    number: int
    kind: str
    value: Any = None


class Task(QObject):
    """One running piece of work.

    Signals, all on the window's thread, exactly one of the middle three, then `finished`:
    progressed(Progress), succeeded(result), failed(exception), cancelled(), finished().
    """

    progressed = Signal(object)
    succeeded = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    finished = Signal()

    def __init__(self, parent: QObject) -> None:
        # imported here, as everything that the login window can show without
        from bpjsdesk.progress import CancelToken  # noqa: PLC0415

        super().__init__(parent)
        self.token = CancelToken()
        self._running = True

    @property
    def is_running(self) -> bool:
        return self._running

    def cancel(self) -> None:
        """Ask the work to stop at its next step; harmless when it has ended."""
        self.token.cancel()

    def deliver(self, kind: str, value: Any) -> None:
        """Tell the news of the worker; called by `TaskRunner` alone."""
        if kind == "progressed":
            self.progressed.emit(value)
            return
        self._running = False
        if kind == "succeeded":
            self.succeeded.emit(value)
        elif kind == "failed":
            self.failed.emit(value)
        else:
            self.cancelled.emit()
        self.finished.emit()


class TaskRunner(QObject):
    """Run work in threads for as long as the application lives.

    `start` queues on one worker, so that writes follow each other; `read` uses a small pool.
    Work is `work(progress, cancel)`; it must touch no QObject. Connect bound methods of
    QObjects to a task: they are cut off when the receiver dies, a lambda is not.

    Signals: busy_changed(bool) when the queue of `start` fills or empties.
    """

    after_write: "Callable[[], object] | None" = None
    """What is done on the worker of `start` each time when an answer has gone out."""

    busy_changed = Signal(bool)
    _posted = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pools: dict[str, ThreadPoolExecutor] = {}
        self._tasks: dict[int, Task] = {}
        self._writes: set[int] = set()
        self._waiting: list[Callable[[], None]] = []
        self._next_number = 0
        self._closed = False

    @property
    def is_busy(self) -> bool:
        """Tell whether work given to `start` has not ended yet."""
        return bool(self._writes)

    def start(self, work: Work, *, after_ms: int = 0) -> Task:
        """Queue work that may write; one at a time, in the order given.

        `after_ms` leaves the window time to show first what it has to show; work that is given
        meanwhile still comes after.
        """
        task = self._submit(_WRITE, work, after_ms)
        if not self._closed:
            self._writes.add(self._next_number)
        if len(self._writes) == 1:
            self.busy_changed.emit(True)
        return task

    def read(self, work: Work) -> Task:
        """Run work that only reads, beside whatever is being written."""
        return self._submit(_READ, work)

    def shutdown(self) -> None:
        """Cancel everything, wait for the threads, begin and deliver nothing more."""
        self._closed = True
        for task in self._tasks.values():
            task.cancel()
        for pool in self._pools.values():
            pool.shutdown(wait=True, cancel_futures=True)
        self._tasks.clear()
        self._writes.clear()

    def _pool(self, name: str) -> "ThreadPoolExecutor":
        if name not in self._pools:
            # imported here: the login window should show before concurrent.futures loads
            from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415

            if not self._pools:
                sys.setswitchinterval(_TURN_S)
                self._posted.connect(self._on_posted, QtCore.Qt.ConnectionType.QueuedConnection)
            self._pools[name] = ThreadPoolExecutor(
                max_workers=_WORKERS[name], thread_name_prefix=f"bpjsdesk-{name}"
            )
        return self._pools[name]

    def _submit(self, pool: str, work: Work, after_ms: int = 0) -> Task:
        self._next_number += 1
        task = Task(self)
        if self._closed:
            return task  # a timer may still ask while the window goes; nothing begins any more
        self._tasks[self._next_number] = task
        begin = partial(self._begin, pool, self._next_number, work)
        if pool == _WRITE:
            self._begin_waiting()  # writes follow each other in the order given
        if after_ms:
            self._waiting.append(begin)
            QtCore.QTimer.singleShot(after_ms, self, self._begin_waiting)
        else:
            begin()
        return task

    def _begin_waiting(self) -> None:
        waiting, self._waiting = self._waiting, []
        for begin in waiting:
            begin()

    def _begin(self, pool: str, number: int, work: Work) -> None:
        if number in self._tasks:  # nothing is left of it when the window went meanwhile
            token = self._tasks[number].token
            self._pool(pool).submit(self._carry_out, number, work, token)
            if pool == _WRITE and self.after_write is not None:
                self._pool(pool).submit(self.after_write)

    def _carry_out(self, number: int, work: Work, token: "CancelToken") -> None:
        try:
            token.raise_if_cancelled()
            result = work(_ThrottledSink(self._post_progress, number), token)
        except Cancelled:
            self._post(_Letter(number, "cancelled"))
        except Exception as problem:  # noqa: BLE001 - a worker has nobody above it; Task.failed is its handler
            self._post(_Letter(number, "failed", problem))
        else:
            self._post(_Letter(number, "succeeded", result))

    def _post_progress(self, number: int, progress: "Progress") -> None:
        self._post(_Letter(number, "progressed", progress))

    def _post(self, letter: _Letter) -> None:
        if not self._closed:
            self._posted.emit(letter)

    def _on_posted(self, letter: _Letter) -> None:
        task = self._tasks.get(letter.number)
        if task is None or self._closed:
            return
        ends = letter.kind != "progressed"
        if ends:
            del self._tasks[letter.number]
            self._finish_write(letter.number)
        task.deliver(letter.kind, letter.value)
        if ends:
            task.deleteLater()

    def _finish_write(self, number: int) -> None:
        if number in self._writes:
            self._writes.remove(number)
            if not self._writes:
                self.busy_changed.emit(False)


class _ThrottledSink:
    """Pass on at most twenty reports a second, and every last one."""

    def __init__(self, post: "Callable[[int, Progress], None]", number: int) -> None:
        self._post, self._number = post, number
        self._said_at = 0.0
        self._text = ""

    def __call__(self, progress: "Progress", /) -> None:
        now = time.monotonic()
        due = now - self._said_at >= _PROGRESS_EVERY_S
        if due or progress.done == progress.total or progress.text != self._text:
            self._said_at, self._text = now, progress.text
            self._post(self._number, progress)


class LatestRead(QObject):
    """Keep only the newest of several reads, for search while typing.

    Signals: succeeded(result), failed(exception) of the newest read only.
    """

    succeeded = Signal(object)
    failed = Signal(object)

    def __init__(self, runner: TaskRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._runner = runner
        self._task: Task | None = None

    def start(self, work: Work) -> None:
        """Drop what is still running and read anew."""
        self.cancel()
        task = self._runner.read(work)
        task.succeeded.connect(self._on_task_succeeded)
        task.failed.connect(self._on_task_failed)
        self._task = task

    def cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def _on_task_succeeded(self, result: object) -> None:
        if self.sender() is self._task:
            self._task = None
            self.succeeded.emit(result)

    def _on_task_failed(self, problem: object) -> None:
        if self.sender() is self._task:
            self._task = None
            self.failed.emit(problem)
