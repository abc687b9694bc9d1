"""Play scenes in one look, in a process of its own: the size of a pixel is fixed at its start."""

import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QMessageLogContext,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from bpjsdesk.cli.demo_office.founding import PASSWORD
from bpjsdesk.clock import Clock
from bpjsdesk.paths import AppPaths
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.office import open_office
from build_scripts.screens.catalogue import scenes
from build_scripts.screens.finding import below
from build_scripts.screens.flashes import FlashGuard
from build_scripts.screens.looks import Look, look_of
from build_scripts.screens.scene import NONE, Scene
from build_scripts.screens.stage import Stage
from build_scripts.screens.waiting import SceneProblem, WatchedRunner
from ui.app import Options
from ui.appearance import Appearance
from ui.changes import ChangeBus
from ui.collector import Collector
from ui.desk import Desk
from ui.i18n import install_qt_words
from ui.main_window import MainWindow
from ui.office_window import make_office_window
from ui.start.window import StartWindow
from ui.theme import load_fonts
from ui.widgets.pdf_preview import PdfPreview


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """The picture of a scene, the widgets that could be seen on it, and what went wrong."""

    picture: QImage
    seen: frozenset[str]
    problem: str = ""


class Theatre:
    """Play scenes in copies of the offices, so that they leave the originals as they are."""

    def __init__(
        self, app: QApplication, offices: Path, copies: Path, *, look: Look, clock: Clock
    ) -> None:
        self._app, self._offices, self._copies = app, offices, copies
        self._look, self._clock = look, clock
        self._contexts: dict[tuple[Path, str], AppContext] = {}
        app.setCursorFlashTime(0)
        qInstallMessageHandler(_say_qt_message)
        install_qt_words(app)
        load_fonts()

    def play(self, scene: Scene) -> Played:
        """Lead a window to the scene's state and take its picture; where it fails, as it is."""
        opening = self._main_window(scene) if scene.user else self._start_window(scene)
        flashes: set[str] = set()
        guard = FlashGuard(self._app, flashes.add)
        with opening as stage:
            problem = ""
            try:
                scene.play(stage)
                stage.settle()
            except SceneProblem as failure:
                problem = str(failure)
            picture = stage.finish()
            words = "; ".join(filter(None, (problem, *stage.problems, *sorted(flashes))))
        guard.close()
        return Played(picture=picture, seen=frozenset(stage.seen), problem=words)

    def close(self) -> None:
        """Let go of the offices."""
        for context in self._contexts.values():
            context.close()
        self._contexts.clear()

    @contextmanager
    def _main_window(self, scene: Scene) -> Iterator[Stage]:
        context = self._context(scene)
        runner = WatchedRunner(self._app)
        collector = Collector(self._app, runner)
        appearance = self._appearance(context)
        opened: list[MainWindow] = []

        def open_page(key: str, record_id: int | None) -> None:
            opened[0].open_page(key, record_id)

        made = make_office_window(
            context,
            runner=runner,
            changes=ChangeBus(self._app),
            appearance=appearance,
            open_page=open_page,
        )
        opened.append(made.window)
        stage = Stage(made.window, lambda: runner.is_calm, folder=self._folder(scene))
        self._show(stage)
        try:
            yield stage
        finally:
            stage.close()
            runner.shutdown()
            _destroy(made.window)
            collector.stop()

    @contextmanager
    def _start_window(self, scene: Scene) -> Iterator[Stage]:
        start = StartWindow()
        options = Options(data=self._folder(scene), theme=self._look.theme)
        desk = Desk(self._app, start, options, self._clock)
        stage = Stage(start, lambda: not desk.runner.is_busy, folder=self._folder(scene))
        desk.begin()
        self._show(stage)
        try:
            yield stage
        finally:
            stage.close()
            desk.shut_down()
            _destroy(start)

    def _show(self, stage: Stage) -> None:
        stage.window.resize(self._look.width, self._look.height)
        stage.window.show()
        stage.window.activateWindow()
        stage.until(stage.window.isActiveWindow, "the window to come up")
        stage.settle()

    def _appearance(self, context: AppContext) -> Appearance:
        made = Appearance(self._app, context.paths.window_state, forced_theme=self._look.theme)
        made.apply()
        return made

    def _context(self, scene: Scene) -> AppContext:
        key = self._folder(scene), scene.user
        if key not in self._contexts:
            self._contexts[key] = open_office(AppPaths(key[0]), scene.user, PASSWORD, self._clock)
        return self._contexts[key]

    def _folder(self, scene: Scene) -> Path:
        folder = self._copies / (scene.name if scene.own_copy else scene.office)
        if scene.office != NONE and not folder.exists():
            shutil.copytree(self._offices / scene.office, folder)
        return folder


def _say_qt_message(_kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
    if "propagateSizeHints" not in text:
        print(f"Qt: {text}", file=sys.stderr)


def _destroy(window: QWidget) -> None:
    window.hide()
    for preview in below(window, PdfPreview):
        preview.clear()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def play_all(
    names: Sequence[str], *, look: Look, out: Path, offices: Path, copies: Path, moment: datetime
) -> tuple[set[str], int]:
    """Save the picture of each scene; gives the classes that were seen and how many failed."""
    app = QApplication(["bpjsdesk", "-style", "fusion"])
    theatre = Theatre(app, offices, copies, look=look, clock=lambda: moment)
    seen: set[str] = set()
    failed = 0
    for number, scene in enumerate(scenes(), start=1):
        if (names and scene.name not in names) or (look.main_only and not scene.main):
            continue
        target = out / f"{number:02}-{scene.name}{look.suffix}.png"
        played = theatre.play(scene)
        if played.problem:
            failed += 1
            target = target.with_stem(f"{target.stem}-GAGAL")
            print(f"{target.name}: {played.problem}", file=sys.stderr)
        seen |= played.seen
        played.picture.save(str(target))
    theatre.close()
    return seen, failed


def main(arguments: list[str]) -> int:
    """Play in the look, folders and moment given by `command`; prints the classes seen."""
    key, out, offices, copies, moment, *names = arguments
    seen, failed = play_all(
        names,
        look=look_of(key),
        out=Path(out),
        offices=Path(offices),
        copies=Path(copies),
        moment=datetime.fromisoformat(moment),
    )
    print("\n".join(sorted(seen)))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
