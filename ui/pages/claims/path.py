"""The path of a claim: five steps in a line, done ones ticked, the present one marked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPen, Qt

from bpjsdesk.domain.claims import Claim
from bpjsdesk.domain.wording import format_date
from ui.icons import icon_pixmap
from ui.pages.claims.words import DAY_OF_STATUS, MAIN_PATH, moment_words
from ui.paint import PaintedWidget, draw_text
from ui.theme import color, px

_RADIUS = 7.5


@dataclass(frozen=True, slots=True, kw_only=True)
class PathStep:
    """One step: `state` is "done", "now" or "open"."""

    name: str
    note: str
    state: str


def path_steps(claim: Claim, names: Mapping[str, str]) -> list[PathStep]:
    """Say how far a claim has come on the usual path."""
    reached = _reached(claim)
    return [
        PathStep(
            name=names.get(code, code),
            note=_note(claim, code) if place <= reached else "",
            state=_state(claim, code, place, reached),
        )
        for place, code in enumerate(MAIN_PATH)
    ]


class PathView(PaintedWidget):
    """Draw the steps from left to right."""

    def __init__(self) -> None:
        super().__init__(height=px(56))
        self._steps: Sequence[PathStep] = ()

    def set_steps(self, steps: Sequence[PathStep]) -> None:
        self._steps = tuple(steps)
        words = ", ".join(f"{step.name} {step.note}".strip() for step in steps if step.note)
        self.setAccessibleName(words)
        self.update()

    def paint(self, painter: QPainter, box: QRectF) -> None:
        if not self._steps:
            return
        share = box.width() / len(self._steps)
        middle = 10.0
        for place, step in enumerate(self._steps):
            left = place * share
            if place + 1 < len(self._steps):
                done = self._steps[place + 1].state != "open"
                painter.setPen(QPen(color("accent" if done else "line2"), 1.6))
                start = QPointF(left + 2 * _RADIUS + 1, middle)
                painter.drawLine(start, QPointF(left + share, middle))
            _paint_mark(painter, QPointF(left + _RADIUS + 0.5, middle), step.state)
            _paint_words(painter, QRectF(left, 22, share - 8, box.height() - 22), step)


def _paint_mark(painter: QPainter, centre: QPointF, state: str) -> None:
    edge = "field" if state == "open" else "accent"
    painter.setPen(QPen(color(edge), 1.6))
    painter.setBrush(color({"done": "accent", "now": "soft", "open": "surface"}[state]))
    painter.drawEllipse(centre, _RADIUS, _RADIUS)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if state == "done":
        tick = icon_pixmap("check", "on", size=12, stroke=2.6)
        painter.drawPixmap(round(centre.x() - 6), round(centre.y() - 6), tick)


def _paint_words(painter: QPainter, box: QRectF, step: PathStep) -> None:
    height = box.height() / 2
    name = QRectF(box.left(), box.top(), box.width(), height)
    note = QRectF(box.left(), box.top() + height, box.width(), height)
    tone = "muted" if step.state == "open" else "text"
    draw_text(
        painter, name, step.name, size=12, weight=600 if step.state == "now" else 500, tone=tone
    )
    draw_text(painter, note, step.note, size=12, tone="muted")


def _reached(claim: Claim) -> int:
    if claim.status in MAIN_PATH:
        return MAIN_PATH.index(claim.status)
    visited = [event.to_status for event in claim.events if event.to_status in MAIN_PATH]
    return MAIN_PATH.index(visited[-1]) if visited else -1


def _state(claim: Claim, code: str, place: int, reached: int) -> str:
    if place > reached:
        return "open"
    if place == reached and claim.status == code and code != MAIN_PATH[-1]:
        return "now"
    return "done"


def _note(claim: Claim, code: str) -> str:
    field = DAY_OF_STATUS.get(code)
    day = getattr(claim.draft, field) if field else None
    if day is not None:
        return format_date(day, "short")
    moments = [event.at for event in claim.events if event.to_status == code]
    return moment_words(moments[-1]).split()[0] if moments else ""
