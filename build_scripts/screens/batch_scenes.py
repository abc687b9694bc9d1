"""Scenes of batches and of the import."""

from pathlib import Path

from bpjsdesk.domain.agreements import Status
from build_scripts.screens.acts import (
    agreement_of,
    broken_file,
    clean_list,
    open_page,
    plain_page,
    sample,
    search_in_vain,
)
from build_scripts.screens.scene import EMPTY, Scene
from build_scripts.screens.stage import Stage
from ui.pages.batches.import_flow import CHECK, DECIDE, DONE, ImportFlow
from ui.pages.batches.import_form import ImportStart
from ui.pages.batches.page import BatchesPage
from ui.pages.batches.reason_browser import ReasonBrowser

_MANADO = "Manado"


def batch_scenes() -> tuple[Scene, ...]:
    """List the scenes of batches."""
    return (*_browse_scenes(), *_import_scenes())


def _browse_scenes() -> tuple[Scene, ...]:
    empty = "empty:pages/batches/browse"
    return (
        Scene(name="batch", covers=("page:batches",), play=plain_page("batches"), main=True),
        Scene(
            name="batch-kosong",
            covers=(f"{empty}:Belum ada daftar peserta",),
            play=plain_page("batches"),
            office=EMPTY,
        ),
        Scene(
            name="batch-tak-cocok",
            covers=(f"{empty}:Tidak ada yang cocok",),
            play=search_in_vain("batches"),
        ),
        Scene(name="batch-daftar-pdf", covers=(), play=_roster),
    )


def _import_scenes() -> tuple[Scene, ...]:
    return (
        Scene(name="impor-pilih", covers=("step:CHOOSE",), play=_choose),
        Scene(name="impor-pilih-galat", covers=(), play=_choose_errors),
        Scene(name="impor-terisi", covers=(), play=_filled, main=True),
        Scene(name="impor-berkas-ditolak", covers=(), play=_refused),
        Scene(name="impor-berjalan", covers=("step:CHECK",), play=_checking),
        Scene(name="impor-putuskan", covers=("step:DECIDE",), play=_decide, main=True),
        Scene(name="impor-semua-baris", covers=(), play=_every_row),
        Scene(
            name="impor-tanpa-masalah",
            covers=("empty:pages/batches/reason_browser:Tidak ada masalah",),
            play=_no_issue,
        ),
        Scene(name="impor-selesai", covers=("step:DONE",), play=_done, own_copy=True),
    )


def _roster(stage: Stage) -> None:
    open_page(stage, BatchesPage, "batches")
    stage.key("Ctrl+P")


def _start(stage: Stage, start: ImportStart) -> ImportFlow:
    open_page(stage, BatchesPage, "batches").open_import(start)
    stage.settle()
    return stage.shown(ImportFlow)


def _filled_with(stage: Stage, path: Path) -> ImportFlow:
    # nobody is listed under the draft of next year yet, so the rows are as good as they look
    agreement_id = agreement_of(stage, Status.DRAFT).agreement_id
    start = ImportStart(agreement_id=agreement_id, category="VULNERABLE", path=path)
    return _start(stage, start)


def _choose(stage: Stage) -> None:
    _start(stage, ImportStart())


def _choose_errors(stage: Stage) -> None:
    _choose(stage)
    stage.press("checkButton")


def _filled(stage: Stage) -> None:
    _filled_with(stage, sample(stage, _MANADO))


def _refused(stage: Stage) -> None:
    _filled_with(stage, broken_file(stage))
    stage.press("checkButton")


def _checking(stage: Stage) -> None:
    flow = _filled_with(stage, sample(stage, _MANADO))
    flow.form.submit()
    stage.until(lambda: flow.step == CHECK, "the check to begin")
    stage.take()


def _decided(stage: Stage, path: Path) -> ImportFlow:
    flow = _filled_with(stage, path)
    flow.form.submit()
    stage.until(lambda: flow.step == DECIDE, "the check to end")
    stage.settle()
    return flow


def _decide(stage: Stage) -> None:
    _decided(stage, sample(stage, _MANADO))


def _every_row(stage: Stage) -> None:
    _decide(stage)
    stage.shown(ReasonBrowser).choose_view("every")


def _no_issue(stage: Stage) -> None:
    _decided(stage, clean_list(stage))


def _done(stage: Stage) -> None:
    flow = _decided(stage, clean_list(stage))
    stage.press("saveButton")
    stage.until(lambda: flow.step == DONE, "the list to be saved")
