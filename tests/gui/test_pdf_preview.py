"""The preview shows the PDF itself, pages through it and writes it away."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPdfWriter
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from bpjsdesk.errors import EnvironmentProblem
from tests.gui_finding import parts
from tests.gui_typing import activate
from ui.widgets.buttons import Button
from ui.widgets.pdf_pages import PdfPages
from ui.widgets.pdf_preview import PdfPreview
from ui.widgets.pdf_print import PrintJob


@pytest.fixture
def three_pages(tmp_path: Path) -> bytes:
    path = tmp_path / "contoh.pdf"
    writer = QPdfWriter(str(path))
    painter = QPainter(writer)
    for number in range(3):
        if number:
            writer.newPage()
        painter.drawText(500, 500, f"Halaman {number + 1}")
    painter.end()
    return path.read_bytes()


@pytest.fixture
def preview(qtbot: QtBot, three_pages: bytes) -> PdfPreview:
    made = PdfPreview()
    qtbot.addWidget(made)
    made.resize(700, 600)
    made.show()
    activate(qtbot, made)
    made.show_pdf(three_pages, "Ringkasan.pdf")
    return made


def test_pages_are_walked_by_key_and_stop_at_the_ends(preview: PdfPreview) -> None:
    assert (preview.page_number, preview.page_count) == (1, 3)
    for _press in range(4):
        QTest.keyClick(preview, Qt.Key.Key_PageDown)
    assert preview.page_number == 3
    preview.show_page(99)
    assert preview.page_number == 3


def test_saving_hands_on_the_bytes_and_the_place(
    preview: PdfPreview, three_pages: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "disimpan"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    chosen: list[tuple[Path, bytes]] = []
    preview.place_chosen.connect(lambda path, data: chosen.append((path, data)))
    preview.save_pdf()
    assert chosen == [(target.with_suffix(".pdf"), three_pages)]


def test_saving_is_offered_among_the_documents_and_keeps_the_whole_name(
    qtbot: QtBot, preview: PdfPreview, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    offered: list[str] = []

    def choose(_parent: object, _title: str, place: str, _kind: str) -> tuple[str, str]:
        offered.append(place)
        return str(tmp_path / "Klaim 20.11.2026"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    with qtbot.waitSignal(preview.place_chosen) as chosen:
        preview.save_pdf()
    assert Path(offered[0]).is_absolute()
    assert chosen.args is not None
    assert chosen.args[0] == tmp_path / "Klaim 20.11.2026.pdf"


def test_a_damaged_pdf_is_refused_in_words_and_the_old_one_stays(preview: PdfPreview) -> None:
    with pytest.raises(EnvironmentProblem, match="PDF_UNREADABLE"):
        preview.show_pdf(b"%PDF-1.4 rusak", "Rusak.pdf")
    assert preview.page_count == 3


def test_clearing_leaves_an_empty_ground(preview: PdfPreview) -> None:
    preview.clear()
    assert (preview.page_number, preview.page_count) == (0, 0)


def test_who_may_not_print_may_look_and_nothing_more(
    qtbot: QtBot, three_pages: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_arguments: object) -> tuple[str, str]:
        raise AssertionError("a place was asked for")

    monkeypatch.setattr(QFileDialog, "getSaveFileName", refuse)
    made = PdfPreview(may_issue=False)
    qtbot.addWidget(made)
    made.show()
    made.show_pdf(three_pages, "Ringkasan.pdf")
    names = {button.text() for button in parts(made, Button) if button.isVisible()}
    assert not names & {"Simpan PDF", "Cetak"}
    made.save_pdf()
    assert made.page_count == 3


def test_every_button_is_whole_where_room_is_short(preview: PdfPreview) -> None:
    preview.resize(430, 500)
    QTest.qWait(1)
    for button in filter(Button.isVisible, parts(preview, Button)):
        assert button.width() >= button.sizeHint().width()
        assert preview.rect().contains(button.mapTo(preview, button.rect().bottomRight()))


def test_a_destroyed_preview_closes_its_document(
    three_pages: bytes, monkeypatch: pytest.MonkeyPatch, dressed_app: object
) -> None:
    made = PdfPreview()
    made.show_pdf(three_pages, "Ringkasan.pdf")
    closed: list[PdfPages] = []
    really_close = PdfPages.close

    def close(pages: PdfPages) -> None:
        really_close(pages)
        closed.append(pages)

    monkeypatch.setattr(PdfPages, "close", close)
    delete(made)
    assert len(closed) == 1


def test_a_print_job_prints_the_pages_asked_for(
    qtbot: QtBot, preview: PdfPreview, three_pages: bytes, tmp_path: Path
) -> None:
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "cetak.pdf"))
    printer.setFromTo(2, 3)
    pages = PdfPages(three_pages)
    job = PrintJob(pages, printer, preview)
    with qtbot.waitSignal(job.finished) as ended:
        job.start()
    assert ended.args == [True]
    pages.close()
    printed = PdfPages((tmp_path / "cetak.pdf").read_bytes())
    assert printed.count == 2
    printed.close()
