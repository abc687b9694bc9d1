"""At the decision the receipt stands beside the figures as it would print, and follows the list."""

from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from bpjsdesk.services.context import AppContext
from tests.gui_finding import part
from tests.gui_list import CTRL, go_to_decision, press, settle
from tests.gui_opening import WindowOpener
from tests.services.factories import a_draft, a_quota, saved
from tests.services.lists import workbook, worker
from ui.pages.batches.budget_card import BudgetCard
from ui.pages.batches.import_flow import ImportFlow
from ui.pages.batches.import_form import ImportStart
from ui.pages.batches.page import BatchesPage
from ui.pages.batches.receipt_preview import ReceiptPreview
from ui.pages.batches.steps import FlowStep


def at_the_decision(
    qtbot: QtBot, opener: WindowOpener, office: AppContext, file: Path
) -> ImportFlow:
    page = opener.open(office, "batches").current_page
    assert isinstance(page, BatchesPage)
    page.open_import(ImportStart(path=file))
    flow = part(page, ImportFlow, "importFlow")
    qtbot.waitUntil(lambda: flow.form.category is not None)
    flow.form.submit()
    qtbot.waitUntil(lambda: flow.step is FlowStep.CHECK)
    settle(qtbot, flow)
    go_to_decision(flow)
    return flow


def test_the_receipt_to_come_is_on_the_screen(
    qtbot: QtBot, opener: WindowOpener, office: AppContext, tmp_path: Path
) -> None:
    saved(office, a_draft(quotas=(a_quota(heads=10),)))
    file = workbook(tmp_path / "daftar.xlsx", [worker(1), worker(2), worker(3, nik=None)])
    flow = at_the_decision(qtbot, opener, office, file)
    preview = part(flow, ReceiptPreview, "receiptPreview")
    qtbot.waitUntil(lambda: preview.has_paper)
    with qtbot.waitSignal(flow.receipt_asked) as asked:
        press(Qt.Key.Key_R, CTRL)
    assert flow.desk.state is not None
    assert asked.args == [flow.desk.state.work.batch_id]


def test_the_stated_funding_is_metered_only_where_there_is_one(
    qtbot: QtBot, opener: WindowOpener, office: AppContext, tmp_path: Path
) -> None:
    saved(office, a_draft(quotas=(a_quota(heads=10),), funding=()))
    file = workbook(tmp_path / "daftar.xlsx", [worker(1)])
    flow = at_the_decision(qtbot, opener, office, file)
    assert not part(flow, BudgetCard, "budgetCard").isVisible()
