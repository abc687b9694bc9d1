"""Check and repair: reasons at the left, their rows at the right, and what was done below."""

from array import array
from collections.abc import Sequence

from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, Qt

from bpjsdesk.domain.cell_tools import CellTool, pasted_block
from bpjsdesk.domain.wording import format_count
from bpjsdesk.errors import AppError
from bpjsdesk.services.acceptance import Breakdown
from bpjsdesk.services.repairs import RepairOffer, row_offers
from ui.i18n import _
from ui.page import PageContext
from ui.pages.batches.cell_tool_bar import CellToolBar
from ui.pages.batches.ignoring import Ignoring
from ui.pages.batches.list_desk import Deed, ListDesk
from ui.pages.batches.list_grid import ListGrid
from ui.pages.batches.nik_confirming import NikConfirming
from ui.pages.batches.reason_panel import ReasonPanel
from ui.pages.batches.row_cause import RowCause, told_by_nik
from ui.pages.batches.sender_letter import letter_button
from ui.pages.batches.step_bar import StepBar
from ui.pages.batches.step_dialog import StepDialog
from ui.pages.batches.sum_card import SumCard
from ui.pages.batches.tool_ask import ToolAsk
from ui.pages.batches.work_columns import ROOM_FOR, has_room
from ui.pages.batches.work_pane import WorkPane
from ui.pages.batches.work_rows import SELDOM_FIELDS, WorkRow
from ui.pages.batches.work_state import Reason, WorkState, field_of
from ui.theme import px
from ui.widgets.buttons import Button, ChoiceRow
from ui.widgets.inline import InlineMessage
from ui.widgets.layout import Card, boxed, column, row, rule
from ui.widgets.meter import Legend
from ui.widgets.text import caption

NOTHING_READ = Breakdown(read=0, blank=0, ignored=0, new=0, linked=0, skipped=0, held=0)
THIS_REASON, PROBLEMS, EVERY = "reason", "problems", "every"
_LEFT_PX, _LEAST_LEFT_PX, _LEFT_SHARE = 344, 318, 0.34
_ROOM_FOR_NOTE_PX, _LOW_PX = 900, 380
_KEYS = (
    ("F8", "_on_next_problem"),
    ("Ctrl+Z", "_on_undo"),
    ("F6", "_on_other_pane"),
    ("Ctrl+D", "_on_fill_down"),
    ("Ctrl+H", "_on_replace"),
    ("Alt+H", "_on_all_steps"),
)


class Workbench(WorkPane):
    """Repair a list in work."""

    def __init__(self, context: PageContext, desk: ListDesk) -> None:
        super().__init__()
        self._context, self._desk = context, desk
        self._state: WorkState | None = None
        self._build_widgets()
        self._connect_signals()
        self._ignoring, self._confirming = Ignoring(desk, self), NikConfirming(desk, self)
        for key, slot in _KEYS:
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(getattr(self, slot))

    @property
    def view(self) -> str:
        """Which rows are shown: "reason", "problems" or "every"."""
        return self._views.current

    def focus_first(self) -> None:
        if self.panel.chosen is not None:
            self.panel.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.next_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def choose_view(self, key: str) -> None:
        """Show the rows of the reason, all rows with a problem, or every row."""
        if self._state is not None:
            self._views.select(key)
            self._show_places(self._places_of(key))

    def enter(self, state: WorkState) -> None:
        if state is not self._state:
            self.show_state(state)

    def main_button(self) -> Button:
        return self.next_button

    def show_state(self, state: WorkState) -> None:
        """Show a list as it came from the store."""
        self._state = state
        self._message.hide()
        self.tools.close_bar()
        self._say_counts(state)
        self.panel.show_state(state, may_repair=self._desk.may_repair)
        self._select_view(THIS_REASON if state.reasons else EVERY)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wanted = min(px(_LEFT_PX), round(self.width() * _LEFT_SHARE))
        self.panel.setFixedWidth(max(wanted, px(_LEAST_LEFT_PX)))
        self._note.setVisible(self.width() >= px(_ROOM_FOR_NOTE_PX))
        is_low = self.height() < px(_LOW_PX)
        self.steps.setHidden(is_low)
        self.cause.set_compact(is_low)
        self.panel.card.set_compact(is_low)
        self._hide_columns()

    def _build_widgets(self) -> None:
        self._sum = SumCard()
        self._sum.set_breakdown(NOTHING_READ)  # its words stand there before the list comes
        self._message = InlineMessage("warn", "", " ", action=_("Ulangi"), key="")
        self._message.setObjectName("overtaken")
        self._message.hide()
        self.panel = ReasonPanel(self._context.runner)
        self.grid = ListGrid()
        for field in SELDOM_FIELDS:
            self.grid.set_column_hidden(field, hidden=True)
        self.tools = CellToolBar(self._context.runner)
        self.cause, self.steps = RowCause(), StepBar()
        middle = row(self.panel, (self._make_right(), 1), gap=11)
        self.errors_button = Button(
            _("Berkas koreksi untuk pengirim"), icon="file-spreadsheet", key="Ctrl+S"
        )
        self.errors_button.setObjectName("errorsButton")
        self.letter_button = letter_button()
        self._note = caption("")
        self.next_button = Button(_("Lanjut: duplikat"), kind="primary", key="Ctrl+Enter")
        self.next_button.setObjectName("nextButton")
        self.back_button = Button(_("Kembali"), key="Alt+←")
        foot = row(
            self.back_button,
            self.errors_button,
            self.letter_button,
            None,
            self._note,
            self.next_button,
            gap=10,
        )
        self.setLayout(column(self._sum, self._message, (middle, 1), foot, gap=10))

    def _make_right(self) -> Card:
        views = [
            (THIS_REASON, _("Alasan ini")),
            (PROBLEMS, _("Semua bermasalah")),
            (EVERY, _("Seluruh baris")),
        ]
        self._views = ChoiceRow(views)
        legend = Legend(
            ("ok", _("diperbaiki")), ("warn", _("perlu dilihat")), ("bad", _("menahan baris"))
        )
        self._legend = boxed(row(legend))
        self.replace_button = Button(_("Ganti teks"), key="Ctrl+H", small=True)
        self.replace_button.setObjectName("replaceButton")
        head = row((self._views, 1), self._legend, self.replace_button, margins=(12, 9, 4, 8))
        cause = boxed(column(self.cause, margins=(12, 8, 12, 8)))
        parts = (boxed(head), self.tools, (self.grid, 1), cause, rule(), self.steps)
        return Card(*parts, gap=0, margins=(1, 0, 1, 1))

    def _connect_signals(self) -> None:
        desk = self._desk
        desk.opened.connect(self._on_desk_opened)
        desk.changed.connect(self._on_desk_changed)
        desk.busy_changed.connect(self._on_desk_busy_changed)
        desk.overtaken.connect(self._on_desk_overtaken)
        desk.refused.connect(self._on_desk_refused)
        self.panel.reason_chosen.connect(self._on_panel_reason_chosen)
        self.panel.repair_asked.connect(desk.repair)
        self.panel.rows_asked.connect(self._on_panel_rows_asked)
        self.panel.left_out.connect(self._on_panel_left_out)
        self.panel.sent_back.connect(self._on_panel_sent_back)
        self.panel.problem_met.connect(self.problem_met)
        self._views.chosen.connect(self.choose_view)
        self.grid.row_changed.connect(self._on_grid_row_changed)
        self.grid.cell_typed.connect(self._on_grid_cell_typed)
        self.grid.letter_typed.connect(self._on_grid_letter_typed)
        self.grid.end_reached.connect(self._on_grid_end_reached)
        self.grid.block_pasted.connect(self._on_grid_block_pasted)
        self.cause.repair_asked.connect(self._on_cause_repair_asked)
        self.cause.left_out.connect(self._on_cause_left_out)
        self.cause.sent_back.connect(self._on_cause_sent_back)
        self.cause.closed.connect(self.grid.setFocus)
        self.steps.undo_asked.connect(self._on_undo)
        self.steps.all_asked.connect(self._on_all_steps)
        self._message.acted.connect(self._on_message_acted)
        self._connect_tools()
        self.next_button.clicked.connect(self.next_asked)
        self.back_button.clicked.connect(self.back_asked)
        self.errors_button.clicked.connect(self.errors_asked)
        self.letter_button.clicked.connect(self.letter_asked)

    def _connect_tools(self) -> None:
        self.tools.tool_asked.connect(self._desk.use_tool)
        self.tools.closed.connect(self.grid.setFocus)
        self.tools.problem_met.connect(self.problem_met)
        self.replace_button.clicked.connect(self._on_replace)

    def _say_counts(self, state: WorkState) -> None:
        self._sum.set_breakdown(state.counts)
        self._views.set_text(
            PROBLEMS, _("Semua bermasalah {n}").format(n=format_count(len(state.problems)))
        )
        self._views.set_text(EVERY, _("Seluruh baris {n}").format(n=format_count(len(state.every))))
        self.errors_button.setVisible(state.counts.held > 0)
        self.letter_button.setVisible(state.counts.held > 0)
        held = _("Baris baik tidak menunggu: {n} tertahan bisa menyusul")
        words = held.format(n=format_count(state.counts.held)) if state.counts.held else ""
        self._note.setText(words)
        self.steps.show_steps(state.work.steps, may_undo=self._desk.may_repair)
        self.grid.may_edit = self.cause.may_repair = self._desk.may_repair
        self.replace_button.setVisible(self._desk.may_repair)

    def _select_view(self, key: str) -> None:
        self._views.select(key)
        self._show_places(self._places_of(key))

    def _show_places(self, places: "array[int]") -> None:
        if self._state is None:
            return
        chosen = self.panel.chosen
        count = format_count(chosen.count) if chosen is not None else "0"
        self._views.set_text(THIS_REASON, _("Alasan ini {n}").format(n=count))
        self._hide_columns()
        self.grid.show_places(self._state.maker, places)

    def _places_of(self, key: str) -> "array[int]":
        state, chosen = self._state, self.panel.chosen
        if state is None:
            return array("I")
        if key == EVERY:
            return state.every
        if key == PROBLEMS or chosen is None:
            return state.problems
        return state.by_code.get(chosen.code, array("I"))

    def _hide_columns(self) -> None:
        state, room = self._state, self.width() - self.panel.width() - 11
        if state is None:
            return
        present = set[str]()
        for columns in state.work.check.columns.values():
            present.update(columns.fields)
        chosen = self.panel.chosen
        wanted = field_of(chosen.code) if chosen is not None and self.view == THIS_REASON else ""
        self.grid.wanted = wanted
        for column_shown in self.grid.columns:
            key = column_shown.key
            is_there = key in present or key in ("row", "state", "birth_date")
            self.grid.set_column_hidden(key, hidden=not (is_there and has_room(key, wanted, room)))
        self._legend.setVisible(room >= px(ROOM_FOR["phone"]))

    def _on_desk_opened(self, state: WorkState) -> None:
        if self.isVisible():
            self.enter(state)

    def _on_desk_changed(self, state: WorkState, deed: Deed) -> None:
        chosen = self.panel.chosen
        self._state = state
        self._message.hide()
        self._say_counts(state)
        self.tools.show_work(state.work)
        self.panel.show_state(state, may_repair=self._desk.may_repair)
        stays = chosen is not None and state.reason(chosen.code) is not None
        if deed.line_id is not None and (stays or self.view != THIS_REASON):
            # a row that was just mended stays in sight, green, until other rows are asked for
            self._show_places(self.grid.places)
        else:
            self._select_view(self.view if state.reasons else EVERY)

    def _on_desk_busy_changed(self, busy: bool) -> None:
        self.panel.card.set_busy(busy)
        self.steps.undo_button.setEnabled(not busy)
        self.next_button.setEnabled(not busy)

    def _on_desk_overtaken(self) -> None:
        title = _("Rekan Anda baru saja mengubah daftar ini; keadaan terbarunya sudah tampil")
        self._message.set_text(title, self._desk.lost_message, tone="warn")
        self._message.offer(offered=self._desk.may_repeat_lost)
        self._message.show()

    def _on_desk_refused(self, problem: AppError) -> None:
        if self.isHidden():
            return  # another step tells it
        self._message.set_text(_("Langkah ini tidak disimpan"), problem.message, tone="bad")
        self._message.offer(offered=False)
        self._message.show()

    def _on_message_acted(self) -> None:
        self._message.hide()
        self._desk.repeat_lost()

    def _on_panel_reason_chosen(self, _reason: Reason) -> None:
        self._select_view(THIS_REASON)

    def _on_panel_rows_asked(self) -> None:
        self._select_view(THIS_REASON)
        self.grid.go_to_first_problem()
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_panel_left_out(self, why: str) -> None:
        self._desk.leave_out(self._lines_of_reason(), why)

    def _on_panel_sent_back(self, why: str) -> None:
        self._desk.send_back(self._lines_of_reason(), why)

    def _lines_of_reason(self) -> list[int]:
        state, chosen = self._state, self.panel.chosen
        if state is None or chosen is None:
            return []
        return [state.work.line_ids[place] for place in state.by_code[chosen.code]]

    def _on_grid_row_changed(self, found: WorkRow | None, field: str) -> None:
        state = self._state
        offers = row_offers(state.work, found.line_id) if state and found else ()
        on = state.work.rules.registered_on if state else self._context.today()
        told = told_by_nik(found, on) if found else ""
        self.cause.show_row(found, field, offers, told=told)

    def _on_grid_cell_typed(self, found: WorkRow, field: str, text: str) -> None:
        self._desk.edit(found.line_id, found.fields[field], text)

    def _on_grid_letter_typed(self, letter: str) -> None:
        self.cause.press(letter, rows=len(self.grid.selected_lines()))

    def _on_grid_end_reached(self) -> None:
        if self.view != THIS_REASON:
            self.grid.go_to_first_problem()
        elif self.panel.choose_next():
            self._on_panel_rows_asked()

    def _on_cause_repair_asked(self, offer: RepairOffer) -> None:
        found = self.cause.row_shown
        if found is not None:
            self._desk.repair(offer, line_id=found.line_id)
            self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_cause_left_out(self, why: str) -> None:
        self._desk.leave_out(self.grid.selected_lines(), why)

    def _on_cause_sent_back(self, why: str) -> None:
        self._desk.send_back(self.grid.selected_lines(), why)

    def _on_grid_block_pasted(self, text: str) -> None:
        block, selected = pasted_block(text), self.grid.selected_lines()
        several = len(block) == 1 and len(selected) > 1
        lines = selected if several else self.grid.lines_from_current(max(len(block), 1))
        self._use(CellTool.PASTE_CELLS, self.grid.fields_from_current(), lines, block)

    def _on_fill_down(self) -> None:
        self._use(
            CellTool.FILL_DOWN, self.grid.fields_from_current()[:1], self.grid.selected_lines()
        )

    def _use(
        self,
        tool: CellTool,
        fields: tuple[str, ...],
        lines: Sequence[int],
        block: tuple[tuple[str, ...], ...] = (),
    ) -> None:
        if self._desk.may_repair and fields and lines:
            ask = ToolAsk(tool=tool, fields=fields, line_ids=tuple(lines), block=block)
            self._desk.use_tool(ask)

    def _on_replace(self) -> None:
        state, found = self._state, self.grid.current_row
        if state is None or not self._desk.may_repair:
            return
        field = next(iter(self.grid.fields_from_current()[:1]), "")
        find = found.cells.get(field, "") if found is not None and field else ""
        self.tools.open(state.work, field, self.grid.selected_lines(), find=find)

    def _on_all_steps(self) -> None:
        if self._state is None:
            return
        dialog = StepDialog(self, self._state.work.steps, may_undo=self._desk.may_repair)
        dialog.undo_asked.connect(self._desk.undo_back_to)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_next_problem(self) -> None:
        if not self.grid.hasFocus():
            self.grid.setFocus(Qt.FocusReason.OtherFocusReason)
            self.grid.go_to_first_problem()
        else:
            self.grid.go_to_next_problem()

    def _on_other_pane(self) -> None:
        if self.grid.hasFocus():
            self.panel.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.grid.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_undo(self) -> None:
        if self.steps.undo_button.isVisibleTo(self) and not self._desk.is_busy:
            self._desk.undo()
