"""Daftar Peserta: one background form, ready strings, a subtotal on every page."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from reportlab.pdfgen.canvas import Canvas

from bpjsdesk.domain.report_values import (
    Letterhead,
    Paper,
    ParticipantList,
    PrintStamp,
    Signatory,
    VillageRecap,
)
from bpjsdesk.domain.wording import amount_in_words, format_count, format_rupiah
from bpjsdesk.progress import CancelToken, Progress, ProgressSink, ignore_progress
from bpjsdesk.reports.letterhead import (
    PageStyle,
    draw_footer,
    draw_kop_rule,
    draw_logo,
    draw_running_head,
    draw_seal,
)
from bpjsdesk.reports.page import author, new_canvas
from bpjsdesk.reports.parts import draw_fact
from bpjsdesk.reports.roster_rows import ROW_MM, RosterColumn, RowWriter, roster_columns
from bpjsdesk.reports.sheet import Layout, Place, Sheet
from bpjsdesk.reports.signatures import draw_signatures
from bpjsdesk.reports.tables import Column, Row, Table, draw_table
from bpjsdesk.reports.text import Run, one_line, shrink
from bpjsdesk.reports.theme import (
    BODY,
    CELL_DENSE,
    HAIR,
    INK,
    MIDDLE,
    MM,
    MUTED,
    NOTE,
    RULE,
    SEMIBOLD,
    SMALL,
    TABLE_HEAD,
    THIN,
    WHITE,
    Role,
    register_fonts,
)

_FORM = "roster"
_NOTE = "Memuat data pribadi. NIK disamarkan; salinan dicatat. Musnahkan setelah tidak diperlukan."
_TITLE = Role(face=SEMIBOLD, size=12.5, lead=15)
_NUMBER = Role(face=SEMIBOLD, size=7.8, lead=10)
_SUBTOTAL = SMALL.sized(8.2)
_LEAST_LAST_ROWS = 8
_TOTALS_MM = 19.0
_GAP_MM = 7.0
_FACT_LABEL_MM = 18.0
_RECAP_BESIDE_ROWS = 24
_RECAP_PAGE = 60
_PAGES_A_STEP = 20


def render_participant_list(
    roster: ParticipantList,
    letterhead: Letterhead,
    stamp: PrintStamp,
    *,
    paper: Paper = Paper.A4,
    signatories: Sequence[Signatory] = (),
    progress: ProgressSink = ignore_progress,
    cancel: CancelToken | None = None,
) -> bytes:
    """Return the list as PDF; progress counts rows.

    Raises:
        ValueError: when rows, recapitulation and stated amount differ.
        Cancelled: when `cancel` is set.
        UserError: LOGO_UNREADABLE.
    """
    roster.assert_consistent()
    register_fonts()
    style = PageStyle(
        title=f"{roster.title} {roster.batch_no}".strip(),
        kind="Daftar Peserta",
        letterhead=letterhead,
        stamp=stamp,
        paper=paper,
        note=_NOTE,
        running_left=roster.title,
        running_right=roster.batch_no,
    )
    buffer = BytesIO()
    canvas = new_canvas(buffer, style)
    document = _Document(canvas, style, roster, signatories)
    document.draw(progress, cancel or CancelToken())
    canvas.save()
    return buffer.getvalue()


@dataclass(frozen=True, slots=True)
class _Plan:
    """How many rows stand on each page, and which villages on pages of their own."""

    sizes: tuple[int, ...]
    recap_pages: tuple[tuple[VillageRecap, ...], ...]

    @property
    def pages(self) -> int:
        return len(self.sizes) + len(self.recap_pages)


class _Document:
    """The list being drawn: its sheet, columns and plan."""

    def __init__(
        self,
        canvas: Canvas,
        style: PageStyle,
        roster: ParticipantList,
        signatories: Sequence[Signatory],
    ) -> None:
        self.canvas, self.style, self.roster = canvas, style, roster
        self.signatories = signatories
        self.sheet = Sheet(canvas, style.paper, Layout())
        self.columns = roster_columns(self.sheet, roster)
        self.has_amount = any(row[7] is not None for row in roster.rows)
        self.rows_top = _draw_background(self._dry(), style, roster, columns=self.columns)
        room = self.sheet.bottom - self.rows_top - _TOTALS_MM
        self.rows_a_page = int(room / ROW_MM)
        self.plan = self._plan()

    def draw(self, progress: ProgressSink, cancel: CancelToken) -> None:
        """Draw every page."""
        self._record_form()
        writer = RowWriter(self.canvas, self.sheet, self.columns)
        first, running = 0, 0
        for number, size in enumerate(self.plan.sizes, 1):
            rows = self.roster.rows[first : first + size]
            self.canvas.doForm(_FORM)
            writer.draw(rows, self.rows_top)
            first += size
            part = sum(row[7] or 0 for row in rows)
            running += part
            bottom = self._draw_totals(size, first, part=part, running=running)
            if number == len(self.plan.sizes) and not self.plan.recap_pages:
                self._draw_tail(self.sheet, bottom + _GAP_MM, self.roster.recap)
            self._end_page(number)
            if number % _PAGES_A_STEP == 0 or number == len(self.plan.sizes):
                cancel.raise_if_cancelled()
                progress(Progress(done=first, total=len(self.roster.rows), text="Daftar peserta"))
        self._draw_recap_pages()

    def _dry(self) -> Sheet:
        return Sheet(None, self.style.paper, Layout())

    def _end_page(self, number: int) -> None:
        draw_footer(self.sheet, self.style, number, self.plan.pages)
        self.canvas.showPage()

    def _plan(self) -> _Plan:
        count = len(self.roster.rows)
        tail = self._draw_tail(self._dry(), 0.0, self.roster.recap) + _GAP_MM
        free = self.sheet.bottom - self.rows_top - 9.0 - tail
        beside = int(free / ROW_MM)
        if len(self.roster.recap) > _RECAP_BESIDE_ROWS or beside < _LEAST_LAST_ROWS:
            chunks = self._recap_chunks()
            return _Plan(_split(count, self.rows_a_page, self.rows_a_page), chunks)
        return _Plan(_split(count, self.rows_a_page, min(beside, self.rows_a_page)), ())

    def _recap_chunks(self) -> tuple[tuple[VillageRecap, ...], ...]:
        recap = self.roster.recap
        firsts = range(0, max(len(recap), 1), _RECAP_PAGE)
        return tuple(recap[first : first + _RECAP_PAGE] for first in firsts)

    def _record_form(self) -> None:
        width, height = self.sheet.width * MM, self.sheet.height * MM
        self.canvas.beginForm(_FORM, 0, 0, width, height)
        _draw_background(self.sheet, self.style, self.roster, columns=self.columns)
        top, right = self.rows_top, self.sheet.right
        for number in range(1, self.rows_a_page):
            is_fifth = number % 5 == 0
            self.sheet.line(
                self.sheet.left,
                top + number * ROW_MM,
                right,
                weight=THIN if is_fifth else 0.25,
                colour=RULE if is_fifth else HAIR,
            )
        bottom = top + self.rows_a_page * ROW_MM
        self.sheet.line(self.sheet.left, bottom, right, weight=MIDDLE, colour=INK)
        self.canvas.endForm()

    def _draw_totals(self, size: int, done: int, *, part: int, running: int) -> float:
        """Draw the subtotals below the last row of the page; return their bottom."""
        sheet, y = self.sheet, self.rows_top + size * ROW_MM
        if size < self.rows_a_page:
            rest = (self.rows_a_page - size) * ROW_MM + 1
            sheet.fill(sheet.left - 1, y - 0.2, sheet.column + 2, rest + 0.2, colour=WHITE)
            sheet.line(sheet.left, y, sheet.right, weight=MIDDLE, colour=INK)
        whole = format_count(len(self.roster.rows))
        strong, muted = _SUBTOTAL.faced(SEMIBOLD), _SUBTOTAL.coloured(MUTED)
        here = f"Jumlah halaman ini: {format_count(size)} peserta"
        until = f"Jumlah sampai halaman ini: {format_count(done)} dari {whole} peserta"
        for below, words, role, amount in ((4.6, here, strong, part), (9, until, muted, running)):
            sheet.text(sheet.left, y + below, words, role)
            if self.has_amount:
                sheet.text(sheet.right, y + below, format_count(amount), role, align="r")
        return y + 9

    def _draw_recap_pages(self) -> None:
        for number, chunk in enumerate(self.plan.recap_pages, 1):
            y = draw_running_head(self.sheet, self.style) + 5.6
            if number == len(self.plan.recap_pages):
                self._draw_tail(self.sheet, y, chunk)
            else:
                place = Place(self.sheet.left, y, self.sheet.column)
                rule = self.sheet.section(place, "Rekapitulasi per kelurahan/desa")
                _draw_recap(self.sheet, rule, chunk)
            self._end_page(len(self.plan.sizes) + number)

    def _draw_tail(self, sheet: Sheet, top: float, recap: Sequence[VillageRecap]) -> float:
        """Draw recapitulation, sum in words and signatures; return the bottom."""
        place = Place(sheet.left, top, sheet.column)
        y = sheet.section(place, "Rekapitulasi")
        if recap:
            y = _draw_recap(sheet, y, recap) + 1.4
        y += 4.4
        y = sheet.para(sheet.left, y, sheet.column, _sentence(self.roster), role=BODY)
        for note in _notes(self.roster):
            y = sheet.para(sheet.left, y, sheet.column, note, role=NOTE)
        if not self.signatories:
            return y
        return draw_signatures(sheet, y + 3.6, self.signatories) + 0.6


def _split(count: int, most: int, most_last: int) -> tuple[int, ...]:
    """Share the rows out; the last page has room for what follows, and some rows before it."""
    full, last = divmod(count, most)
    sizes = [most] * full + ([last] if last else [])
    moved = min(_LEAST_LAST_ROWS, most_last)
    if sizes and sizes[-1] > most_last:
        sizes[-1:] = [sizes[-1] - moved, moved]
    elif len(sizes) > 1 and sizes[-1] < moved:
        sizes[-2:] = [sizes[-2] + sizes[-1] - moved, moved]
    return tuple(sizes) or (0,)


def _draw_background(
    sheet: Sheet, style: PageStyle, roster: ParticipantList, *, columns: Sequence[RosterColumn]
) -> float:
    """Draw what every page repeats down to the rule under the heads; return its height."""
    draw_logo(sheet, Place(sheet.left, 12, 10), style.letterhead.logo_path)
    right = _draw_numbers(sheet, style)
    x = sheet.left + 13
    room = right - 34 - x
    sheet.tight(x, 15.4, room, roster.title, role=_TITLE)
    place = roster.place or roster.category
    sheet.tight(x, 20.8, room, place, role=SMALL.coloured(MUTED))
    sheet.text(x, 24.9, author(style.letterhead), NOTE, room=room)
    draw_kop_rule(sheet, 28.2)
    y = _draw_facts(sheet, roster)
    sheet.line(sheet.left, y, sheet.right, weight=MIDDLE, colour=INK)
    for column in columns:
        width = TABLE_HEAD.width(column.head)
        sheet.text(column.start(width), y + 4.7, column.head, TABLE_HEAD)
    sheet.line(sheet.left, y + 7, sheet.right, weight=THIN, colour=INK)
    return y + 7


def _draw_numbers(sheet: Sheet, style: PageStyle) -> float:
    """Draw QR, number and code at the right; return the right edge of the number."""
    stamp = style.stamp
    if not stamp.document_no:
        return sheet.right
    right = sheet.right
    if stamp.check_code:
        draw_seal(sheet, sheet.right, 10.2, 18.2, stamp=stamp)
        right -= 17.6
    sheet.text(right, 15.2, stamp.document_no, _NUMBER, align="r", room=32)
    sheet.text(right, 19, stamp.check_code, NOTE, align="r", room=32)
    return right


def _draw_facts(sheet: Sheet, roster: ParticipantList) -> float:
    """Draw the facts of the batch in two columns; return where the table begins."""
    second = ("Penetapan", roster.decree) if roster.decree else ("Kategori", roster.category)
    left = (("Perjanjian", roster.agreement), second)
    right = (("Terlindungi", roster.coverage), ("Pembayar", roster.payer))
    bottoms = [34.0]
    for x, facts in ((sheet.left, left), (sheet.x(6), right)):
        y = 34.0
        for label, value in facts:
            if value:
                at = Place(x, y, sheet.span(6))
                role = shrink(one_line(value), CELL_DENSE, at.room - _FACT_LABEL_MM)
                if role.size < CELL_DENSE.size * 0.9:
                    role = CELL_DENSE
                y = draw_fact(sheet, at, label, value, label_mm=_FACT_LABEL_MM, role=role) + 0.6
        bottoms.append(y)
    return max(bottoms) + 0.4


def _draw_recap(sheet: Sheet, rule: float, recap: Sequence[VillageRecap]) -> float:
    """Draw the villages in two columns below a rule; return the bottom."""
    middle = (len(recap) + 1) // 2
    has_amount = any(line.amount is not None for line in recap)
    bottoms = []
    for x, part in ((sheet.left, recap[:middle]), (sheet.x(6), recap[middle:])):
        if part:
            table = _recap_table(part, has_amount=has_amount)
            bottoms.append(draw_table(sheet, Place(x, rule, sheet.span(6)), table))
    return max(bottoms)


def _recap_table(recap: Sequence[VillageRecap], *, has_amount: bool) -> Table:
    columns = [Column("Kelurahan/desa", -1), Column("Orang", 0, "r")]
    if has_amount:
        columns.append(Column("Iuran (Rp)", 0, "r"))
    rows = []
    for line in recap:
        cells = [line.village, format_count(line.heads)]
        if has_amount:
            cells.append("–" if line.amount is None else format_count(line.amount))
        rows.append(Row(tuple(cells)))
    return Table(columns=tuple(columns), rows=tuple(rows), row_pad=1.25, is_fixed=True)


def _sentence(roster: ParticipantList) -> tuple[Run, ...]:
    people = f"{format_count(len(roster.rows))} peserta"
    runs = [Run(people, strong=True)]
    if roster.amount is None:
        return (*runs, Run("."))
    rates = tuple(dict.fromkeys(roster.rates))
    one_rate = rates[0] if len(rates) == 1 else 0
    if one_rate and one_rate * roster.months * len(roster.rows) == roster.amount:
        runs.append(Run(f" × {format_rupiah(one_rate)} × {roster.months} bulan = "))
    else:
        runs.append(Run(f", iuran {roster.months} bulan: "))
    runs.append(Run(format_rupiah(roster.amount), strong=True))
    return (*runs, Run(f" ({amount_in_words(roster.amount)})."))


def _notes(roster: ParticipantList) -> list[str]:
    notes = list(roster.notes)
    rates = tuple(dict.fromkeys(roster.rates))
    if len(rates) > 1:
        steps = ", lalu ".join(format_rupiah(rate) for rate in rates)
        notes.append(f"Tarif berubah dalam masa ini: {steps} per orang per bulan.")
    if roster.held_rows:
        held = format_count(roster.held_rows)
        notes.append(f"{held} baris ditahan untuk perbaikan dan tidak termasuk dalam daftar ini.")
    return notes
