"""A list on the desk: every step is stored at once, one after another, in the background."""

import gc
from collections import deque
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal

from bpjsdesk.domain.cell_tools import TOOL_LABELS
from bpjsdesk.domain.changes import Changes
from bpjsdesk.domain.columns import column_letter
from bpjsdesk.domain.field_labels import FIELD_LABELS
from bpjsdesk.domain.staging import DecidedOutcome, Stage
from bpjsdesk.errors import AppError, UserError
from bpjsdesk.progress import CancelToken, ProgressSink
from bpjsdesk.services.cell_tools import carry_out
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.list_steps import undo, undo_back_to
from bpjsdesk.services.mapping import (
    change_mapping,
    choose_date_order,
    join_sheets,
    move_heading,
)
from bpjsdesk.services.repairs import RepairOffer, decide, edit_cell, repair
from bpjsdesk.services.staging import StagedList
from ui.i18n import _
from ui.page import PageContext
from ui.pages.batches.double_work import DoubleMemory
from ui.pages.batches.import_work import open_work, place_work
from ui.pages.batches.tool_ask import ToolAsk, plan_of
from ui.pages.batches.work_state import WorkState, state_after
from ui.tasks import Task

CONFLICT = "CONFLICT"
_PLACE_AFTER_MS, _OPEN_AFTER_MS = 100, 30
Act = Callable[[AppContext, StagedList], StagedList]


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """One step: `words` tell it to the reader, `line_id` names the row when it is one only.

    `may_repeat` says that it means the same after somebody else has changed the list.
    """

    act: Act
    words: str
    line_id: int | None = None
    may_repeat: bool = True


class ListDesk(QObject):
    """Hold the list that is being worked on.

    Signals: opened(WorkState) when another list or another state of it came from the store,
    changed(WorkState, Deed) after a step, busy_changed(bool) around steps, overtaken() when
    somebody else was faster and the list has been read anew, refused(AppError) when a step was
    not allowed, failed(exception) for anything else.
    """

    opened = Signal(object)
    changed = Signal(object, object)
    busy_changed = Signal(bool)
    overtaken = Signal()
    refused = Signal(object)
    failed = Signal(object)

    def __init__(self, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self.doubles = DoubleMemory()
        self._state: WorkState | None = None
        self._task: Task | None = None
        self._doing: Deed | None = None
        self._waiting: deque[Deed] = deque()
        self._lost: list[Deed] = []
        self._must_read = False
        self._place = Stage.READ

    @property
    def state(self) -> WorkState | None:
        return self._state

    @property
    def is_busy(self) -> bool:
        return self._task is not None

    @property
    def may_repair(self) -> bool:
        """Say whether this user may change the rows: not while the supervisor decides on them."""
        state = self._state
        return (
            state is not None
            and state.item.status != "SUBMITTED"
            and self._context.app.user.may("batch.repair")
        )

    @property
    def may_map(self) -> bool:
        """Say whether this user may say what the columns mean."""
        state = self._state
        return (
            state is not None
            and state.item.status != "SUBMITTED"
            and self._context.app.user.may("batch.map")
        )

    def open(self, batch_id: int) -> Task:
        """Read a list from the store; gives the task, whose progress may be shown."""
        self.clear()
        # the thread would take Python from the screen that says that it opens
        return self._read(batch_id, overtaken=False, after_ms=_OPEN_AFTER_MS)

    @property
    def lost_words(self) -> str:
        """Tell what somebody else's change has kept from being stored; empty for nothing."""
        return _words_of(self._lost)

    @property
    def may_repeat_lost(self) -> bool:
        """Say whether any of it means the same on the list as it is now."""
        return any(deed.may_repeat for deed in self._lost)

    @property
    def lost_message(self) -> str:
        """Tell of what was lost which of it can be repeated, and what has to be looked at."""
        again = _words_of(deed for deed in self._lost if deed.may_repeat)
        gone = _words_of(deed for deed in self._lost if not deed.may_repeat)
        both = (
            _("Belum tersimpan: {what}. Tekan Ulangi untuk melakukannya pada keadaan terbaru."),
            _("Belum tersimpan: {what}. Lihat keadaan terbaru; lakukan lagi bila masih tepat."),
        )
        told = zip(both, (again, gone), strict=True)
        return " ".join(words.format(what=what) for words, what in told if what)

    def clear(self) -> None:
        """Put the list away; what was done to it is stored."""
        if self._task is not None and self._doing is None:
            self._task.cancel()
        self._state, self._doing, self._must_read = None, None, False
        self._waiting.clear()
        self._lost.clear()
        self.doubles.clear()
        gc.unfreeze()

    def keep_place(self, place: Stage) -> None:
        """Remember at which screen work goes on, for whoever opens the list next."""
        state = self._state
        if state is not None and self.may_repair and place is not self._place:
            self._place = place
            work = place_work(self._context.app, state.work.batch_id, place)
            # written at once it would take Python from the screen that comes up
            self._context.runner.start(work, after_ms=_PLACE_AFTER_MS)

    def repair(self, offer: RepairOffer, *, line_id: int | None = None) -> None:
        """Mend the rows of an offer, or one of them."""
        line_ids = None if line_id is None else (line_id,)
        act = partial(_repair, offer=offer, line_ids=line_ids)
        self._do(Deed(act=act, words=offer.label, line_id=line_id))

    def edit(self, line_id: int, column: int, text: str) -> None:
        """Type other text into a cell."""
        act = partial(_edit, line_id=line_id, column=column, text=text)
        words = _("mengetik “{text}”").format(text=text)
        self._do(Deed(act=act, words=words, line_id=line_id))

    def leave_out(self, line_ids: Collection[int], reason: str) -> None:
        """Decide that rows are not loaded."""
        words = _("tidak memuat: {why}").format(why=reason)
        self._decide(DecidedOutcome.SKIPPED, line_ids, reason, words=words)

    def send_back(self, line_ids: Collection[int], reason: str) -> None:
        """Decide that rows are held until their sender has mended them."""
        words = _("mengirim balik: {why}").format(why=reason)
        self._decide(DecidedOutcome.RETURNED, line_ids, reason, words=words)

    def use_tool(self, ask: ToolAsk) -> None:
        """Change many cells at once."""
        self._do(Deed(act=partial(_use_tool, ask=ask), words=TOOL_LABELS[ask.tool]))

    def map_column(self, sheet: str, index: int, field: str) -> None:
        """Let a column mean another field, "" for none."""
        act = partial(_map_column, place=(sheet, index), field=field)
        meant = FIELD_LABELS.get(field, _("tidak dipakai"))
        words = _("kolom {letter} menjadi {field}")
        words = words.format(letter=column_letter(index), field=meant)
        self._do(Deed(act=act, words=words))

    def order_dates(self, sheet: str, month_first: bool | None) -> None:
        """Say how dates are written; None lets the column tell."""
        act = partial(_order_dates, sheet=sheet, month_first=month_first)
        self._do(Deed(act=act, words=_("urutan tanggal")))

    def join_sheet(self, sheet: str, joined: bool) -> None:
        """Let a sheet belong to the list, or leave it out."""
        act = partial(_join_sheet, sheet=sheet, joined=joined)
        self._do(Deed(act=act, words=_("lembar “{sheet}”").format(sheet=sheet)))

    def move_heading(self, sheet: str, row: int) -> None:
        """Let the heading of a sheet stand in another row."""
        act = partial(_move_heading, sheet=sheet, row=row)
        words = _("judul lembar “{sheet}” di baris {row}").format(sheet=sheet, row=row)
        self._do(Deed(act=act, words=words))

    def carry_out(self, deed: Deed) -> None:
        """Do what another file of the window has put into words."""
        self._do(deed)

    def undo_back_to(self, step_id: int) -> None:
        """Take steps back, the last one first, up to and with one of them."""
        act = partial(_undo_back_to, step_id=step_id)
        self._do(Deed(act=act, words=_("mengurungkan beberapa langkah"), may_repeat=False))

    def undo(self) -> None:
        """Take the last step back."""
        self._do(Deed(act=_undo, words=_("mengurungkan langkah terakhir"), may_repeat=False))

    def repeat_lost(self) -> None:
        """Do once more what somebody else's change has kept from being stored."""
        lost, self._lost = self._lost, []
        for deed in lost:
            if deed.may_repeat:
                self._do(deed)

    def _decide(
        self, outcome: DecidedOutcome, line_ids: Collection[int], reason: str, *, words: str
    ) -> None:
        act = partial(_decide, outcome=outcome, line_ids=tuple(line_ids), reason=reason)
        only = next(iter(line_ids)) if len(line_ids) == 1 else None
        self._do(Deed(act=act, words=words, line_id=only))

    def _do(self, deed: Deed) -> None:
        self._waiting.append(deed)
        if self._task is None:
            self._next()

    def _next(self) -> None:
        state = self._state
        if not self._waiting or state is None:
            return
        self._doing = self._waiting.popleft()
        work = partial(_carry_out, self._context.app, state, self._doing)
        task = self._context.runner.start(work)
        task.succeeded.connect(self._on_deed_succeeded)
        task.failed.connect(self._on_deed_failed)
        self._watch(task)

    def _read(self, batch_id: int, *, overtaken: bool, after_ms: int = 0) -> Task:
        # in the queue of writes: what was asked for before must be stored first
        work = open_work(self._context.app, batch_id)
        task = self._context.runner.start(work, after_ms=after_ms)
        task.setProperty("overtaken", overtaken)
        task.succeeded.connect(self._on_read_succeeded)
        task.failed.connect(self.failed)
        self._watch(task)
        return task

    def _watch(self, task: Task) -> None:
        self._task = task
        task.finished.connect(self._on_task_finished)
        self.busy_changed.emit(True)

    def _on_read_succeeded(self, state: WorkState) -> None:
        task = self.sender()
        if task is self._task:
            # its rows are many and without cycles: looking through them would stall the window
            gc.freeze()
            self._state, self._place = state, state.place
            self.opened.emit(state)
            if task.property("overtaken"):
                self.overtaken.emit()

    def _on_deed_succeeded(self, state: WorkState) -> None:
        if self._doing is not None:
            self._state = state
            self.changed.emit(state, self._doing)
        self._context.changes.publish(Changes.of(batch=state.work.batch_id))

    def _on_deed_failed(self, problem: Exception) -> None:
        if self._doing is None:
            return
        undone = [self._doing, *self._waiting]
        self._waiting.clear()
        if isinstance(problem, UserError) and problem.code == CONFLICT:
            self._lost = undone
            self._must_read = True
        elif isinstance(problem, AppError):
            self.refused.emit(problem)
        else:
            self.failed.emit(problem)

    def _on_task_finished(self) -> None:
        if self.sender() is not self._task:
            return
        self._task, self._doing = None, None
        if self._must_read and self._state is not None:
            self._must_read = False
            self._read(self._state.work.batch_id, overtaken=True)
        else:
            self._next()
        if self._task is None:
            self.busy_changed.emit(False)


def _words_of(deeds: Iterable[Deed]) -> str:
    return ", ".join(deed.words for deed in deeds)


def _carry_out(
    app: AppContext, state: WorkState, deed: Deed, _progress: ProgressSink, _cancel: CancelToken
) -> WorkState:
    return state_after(app, state, deed.act(app, state.work))


def _repair(
    app: AppContext, work: StagedList, *, offer: RepairOffer, line_ids: Collection[int] | None
) -> StagedList:
    return repair(app, work, offer, line_ids=line_ids, request_id=new_request_id())


def _edit(app: AppContext, work: StagedList, *, line_id: int, column: int, text: str) -> StagedList:
    return edit_cell(app, work, line_id, column, text=text, request_id=new_request_id())


def _decide(
    app: AppContext,
    work: StagedList,
    *,
    outcome: DecidedOutcome,
    line_ids: Collection[int],
    reason: str,
) -> StagedList:
    lines = tuple(line_ids)
    return decide(app, work, lines, outcome, reason=reason, request_id=new_request_id())


def _use_tool(app: AppContext, work: StagedList, *, ask: ToolAsk) -> StagedList:
    return carry_out(app, work, plan_of(work, ask), request_id=new_request_id())


def _undo_back_to(app: AppContext, work: StagedList, *, step_id: int) -> StagedList:
    return undo_back_to(app, work, step_id, request_id=new_request_id())


def _map_column(
    app: AppContext, work: StagedList, *, place: tuple[str, int], field: str
) -> StagedList:
    return change_mapping(app, work, {place: field}, request_id=new_request_id())


def _order_dates(
    app: AppContext, work: StagedList, *, sheet: str, month_first: bool | None
) -> StagedList:
    request_id = new_request_id()
    return choose_date_order(app, work, sheet, month_first=month_first, request_id=request_id)


def _join_sheet(app: AppContext, work: StagedList, *, sheet: str, joined: bool) -> StagedList:
    return join_sheets(app, work, {sheet: joined}, request_id=new_request_id())


def _move_heading(app: AppContext, work: StagedList, *, sheet: str, row: int) -> StagedList:
    return move_heading(app, work, sheet, row, request_id=new_request_id())


def _undo(app: AppContext, work: StagedList) -> StagedList:
    return undo(app, work, request_id=new_request_id())
