"""The spellings of one field in a table: how often, what they are read as, how they stand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent, Qt
from PySide6.QtWidgets import QWidget

from bpjsdesk.domain.cells import label_key
from bpjsdesk.domain.value_groups import Meaning, Proposal, ValueGroup
from bpjsdesk.domain.wording import format_count
from ui.i18n import _
from ui.pages.batches.own_keys import OwnKeys
from ui.pages.batches.value_facts import proposal_of
from ui.table import COUNT_WIDTH, Column, RecordTableModel
from ui.table_view import RecordTable
from ui.widgets.layout import column

_STATE_PX, _ROW_PX = 150, 41
_NAMED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueLine:
    """Spellings that go together; `waiting` names the value that is being stored for them."""

    field: str
    group: ValueGroup
    proposal: Proposal | None
    waiting: str = ""

    @property
    def text(self) -> str:
        return self.group.spellings[0].text

    @property
    def is_open(self) -> bool:
        return self.group.meaning is Meaning.UNKNOWN

    @property
    def key(self) -> tuple[str, str]:
        return self.field, self.text


class ValueList(QWidget):
    """Show the spellings; they are mapped by keys.

    Signals: chosen(ValueLine | None), taken() on Enter,
    forgotten() on Del, choices_asked() on F4.
    """

    chosen = Signal(object)
    taken = Signal()
    forgotten = Signal()
    choices_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._model: RecordTableModel[ValueLine] = RecordTableModel(_columns(), self)
        self.table = _KeyedTable(self._model, _("Ejaan di berkas"))
        self.table.setObjectName("valueTable")
        self.setFocusProxy(self.table)
        self.setLayout(column(self.table))
        self.table.record_chosen.connect(self.chosen)
        self.table.record_opened.connect(self._on_table_record_opened)
        self.table.pressed_key.connect(self._on_table_pressed_key)

    @property
    def current(self) -> ValueLine | None:
        found: ValueLine | None = self.table.current_record
        return found

    @property
    def lines(self) -> list[ValueLine]:
        found = (self._model.record(row) for row in range(self._model.rowCount()))
        return [line for line in found if line is not None]

    @property
    def above(self) -> ValueLine | None:
        """Give the line over the one in hand."""
        row = self.table.currentIndex().row()
        return self._model.record(row - 1) if row > 0 else None

    def show_lines(self, lines: Sequence[ValueLine]) -> None:
        """Show these; the line in hand stays, or the one that takes its place."""
        row = max(self.table.currentIndex().row(), 0)
        self.table.reload(lines, key=_key)
        if lines and self.table.current_record is None:
            self.go_to(min(row, len(lines) - 1))
        self.chosen.emit(self.current)

    def go_to(self, row: int) -> None:
        """Take another line in hand."""
        if 0 <= row < self._model.rowCount():
            self.table.selectRow(row)

    def go_on(self) -> None:
        """Take the next line in hand that waits for nothing."""
        at = self.table.currentIndex().row()
        places = [*range(at + 1, len(self.lines)), *range(at)]
        open_places = [at for at in places if _waits(self.lines[at])]
        if open_places:
            self.go_to(open_places[0])

    def _on_table_record_opened(self, _line: ValueLine) -> None:
        self.taken.emit()

    def _on_table_pressed_key(self, name: str) -> None:
        getattr(self, name).emit()


class _KeyedTable(RecordTable):
    """Signals: pressed_key(str) with what a key of this step asks for."""

    pressed_key = Signal(str)

    def __init__(self, model: RecordTableModel[ValueLine], name: str) -> None:
        super().__init__(model, name, row_height=_ROW_PX, sortable=False)
        OwnKeys(self, (Qt.Key.Key_F4, Qt.Key.Key_Delete))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if plain and event.key() == Qt.Key.Key_Delete:
            self.pressed_key.emit("forgotten")
        elif plain and event.key() == Qt.Key.Key_F4:
            self.pressed_key.emit("choices_asked")
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, _search: str) -> None:
        """Letters are no search here: F4 opens the values, Ctrl+F the spellings."""


def shown_lines(
    groups: Sequence[ValueGroup], field: str, *, only_open: bool, typed: str
) -> list[ValueLine]:
    """Give the lines of a field that a filter leaves."""
    wanted = label_key(typed)
    return [
        ValueLine(field=field, group=group, proposal=proposal_of(field, group))
        for group in groups
        if (not only_open or group.meaning is Meaning.UNKNOWN)
        and any(wanted in label_key(f"{s.text} {group.label}") for s in group.spellings)
    ]


def with_waiting(
    lines: Sequence[ValueLine], waiting: Mapping[tuple[str, str], str]
) -> list[ValueLine]:
    """Name what is being stored for lines."""
    return [
        ValueLine(
            field=line.field,
            group=line.group,
            proposal=line.proposal,
            waiting=waiting.get(line.key, ""),
        )
        for line in lines
    ]


def _waits(line: ValueLine) -> bool:
    return line.is_open and not line.waiting


def _key(line: ValueLine) -> tuple[str, str]:
    return line.key


def _columns() -> list[Column[ValueLine]]:
    return [
        Column(key="text", title=_("Ejaan di berkas"), text=_text, second=_others, weight=500),
        Column(key="rows", title=_("Baris"), text=_rows, width=COUNT_WIDTH, right=True),
        Column(key="meant", title=_("Dibaca sebagai"), text=_meant, second=_why, tone=_meant_tone),
        Column(key="state", title=_("Keadaan"), text=_nothing, pill=_state, width=_STATE_PX),
    ]


def _text(line: ValueLine) -> str:
    return line.text


def _others(line: ValueLine) -> str:
    others = [f"{s.text} ({format_count(s.rows)})" for s in line.group.spellings[1:]]
    if not others:
        return _("satu ejaan")
    more = len(others) - _NAMED
    named = ", ".join(others[:_NAMED])
    return _("juga {names}").format(names=named) + (
        _(" dan {n} lainnya").format(n=more) if more > 0 else ""
    )


def _rows(line: ValueLine) -> str:
    return format_count(line.group.rows)


def _meant(line: ValueLine) -> str:
    if line.waiting:
        return line.waiting
    if not line.is_open:
        return line.group.label
    return line.proposal.label if line.proposal is not None else "—"


def _why(line: ValueLine) -> str:
    if line.waiting or not line.is_open:
        return ""
    if line.proposal is None:
        return _("pilih dengan F4")
    if not line.proposal.score:
        return _("usulan: seperti tertulis")
    return _("usulan, mirip {n}%").format(n=line.proposal.score)


def _meant_tone(line: ValueLine) -> str:
    return "muted" if line.is_open and not line.waiting else "text"


def _state(line: ValueLine) -> tuple[str, str]:
    if line.waiting:
        return _("menyimpan…"), "info"
    words: dict[Meaning, tuple[str, str]] = {
        Meaning.KNOWN: (_("dikenali"), "ok"),
        Meaning.MAPPED: (_("disamakan"), "ok"),
        Meaning.UNKNOWN: (_("belum dipahami"), "warn"),
    }
    return words[line.group.meaning]


def _nothing(_line: ValueLine) -> str:
    return ""
