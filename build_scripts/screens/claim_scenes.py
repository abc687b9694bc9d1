"""Scenes of claims."""

from pathlib import Path

from bpjsdesk.services.claims import list_claims
from build_scripts.screens.acts import (
    broken_file,
    clean_claims,
    main_window,
    open_page,
    plain_page,
    sample,
    search_in_vain,
)
from build_scripts.screens.scene import EMPTY, Scene
from build_scripts.screens.stage import Stage
from ui.pages.claims.page import ClaimsPage

_LIST, _IMPORT = "empty:pages/claims/browse", "empty:pages/claims/import_pane"


def claim_scenes() -> tuple[Scene, ...]:
    """List the scenes of claims."""
    return (*_browse_scenes(), *_form_scenes(), *_import_scenes())


def _browse_scenes() -> tuple[Scene, ...]:
    return (
        Scene(name="klaim", covers=("page:claims",), play=_verification, main=True),
        Scene(name="klaim-dibayar", covers=(), play=_paid),
        Scene(
            name="klaim-kosong",
            covers=(f"{_LIST}:Belum ada klaim", "empty:pages/claims/detail:Pilih klaim"),
            play=plain_page("claims"),
            office=EMPTY,
        ),
        Scene(
            name="klaim-tak-cocok",
            covers=(f"{_LIST}:Tidak ada yang cocok",),
            play=search_in_vain("claims"),
        ),
        Scene(name="klaim-langkah", covers=("dialog:MoveDialog",), play=_pay),
        Scene(name="klaim-alasan", covers=(), play=_reject),
    )


def _form_scenes() -> tuple[Scene, ...]:
    return (
        Scene(name="klaim-form", covers=(), play=_form, main=True),
        Scene(name="klaim-form-baru", covers=(), play=_new_form),
        Scene(name="klaim-form-galat", covers=(), play=_form_errors),
        Scene(
            name="klaim-belum-disimpan",
            covers=("ask:pages/record_page.can_leave",),
            play=_unsaved,
        ),
    )


def _import_scenes() -> tuple[Scene, ...]:
    return (
        Scene(
            name="klaim-impor",
            covers=(f"{_IMPORT}:Muat klaim yang lalu dari Excel",),
            play=_import,
        ),
        Scene(name="klaim-impor-hasil", covers=(), play=_import_checked),
        Scene(
            name="klaim-impor-baik",
            covers=(f"{_IMPORT}:Semua baris dapat dimuat",),
            play=_import_clean,
        ),
        Scene(name="klaim-impor-ditolak", covers=(), play=_import_refused),
    )


def _show(stage: Stage, status: str) -> int:
    page = open_page(stage, ClaimsPage, "claims")
    found = list_claims(main_window(stage).context.app, status=status, limit=1)
    page.open_record(found[0].claim_id)
    stage.settle()
    return found[0].claim_id


def _verification(stage: Stage) -> None:
    _show(stage, "VERIFICATION")


def _paid(stage: Stage) -> None:
    _show(stage, "PAID")


def _pay(stage: Stage) -> None:
    _show(stage, "APPROVED")
    stage.take_dialog(lambda: stage.press("move_PAID"))


def _reject(stage: Stage) -> None:
    _show(stage, "VERIFICATION")
    stage.take_dialog(lambda: stage.press("move_REJECTED"))


def _form(stage: Stage) -> None:
    claim_id = _show(stage, "VERIFICATION")
    stage.shown(ClaimsPage).open_form(claim_id)
    stage.settle()


def _new_form(stage: Stage) -> None:
    open_page(stage, ClaimsPage, "claims")
    stage.press("newClaim")


def _form_errors(stage: Stage) -> None:
    _new_form(stage)
    stage.write("participant_nik", "717101120385")
    stage.write("event_on", "31022026")
    stage.press("saveClaim")


def _unsaved(stage: Stage) -> None:
    _new_form(stage)
    stage.write("participant_name", "SELVIE CONTOH RUMENGAN")
    stage.take_dialog(lambda: main_window(stage).open_page("overview"))


def _import(stage: Stage) -> None:
    open_page(stage, ClaimsPage, "claims").open_import()


def _checked(stage: Stage, path: Path) -> None:
    page = open_page(stage, ClaimsPage, "claims")
    page.open_import()
    page.import_pane.check(path)
    stage.settle()


def _import_checked(stage: Stage) -> None:
    _checked(stage, sample(stage, "Klaim"))


def _import_clean(stage: Stage) -> None:
    _checked(stage, clean_claims(stage))


def _import_refused(stage: Stage) -> None:
    _checked(stage, broken_file(stage))
