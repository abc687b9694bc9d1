"""The spelling in hand: where it stands, what else goes with it, and every value to choose from."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, Qt
from PySide6.QtWidgets import QCheckBox

from bpjsdesk.domain.cells import label_key, tidy
from bpjsdesk.domain.field_labels import FIELD_LABELS
from bpjsdesk.domain.wording import format_count
from bpjsdesk.services.value_mapping import LONGEST_VALUE
from ui.i18n import _
from ui.pages.batches.own_keys import OwnKeys
from ui.pages.batches.value_list import ValueLine
from ui.table import Column, RecordTableModel
from ui.table_view import RecordTable
from ui.theme import px
from ui.widgets.buttons import Button
from ui.widgets.layout import Card, boxed, clear_layout, column, row, rule
from ui.widgets.search import SearchField
from ui.widgets.text import Label, caption

_BOXES = 5
_SCORE_PX, _LOW_PX = 92, 300
_DOWN = (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """A value that may be chosen; `note` says why it stands where it stands."""

    value: str
    label: str
    note: str = ""


class ValueCard(Card):
    """Say what a spelling means.

    Signals: meant(value, label) for the ticked spellings, left() to go back to the spellings.
    """

    meant = Signal(str, str)
    left = Signal()
    above_asked = Signal()
    forgotten = Signal()

    def __init__(self) -> None:
        self._line: ValueLine | None = None
        self._choices: Sequence[tuple[str, str]] = ()
        self._may_change = False
        self.title, self._about = Label("", size=14, weight=600, wrap=True), caption("", wrap=True)
        self._boxes: list[QCheckBox] = []
        self._box_place = column(gap=2)
        self.search = _ChoiceSearch()
        self._model: RecordTableModel[Offered] = RecordTableModel(_columns())
        self.table = RecordTable(
            self._model, _("Nilai yang dapat dipilih"), row_height=30, sortable=False
        )
        self.table.setObjectName("valueChoices")
        self.table.horizontalHeader().hide()
        self._none = caption(
            _("Tidak ada yang cocok. Nama baru hanya dapat ditambah di Pengaturan.")
        )
        self._none.setWordWrap(True)
        self.above_button = Button(_("Sama seperti di atas"), key="Ctrl+D", small=True)
        self.above_button.setObjectName("aboveButton")
        self.forget_button = Button(_("Lupakan"), key="Del", small=True)
        self.forget_button.setObjectName("forgetButton")
        head = column(self.title, self._about, self._box_place, gap=4, margins=(14, 10, 14, 8))
        find = column(self.search, self._none, gap=4, margins=(14, 8, 14, 8))
        deeds = row(self.above_button, self.forget_button, None, gap=8, margins=(14, 8, 14, 10))
        self._foot = boxed(column(rule(), deeds, gap=0))
        parts = (boxed(head), rule(), boxed(find), (self.table, 1), self._foot)
        super().__init__(*parts, gap=0, margins=(1, 0, 1, 0))
        self._model.setParent(self)
        self._connect_signals()

    @property
    def ticked(self) -> list[str]:
        """Give the spellings that the next choice counts for."""
        if self._line is None:
            return []
        texts = [spelling.text for spelling in self._line.group.spellings]
        off = {at for at, box in enumerate(self._boxes) if not box.isChecked()}
        return [text for at, text in enumerate(texts) if at not in off]

    @property
    def offered(self) -> list[Offered]:
        found = (self._model.record(at) for at in range(self._model.rowCount()))
        return [each for each in found if each is not None]

    def minimumSizeHint(self) -> QSize:
        return QSize(px(240), px(120))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._foot.setVisible(self.height() >= px(_LOW_PX))  # both have keys of their own

    def show_line(
        self, line: ValueLine | None, choices: Sequence[tuple[str, str]], *, may_change: bool
    ) -> None:
        """Show another spelling; what was being searched for is put away."""
        is_other = line is None or self._line is None or line.key != self._line.key
        self._line, self._choices, self._may_change = line, choices, may_change
        self.setVisible(line is not None)
        if line is None:
            return
        self.title.setText(f"“{line.text}”")
        label = FIELD_LABELS[line.field].lower()
        words = _("{n} baris, {field}").format(n=format_count(line.group.rows), field=label)
        if not line.is_open:
            words = _("{words}, dibaca sebagai {label}").format(words=words, label=line.group.label)
        self._about.setText(words)
        self._make_boxes(line)
        if is_other:
            self.search.clear()
        self._show_offered()
        for widget in (self.search, self.table, self.above_button):
            widget.setEnabled(may_change)
        self.forget_button.setVisible(may_change and line.group.meaning == "MAPPED")

    def open_choices(self) -> None:
        """Let the user search among the values."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _connect_signals(self) -> None:
        self.search.search_changed.connect(self._on_search_changed)
        self.search.accepted.connect(self._on_search_accepted)
        self.search.moved.connect(self._on_search_moved)
        self.search.left.connect(self.left)
        self.table.record_opened.connect(self._on_table_record_opened)
        self.above_button.clicked.connect(self.above_asked)
        self.forget_button.clicked.connect(self.forgotten)

    def _make_boxes(self, line: ValueLine) -> None:
        clear_layout(self._box_place)
        self._boxes = []
        spellings = line.group.spellings if line.is_open else ()
        for at, spelling in enumerate(spellings[:_BOXES] if len(spellings) > 1 else ()):
            box = QCheckBox(f"{spelling.text} ({format_count(spelling.rows)})")
            box.setObjectName(f"spelling_{at}")
            box.setMinimumHeight(box.sizeHint().height())
            box.setChecked(True)
            box.setEnabled(self._may_change)
            self._boxes.append(box)
            self._box_place.addWidget(box)
        if len(spellings) > _BOXES:
            more = _("dan {n} ejaan lain").format(n=len(spellings) - _BOXES)
            self._box_place.addWidget(caption(more))

    def _show_offered(self) -> None:
        found = _offers(self._line, self._choices, self.search.text())
        self._model.set_rows(found)
        self._none.setVisible(not found)
        if found:
            self.table.selectRow(0)

    def _take(self, offered: Offered | None) -> None:
        if offered is not None and self._may_change:
            self.meant.emit(offered.value, offered.label)
            self.left.emit()

    def _on_search_changed(self, _typed: str) -> None:
        self._show_offered()

    def _on_search_accepted(self) -> None:
        self._take(self.table.current_record)

    def _on_search_moved(self, key: int) -> None:
        by = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
        at = self.table.currentIndex().row() + by[Qt.Key(key)]
        self.table.selectRow(min(max(at, 0), self._model.rowCount() - 1))

    def _on_table_record_opened(self, offered: Offered) -> None:
        self._take(offered)


class _ChoiceSearch(SearchField):
    """Signals: accepted() on Enter, moved(key) on arrows, left() on Esc."""

    accepted = Signal()
    moved = Signal(int)
    left = Signal()

    def __init__(self) -> None:
        super().__init__(_("Cari nilai"), key="F4")
        self.setObjectName("valueSearch")
        OwnKeys(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._say()  # what was typed last may wait for its pause
            self.accepted.emit()
        elif key in _DOWN:
            self.moved.emit(key.value)
        elif key == Qt.Key.Key_Escape:
            self.clear()
            self.left.emit()
        else:
            super().keyPressEvent(event)


def _offers(
    line: ValueLine | None, choices: Sequence[tuple[str, str]], typed: str
) -> list[Offered]:
    """Give what fits: proposals first, then what begins with what was typed, then the rest."""
    if line is None:
        return []
    wanted, group = label_key(typed), line.group
    notes = {p.value: _("mirip {n}%").format(n=p.score) for p in group.proposals}
    if line.proposal is not None:
        notes.setdefault(line.proposal.value, _("seperti tertulis"))
    named = {p.value: p.label for p in group.proposals} | dict(choices)
    if line.proposal is not None:
        named.setdefault(line.proposal.value, line.proposal.label)
    ordered = [*notes, *(value for value, _label in choices if value not in notes)]
    found = [
        Offered(value=value, label=named[value], note=notes.get(value, ""))
        for value in ordered
        if wanted in label_key(named[value]) and value != group.value
    ]
    found.sort(key=lambda each: not label_key(each.label).startswith(wanted) if wanted else False)
    return [*found, *_new_word(line, typed, found)]


def _new_word(line: ValueLine, typed: str, found: Sequence[Offered]) -> list[Offered]:
    """Offer what was typed as a new word: occupations are no fixed list, villages are."""
    word = tidy(typed)
    known = {label_key(each.label) for each in found}
    if line.field != "occupation" or not label_key(word) or label_key(word) in known:
        return []
    return (
        [Offered(value=word, label=word, note=_("kata baru"))] if len(word) <= LONGEST_VALUE else []
    )


def _columns() -> list[Column[Offered]]:
    return [
        Column(key="label", title=_("Nilai"), text=_label, weight=500),
        Column(key="note", title=_("Alasan"), text=_note, width=_SCORE_PX, right=True, tone=_muted),
    ]


def _label(offered: Offered) -> str:
    return offered.label


def _note(offered: Offered) -> str:
    return offered.note


def _muted(_offered: Offered) -> str:
    return "muted"
