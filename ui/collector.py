"""Python's cycle collector, kept on the window's thread.

The collector runs in whichever thread happens to allocate. In a worker it could destroy a widget
there, which Qt forbids and which ends in a crash that nobody can repeat.
"""

import gc

from PySide6.QtCore import QObject, QTimer

from ui.tasks import TaskRunner

# while a task runs, what it makes in 100 ms would take longer to look through than a key may wait
_EVERY_MS = 20
_CALM_TICKS = 5
_GENERATIONS = (0, 1, 2)


class Collector(QObject):
    """Collect cycles from a timer; automatic collection is off while this lives.

    While `runner` writes, only the youngest objects are looked through: the others are the rows
    of a list, many and without cycles.
    """

    def __init__(self, parent: QObject, runner: TaskRunner) -> None:
        super().__init__(parent)
        self._runner = runner
        self._ticks = 0
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self._on_timeout)
        self._timer.start()

    def settle(self) -> None:
        """Leave what is loaded now out of later collections, which makes them short."""
        gc.freeze()

    def collect_what_is_due(self) -> None:
        """Collect the oldest generation whose threshold has been passed."""
        thresholds, counts = gc.get_threshold(), gc.get_count()
        due = [n for n in _GENERATIONS if thresholds[n] and counts[n] > thresholds[n]]
        if due:
            gc.collect(_GENERATIONS[0] if self._runner.is_busy else max(due))

    def _on_timeout(self) -> None:
        self._ticks = (self._ticks + 1) % _CALM_TICKS
        if self._runner.is_busy or self._ticks == 0:
            self.collect_what_is_due()

    def stop(self) -> None:
        """Give collection back to Python."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()
