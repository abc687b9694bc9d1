"""The page "Laporan": choose, see the page itself, save, print."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, Qt
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QWidget

from bpjsdesk.domain.agreements import AgreementListItem, Status
from bpjsdesk.domain.changes import Changes
from bpjsdesk.domain.enrollment import BatchListItem
from bpjsdesk.domain.reference import Category, Region
from bpjsdesk.domain.report_values import ClaimsReport, ClaimsReportQuery
from bpjsdesk.domain.wording import format_date_range
from bpjsdesk.errors import AppError
from bpjsdesk.progress import CancelToken, ProgressSink
from bpjsdesk.services.agreements import list_agreements
from bpjsdesk.services.batches import list_batches
from bpjsdesk.services.claims_report import claims_report, claims_report_workbook
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.office import get_office
from bpjsdesk.services.reference import list_categories, list_regions
from ui.errors import show_error
from ui.i18n import _
from ui.page import Page, PageContext
from ui.pages.agreements.words import choice_words
from ui.pages.reports.criteria import ClaimCriteria
from ui.pages.reports.document_pane import DocumentPane
from ui.pages.reports.file_choice import ask_save_path
from ui.pages.reports.pdf_work import agreement_pdf, claims_pdf, roster_pdf
from ui.pages.reports.tables import ReportTables
from ui.pages.settings.refused import refused_state
from ui.pages.settings.section_list import Section, SectionList
from ui.tasks import LatestRead
from ui.theme import px
from ui.widgets.buttons import Button, ChoiceRow
from ui.widgets.combo import Choice
from ui.widgets.form import Field
from ui.widgets.layout import Card, ScrollColumn, boxed, column, row
from ui.widgets.text import caption, card_title

CLAIMS, AGREEMENT, ROSTER = "claims", "agreement", "roster"
_STACK_BELOW_PX, _KINDS_PX, _CRITERIA_PX, _NO_LIMIT = 960, 212, 286, 16_777_215
_PAPER, _TABLES = "paper", "tables"
_PAINT_FIRST_MS = 20


class Lists(NamedTuple):
    """What the choices offer, read together."""

    regions: tuple[Region, ...]
    categories: tuple[Category, ...]
    region: str | None
    agreements: tuple[AgreementListItem, ...]
    batches: tuple[BatchListItem, ...]


class Counted(NamedTuple):
    """A report with the verdict whether its tables agree."""

    report: ClaimsReport
    consistent: bool


class ReportsPage(Page):
    """Three documents: claims report, agreement summary, participant list."""

    kinds = frozenset({"claim", "agreement", "batch", "office", "signatory"})

    def __init__(self, context: PageContext) -> None:
        super().__init__(context, _("Laporan"))
        self._report: ClaimsReport | None = None
        self._tables: ReportTables | None = None
        self._lists = LatestRead(context.runner, self)
        self._counting = LatestRead(context.runner, self)
        self._build_widgets()
        self._connect_signals()
        self._bind_keys()
        self.set_subtitle(
            _("Pratinjau adalah berkas PDF itu sendiri; dibuat ulang saat kriteria berubah")
        )
        issuing = (("Ctrl+S", _("simpan PDF")), ("Ctrl+P", _("cetak")))
        self.set_key_hints(
            ("PgUp PgDn", _("halaman")),
            ("Ctrl+0", _("pas")),
            ("Ctrl+T", _("halaman atau tabel")),
            *(issuing if context.app.user.may("report.print") else ()),
        )
        self._kinds.select(CLAIMS)

    @property
    def tables(self) -> ReportTables:
        """The figures as tables; made with the first report, so that the page opens sooner."""
        if self._tables is None:
            self._tables = ReportTables()
            self._right.addWidget(self._tables)
            _bind_within(self._tables, "Ctrl+P", self.document.preview.print_pdf)
        return self._tables

    @property
    def report(self) -> ClaimsReport | None:
        """The claims report on the screen."""
        return self._report

    def choose_document(self, key: str) -> None:
        """Choose what is printed: CLAIMS, AGREEMENT or ROSTER."""
        self._kinds.select(key)

    def focus_first(self) -> None:
        """Put the focus on the line that is open at the left."""
        self._kinds.focus_current()

    def refresh(self, changes: Changes) -> None:
        if self.context.app.user.may("read.reports"):
            # reading takes turns with the window: let the page be painted first
            QTimer.singleShot(_PAINT_FIRST_MS, self, self._read_lists)
        else:
            self._whole.setCurrentIndex(1)

    def _read_lists(self) -> None:
        self._lists.start(partial(_read_lists, self.context.app))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < px(_STACK_BELOW_PX)
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._sides.setDirection(down if narrow else across)
        self._kinds.setMaximumWidth(_NO_LIMIT if narrow else px(_KINDS_PX))
        self._kinds.setMaximumHeight(px(190) if narrow else _NO_LIMIT)
        self._left.setFixedWidth(px(_CRITERIA_PX if narrow else _KINDS_PX + _CRITERIA_PX + 11))

    def _build_widgets(self) -> None:
        self._kinds = SectionList(_sections())
        self.criteria = ClaimCriteria(self.context)
        self._agreement, self._batch = (
            Choice(empty=_("Pilih perjanjian…")),
            Choice(empty=_("Pilih batch…")),
        )
        self._choices = QStackedWidget()
        self._heading, self._about = card_title(), caption("", wrap=True)
        inside = ScrollColumn(self._heading, self._about, 2, (self._choices, 1), gap=6)
        card = Card((inside, 1), margins=(16, 12, 16, 12))
        self._sides = row(self._kinds, (card, 1), gap=11)
        self._left = boxed(self._sides)
        self._whole = QStackedWidget()
        sides = row(gap=11)
        # from the outside in: a stack dresses its first part at once, and again when it is moved
        self.body.addWidget(self._whole, 1)
        self._whole.addWidget(boxed(sides))
        self._whole.addWidget(Card(refused_state(self.context.app.user.role)))
        sides.addWidget(self._left)
        sides.addWidget(self._make_right(), 1)
        for part in (
            self.criteria,
            _choice_panel("agreement_choice", _("Perjanjian"), self._agreement),
            _choice_panel("batch_choice", _("Batch"), self._batch),
        ):
            self._choices.addWidget(part)
        self._right.addWidget(self.document)

    def _make_right(self) -> QWidget:
        self._views = ChoiceRow([(_PAPER, _("Halaman")), (_TABLES, _("Tabel"))], kind="tab")
        self.excel_button = Button(_("Simpan Excel…"), icon="file-spreadsheet", small=True)
        self.excel_button.setObjectName("excelButton")
        self._bar = boxed(row((self._views, 1), self.excel_button))
        self.document = DocumentPane(self.context)
        self._right = QStackedWidget()
        return boxed(column(self._bar, (self._right, 1), gap=8))

    def _connect_signals(self) -> None:
        self._kinds.chosen.connect(self._on_kinds_chosen)
        self._lists.succeeded.connect(self._on_lists_succeeded)
        self._lists.failed.connect(self._on_problem_met)
        self._counting.succeeded.connect(self._on_counting_succeeded)
        self._counting.failed.connect(self._on_counting_failed)
        self.criteria.query_changed.connect(self._on_criteria_query_changed)
        self._agreement.activated.connect(self._make_agreement)
        self._batch.activated.connect(self._make_roster)
        self._views.chosen.connect(self._on_views_chosen)
        self.excel_button.clicked.connect(self._on_excel_clicked)
        self.document.noted.connect(self.saved)

    def _bind_keys(self) -> None:
        # the preview binds Ctrl+P inside itself; here it serves the rest of the page
        for key, scope, slot in (
            ("Ctrl+P", self._kinds, self.document.preview.print_pdf),
            ("Ctrl+P", self._choices, self.document.preview.print_pdf),
            ("Ctrl+P", self._bar, self.document.preview.print_pdf),
            ("Ctrl+S", self, self.document.preview.save_pdf),
            ("Ctrl+T", self, self._on_swap),
        ):
            _bind_within(scope, key, slot)

    def _on_kinds_chosen(self, key: str) -> None:
        heading, about = _words()[key]
        self._heading.setText(heading)
        self._about.setText(about)
        self._choices.setCurrentIndex((CLAIMS, AGREEMENT, ROSTER).index(key))
        self._bar.setVisible(key == CLAIMS)
        self._on_views_chosen(self._views.current if key == CLAIMS else _PAPER)
        self.document.clear()
        self._remake()

    def _remake(self) -> None:
        key = self._kinds.current
        query = self.criteria.query
        if key == CLAIMS and query is not None:
            self._on_criteria_query_changed(query)
        elif key == AGREEMENT:
            self._make_agreement()
        elif key == ROSTER:
            self._make_roster()

    def _on_lists_succeeded(self, lists: Lists) -> None:
        region = self.criteria.region if self.criteria.is_dirty else lists.region
        self.criteria.set_choices(lists.regions, lists.categories, region=region)
        self._show_agreements(lists.agreements)
        self._batch.set_choices(
            [(item.batch_id, _batch_words(item)) for item in lists.batches],
            empty=None if lists.batches else _("Belum ada batch"),
        )
        self._remake()

    def _show_agreements(self, agreements: Sequence[AgreementListItem]) -> None:
        signed = [each.agreement_id for each in agreements if each.status is not Status.DRAFT]
        first = (
            self._agreement.value if self._agreement.value is not None else next(iter(signed), None)
        )
        self._agreement.set_choices(
            [(item.agreement_id, choice_words(item)) for item in agreements],
            empty=None if agreements else _("Belum ada perjanjian"),
        )
        self._agreement.set_value(first)

    def _on_criteria_query_changed(self, query: ClaimsReportQuery) -> None:
        may_read = self.context.app.user.may("read.reports")
        if self._kinds.current != CLAIMS or not may_read:
            return
        self._counting.start(partial(_count, self.context.app, query))
        self.document.make(
            claims_pdf(self.context.app, query),
            name=_("Laporan pembayaran klaim {from_day} - {to_day}").format(
                from_day=query.date_from.isoformat(), to_day=query.date_to.isoformat()
            ),
            title=_("Menyusun laporan"),
        )

    def _on_counting_succeeded(self, counted: Counted) -> None:
        self._report = counted.report
        self.criteria.show_problem("")
        self.criteria.show_report(counted.report, consistent=counted.consistent)
        self.tables.show_report(counted.report)
        query = counted.report.query
        self.set_subtitle(
            _("{region} · {days} · menurut {basis}").format(
                region=counted.report.region_name,
                days=format_date_range(query.date_from, query.date_to),
                basis=counted.report.basis,
            )
        )

    def _on_counting_failed(self, problem: Exception) -> None:
        if isinstance(problem, AppError):
            self.criteria.show_problem(problem.message)
        else:
            show_error(self, problem)

    def _make_agreement(self) -> None:
        agreement_id = self._agreement.value
        if agreement_id is None:
            return
        self.set_subtitle(_("Satu halaman tentang perjanjian yang ditandatangani"))
        self.document.make(
            agreement_pdf(self.context.app, agreement_id),
            name=_("Ringkasan {title}").format(title=self._agreement.currentText()),
            title=_("Menyusun ringkasan"),
        )

    def _make_roster(self) -> None:
        batch_id = self._batch.value
        if batch_id is None:
            return
        self.set_subtitle(_("Daftar peserta satu batch · NIK disamarkan"))
        self.document.make(
            roster_pdf(self.context.app, batch_id),
            name=_("Daftar peserta {title}").format(title=self._batch.currentText()),
            title=_("Menyusun daftar peserta"),
        )

    def _on_views_chosen(self, key: str) -> None:
        self._right.setCurrentWidget(self.document if key == _PAPER else self.tables)

    def _on_swap(self) -> None:
        if self._kinds.current == CLAIMS:
            self._views.select(_TABLES if self._views.current == _PAPER else _PAPER)
            self._on_views_chosen(self._views.current)

    def _on_excel_clicked(self) -> None:
        report = self._report
        if report is None:
            return
        path = ask_save_path(self, _("Simpan Excel"), _("Laporan pembayaran klaim.xlsx"), "xlsx")
        if path is not None:
            task = self.context.runner.read(partial(_write_excel, self.context.app, report, path))
            task.succeeded.connect(self._on_excel_written)
            task.failed.connect(self._on_problem_met)

    def _on_excel_written(self, path: Path) -> None:
        self.saved.emit(_("{file} tersimpan").format(file=path.name))

    def _on_problem_met(self, problem: Exception) -> None:
        show_error(self, problem)


def _bind_within(scope: QWidget, key: str, slot: Callable[[], object]) -> None:
    shortcut = QShortcut(QKeySequence(key), scope)
    shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    shortcut.activated.connect(slot)


def _sections() -> list[Section]:
    audience, daily = _("Untuk audiensi"), _("Kerja harian")
    return [
        Section(key=CLAIMS, title=_("Pembayaran klaim"), icon="report-analytics", group=audience),
        Section(key=AGREEMENT, title=_("Perjanjian"), icon="file-certificate", group=audience),
        Section(key=ROSTER, title=_("Daftar peserta"), icon="users", group=daily),
    ]


def _choice_panel(name: str, label: str, control: Choice) -> QWidget:
    return boxed(column(Field(name, label, control), None))


def _words() -> dict[str, tuple[str, str]]:
    return {
        CLAIMS: (
            _("Pembayaran klaim"),
            _("Untuk audiensi dengan wali kota atau bupati."),
        ),
        AGREEMENT: (
            _("Ringkasan perjanjian"),
            _("Satu halaman: pihak, kuota, iuran, tahap bayar, dan peserta."),
        ),
        ROSTER: (
            _("Daftar peserta"),
            _("Semua orang dalam satu batch menurut kelurahan."),
        ),
    }


def _batch_words(item: BatchListItem) -> str:
    return f"{item.number} · {item.category_name}"


def _read_lists(app: AppContext, _progress: ProgressSink, _cancel: CancelToken) -> Lists:
    region = get_office(app).region_code
    province = region.partition(".")[0] if region else None
    provinces: Sequence[Region] = list_regions(app)
    around = [each for each in provinces if each.code == province]
    return Lists(
        regions=(*around, *(list_regions(app, province) if province else provinces)),
        categories=list_categories(app),
        region=region,
        agreements=list_agreements(app),
        batches=list_batches(app),
    )


def _count(
    app: AppContext, query: ClaimsReportQuery, _progress: ProgressSink, _cancel: CancelToken
) -> Counted:
    report = claims_report(app, query)
    try:
        report.assert_consistent()
    except ValueError:
        return Counted(report, consistent=False)
    return Counted(report, consistent=True)


def _write_excel(
    app: AppContext, report: ClaimsReport, path: Path, _progress: ProgressSink, _c: CancelToken
) -> Path:
    claims_report_workbook(app, report, path)
    return path
