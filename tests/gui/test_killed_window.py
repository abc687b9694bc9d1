"""A program killed at any screen of an import goes on at the last edit, whoever opens it."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from bpjsdesk.domain.access import Role
from bpjsdesk.paths import AppPaths
from bpjsdesk.services.batches import list_batches
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.office import open_office
from tests.gui_opening import WindowOpener
from tests.killed_window import told
from tests.offices import NAMES, NOW, PASSWORD
from tests.services.factories import a_draft, a_quota, saved
from tests.services.lists import HEADINGS, nik, workbook, worker
from ui.pages.batches.page import BatchesPage
from ui.pages.batches.steps import FlowStep

ROOT = Path(__file__).resolve().parent.parent.parent
ROWS = [
    worker(1),
    worker(2, born="08-12-1985"),
    worker(3, born="08-12-1985"),
    worker(4, village="Molaas"),
    worker(5, village="Molaas"),
    # one person under two NIKs that differ by a digit
    worker(6, name="YOHANES RUNTUWENE", nik=nik(61)),
    worker(7, name="YOHANES RUNTUWENE", nik=nik(62)),
    worker(8, nik=None),
]
STEPS_IN_DRAFT = (FlowStep.COLUMNS, FlowStep.VALUES, FlowStep.CHECK, FlowStep.DOUBLES)


@pytest.fixture
def folder(founded: Path, tmp_path: Path) -> Path:
    """An office with an agreement, which nobody has open."""
    folder = tmp_path / "kantor"
    shutil.copytree(founded, folder)
    context = open_office(AppPaths(folder), NAMES[Role.SUPERVISOR], PASSWORD, lambda: NOW)
    saved(context, a_draft(quotas=(a_quota(heads=10),)))
    context.close()
    return folder


@pytest.fixture
def a_list(tmp_path: Path) -> Path:
    rows = [[*row, "lama"] for row in ROWS]
    return workbook(tmp_path / "daftar.xlsx", rows, headings=(*HEADINGS, "Zzz"))


def killed_at(step: FlowStep, folder: Path, path: Path) -> dict[str, Any]:
    """Let a window work up to a screen, kill it, and give what it had stored."""
    words = [sys.executable, "-m", "tests.killed_window", str(folder), str(path), step.value]
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen(
        words, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    ) as program:
        assert program.stdout is not None
        line = program.stdout.readline()
        program.kill()
    assert line, f"the window ended by itself: {program.returncode}"
    said: dict[str, Any] = json.loads(line)
    return said


@pytest.fixture
def reopened(folder: Path) -> Iterator[list[AppContext]]:
    """The contexts of those who come after; closed at the end."""
    contexts: list[AppContext] = []
    yield contexts
    for context in contexts:
        context.close()


def opened_by(role: Role, folder: Path, contexts: list[AppContext]) -> AppContext:
    context = open_office(AppPaths(folder), NAMES[role], PASSWORD, lambda: NOW)
    contexts.append(context)
    return context


@pytest.mark.parametrize("step", STEPS_IN_DRAFT)
def test_anchor_5_7_06_another_one_goes_on_at_the_last_edit(  # noqa: PLR0917 - pytest passes by name
    step: FlowStep,
    folder: Path,
    a_list: Path,
    reopened: list[AppContext],
    opener: WindowOpener,
    qtbot: QtBot,
) -> None:
    before = killed_at(step, folder, a_list)
    assert before["steps"]
    assert bool(before["ignored"]) is (step is FlowStep.CHECK)
    context = opened_by(Role.SUPERVISOR, folder, reopened)
    assert json.loads(json.dumps(told(context))) == before
    page = opener.open(context, "batches").current_page
    assert isinstance(page, BatchesPage)
    page.open_work(list_batches(context)[0].batch_id)
    qtbot.waitUntil(lambda: page.flow.desk.state is not None)
    qtbot.waitUntil(lambda: page.flow.step is step)


@pytest.mark.parametrize("step", [FlowStep.DECIDE, FlowStep.DONE])
def test_anchor_5_7_06_what_was_decided_stays_decided(
    step: FlowStep, folder: Path, a_list: Path, reopened: list[AppContext]
) -> None:
    before = killed_at(step, folder, a_list)
    assert before["status"] == {"DECIDE": "SUBMITTED", "DONE": "VALIDATED"}[step]
    after = json.loads(json.dumps(told(opened_by(Role.SUPERVISOR, folder, reopened))))
    assert after == before


def test_anchor_5_7_06_a_form_that_died_has_stored_nothing(
    folder: Path, a_list: Path, reopened: list[AppContext]
) -> None:
    assert killed_at(FlowStep.CHOOSE, folder, a_list) == {}
    assert list_batches(opened_by(Role.CLERK, folder, reopened)) == ()


def test_anchor_5_7_06_a_reading_that_died_is_whole_or_never_was(
    folder: Path, a_list: Path, reopened: list[AppContext]
) -> None:
    killed_at(FlowStep.READ, folder, a_list)
    after = told(opened_by(Role.CLERK, folder, reopened))
    assert not after or (after["status"], after["counts"]["read"]) == ("DRAFT", len(ROWS))
