"""What a claims report counts: region, days, category."""

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import QTimer, Signal

from bpjsdesk.domain.period import first_of_month
from bpjsdesk.domain.reference import Category, Region
from bpjsdesk.domain.report_values import ClaimsReport, ClaimsReportQuery
from bpjsdesk.domain.wording import format_count, format_rupiah
from ui.i18n import _
from ui.page import PageContext
from ui.widgets.combo import Choice
from ui.widgets.edits import DateEdit
from ui.widgets.form import Form
from ui.widgets.layout import column, row, rule
from ui.widgets.message import InlineMessage
from ui.widgets.text import IconMark, Label, caption

MONTH, YEAR, LAST_YEAR, OWN = "month", "year", "last_year", "own"
_PAUSE_MS = 250


class ClaimCriteria(Form):
    """The fields of the claims report.

    Signals: query_changed(ClaimsReportQuery) a moment after a change that can be read.
    """

    query_changed = Signal(object)

    def __init__(self, context: PageContext) -> None:
        super().__init__(gap=10)
        self._context = context
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._build_widgets()
        self._connect_signals()
        self.choose_preset(YEAR)

    @property
    def region(self) -> str | None:
        """The code of the chosen region."""
        chosen: str | None = self._region.value
        return chosen

    @property
    def query(self) -> ClaimsReportQuery | None:
        """The query as it stands; None while a day cannot be read or the days are reversed."""
        first, last = self._from.day, self._to.day
        if first is None or last is None or last < first:
            return None
        category = self._category.value
        return ClaimsReportQuery(
            date_from=first,
            date_to=last,
            region_code=self._region.value,
            categories=(category,) if category else (),
        )

    @property
    def totals_text(self) -> str:
        return self._totals.text()

    def set_days(self, first: date, last: date) -> None:
        """Set days of one's own."""
        self._from.set_day(first)
        self._to.set_day(last)
        self._on_edited()

    def set_choices(
        self, regions: Sequence[Region], categories: Sequence[Category], *, region: str | None
    ) -> None:
        """Fill the lists; `region` is the office's own."""
        self._region.set_choices(
            [(each.code, f"{each.code} {each.name}") for each in regions],
            empty=_("Semua wilayah"),
        )
        self._region.set_value(region)
        self._category.set_choices(
            [(each.code, each.name) for each in categories], empty=_("Semua kategori")
        )
        self._pause.start()

    def choose_preset(self, key: str) -> None:
        """Set the days of a preset: "month", "year", "last_year" or "own"."""
        self._presets.set_value(key)
        days = preset_days(key, self._context.today())
        if days is not None:
            self._from.set_day(days[0])
            self._to.set_day(days[1])
        self._pause.start()

    def show_report(self, report: ClaimsReport, *, consistent: bool) -> None:
        """Say the totals that page, screen and workbook share."""
        totals = report.totals
        words = _("{n} kasus · {amount}").format(
            n=format_count(totals.cases), amount=format_rupiah(totals.amount)
        )
        self._totals.setText(words)
        agree = _("Jumlah di PDF = layar = Excel")
        self._agree.setText(agree if consistent else _("Jumlah antartabel tidak sama"))
        self._mark.set_icon(
            "circle-check" if consistent else "alert-circle", "ok" if consistent else "bad"
        )

    def show_problem(self, words: str) -> None:
        """Say why nothing could be counted; an empty text takes it back."""
        self._problem.setVisible(bool(words))
        self._problem.set_text(_("Laporan belum dapat dibuat"), words)

    def _build_widgets(self) -> None:
        today = self._context.today
        self._problem = InlineMessage("bad", "")
        self._problem.hide()
        self._region = Choice(empty=_("Semua wilayah"))
        self._category = Choice(empty=_("Semua kategori"))
        self._from, self._to = DateEdit(today), DateEdit(today)
        self._presets = Choice(
            [
                (YEAR, _("Tahun berjalan")),
                (MONTH, _("Bulan ini")),
                (LAST_YEAR, _("Tahun lalu")),
                (OWN, _("Tanggal sendiri")),
            ]
        )
        self._mark = IconMark("circle-check", "ok")
        self._agree, self._totals = Label("", size=12, weight=600), Label("", size=12, weight=500)
        self.body.addWidget(self._problem)
        self.body.addWidget(self.add_field("region", _("Wilayah"), self._region))
        self.body.addWidget(self.add_field("preset", _("Periode"), self._presets))
        self.add_row(
            self.add_field("from", _("Dari"), self._from, required=True),
            self.add_field("to", _("Sampai"), self._to, required=True),
        )
        self.body.addWidget(self.add_field("category", _("Kategori"), self._category))
        note = _(
            "Dihitung menurut tanggal pembayaran, dibandingkan dengan periode sama tahun lalu."
        )
        self.body.addWidget(caption(note, wrap=True))
        self.body.addStretch(1)
        self.body.addWidget(rule())
        words = column(self._agree, self._totals, gap=1)
        self.body.addLayout(row(column(self._mark, None), (words, 1), gap=9))

    def _connect_signals(self) -> None:
        self.edited.connect(self._on_edited)
        self._presets.activated.connect(self._on_presets_activated)
        self._pause.timeout.connect(self._on_pause_timeout)

    def _on_edited(self) -> None:
        if self._presets.hasFocus():
            return
        days = (self._from.day, self._to.day)
        self._presets.set_value(preset_of(days, self._context.today()))
        self._pause.start()

    def _on_presets_activated(self) -> None:
        key = self._presets.value
        if key == OWN:
            self._from.setFocus()
        self.choose_preset(key)

    def _on_pause_timeout(self) -> None:
        query = self.query
        if query is not None:
            self.field("to").set_error("")
            self.query_changed.emit(query)
        elif self._from.day and self._to.day:
            self.field("to").set_error(_("Tanggal akhir mendahului tanggal awal."))


def preset_days(key: str, today: date) -> tuple[date, date] | None:
    """Give first and last day of a preset; None for the user's own days."""
    first = first_of_month(today)
    last_year = today.year - 1
    return {
        MONTH: (first, today),
        YEAR: (date(today.year, 1, 1), today),
        LAST_YEAR: (date(last_year, 1, 1), date(today.year, 1, 1) - timedelta(days=1)),
    }.get(key)


def preset_of(days: tuple[date | None, date | None], today: date) -> str:
    """Find the preset that two days are."""
    for key in (MONTH, YEAR, LAST_YEAR):
        if preset_days(key, today) == days:
            return key
    return OWN
