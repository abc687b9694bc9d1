"""Scenes of people."""

from build_scripts.screens.acts import open_page, plain_page, search_for, search_in_vain
from build_scripts.screens.scene import EMPTY, Scene
from build_scripts.screens.stage import Stage
from ui.page import Page


def people_scenes() -> tuple[Scene, ...]:
    """List the scenes of people."""
    return (
        Scene(name="peserta", covers=("page:people",), play=plain_page("people"), main=True),
        Scene(name="peserta-cari", covers=(), play=_search),
        Scene(
            name="peserta-tak-cocok",
            covers=("empty:pages/people/page:filter",),
            play=search_in_vain("people"),
        ),
        Scene(
            name="peserta-kosong",
            covers=("empty:pages/people/page:Belum ada peserta",),
            play=plain_page("people"),
            office=EMPTY,
        ),
        Scene(name="peserta-alasan", covers=(), play=_ask),
        Scene(name="peserta-terbuka", covers=(), play=_revealed),
    )


def _search(stage: Stage) -> None:
    open_page(stage, Page, "people")
    search_for(stage, "rumengan")


def _ask(stage: Stage) -> None:
    _search(stage)
    stage.key("Ctrl+M")


def _revealed(stage: Stage) -> None:
    _ask(stage)
    stage.key("Return")
