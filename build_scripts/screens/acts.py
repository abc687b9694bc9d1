"""What many scenes do: open a page, search in vain, write a small list."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from bpjsdesk.domain.agreements import AgreementListItem, Status
from bpjsdesk.services.agreements import list_agreements
from build_scripts.screens.stage import Stage
from build_scripts.screens.waiting import SceneProblem
from ui.main_window import MainWindow
from ui.page import Page
from ui.widgets.search import SearchField

PageT = TypeVar("PageT", bound=Page)
NOT_THERE = "tombatu"

_CLEAN_LIST = """NIK;Nama Lengkap;Tempat Lahir;Tanggal Lahir;Jenis Kelamin;Kelurahan
7171011203850001;SELVIE CONTOH RUMENGAN;Manado;12-03-1985;L;Molas
7171015507900002;NOVA CONTOH LUMINTANG;Manado;15-07-1990;P;Molas
7171010109780003;RONNY CONTOH PANGEMANAN;Manado;01-09-1978;L;Molas
"""
_CLEAN_CLAIMS = """NIK;Nama Peserta;Program;Kategori;Tanggal Kejadian;Tgl Bayar;Jumlah Dibayarkan
7171011203850001;SELVIE CONTOH RUMENGAN;JKM;Pekerja Rentan;02-02-2026;20-02-2026;42000000
7171015507900002;NOVA CONTOH LUMINTANG;JKK;Pekerja Rentan;12-03-2026;30-03-2026;3750000
"""


def main_window(stage: Stage) -> MainWindow:
    """Give the stage's window as what it is."""
    window = stage.window
    if not isinstance(window, MainWindow):
        raise SceneProblem("this scene needs a user")
    return window


def open_page(stage: Stage, kind: type[PageT], key: str) -> PageT:
    """Go to a page by its key, and wait until it is filled."""
    window = main_window(stage)
    window.open_page(key)
    stage.settle()
    page = window.current_page
    if not isinstance(page, kind):
        raise SceneProblem(f"page {key} is not a {kind.__name__}")
    return page


def plain_page(key: str) -> "Callable[[Stage], None]":
    """Make a scene that only opens a page."""

    def play(stage: Stage) -> None:
        open_page(stage, Page, key)

    return play


def search_in_vain(key: str) -> "Callable[[Stage], None]":
    """Make a scene that searches a page for something that is not there."""

    def play(stage: Stage) -> None:
        open_page(stage, Page, key)
        search_for(stage, NOT_THERE)

    return play


def search_for(stage: Stage, text: str) -> None:
    """Type into the search field of the page, and wait for the answer."""
    field = stage.shown(SearchField)
    field.setObjectName("search")
    stage.write("search", text)


def agreement_of(stage: Stage, status: Status) -> AgreementListItem:
    """Give the agreement of a status with the most people. Raises: SceneProblem."""
    found = [item for item in list_agreements(main_window(stage).context.app)]
    fitting = [item for item in found if item.status is status]
    if not fitting:
        raise SceneProblem(f"no agreement is {status}")
    return max(fitting, key=lambda item: item.heads)


def sample(stage: Stage, words: str) -> Path:
    """Give the workbook of the practice office whose name holds the words."""
    for path in sorted((stage.folder / "contoh").iterdir()):
        if words in path.name:
            return path
    raise SceneProblem(f"no sample named {words}")


def clean_list(stage: Stage) -> Path:
    """Write a list without a fault."""
    return _write(stage, "Daftar susulan Molas.csv", _CLEAN_LIST)


def clean_claims(stage: Stage) -> Path:
    """Write a file of claims without a fault."""
    return _write(stage, "Klaim triwulan I 2026.csv", _CLEAN_CLAIMS)


def broken_file(stage: Stage) -> Path:
    """Write a text that calls itself a workbook."""
    return _write(stage, "Daftar dari kelurahan.xlsx", "ini bukan buku kerja")


def _write(stage: Stage, name: str, text: str) -> Path:
    path = stage.folder / "berkas" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path
