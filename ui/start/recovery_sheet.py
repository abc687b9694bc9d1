"""The sheet of paper with the recovery code, for the printer and as a PDF for a USB stick."""

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QMarginsF, QRectF, Qt
from PySide6.QtGui import (
    QFont,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QPen,
)

from bpjsdesk.domain.wording import format_date
from ui.i18n import _
from ui.theme import FONT_FAMILY

_POINTS_PER_INCH = 72


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoverySheet:
    """What the sheet says."""

    office: str
    user: str
    code: str
    printed_on: date

    @property
    def groups(self) -> tuple[str, ...]:
        return tuple(self.code.split("-"))


def save_sheet_pdf(sheet: RecoverySheet, path: str) -> bool:
    """Write the sheet as an A4 PDF; False when the place cannot be written."""
    writer = QPdfWriter(path)
    writer.setTitle(_("Kode pemulihan kantor"))
    return draw_sheet(sheet, writer)


def draw_sheet(sheet: RecoverySheet, device: QPagedPaintDevice) -> bool:
    """Draw the sheet on a printer or a PDF; black on white."""
    device.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4),
            QPageLayout.Orientation.Portrait,
            QMarginsF(25, 25, 25, 25),
            QPageLayout.Unit.Millimeter,
        )
    )
    painter = QPainter()
    if not painter.begin(device):
        return False
    points = device.logicalDpiX() / _POINTS_PER_INCH
    painter.scale(points, points)
    width = painter.viewport().width() / points
    _draw_words(painter, sheet, width)
    _draw_groups(painter, sheet, width)
    painter.end()
    return True


def _draw_words(painter: QPainter, sheet: RecoverySheet, width: float) -> None:
    lines = (
        (0, 18, 600, _("Kode pemulihan kantor")),
        (30, 12, 500, sheet.office),
        (
            60,
            10,
            400,
            _(
                "Basis data kantor ini terenkripsi. Bila semua kata sandi hilang atau komputer "
                "rusak, hanya kode di bawah yang dapat membukanya kembali. Simpan lembar ini di "
                "lemari besi. Jangan difoto dan jangan dikirim."
            ),
        ),
        (
            330,
            9,
            400,
            _("Dicetak {day} oleh {user}. Kode tidak disimpan di komputer.").format(
                day=format_date(sheet.printed_on), user=sheet.user
            ),
        ),
    )
    for top, size, weight, words in lines:
        painter.setFont(_face(size, weight))
        box = QRectF(0, top, width, 60)
        painter.drawText(box, int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop), words)


def _draw_groups(painter: QPainter, sheet: RecoverySheet, width: float) -> None:
    step = width / 4
    for number, group in enumerate(sheet.groups):
        across, down = number % 4, number // 4
        box = QRectF(across * step, 140 + down * 80, step - 10, 62)
        painter.setPen(QPen(Qt.GlobalColor.black, 0.7))
        painter.drawRoundedRect(box, 5, 5)
        painter.setFont(_face(8, 500))
        painter.drawText(box.adjusted(7, 5, 0, 0), str(number + 1))
        painter.setFont(_face(18, 600))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, group)


def _face(points: int, weight: int) -> QFont:
    # pixel sizes, because the painter is scaled so that one unit is one point
    made = QFont(FONT_FAMILY)
    made.setPixelSize(points)
    made.setWeight(QFont.Weight(weight))
    made.setFeature(QFont.Tag("tnum"), 1)
    return made
