"""Scenes of repairing many rows: cells pushed aside, text replaced, rows sent back, all steps."""

from pathlib import Path

from bpjsdesk.domain.agreements import Status
from bpjsdesk.domain.row_issues import IssueCode
from build_scripts.screens.acts import agreement_of, open_page
from build_scripts.screens.dirty_list import write_dirty_list
from build_scripts.screens.stage import Stage
from ui.pages.batches.import_flow import ImportFlow
from ui.pages.batches.import_form import ImportStart
from ui.pages.batches.page import BatchesPage
from ui.pages.batches.steps import FlowStep
from ui.pages.batches.workbench import EVERY

_AFTER_READING = (FlowStep.COLUMNS, FlowStep.VALUES, FlowStep.CHECK)
_NAME = "DATA PEKERJA RENTAN MANADO 2027 FINAL (2).xlsx"


def pushed_aside(stage: Stage) -> None:
    """Come to rows whose cells were pushed one column to the right."""
    open_at(stage, IssueCode.DOB_UNREADABLE)


def mistyped(stage: Stage) -> None:
    """Come to villages that are not known as they are written."""
    open_at(stage, IssueCode.REGION_UNMAPPED)


def replacing(stage: Stage) -> None:
    """Replace a text in a column, before it is done."""
    open_at(stage, IssueCode.REGION_UNMAPPED)
    stage.key("B")
    stage.key("Ctrl+H")
    stage.write("findEdit", "Sindulang I")
    stage.write("putEdit", "Sindulang Satu")
    flow = stage.shown(ImportFlow)
    stage.until(lambda: flow.bench.tools.plan is not None, "the changes to be counted")
    stage.settle()


def parting(stage: Stage) -> None:
    """Part a column at a mark."""
    open_at(stage, IssueCode.PHONE_FORMAT)
    stage.key("B")
    stage.key("Ctrl+H")
    stage.press("choice_SPLIT_COLUMN")
    flow = stage.shown(ImportFlow)
    stage.until(lambda: flow.bench.tools.plan is not None, "the changes to be counted")
    stage.settle()


def sending_back(stage: Stage) -> None:
    """Send the rows of a reason back."""
    open_at(stage, IssueCode.NIK_AS_NUMBER)
    stage.key("K")


def sent_back(stage: Stage) -> None:
    """Look at a row that was sent back."""
    sending_back(stage)
    stage.key("Return")
    stage.settle()
    flow = stage.shown(ImportFlow)
    flow.bench.choose_view(EVERY)
    state = flow.desk.state
    if state is not None:
        place = state.work.places[next(iter(state.work.outcomes))]
        flow.bench.grid.setCurrentIndex(flow.bench.grid.model().index(place, 1))


def every_step(stage: Stage) -> None:
    """List what was done, to go back before any of it."""
    sending_back(stage)
    stage.key("Return")
    for code in (IssueCode.NIK_DOB_MISMATCH, IssueCode.PHONE_FORMAT, IssueCode.REGION_UNMAPPED):
        _choose(stage, code)
        stage.key("Return")
        stage.settle()
    stage.take_dialog(lambda: stage.key("Alt+H"))


def open_at(stage: Stage, code: IssueCode, *, path: Path | None = None) -> None:
    """Open a list, the dirty one unless another is given, at the rows of a reason."""
    agreement_id = agreement_of(stage, Status.DRAFT).agreement_id
    path = path or write_dirty_list(stage.folder / "berkas" / _NAME)
    start = ImportStart(agreement_id=agreement_id, category="VULNERABLE", path=path)
    open_page(stage, BatchesPage, "batches").open_import(start)
    stage.settle()
    flow = stage.shown(ImportFlow)
    flow.form.submit()
    stage.until(lambda: flow.step in _AFTER_READING, "the check to end")
    stage.settle()
    while flow.step is not FlowStep.CHECK:
        stage.key("Ctrl+Return")
        stage.settle()
    _choose(stage, code)


def _choose(stage: Stage, code: IssueCode) -> None:
    stage.shown(ImportFlow).bench.panel.choose(code)
    stage.settle()
