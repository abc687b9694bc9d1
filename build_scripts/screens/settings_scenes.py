"""Scenes of the settings and of the help."""

from collections.abc import Callable

from build_scripts.screens.acts import NOT_THERE, main_window, open_page, search_for
from build_scripts.screens.scene import EMPTY, Scene
from build_scripts.screens.stage import Stage
from ui.pages.help import ORDER as TOPICS
from ui.pages.help import HelpPage
from ui.pages.settings import sections
from ui.pages.settings.levels import LevelsPart
from ui.pages.settings.page import SettingsPage
from ui.pages.settings.users import UsersPart

_MAIN = frozenset({sections.OFFICE, sections.RATES, sections.SAFETY})


def settings_scenes() -> tuple[Scene, ...]:
    """List the scenes of the settings: one for each section, and their forms."""
    pages = ("page:settings",)
    return (
        *(
            Scene(
                name=f"pengaturan-{key}",
                covers=(f"section:{key}", *pages),
                play=_section(key),
                main=key in _MAIN,
            )
            for key in sections.ORDER
        ),
        Scene(
            name="pengaturan-signatories-kosong",
            covers=("empty:pages/settings/signatories:Belum ada penanda tangan",),
            play=_section(sections.SIGNATORIES),
            office=EMPTY,
        ),
        Scene(
            name="pengaturan-levels-tak-cocok",
            covers=("empty:pages/settings/levels:Tidak ada yang cocok",),
            play=_no_level,
        ),
        Scene(name="pengaturan-levels-form", covers=(), play=_level_form, user="sari"),
        Scene(name="pengaturan-signatories-form", covers=(), play=_new(sections.SIGNATORIES)),
        Scene(
            name="pengaturan-bukan-peran", covers=(), play=_section(sections.HISTORY), user="rina"
        ),
        Scene(name="pengaturan-users-form", covers=(), play=_user_errors),
        Scene(
            name="pengaturan-users-nonaktif",
            covers=("ask:pages/settings/users._on_disable_clicked",),
            play=_disable,
        ),
        Scene(
            name="pengaturan-rates-tak-cocok",
            covers=("empty:pages/settings/dated:Tidak ada yang cocok",),
            play=_no_rule,
        ),
        Scene(name="pengaturan-safety-terbukti", covers=(), play=_proven, own_copy=True),
        Scene(
            name="pengaturan-belum-disimpan",
            covers=("ask:pages/settings/page.can_leave",),
            play=_unsaved,
        ),
    )


def help_scenes() -> tuple[Scene, ...]:
    """List the scenes of the help: one for each topic."""
    return tuple(
        Scene(
            name=f"bantuan-{key}",
            covers=(f"topic:{key}", "page:help"),
            play=_topic(key),
            main=key == TOPICS[0],
        )
        for key in TOPICS
    )


def _section(key: str) -> Callable[[Stage], None]:
    def play(stage: Stage) -> None:
        open_page(stage, SettingsPage, "settings")
        stage.press(f"section_{key}")

    return play


def _topic(key: str) -> Callable[[Stage], None]:
    def play(stage: Stage) -> None:
        open_page(stage, HelpPage, "help")
        stage.press(f"section_{key}")

    return play


def _new(key: str) -> Callable[[Stage], None]:
    def play(stage: Stage) -> None:
        _section(key)(stage)
        stage.key("Ctrl+N")

    return play


def _no_level(stage: Stage) -> None:
    _section(sections.LEVELS)(stage)
    search_for(stage, NOT_THERE)


def _level_form(stage: Stage) -> None:
    _section(sections.LEVELS)(stage)
    part = stage.shown(LevelsPart)
    part.table.choose(lambda entry: entry.code == "NIK_SEX_MISMATCH")
    stage.settle()
    stage.key("F2")


def _user_errors(stage: Stage) -> None:
    _new(sections.USERS)(stage)
    stage.write("display_name", "Dodi Contoh Lumi")
    stage.key("Ctrl+S")


def _disable(stage: Stage) -> None:
    _section(sections.USERS)(stage)
    part = stage.shown(UsersPart)
    part.table.choose(lambda user: user.name == "beni")
    stage.settle()
    stage.take_dialog(lambda: stage.press("disableUser"))


def _no_rule(stage: Stage) -> None:
    _section(sections.RATES)(stage)
    search_for(stage, NOT_THERE)


def _proven(stage: Stage) -> None:
    _section(sections.SAFETY)(stage)
    stage.press("backupButton")
    stage.press("checkHealth")


def _unsaved(stage: Stage) -> None:
    _section(sections.OFFICE)(stage)
    stage.write("phone", "(0431) 111111")
    stage.take_dialog(lambda: main_window(stage).open_page("overview"))
