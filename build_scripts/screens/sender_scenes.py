"""Scenes of senders: named on the form and beside the columns, and the page of one."""

from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QApplication

from bpjsdesk.domain.agreements import Status
from bpjsdesk.domain.enrollment import BatchRequest
from bpjsdesk.domain.senders import LetterScan, SenderChoice
from bpjsdesk.progress import CancelToken, ignore_progress
from bpjsdesk.services.acceptance import accept
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.letters import attach_scan
from bpjsdesk.services.mapping import change_mapping
from bpjsdesk.services.senders import save_sender
from bpjsdesk.services.staging import open_list, stage_list
from bpjsdesk.services.value_mapping import map_values
from build_scripts.screens.acts import agreement_of, main_window, open_page
from build_scripts.screens.stage import Stage
from ui.pages.batches.detail import SENDER
from ui.pages.batches.import_flow import ImportFlow
from ui.pages.batches.import_form import ImportStart
from ui.pages.batches.page import BatchesPage
from ui.pages.batches.steps import FlowStep

_HEAD = "NIK;Nama Lengkap;Tanggal Lahir;Jenis Kelamin;Wilayah kerja;No HP;Pekerjaan"
_MOLAS, _MERAS = "71.71.01.1001", "71.71.01.1007"
_SPELLINGS = {"Mls": _MOLAS, "Molas Bawah": _MOLAS, "Mrs": _MERAS}
_LISTS = ((40, 9), (40, 6), (40, 2))


def known_sender(stage: Stage) -> None:
    """Choose a sender of whom something is remembered."""
    flow = _form(stage)
    flow.form.sent_by.letter_no.setText("560/1127/XI/2026")
    flow.form.sent_by.letter_on.set_day(date(2026, 11, 18))


def pasted(stage: Stage) -> None:
    """Paste a table, from a sender who is new."""
    lines = [_HEAD.replace(";", "\t")]
    lines += [line.replace(";", "\t") for line in _rows(1, 212, 0)]
    QApplication.clipboard().setText("\n".join(lines))
    flow = _form(stage)
    flow.form.sent_by.choice.set_value(-1)
    flow.form.sent_by.choice.activated.emit(0)
    flow.form.sent_by.name.setText("Kelurahan Molas")
    flow.form.paste()
    stage.until(lambda: flow.form.drop.pasted is not None, "the table to be read")


def sender_page(stage: Stage) -> None:
    """Show the page of a sender."""
    flow = _form(stage)
    flow.form.sent_by.profile_button.click()
    stage.until(lambda: flow.profile.facts is not None, "the sender to be read")


def unknown_sender_page(stage: Stage) -> None:
    """Show the page of a sender who has sent nothing yet."""
    app = main_window(stage).context.app
    answer = save_sender(app, name="Kelurahan Bailang", request_id=new_request_id())
    flow = _form(stage)
    flow.form.sent_by.profile_asked.emit(answer.object_id)
    stage.until(lambda: flow.profile.facts is not None, "the sender to be read")


def sender_of_columns(stage: Stage) -> None:
    """Come to a list whose columns are known from the sender's last one."""
    _recalled(stage)


def sender_changed(stage: Stage) -> None:
    """Open the sender beside the columns."""
    _recalled(stage)
    stage.key("F7")


def sender_of_batch(stage: Stage) -> None:
    """Show the sender beside a stored batch."""
    _history(stage)
    view = open_page(stage, BatchesPage, "batches").view
    stage.settle()
    view.choose_tab(SENDER)
    stage.until(lambda: view.sent_by.panel.facts is not None, "the sender to be read")


def broken_letter(stage: Stage) -> None:
    """Open the scan of a letter that was damaged since."""
    _history(stage)
    page = open_page(stage, BatchesPage, "batches")
    stage.settle()
    detail = page.view.detail
    if detail is None:
        raise RuntimeError("no batch is shown")
    damaged = LetterScan(name="Surat pengantar.png", kind="png", content=b"rusak")
    batch_id = detail.item.batch_id
    attach_scan(page.context.app, batch_id, damaged, request_id=new_request_id())
    page.view.choose_tab(SENDER)
    stage.until(lambda: page.view.sent_by.panel.facts is not None, "the sender to be read")
    page.view.sent_by.panel.letter_asked.emit()
    stage.until(lambda: page.view.sent_by.letter.shown == damaged.name, "the scan to be read")


def no_sender_of_batch(stage: Stage) -> None:
    """Show a stored batch of which nobody has named the sender."""
    view = open_page(stage, BatchesPage, "batches").view
    stage.settle()
    stage.key("Down")
    stage.key("Down")
    view.choose_tab(SENDER)


def _recalled(stage: Stage) -> None:
    flow = _form(stage)
    flow.form.drop.set_path(_file(stage, "Kiriman Desember.csv", 900, rows=30, bad=4))
    flow.form.submit()
    opened = (FlowStep.COLUMNS, FlowStep.VALUES, FlowStep.CHECK)
    stage.until(lambda: flow.step in opened, "the check to end")
    stage.settle()
    for _step in FlowStep:
        if flow.step is not FlowStep.COLUMNS:
            stage.key("Alt+Left")
    stage.until(lambda: not flow.columns.is_reading, "the columns to be read")


def _form(stage: Stage) -> ImportFlow:
    sender_id = _history(stage)
    agreement_id = agreement_of(stage, Status.DRAFT).agreement_id
    start = ImportStart(agreement_id=agreement_id, category="VULNERABLE")
    open_page(stage, BatchesPage, "batches").open_import(start)
    stage.settle()
    flow = stage.shown(ImportFlow)
    fields = flow.form.sent_by
    fields.choice.set_value(sender_id)
    fields.choice.activated.emit(fields.choice.currentIndex())
    return flow


def _history(stage: Stage) -> int:
    """Let a sender have sent some lists, each better than the one before."""
    app = main_window(stage).context.app
    request_id = new_request_id()
    sender_id = save_sender(app, name="Dinas Tenaga Kerja Kota Manado", request_id=request_id)
    choice = SenderChoice(sender_id=sender_id.object_id)
    first = 1
    for number, (rows, bad) in enumerate(_LISTS, start=1):
        path = _file(stage, f"Kiriman {number}.csv", first, rows=rows, bad=bad)
        request = BatchRequest(
            path=path,
            agreement_id=agreement_of(stage, Status.DRAFT).agreement_id,
            category="VULNERABLE",
            registered_on=date(2026, 11, 20),
        )
        progress, cancel = ignore_progress, CancelToken()
        answer = stage_list(
            app,
            request,
            request_id=new_request_id(),
            progress=progress,
            cancel=cancel,
            sender=choice,
        )
        work = open_list(app, answer.object_id, progress=progress, cancel=cancel)
        if number == 1:
            work = change_mapping(app, work, {("CSV", 4): "village"}, request_id=new_request_id())
            work = map_values(app, work, "village", _SPELLINGS, request_id=new_request_id())
            work = map_values(
                app, work, "occupation", {"Tani": "Petani"}, request_id=new_request_id()
            )
        accept(app, work, request_id=new_request_id(), progress=progress, cancel=cancel)
        first += rows
    return choice.sender_id


def _file(stage: Stage, name: str, first: int, *, rows: int, bad: int) -> Path:
    path = stage.folder / "berkas" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join([_HEAD, *_rows(first, rows, bad)]), encoding="utf-8")
    return path


def _rows(first: int, rows: int, bad: int) -> list[str]:
    villages = (*_SPELLINGS, "Molas", "Meras")
    found = []
    for place in range(rows):
        at = first + place
        day = 1 + at % 28
        nik = "" if place < bad // 2 else f"717101{day:02}0585{at:04}"
        phone = "12" if bad // 2 <= place < bad else f"0813400{at:05}"
        village = villages[at % len(villages)]
        found.append(f"{nik};WARGA {'ABCDE'[at % 5]};{day:02}-05-1985;L;{village};{phone};Tani")
    return found
