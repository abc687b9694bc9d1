"""Doubles of a list in work, decided in the window by keyboard."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from bpjsdesk.domain.access import Role
from bpjsdesk.domain.duplicates import Choice, Pair
from bpjsdesk.progress import CancelToken, ignore_progress
from bpjsdesk.services.acceptance import accept
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.people import count_people
from bpjsdesk.services.staging import open_list, stage_list
from tests.gui_finding import part
from tests.gui_list import CTRL, counts, press, settle, write
from tests.gui_opening import WindowOpener
from tests.offices import AsRole
from tests.services.factories import a_draft, a_quota, saved
from tests.services.lists import nik, request_for, workbook, worker
from ui.pages.batches.double_pane import DoublePane
from ui.pages.batches.double_work import DoubleList
from ui.pages.batches.import_flow import ImportFlow
from ui.pages.batches.import_form import ImportStart
from ui.pages.batches.page import BatchesPage
from ui.pages.batches.steps import FlowStep
from ui.widgets.inline import InlineMessage

JANUARY, JULY = date(2026, 1, 1), date(2026, 7, 1)
Opened = Callable[..., ImportFlow]
# nobody sounds like another
KNOWN = worker(1, name="MUHAMMAD RIZKI PAPUTUNGAN", phone="081240002210")
OTHERS = [
    worker(101, name="SELVI MANOPPO"),
    worker(102, name="FERRY TUMBELAKA"),
    worker(103, name="GRACE WOWILING"),
]
TYPED_WRONG = worker(
    901, name="MOH. RIZKI PAPUTUNGAN", nik=nik(1)[:-2] + "41", phone="085255017733"
)


@pytest.fixture
def city(office: AppContext) -> int:
    return saved(office, a_draft(quotas=(a_quota(heads=50),)))


def stage(
    office: AppContext, under: int, rows: list[list[object]], path: Path, *, start: date = JULY
) -> int:
    request = request_for(under, workbook(path, rows), from_month=start, months=6)
    return stage_list(
        office,
        request,
        request_id=new_request_id(),
        progress=ignore_progress,
        cancel=CancelToken(),
    ).object_id


@pytest.fixture
def register(office: AppContext, city: int, tmp_path: Path) -> None:
    """One man is in the register already, paid for the first half of the year."""
    batch = stage(office, city, [KNOWN], tmp_path / "lama.xlsx", start=JANUARY)
    take(office, batch)


def take(office: AppContext, batch_id: int) -> None:
    work = open_list(office, batch_id, progress=ignore_progress, cancel=CancelToken())
    accept(
        office,
        work,
        request_id=new_request_id(),
        progress=ignore_progress,
        cancel=CancelToken(),
    )


@pytest.fixture
def opened(  # noqa: PLR0917 - a fixture: pytest passes by name
    qtbot: QtBot, opener: WindowOpener, office: AppContext, city: int, tmp_path: Path
) -> Opened:
    """Open rows for the second half of the year at the step of doubles."""

    def open_rows(rows: list[list[object]], user: AppContext | None = None) -> ImportFlow:
        batch = stage(office, city, rows, tmp_path / "daftar.xlsx")
        page = opener.open(user or office, "batches").current_page
        assert isinstance(page, BatchesPage)
        return at_doubles(qtbot, page, batch)

    return open_rows


def at_doubles(qtbot: QtBot, page: BatchesPage, batch_id: int) -> ImportFlow:
    page.open_import(ImportStart())
    flow = part(page, ImportFlow, "importFlow")
    flow.open_batch(batch_id)
    qtbot.waitUntil(lambda: flow.step is FlowStep.CHECK)
    settle(qtbot, flow)
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: flow.step is FlowStep.DOUBLES)
    ready(qtbot, flow)
    return flow


def step(flow: ImportFlow) -> FlowStep:
    return flow.step


def ready(qtbot: QtBot, flow: ImportFlow) -> None:
    qtbot.waitUntil(lambda: not flow.desk.is_busy and not flow.doubles.is_searching)


def decide(qtbot: QtBot, flow: ImportFlow, key: Qt.Key) -> None:
    press(key)
    ready(qtbot, flow)


def left(pane: DoublePane) -> dict[DoubleList, int]:
    assert pane.found is not None
    return {key: len(items) for key, items in pane.found.open.items() if items}


def shown(pane: DoublePane) -> Pair:
    found = pane.lists.current
    assert isinstance(found, Pair)
    return found


@pytest.mark.usefixtures("register")
def test_a_pair_is_shown_side_by_side_with_what_differs(opened: Opened) -> None:
    flow = opened([TYPED_WRONG, *OTHERS])
    assert left(flow.doubles) == {DoubleList.SIMILAR: 1}
    assert flow.doubles.lists.view.hasFocus()
    told = flow.doubles.card.fields.accessibleName()
    assert "Baris 2 di berkas, lembar “Sheet”, daftar.xlsx" in told
    assert "7171 0112 0885 0041 | 7171 0112 0885 0001 | beda 1 angka, posisi 15" in told
    assert "“MUHAMMAD” = “MOH”" in told


@pytest.mark.usefixtures("register")
def test_one_key_links_and_the_row_takes_the_nik_of_the_register(
    qtbot: QtBot, opened: Opened
) -> None:
    flow = opened([TYPED_WRONG, *OTHERS])
    assert counts(flow).linked == 0
    decide(qtbot, flow, Qt.Key.Key_1)
    assert left(flow.doubles) == {}
    assert counts(flow).linked == 1


@pytest.mark.usefixtures("register")
def test_undo_brings_the_pair_back_without_a_search(qtbot: QtBot, opened: Opened) -> None:
    flow = opened([TYPED_WRONG, *OTHERS])
    before = flow.doubles.found
    decide(qtbot, flow, Qt.Key.Key_3)
    assert left(flow.doubles) == {}
    press(Qt.Key.Key_Z, CTRL)
    ready(qtbot, flow)
    assert flow.doubles.found is before
    assert shown(flow.doubles).offered.row_no == 2


@pytest.mark.usefixtures("register")
def test_two_persons_are_remembered(qtbot: QtBot, opened: Opened) -> None:
    flow = opened([TYPED_WRONG, *OTHERS])
    decide(qtbot, flow, Qt.Key.Key_3)
    press(Qt.Key.Key_F5)
    ready(qtbot, flow)
    assert flow.doubles.found is not None
    assert flow.doubles.found.lists.still_apart == 1


@pytest.mark.usefixtures("register")
def test_later_goes_to_the_next_pair_and_leaves_the_row_held(qtbot: QtBot, opened: Opened) -> None:
    second = worker(902, name="MUHAMMAD RISKI PAPUTUNGAN", nik=nik(1)[:-2] + "71")
    flow = opened([TYPED_WRONG, second, *OTHERS])
    pane, first = flow.doubles, shown(flow.doubles)
    press(Qt.Key.Key_0)
    assert shown(pane) is not first
    assert counts(flow).linked == 0
    assert flow.desk.doubles.codes(flow.desk.state.work) if flow.desk.state else False


@pytest.mark.usefixtures("register")
def test_the_search_is_stopped_by_escape_and_begun_again_by_f5(
    qtbot: QtBot, opened: Opened
) -> None:
    flow = opened([TYPED_WRONG, *OTHERS])
    pane = flow.doubles
    press(Qt.Key.Key_F5)
    press(Qt.Key.Key_Escape)
    assert not pane.is_searching
    assert part(pane, InlineMessage, "searchStopped").isVisible()
    assert step(flow) is FlowStep.DOUBLES
    press(Qt.Key.Key_F5)
    ready(qtbot, flow)
    assert left(pane) == {DoubleList.SIMILAR: 1}
    assert pane.lists.view.hasFocus()


@pytest.mark.usefixtures("register")
def test_who_is_registered_with_the_same_data_needs_nobody(opened: Opened) -> None:
    flow = opened([KNOWN, *OTHERS])
    found = flow.doubles.found
    assert left(flow.doubles) == {}
    assert found is not None
    assert found.same == 1


@pytest.mark.usefixtures("register")
def test_news_of_somebody_registered_are_taken_over_once(qtbot: QtBot, opened: Opened) -> None:
    news = worker(1, name="MUHAMMAD RIZKI PAPUTUNGAN", phone="081399990000")
    flow = opened([news, *OTHERS])
    assert left(flow.doubles) == {DoubleList.REGISTERED: 1}
    decide(qtbot, flow, Qt.Key.Key_2)
    assert left(flow.doubles) == {}
    press(Qt.Key.Key_F5)
    ready(qtbot, flow)
    assert left(flow.doubles) == {}


def test_rows_that_only_repeat_are_left_out_all_at_once(qtbot: QtBot, opened: Opened) -> None:
    flow = opened([*OTHERS, *OTHERS])
    pane = flow.doubles
    assert left(pane) == {DoubleList.SAME_NIK: 3}
    assert pane.card.choices.is_for_all
    decide(qtbot, flow, Qt.Key.Key_1)
    assert left(pane) == {}
    assert counts(flow).decided == 3


def test_the_box_decides_one_only_when_it_is_cleared(qtbot: QtBot, opened: Opened) -> None:
    flow = opened([*OTHERS, *OTHERS])
    press(Qt.Key.Key_P)
    decide(qtbot, flow, Qt.Key.Key_Return)
    assert left(flow.doubles) == {DoubleList.SAME_NIK: 2}
    assert flow.doubles.lists.view.hasFocus()
    assert flow.doubles.lists.place == (1, 2)


def test_news_of_a_repeated_row_go_into_the_first_one(qtbot: QtBot, opened: Opened) -> None:
    later = worker(101, name="SELVI MANOPPO", phone="081399990000")
    flow = opened([*OTHERS, later])
    card = flow.doubles.card.choices.cards[Choice.UPDATE]
    assert "HP diambil dari baris ini" in card.accessibleName()
    assert not flow.doubles.card.choices.cards[Choice.NOT_SAME].isVisible()
    decide(qtbot, flow, Qt.Key.Key_2)
    assert flow.desk.state is not None
    assert flow.desk.state.work.check.staged[0].row.phone == "081399990000"
    assert counts(flow).decided == 1


def test_nothing_to_decide_is_a_calm_sentence_and_goes_on(opened: Opened) -> None:
    flow = opened([*OTHERS])
    assert left(flow.doubles) == {}
    assert flow.doubles.next_button.hasFocus()
    press(Qt.Key.Key_Return, CTRL)
    assert step(flow) is FlowStep.DECIDE
    press(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert step(flow) is FlowStep.DOUBLES


@pytest.mark.usefixtures("register")
def test_what_the_step_found_is_what_acceptance_holds(
    qtbot: QtBot, office: AppContext, opened: Opened
) -> None:
    flow = opened([TYPED_WRONG, *OTHERS])
    state = flow.desk.state
    assert state is not None
    assert list(flow.desk.doubles.codes(state.work) or {}) == [state.work.line_ids[0]]
    press(Qt.Key.Key_Return, CTRL)
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: flow.step is FlowStep.DONE)
    assert count_people(office) == 1 + len(OTHERS)


def test_months_paid_by_another_agreement_are_left_out_with_a_reason(
    qtbot: QtBot, opened: Opened, office: AppContext, tmp_path: Path
) -> None:
    province = a_draft(title="Pekerja Rentan Provinsi", valid_from=date(2025, 12, 1))
    batch = stage(office, saved(office, province), [*OTHERS], tmp_path / "provinsi.xlsx")
    take(office, batch)
    flow = opened([*OTHERS])
    pane = flow.doubles
    assert left(pane) == {DoubleList.PAID: 3}
    told = pane.card.fields.accessibleName()
    assert "Juli–Desember 2026" in told
    assert "6 bulan dibayar dua kali" in told
    assert "Rp100.800 terbuang" in told
    press(Qt.Key.Key_P)
    press(Qt.Key.Key_1)
    write("Dibayar provinsi")
    press(Qt.Key.Key_Return)
    ready(qtbot, flow)
    assert left(pane) == {}
    assert counts(flow).decided == 3


def test_whoever_may_not_repair_sees_masked_niks_and_no_choices(
    qtbot: QtBot, opened: Opened, as_role: AsRole
) -> None:
    flow = opened([*OTHERS, worker(101, name="SELVI MANOPPO", sex=None)], as_role(Role.READER))
    told = flow.doubles.card.fields.accessibleName()
    assert nik(101)[4:12] not in told.replace(" ", "")
    assert not flow.doubles.card.choices.cards[Choice.LINK].isVisible()
    decide(qtbot, flow, Qt.Key.Key_1)
    assert counts(flow).decided == 0
