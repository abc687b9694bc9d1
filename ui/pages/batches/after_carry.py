"""Next year's list out of this batch: who goes on, who does not and why, and new names beside."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import Qt
from PySide6.QtWidgets import QWidget

from bpjsdesk.domain.agreements import QuotaLine, Status
from bpjsdesk.domain.changes import Answer
from bpjsdesk.domain.enrollment import BatchRequest
from bpjsdesk.domain.period import add_months
from bpjsdesk.domain.wording import format_count, format_month_range
from bpjsdesk.errors import AppError
from bpjsdesk.services.carry_forward import LeftOut
from ui.i18n import _
from ui.page import PageContext
from ui.pages.agreements.words import choice_words
from ui.pages.batches.after_work import CarryStart, carry_plan_work, carry_work, quota_work
from ui.pages.reports.file_choice import ask_open_path
from ui.table import NIK_WIDTH, Column, RecordTableModel
from ui.table_view import RecordTable
from ui.tasks import LatestRead
from ui.widgets.buttons import Button, ChoiceRow
from ui.widgets.combo import Choice
from ui.widgets.form import Field
from ui.widgets.inline import InlineMessage
from ui.widgets.layout import Card, boxed, column, row
from ui.widgets.split import SideBySide
from ui.widgets.text import Label, caption, card_title, figure

_CLOSED = frozenset({Status.CANCELLED, Status.TERMINATED, Status.EXPIRED})
_COMING = frozenset({Status.DRAFT, Status.UPCOMING})
_EVERY = "every"
_REASONS_SHOWN = 4


class CarryPane(QWidget):
    """Make a list in work for the next agreement or period.

    Signals: made(int) with the new batch, problem_met(exception).
    """

    made = Signal(int)
    problem_met = Signal(object)

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._start: CarryStart | None = None
        self._quotas: Sequence[QuotaLine] = ()
        self._additions: Path | None = None
        self._read = LatestRead(context.runner, self)
        self._lines = LatestRead(context.runner, self)
        self._build_widgets()
        self._connect_signals()

    @property
    def is_ready(self) -> bool:
        """Say whether a list can be made: somebody goes on, and a quota line is chosen."""
        return self._start is not None and self._line is not None and self.act_button.isEnabled()

    def show_batch(self, batch_id: int) -> None:
        """Read who would go on."""
        self._start, self._quotas = None, ()
        self.set_additions(None)
        self._problem.hide()
        self._model.set_rows([])
        self.act_button.setEnabled(False)
        self._read.start(carry_plan_work(self._context.app, batch_id))

    def focus_first(self) -> None:
        self.agreement.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_additions(self, path: Path | None) -> None:
        """Let a file of new names come along, or none."""
        self._additions = path
        self._added.setText(path.name if path else _("belum ada"))
        self._no_file_button.setVisible(path is not None)

    def _build_widgets(self) -> None:
        self._problem = InlineMessage("bad", "", " ")
        self._problem.setObjectName("carryProblem")
        self._problem.hide()
        self._going, self._leaving = figure(), figure()
        self._going_note, self._leaving_note = caption("", wrap=True), caption("", wrap=True)
        going = Card(
            caption(_("Berlanjut")), self._going, self._going_note, gap=1, margins=(16, 9, 16, 9)
        )
        leaving = Card(
            caption(_("Tidak berlanjut")),
            self._leaving,
            self._leaving_note,
            gap=1,
            margins=(16, 9, 16, 9),
        )
        figures = SideBySide([(going, 2), (leaving, 3)], stack_below=620, gap=10)
        self.reasons = ChoiceRow([(_EVERY, _("Semua"))])
        self._reasons_place = row((self.reasons, 1), margins=(12, 9, 12, 8))
        self._model: RecordTableModel[LeftOut] = RecordTableModel(_columns(), self)
        self.table = RecordTable(self._model, _("Tidak berlanjut"), sortable=False)
        self.table.setObjectName("carryTable")
        listing = Card(boxed(self._reasons_place), (self.table, 1), gap=0, margins=(1, 0, 1, 2))
        self.act_button = Button(
            _("Buat daftar lanjutan"), kind="primary", icon="check", key="Ctrl+Enter"
        )
        self.act_button.setObjectName("carryAct")
        self._foot = Label("", size=12, tone="muted", wrap=True)
        foot = row((self._foot, 1), self.act_button, gap=10)
        parts = (self._problem, self._make_target(), figures, (listing, 1), foot)
        self.setLayout(column(*parts, gap=10))

    def _make_target(self) -> Card:
        self.agreement, self.line = Choice(), Choice()
        under = Field("carryAgreement", _("Perjanjian berikutnya"), self.agreement, required=True)
        what = Field("carryLine", _("Kategori dan bulan iuran"), self.line, required=True)
        self._added = Label("", size=12, tone="muted")
        self.add_button = Button(
            _("Tambah nama baru dari berkas…"), icon="table-import", small=True
        )
        self.add_button.setObjectName("carryAdd")
        self._no_file_button = Button(_("Tanpa berkas"), kind="ghost", small=True)
        self._no_file_button.hide()
        fields = SideBySide([(under, 3), (what, 2)], stack_below=560, gap=12)
        names = row(self.add_button, self._added, self._no_file_button, None)
        return Card(card_title(_("Daftar untuk periode berikut")), fields, names, gap=8)

    def _connect_signals(self) -> None:
        self._read.succeeded.connect(self._on_start_read)
        self._read.failed.connect(self.problem_met)
        self._lines.succeeded.connect(self._on_quotas_read)
        self._lines.failed.connect(self.problem_met)
        self.agreement.currentIndexChanged.connect(self._on_agreement_chosen)
        self.line.currentIndexChanged.connect(self._say_foot)
        self.reasons.chosen.connect(self._on_reason_chosen)
        self.add_button.clicked.connect(self._on_add_clicked)
        self._no_file_button.clicked.connect(self._on_no_file_clicked)
        self.act_button.clicked.connect(self._on_act_clicked)

    @property
    def _line(self) -> QuotaLine | None:
        place = self.line.value
        return self._quotas[place] if isinstance(place, int) and self._quotas else None

    def _on_start_read(self, start: CarryStart) -> None:
        self._start = start
        plan = start.plan
        self._going.setText(format_count(len(plan.going_on)))
        self._leaving.setText(format_count(len(plan.left_out)))
        self._leaving.set_tone("warn" if plan.left_out else "text")
        held = _("{n} baris tertahan tidak dibawa: belum pernah terdaftar")
        self._going_note.setText(
            held.format(n=format_count(plan.held))
            if plan.held
            else _("dari {number}").format(number=plan.number)
        )
        reasons = ", ".join(f"{format_count(n)} {why}" for why, n in plan.reasons.items())
        self._leaving_note.setText(reasons or _("tidak ada"))
        self._show_reasons()
        open_ones = sorted(
            (item for item in start.agreements if item.status not in _CLOSED),
            key=lambda item: item.status not in _COMING,
        )
        self.agreement.set_choices([(item.agreement_id, choice_words(item)) for item in open_ones])
        self._on_agreement_chosen()

    def _show_reasons(self) -> None:
        assert self._start is not None  # only called once the plan is there
        plan = self._start.plan
        shown = [(_EVERY, _("Semua {n}").format(n=format_count(len(plan.left_out))))]
        shown += [
            (why, f"{why} {format_count(n)}")
            for why, n in list(plan.reasons.items())[:_REASONS_SHOWN]
        ]
        old, self.reasons = self.reasons, ChoiceRow(shown)
        self.reasons.chosen.connect(self._on_reason_chosen)
        self._reasons_place.replaceWidget(old, self.reasons)
        old.hide()
        old.deleteLater()
        self._on_reason_chosen(_EVERY)

    def _on_reason_chosen(self, key: str) -> None:
        if self._start is not None:
            left = self._start.plan.left_out
            self._model.set_rows([each for each in left if key in (_EVERY, each.reason)])

    def _on_agreement_chosen(self) -> None:
        if self.agreement.value is not None:
            self._lines.start(quota_work(self._context.app, self.agreement.value))

    def _on_quotas_read(self, quotas: Sequence[QuotaLine]) -> None:
        self._quotas = quotas
        self.line.set_choices([(at, _line_words(line)) for at, line in enumerate(quotas)])
        same = self._start.plan.category_name if self._start else ""
        names = [line.category_name for line in quotas]
        self.line.set_value(names.index(same) if same in names else 0)
        self._say_foot()

    def _say_foot(self) -> None:
        line, start = self._line, self._start
        ready = line is not None and start is not None and bool(start.plan.going_on)
        self.act_button.setEnabled(ready)
        if line is None or start is None:
            self._foot.setText(_("Pilih perjanjian yang punya kuota."))
            return
        over = len(start.plan.going_on) - line.draft.heads
        words = _("Kuota {n} orang. Daftarnya diperiksa dan diputuskan seperti daftar lain.")
        if over > 0:
            words = _("Kuota {n} orang, kurang {over}. Selebihnya ditahan saat diterima.")
        self._foot.setText(words.format(n=format_count(line.draft.heads), over=format_count(over)))

    def _on_add_clicked(self) -> None:
        path = ask_open_path(self, _("Pilih berkas nama baru"))
        if path is not None:
            self.set_additions(path)

    def _on_no_file_clicked(self) -> None:
        self.set_additions(None)

    def _on_act_clicked(self) -> None:
        start, line = self._start, self._line
        if start is None or line is None or not self.act_button.isEnabled():
            return
        self.act_button.setEnabled(False)
        request = BatchRequest(
            path=Path(start.plan.number),
            agreement_id=self.agreement.value,
            category=line.draft.category,
            registered_on=self._context.today(),
            from_month=line.draft.from_month,
            months=line.draft.months,
        )
        work = carry_work(self._context.app, start.plan, request, self._additions)
        task = self._context.runner.start(work)
        task.succeeded.connect(self._on_made)
        task.failed.connect(self._on_refused)

    def _on_made(self, answer: Answer) -> None:
        self._context.changes.publish(answer.changes)
        self.made.emit(answer.object_id)

    def _on_refused(self, problem: Exception) -> None:
        self.act_button.setEnabled(True)
        if isinstance(problem, AppError):
            self._problem.set_text(_("Daftar lanjutan belum dibuat"), problem.message)
            self._problem.show()
        else:
            self.problem_met.emit(problem)


def _line_words(line: QuotaLine) -> str:
    first = line.draft.from_month
    months = format_month_range(first, add_months(first, line.draft.months - 1))
    return f"{line.category_name} · {months}"


def _columns() -> list[Column[LeftOut]]:
    return [
        Column(key="name", title=_("Nama"), text=_name, width=230, weight=500),
        Column(key="nik", title=_("NIK"), text=_nik, width=NIK_WIDTH),
        Column(key="village", title=_("Kelurahan/desa"), text=_village, width=170),
        Column(key="why", title=_("Sebab"), text=_why, tip=_why),
    ]


def _name(each: LeftOut) -> str:
    return each.name


def _nik(each: LeftOut) -> str:
    return each.nik


def _village(each: LeftOut) -> str:
    return each.village


def _why(each: LeftOut) -> str:
    return each.reason
