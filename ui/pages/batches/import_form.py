"""What is chosen before a list is checked: agreement, category, days, months and the file."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QKeySequence, QShortcut, Qt
from PySide6.QtWidgets import QApplication, QWidget

from bpjsdesk.domain.agreements import (
    Agreement,
    AgreementListItem,
    QuotaLine,
    Status,
)
from bpjsdesk.domain.enrollment import BatchListItem, BatchRequest
from bpjsdesk.domain.period import add_months, months_between
from bpjsdesk.domain.senders import Sender
from bpjsdesk.domain.wording import format_count, format_month_range, format_rupiah
from bpjsdesk.errors import AppError
from bpjsdesk.progress import CancelToken, ProgressSink
from bpjsdesk.services.agreements import get_agreement, list_agreements
from bpjsdesk.services.batches import list_batches
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.senders import list_senders
from ui.i18n import _
from ui.page import PageContext
from ui.pages.agreements.words import choice_words
from ui.pages.batches.file_drop import FileDrop, local_file
from ui.pages.batches.paste_work import paste_work
from ui.pages.batches.quota_card import QuotaCard, QuotaUse
from ui.pages.batches.sender_fields import SenderFields
from ui.tasks import LatestRead
from ui.theme import px
from ui.widgets.buttons import Button
from ui.widgets.combo import Choice
from ui.widgets.edits import CountEdit, DateEdit, MonthEdit
from ui.widgets.form import FieldError, Form
from ui.widgets.layout import Card, ScrollColumn, boxed, column, row
from ui.widgets.message import InlineMessage
from ui.widgets.split import MainAndRail
from ui.widgets.text import IconMark, Label, caption, card_title


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportStart:
    """What is known before the form opens: nothing, a dropped file, or a batch to be mended."""

    agreement_id: int | None = None
    category: str | None = None
    from_month: date | None = None
    months: int | None = None
    path: Path | None = None


_CLOSED = frozenset({Status.CANCELLED, Status.TERMINATED})
Chosen = tuple[Agreement, tuple[BatchListItem, ...]]
Known = tuple[tuple[AgreementListItem, ...], tuple[Sender, ...]]


class ImportForm(QWidget):
    """Ask for the request of a check.

    Signals: check_asked(BatchRequest), template_asked(int, int | None) with the agreement's id
    and the sender's, profile_asked(int) for a sender, problem_met(exception) when the lists cannot
    be read.
    """

    check_asked = Signal(object)
    template_asked = Signal(int, object)
    profile_asked = Signal(int)
    problem_met = Signal(object)

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._agreement: Agreement | None = None
        self._batches: tuple[BatchListItem, ...] = ()
        self._start = ImportStart()
        self._lists = LatestRead(context.runner, self)
        self._details = LatestRead(context.runner, self)
        self._pasting = LatestRead(context.runner, self)
        self._build_widgets()
        self._connect_signals()

    @property
    def category(self) -> str | None:
        """The code of the chosen category."""
        line = self._line()
        return line.draft.category if line else None

    @property
    def agreement_id(self) -> int | None:
        chosen: int | None = self._agreement_choice.value
        return chosen

    @property
    def months(self) -> int | None:
        return self._months.amount

    def open(self, start: ImportStart) -> None:
        """Start anew; the lists are read in the background."""
        self._start = start
        self.show_problem(None)
        self.drop.clear()
        self.sent_by.clear()
        if start.path is not None:
            self.drop.set_path(start.path)
        self._lists.start(partial(_read_agreements, self._context.app))

    def read_again(self) -> None:
        """Read the lists anew; what was chosen stays."""
        self._lists.start(partial(_read_agreements, self._context.app))

    def show_problem(self, problem: AppError | None) -> None:
        """Say in the form why the last check could not be done."""
        self._problem.setVisible(problem is not None)
        if problem is not None:
            self._problem.set_text(_("Berkas belum dapat dibaca"), problem.message)

    def submit(self) -> None:
        """Ask for the check, or show what is missing."""
        errors = self._errors()
        pasted = self.drop.pasted
        path = self.drop.path if pasted is None else Path(pasted.name)
        if self.form.show_errors(errors) and path is not None:
            self.check_asked.emit(
                BatchRequest(
                    path=path,
                    pasted=pasted.content if pasted is not None else None,
                    agreement_id=self._agreement_choice.value,
                    category=self.category or "",
                    registered_on=self._registered.day or self._context.today(),
                    from_month=self._from_month.month,
                    months=self._months.amount,
                )
            )

    def paste(self) -> None:
        """Take the table that lies on the clipboard, or the file that was copied."""
        clipboard = QApplication.clipboard()
        path = local_file(clipboard.mimeData())
        if path is not None:
            self.drop.set_path(path)
        else:
            self._pasting.start(paste_work(clipboard.text(), self._context.app.clock()))

    def _build_widgets(self) -> None:
        self.form = Form(gap=10)
        self._problem = InlineMessage("bad", "", "", action=_("Pilih berkas lain"), key="F4")
        self._problem.setObjectName("fileProblem")
        self._problem.hide()
        self.drop = FileDrop()
        self._make_fields()
        card = Card(card_title(_("Daftar yang akan dimuat")), self.form, gap=10)
        main = ScrollColumn(self._problem, card, None)
        self.check_button = Button(
            _("Periksa"), kind="primary", icon="shield-check", key="Ctrl+Enter"
        )
        self.check_button.setObjectName("checkButton")
        note = caption(_("Daftar disimpan sebagai pekerjaan; belum ada yang didaftarkan."))
        foot = row(None, note, self.check_button, gap=12)
        split = MainAndRail(main, self._make_rail(), rail_width=350)
        self.setLayout(column((split, 1), foot, gap=10))

    def _make_fields(self) -> None:
        form, today = self.form, self._context.today
        self._agreement_choice = Choice(empty=_("Pilih perjanjian…"))
        self._category_choice = Choice(empty=_("Pilih perjanjian dahulu"))
        self._registered = DateEdit(today, today())
        self._from_month = MonthEdit(today)
        self._months = CountEdit()
        form.body.addWidget(
            form.add_field("agreement", _("Perjanjian"), self._agreement_choice, required=True)
        )
        form.body.addWidget(
            form.add_field(
                "category", _("Kategori (baris kuota)"), self._category_choice, required=True
            )
        )
        file_field = form.add_field("file", _("Berkas daftar"), self.drop, required=True)
        form.body.addWidget(file_field)
        form.add_row(
            form.add_field(
                "registered_on",
                _("Tanggal pendaftaran"),
                self._registered,
                hint=_("Usia dihitung pada tanggal ini."),
                required=True,
            ),
            form.add_field("from_month", _("Mulai bulan iuran"), self._from_month, required=True),
            form.add_field("months", _("Jumlah bulan"), self._months, required=True),
        )
        self.sent_by = SenderFields(form, today)
        form.body.addWidget(self.sent_by)

    def _make_rail(self) -> QWidget:
        self._quota = QuotaCard()
        self._quota.hide()
        self.template_button = Button(_("Simpan templat kosong…"), icon="download", key="Ctrl+T")
        self.template_button.setObjectName("templateButton")
        self._hint = caption(
            _("Templat berisi kolom NIK bertipe Teks dan pilihan siap pakai."), wrap=True
        )
        template = Card(
            card_title(_("Belum punya berkas?")), self._hint, row(self.template_button, None), gap=8
        )
        steps = Card(card_title(_("Yang akan terjadi")), *_step_rows(), gap=8)
        return ScrollColumn(self._quota, steps, template, None)

    def _connect_signals(self) -> None:
        self._lists.succeeded.connect(self._on_lists_succeeded)
        self._lists.failed.connect(self.problem_met)
        self._details.succeeded.connect(self._on_details_succeeded)
        self._details.failed.connect(self.problem_met)
        self._agreement_choice.activated.connect(self._on_agreement_activated)
        self._category_choice.activated.connect(self._on_category_activated)
        self._pasting.succeeded.connect(self.drop.set_pasted)
        self._pasting.failed.connect(self._on_pasting_failed)
        self.drop.file_chosen.connect(self._on_drop_file_chosen)
        self.drop.paste_asked.connect(self.paste)
        self.sent_by.profile_asked.connect(self.profile_asked)
        for key in ("Ctrl+V", "Ctrl+Shift+V"):  # a field that is typed in keeps the first
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.paste)
        self._problem.acted.connect(self.drop.choose)
        self.check_button.clicked.connect(self.submit)
        self.template_button.clicked.connect(self._on_template_button_clicked)

    def _errors(self) -> list[FieldError]:
        errors = self.form.missing_fields()
        if self.drop.path is None and self.drop.pasted is None:
            place = sum(error.field in ("agreement", "category") for error in errors)
            words = _("Pilih berkas yang berisi daftar peserta, atau tempel tabelnya.")
            errors.insert(place, FieldError(field="file", message=words))
        return errors + self.sent_by.errors()

    def _line(self) -> QuotaLine | None:
        wanted = self._category_choice.value
        lines = self._agreement.quotas if self._agreement else ()
        return next((line for line in lines if line.quota_id == wanted), None)

    def _show_line(self) -> None:
        line = self._line()
        self._quota.setVisible(line is not None)
        if line is None:
            self.form.field("category").set_hint("")
            return
        with QSignalBlocker(self._from_month), QSignalBlocker(self._months):
            self._from_month.set_month(self._start.from_month or line.draft.from_month)
            self._months.set_amount(self._start.months or line.draft.months)
        for name in ("from_month", "months"):
            self.form.field(name).set_error("")
        self.form.field("category").set_hint(_line_words(line))
        draft = line.draft
        earlier = accepted_under(
            self._batches, line.category_name, first=draft.from_month, months=draft.months
        )
        self._quota.set_use(
            QuotaUse(
                name=line.category_name, heads=line.draft.heads, earlier=earlier, added=0, held=0
            )
        )

    def _on_lists_succeeded(self, known: Known) -> None:
        found, senders = known
        self.sent_by.set_senders(senders)
        self._agreement_choice.set_choices(
            [(item.agreement_id, choice_words(item)) for item in found],
            empty=_("Pilih perjanjian…"),
        )
        agreement_id = self._start.agreement_id
        if agreement_id is None and len(found) == 1:
            agreement_id = found[0].agreement_id
        if agreement_id is not None:
            self._agreement_choice.set_value(agreement_id)
        self._on_agreement_activated()

    def _on_agreement_activated(self) -> None:
        chosen = self._agreement_choice.value
        if chosen is None:
            self._agreement = None
            self._category_choice.set_choices([], empty=_("Pilih perjanjian dahulu"))
            self._show_line()
            return
        self._details.start(partial(_read_agreement, self._context.app, chosen))

    def _on_details_succeeded(self, found: Chosen) -> None:
        self._agreement, self._batches = found
        lines = self._agreement.quotas
        self._category_choice.set_choices(
            [(line.quota_id, _line_name(line, lines)) for line in lines],
            empty=_("Pilih kategori…"),
        )
        wanted = _wanted_line(lines, self._start)
        if wanted is not None:
            self._category_choice.set_value(wanted.quota_id)
        self._show_line()
        self._start = ImportStart()

    def _on_category_activated(self) -> None:
        self._show_line()

    def _on_drop_file_chosen(self) -> None:
        self.form.field("file").set_error("")
        self.show_problem(None)

    def _on_template_button_clicked(self) -> None:
        chosen = self._agreement_choice.value
        if chosen is None:
            words = _("Pilih perjanjian dahulu; templatnya mengikuti kuota perjanjian.")
            self.form.show_errors([FieldError(field="agreement", message=words)])
            return
        self.template_asked.emit(chosen, self.sent_by.sender_id)

    def _on_pasting_failed(self, problem: Exception) -> None:
        if isinstance(problem, AppError):
            self._problem.set_text(_("Tabel belum dapat ditempel"), problem.message)
            self._problem.show()
        else:
            self.problem_met.emit(problem)


def accepted_under(
    batches: Sequence[BatchListItem], category_name: str, *, first: date, months: int
) -> int:
    """Count the people that batches of an agreement put under one quota line."""
    return sum(
        item.counts.accepted
        for item in batches
        if item.category_name == category_name
        and 0 <= months_between(first, item.from_month) < months
    )


def _wanted_line(lines: Sequence[QuotaLine], start: ImportStart) -> QuotaLine | None:
    if start.category is None:
        return lines[0] if len(lines) == 1 else None
    fitting = [line for line in lines if line.draft.category == start.category]
    month = start.from_month
    in_months = [line for line in fitting if month is not None and _holds(line, month)]
    return next(iter(in_months or fitting), None)


def _holds(line: QuotaLine, month: date) -> bool:
    return 0 <= months_between(line.draft.from_month, month) < line.draft.months


def _line_name(line: QuotaLine, lines: Sequence[QuotaLine]) -> str:
    alike = sum(each.draft.category == line.draft.category for each in lines) > 1
    return f"{line.category_name} · {_months_words(line)}" if alike else line.category_name


def _months_words(line: QuotaLine) -> str:
    first = line.draft.from_month
    return format_month_range(first, add_months(first, line.draft.months - 1))


def _read_agreements(app: AppContext, _progress: ProgressSink, _cancel: CancelToken) -> Known:
    agreements = (item for item in list_agreements(app) if item.status not in _CLOSED)
    return tuple(agreements), list_senders(app)


def _read_agreement(
    app: AppContext, agreement_id: int, _progress: ProgressSink, _cancel: CancelToken
) -> Chosen:
    return get_agreement(app, agreement_id), list_batches(app, agreement_id=agreement_id)


def _line_words(line: QuotaLine) -> str:
    draft = line.draft
    rate = format_rupiah(line.rates[0]) if line.is_level and line.rates else ""
    words = [
        _("{n} orang").format(n=format_count(draft.heads)),
        _months_words(line),
        " ".join(draft.programmes),
        _("{rate} sebulan").format(rate=rate) if rate else _("tarif berubah menurut bulan"),
    ]
    return " · ".join(words)


def _step_rows() -> list[QWidget]:
    steps = [
        ("eye", _("Setiap baris dibaca dan disimpan apa adanya; belum ada yang didaftarkan.")),
        ("wand", _("Alasan dikelompokkan; satu tombol memperbaiki ratusan baris sekaligus.")),
        ("clock", _("Boleh ditutup kapan saja dan dilanjutkan besok, juga oleh rekan Anda.")),
        ("check", _("Setelah diputuskan, baris yang baik masuk dan sisanya bisa menyusul.")),
    ]
    made = []
    for icon, words in steps:
        mark = column(IconMark(icon, "accent", size=16), None)
        made.append(boxed(row(mark, (Label(words, size=12, wrap=True), 1), gap=10)))
    for box in made:
        box.setMinimumHeight(px(20))
    return made
