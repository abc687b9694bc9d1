"""Dated rules on the screen: searched, narrowed to today or to what nobody has verified yet."""

from collections.abc import Callable, Sequence
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget

from bpjsdesk.domain.names import fold
from bpjsdesk.domain.wording import format_count
from bpjsdesk.services.context import AppContext
from ui.i18n import _
from ui.page import PageContext
from ui.pages.settings.dated_rows import DatedRow
from ui.pages.settings.part import SettingsPart, reading, verified_pill
from ui.table import Column, RecordTableModel
from ui.table_view import RecordTable
from ui.theme import px
from ui.widgets.buttons import ChoiceRow
from ui.widgets.layout import Card, column, row
from ui.widgets.message import EmptyState, InlineMessage
from ui.widgets.search import SearchField
from ui.widgets.text import Facts, card_title

ALL, TODAY, UNPROVEN = "all", "today", "unproven"
Load = Callable[[AppContext], tuple[DatedRow, ...]]


class DatedPart(SettingsPart):
    """Show the rows that `load` reads; they are replaced from a day on, never edited."""

    def __init__(self, context: PageContext, load: Load, *, title: str) -> None:
        super().__init__(context)
        self._load, self._title = load, title
        self._rows: Sequence[DatedRow] = ()
        self.about = _("Baris lama tidak diubah, hanya diganti mulai tanggal tertentu")
        self._build_widgets()
        self._connect_signals()

    def refresh(self) -> None:
        self.read(reading(self._load, self.context.app))

    @property
    def shown_rows(self) -> list[DatedRow]:
        found = [self._model.record(row) for row in range(self._model.rowCount())]
        return [row for row in found if row is not None]

    def choose_view(self, key: str) -> None:
        """Narrow the rows: ALL, TODAY or UNPROVEN."""
        self.chips.select(key)
        self._filter()

    def focus_search(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_found(self, found: object) -> None:
        self._rows = cast("tuple[DatedRow, ...]", found)
        today = self.context.today()
        unproven = sum(not row.verified and row.is_in_force(today) for row in self._rows)
        in_force = sum(row.is_in_force(today) for row in self._rows)
        self.chips.set_text(ALL, _("Semua {n}").format(n=format_count(len(self._rows))))
        self.chips.set_text(TODAY, _("Berlaku hari ini {n}").format(n=format_count(in_force)))
        words = _("Belum diverifikasi {n}").format(n=format_count(unproven))
        self.chips.set_text(UNPROVEN, words)
        self._warning.setVisible(unproven > 0)
        self._warning.set_text(
            _("{n} baris yang berlaku belum diverifikasi").format(n=format_count(unproven)),
            _("Tetap dipakai dengan tanda sampai penyelia mencocokkannya dengan peraturan."),
        )
        self.counted.emit(unproven)
        self._filter()

    def _build_widgets(self) -> None:
        self._warning = InlineMessage("warn", "", action=_("Tampilkan"))
        self._warning.hide()
        self.search = SearchField(_("Cari aturan"), key="Ctrl+F")
        self.search.setMaximumWidth(px(240))
        self.chips = ChoiceRow(
            [
                (ALL, _("Semua")),
                (TODAY, _("Berlaku hari ini")),
                (UNPROVEN, _("Belum diverifikasi")),
            ],
            current=TODAY,
        )
        self._model: RecordTableModel[DatedRow] = RecordTableModel(_columns(), self)
        self.table = RecordTable(self._model, self._title, row_height=43)
        self._nothing = EmptyState(
            "filter", _("Tidak ada yang cocok"), "", action=_("Hapus saringan")
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._nothing)
        head = row((self.search, 2), (self.chips, 3), gap=10, margins=(13, 0, 13, 2))
        listing = Card(head, (self._stack, 1), gap=6, margins=(1, 11, 1, 2))
        self._name = card_title()
        self._facts = Facts(columns=2, label_width=92)
        self._chosen = Card(self._name, self._facts, gap=6)
        self._chosen.hide()
        self.setLayout(column(self._warning, (listing, 1), self._chosen, gap=10))

    def _connect_signals(self) -> None:
        self._warning.acted.connect(self._on_warning_acted)
        self.search.search_changed.connect(self._on_filter_changed)
        self.chips.chosen.connect(self._on_filter_changed)
        self._nothing.acted.connect(self._on_nothing_acted)
        self.table.record_chosen.connect(self._on_record_chosen)

    def _filter(self) -> None:
        wanted = fold(self.search.text()).split()
        shown = [row for row in self._rows if self._fits(row) and _matches(row, wanted)]
        self.table.reload(shown, key=_identity)
        self._stack.setCurrentIndex(0 if shown else 1)
        body = _("Tanpa saringan ada {n} baris.").format(n=format_count(len(self._rows)))
        self._nothing.set_text(_("Tidak ada yang cocok"), body)
        self._chosen.setVisible(self.table.current_record is not None)

    def _fits(self, row: DatedRow) -> bool:
        in_force = row.is_in_force(self.context.today())
        return {
            ALL: True,
            TODAY: in_force,
            UNPROVEN: in_force and not row.verified,
        }[self.chips.current]

    def _on_filter_changed(self) -> None:
        self._filter()

    def _on_warning_acted(self) -> None:
        self.choose_view(UNPROVEN)

    def _on_nothing_acted(self) -> None:
        self.search.clear()
        self.chips.select(ALL)
        self._filter()

    def _on_record_chosen(self, chosen: DatedRow) -> None:
        self._name.setText(chosen.name)
        self._facts.set_pairs(
            [
                (_("Nilai"), chosen.value),
                (_("Berlaku"), chosen.days),
                (_("Dasar"), chosen.legal_basis),
                (_("Keadaan"), verified_pill(chosen.verified)[0]),
                (_("Syarat"), chosen.note or chosen.condition),
            ]
        )
        self._chosen.show()


def _columns() -> tuple[Column[DatedRow], ...]:
    return (
        Column(
            key="name",
            title=_("Aturan dan syarat"),
            text=_name,
            weight=500,
            second=_condition,
            tip=_condition,
        ),
        Column(
            key="value",
            title=_("Nilai"),
            text=_value,
            right=True,
            width=140,
            weight=600,
            sort=_amount,
        ),
        Column(key="period", title=_("Berlaku"), text=_period, width=142, sort=_since),
        Column(key="basis", title=_("Dasar"), text=_basis, width=152, tone=_muted),
        Column(key="state", title=_("Keadaan"), text=_name, width=150, pill=_pill),
    )


def _identity(row: DatedRow) -> tuple[str, str, object]:
    return row.name, row.condition, row.valid_from


def _matches(row: DatedRow, wanted: Sequence[str]) -> bool:
    text = fold(f"{row.name} {row.condition} {row.legal_basis} {row.value}")
    return all(word in text for word in wanted)


def _name(row: DatedRow) -> str:
    return row.name


def _condition(row: DatedRow) -> str:
    return row.condition


def _value(row: DatedRow) -> str:
    return row.value


def _amount(row: DatedRow) -> object:
    return row.amount


def _period(row: DatedRow) -> str:
    return row.period


def _since(row: DatedRow) -> object:
    return row.valid_from


def _basis(row: DatedRow) -> str:
    return row.legal_basis


def _muted(_row: DatedRow) -> str:
    return "muted"


def _pill(row: DatedRow) -> tuple[str, str]:
    return verified_pill(row.verified)
