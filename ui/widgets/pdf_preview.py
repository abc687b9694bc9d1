"""The PDF itself on the screen: page through, zoom, print, save; paper stays white."""

from functools import partial

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QScrollArea, QWidget

from bpjsdesk.errors import EnvironmentProblem
from ui.documents import in_documents, with_ending
from ui.errors import show_error
from ui.i18n import _
from ui.paint import PaintedWidget
from ui.theme import color
from ui.widgets.buttons import Button, bind_key
from ui.widgets.layout import boxed, column, row
from ui.widgets.message import ProgressPanel
from ui.widgets.pdf_pages import PdfPages
from ui.widgets.pdf_print import PrintJob
from ui.widgets.split import SideBySide
from ui.widgets.text import caption

_POINT_PX = 96 / 72
_ZOOM_STEP = 1.25
_SMALLEST, _LARGEST = 0.25, 4.0
_MARGIN_PX = 14


class PdfPreview(QWidget):
    """Show a finished PDF; without `may_issue` it can only be looked at.

    Signals: place_chosen(object, object) with the path and the bytes to be written there,
    printed() after the last page.
    """

    place_chosen = Signal(object, object)
    printed = Signal()

    def __init__(self, *, may_issue: bool = True) -> None:
        super().__init__()
        self._may_issue = may_issue
        self._data, self._name = b"", ""
        self._opened: list[PdfPages] = []
        self._pages: PdfPages | None = None
        self._number = 0
        self._zoom = 0.0
        self._job: PrintJob | None = None
        self._build_widgets()
        self._connect_signals()
        app = QApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(self.clear)
        # when Qt destroys the window itself, nothing of this object can be called any more
        self.destroyed.connect(partial(_close_all, self._opened))
        self._show_state()

    @property
    def page_count(self) -> int:
        return self._pages.count if self._pages is not None else 0

    @property
    def page_number(self) -> int:
        """The page on the screen, from 1; 0 when there is none."""
        return self._number + 1 if self.page_count else 0

    def show_pdf(self, data: bytes, name: str) -> None:
        """Show these bytes; `name` is offered as file name. Raises: EnvironmentProblem."""
        pages = PdfPages(data)
        self.clear()
        self._opened.append(pages)
        self._pages, self._data, self._name = pages, data, name
        self._show_page(0)

    def clear(self) -> None:
        """Show an empty ground."""
        _close_all(self._opened)
        self._pages, self._data, self._number = None, b"", 0
        self._sheet.set_pixmap(QPixmap())
        self._show_state()

    def show_page(self, number: int) -> None:
        """Go to a page, counted from 1."""
        if 1 <= number <= self.page_count:
            self._show_page(number - 1)

    def fit(self) -> None:
        """Make the page as large as the room allows."""
        self._zoom = 0.0
        self._draw()

    def print_pdf(self) -> None:
        """Ask for a printer and print."""
        if self._pages is None or self._job is not None or not self._may_issue:
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(self._name)
        dialog = QPrintDialog(printer, self)
        dialog.setMinMax(1, self._pages.count)
        if dialog.exec() != QDialog.DialogCode.Accepted:
            return
        self._job = PrintJob(self._pages, printer, self)
        self._job.progressed.connect(self._progress.show_progress)
        self._job.finished.connect(self._on_job_finished)
        self._progress.begin(_("Mencetak"))
        self._progress.show()
        self._job.start()

    def save_pdf(self) -> None:
        """Ask for a place for the file."""
        if not self._data or not self._may_issue:
            return
        name, _kind = QFileDialog.getSaveFileName(
            self, _("Simpan PDF"), in_documents(self._name), "PDF (*.pdf)"
        )
        if name:
            self.place_chosen.emit(with_ending(name, "pdf"), self._data)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        resized = watched is self._area.viewport() and event.type() == QEvent.Type.Resize
        if resized and not self._zoom:
            self._draw()
        return super().eventFilter(watched, event)

    def _build_widgets(self) -> None:
        self._sheet = _Sheet()
        self._area = QScrollArea()
        self._area.setWidget(self._sheet)
        self._area.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._area.setAccessibleName(_("Pratinjau PDF"))
        self._area.viewport().installEventFilter(self)
        self._back = Button("‹", small=True)
        self._back.setAccessibleName(_("Halaman sebelumnya"))
        self._on = Button("›", small=True)
        self._on.setAccessibleName(_("Halaman berikutnya"))
        self._where = caption("")
        self._smaller, self._larger = Button("−", small=True), Button("+", small=True)
        self._smaller.setAccessibleName(_("Perkecil"))
        self._larger.setAccessibleName(_("Perbesar"))
        self._fit = Button(_("Pas"), key="Ctrl+0", small=True)
        self._save = Button(_("Simpan PDF"), icon="download", small=True)
        self._print = Button(_("Cetak"), icon="printer", key="Ctrl+P", small=True)
        self._progress = ProgressPanel()
        self._progress.hide()
        walk = (self._back, self._where, self._on, 10, self._smaller, self._larger, self._fit)
        issue = boxed(row(None, self._save, self._print, gap=6))
        if not self._may_issue:
            issue.hide()
        bar = SideBySide((boxed(row(*walk, None, gap=6)), issue), gap=6)
        self.setLayout(column(bar, self._progress, (self._area, 1), gap=8))

    def _connect_signals(self) -> None:
        self._back.clicked.connect(self._on_back_clicked)
        self._on.clicked.connect(self._on_on_clicked)
        self._smaller.clicked.connect(self._on_smaller_clicked)
        self._larger.clicked.connect(self._on_larger_clicked)
        self._fit.clicked.connect(self.fit)
        self._save.clicked.connect(self.save_pdf)
        self._print.clicked.connect(self.print_pdf)
        self._progress.cancel_requested.connect(self._on_cancel_requested)
        bind_key(self._fit, "Ctrl+0", self)
        bind_key(self._print, "Ctrl+P", self)
        bind_key(self._back, "PgUp", self)
        bind_key(self._on, "PgDown", self)

    def _show_page(self, number: int) -> None:
        self._number = number
        self._draw()
        self._area.verticalScrollBar().setValue(0)
        self._show_state()

    def _draw(self) -> None:
        if self._pages is None:
            return
        points = self._pages.size(self._number)
        zoom = self._zoom or self._fitting(points.width(), points.height())
        ratio = self.devicePixelRatioF()
        image = self._pages.image(self._number, scale=zoom * _POINT_PX * ratio)
        pixmap = QPixmap.fromImage(image)
        pixmap.setDevicePixelRatio(ratio)
        self._sheet.set_pixmap(pixmap)

    def _fitting(self, width: float, height: float) -> float:
        room = self._area.viewport().size() - QSize(2 * _MARGIN_PX, 2 * _MARGIN_PX)
        wide = room.width() / (width * _POINT_PX)
        high = room.height() / (height * _POINT_PX)
        return max(_SMALLEST, min(wide, high, _LARGEST))

    def _zoom_by(self, factor: float) -> None:
        if self._pages is None:
            return
        points = self._pages.size(self._number)
        now = self._zoom or self._fitting(points.width(), points.height())
        self._zoom = max(_SMALLEST, min(now * factor, _LARGEST))
        self._draw()

    def _show_state(self) -> None:
        count = self.page_count
        words = _("Halaman {n} dari {all}").format(n=self.page_number, all=count)
        self._where.setText(words if count else "")
        self._back.setEnabled(self._number > 0)
        self._on.setEnabled(self._number + 1 < count)
        for button in (self._smaller, self._larger, self._fit, self._save, self._print):
            button.setEnabled(bool(count))

    def _on_back_clicked(self) -> None:
        self.show_page(self.page_number - 1)

    def _on_on_clicked(self) -> None:
        self.show_page(self.page_number + 1)

    def _on_smaller_clicked(self) -> None:
        self._zoom_by(1 / _ZOOM_STEP)

    def _on_larger_clicked(self) -> None:
        self._zoom_by(_ZOOM_STEP)

    def _on_cancel_requested(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _on_job_finished(self, well: bool) -> None:
        self._progress.hide()
        if self._job is not None:
            self._job.deleteLater()
            self._job = None
        if well:
            self.printed.emit()
            return
        words = _("Pencetak tidak menerima dokumen. Periksa pencetaknya, lalu ulangi.")
        show_error(self, EnvironmentProblem("PRINTER_REFUSED", words))


def _close_all(opened: list[PdfPages]) -> None:
    while opened:
        opened.pop().close()


class _Sheet(PaintedWidget):
    """White paper with a thin edge, in both themes."""

    def __init__(self) -> None:
        super().__init__()
        self._pixmap = QPixmap()

    def set_pixmap(self, pixmap: QPixmap) -> None:
        self._pixmap = pixmap
        size = pixmap.deviceIndependentSize().toSize() if not pixmap.isNull() else QSize(0, 0)
        margins = QSize(2 * _MARGIN_PX, 2 * _MARGIN_PX)
        self.setFixedSize(size + margins)
        self.update()

    def paint(self, painter: QPainter, box: QRectF) -> None:
        if self._pixmap.isNull():
            return
        paper = box.adjusted(_MARGIN_PX, _MARGIN_PX, -_MARGIN_PX, -_MARGIN_PX)
        painter.drawPixmap(paper.topLeft(), self._pixmap)
        painter.setPen(color("line2"))
        painter.drawRect(paper.adjusted(-0.5, -0.5, 0.5, 0.5))
