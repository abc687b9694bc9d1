"""Letterhead, running head and footer stamp of a printed page."""

from dataclasses import dataclass
from pathlib import Path

from reportlab.lib.utils import ImageReader

from bpjsdesk.domain.report_values import Letterhead, Paper, PrintStamp
from bpjsdesk.domain.wording import format_count, format_date, format_time
from bpjsdesk.errors import UserError
from bpjsdesk.reports.qr import draw_qr
from bpjsdesk.reports.sheet import Place, Sheet
from bpjsdesk.reports.text import one_line, settle
from bpjsdesk.reports.theme import (
    ACCENT,
    BOLD,
    FOOTER,
    INK,
    KOP_RULE,
    LABEL,
    MEDIUM,
    MM,
    NOTE,
    RULE,
    SEMIBOLD,
    SMALL,
    THIN,
    WHITE,
    Role,
)

KOP_TOP = 11.0
_LOGO_MM = 13.5
_QR_MM = 18.4
_QR_QUIET_MM = 1.9
_INSTITUTION = Role(face=BOLD, size=12, lead=14)
_OFFICE = Role(face=MEDIUM, size=8.8, lead=11.6, tracking=0.35)
_OFFICE_LONG = Role(face=MEDIUM, size=8.4, lead=11)
_NUMBER = Role(face=SEMIBOLD, size=8.2, lead=10)
_SAMPLE = "CONTOH · data rekaan"


@dataclass(frozen=True, slots=True, kw_only=True)
class PageStyle:
    """What every page of a document carries; `note` is the document's own footer sentence."""

    title: str
    kind: str
    letterhead: Letterhead
    stamp: PrintStamp
    paper: Paper = Paper.A4
    note: str = ""
    running_left: str = ""
    running_right: str = ""


def draw_letterhead(sheet: Sheet, style: PageStyle) -> float:
    """Draw the kop with number and QR; return the height of its lower rule."""
    kop = style.letterhead
    draw_logo(sheet, Place(sheet.left, KOP_TOP, _LOGO_MM), kop.logo_path)
    x = sheet.left + _LOGO_MM + 4
    free_right, number_width = _draw_number(sheet, style)
    room = free_right - number_width - x
    sheet.text(x, KOP_TOP + 4.1, kop.institution, _INSTITUTION, room=room)
    y = _draw_office(sheet, x, room, kop.office)
    y = sheet.para(x, y + 0.3, free_right - x, address_line(kop), role=NOTE)
    rule = max(KOP_TOP + 17, y + 0.6)
    draw_kop_rule(sheet, rule)
    return rule + 0.95


def draw_kop_rule(sheet: Sheet, y: float) -> None:
    """Draw the double rule under a letterhead."""
    sheet.line(sheet.left, y, sheet.right, weight=KOP_RULE, colour=ACCENT)
    sheet.line(sheet.left, y + 0.95, sheet.right, weight=0.4, colour=INK)


def draw_running_head(sheet: Sheet, style: PageStyle) -> float:
    """Draw the head of a following page; return the height of its rule."""
    y = 18.0
    width = sheet.text(sheet.right, y, style.running_right, SMALL.coloured(LABEL.colour), align="r")
    role = SMALL.faced(SEMIBOLD)
    sheet.text(sheet.left, y, style.running_left, role, room=sheet.column - width - 6)
    sheet.line(sheet.left, y + 2, sheet.right, weight=KOP_RULE, colour=ACCENT)
    return y + 2


def draw_footer(sheet: Sheet, style: PageStyle, page: int, pages: int) -> None:
    """Draw the print stamp, the document's own sentence and the page number."""
    stamp = style.stamp
    y = sheet.height - 15.2
    sheet.line(sheet.left, y, sheet.right, weight=THIN, colour=RULE)
    number = f"Halaman {format_count(page)} dari {format_count(pages)}"
    role = FOOTER.faced(SEMIBOLD).coloured(INK)
    width = sheet.text(sheet.right, y + 3.4, number, role, align="r")
    room = sheet.column - max(width, FOOTER.width(_SAMPLE)) - 6
    sheet.text(sheet.left, y + 3.4, stamp_line(stamp), FOOTER, room=room)
    sheet.text(sheet.left, y + 6.5, style.note, FOOTER, room=room)
    if stamp.sample:
        sheet.text(sheet.right, y + 6.5, _SAMPLE, FOOTER, align="r")


def stamp_line(stamp: PrintStamp) -> str:
    """Say when, by whom and from which state of the data a page was printed."""
    day = format_date(stamp.printed_at.date(), "long")
    printed = f"Dicetak {day} {format_time(stamp.printed_at)} oleh {stamp.printed_by}"
    return f"{printed}  ·  Data per {format_date(stamp.data_as_of)}"


def address_line(kop: Letterhead) -> str:
    """Join the address, telephone and website that the office has filled in."""
    phone = f"Telepon {kop.phone}".replace(" ", "\u00a0") if kop.phone else ""
    return "  ·  ".join(part for part in (kop.address, phone, kop.website) if part)


def draw_seal(sheet: Sheet, right: float, top: float, size: float, *, stamp: PrintStamp) -> None:
    """Draw the QR of the document's number and code, its dark area ending at `right`."""
    content = f"bpjsdesk:{stamp.document_no}?k={stamp.check_code.replace('-', '')}"
    draw_qr(sheet, Place(right - size + _QR_QUIET_MM, top, size), content)


def draw_logo(sheet: Sheet, place: Place, path: Path | None) -> None:
    """Draw the office's own picture within a square, or a neutral mark where none is set.

    Raises:
        UserError: LOGO_UNREADABLE when the picture cannot be read.
    """
    canvas = sheet.canvas
    if canvas is None:
        return
    if path is None:
        _draw_mark(sheet, place)
        return
    size = place.room
    corner = (place.x * MM, (sheet.height - place.y - size) * MM)
    try:
        picture = ImageReader(str(path))
        canvas.drawImage(
            picture, *corner, size * MM, size * MM, mask="auto", preserveAspectRatio=True
        )
    except (OSError, ValueError) as problem:
        raise UserError(
            "LOGO_UNREADABLE",
            f"Gambar logo {path.name} tidak dapat dibaca. Pilih berkas PNG atau JPEG lain "
            "di Pengaturan.",
        ) from problem


def _draw_number(sheet: Sheet, style: PageStyle) -> tuple[float, float]:
    """Draw kind, number and code; return the right edge left of the QR and the width used."""
    stamp, right = style.stamp, sheet.right
    if not stamp.document_no:
        return right, 0.0
    if stamp.check_code:
        draw_seal(sheet, right, KOP_TOP - 2.3, _QR_MM, stamp=stamp)
        right -= _QR_MM - 0.8
    limit = sheet.column * 0.3
    widths = (LABEL.width(style.kind), _NUMBER.width(one_line(stamp.document_no)))
    sheet.text(right, KOP_TOP + 2.4, style.kind, LABEL.sized(7.2), align="r", room=limit)
    sheet.text(right, KOP_TOP + 6.2, stamp.document_no, _NUMBER, align="r", room=limit)
    sheet.text(right, KOP_TOP + 9.7, stamp.check_code, NOTE, align="r", room=limit)
    return right, min(limit, max(widths)) + 4


def _draw_office(sheet: Sheet, x: float, room: float, office: str) -> float:
    words = one_line(office)
    if _OFFICE.width(words) <= room:
        sheet.text(x, KOP_TOP + 8.5, words, _OFFICE)
        return KOP_TOP + 8.5 + _OFFICE.lead_mm
    lines = settle(words, _OFFICE_LONG, room)
    return sheet.lines(x, KOP_TOP + 8.5, lines, _OFFICE_LONG)


def _draw_mark(sheet: Sheet, place: Place) -> None:
    """Draw a roof over a head: a placeholder until the office loads its own picture."""
    canvas = sheet.canvas
    if canvas is None:
        return
    size = place.room
    sheet.fill(place.x, place.y, size, size, colour=ACCENT)
    unit, left = size * MM / 24, place.x * MM
    foot = (sheet.height - place.y - size) * MM
    canvas.saveState()
    canvas.setFillColorRGB(*WHITE)
    canvas.setStrokeColorRGB(*WHITE)
    canvas.circle(left + 12 * unit, foot + 13.2 * unit, 2.5 * unit, stroke=0, fill=1)
    canvas.setLineWidth(1.7 * unit)
    canvas.setLineCap(1)
    canvas.setLineJoin(1)
    roof = canvas.beginPath()
    roof.moveTo(left + 3.6 * unit, foot + 13.4 * unit)
    roof.lineTo(left + 12 * unit, foot + 20.6 * unit)
    roof.lineTo(left + 20.4 * unit, foot + 13.4 * unit)
    canvas.drawPath(roof)
    body = canvas.beginPath()
    body.moveTo(left + 6.6 * unit, foot + 4.2 * unit)
    ends = (17.1, 11.2, 17.4, 4.2)
    body.curveTo(
        left + 6.9 * unit,
        foot + 11.2 * unit,
        left + ends[0] * unit,
        foot + ends[1] * unit,
        left + ends[2] * unit,
        foot + ends[3] * unit,
    )
    body.close()
    canvas.drawPath(body, stroke=0, fill=1)
    canvas.restoreState()
