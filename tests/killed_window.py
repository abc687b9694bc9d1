"""A window that leads a list to one of its screens, does one thing there, says so and waits.

`python -m tests.killed_window FOLDER LIST SCREEN`: whoever started it kills it after its one line.
"""

import json
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from bpjsdesk.domain.access import Role
from bpjsdesk.paths import AppPaths
from bpjsdesk.progress import CancelToken, ignore_progress
from bpjsdesk.services.acceptance import breakdown
from bpjsdesk.services.batches import list_batches
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.office import open_office
from bpjsdesk.services.staging import open_list
from bpjsdesk.services.work_place import place_of
from tests.offices import NAMES, NOW, PASSWORD
from ui.appearance import Appearance
from ui.changes import ChangeBus
from ui.main_window import MainWindow
from ui.page import PageContext
from ui.pages.batches.import_flow import ImportFlow
from ui.pages.batches.import_form import ImportStart
from ui.pages.batches.page import BatchesPage
from ui.pages.batches.steps import FlowStep, is_work
from ui.pages.registry import page_entries
from ui.tasks import TaskRunner
from ui.theme import apply_theme, load_fonts

CTRL, NONE = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier
PATIENCE_S = 40
# what a clerk does at each screen, by the key that does it there
DEEDS = {
    FlowStep.COLUMNS: (Qt.Key.Key_Delete,),
    FlowStep.VALUES: (Qt.Key.Key_Return,),
    # a repair, and a warning that is ignored because of "KTP"
    FlowStep.CHECK: (
        Qt.Key.Key_Return,
        Qt.Key.Key_I,
        Qt.Key.Key_K,
        Qt.Key.Key_T,
        Qt.Key.Key_P,
        Qt.Key.Key_Return,
    ),
    FlowStep.DOUBLES: (Qt.Key.Key_3,),
}


class Clerk:
    """Works in a real window until somebody ends the process."""

    def __init__(self, app: QApplication, folder: Path, role: Role) -> None:
        self._app = app
        self.context = open_office(AppPaths(folder), NAMES[role], PASSWORD, lambda: NOW)
        self._runner = TaskRunner(app)
        self.window = self._window(folder)
        page = self.window.current_page
        assert isinstance(page, BatchesPage)
        self.page = page

    def _window(self, folder: Path) -> MainWindow:
        context = PageContext(
            app=self.context,
            runner=self._runner,
            changes=ChangeBus(self._app),
            appearance=Appearance(self._app, folder / "window.json"),
            open_page=lambda _key, _record: None,
        )
        window = MainWindow(context, page_entries(), office="Kantor Cabang Manado")
        window.resize(1366, 768)
        window.show()
        window.open_page("batches")
        window.activateWindow()
        return window

    @property
    def flow(self) -> ImportFlow:
        return self.page.flow

    def until(self, is_so: Callable[[], bool]) -> None:
        """Let the window live until something is so."""
        end = time.monotonic() + PATIENCE_S
        while not is_so():
            if time.monotonic() > end:
                raise SystemExit(f"waited in vain at {self.flow.step}")
            self._app.processEvents()
            time.sleep(0.002)

    def lead_to(self, step: FlowStep, path: Path) -> None:
        """Take the list in and go on to a screen."""
        self.page.open_import(ImportStart(path=path))
        self.until(lambda: self.flow.form.category is not None)
        if step is FlowStep.CHOOSE:
            return
        self.flow.form.submit()
        self.until(lambda: self.flow.step is not FlowStep.CHOOSE)
        if step is FlowStep.READ:
            return
        self.until(lambda: is_work(self.flow.step))
        order = list(FlowStep)
        goal = min(order.index(step), order.index(FlowStep.DECIDE))
        while order.index(self.flow.step) != goal:
            self.settle()
            key = Qt.Key.Key_Return if order.index(self.flow.step) < goal else Qt.Key.Key_Left
            modifier = CTRL if key is Qt.Key.Key_Return else Qt.KeyboardModifier.AltModifier
            self.press(key, modifier)
        self.settle()

    def work_at(self, step: FlowStep) -> None:
        """Do one thing at the screen and wait until it is stored."""
        for key in DEEDS.get(step, ()):
            self.press(key)
            self.settle()
        if step in (FlowStep.DECIDE, FlowStep.DONE):
            self.press(Qt.Key.Key_Return, CTRL)
            self.until(lambda: list_batches(self.context)[0].status != "DRAFT")
        self.settle()

    def settle(self) -> None:
        """Wait until everything that was asked for is stored and shown."""
        self.until(lambda: not self._runner.is_busy and not self._is_reading())

    def _is_reading(self) -> bool:
        flow = self.flow
        match flow.step:
            case FlowStep.COLUMNS:
                return flow.columns.is_reading
            case FlowStep.VALUES:
                return flow.values.is_reading
            case FlowStep.CHECK:
                return flow.bench.panel.is_counting
            case FlowStep.DOUBLES:
                return flow.doubles.is_searching
            case _:
                return False

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
        """Strike a key at whatever has the focus."""
        self.until(lambda: QApplication.focusWidget() is not None)
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, key, modifier)


def told(context: AppContext) -> dict[str, Any]:
    """Tell everything about the newest list that must outlive its program."""
    found = list_batches(context)
    if not found:
        return {}
    work = open_list(context, found[0].batch_id, progress=ignore_progress, cancel=CancelToken())
    return {
        "status": found[0].status,
        "place": place_of(context, work.batch_id).value,
        "counts": asdict(breakdown(work)),
        "steps": [[step.rule, step.code, step.rows] for step in work.steps],
        "cells": [item.cells for item in work.check.staged],
        "outcomes": sorted(work.outcomes.items()),
        "ignored": [
            [line_id, sorted((code, *word) for code, word in covered.items())]
            for line_id, covered in sorted(work.ignored.covers.items())
        ],
    }


def main() -> None:
    """Work up to the named screen, tell what the store holds, and wait to be killed."""
    folder, path, step = Path(sys.argv[1]), Path(sys.argv[2]), FlowStep(sys.argv[3])
    app = QApplication(["bpjsdesk", "-style", "fusion"])
    load_fonts()
    apply_theme(app, "light")
    clerk = Clerk(app, folder, Role.SUPERVISOR if step is FlowStep.DONE else Role.CLERK)
    clerk.lead_to(step, path)
    if step is not FlowStep.READ:
        clerk.work_at(step)
    sys.stdout.write(json.dumps(told(clerk.context) if step is not FlowStep.READ else {}) + "\n")
    sys.stdout.flush()
    app.exec()


if __name__ == "__main__":
    main()
