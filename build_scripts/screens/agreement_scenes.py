"""Scenes of the first page and of agreements."""

from bpjsdesk.domain.agreements import Status
from build_scripts.screens.acts import (
    agreement_of,
    main_window,
    open_page,
    plain_page,
    search_in_vain,
)
from build_scripts.screens.scene import EMPTY, Scene
from build_scripts.screens.stage import Stage
from ui.pages.agreements.page import AgreementsPage
from ui.pages.overview_actions import ActionCard
from ui.widgets.layout import ScrollColumn

_LIST = "empty:pages/agreements/browse"


def overview_scenes() -> tuple[Scene, ...]:
    """List the scenes of the first page."""
    return (
        Scene(name="ringkasan", covers=("page:overview",), play=plain_page("overview"), main=True),
        Scene(
            name="ringkasan-kosong",
            covers=("empty:pages/overview:Kantor ini siap dipakai",),
            play=plain_page("overview"),
            office=EMPTY,
        ),
        Scene(
            name="ringkasan-tenang",
            covers=("empty:pages/overview_actions:Tidak ada yang mendesak",),
            play=_calm,
        ),
    )


def agreement_scenes() -> tuple[Scene, ...]:
    """List the scenes of agreements."""
    return (
        Scene(name="perjanjian", covers=("page:agreements",), play=_current, main=True),
        Scene(name="perjanjian-bawah", covers=(), play=_current_below),
        Scene(name="perjanjian-lama", covers=(), play=_expired),
        Scene(name="perjanjian-tanpa-lanjutan", covers=(), play=_without_next),
        Scene(
            name="perjanjian-kosong",
            covers=(
                f"{_LIST}:Belum ada perjanjian",
                "empty:pages/agreements/detail:Pilih perjanjian",
            ),
            play=plain_page("agreements"),
            office=EMPTY,
        ),
        Scene(
            name="perjanjian-tak-cocok",
            covers=(f"{_LIST}:filter",),
            play=search_in_vain("agreements"),
        ),
        Scene(name="perjanjian-terkunci", covers=(), play=_locked),
        Scene(name="perjanjian-form", covers=(), play=_form, main=True),
        Scene(name="perjanjian-form-bawah", covers=(), play=_form_below),
        Scene(name="perjanjian-form-tahap", covers=(), play=_form_tranche),
        Scene(name="perjanjian-form-baru", covers=(), play=_new_form),
        Scene(name="perjanjian-form-galat", covers=(), play=_form_errors, main=True),
        Scene(name="perjanjian-perpanjang", covers=(), play=_renewal, own_copy=True),
        Scene(
            name="perjanjian-kunci",
            covers=("ask:pages/agreements/form._confirm_signing",),
            play=_signing,
        ),
        Scene(
            name="perjanjian-belum-disimpan",
            covers=("ask:pages/record_page.can_leave", "dialog:QuestionDialog"),
            play=_unsaved,
        ),
        Scene(name="perjanjian-pdf", covers=(), play=_paper),
    )


def _calm(stage: Stage) -> None:
    stage.shown(ActionCard).set_actions(())


def _show(stage: Stage, status: Status) -> AgreementsPage:
    page = open_page(stage, AgreementsPage, "agreements")
    page.open_record(agreement_of(stage, status).agreement_id)
    stage.settle()
    return page


def _current(stage: Stage) -> None:
    _show(stage, Status.EXPIRING)


def _current_below(stage: Stage) -> None:
    page = _show(stage, Status.EXPIRING)
    _scroll_down(page.detail.findChild(ScrollColumn))


def _expired(stage: Stage) -> None:
    _show(stage, Status.RENEWED)


def _locked(stage: Stage) -> None:
    _show(stage, Status.EXPIRING)
    stage.press("editAgreement")


def _form(stage: Stage) -> None:
    page = _show(stage, Status.DRAFT)
    page.open_form(agreement_of(stage, Status.DRAFT).agreement_id)
    stage.settle()


def _form_below(stage: Stage) -> None:
    _form(stage)
    _scroll_down(stage.shown(AgreementsPage).form.findChild(ScrollColumn))


def _form_tranche(stage: Stage) -> None:
    _form_below(stage)
    stage.press("add_tranches")


def _new_form(stage: Stage) -> None:
    open_page(stage, AgreementsPage, "agreements")
    stage.press("newAgreement")


def _form_errors(stage: Stage) -> None:
    _new_form(stage)
    stage.write("title", "Perlindungan Pekerja Rentan Kota Manado Tahun 2027")
    stage.press("saveAgreement")


def _without_next(stage: Stage) -> None:
    page = open_page(stage, AgreementsPage, "agreements")
    kotamobagu = [item for item in page.list.items if "Kotamobagu Tahun 2026" in item.title]
    page.open_record(kotamobagu[0].agreement_id)
    stage.settle()


def _renewal(stage: Stage) -> None:
    _without_next(stage)
    stage.press("renewAgreement")


def _signing(stage: Stage) -> None:
    _form(stage)
    stage.write("signed_on", "20112026")
    stage.take_dialog(lambda: stage.press("saveAgreement"))


def _unsaved(stage: Stage) -> None:
    _new_form(stage)
    stage.write("title", "Perlindungan Pekerja Rentan")
    stage.take_dialog(lambda: main_window(stage).open_page("overview"))


def _paper(stage: Stage) -> None:
    _show(stage, Status.EXPIRING)
    stage.key("Ctrl+P")


def _scroll_down(column: ScrollColumn | None) -> None:
    if column is not None:
        column.verticalScrollBar().setValue(column.verticalScrollBar().maximum())
