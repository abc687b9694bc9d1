"""Perbandingan Daftar Peserta: what a new list changes against the last one, in both directions."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from bpjsdesk.domain.list_comparison import ListDifference, ListSide, MovedPerson, reasons_of
from bpjsdesk.domain.period import add_months
from bpjsdesk.domain.report_values import Letterhead, Paper, PrintStamp, Signatory
from bpjsdesk.domain.wording import (
    amount_in_words,
    format_count,
    format_month_range,
    format_rupiah,
)
from bpjsdesk.reports.claims_tables import signed
from bpjsdesk.reports.letterhead import PageStyle, draw_running_head
from bpjsdesk.reports.page import Block, render_pages
from bpjsdesk.reports.parts import (
    Section,
    draw_columns,
    draw_section,
    section_block,
    signature_block,
)
from bpjsdesk.reports.sheet import Layout, Place, Sheet, baseline
from bpjsdesk.reports.tables import Column, Row, Table, draw_table
from bpjsdesk.reports.text import settle
from bpjsdesk.reports.theme import (
    ACCENT,
    CELL_DENSE,
    EYEBROW,
    FIGURE,
    IN_WORDS,
    LABEL,
    LEAD_IN,
    MM,
    NOTE,
    STRONG,
    TITLE,
    register_fonts,
)

_KIND = "Perbandingan Daftar Peserta"
_NOTE = "Memuat data pribadi. NIK disamarkan. Musnahkan setelah tidak diperlukan."
_MOST_REASONS = 8
_ROW_PAD = 1.2
# Shares of the rest for what may wrap, millimetres for what may not.
_COLUMNS = (
    Column("No.", 9.0, "r"),
    Column("NIK", 29.0),
    Column("Nama", -10),
    Column("Kelurahan/desa", -7),
    Column("Sebab", -9),
    Column("Iuran (Rp)", 20.0, "r"),
)
_WRAPS = (2, 3, 4)
_SHORT = 12
_HEADS_MM, _TOTAL_MM = 14.0, 6.0


def render_list_comparison(
    found: ListDifference,
    letterhead: Letterhead,
    stamp: PrintStamp,
    *,
    paper: Paper = Paper.A4,
    signatories: Sequence[Signatory] = (),
) -> bytes:
    """Return the comparison as PDF.

    Raises: UserError PAGE_OVERFULL, LOGO_UNREADABLE.
    """
    register_fonts()
    style = PageStyle(
        title=f"{_KIND} {found.before.number} dan {found.after.number}",
        kind=_KIND,
        letterhead=letterhead,
        stamp=stamp,
        paper=paper,
        note=_NOTE,
        running_left=_KIND,
        running_right=f"{found.before.number} → {found.after.number}",
    )
    blocks = [
        Block(draw=partial(_draw_head, found)),
        Block(draw=partial(_draw_figures, found), gap_mm=4.0),
        Block(draw=partial(_draw_sides, found), gap_mm=5.6),
    ]
    if found.leaving or found.joining:
        blocks.append(Block(draw=partial(_draw_reasons, found), gap_mm=5.6))
    if signatories:
        blocks.append(signature_block(signatories))
    annexes = [part for part in _lists(found) if part.people]
    for part in annexes:
        blocks += _list_blocks(part, style, opens=part is annexes[0])
    return render_pages(style, blocks)


def _draw_head(found: ListDifference, sheet: Sheet, top: float) -> float:
    y = top + baseline(EYEBROW)
    sheet.text(sheet.left, y, "PERBANDINGAN DAFTAR PESERTA", EYEBROW)
    y = sheet.para(sheet.left, y + 7.4, sheet.column, _headline(found), role=TITLE)
    words = (
        f"Daftar baru {found.after.number} ({_months(found.after)}) dibandingkan dengan daftar "
        f"{found.before.number} ({_months(found.before)}), orang demi orang menurut NIK."
    )
    return sheet.para(sheet.left, y - 1.0, sheet.column, words, role=LEAD_IN) - LEAD_IN.lead_mm + 1


def _headline(found: ListDifference) -> str:
    change = found.head_change
    both = f"{format_count(len(found.joining))} masuk, {format_count(len(found.leaving))} keluar"
    if not change:
        return f"Jumlah peserta tetap {format_count(found.after.heads)} orang: {both}"
    verb = "bertambah" if change > 0 else "berkurang"
    return f"Daftar {verb} {format_count(abs(change))} orang: {both}"


def _draw_figures(found: ListDifference, sheet: Sheet, top: float) -> float:
    figures = (
        ("Tetap di kedua daftar", format_count(found.staying), _changed(found)),
        ("Keluar", format_count(len(found.leaving)), _money(found.leaving, found.before)),
        ("Masuk", format_count(len(found.joining)), _money(found.joining, found.after)),
        ("Selisih iuran (Rp)", _signed(found.amount_change), "daftar baru dikurangi daftar lama"),
    )
    bottom = top
    for number, (label, value, below) in enumerate(figures):
        x, room = sheet.x(number * 3), sheet.span(3)
        sheet.line(x, top, x + room, weight=STRONG, colour=ACCENT)
        sheet.text(x, top + 4.4, label, LABEL, room=room)
        sheet.tight(x, top + 11.2, room, value, role=FIGURE)
        bottom = max(bottom, sheet.para(x, top + 15.8, room, below, role=NOTE))
    return bottom - NOTE.lead_mm + 0.8


def _signed(number: int) -> str:
    return signed(number, format_count(number)) if number else "nihil"


def _changed(found: ListDifference) -> str:
    if not found.changed:
        return "datanya sama"
    return f"{format_count(found.changed)} dengan data yang berubah"


def _money(people: Sequence[MovedPerson], side: ListSide) -> str:
    return f"iuran {format_rupiah(len(people) * side.head_amount)}"


def _draw_sides(found: ListDifference, sheet: Sheet, top: float) -> float:
    section = Section(heading="Kedua daftar", draw=partial(_sides_table, found))
    y = draw_section(sheet, Place(sheet.left, top, sheet.column), section) + 4.4
    change = found.amount_change
    sign = "" if change >= 0 else "kurang "
    words = f"Terbilang selisih iuran: {sign}{amount_in_words(abs(change))}."
    y = sheet.para(sheet.left, y, sheet.column, words, role=IN_WORDS)
    if found.held:
        held = (
            f"{format_count(found.held)} baris daftar baru masih ditahan untuk perbaikan dan belum "
            "dihitung sebagai peserta."
        )
        y = sheet.para(sheet.left, y, sheet.column, held, role=NOTE)
    return y - NOTE.lead_mm


def _sides_table(found: ListDifference, sheet: Sheet, place: Place) -> float:
    columns = (
        Column("Daftar", 24),
        Column("Batch", 26),
        Column("Perjanjian", -1),
        Column("Masa iuran", 34),
        Column("Orang", 15, "r"),
        Column("Iuran (Rp)", 26, "r"),
    )
    rows = [_side_row("Lama", found.before), _side_row("Baru", found.after)]
    change = (_signed(found.head_change), _signed(found.amount_change))
    rows.append(Row(("Selisih", "", "", "", *change), "total"))
    return draw_table(sheet, place, Table(columns=columns, rows=tuple(rows), narrow=CELL_DENSE))


def _side_row(name: str, side: ListSide) -> Row:
    named = name if side.is_accepted else f"{name} (usulan)"
    money = (format_count(side.heads), format_count(side.amount))
    return Row((named, side.number, side.agreement, _months(side), *money))


def _months(side: ListSide) -> str:
    return format_month_range(side.from_month, add_months(side.from_month, side.months - 1))


def _draw_reasons(found: ListDifference, sheet: Sheet, top: float) -> float:
    left = [
        _reason_section("Mengapa keluar", found.leaving, found.before) if found.leaving else None
    ]
    right = [_reason_section("Siapa yang masuk", found.joining, found.after)]
    return draw_columns(
        sheet,
        top,
        [section for section in left if section],
        right if found.joining else [],
    )


def _reason_section(heading: str, people: Sequence[MovedPerson], side: ListSide) -> Section:
    counts = list(reasons_of(people).items())
    shown, others = counts[:_MOST_REASONS], sum(count for _why, count in counts[_MOST_REASONS:])
    if others:
        shown.append(("Sebab lain", others))
    rows = [
        Row((why, format_count(count), format_count(count * side.head_amount)))
        for why, count in shown
    ]
    total = (format_count(len(people)), format_count(len(people) * side.head_amount))
    table = Table(
        columns=(Column("Sebab", -1), Column("Orang", 14, "r"), Column("Iuran (Rp)", 25, "r")),
        rows=(*rows, Row(("Jumlah", *total), "total")),
    )
    return Section(heading=heading, draw=partial(_draw_rows, table))


class _ListPart:
    """One direction: its people, what each costs, and how it is called."""

    def __init__(self, heading: str, people: Sequence[MovedPerson], side: ListSide) -> None:
        self.heading, self.people, self.side = heading, people, side

    @property
    def note(self) -> str:
        return f"{format_count(len(self.people))} orang · batch {self.side.number}"

    def rows(self) -> list[Row]:
        amount = format_count(self.side.head_amount)
        return [
            Row((format_count(number), each.nik, each.name, each.village, each.reason, amount))
            for number, each in enumerate(self.people, 1)
        ]

    def total(self) -> Row:
        amount = format_count(len(self.people) * self.side.head_amount)
        return Row(
            ("", "", "Jumlah", f"{format_count(len(self.people))} orang", "", amount), "total"
        )


def _lists(found: ListDifference) -> tuple[_ListPart, _ListPart]:
    return (
        _ListPart("Lampiran: keluar dari daftar", found.leaving, found.before),
        _ListPart("Lampiran: masuk ke daftar", found.joining, found.after),
    )


def _list_blocks(part: _ListPart, style: PageStyle, *, opens: bool) -> list[Block]:
    """Give a table as blocks of at most a page each; a second, short one shares its page."""
    rows = part.rows()
    pages = _pages(rows, style)
    starts_page = opens or len(rows) > _SHORT
    blocks = []
    for number, chunk in enumerate(pages):
        is_last = number == len(pages) - 1
        table = Table(
            columns=_COLUMNS,
            rows=(*chunk, part.total()) if is_last else tuple(chunk),
            role=CELL_DENSE,
            is_fixed=True,
            row_pad=_ROW_PAD,
        )
        section = Section(
            heading=part.heading if number == 0 else f"{part.heading} (lanjutan)",
            note=part.note,
            draw=partial(_draw_rows, table),
        )
        block = section_block(section, gap_mm=6.0)
        blocks.append(replace(block, new_page=starts_page or number > 0))
    return blocks


def _draw_rows(table: Table, sheet: Sheet, place: Place) -> float:
    return draw_table(sheet, place, table)


def _pages(rows: Sequence[Row], style: PageStyle) -> list[list[Row]]:
    """Share rows out to pages by their measured heights, with room for the sum below the last."""
    sheet = Sheet(None, style.paper, Layout())
    room = sheet.bottom - draw_running_head(sheet, style) - _HEADS_MM - _TOTAL_MM
    pages: list[list[Row]] = [[]]
    used = 0.0
    for row, height in zip(rows, _heights(rows, sheet), strict=True):
        if used + height > room and pages[-1]:
            pages.append([])
            used = 0.0
        pages[-1].append(row)
        used += height
    return pages


def _heights(rows: Sequence[Row], sheet: Sheet) -> Iterator[float]:
    """Give the height of each row; only what is wider than its column has to be wrapped."""
    taken = sum(column.width for column in _COLUMNS if column.width > 0)
    shares = -sum(column.width for column in _COLUMNS if column.width < 0)
    pad = 2 * Table(columns=_COLUMNS, rows=()).pad
    rooms = [
        (place, (sheet.column - taken) * -_COLUMNS[place].width / shares - pad) for place in _WRAPS
    ]
    least = 2 * _ROW_PAD + CELL_DENSE.size * 0.72 / MM
    for row in rows:
        lines = max(
            1
            if CELL_DENSE.width(row.words(place)) <= room
            else len(settle(row.words(place), CELL_DENSE, room))
            for place, room in rooms
        )
        yield least + (lines - 1) * CELL_DENSE.lead_mm
