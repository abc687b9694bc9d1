"""Scenes of corrected files that come back: by row keys, and as a whole new list."""

from pathlib import Path

import openpyxl

from bpjsdesk.services.batch_files import write_error_workbook
from build_scripts.screens.acts import main_window, open_page, sample
from build_scripts.screens.scene import Scene
from build_scripts.screens.stage import Stage
from ui.pages.batches.page import BatchesPage

_BIG = 1
_MENDED, _FORGED, _EMPTIED = range(2, 12), range(12, 15), 15
_PHONE, _OTHER = 11, range(10, 14)  # in the practice list
_NEW_NAMES = ("YOHANIS RAWUNG", "BERTJE KALIGIS", "LEXY MANOPPO")
_NIK_HEADINGS = ("NIK", "NOMOR INDUK KEPENDUDUKAN")


def correction_scenes() -> tuple[Scene, ...]:
    """List the scenes."""
    return (
        Scene(name="batch-koreksi", covers=(), play=_by_keys, own_copy=True, main=True),
        Scene(name="batch-koreksi-lengkap", covers=(), play=_whole_list, own_copy=True),
        Scene(name="batch-koreksi-ditolak", covers=(), play=_refused, own_copy=True),
    )


def _errors(stage: Stage) -> Path:
    """Send the held rows out; mend some as their sender would, and spoil a few keys."""
    path = stage.folder / "Batch-2026-00001_koreksi-1.xlsx"
    write_error_workbook(main_window(stage).context.app, _BIG, path)
    book = openpyxl.load_workbook(path)
    sheet = book["Perbaikan"]
    heads = [str(cell.value) for cell in sheet[1]]
    nik = next(at for at, text in enumerate(heads, 1) if text.upper() in _NIK_HEADINGS)
    key = heads.index("Kunci Baris") + 1
    for row in _MENDED:
        sheet.cell(row, nik).value = f"717101120885{row:04d}"
    for row in _FORGED:
        sheet.cell(row, key).value = "K1-1-0000000000"
    for at in range(1, key - 5):
        sheet.cell(_EMPTIED, at).value = None
    book.save(path)
    return path


def _whole(stage: Stage) -> Path:
    """Write the list once more as its sender might: a few rows other, new and gone."""
    book = openpyxl.load_workbook(sample(stage, "Manado"))
    sheet = book.worksheets[0]
    for row in _OTHER:
        sheet.cell(row, _PHONE).value = f"08129900{row:04d}"
    sheet.delete_rows(_OTHER.stop, 3)
    for place, name in enumerate(_NEW_NAMES):
        sheet.append([None, f"717101120885{9900 + place}", name, None, "12-08-1985", "L"])
    out = stage.folder / "Daftar lengkap, perbaikan kedua.xlsx"
    book.save(out)
    return out


def _taken(stage: Stage, path: Path, batch_id: int | None) -> None:
    page = open_page(stage, BatchesPage, "batches")
    page.take_correction(path, batch_id)
    stage.settle()


def _by_keys(stage: Stage) -> None:
    _taken(stage, _errors(stage), None)


def _whole_list(stage: Stage) -> None:
    _taken(stage, _whole(stage), _BIG)


def _refused(stage: Stage) -> None:
    path = stage.folder / "Daftar kelurahan lain.xlsx"
    book = openpyxl.Workbook()
    for row in (["NIK", "NAMA"], ["7171011208859991", "YOHANIS RAWUNG"]):
        book.worksheets[0].append(row)
    book.save(path)
    _taken(stage, path, _BIG)
