"""What would become of the rows of a list: people and money, row by row, and a sum that fits."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from bpjsdesk.domain.wording import format_count
from bpjsdesk.services.acceptance import Breakdown
from ui.i18n import _
from ui.theme import px
from ui.widgets.layout import boxed, clear_layout, row, rule
from ui.widgets.text import IconMark, Label, Swatch, caption

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True, kw_only=True)
class Fate:
    """One line: how many rows, what they cost in whole rupiah, and what happens to them."""

    name: str
    tone: str
    rows: int
    amount: int
    words: str


class FateTable(QWidget):
    """Show the fates of all rows and their sum."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(0)
        for place, shares in enumerate((0, 3, 3, 4, 5)):
            self._grid.setColumnStretch(place, shares)

    def show_counts(self, counts: Breakdown, head_amount: int) -> None:
        clear_layout(self._grid)
        fates = fates_of(counts, head_amount)
        heads = ("", _("Hasil"), _("Orang"), _("Iuran"), _("Yang terjadi"))
        self._add([caption(words) for words in heads], line=0, height=26)
        for line, fate in enumerate(fates, start=1):
            self._add(_cells(fate), line=line * 2, height=27)
        self._add(_sum_cells(counts.read, fates), line=len(fates) * 2 + 2, height=30)
        for line in range(len(fates) + 1):
            self._grid.addWidget(rule(), line * 2 + 1, 0, 1, 5)
        told = "; ".join(f"{fate.name} {format_count(fate.rows)}" for fate in fates)
        self.setAccessibleName(_("{told}; dibaca {n}").format(told=told, n=counts.read))

    def _add(self, cells: Sequence[QWidget], *, line: int, height: int) -> None:
        self._grid.setRowMinimumHeight(line, px(height))
        for place, cell in enumerate(cells):
            if place in (2, 3):
                self._grid.addWidget(cell, line, place, _RIGHT)
            else:
                self._grid.addWidget(cell, line, place)


def fates_of(counts: Breakdown, head_amount: int) -> list[Fate]:
    """Name what becomes of the rows, with what they cost."""
    entering = (
        (_("Baru"), "d1", counts.new, _("didaftarkan")),
        (_("Tertaut"), "d4", counts.linked, _("masa iurannya disambung")),
        (_("Diperbarui"), "d2", counts.updated, _("disambung, datanya menurut berkas")),
    )
    staying = (
        (_("Dilewati"), "grey", counts.skipped, _("putusan petugas")),
        (_("Ditahan"), "d3", counts.held, _("utang batch, bisa menyusul")),
        (_("Ditolak"), "bad", counts.rejected, _("tidak ikut, dengan alasan")),
        (_("Bukan peserta"), "line2", counts.ignored, _("baris jumlah, tanda tangan, judul")),
        (_("Kosong"), "line2", counts.blank, _("tidak berisi apa pun")),
    )
    return [
        Fate(name=name, tone=tone, rows=rows, amount=rows * each, words=words)
        for lines, each in ((entering, head_amount), (staying, 0))
        for name, tone, rows, words in lines
    ]


def _cells(fate: Fate) -> list[QWidget]:
    return [
        Swatch(fate.tone),
        Label(fate.name, weight=500),
        Label(format_count(fate.rows), weight=600),
        Label(format_count(fate.amount) if fate.amount else "–"),
        caption(fate.words),
    ]


def _sum_cells(read: int, fates: Sequence[Fate]) -> list[QWidget]:
    fits = read == sum(fate.rows for fate in fates)
    icon, tone = ("circle-check", "ok") if fits else ("alert-circle", "bad")
    verdict = Label(_("Cocok") if fits else _("Tidak cocok"), weight=500, tone=tone)
    return [
        QWidget(),
        Label(_("Dibaca"), weight=600),
        Label(format_count(read), weight=600),
        Label(format_count(sum(fate.amount for fate in fates)), weight=600),
        boxed(row(IconMark(icon, tone, size=16), verdict, None, gap=6)),
    ]
