"""Whoever the core system refuses leaves the register by a supervisor's hand, shown beforehand."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from bpjsdesk.domain.access import Role
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.core_reply import reply_state
from bpjsdesk.services.core_send import mark_sent
from tests.gui_finding import part
from tests.gui_opening import WindowOpener
from tests.offices import AsRole
from tests.services.factories import a_claim, claimed, saved
from tests.services.lists import checked, nik, stored, workbook, worker
from ui.pages.batches.after_core import CorePane
from ui.pages.batches.detail import CORE
from ui.pages.batches.page import BatchesPage
from ui.widgets.inline import InlineMessage


@pytest.fixture
def batch_id(office: AppContext, tmp_path: Path) -> int:
    """Three were sent to the core system; the third has a claim."""
    book = workbook(tmp_path / "a.xlsx", [worker(serial) for serial in (1, 2, 3)])
    made = stored(office, checked(office, saved(office), book))
    mark_sent(office, made, request_id=new_request_id())
    claimed(office, a_claim(participant_nik=nik(3), participant_name="BUDI RONDO CIKU"))
    return made


def read_into(qtbot: QtBot, page: BatchesPage, path: Path) -> CorePane:
    """Read a reply that refuses the first and the third, without taking it yet."""
    rows: list[list[object]] = [[nik(serial), "BUDI", "T", "Tidak sesuai"] for serial in (1, 3)]
    page.view.choose_tab(CORE)
    core = page.view.core
    qtbot.waitUntil(core.isVisible)
    core.read_reply(workbook(path, rows, headings=("NIK", "NAMA", "Y/T", "ALASAN")))
    qtbot.waitUntil(core.take_button.isVisible)
    return core


def shown(qtbot: QtBot, opener: WindowOpener, context: AppContext) -> BatchesPage:
    page = opener.open(context, "batches").current_page
    assert isinstance(page, BatchesPage)
    qtbot.waitUntil(lambda: page.view.detail is not None)
    return page


def test_a_supervisor_sees_who_leaves_and_who_stays_before_taking_a_reply(
    qtbot: QtBot, opener: WindowOpener, *, office: AppContext, batch_id: int, tmp_path: Path
) -> None:
    core = read_into(qtbot, shown(qtbot, opener, office), tmp_path / "r.xlsx")
    words = part(core, InlineMessage, "coreMessage").text()[1]
    assert "1 orang yang ditolak keluar dari kepesertaan; cadangan dibuat dahulu." in words
    faults = core._faults.text()  # noqa: SLF001 - what the reader sees of it
    assert "BUDI RONDO CIKU (Sheet:4): ada klaim atas nama orang ini" in faults
    core.take_button.click()
    qtbot.waitUntil(core.refused.isVisible)
    assert not core.refused.take_button.isVisible()
    assert (reply_state(office, batch_id).leaving, len(reply_state(office, batch_id).kept)) == (
        0,
        1,
    )


def test_what_a_clerk_has_taken_waits_for_a_supervisor(
    qtbot: QtBot,
    opener: WindowOpener,
    *,
    office: AppContext,
    as_role: AsRole,
    batch_id: int,
    tmp_path: Path,
) -> None:
    clerk = as_role(Role.CLERK)
    core = read_into(qtbot, shown(qtbot, opener, clerk), tmp_path / "r.xlsx")
    words = part(core, InlineMessage, "coreMessage").text()[1]
    assert "1 orang yang ditolak tetap terdaftar sampai penyelia" in words
    core.take_button.click()
    qtbot.waitUntil(core.refused.isVisible)
    assert not core.refused.take_button.isVisible()
    opener.close()
    page = shown(qtbot, opener, office)
    page.view.choose_tab(CORE)
    button = page.view.core.refused.take_button
    qtbot.waitUntil(button.isVisible)
    assert button.text() == "Keluarkan 1 orang"
    button.click()
    qtbot.waitUntil(button.isHidden)
    assert reply_state(office, batch_id).leaving == 0
