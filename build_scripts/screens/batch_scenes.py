"""Scenes of batches and of the import."""

from pathlib import Path

from bpjsdesk.domain.agreements import Status
from bpjsdesk.domain.row_issues import IssueCode
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.repairs import edit_cell
from build_scripts.screens.acts import (
    agreement_of,
    broken_file,
    clean_list,
    main_window,
    open_page,
    plain_page,
    sample,
    search_in_vain,
)
from build_scripts.screens.after_scenes import after_scenes
from build_scripts.screens.confirming_scenes import confirmable, confirming
from build_scripts.screens.correction_scenes import correction_scenes
from build_scripts.screens.dirty_list import write_dirty_list
from build_scripts.screens.double_scenes import (
    doubles,
    doubles_in_file,
    doubles_left_out,
    no_doubles,
    searching_doubles,
)
from build_scripts.screens.ignoring_scenes import (
    ignored,
    ignoring,
    ignoring_rows,
    not_ignored,
)
from build_scripts.screens.mixed_list import write_mixed_list
from build_scripts.screens.repair_scenes import (
    every_step,
    mistyped,
    parting,
    pushed_aside,
    replacing,
    sending_back,
    sent_back,
)
from build_scripts.screens.scene import EMPTY, Scene
from build_scripts.screens.sender_scenes import (
    broken_letter,
    known_sender,
    no_sender_of_batch,
    pasted,
    sender_changed,
    sender_of_batch,
    sender_of_columns,
    sender_page,
    unknown_sender_page,
)
from build_scripts.screens.stage import Stage
from build_scripts.screens.told_scenes import accounts, months, numbered_names, sexes
from build_scripts.screens.value_scenes import all_known, choosing_value, every_value, spellings
from ui.pages.batches.import_flow import ImportFlow
from ui.pages.batches.import_form import ImportStart
from ui.pages.batches.page import BatchesPage
from ui.pages.batches.steps import FlowStep
from ui.pages.batches.workbench import EVERY

_MANADO = "Manado"


def batch_scenes() -> tuple[Scene, ...]:
    """List the scenes of batches."""
    return (*_browse_scenes(), *after_scenes(), *correction_scenes(), *_import_scenes())


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
        Scene(name="batch-pengirim", covers=(), play=sender_of_batch, own_copy=True),
        Scene(
            name="batch-tanpa-pengirim",
            covers=("empty:pages/batches/sender_tab:Pengirim belum disebutkan",),
            play=no_sender_of_batch,
        ),
        Scene(
            name="batch-pindaian-rusak",
            covers=("empty:pages/batches/letter_view:Pindaian tidak dapat ditampilkan",),
            play=broken_letter,
            own_copy=True,
        ),
        Scene(name="batch-daftar-pdf", covers=(), play=_roster),
        Scene(
            name="batch-hanya-diabaikan",
            covers=("empty:pages/batches/reason_browser:Tidak ada masalah",),
            play=_only_ignored,
            own_copy=True,
        ),
    )


def _import_scenes() -> tuple[Scene, ...]:
    calm = "empty:pages/batches/reason_panel:Tidak ada masalah"
    no_list_yet = "empty:pages/batches/sender_panel:Belum ada kiriman yang diputuskan"
    calm_values = "empty:pages/batches/value_pane:Semua nilai dikenali"
    no_double = "empty:pages/batches/double_pane:Tidak ada yang perlu diputuskan"
    return (
        Scene(name="impor-pilih", covers=("step:CHOOSE",), play=_choose),
        Scene(name="impor-pilih-galat", covers=(), play=_choose_errors),
        Scene(name="impor-terisi", covers=(), play=_filled, main=True),
        Scene(name="impor-pengirim", covers=(), play=known_sender, own_copy=True, main=True),
        Scene(name="impor-tempel", covers=(), play=pasted, own_copy=True),
        Scene(name="pengirim", covers=(), play=sender_page, own_copy=True, main=True),
        Scene(name="pengirim-baru", covers=(no_list_yet,), play=unknown_sender_page, own_copy=True),
        Scene(name="impor-petakan-pengirim", covers=(), play=sender_of_columns, own_copy=True),
        Scene(name="impor-petakan-ganti", covers=(), play=sender_changed, own_copy=True),
        Scene(name="impor-berkas-ditolak", covers=(), play=_refused),
        Scene(name="impor-berjalan", covers=("step:READ",), play=_reading, own_copy=True),
        Scene(
            name="impor-petakan",
            covers=("step:COLUMNS",),
            play=_columns,
            own_copy=True,
            main=True,
        ),
        Scene(name="impor-petakan-terpotong", covers=(), play=_cut, own_copy=True),
        Scene(name="impor-petakan-lembar", covers=(), play=_sheets, own_copy=True),
        Scene(
            name="impor-nilai", covers=("step:VALUES",), play=spellings, own_copy=True, main=True
        ),
        Scene(name="impor-nilai-pilih", covers=(), play=choosing_value, own_copy=True),
        Scene(name="impor-nilai-semua", covers=(), play=every_value, own_copy=True),
        Scene(name="impor-nilai-dikenali", covers=(calm_values,), play=all_known, own_copy=True),
        Scene(name="impor-periksa", covers=("step:CHECK",), play=_check, own_copy=True, main=True),
        Scene(name="impor-periksa-baris", covers=(), play=_rows, own_copy=True),
        Scene(name="impor-periksa-diperbaiki", covers=(), play=_repaired, own_copy=True),
        Scene(name="impor-periksa-ubah-sel", covers=(), play=_editing, own_copy=True),
        Scene(name="impor-periksa-jangan-dimuat", covers=(), play=_leaving_out, own_copy=True),
        Scene(name="impor-periksa-geser", covers=(), play=pushed_aside, own_copy=True),
        Scene(name="impor-periksa-ejaan", covers=(), play=mistyped, own_copy=True),
        Scene(name="impor-periksa-ganti", covers=(), play=replacing, own_copy=True),
        Scene(name="impor-periksa-pisah", covers=(), play=parting, own_copy=True),
        Scene(name="impor-periksa-kirim-balik", covers=(), play=sending_back, own_copy=True),
        Scene(name="impor-periksa-terkirim-balik", covers=(), play=sent_back, own_copy=True),
        Scene(name="impor-periksa-rekening", covers=(), play=accounts, own_copy=True),
        Scene(name="impor-periksa-kelamin", covers=(), play=sexes, own_copy=True),
        Scene(name="impor-periksa-nama", covers=(), play=numbered_names, own_copy=True),
        Scene(name="impor-periksa-bulan", covers=(), play=months, own_copy=True),
        Scene(name="impor-periksa-ktp", covers=(), play=confirmable, own_copy=True),
        Scene(name="impor-periksa-ktp-siapa", covers=(), play=confirming, own_copy=True),
        Scene(name="impor-periksa-abaikan", covers=(), play=ignoring, own_copy=True),
        Scene(name="impor-periksa-abaikan-baris", covers=(), play=ignoring_rows, own_copy=True),
        Scene(name="impor-periksa-abaikan-galat", covers=(), play=not_ignored, own_copy=True),
        Scene(name="impor-periksa-diabaikan", covers=(), play=ignored, own_copy=True),
        Scene(
            name="impor-periksa-langkah",
            covers=("dialog:StepDialog",),
            play=every_step,
            own_copy=True,
        ),
        Scene(name="impor-periksa-rekan", covers=(), play=_overtaken, own_copy=True),
        Scene(name="impor-semua-baris", covers=(), play=_every_row, own_copy=True),
        Scene(name="impor-tanpa-masalah", covers=(calm,), play=_no_issue, own_copy=True),
        Scene(
            name="impor-duplikat",
            covers=("step:DOUBLES",),
            play=doubles,
            own_copy=True,
            main=True,
        ),
        Scene(name="impor-duplikat-mencari", covers=(), play=searching_doubles, own_copy=True),
        Scene(name="impor-duplikat-berkas", covers=(), play=doubles_in_file, own_copy=True),
        Scene(name="impor-duplikat-dibayar", covers=(), play=doubles_left_out, own_copy=True),
        Scene(name="impor-tanpa-duplikat", covers=(no_double,), play=no_doubles, own_copy=True),
        Scene(
            name="impor-putuskan", covers=("step:DECIDE",), play=_decide, own_copy=True, main=True
        ),
        Scene(name="impor-dikerjakan", covers=(), play=_left, own_copy=True),
        Scene(name="impor-tanda-terima", covers=(), play=_receipt, own_copy=True),
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


def _reading(stage: Stage) -> None:
    flow = _filled_with(stage, sample(stage, _MANADO))
    flow.form.submit()
    stage.until(lambda: flow.step is FlowStep.READ, "the reading to begin")
    stage.take()


def _checked(stage: Stage, path: Path) -> ImportFlow:
    flow = _filled_with(stage, path)
    flow.form.submit()
    opened = (FlowStep.COLUMNS, FlowStep.VALUES, FlowStep.CHECK)
    stage.until(lambda: flow.step in opened, "the check to end")
    stage.settle()
    if flow.step is FlowStep.VALUES:
        stage.key("Ctrl+Return")
    return flow


def _dirty(stage: Stage) -> ImportFlow:
    name = "DATA PEKERJA RENTAN MANADO 2027 FINAL (2).xlsx"
    return _checked(stage, write_dirty_list(stage.folder / "berkas" / name))


def _columns(stage: Stage, *, cut: bool = False) -> None:
    name = "PEKERJA RENTAN KECAMATAN TUMINTING.xlsx"
    flow = _checked(stage, write_mixed_list(stage.folder / "berkas" / name, cut=cut))
    stage.until(lambda: not flow.columns.is_reading, "the columns to be read")
    stage.settle()


def _cut(stage: Stage) -> None:
    _columns(stage, cut=True)


def _sheets(stage: Stage) -> None:
    _columns(stage)
    stage.key("F6")


def _check(stage: Stage) -> None:
    _dirty(stage)


def _at_swapped_dates(stage: Stage) -> ImportFlow:
    flow = _dirty(stage)
    flow.bench.panel.choose(IssueCode.NIK_DOB_MISMATCH)
    stage.settle()
    return flow


def _rows(stage: Stage) -> None:
    _at_swapped_dates(stage)
    stage.key("B")
    stage.key("Down")
    stage.key("F8")


def _repaired(stage: Stage) -> None:
    _at_swapped_dates(stage)
    stage.key("B")
    stage.key("T")
    stage.key("F8")


def _editing(stage: Stage) -> None:
    _at_swapped_dates(stage)
    stage.key("B")
    stage.key("F2")


def _leaving_out(stage: Stage) -> None:
    _at_swapped_dates(stage)
    stage.key("J")


def _overtaken(stage: Stage) -> None:
    flow = _at_swapped_dates(stage)
    state, app = flow.desk.state, main_window(stage).context.app
    if state is not None:
        line = state.work.line_ids[0]
        edit_cell(app, state.work, line, 0, text="1", request_id=new_request_id())
    stage.key("Return")


def _every_row(stage: Stage) -> None:
    _dirty(stage).bench.choose_view(EVERY)


def _no_issue(stage: Stage) -> None:
    _checked(stage, clean_list(stage))


def _decide(stage: Stage) -> None:
    _dirty(stage)
    stage.key("Return")
    _go_to_decision(stage)


def _go_to_decision(stage: Stage) -> None:
    flow = stage.shown(ImportFlow)
    for _step in FlowStep:
        stage.settle()
        if flow.step is not FlowStep.DECIDE:
            stage.key("Ctrl+Return")


def _left(stage: Stage) -> None:
    _check(stage)
    stage.key("Ctrl+W")


def _accepted(stage: Stage, path: Path) -> None:
    flow = _checked(stage, path)
    _go_to_decision(stage)
    stage.press("acceptButton")
    stage.until(lambda: flow.step is FlowStep.DONE, "the list to be accepted")


def _done(stage: Stage) -> None:
    _accepted(stage, clean_list(stage))


def _receipt(stage: Stage) -> None:
    _accepted(stage, write_dirty_list(stage.folder / "berkas" / "DATA PEKERJA RENTAN 2027.xlsx"))
    stage.key("Ctrl+R")


def _only_ignored(stage: Stage) -> None:
    path = clean_list(stage)
    with path.open("a", encoding="utf-8") as out:
        out.write(";JUMLAH 3 ORANG;;;;\n")
    _accepted(stage, path)
    stage.key("Ctrl+Return")
