"""Before and after of some rows that a repair would change, in red and green."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from bpjsdesk.services.repairs import Sample
from ui.i18n import _
from ui.icons import icon_pixmap
from ui.pages.batches.work_rows import shown_text
from ui.paint import PaintedWidget, draw_box, draw_text
from ui.theme import px

_LINE, _HEAD, _ARROW = 24, 18, 26


class RepairSamples(PaintedWidget):
    """Show at most three samples below their heads."""

    def __init__(self) -> None:
        super().__init__(height=px(_HEAD))
        self._samples: Sequence[Sample] = ()

    def set_samples(self, samples: Sequence[Sample]) -> None:
        self._samples = samples
        self.setFixedHeight(px(_HEAD) + px(_LINE) * len(samples))
        lines = [f"{each.before or _('kosong')} → {each.after}" for each in samples]
        self.setToolTip("\n".join(lines))
        self.setAccessibleName(_("Sebelum → Sesudah: {lines}").format(lines="; ".join(lines)))
        self.update()

    def paint(self, painter: QPainter, box: QRectF) -> None:
        half = (box.width() - _ARROW) / 2
        head = QRectF(8, 0, half, px(_HEAD))
        draw_text(painter, head, _("Sebelum"), size=12, tone="muted")
        draw_text(painter, head.translated(half + _ARROW, 0), _("Sesudah"), size=12, tone="muted")
        top = float(px(_HEAD))
        for sample in self._samples:
            before = QRectF(0, top + 1, half, px(_LINE) - 4)
            after = before.translated(half + _ARROW, 0)
            _paint_text(painter, before, shown_text(sample.before) or _("kosong"), "bad")
            arrow = icon_pixmap("arrow-narrow-right", "muted", size=14)
            painter.drawPixmap(round(half + 6), round(before.center().y() - 7), arrow)
            _paint_text(painter, after, shown_text(sample.after), "ok")
            top += px(_LINE)


def _paint_text(painter: QPainter, box: QRectF, text: str, tone: str) -> None:
    draw_box(painter, box, fill=f"{tone}_bg", radius=4)
    draw_text(painter, box.adjusted(8, 0, -6, 0), text, weight=500, tone=tone)
