"""Let the NIKs of chosen rows of a cut column be confirmed by whoever has seen the cards."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.nik_confirmation import confirm_niks
from bpjsdesk.services.staging import StagedList
from ui.i18n import _
from ui.pages.batches.list_desk import Deed, ListDesk

if TYPE_CHECKING:
    from ui.pages.batches.workbench import Workbench


class NikConfirming(QObject):
    """Stand between the question who has looked and the step."""

    def __init__(self, desk: ListDesk, bench: "Workbench") -> None:
        super().__init__(bench)
        self._desk, self._bench = desk, bench
        bench.cause.confirmed.connect(self._on_cause_confirmed)

    def _on_cause_confirmed(self, why: str) -> None:
        self._desk.carry_out(_deed(self._bench.grid.selected_lines(), why))


def _deed(lines: Sequence[int], why: str) -> Deed:
    act = partial(_confirm, lines=tuple(lines), why=why)
    words = _("memastikan NIK: {why}").format(why=why)
    # what somebody has seen holds for the NIK of that moment
    line_id = lines[0] if len(lines) == 1 else None
    return Deed(act=act, words=words, line_id=line_id, may_repeat=False)


def _confirm(app: AppContext, work: StagedList, *, lines: tuple[int, ...], why: str) -> StagedList:
    return confirm_niks(app, work, lines, reason=why, request_id=new_request_id())
