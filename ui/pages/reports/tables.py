"""The tables of a claims report on the screen: the same value that the page prints."""

from collections.abc import Sequence
from typing import NamedTuple

from bpjsdesk.domain.chart import ChartSeries, ChartSpec
from bpjsdesk.domain.report_values import ClaimsReport
from bpjsdesk.domain.wording import (
    format_count,
    format_month,
    format_percent,
    format_rupiah,
    percent_of,
)
from ui.i18n import _
from ui.table import Column, RecordTableModel
from ui.table_view import RecordTable
from ui.theme import px
from ui.widgets.chart import ChartCard
from ui.widgets.layout import Card, ScrollColumn, row
from ui.widgets.message import InlineMessage
from ui.widgets.text import caption, card_title

_JUTA = 1_000_000


class Line(NamedTuple):
    """One line of any of the tables; `before` is last year's amount where there is one."""

    name: str
    cases: int
    amount: int
    whole: int
    before: int | None = None
    is_part: bool = False


class ReportTables(ScrollColumn):
    """Programme, category and district with their totals, and the months as a chart."""

    def __init__(self) -> None:
        self._nothing = InlineMessage(
            "info",
            _("Tidak ada pembayaran klaim pada periode ini"),
            _("Ubah wilayah, periode, atau kategori di sebelah kiri."),
        )
        self._nothing.hide()
        self._chart = ChartCard()
        self._chart.setMinimumHeight(px(220))
        self._programmes = _TableCard(_("Menurut program"), _programme_columns())
        self._categories = _TableCard(_("Menurut segmen dan kategori"), _share_columns())
        self._regions = _TableCard(_("Menurut wilayah"), _share_columns())
        super().__init__(
            self._nothing,
            self._programmes,
            self._chart,
            self._categories,
            self._regions,
            None,
            gap=10,
        )

    def show_report(self, report: ClaimsReport) -> None:
        whole = report.totals.amount
        self._nothing.setVisible(not report.totals.cases)
        self._programmes.show_lines(
            [
                Line(r.name, r.cases, r.amount, whole, r.previous_amount)
                for r in report.by_programme
            ],
            _total(report, before=report.totals.previous_amount),
        )
        self._categories.show_lines(
            [
                Line(r.name, r.cases, r.amount, whole, is_part=r.of_which)
                for r in report.by_category
            ],
            _total(report),
        )
        self._regions.set_title(_("Menurut {level}").format(level=report.region_level.lower()))
        lines = [Line(r.name, r.cases, r.amount, whole) for r in report.by_region]
        self._regions.show_lines(lines, _total(report))
        self._chart.set_spec(chart_of(report))
        self._chart.setVisible(len(report.by_month) > 1)


def chart_of(report: ClaimsReport) -> ChartSpec:
    """Draw the months of a report as bars in juta rupiah."""
    return ChartSpec(
        title=_("Manfaat dibayar per bulan"),
        categories=tuple(format_month(r.month, short=True)[:3] for r in report.by_month),
        series=(ChartSeries(name=_("Manfaat"), values=tuple(r.amount for r in report.by_month)),),
        unit=_("juta rupiah"),
        scale=_JUTA,
    )


class _TableCard(Card):
    def __init__(self, title: str, columns: Sequence[Column[Line]]) -> None:
        self._title = card_title(title)
        self._model: RecordTableModel[Line] = RecordTableModel(columns)
        self._table = RecordTable(
            self._model, title, row_height=28, sortable=False, totals_row=True
        )
        self._none = caption(_("Tidak ada baris."))
        head = row(self._title, None, margins=(15, 0, 15, 0))
        super().__init__(
            head, self._table, row(self._none, margins=(15, 0, 15, 4)), gap=4, margins=(1, 10, 1, 6)
        )
        self._model.setParent(self)

    def set_title(self, title: str) -> None:
        self._title.setText(title)

    def show_lines(self, lines: Sequence[Line], total: Line) -> None:
        self._model.set_rows([*lines, total] if lines else [])
        self._table.fit_height()
        self._table.setVisible(bool(lines))
        self._none.setVisible(not lines)


def _total(report: ClaimsReport, before: int | None = None) -> Line:
    totals = report.totals
    return Line(_("Jumlah"), totals.cases, totals.amount, totals.amount, before)


def _programme_columns() -> tuple[Column[Line], ...]:
    return (
        *_first_columns(),
        Column(key="before", title=_("Tahun lalu"), text=_before, right=True, width=138),
        Column(
            key="change", title=_("Perubahan"), text=change_words, right=True, width=88, tone=_tone
        ),
    )


def _share_columns() -> tuple[Column[Line], ...]:
    share = Column(key="share", title=_("Bagian"), text=_share, right=True, width=88)
    return (*_first_columns(), share)


def _first_columns() -> tuple[Column[Line], ...]:
    return (
        Column(key="name", title="", text=_name, weight=500, tone=_name_tone),
        Column(key="cases", title=_("Kasus"), text=_cases, right=True, width=64),
        Column(key="amount", title=_("Manfaat"), text=_amount, right=True, width=138),
    )


def change_words(line: Line) -> str:
    """Say by how many hundredths an amount grew; a dash where there is nothing to compare."""
    if line.before is None:
        return ""
    change = percent_of(line.amount - line.before, line.before)
    if change is None:
        return "–"
    words = format_percent(change, decimals=1)
    return f"+{words}" if change > 0 else words


def _tone(line: Line) -> str:
    return "muted" if line.before in (None, 0) else "text"


def _name(line: Line) -> str:
    return _("   di antaranya {name}").format(name=line.name) if line.is_part else line.name


def _name_tone(line: Line) -> str:
    return "muted" if line.is_part else "text"


def _cases(line: Line) -> str:
    return format_count(line.cases)


def _amount(line: Line) -> str:
    return format_rupiah(line.amount)


def _before(line: Line) -> str:
    return "" if line.before is None else format_rupiah(line.before)


def _share(line: Line) -> str:
    share = percent_of(line.amount, line.whole)
    return "–" if share is None else format_percent(share, decimals=1)
