"""Put the pages of a PDF on paper, one a tick, so that the window stays alive."""

from PySide6.QtCore import QObject, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QPainter
from PySide6.QtPrintSupport import QPrinter

from bpjsdesk.progress import Progress
from ui.i18n import _
from ui.widgets.pdf_pages import PdfPages

_PRINT_DPI = 300
_POINTS_PER_INCH = 72


class PrintJob(QObject):
    """Print a range of pages.

    Signals: progressed(Progress), finished(bool) with False when the printer refused.
    """

    progressed = Signal(object)
    finished = Signal(bool)

    def __init__(self, pages: PdfPages, printer: QPrinter, parent: QObject) -> None:
        super().__init__(parent)
        self._pages, self._printer = pages, printer
        first = max(printer.fromPage(), 1)
        last = printer.toPage() or pages.count
        self._waiting = list(range(first - 1, min(last, pages.count)))
        self._all = len(self._waiting)
        self._painter = QPainter()
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._on_timer_timeout)

    def start(self) -> None:
        self._printer.setFullPage(True)
        if not self._waiting or not self._painter.begin(self._printer):
            self.finished.emit(False)
            return
        self._timer.start()

    def cancel(self) -> None:
        """Stop after the page being printed."""
        self._waiting.clear()

    def _on_timer_timeout(self) -> None:
        if not self._waiting:
            self._timer.stop()
            self._painter.end()
            self.finished.emit(True)
            return
        number = self._waiting.pop(0)
        done = self._all - len(self._waiting)
        if done > 1:
            self._printer.newPage()
        dpi = min(_PRINT_DPI, self._printer.resolution())
        image = self._pages.image(number, scale=dpi / _POINTS_PER_INCH)
        paper = self._printer.pageLayout().fullRectPixels(self._printer.resolution())
        size = image.size().scaled(paper.size(), Qt.AspectRatioMode.KeepAspectRatio)
        self._painter.drawImage(QRect(QPoint(0, 0), size), image)
        text = _("Mencetak halaman")
        self.progressed.emit(Progress(done=done, total=self._all, text=text))
