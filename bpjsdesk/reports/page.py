"""Put blocks on as few pages as they need, as roomy as these allow, and return the PDF."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from typing import NoReturn

from reportlab.pdfgen.canvas import Canvas

from bpjsdesk.domain.report_values import Letterhead
from bpjsdesk.errors import UserError
from bpjsdesk.reports.letterhead import (
    PageStyle,
    draw_footer,
    draw_letterhead,
    draw_running_head,
)
from bpjsdesk.reports.sheet import Layout, Sheet
from bpjsdesk.reports.text import one_line
from bpjsdesk.reports.theme import register_fonts

# Air goes first, then size: 94 % and 88 % are the compact steps, below that nothing is read.
_AIRS = (1.35, 1.25, 1.15, 1.07, 1.0, 0.93, 0.86, 0.8, 0.74)
_ZOOMS = (1.0, 0.94, 0.88)
_TIGHTEST = Layout(_AIRS[-1], _ZOOMS[-1])
_VOWELS = frozenset("AIUEO")
_BELOW_KOP = 4.8
_BELOW_RUNNING_HEAD = 5.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A part of a document that is never split.

    `draw(sheet, top)` returns the bottom in millimetres; `gap_mm` is the air above it except
    at the head of a page; `stretch_mm` is how much of a page's rest it may use, told by
    `sheet.spare_mm`; `joined` keeps it on the page of the block before, `new_page` begins one,
    `wants_page` begins one where that costs no further page.
    """

    draw: Callable[[Sheet, float], float]
    gap_mm: float = 0.0
    stretch_mm: float = 0.0
    joined: bool = False
    new_page: bool = False
    wants_page: bool = False


_Group = list[tuple[Block, float]]


@dataclass(frozen=True, slots=True)
class Pages:
    """Which blocks, with their measured heights, stand on which page of a layout."""

    layout: Layout
    groups: list[_Group]
    overflows: bool

    def fits(self, most: int) -> bool:
        """Say whether these are no more than `most` pages with nothing beyond their foot."""
        return not self.overflows and len(self.groups) <= most


def render_pages(style: PageStyle, blocks: Sequence[Block]) -> bytes:
    """Draw the blocks on the fewest pages, with the most air that these pages allow.

    Raises:
        UserError: PAGE_OVERFULL when a single block is higher than a page.
    """
    register_fonts()
    pages = _roomiest(style, blocks)
    buffer = BytesIO()
    canvas = new_canvas(buffer, style)
    for number, group in enumerate(pages.groups, 1):
        layout, page = _relaxed(style, pages, group, number)
        sheet = Sheet(canvas, style.paper, layout)
        sheet.begin_page()
        _draw_page(sheet, style, page, number)
        draw_footer(sheet, style, number, len(pages.groups))
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def new_canvas(buffer: BytesIO, style: PageStyle) -> Canvas:
    """Open a PDF whose bytes depend on nothing but what is drawn."""
    canvas = Canvas(
        buffer,
        pagesize=style.paper.points,
        invariant=1,
        pageCompression=1,
        lang="id-ID",
    )
    canvas.setTitle(one_line(style.title))
    canvas.setAuthor(one_line(author(style.letterhead)))
    canvas.setSubject(one_line(f"{style.kind} {style.stamp.document_no}".strip()))
    canvas.setCreator("BPJS Desk")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    return canvas


def author(letterhead: Letterhead) -> str:
    """Name the issuing office in one line, in ordinary letters; BPJS and KC stay capitals."""
    words = f"{letterhead.institution} {letterhead.office}".split()
    return " ".join(
        word.capitalize() if word.isupper() and not _VOWELS.isdisjoint(word) else word
        for word in words
    )


def _roomiest(style: PageStyle, blocks: Sequence[Block]) -> Pages:
    """Return the pages of the airiest layout, wished page breaks kept where they cost nothing."""
    tightest = _paginate(style, blocks, _TIGHTEST)
    if tightest.overflows:
        _refuse(style)
    fewest = len(tightest.groups)
    wished = [replace(block, new_page=block.new_page or block.wants_page) for block in blocks]
    for zoom in _ZOOMS:
        for candidate in (wished, blocks):
            pages = _airiest(style, candidate, zoom, fewest)
            if pages:
                return pages
    return tightest


def _airiest(style: PageStyle, blocks: Sequence[Block], zoom: float, fewest: int) -> Pages | None:
    best = _paginate(style, blocks, Layout(_AIRS[-1], zoom))
    if not best.fits(fewest):
        return None
    low, high = 0, len(_AIRS) - 1
    while low < high:
        middle = (low + high) // 2
        pages = _paginate(style, blocks, Layout(_AIRS[middle], zoom))
        if pages.fits(fewest):
            best, high = pages, middle
        else:
            low = middle + 1
    return best


def _relaxed(style: PageStyle, pages: Pages, group: _Group, number: int) -> tuple[Layout, _Group]:
    """Give one page the most air that it alone allows; the size stays that of the document."""
    for air in _AIRS:
        if len(pages.groups) == 1 or air <= pages.layout.air:
            break
        layout = Layout(air, pages.layout.zoom)
        sheet = Sheet(None, style.paper, layout)
        sizes = [(block, block.draw(sheet, 0.0)) for block, _size in group]
        if _draw_head(sheet, style, number) + _need(sheet, sizes) <= sheet.bottom:
            return layout, sizes
    return pages.layout, group


def _need(sheet: Sheet, page: _Group) -> float:
    """Return the height that the blocks of a page take, the first one's gap left out."""
    gaps = sum(block.gap_mm for block, _size in page[1:])
    return sum(size for _block, size in page) + sheet.air(gaps)


def _draw_head(sheet: Sheet, style: PageStyle, number: int) -> float:
    """Draw the head of a page; return where its blocks begin."""
    if number == 1:
        return draw_letterhead(sheet, style) + _BELOW_KOP
    return draw_running_head(sheet, style) + _BELOW_RUNNING_HEAD


def _paginate(style: PageStyle, blocks: Sequence[Block], layout: Layout) -> Pages:
    sheet = Sheet(None, style.paper, layout)
    first, following = _draw_head(sheet, style, 1), _draw_head(sheet, style, 2)
    pages: list[_Group] = [[]]
    overflows = False
    y = first
    for group in _groups(blocks):
        sizes = [(block, block.draw(sheet, 0.0)) for block in group]
        need = sum(size + sheet.air(block.gap_mm) for block, size in sizes)
        lead = sheet.air(group[0].gap_mm)
        if pages[-1] and (group[0].new_page or y + need > sheet.bottom):
            pages.append([])
            y = following
        if y + need - lead > sheet.bottom and not pages[-1]:
            overflows = True
        y += need - (0.0 if pages[-1] else lead)
        pages[-1] += sizes
    return Pages(layout, pages, overflows)


def _groups(blocks: Sequence[Block]) -> list[list[Block]]:
    groups: list[list[Block]] = []
    for block in blocks:
        if block.joined and groups:
            groups[-1].append(block)
        else:
            groups.append([block])
    return groups


def _refuse(style: PageStyle) -> NoReturn:
    raise UserError(
        "PAGE_OVERFULL",
        f"{one_line(style.title)} memuat teks yang lebih panjang daripada satu halaman. "
        "Pendekkan ruang lingkup, kewajiban, atau catatannya.",
    )


def _draw_page(sheet: Sheet, style: PageStyle, page: _Group, number: int) -> None:
    y = _draw_head(sheet, style, number)
    rest = sheet.bottom - y - _need(sheet, page)
    for place, (block, _size) in enumerate(page):
        sheet.spare_mm = min(max(rest, 0.0), block.stretch_mm)
        rest -= sheet.spare_mm
        y = block.draw(sheet, y + (sheet.air(block.gap_mm) if place else 0.0))
        sheet.spare_mm = 0.0
