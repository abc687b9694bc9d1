"""What a check found, before anything is saved."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from bpjsdesk.domain.enrollment import BatchReport
from bpjsdesk.domain.wording import format_count, format_month_range
from bpjsdesk.errors import AppError
from bpjsdesk.services.batch_check import BatchCheck, earlier_sentence
from ui.i18n import _
from ui.pages.batches.quota_card import AmountCard, QuotaCard, QuotaUse
from ui.pages.batches.reason_browser import ReasonBrowser, ignored_summary
from ui.pages.batches.row_groups import RowGroups
from ui.pages.batches.sum_card import SumCard
from ui.widgets.buttons import Button
from ui.widgets.layout import column, row
from ui.widgets.message import InlineMessage
from ui.widgets.split import SideBySide
from ui.widgets.text import caption


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedFile:
    """All that the preview shows, made ready in the background."""

    check: BatchCheck
    report: BatchReport
    groups: RowGroups
    earlier: int
    seconds: float

    @property
    def use(self) -> QuotaUse:
        counts = self.report.counts
        return QuotaUse(
            name=self.check.target.category_name,
            heads=self.check.target.heads,
            earlier=self.earlier,
            added=counts.accepted,
            held=counts.held,
        )


class ImportPreview(QWidget):
    """Show counts, reasons, rows, quota and amount; saving takes every row, filtered or not.

    Signals: save_asked(), errors_asked(), back_asked().
    """

    save_asked = Signal()
    errors_asked = Signal()
    back_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._build_widgets()
        self._connect_signals()

    def show_file(self, found: CheckedFile) -> None:
        counts = found.report.counts
        self._sum.set_counts(counts)
        self.browser.show_groups(found.groups, every=_("Seluruh baris"))
        self._quota.set_use(found.use)
        self._amount.set_amount(found.report.amount or 0, _amount_note(found.check))
        self.save_button.setText(_("Simpan {n} baris").format(n=format_count(counts.accepted)))
        self.save_button.updateGeometry()
        self.errors_button.setVisible(counts.held > 0)
        self._note.setText(_foot_note(found.report))
        left_out = _left_out(found.report)
        self._left_out.setVisible(bool(left_out))
        self._left_out.set_text(_("Ada kolom yang tidak dipakai"), left_out)
        self.show_problem(None)
        earlier = found.check.earlier
        if earlier is not None and not found.check.is_correction:
            self._problem.setVisible(True)
            self._problem.set_text(_("Berkas ini sudah dimuat"), earlier_sentence(earlier))

    def show_problem(self, problem: AppError | None) -> None:
        """Say why saving was refused; nothing was saved then."""
        self._problem.setVisible(problem is not None)
        if problem is not None:
            self._problem.set_text(_("Belum ada yang disimpan"), problem.message)

    def _build_widgets(self) -> None:
        self._problem = InlineMessage("bad", "")
        self._problem.setObjectName("saveProblem")
        self._problem.hide()
        self._left_out = InlineMessage("warn", "")
        self._left_out.setObjectName("leftOut")
        self._left_out.hide()
        self._sum = SumCard()
        self.browser = ReasonBrowser()
        self._quota, self._amount = QuotaCard(), AmountCard()
        self.back_button = Button(_("Kembali"), key="Alt+←")
        self.errors_button = Button(
            _("Simpan berkas kesalahan…"), icon="file-spreadsheet", key="Ctrl+S"
        )
        self.save_button = Button(
            _("Simpan"), kind="primary", icon="device-floppy", key="Ctrl+Enter"
        )
        self.save_button.setObjectName("saveButton")
        self._note = caption("")
        foot = row(self.back_button, self.errors_button, None, self._note, self.save_button, gap=10)
        money = SideBySide([(self._quota, 3), (self._amount, 2)], stack_below=620)
        parts = (self._problem, self._left_out, self._sum, (self.browser, 1), money, foot)
        self.setLayout(column(*parts, gap=10))

    def _connect_signals(self) -> None:
        self.save_button.clicked.connect(self.save_asked)
        self.errors_button.clicked.connect(self.errors_asked)
        self.back_button.clicked.connect(self.back_asked)


def _amount_note(check: BatchCheck) -> str:
    months = format_month_range(check.from_month, check.to_month)
    return _("Iuran yang diterima, {months}").format(months=months)


def _left_out(report: BatchReport) -> str:
    """Name the columns that stay unread, so that nobody takes them for loaded."""
    if not report.unread_columns:
        return ""
    words = _("Kolom tidak dikenali, disimpan bersama barisnya: {names}.")
    return words.format(names=", ".join(report.unread_columns))


def _foot_note(report: BatchReport) -> str:
    if report.counts.held:
        words = _("Baris baik tidak menunggu: {n} yang ditahan bisa menyusul")
        return words.format(n=format_count(report.counts.held))
    if report.counts.ignored:
        why = ignored_summary(dict(report.ignored_reasons))
        return _("Diabaikan: {why}").format(why=why)
    return ""
