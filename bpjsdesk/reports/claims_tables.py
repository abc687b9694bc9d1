"""The tables of the claims report; every one ends in the same totals."""

from collections.abc import Sequence
from fractions import Fraction

from bpjsdesk.domain.report_values import ClaimsReport, RegionRow
from bpjsdesk.domain.wording import (
    format_count,
    format_decimal,
    format_percent,
    format_rupiah,
    percent_of,
)
from bpjsdesk.reports.tables import Column, Row, Span, Table
from bpjsdesk.reports.theme import CELL_DENSE

UNKNOWN = "–"
_WHOLE = "100,0%"
_MOST_REGIONS = 14
_SHOWN_REGIONS = 11
_ANNEX_ROWS = 57


def programme_table(report: ClaimsReport, spans: tuple[str, str]) -> Table:
    """Return programme × (cases, rupiah) of both periods with the change."""
    rows = [
        _programme_row(
            row.name if row.code.casefold() in row.name.casefold() else f"{row.code}  {row.name}",
            (row.cases, row.amount),
            (row.previous_cases, row.previous_amount),
        )
        for row in report.by_programme
    ]
    totals = report.totals
    total = _programme_row(
        "Jumlah",
        (totals.cases, totals.amount),
        (totals.previous_cases, totals.previous_amount),
    )
    return Table(
        columns=(
            Column("Program", -1),
            Column("Kasus", 0, "r"),
            Column("Manfaat (Rp)", 0, "r"),
            Column("Kasus", 0, "r"),
            Column("Manfaat (Rp)", 0, "r"),
            Column("Selisih (Rp)", 0, "r"),
            Column("%", 0, "r"),
        ),
        rows=(*rows, Row(total.cells, "total")),
        spans=(Span(1, 2, spans[0]), Span(3, 4, spans[1]), Span(5, 6, "Perubahan")),
        narrow=CELL_DENSE,
    )


def category_table(report: ClaimsReport) -> Table:
    """Return segments and categories with the "di antaranya" rows, which are not added up."""
    rows = []
    for row in report.by_category:
        words = ", ".join(part for part in (row.name, row.remark) if part)
        name = f"di antaranya {words}" if row.of_which else words
        cells = (name, *_figures(row.cases, row.amount, report.totals.amount))
        rows.append(Row(cells, "part" if row.of_which else "plain"))
    rows.append(_total_row(report))
    return Table(
        columns=(
            Column("Segmen", -1),
            Column("Kasus", 24, "r"),
            Column("Manfaat (Rp)", 40, "r"),
            Column("Bagian", 24, "r"),
        ),
        rows=tuple(rows),
    )


def region_table(report: ClaimsReport) -> Table:
    """Return the regions with bars; of many regions the highest, the rest in one row."""
    shown, rest = _shown_regions(report.by_region)
    most = max((row.amount for row in report.by_region), default=0)
    rows = [_region_row(row, most, report.totals.amount) for row in shown]
    if rest:
        cases = sum(row.cases for row in rest)
        amount = sum(row.amount for row in rest)
        name = f"{format_count(len(rest))} {report.region_level.lower()} lainnya (lampiran)"
        rows.append(Row((name, 0.0, *_figures(cases, amount, report.totals.amount))))
    total = _total_row(report)
    rows.append(Row((total.cells[0], 0.0, *total.cells[1:]), "total"))
    return Table(columns=_region_columns(report.region_level), rows=tuple(rows))


def long_region_tables(report: ClaimsReport) -> list[Table]:
    """Return all regions in tables of a page each, or none where one table shows them all."""
    rows = report.by_region
    if not _shown_regions(rows)[1]:
        return []
    most = max(row.amount for row in rows)
    tables = []
    size = -(-len(rows) // -(-len(rows) // _ANNEX_ROWS))
    for first in range(0, len(rows), size):
        chunk = rows[first : first + size]
        lines = [_region_row(row, most, report.totals.amount) for row in chunk]
        if first + size >= len(rows):
            total = _total_row(report)
            lines.append(Row((total.cells[0], 0.0, *total.cells[1:]), "total"))
        tables.append(
            Table(
                columns=_region_columns(report.region_level),
                rows=tuple(lines),
                row_pad=1.0,
                is_fixed=True,
            )
        )
    return tables


def contribution_table(report: ClaimsReport) -> Table:
    """Return contributions paid against benefits returned."""
    rows = [
        _contribution_row(row.category, row.heads, row.contributions, row.benefits)
        for row in report.contributions
    ]
    known = [row.heads for row in report.contributions if row.heads is not None]
    heads = sum(known) if len(known) == len(report.contributions) else None
    total = _contribution_row(
        "Jumlah",
        heads,
        sum(row.contributions for row in report.contributions),
        sum(row.benefits for row in report.contributions),
    )
    return Table(
        columns=(
            Column("Kategori", -1),
            Column("Peserta", 0, "r"),
            Column("Iuran (Rp)", 0, "r"),
            Column("Manfaat (Rp)", 0, "r"),
            Column("Selisih (Rp)", 0, "r"),
            Column("Manfaat per\nRp1 iuran", 20, "r"),
        ),
        rows=(*rows, Row(total.cells, "total")),
    )


def contribution_note(report: ClaimsReport) -> str:
    """Say the ratio in one sentence, with what it does not say."""
    paid = sum(row.contributions for row in report.contributions)
    returned = sum(row.benefits for row in report.contributions)
    if not paid:
        return ""
    ratio = format_decimal(Fraction(returned, paid), decimals=2)
    return (
        f"Setiap Rp1 iuran yang dibayar {report.government} kembali kepada warga sebesar "
        f"Rp{ratio}. Angka satu periode tidak mengukur nilai perlindungan; jumlah kematian dan "
        "kecelakaan berubah setiap tahun."
    )


def signed(number: int | Fraction, words: str) -> str:
    """Put a plus sign before a rise; a fall carries its minus sign already."""
    return f"+{words}" if number > 0 else words


def _programme_row(name: str, now: tuple[int, int], before: tuple[int, int]) -> Row:
    change = now[1] - before[1]
    percent = percent_of(change, before[1])
    percent_words = UNKNOWN
    if percent is not None:
        percent_words = signed(percent, format_percent(percent, decimals=1))
    return Row(
        (
            name,
            format_count(now[0]),
            format_count(now[1]),
            format_count(before[0]),
            format_count(before[1]),
            signed(change, format_count(change)) if change else "nihil",
            percent_words,
        )
    )


def _figures(cases: int, amount: int, whole: int) -> tuple[str, str, str]:
    share = percent_of(amount, whole)
    percent = UNKNOWN if share is None else format_percent(share, decimals=1)
    return format_count(cases), format_count(amount), percent


def _total_row(report: ClaimsReport) -> Row:
    totals = report.totals
    share = _WHOLE if totals.amount else UNKNOWN
    cells = ("Jumlah", format_count(totals.cases), format_rupiah(totals.amount), share)
    return Row(cells, "total")


def _shown_regions(
    rows: Sequence[RegionRow],
) -> tuple[Sequence[RegionRow], Sequence[RegionRow]]:
    if len(rows) <= _MOST_REGIONS:
        return rows, ()
    ranked = sorted(rows, key=lambda row: -row.amount)
    return ranked[:_SHOWN_REGIONS], ranked[_SHOWN_REGIONS:]


def _region_row(row: RegionRow, most: int, whole: int) -> Row:
    share = row.amount / most if most > 0 else 0.0
    return Row((row.name, max(share, 0.0), *_figures(row.cases, row.amount, whole)))


def _region_columns(level: str) -> tuple[Column, ...]:
    return (
        Column(level, -1),
        Column("", 34, "bar"),
        Column("Kasus", 18, "r"),
        Column("Manfaat (Rp)", 40, "r"),
        Column("Bagian", 24, "r"),
    )


def _contribution_row(name: str, heads: int | None, paid: int, returned: int) -> Row:
    change = returned - paid
    ratio = format_decimal(Fraction(returned, paid), decimals=2) if paid else UNKNOWN
    return Row(
        (
            name,
            UNKNOWN if heads is None else format_count(heads),
            format_count(paid),
            format_count(returned),
            signed(change, format_count(change)) if change else "nihil",
            ratio,
        )
    )
