"""The pages of a PDF as images; the only place that knows pypdfium2.

PDFium must not run in two threads at once, so this is used on the window's thread alone; a page
takes some ten milliseconds.
"""

import pypdfium2
from PySide6.QtCore import QSizeF
from PySide6.QtGui import QImage

from bpjsdesk.errors import EnvironmentProblem
from ui.i18n import _


class PdfPages:
    """An open PDF."""

    def __init__(self, data: bytes) -> None:
        """Raises: EnvironmentProblem PDF_UNREADABLE."""
        try:
            self._document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as problem:
            raise EnvironmentProblem(
                "PDF_UNREADABLE",
                _("Berkas PDF tidak dapat dibuka. Buat ulang dokumennya, lalu coba lagi."),
            ) from problem

    @property
    def count(self) -> int:
        return len(self._document)

    def size(self, number: int) -> QSizeF:
        """Give the size of page `number` (from 0) in points."""
        width, height = self._document.get_page_size(number)
        return QSizeF(width, height)

    def image(self, number: int, *, scale: float) -> QImage:
        """Draw page `number` (from 0); `scale` 1 is 72 dots an inch."""
        page = self._document[number]
        bitmap = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=True)
        drawn = QImage(
            bitmap.buffer,
            bitmap.width,
            bitmap.height,
            bitmap.stride,
            QImage.Format.Format_RGBX8888,
        ).copy()
        page.close()
        return drawn

    def close(self) -> None:
        self._document.close()
