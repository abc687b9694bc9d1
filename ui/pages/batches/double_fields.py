"""Two sides of a pair, field by field, with what each difference means."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from bpjsdesk.domain.duplicates import Meaning, Pair, Side, Sign
from bpjsdesk.domain.identity import NIK_LENGTH, mask_nik, mask_phone
from bpjsdesk.domain.people import Person
from bpjsdesk.domain.wording import format_count, format_date, format_month
from ui.i18n import _
from ui.icons import icon_pixmap
from ui.paint import PaintedWidget, draw_box, draw_text
from ui.theme import color, px

_HEAD_PX, _ROW_PX, _LEAST_ROW_PX = 52, 34, 20
_FEW_ROWS, _TIGHT_ROW_PX = 8, 26
_LABEL_PX, _MEANING_PX, _GAP_PX = 108, 190, 8
_TONES = {Sign.ALIKE: "ok", Sign.NEW: "info", Sign.DIFFERS: "warn", Sign.SAME: "muted"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One line: both texts, what the difference means, and the tone of the cells."""

    label: str
    offered: str
    kept: str
    words: str
    tone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """Who a side is: a row of the file or somebody of the register."""

    icon: str
    title: str
    below: str


class DoubleFields(PaintedWidget):
    """Show a pair; the row of the file stands at the left."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: tuple[Compared, ...] = ()
        self._heads: tuple[Heading, ...] = ()
        self.setObjectName("doubleFields")
        self.setMinimumHeight(px(_HEAD_PX + _FEW_ROWS * _LEAST_ROW_PX))

    def show_lines(self, heads: Sequence[Heading], lines: Sequence[Compared]) -> None:
        self._heads, self._lines = tuple(heads), tuple(lines)
        told = [f"{head.title}, {head.below}" for head in heads]
        told += [f"{each.label}: {each.offered} | {each.kept} | {each.words}" for each in lines]
        self.setAccessibleName("; ".join(told))
        self.update()

    def paint(self, painter: QPainter, box: QRectF) -> None:
        label, meaning = px(_LABEL_PX), min(px(_MEANING_PX), box.width() * 0.24)
        side = (box.width() - label - meaning - 2 * _GAP_PX) / 2
        lefts = (label, label + side + _GAP_PX, label + 2 * (side + _GAP_PX))
        head = px(_HEAD_PX)
        for left, heading in zip(lefts, self._heads, strict=False):
            _paint_head(painter, QRectF(left, 0, side, head), heading)
        words = QRectF(lefts[2] + 8, 0, meaning - 8, head)
        draw_text(painter, words, _("Arti perbedaan"), size=12, weight=500, tone="muted")
        room = (box.height() - head - 4) / max(len(self._lines), 1)
        height = min(px(_ROW_PX), room)
        for number, line in enumerate(self._lines):
            top = head + 6 + number * height
            for left, text in ((lefts[0], line.offered), (lefts[1], line.kept)):
                _paint_cell(painter, QRectF(left, top, side, height - 1), text, line)
            name = QRectF(0, top, label - 8, height)
            draw_text(painter, name, line.label, size=12, weight=500, tone="muted")
            meant = QRectF(lefts[2] + 8, top, meaning - 8, height)
            weight = 400 if line.tone == "muted" else 500
            draw_text(painter, meant, line.words, size=12, weight=weight, tone=line.tone)
            if number < len(self._lines) - 1:
                painter.fillRect(QRectF(0, top + height - 1, box.width(), 1), color("line"))


def compared(pair: Pair, regions: Mapping[str, str], *, in_full: bool) -> tuple[Compared, ...]:
    """Put what is known of a pair into lines; NIK and telephone masked unless `in_full`."""
    said = (meaning for meaning in pair.meanings if meaning.offered or meaning.kept)
    return tuple(_line(meaning, regions, in_full=in_full) for meaning in said)


def member_line(person: Person) -> Compared:
    """Say what somebody of the register is paid up to."""
    runs = person.memberships
    if not runs:
        kept, words = _("belum pernah dibayar"), ""
    else:
        last = max(run.to_month for run in runs)
        kept = _("dibayar s.d. {month}").format(month=format_month(last, short=True))
        words = _("{n} masa iuran tercatat").format(n=format_count(len(runs)))
    return Compared(label=_("Kepesertaan"), offered="–", kept=kept, words=words, tone="info")


def heading(side: Side, person: Person | None, read_from: str) -> Heading:
    """Name a side; `read_from` is the file of the list."""
    if side.line_id is not None:
        title = _("Baris {n} di berkas").format(n=format_count(side.row_no))
        below = _("lembar “{sheet}”, {file}").format(sheet=side.sheet, file=read_from)
        return Heading(icon="file-spreadsheet", title=title, below=below)
    if person is None or not person.memberships:
        words = "" if person is None else _("belum ada masa iuran tercatat")
        return Heading(icon="user-check", title=_("Peserta terdaftar"), below=words)
    first = min(run.from_month for run in person.memberships)
    title = _("Peserta terdaftar sejak {month}").format(month=format_month(first))
    last = max(person.memberships, key=lambda run: run.to_month)
    below = _("batch {number}, {agreement}")
    words = below.format(number=last.batch_number, agreement=last.agreement_title)
    return Heading(icon="user-check", title=title, below=words)


def spaced_nik(nik: str) -> str:
    """Write a NIK in groups of four, as it is read out."""
    if len(nik) != NIK_LENGTH:
        return nik
    return " ".join(nik[at : at + 4] for at in range(0, NIK_LENGTH, 4))


def _line(meaning: Meaning, regions: Mapping[str, str], *, in_full: bool) -> Compared:
    texts = [
        _text(meaning.field, text, regions, in_full=in_full)
        for text in (meaning.offered, meaning.kept)
    ]
    return Compared(
        label=meaning.label,
        offered=texts[0],
        kept=texts[1],
        words=meaning.words.removeprefix("NIK "),
        tone=_TONES[meaning.sign],
    )


def _text(field: str, text: str, regions: Mapping[str, str], *, in_full: bool) -> str:
    if not text:
        return "–"
    if field == "nik":
        return spaced_nik(text if in_full else mask_nik(text))
    if field == "phone":
        return text if in_full else mask_phone(text)
    if field == "birth_date":
        return format_date(date.fromisoformat(text))
    if field == "sex":
        return {"L": _("Laki-laki"), "P": _("Perempuan")}.get(text, text)
    return regions.get(text, text) if field == "region_code" else text


def _paint_head(painter: QPainter, box: QRectF, heading: Heading) -> None:
    draw_box(painter, box.adjusted(0.5, 0.5, -0.5, -0.5), fill="alt", edge="line", radius=6)
    middle = box.center().y()
    painter.drawPixmap(round(box.x() + 11), round(middle - 8), icon_pixmap(heading.icon, "accent"))
    line = px(18)
    upper = QRectF(box.x() + 38, middle - line, box.width() - 46, line)
    draw_text(painter, upper, heading.title, weight=600)
    draw_text(painter, upper.translated(0, line - 1), heading.below, size=12, tone="muted")


def _paint_cell(painter: QPainter, box: QRectF, text: str, line: Compared) -> None:
    tinted = line.tone != "muted" and not (line.tone == "info" and text == "–")
    if tinted:
        inset = 3 if box.height() > px(_TIGHT_ROW_PX) else 1
        ground = box.adjusted(0, inset, 0, -inset)
        draw_box(painter, ground, fill=f"{line.tone}_bg", radius=4)
    words = box.adjusted(10, 0, -8, 0)
    draw_text(painter, words, text, weight=500 if tinted else 400)
