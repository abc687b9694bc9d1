"""The window's steps of the self-test: dress the application, draw it, and look at the picture."""

import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from gettext import GNUTranslations
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QEventLoop, Qt, QTimer
from PySide6.QtGui import QFontDatabase, QFontInfo, QImage, QRawFont
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel, QWidget

from bpjsdesk.cli.demo_office.founding import PASSWORD
from bpjsdesk.cli.self_test_findings import Failure, require
from bpjsdesk.cli.self_test_trials import SUMMARY_PDF, USER, office_paths
from bpjsdesk.clock import Clock
from bpjsdesk.resources import resource_path
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.office import open_office
from ui.app import Options, begin
from ui.appearance import Appearance
from ui.changes import ChangeBus
from ui.errors import error_text
from ui.i18n import install_qt_words
from ui.icons import icon_pixmap
from ui.main_window import MainWindow
from ui.office_window import make_office_window
from ui.page import Page
from ui.start.window import StartWindow
from ui.tasks import TaskRunner
from ui.theme import FONT_FAMILY, font, load_fonts
from ui.widgets.pdf_pages import PdfPages

PAGE = "claims"  # the claim that the earlier steps have recorded makes its one row
PATIENCE_MS = 30_000
LOOK_AGAIN_MS = 50
WEIGHTS = (400, 500, 600)
SIGNS = "Perjanjian “1 × 2” – 1.234,50 ≥ −7 · É"
QT_WORDS: Mapping[str, str] = MappingProxyType({"Cancel": "Batal", "Save": "Simpan"})
FEWEST_COLOURS = 300  # the window has some 2,700; a page with nothing but its title fewer than 100
FEWEST_PAPER_COLOURS = 64  # black print in soft edges, a logo's place, two greys
FEWEST_TEXT_COLOURS = 6  # text has soft edges; a box that stands for a missing letter has none
PREVIEW_SCALE = 1.0
RGB = QImage.Format.Format_RGB32

PartT = TypeVar("PartT", bound=QWidget)
Trial = Callable[["Stage"], None]


@dataclass(slots=True, kw_only=True)
class Stage:
    """What earlier steps leave for later ones; closing it lets go of the office's file."""

    folder: Path
    clock: Clock
    app: QApplication | None = None
    context: AppContext | None = None
    runner: TaskRunner | None = None
    window: MainWindow | None = None
    uncaught: list[str] = field(default_factory=list)

    def note_uncaught(
        self, _kind: type[BaseException], problem: BaseException, _trace: TracebackType | None
    ) -> None:
        """Keep what a slot has raised. Fits `sys.excepthook`."""
        self.uncaught.append(error_text(problem)[2])

    def close(self) -> None:
        """Stop the threads first, then let go of the office's file."""
        sys.excepthook = sys.__excepthook__
        if self.window is not None:
            self.window.hide()
            self.window.deleteLater()
        if self.runner is not None:
            self.runner.shutdown()
        if self.context is not None:
            self.context.close()


def _start_qt(stage: Stage) -> None:
    running = QApplication.instance()
    stage.app = (
        running
        if isinstance(running, QApplication)
        else QApplication(["bpjsdesk", "-style", "fusion"])
    )
    sys.excepthook = stage.note_uncaught


def _fonts(_stage: Stage) -> None:
    load_fonts()
    for number, weight in enumerate(WEIGHTS):
        families = QFontDatabase.applicationFontFamilies(number)
        require(FONT_FAMILY in families, f"Huruf ke-{number + 1} tidak termuat: {families}.")
        wanted = font(13, weight)
        found = QFontInfo(wanted)
        require(
            (found.family(), found.weight()) == (FONT_FAMILY, weight),
            f"Jendela memakai huruf {found.family()} {found.weight()}, bukan Inter {weight}.",
        )
        missing = [
            sign for sign in SIGNS if not all(QRawFont.fromFont(wanted).glyphIndexesForString(sign))
        ]
        require(not missing, f"Huruf {weight} tidak memiliki tanda {' '.join(missing)}.")


def _words(stage: Stage) -> None:
    install_qt_words(_app(stage))
    for english, indonesian in QT_WORDS.items():
        told = QCoreApplication.translate("QPlatformTheme", english)
        require(told == indonesian, f"Tombol Qt bertulisan {told}, seharusnya {indonesian}.")
    for catalogue in resource_path("i18n").glob("*/LC_MESSAGES/*.mo"):
        with catalogue.open("rb") as stream:
            GNUTranslations(stream)


def _icons(_stage: Stage) -> None:
    drawn = icon_pixmap("check").toImage()
    require(_colours(drawn) > 1, "Ikon tidak tergambar.")


def _main_window(stage: Stage) -> None:
    context = open_office(office_paths(stage.folder), USER, PASSWORD, stage.clock)
    stage.context, stage.runner = context, TaskRunner()
    appearance = Appearance(_app(stage), context.paths.window_state, forced_theme="light")
    appearance.apply()
    stage.window = window = make_office_window(
        context,
        runner=stage.runner,
        changes=ChangeBus(),
        appearance=appearance,
        open_page=lambda _key, _record_id: None,
    ).window
    # laid out and painted as ever, but nothing flashes up while IT installs
    window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    window.show()
    window.open_page(PAGE)
    page = window.current_page
    require(page is not None, "Halaman klaim tidak terbuka.")
    assert page is not None
    wait_for_rows(stage, page)
    check_drawn(window, page)


def wait_for_rows(stage: Stage, page: Page) -> None:
    loop, timer, patience = QEventLoop(), QTimer(), QDeadlineTimer(PATIENCE_MS)

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if dialog is not None:  # an error that waits for an answer; nobody is there to give one
            stage.uncaught.append(_text_of(dialog))
            dialog.close()
        if stage.uncaught or patience.hasExpired() or _has_rows(page):
            loop.quit()

    timer.timeout.connect(look)
    timer.start(LOOK_AGAIN_MS)
    loop.exec()
    timer.stop()
    require(not stage.uncaught, f"Jendela melaporkan galat: {'; '.join(stage.uncaught)}.")
    require(_has_rows(page), "Halaman klaim tidak menampilkan klaim uji.")


def _has_rows(page: Page) -> bool:
    views = _parts(page, QAbstractItemView)
    return any(view.isVisible() and view.model().rowCount() > 0 for view in views)


def check_drawn(window: QWidget, page: Page) -> None:
    """Look at a picture of the window. Raises: Failure when it is small, empty or without text."""
    image = window.grab().toImage()
    smallest = window.minimumSize()
    require(
        image.width() >= smallest.width() and image.height() >= smallest.height(),
        f"Gambar jendela hanya {image.width()}×{image.height()} titik.",
    )
    colours = _colours(image)
    require(colours >= FEWEST_COLOURS, f"Jendela tampak kosong: hanya {colours} warna.")
    title = next((each for each in _parts(page, QLabel) if each.text() == page.title), None)
    if title is None:
        raise Failure("Judul halaman tidak ada di jendela.")
    text_colours = _colours(title.grab().toImage())
    require(
        text_colours >= FEWEST_TEXT_COLOURS,
        f"Tulisan tidak tergambar: hanya {text_colours} warna pada judul halaman.",
    )


def _login_window(stage: Stage) -> None:
    """Go the way that every start goes, up to the login."""
    start = StartWindow()
    start.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    desk = begin(_app(stage), start, Options(data=office_paths(stage.folder).data))
    try:
        require(start.page is not None, "Halaman masuk tidak terbuka.")
        colours = _colours(start.grab().toImage())
        require(colours >= FEWEST_COLOURS, f"Jendela masuk tampak kosong: hanya {colours} warna.")
    finally:
        desk.shut_down()
        start.hide()
        start.deleteLater()


def _pdf_preview(stage: Stage) -> None:
    pages = PdfPages((stage.folder / SUMMARY_PDF).read_bytes())
    try:
        require(pages.count > 0, "PDF uji tidak berhalaman.")
        drawn = pages.image(0, scale=PREVIEW_SCALE)
    finally:
        pages.close()
    colours = _colours(drawn)
    require(colours >= FEWEST_PAPER_COLOURS, f"Pratinjau PDF tampak kosong: hanya {colours} warna.")


def _app(stage: Stage) -> QApplication:
    if stage.app is None:
        raise Failure("Qt tidak berjalan.")
    return stage.app


def _colours(image: QImage) -> int:
    converted = image.convertToFormat(RGB)  # must outlive its bits, which do not hold it
    return len(set(memoryview(converted.constBits()).cast("I")))


def _text_of(dialog: QWidget) -> str:
    return " · ".join(label.text() for label in _parts(dialog, QLabel) if label.text())


def _parts(parent: QWidget, kind: type[PartT]) -> list[PartT]:
    found: Iterable[object] = parent.findChildren(kind)
    return [made for made in found if isinstance(made, kind)]


TRIALS: Mapping[str, Trial] = MappingProxyType(
    {
        "Jendela: Qt": _start_qt,
        "Jendela: huruf": _fonts,
        "Jendela: terjemahan": _words,
        "Jendela: ikon": _icons,
        "Jendela utama digambar": _main_window,
        "Pratinjau PDF": _pdf_preview,
        "Jendela masuk digambar": _login_window,
    }
)
