"""The receipt of a list as it would print if the list were decided now."""

from types import MappingProxyType

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QResizeEvent
from PySide6.QtWidgets import QSizePolicy

from bpjsdesk.progress import CancelToken, ProgressSink
from bpjsdesk.services.acceptance import Doubles
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.staging import StagedList
from ui.i18n import _
from ui.page import PageContext
from ui.paint import PaintedWidget
from ui.tasks import LatestRead, Work
from ui.theme import color, px
from ui.widgets.buttons import Button
from ui.widgets.layout import Card, row
from ui.widgets.pdf_pages import PdfPages
from ui.widgets.text import caption, card_title

_A4 = 297 / 210


class ReceiptPreview(Card):
    """Show the first page on white paper; it is made anew whenever the list has changed."""

    def __init__(self, context: PageContext) -> None:
        self._note = caption(_("pratinjau, belum sah"))
        self._paper = _Paper()
        self.larger_button = Button(_("Perbesar"), key="Ctrl+R", small=True)
        self.larger_button.setObjectName("largerButton")
        head = row(card_title(_("Tanda terima")), self._note, None, self.larger_button, gap=8)
        super().__init__(head, self._paper, gap=8, margins=(14, 10, 14, 12))
        self.setObjectName("receiptPreview")
        self._app = context.app
        self._reader = LatestRead(context.runner, self)
        self._reader.succeeded.connect(self._on_succeeded)
        self._reader.failed.connect(self._on_failed)

    @property
    def has_paper(self) -> bool:
        """Say whether a page is on the screen."""
        return self._paper.has_page

    def show_list(self, work: StagedList, doubles: Doubles | None) -> None:
        """Make the page of a list in the background; the one before stays until it is there."""
        self._reader.start(preview_work(self._app, work, doubles or MappingProxyType({})))

    def _on_succeeded(self, pdf: bytes) -> None:
        self._note.setText(_("pratinjau, belum sah"))
        self._paper.show_pdf(pdf)

    def _on_failed(self, _problem: Exception) -> None:
        # whatever stands in the way of the paper is told when the list is decided
        self._paper.clear()
        self._note.setText(_("belum dapat dibuat"))


class _Paper(PaintedWidget):
    """A page as wide as its place."""

    def __init__(self) -> None:
        super().__init__()
        self._pages: bytes = b""
        self._image = QImage()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(px(200))
        self.setAccessibleName(_("Pratinjau tanda terima"))

    @property
    def has_page(self) -> bool:
        return not self._image.isNull()

    def show_pdf(self, pdf: bytes) -> None:
        self._pages = pdf
        self._draw()

    def clear(self) -> None:
        self._pages, self._image = b"", QImage()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(300), round(px(300) * _A4))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.setFixedHeight(round(self.width() * _A4))
            self._draw()

    def paint(self, painter: QPainter, box: QRectF) -> None:
        painter.fillRect(box, Qt.GlobalColor.white)
        if self.has_page:
            painter.drawImage(box, self._image)
        painter.setPen(color("line"))
        painter.drawRect(box.adjusted(0, 0, -1, -1))

    def _draw(self) -> None:
        if not self._pages:
            return
        pages = PdfPages(self._pages)
        size = pages.size(0)
        ratio = size.height() / size.width()
        if self.height() != round(self.width() * ratio):
            self.setFixedHeight(round(self.width() * ratio))
        scale = self.width() * self.devicePixelRatioF() / size.width()
        self._image = pages.image(0, scale=scale)
        pages.close()
        self.update()


def preview_work(app: AppContext, work: StagedList, doubles: Doubles) -> Work:
    """Draw the receipt of a list in work."""

    def make(_progress: ProgressSink, _cancel: CancelToken) -> bytes:
        from bpjsdesk.reports.issue import batch_receipt_pdf  # noqa: PLC0415 - start-up cost

        return batch_receipt_pdf(app, work.batch_id, work=work, doubles=doubles)

    return make
