"""The scan of the letter that came with a list, on the screen; it is never written to a disk."""

from functools import partial

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter
from PySide6.QtWidgets import QStackedWidget, QWidget

from bpjsdesk.domain.senders import LetterScan
from bpjsdesk.errors import EnvironmentProblem
from bpjsdesk.progress import CancelToken, ProgressSink
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.letters import letter_scan
from ui.i18n import _
from ui.page import PageContext
from ui.pages.batches.own_keys import OwnKeys
from ui.paint import PaintedWidget
from ui.tasks import LatestRead
from ui.widgets.buttons import Button
from ui.widgets.layout import Card, column, row
from ui.widgets.message import EmptyState
from ui.widgets.pdf_preview import PdfPreview
from ui.widgets.text import ElidedLine, IconMark


class LetterView(QWidget):
    """Show a scan: a PDF page by page, a picture as large as fits.

    Signals: closed(), problem_met(exception).
    """

    closed = Signal()
    problem_met = Signal(object)

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._reader = LatestRead(context.runner, self)
        self._name = ElidedLine(weight=600)
        self.close_button = Button(_("Kembali"), key="Esc")
        OwnKeys(self.close_button, (Qt.Key.Key_Escape,))
        self.preview, self.picture = PdfPreview(may_issue=False), _Picture()
        self._broken = EmptyState(
            "file-broken",
            _("Pindaian tidak dapat ditampilkan"),
            _("Isinya tersimpan, tetapi rusak sejak dilampirkan. Lampirkan pindaian yang baru."),
        )
        self._views = QStackedWidget()
        for view in (self.preview, self.picture, Card(self._broken)):
            self._views.addWidget(view)
        head = Card(
            row(IconMark("paperclip", "accent"), (self._name, 1), self.close_button, gap=10),
            margins=(14, 7, 12, 7),
        )
        self.setLayout(column(head, (self._views, 1), gap=10))
        self._reader.succeeded.connect(self._on_reader_succeeded)
        self._reader.failed.connect(self.problem_met)
        self.close_button.clicked.connect(self.closed)

    @property
    def shown(self) -> str:
        """Name the scan that is on the screen."""
        return self._name.accessibleName()

    def open(self, batch_id: int) -> None:
        """Show the letter of a batch, read in the background."""
        self.preview.clear()
        self._name.set_text("")
        self._reader.start(partial(_read_scan, self._context.app, batch_id))

    def focus_first(self) -> None:
        self.close_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _on_reader_succeeded(self, scan: LetterScan | None) -> None:
        if scan is None:
            self.closed.emit()
            return
        self._name.set_text(scan.name)
        self._views.setCurrentIndex(self._show(scan))

    def _show(self, scan: LetterScan) -> int:
        """Fill the view that fits; gives its place."""
        if scan.kind != "pdf":
            return 1 if self.picture.show_image(scan.content) else 2
        try:
            self.preview.show_pdf(scan.content, scan.name)
        except EnvironmentProblem:
            return 2
        return 0


class _Picture(PaintedWidget):
    def __init__(self) -> None:
        super().__init__()
        self._image = QImage()
        self.setAccessibleName(_("Pindaian surat"))

    def show_image(self, content: bytes) -> bool:
        self._image = QImage.fromData(content)
        self.update()
        return not self._image.isNull()

    def paint(self, painter: QPainter, box: QRectF) -> None:
        size = self._image.size().scaled(box.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        left = box.center().x() - size.width() / 2
        painter.drawImage(QRectF(left, box.top(), size.width(), size.height()), self._image)


def _read_scan(
    app: AppContext, batch_id: int, _progress: ProgressSink, _cancel: CancelToken
) -> LetterScan | None:
    return letter_scan(app, batch_id)
