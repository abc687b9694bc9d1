"""Scenes of what follows acceptance: undo, the core system, the next list, both side by side."""

from dataclasses import replace
from pathlib import Path

import openpyxl

from bpjsdesk.domain.enrollment import BatchStatus
from bpjsdesk.progress import CancelToken
from bpjsdesk.services.batch_undo import UNDO
from bpjsdesk.services.batches import list_batches
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.core_reply import check_reply, take_reply
from bpjsdesk.services.core_send import send_list
from build_scripts.screens.acts import main_window, open_page
from build_scripts.screens.scene import Scene
from build_scripts.screens.stage import Stage
from ui.pages.batches.after_core import CorePane
from ui.pages.batches.after_undo import UndoPane
from ui.pages.batches.detail import CORE, HISTORY, ROWS
from ui.pages.batches.page import BatchesPage

_SMALL, _BIG, _SUBMITTED = "small", "big", "submitted"
_REASONS = ("NIK tidak ditemukan di Dukcapil", "Masih aktif sebagai Penerima Upah")
_ANSWERED = 60


def after_scenes() -> tuple[Scene, ...]:
    """List the scenes."""
    return (
        Scene(name="batch-diterima", covers=(), play=_summary, main=True),
        Scene(name="batch-diajukan", covers=(), play=_submitted),
        Scene(name="batch-baris", covers=(), play=_rows),
        Scene(name="batch-riwayat", covers=(), play=_history),
        Scene(name="batch-tagihan", covers=(), play=_debt, own_copy=True),
        Scene(name="batch-inti", covers=(), play=_core, own_copy=True, main=True),
        Scene(name="batch-inti-balasan", covers=(), play=_reply, own_copy=True),
        Scene(name="batch-inti-ditolak", covers=(), play=_refused, own_copy=True),
        Scene(name="batch-batalkan", covers=(), play=_undo, own_copy=True, main=True),
        Scene(name="batch-batalkan-alasan", covers=(), play=_undo_reason, own_copy=True),
        Scene(name="batch-dibatalkan", covers=(), play=_undone, own_copy=True),
        Scene(name="batch-dibatalkan-ringkasan", covers=(), play=_undone_summary, own_copy=True),
        Scene(name="batch-periode-berikut", covers=(), play=_carry, main=True),
        Scene(name="batch-selisih", covers=(), play=_difference),
    )


def _batch(stage: Stage, which: str) -> int:
    """Give the smallest or the biggest accepted batch, or the one before the supervisor."""
    items = list_batches(main_window(stage).context.app)
    if which == _SUBMITTED:
        return next(item.batch_id for item in items if item.status == BatchStatus.SUBMITTED)
    accepted = [item for item in items if item.status == BatchStatus.VALIDATED]
    chosen = (min if which == _SMALL else max)(accepted, key=lambda item: item.counts.accepted)
    return chosen.batch_id


def _opened(stage: Stage, which: str) -> BatchesPage:
    page = open_page(stage, BatchesPage, "batches")
    page.open_record(_batch(stage, which))
    stage.settle()
    return page


def _summary(stage: Stage) -> None:
    _opened(stage, _SMALL)


def _submitted(stage: Stage) -> None:
    _opened(stage, _SUBMITTED)


def _rows(stage: Stage) -> None:
    _opened(stage, _SMALL).view.choose_tab(ROWS)
    stage.settle()


def _history(stage: Stage) -> None:
    _opened(stage, _SMALL).view.choose_tab(HISTORY)
    stage.settle()


def _debt(stage: Stage) -> None:
    _opened(stage, _SMALL)
    stage.press("debtChange")


def _sent(stage: Stage) -> Path:
    """Send the small batch; fill its reply form in as the core system would."""
    out = stage.folder / "Balasan sistem inti.xlsx"
    app = main_window(stage).context.app
    send_list(app, _batch(stage, _SMALL), out, request_id=new_request_id())
    book = openpyxl.load_workbook(out)
    sheet = book["Daftar"]
    answer = next(cell.column for cell in sheet[4] if cell.value == "Y/T")
    for place in range(_ANSWERED):
        row = 5 + place
        refused = place % 12 == 5
        sheet.cell(row, answer, "T" if refused else "Y")
        if refused:
            sheet.cell(row, answer + 1, _REASONS[place % 2])
        else:
            sheet.cell(row, answer + 2, f"2600123{place:04d}")
    first = 5 + _ANSWERED
    sheet.cell(first, 1, "7171019999999999")
    sheet.cell(first, answer, "Y")
    book.save(out)
    return out


def _reply(stage: Stage) -> None:
    reply = _sent(stage)
    _opened(stage, _SMALL).view.choose_tab(CORE)
    stage.settle()
    stage.shown(CorePane).read_reply(reply)
    stage.settle()


def _core(stage: Stage) -> None:
    _reply(stage)
    stage.press("coreTake")
    stage.press("choice_rejected")
    stage.key("Down")


def _refused(stage: Stage) -> None:
    """Let somebody take the reply who takes nobody out, as a clerk does."""
    reply, app = _sent(stage), main_window(stage).context.app
    user = replace(app.user, permissions=app.user.permissions - {UNDO})
    clerk, batch_id = replace(app, user=user), _batch(stage, _SMALL)
    read = check_reply(clerk, batch_id, reply, cancel=CancelToken())
    take_reply(clerk, read, request_id=new_request_id())
    _opened(stage, _SMALL).view.choose_tab(CORE)
    stage.settle()


def _undo(stage: Stage) -> None:
    _sent(stage)
    _opened(stage, _SMALL)
    stage.press("undoButton")


def _undo_reason(stage: Stage) -> None:
    _undo(stage)
    stage.press("undoAct")
    stage.write("whyEdit", "Berkas tahun lalu yang termuat")


def _undone(stage: Stage) -> None:
    _core(stage)
    stage.press("undoButton")
    stage.press("undoAct")
    stage.write("whyEdit", "Berkas tahun lalu yang termuat")
    stage.press("whyAct")
    stage.until(lambda: not stage.shown(UndoPane).act_button.isVisible(), "the undo")


def _undone_summary(stage: Stage) -> None:
    _undone(stage)
    stage.key("Esc")


def _carry(stage: Stage) -> None:
    _opened(stage, _BIG)
    stage.press("carryButton")


def _difference(stage: Stage) -> None:
    _opened(stage, _SMALL)
    stage.press("comparePaper")
