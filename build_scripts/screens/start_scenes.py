"""Scenes before an office is open: login and first start."""

from build_scripts.screens.scene import NONE, Scene
from build_scripts.screens.stage import Stage

_GOOD_PASSWORD = "perahu biru berlayar"


def start_scenes() -> tuple[Scene, ...]:
    """List the scenes of the start window."""
    return (
        Scene(name="masuk", covers=("start:LoginPage",), play=_login, user="", main=True),
        Scene(name="masuk-ditolak", covers=(), play=_refused_login, user=""),
        Scene(
            name="awal-kantor",
            covers=("start:FirstStartPage", "start:OfficeStep", "start:RailStep"),
            play=_office_step,
            user="",
            office=NONE,
            main=True,
        ),
        Scene(name="awal-kantor-galat", covers=(), play=_office_errors, user="", office=NONE),
        Scene(
            name="awal-pengguna",
            covers=("start:UserStep",),
            play=_user_step,
            user="",
            office=NONE,
        ),
        Scene(
            name="awal-kode",
            covers=("start:CodeStep", "ask:start/first_start.closeEvent"),
            play=_code_step,
            user="",
            office=NONE,
            own_copy=True,
            main=True,
        ),
        Scene(
            name="awal-kode-tutup",
            covers=("ask:start/first_start.closeEvent",),
            play=_leave_code_step,
            user="",
            office=NONE,
            own_copy=True,
        ),
    )


def _login(stage: Stage) -> None:
    stage.settle()


def _refused_login(stage: Stage) -> None:
    stage.write("user", "hendrik")
    stage.write("password", "salah sekali")
    stage.press("enter")


def _office_step(stage: Stage) -> None:
    stage.write("name", "Kantor Cabang Manado")
    stage.write("place", "Manado")
    stage.write("phone", "(0431) 000000")
    stage.write("address", "Jalan Contoh Raya Nomor 10, Manado 95000")


def _office_errors(stage: Stage) -> None:
    stage.press("officeNext")


def _user_step(stage: Stage) -> None:
    _office_step(stage)
    stage.press("officeNext")
    stage.write("display", "Drs. Hendrik Pontoh")
    stage.write("password", _GOOD_PASSWORD)
    stage.write("again", "perahu biru")


def _code_step(stage: Stage) -> None:
    _user_step(stage)
    stage.write("again", _GOOD_PASSWORD)
    stage.press("userNext")
    stage.write("group_3", "ABC")


def _leave_code_step(stage: Stage) -> None:
    _code_step(stage)
    stage.take_dialog(stage.window.close)
