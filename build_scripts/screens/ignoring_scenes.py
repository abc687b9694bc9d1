"""Scenes of warnings that are ignored with a reason."""

from bpjsdesk.domain.row_issues import IssueCode
from build_scripts.screens.repair_scenes import open_at
from build_scripts.screens.stage import Stage
from ui.pages.batches.import_flow import ImportFlow
from ui.pages.batches.workbench import EVERY


def ignoring(stage: Stage) -> None:
    """Ask why the warning of a group is in order."""
    open_at(stage, IssueCode.PHONE_FORMAT)
    stage.key("I")
    stage.write("whyEdit", "Nomor dicatat lewat kelurahan")


def ignored(stage: Stage) -> None:
    """Look at a row whose warning was ignored."""
    ignoring(stage)
    stage.key("Return")
    stage.settle()
    flow = stage.shown(ImportFlow)
    flow.bench.choose_view(EVERY)
    state = flow.desk.state
    if state is not None:
        covers = state.work.ignored.covers
        place = next(
            state.work.places[line_id]
            for line_id in covers
            if state.maker.row(state.work.places[line_id]).codes == ()
        )
        flow.bench.grid.setCurrentIndex(flow.bench.grid.model().index(place, 1))
        flow.bench.grid.setFocus()


def not_ignored(stage: Stage) -> None:
    """Try to ignore what holds its rows."""
    open_at(stage, IssueCode.NIK_FORMAT)
    stage.key("I")


def ignoring_rows(stage: Stage) -> None:
    """Stand on a row that may be ignored by itself."""
    open_at(stage, IssueCode.PHONE_FORMAT)
    stage.key("B")
