"""Find and replace, trim or part a column: what would change is shown before anything does."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeyEvent, Qt
from PySide6.QtWidgets import QCheckBox, QWidget

from bpjsdesk.domain.cell_tools import TOOL_LABELS, CellTool, Replacement
from bpjsdesk.domain.field_labels import FIELD_LABELS
from bpjsdesk.domain.wording import format_count
from bpjsdesk.errors import UserError
from bpjsdesk.progress import CancelToken, ProgressSink
from bpjsdesk.services.cell_tools import CellPlan
from bpjsdesk.services.staging import StagedList
from ui.i18n import _
from ui.pages.batches.own_keys import OwnKeys
from ui.pages.batches.repair_samples import RepairSamples
from ui.pages.batches.tool_ask import ToolAsk, plan_of
from ui.tasks import LatestRead, TaskRunner
from ui.theme import px
from ui.widgets.buttons import Button, ChoiceRow
from ui.widgets.combo import Choice
from ui.widgets.layout import boxed, column, row
from ui.widgets.text import Label, caption
from ui.widgets.text_edit import TextEdit

_TOOLS = (CellTool.REPLACE_TEXT, CellTool.TRIM_COLUMN, CellTool.SPLIT_COLUMN)
_NOT_OFFERED = frozenset({"number", "row_key"})
_COUNT_AFTER_MS = 120
_SEVERAL = 2


class CellToolBar(QWidget):
    """Ask what to do with one column; Enter does it once its changes are counted, Esc leaves.

    Signals: tool_asked(ToolAsk), closed(), problem_met(exception).
    """

    tool_asked = Signal(object)
    closed = Signal()
    problem_met = Signal(object)

    def __init__(self, runner: TaskRunner) -> None:
        super().__init__()
        self.setObjectName("cellToolBar")
        self._work: StagedList | None = None
        self._lines: tuple[int, ...] | None = None
        self._plan: CellPlan | None = None
        self._plans = LatestRead(runner, self)
        self._counter = QTimer(self)
        self._counter.setSingleShot(True)
        self._counter.setInterval(_COUNT_AFTER_MS)
        self._build_widgets()
        self._connect_signals()
        self.hide()

    @property
    def plan(self) -> CellPlan | None:
        """What would change; None while it is being counted, or where nothing is asked yet."""
        return self._plan

    def open(self, work: StagedList, field: str, line_ids: Sequence[int], *, find: str) -> None:
        """Ask about a column, of several chosen rows or else of all open ones."""
        self._lines = tuple(line_ids) if len(line_ids) >= _SEVERAL else None
        self._column.set_choices(_columns(work))
        self._into.set_choices(_columns(work))
        if field:
            self._column.set_value(field)
        self._find.setText(find)
        self.show()
        self.show_work(work)
        self._show_tool(self._tools.current)

    def show_work(self, work: StagedList) -> None:
        """Count anew: a step has changed the list."""
        self._work = work
        if self.isVisible():
            self._ask_again()

    def close_bar(self) -> None:
        """Put the question away; nothing has changed."""
        if self.isVisible():
            self._counter.stop()
            self._plans.cancel()
            self.hide()
            self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._act()
        elif event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        # no other key may reach what lies around: letters mean something there
        event.accept()

    def _build_widgets(self) -> None:
        self._tools = ChoiceRow([(tool.value, TOOL_LABELS[tool]) for tool in _TOOLS])
        self._scope = caption("")
        self._column, self._into = Choice(), Choice()
        self._column.setAccessibleName(_("Kolom"))
        self._into.setAccessibleName(_("Kolom untuk sisanya"))
        self._find, self._put = _edit(_("Cari"), "findEdit"), _edit(_("Ganti dengan"), "putEdit")
        self._mark = _edit(_("Tanda pemisah"), "markEdit")
        self._mark.setText(",")
        self._whole = QCheckBox(_("Sel utuh"))
        self._whole.setObjectName("wholeCell")
        replace = row((self._find, 1), _arrow(), (self._put, 1), self._whole)
        split = row(_small(_("di tanda")), self._mark, _small(_("sisanya ke")), (self._into, 1))
        self._replace, self._split = boxed(replace), boxed(split)
        self._outcome, self._samples = Label("", size=12, wrap=True), RepairSamples()
        self._act_button = Button("", kind="primary", key="Enter", small=True)
        self._act_button.setObjectName("toolAct")
        self._cancel = Button(_("Batal"), key="Esc", small=True)
        asked = row(_small(_("Kolom")), self._column, (self._replace, 3), (self._split, 3))
        told = row((column(self._outcome, None), 1), (self._samples, 2), gap=14)
        acts = column(row(None, self._act_button, self._cancel, gap=6), None)
        head = row((self._tools, 1), self._scope)
        self.setLayout(column(head, asked, row((told, 1), acts), gap=7, margins=(12, 9, 12, 8)))
        for widget in (self._find, self._put, self._mark, self._column, self._into, self._whole):
            OwnKeys(widget)
        self._column.setMinimumWidth(px(150))
        self._column.setMaximumWidth(px(190))
        self._mark.setMaximumWidth(px(64))

    def _connect_signals(self) -> None:
        self._tools.chosen.connect(self._show_tool)
        self._column.currentIndexChanged.connect(self._ask_again)
        self._into.currentIndexChanged.connect(self._ask_again)
        self._find.textChanged.connect(self._ask_again)
        self._put.textChanged.connect(self._ask_again)
        self._mark.textChanged.connect(self._ask_again)
        self._whole.toggled.connect(self._ask_again)
        self._counter.timeout.connect(self._count)
        self._plans.succeeded.connect(self._on_plans_succeeded)
        self._plans.failed.connect(self._on_plans_failed)
        self._act_button.clicked.connect(self._act)
        self._cancel.clicked.connect(self.close_bar)

    def _show_tool(self, key: str) -> None:
        self._replace.setVisible(key == CellTool.REPLACE_TEXT)
        self._split.setVisible(key == CellTool.SPLIT_COLUMN)
        first = {CellTool.REPLACE_TEXT.value: self._find, CellTool.SPLIT_COLUMN.value: self._mark}
        first.get(key, self._column).setFocus(Qt.FocusReason.OtherFocusReason)
        self._find.selectAll()
        self._ask_again()

    def _asked(self) -> ToolAsk:
        tool = CellTool(self._tools.current)
        fields = (str(self._column.value), str(self._into.value))
        return ToolAsk(
            tool=tool,
            fields=fields if tool is CellTool.SPLIT_COLUMN else fields[:1],
            line_ids=self._lines,
            replacement=Replacement(
                find=self._find.text(), put=self._put.text(), whole=self._whole.isChecked()
            ),
            mark=self._mark.text(),
        )

    def _ask_again(self) -> None:
        self._plan = None
        self._act_button.setEnabled(False)
        if self.isVisible():
            self._counter.start()

    def _count(self) -> None:
        if self._work is not None:
            self._plans.start(partial(_planned, self._work, self._asked()))

    def _act(self) -> None:
        if self._plan is None:
            self._count()  # what is not counted yet is not done either
        elif self._plan.changes:
            self.tool_asked.emit(self._asked())
            self.close_bar()

    def _on_plans_succeeded(self, plan: CellPlan) -> None:
        self._plan = plan
        words = _("{n} dari {all} baris berubah")
        looked_at = format_count(plan.looked_at)
        self._outcome.setText(words.format(n=format_count(plan.rows), all=looked_at))
        self._scope.setText(_scope(self._lines, plan))
        self._samples.set_samples(plan.samples)
        self._samples.setVisible(bool(plan.samples))
        self._act_button.setText(_("Ubah {n} baris").format(n=format_count(plan.rows)))
        self._act_button.setEnabled(bool(plan.changes))
        self._act_button.updateGeometry()

    def _on_plans_failed(self, problem: Exception) -> None:
        if not isinstance(problem, UserError):
            self.problem_met.emit(problem)
            return
        self._outcome.setText(problem.message)
        self._samples.hide()
        self._act_button.setText(_("Ubah"))


def _scope(lines: tuple[int, ...] | None, plan: CellPlan) -> str:
    count = format_count(plan.looked_at)
    words = _("semua {n} baris terbuka") if lines is None else _("{n} baris terpilih")
    return words.format(n=count)


def _columns(work: StagedList) -> list[tuple[str, str]]:
    present = set[str]()
    for columns in work.rules.columns.values():
        present.update(columns.fields)
    return [
        (field, words)
        for field, words in FIELD_LABELS.items()
        if field in present and field not in _NOT_OFFERED
    ]


def _edit(name: str, key: str) -> TextEdit:
    made = TextEdit(placeholder=name)
    made.setAccessibleName(name)
    made.setObjectName(key)
    return made


def _small(text: str) -> Label:
    return caption(text)


def _arrow() -> Label:
    return caption("→")


def _planned(
    work: StagedList, ask: ToolAsk, _progress: ProgressSink, _cancel: CancelToken
) -> CellPlan:
    return plan_of(work, ask)
