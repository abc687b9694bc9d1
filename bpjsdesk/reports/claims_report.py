"""Laporan Pembayaran Klaim: one region, one period, two pages and a list where needed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from bpjsdesk.domain.report_values import ClaimsReport, Letterhead, Paper, PrintStamp, Signatory
from bpjsdesk.domain.wording import (
    MONTH_NAMES,
    amount_in_words,
    format_count,
    format_date,
    format_percent,
    format_rupiah,
    format_short_rupiah,
    percent_of,
)
from bpjsdesk.reports.charts import BarChart, draw_bar_chart, monthly_chart
from bpjsdesk.reports.claims_tables import (
    category_table,
    contribution_note,
    contribution_table,
    long_region_tables,
    programme_table,
    region_table,
    signed,
)
from bpjsdesk.reports.letterhead import PageStyle
from bpjsdesk.reports.page import Block, render_pages
from bpjsdesk.reports.parts import (
    FIRST_LINE,
    Section,
    draw_columns,
    draw_fact,
    draw_numbered,
    signature_block,
)
from bpjsdesk.reports.sheet import Place, Sheet, baseline
from bpjsdesk.reports.tables import Table, draw_table
from bpjsdesk.reports.text import Run
from bpjsdesk.reports.theme import (
    ACCENT,
    EYEBROW,
    FIGURE,
    IN_WORDS,
    LABEL,
    LEAD_IN,
    NOTE,
    STRONG,
    TITLE,
)

_KIND = "Laporan Pembayaran Klaim"
_CHART_LEAST, _CHART_MOST = 48.0, 108.0
_SECTION_GAP = 7.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _TableSection:
    heading: str
    table: Table
    note: str = ""
    remark: str = ""


def render_claims_report(
    report: ClaimsReport,
    letterhead: Letterhead,
    stamp: PrintStamp,
    *,
    paper: Paper = Paper.A4,
    signatories: Sequence[Signatory] = (),
) -> bytes:
    """Return the report as PDF.

    Raises:
        ValueError: when its tables do not add up to the same totals.
        UserError: PAGE_OVERFULL, LOGO_UNREADABLE.
    """
    report.assert_consistent()
    period = _period(report.query.date_from, report.query.date_to)
    number = f"{stamp.document_no}  ·  " if stamp.document_no else ""
    style = PageStyle(
        title=f"{_KIND} {report.region_name} {period}",
        kind="Nomor laporan",
        letterhead=letterhead,
        stamp=stamp,
        paper=paper,
        note=f"{number}Periode menurut {report.basis}. Satu kasus adalah satu pembayaran.",
        running_left=f"{_KIND} {report.region_name}",
        running_right=period,
    )
    return render_pages(style, _blocks(report, signatories))


def _blocks(report: ClaimsReport, signatories: Sequence[Signatory]) -> list[Block]:
    blocks = [
        Block(draw=partial(_draw_head, report)),
        Block(draw=partial(_draw_figures, report), gap_mm=5.0),
        Block(draw=partial(_draw_programmes, report), gap_mm=6.0),
    ]
    chart = _chart(report)
    if chart:
        draw = partial(_draw_chart, chart)
        stretch = _CHART_MOST - _CHART_LEAST
        blocks.append(Block(draw=draw, gap_mm=_SECTION_GAP, stretch_mm=stretch))
    blocks += _table_blocks(report, wants_page=chart is not None)
    sections = _fact_sections(report)
    if any(sections):
        draw_sections = partial(_draw_sections, sections)
        blocks.append(Block(draw=draw_sections, gap_mm=_SECTION_GAP))
    if report.requests:
        blocks.append(Block(draw=partial(_draw_requests, report), gap_mm=_SECTION_GAP))
    if signatories:
        blocks.append(signature_block(signatories))
    for number, table in enumerate(long_region_tables(report)):
        blocks.append(_annex_block(report, table, is_first=number == 0))
    return blocks


def _table_blocks(report: ClaimsReport, *, wants_page: bool) -> list[Block]:
    """Number the tables that have rows, after the first of the report; a chart stands before."""
    tables: list[_TableSection] = []
    if report.by_category:
        heading = "Menurut segmen dan kategori"
        tables.append(_TableSection(heading=heading, table=category_table(report)))
    if report.by_region:
        heading = f"Menurut {report.region_level.lower()} tempat tinggal peserta"
        tables.append(_TableSection(heading=heading, table=region_table(report)))
    if report.contributions:
        tables.append(
            _TableSection(
                heading=f"Iuran yang dibayar {report.government} dan manfaat yang kembali",
                table=contribution_table(report),
                note=_month_span(report.query.date_from, report.query.date_to, short=False),
                remark=contribution_note(report),
            )
        )
    blocks: list[Block] = []
    for number, section in enumerate(tables, 2):
        numbered = replace(section, heading=f"Tabel {number}. {section.heading}")
        draw = partial(_draw_table, numbered)
        blocks.append(Block(draw=draw, gap_mm=_SECTION_GAP, wants_page=wants_page and not blocks))
    return blocks


def _annex_block(report: ClaimsReport, table: Table, *, is_first: bool) -> Block:
    heading = f"Lampiran. Seluruh {report.region_level.lower()}"
    words = heading if is_first else f"{heading} (lanjutan)"
    draw = partial(_draw_table, _TableSection(heading=words, table=table))
    return Block(draw=draw, gap_mm=_SECTION_GAP, new_page=is_first)


def _draw_head(report: ClaimsReport, sheet: Sheet, top: float) -> float:
    y = top + baseline(EYEBROW)
    sheet.text(sheet.left, y, _KIND.upper(), EYEBROW)
    period = _period(report.query.date_from, report.query.date_to)
    title = f"{report.region_name}, {period}"
    if TITLE.width(title) > sheet.column:
        title = f"{report.region_name},\n{period}"
    y = sheet.para(sheet.left, y + 6.9, sheet.column, title, role=TITLE)
    y = sheet.para(sheet.left, y - 0.2, sheet.span(10), _sentence(report), role=LEAD_IN)
    return y - LEAD_IN.lead_mm + 1.0


def _sentence(report: ClaimsReport) -> tuple[Run, ...]:
    totals = report.totals
    runs = [
        Run("Manfaat yang dibayarkan kepada peserta dan ahli waris mencapai "),
        Run(format_short_rupiah(totals.amount).replace(" ", "\u00a0"), strong=True),
        Run(f" untuk {format_count(totals.cases)}\u00a0kasus"),
    ]
    change = percent_of(totals.amount - totals.previous_amount, totals.previous_amount)
    before = _previous_name(report)
    if change is None:
        return (*runs, Run(f"; tidak ada pembayaran pada {before}."))
    if change == 0:
        return (*runs, Run(f", sama dengan {before}."))
    verb = "naik" if change > 0 else "turun"
    percent = format_percent(abs(change), decimals=1)
    return (*runs, Run(f", {verb} "), Run(percent, strong=True), Run(f" dari {before}."))


def _previous_name(report: ClaimsReport) -> str:
    first, last = report.query.previous
    if first.year == last.year:
        return f"periode yang sama tahun {first.year}"
    return f"periode {_period(first, last)}"


def _draw_figures(report: ClaimsReport, sheet: Sheet, top: float) -> float:
    figures = _figures(report)
    columns = 12 / len(figures)
    for number, (label, value, note) in enumerate(figures):
        x, room = sheet.x(columns * number), sheet.span(columns)
        sheet.line(x, top, x + room, weight=STRONG, colour=ACCENT)
        sheet.text(x, top + 4.4, label, LABEL, room=room)
        sheet.text(x, top + 11.2, value, FIGURE, room=room)
        sheet.text(x, top + 15.8, note, NOTE, room=room)
    return top + 16.6


def _figures(report: ClaimsReport) -> list[tuple[str, str, str]]:
    totals = report.totals
    year = _previous_label(report)
    figures = [
        ("Manfaat dibayarkan", format_short_rupiah(totals.amount), format_rupiah(totals.amount)),
        (
            "Kasus dibayarkan",
            format_count(totals.cases),
            f"{format_count(totals.previous_cases)} kasus pada {year}",
        ),
    ]
    part = next((row for row in report.by_category if row.of_which), None)
    if part:
        note = ", ".join(
            words for words in (f"{format_count(part.cases)} kasus", part.remark) if words
        )
        figures.append((part.name, format_short_rupiah(part.amount), note))
    change = totals.amount - totals.previous_amount
    percent = percent_of(change, totals.previous_amount)
    note = "tidak ada pembanding"
    if percent is not None:
        note = f"{signed(percent, format_percent(percent, decimals=1))} menurut nilai"
    figures.append((f"Perubahan dari {year}", signed(change, format_short_rupiah(change)), note))
    return figures


def _draw_programmes(report: ClaimsReport, sheet: Sheet, top: float) -> float:
    query = report.query
    spans = (
        _month_span(query.date_from, query.date_to, short=True),
        _month_span(*query.previous, short=True),
    )
    heading = "Tabel 1. Menurut program, dibandingkan dengan tahun sebelumnya"
    table = programme_table(report, spans)
    y = _draw_table(_TableSection(heading=heading, table=table), sheet, top)
    words = f"Terbilang: {amount_in_words(report.totals.amount)}."
    y = sheet.para(sheet.left, y + 4.2, sheet.column, words, role=IN_WORDS)
    return y - IN_WORDS.lead_mm + 0.9


def _chart(report: ClaimsReport) -> BarChart | None:
    name = _years(report.query.date_from, report.query.date_to)
    return monthly_chart(report.by_month, name=name, previous_name=_previous_label(report))


def _draw_chart(chart: BarChart, sheet: Sheet, top: float) -> float:
    place = Place(sheet.left, top, sheet.column)
    y = sheet.section(place, f"Gambar 1. {chart.finding()}")
    height = _CHART_LEAST + sheet.spare_mm
    return draw_bar_chart(chart, sheet, replace(place, y=y), height)


def _draw_table(section: _TableSection, sheet: Sheet, top: float) -> float:
    place = Place(sheet.left, top, sheet.column)
    y = sheet.section(place, section.heading, note=section.note)
    y = draw_table(sheet, replace(place, y=y), section.table)
    if not section.remark:
        return y
    y = sheet.para(sheet.left, y + 4.0, sheet.column, section.remark, role=NOTE)
    return y - NOTE.lead_mm + 0.8


def _fact_sections(report: ClaimsReport) -> tuple[list[Section], list[Section]]:
    left, right = [], []
    if report.beneficiaries:
        left.append(Section(heading="Penerima manfaat", draw=partial(_draw_beneficiaries, report)))
    if report.notes:
        right.append(Section(heading="Catatan data", draw=partial(draw_numbered, report.notes)))
    return left, right


def _draw_sections(
    sections: tuple[list[Section], list[Section]], sheet: Sheet, top: float
) -> float:
    return draw_columns(sheet, top, *sections)


def _draw_beneficiaries(report: ClaimsReport, sheet: Sheet, place: Place) -> float:
    y = place.y + FIRST_LINE
    for fact in report.beneficiaries:
        at = replace(place, y=y)
        y = draw_fact(sheet, at, fact.label, fact.text, label_mm=36.0) + sheet.air(0.9)
    return y - sheet.air(0.9) - LABEL.lead_mm + 0.9


def _draw_requests(report: ClaimsReport, sheet: Sheet, top: float) -> float:
    place = Place(sheet.left, top, sheet.column)
    heading = f"Dukungan yang dimohonkan kepada {report.government}"
    y = sheet.section(place, heading)
    return draw_numbered(report.requests, sheet, replace(place, y=y))


def _period(first: date, last: date) -> str:
    start = format_date(first)
    if first == last:
        return start
    if first.year == last.year:
        start = start.removesuffix(f" {first.year}")
    return f"{start} s.d. {format_date(last)}"


def _month_span(first: date, last: date, *, short: bool) -> str:
    names = [MONTH_NAMES[day.month - 1] for day in (first, last)]
    if short:
        names = [name[:3] for name in names]
    if first.year != last.year:
        return f"{names[0]} {first.year}–{names[1]} {last.year}"
    if first.month == last.month:
        return f"{names[0]} {last.year}"
    return f"{names[0]}–{names[1]} {last.year}"


def _years(first: date, last: date) -> str:
    return str(last.year) if first.year == last.year else f"{first.year}–{last.year}"


def _previous_label(report: ClaimsReport) -> str:
    return _years(*report.query.previous)
