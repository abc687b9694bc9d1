"""Ask for a file to open or to write, starting in the user's documents."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from bpjsdesk.file_names import safe_name
from ui.documents import in_documents, with_ending
from ui.i18n import _


def ask_save_path(parent: QWidget, title: str, name: str, kind: str) -> Path | None:
    """Ask where to write; `kind` is "pdf" or "xlsx". None when the user gave up.

    Asking before an existing file is replaced is left to the system's own dialog.
    """
    chosen, _filter = QFileDialog.getSaveFileName(
        parent, title, in_documents(safe_name(name)), _filters()[kind]
    )
    return with_ending(chosen, kind) if chosen else None


def ask_open_path(parent: QWidget, title: str) -> Path | None:
    """Ask for a list of people to read; None when the user gave up."""
    chosen, _filter = QFileDialog.getOpenFileName(
        parent, title, in_documents(""), _filters()["list"]
    )
    return Path(chosen) if chosen else None


def ask_scan_path(parent: QWidget, title: str) -> Path | None:
    """Ask for the scan of a letter; None when the user gave up."""
    chosen, _filter = QFileDialog.getOpenFileName(
        parent, title, in_documents(""), _filters()["scan"]
    )
    return Path(chosen) if chosen else None


def _filters() -> dict[str, str]:
    return {
        "pdf": _("Dokumen PDF (*.pdf)"),
        "xlsx": _("Buku kerja Excel (*.xlsx)"),
        "scan": _("Pindaian (*.pdf *.jpg *.jpeg *.png);;Semua berkas (*)"),
        "list": _("Daftar (*.xlsx *.xls *.ods *.csv);;Semua berkas (*)"),
    }
