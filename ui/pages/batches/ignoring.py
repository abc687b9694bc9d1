"""Let warnings be ignored with a reason: those of a group, or those of the chosen rows."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from bpjsdesk.domain.ignored_warnings import IGNORE
from bpjsdesk.domain.row_issues import IssueCode
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.ignoring import error_sentence, ignore
from bpjsdesk.services.staging import StagedList
from ui.i18n import _
from ui.pages.batches.list_desk import Deed, ListDesk
from ui.pages.batches.words import issue_title

if TYPE_CHECKING:
    from ui.pages.batches.workbench import Workbench

_OF_A_REASON = "reason"


class Ignoring(QObject):
    """Stand between the question for the reason and the step; what holds a row is refused."""

    def __init__(self, desk: ListDesk, bench: "Workbench") -> None:
        super().__init__(bench)
        self._desk, self._bench = desk, bench
        self._code: IssueCode | None = None
        bench.panel.ignore_wanted.connect(self._on_panel_ignore_wanted)
        bench.panel.ignored.connect(self._on_panel_ignored)
        bench.cause.ignore_wanted.connect(self._on_cause_ignore_wanted)
        bench.cause.ignored.connect(self._on_cause_ignored)

    def _on_panel_ignore_wanted(self) -> None:
        chosen = self._bench.panel.chosen
        if chosen is None or not self._desk.may_repair:
            return
        if self._all_hold([chosen.code]):
            self._bench.panel.card.refuse_ignoring(error_sentence(chosen.code))
        else:
            self._bench.panel.card.ask_ignore(self._said_before(chosen.code))

    def _on_panel_ignored(self, why: str) -> None:
        state, chosen = self._desk.state, self._bench.panel.chosen
        if state is not None and chosen is not None:
            lines = [state.work.line_ids[place] for place in state.by_code[chosen.code]]
            self._desk.carry_out(_deed(lines, chosen.code, why))

    def _on_cause_ignore_wanted(self, rows: int) -> None:
        """Mean the reason whose rows are shown, or else whatever warnings the rows have."""
        chosen, found = self._bench.panel.chosen, self._bench.cause.row_shown
        if found is None or not found.codes:
            return
        shows_reason = self._bench.view == _OF_A_REASON and chosen is not None
        self._code = chosen.code if shows_reason and chosen is not None else None
        codes = [self._code] if self._code else [IssueCode(code) for code in found.codes]
        if self._all_hold(codes):
            self._bench.cause.refuse_ignoring(error_sentence(codes[0]))
        else:
            what = issue_title(self._code) if self._code else ""
            self._bench.cause.ask_ignore(rows, what, self._said_before(self._code))

    def _on_cause_ignored(self, why: str) -> None:
        self._desk.carry_out(_deed(self._bench.grid.selected_lines(), self._code, why))

    def _said_before(self, code: IssueCode | None) -> str:
        """Give the reason that was last given for the same in this list."""
        steps = self._desk.state.work.steps if self._desk.state else ()
        same = (step for step in reversed(steps) if (step.rule, step.code) == (IGNORE, code or ""))
        return next((step.note for step in same if not step.undone_at), "")

    def _all_hold(self, codes: Sequence[IssueCode]) -> bool:
        state = self._desk.state
        return state is None or state.work.check.levels.errors.issuperset(codes)


def _deed(lines: Sequence[int], code: IssueCode | None, why: str) -> Deed:
    act = partial(_ignore, lines=tuple(lines), code=code, why=why)
    words = _("mengabaikan peringatan: {why}").format(why=why)
    # the reason is for the warnings and the cells that were seen, not for what they have become
    line_id = lines[0] if len(lines) == 1 else None
    return Deed(act=act, words=words, line_id=line_id, may_repeat=False)


def _ignore(
    app: AppContext, work: StagedList, *, lines: tuple[int, ...], code: IssueCode | None, why: str
) -> StagedList:
    return ignore(app, work, lines, code=code, reason=why, request_id=new_request_id())
