"""Scenes of reports."""

from collections.abc import Callable

from bpjsdesk.errors import UserError
from bpjsdesk.progress import CancelToken, ProgressSink
from build_scripts.screens.acts import open_page, plain_page
from build_scripts.screens.scene import EMPTY, Scene
from build_scripts.screens.stage import Stage
from ui.pages.reports.page import AGREEMENT, CLAIMS, ROSTER, ReportsPage
from ui.pages.reports.pdf_work import Printable


def report_scenes() -> tuple[Scene, ...]:
    """List the scenes of reports."""
    return (
        Scene(
            name="laporan",
            covers=("page:reports", f"report:{CLAIMS}"),
            play=plain_page("reports"),
            main=True,
        ),
        Scene(name="laporan-tabel", covers=(), play=_tables, main=True),
        Scene(name="laporan-ringkasan", covers=(f"report:{AGREEMENT}",), play=_kind(AGREEMENT)),
        Scene(name="laporan-peserta", covers=(f"report:{ROSTER}",), play=_kind(ROSTER)),
        Scene(name="laporan-kosong", covers=(), play=plain_page("reports"), office=EMPTY),
        Scene(
            name="laporan-gagal",
            covers=("empty:pages/reports/document_pane:file-broken",),
            play=_failed,
        ),
    )


def _kind(key: str) -> Callable[[Stage], None]:
    def play(stage: Stage) -> None:
        open_page(stage, ReportsPage, "reports")
        stage.press(f"section_{key}")

    return play


def _tables(stage: Stage) -> None:
    open_page(stage, ReportsPage, "reports")
    stage.key("Ctrl+T")


def _failed(stage: Stage) -> None:
    page = open_page(stage, ReportsPage, "reports")
    page.document.clear()
    document = Printable(work=_fail, number="LPK-CONTOH", kind="claims_report")
    page.document.make(document, name="Laporan", title="Menyusun")


def _fail(_progress: ProgressSink, _cancel: CancelToken) -> bytes:
    raise UserError(
        "TEXT_TOO_LONG", "Judul perjanjian ini tidak muat di halaman. Pendekkan dahulu."
    )
