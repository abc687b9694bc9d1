"""Scenes of what can come up on any page."""

import time

from bpjsdesk.errors import EnvironmentProblem
from bpjsdesk.progress import CancelToken, ProgressSink
from build_scripts.screens.acts import main_window, plain_page
from build_scripts.screens.scene import Scene
from build_scripts.screens.stage import Stage
from ui.errors import show_error


def message_scenes() -> tuple[Scene, ...]:
    """List the scenes of errors and questions of the window itself."""
    return (
        *(
            Scene(
                name=f"bukan-peran-{key}",
                covers=("empty:pages/settings/refused:Halaman ini tidak termasuk peran Anda",),
                play=plain_page(key),
                user="sari",
            )
            for key in ("overview", "agreements", "people", "batches", "claims", "reports")
        ),
        Scene(name="semua-tombol", covers=(), play=_every_key),
        Scene(name="galat", covers=("dialog:errors.show_error",), play=_error),
        Scene(
            name="tutup-saat-bekerja",
            covers=("ask:main_window._may_close",),
            play=_close_while_busy,
        ),
    )


def _every_key(stage: Stage) -> None:
    stage.key("Ctrl+/")


def _error(stage: Stage) -> None:
    problem = EnvironmentProblem(
        "DISK_FULL",
        "Ruang penyimpanan penuh; perubahan terakhir belum tersimpan. Kosongkan ruang di diska "
        "ini, lalu simpan lagi.",
    )
    stage.take_dialog(lambda: show_error(stage.window, problem))


def _close_while_busy(stage: Stage) -> None:
    window = main_window(stage)
    task = window.context.runner.start(_wait_for_cancel)

    def close() -> None:
        window.close()
        task.cancel()

    stage.take_dialog(close)


def _wait_for_cancel(_progress: ProgressSink, cancel: CancelToken) -> None:
    while True:
        time.sleep(0.01)
        cancel.raise_if_cancelled()
