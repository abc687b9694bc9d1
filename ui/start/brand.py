"""The dark left side of the login window."""

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QWidget

from bpjsdesk import __version__
from ui.i18n import _
from ui.theme import px, shared_metrics
from ui.widgets.label import Label

_LEFT, _TOP, _FACT_LEFT = 48, 124, 82


class BrandFact(NamedTuple):
    """One line about the office's file: icon, what, and the detail under it."""

    icon: str
    title: str
    detail: str


class BrandPanel(QFrame):
    """Name the program, the office and the state of its file.

    The first frame has the words, as labels, since painting would first load all of the Qt
    names; icons and squares follow, so that nobody waits for them.
    """

    def __init__(self, office: str, facts: Sequence[BrandFact]) -> None:
        super().__init__()
        self._facts = tuple(facts)
        self._marks: QWidget | None = None
        self._is_whole = False
        self.setProperty("ground", "side")
        self.setFixedWidth(px(430))
        words = [f"{fact.title}: {fact.detail}" for fact in facts]
        self.setAccessibleName(". ".join(["BPJS Desk", office, *words]))
        self._add_words(office)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._is_whole:
            self._is_whole = True
            QTimer.singleShot(0, self._add_marks)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._foot.move(_LEFT, self.height() - 44)
        if self._marks is not None:
            self._marks.setFixedHeight(self.height())

    def _add_words(self, office: str) -> None:
        self._add("BPJS Desk", _TOP, px(36), size=26, weight=600, tone="white")
        self._add(office, _TOP + px(37), px(24), size=15, tone="side_text")
        top = facts_top()
        for fact in self._facts:
            self._add(fact.title, top, px(19), left=_FACT_LEFT, weight=500, tone="white")
            self._add(fact.detail, top + px(18), px(18), left=_FACT_LEFT, size=12, tone="side_mut")
            top += px(52)
        words = _("Versi {version} · bekerja tanpa internet").format(version=__version__)
        self._foot = self._add(words, 0, px(18), size=12, tone="side_mut")

    def _add(
        self,
        text: str,
        top: int,
        height: int,
        *,
        left: int = _LEFT,
        size: int = 13,
        weight: int = 400,
        tone: str,
    ) -> Label:
        width = px(430) - _LEFT - left
        words = _shortened(text, width, size=size, weight=weight)
        label = Label(words, size=size, weight=weight, tone=tone)
        label.setParent(self)
        label.setGeometry(left, top, width, height)
        return label

    def _add_marks(self) -> None:
        from ui.start.brand_marks import BrandMarks  # noqa: PLC0415 - see the class

        marks = BrandMarks([fact.icon for fact in self._facts])
        marks.setParent(self)
        marks.setFixedHeight(self.height())
        marks.lower()
        marks.show()
        self._marks = marks


def facts_top() -> int:
    """Say where the first fact begins."""
    return _TOP + px(98)


def _shortened(text: str, width: int, *, size: int, weight: int) -> str:
    metrics = shared_metrics(px(size), weight)
    if metrics.horizontalAdvance(text) <= width + 1:
        return text

    def width_up_to(end: int) -> float:
        return metrics.horizontalAdvance(text[:end] + "…")

    # Qt's own elidedText is told where by a `Qt.` name
    return text[: bisect_right(range(len(text)), width + 1.0, key=width_up_to) - 1] + "…"
