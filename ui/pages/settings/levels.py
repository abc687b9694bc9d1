"""What each finding of a list's check does to its row, changed from a day on by IT."""

from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget

from bpjsdesk.domain.changes import Answer
from bpjsdesk.domain.issue_levels import LEVEL_WORDS, LevelChange, LevelRow
from bpjsdesk.domain.names import fold
from bpjsdesk.domain.row_issues import ISSUES, Level
from bpjsdesk.domain.wording import format_count, format_date
from bpjsdesk.progress import CancelToken, ProgressSink
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.issue_levels import SAVE_LEVEL, LevelEntry, list_levels, save_level
from ui.i18n import _
from ui.page import PageContext
from ui.pages.batches.words import issue_title
from ui.pages.settings.form_part import FormPart
from ui.pages.settings.part import reading
from ui.table import Column, RecordTableModel
from ui.table_view import RecordTable
from ui.tasks import Work
from ui.theme import px
from ui.widgets.buttons import Button, ChoiceRow
from ui.widgets.combo import Choice
from ui.widgets.edits import DateEdit
from ui.widgets.form import Form
from ui.widgets.layout import Card, column, row
from ui.widgets.message import EmptyState
from ui.widgets.search import SearchField
from ui.widgets.text import Facts, card_title
from ui.widgets.text_edit import TextEdit

ALL, CHANGED = "all", "changed"
_TONES = {Level.ERROR: "bad", Level.WARNING: "warn", Level.OFF: "grey"}


class LevelsPart(FormPart):
    """List every finding with its level of today; change one from a day on, with a reason."""

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self.about = _("Daftar diperiksa dengan tingkat yang berlaku pada hari pendaftarannya")
        self.stored = _("Tingkat pemeriksaan tersimpan")
        self._entries: tuple[LevelEntry, ...] = ()
        self._entry: LevelEntry | None = None
        self._build_widgets()
        self._make_form()
        self.setLayout(column((self._listing, 1), self._chosen, self.editing, gap=10))
        self._connect_signals()

    def refresh(self) -> None:
        self.read(reading(list_levels, self.context.app))

    def show_found(self, found: object) -> None:
        self._entries = cast("tuple[LevelEntry, ...]", found)
        changed = sum(map(_is_changed, self._entries))
        self.chips.set_text(ALL, _("Semua {n}").format(n=format_count(len(self._entries))))
        self.chips.set_text(CHANGED, _("Diubah kantor {n}").format(n=format_count(changed)))
        self._filter()

    def begin_edit(self) -> None:
        """Open the form for the chosen finding, if it may be changed."""
        entry = self.table.current_record
        if entry is not None and self.edit_button.isEnabled():
            self._open_form(entry)

    def save(self) -> None:
        """Save the level that was chosen."""
        if self.editing.isVisible() and self.form.show_errors(self.form.missing_fields()):
            self.send(_save_work(self.context.app, self._typed()))

    def focus_search(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _build_widgets(self) -> None:
        self.search = SearchField(_("Cari temuan"), key="Ctrl+F")
        self.search.setMaximumWidth(px(240))
        self.chips = ChoiceRow([(ALL, _("Semua")), (CHANGED, _("Diubah kantor"))], current=ALL)
        self.edit_button = Button(_("Ubah tingkat"), icon="pencil", key="F2")
        self.edit_button.setEnabled(False)
        self._model: RecordTableModel[LevelEntry] = RecordTableModel(_columns(), self)
        self.table = RecordTable(self._model, _("Temuan pemeriksaan"), row_height=43)
        self.table.setObjectName("levelTable")
        self._nothing = EmptyState(
            "filter", _("Tidak ada yang cocok"), "", action=_("Hapus saringan")
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._nothing)
        head = row(
            (self.search, 2),
            (self.chips, 3),
            None,
            self.edit_button,
            gap=10,
            margins=(13, 0, 13, 2),
        )
        self._listing = Card(head, (self._stack, 1), gap=6, margins=(1, 11, 1, 2))
        self._name, self._facts = card_title(), Facts(columns=1, label_width=92)
        self._chosen = Card(self._name, self._facts, gap=6)
        self._chosen.hide()

    def _make_form(self) -> None:
        self.form = Form(gap=9)
        self.level = Choice([(level, words) for level, words in LEVEL_WORDS.items()])
        self._from, self._reason = DateEdit(self.context.today), TextEdit()
        self.form.add_row(
            (self.form.add_field("level", _("Tingkat"), self.level, required=True), 3),
            (self.form.add_field("valid_from", _("Berlaku mulai"), self._from, required=True), 2),
            (self.form.add_field("reason", _("Alasan"), self._reason, required=True), 5),
        )
        self.make_editing(most=220)

    def _connect_signals(self) -> None:
        self.search.search_changed.connect(self._filter)
        self.chips.chosen.connect(self._filter)
        self._nothing.acted.connect(self._on_nothing_acted)
        self.table.record_chosen.connect(self._on_record_chosen)
        self.table.record_opened.connect(self._on_opened)
        self.edit_button.clicked.connect(self.begin_edit)

    def _filter(self) -> None:
        wanted = fold(self.search.text()).split()
        changed_only = self.chips.current == CHANGED
        shown = [
            entry
            for entry in self._entries
            if _matches(entry, wanted) and (_is_changed(entry) or not changed_only)
        ]
        self.table.reload(shown, key=_code)
        self._stack.setCurrentIndex(0 if shown else 1)
        body = _("Tanpa saringan ada {n} temuan.").format(n=format_count(len(self._entries)))
        self._nothing.set_text(_("Tidak ada yang cocok"), body)
        if not shown:
            self._chosen.hide()
            self.edit_button.setEnabled(False)

    def _on_nothing_acted(self) -> None:
        self.search.clear()
        self.chips.select(ALL)
        self._filter()

    def _open_form(self, entry: LevelEntry) -> None:
        self._entry = entry
        self.level.set_value(entry.now.level)
        self._from.set_day(self.context.today())
        self._reason.clear()
        self._chosen.hide()
        self.open_form(_("Ubah tingkat: {what}").format(what=issue_title(entry.code)))
        self.level.setFocus(Qt.FocusReason.OtherFocusReason)

    def _typed(self) -> LevelChange:
        assert self._entry is not None  # the form is open for one
        return LevelChange(
            code=self._entry.code,
            level=Level(self.level.value),
            valid_from=self._from.day or self.context.today(),
            reason=self._reason.text().strip(),
        )

    def _on_record_chosen(self, chosen: LevelEntry) -> None:
        may = self.context.app.user.may(SAVE_LEVEL)
        self.edit_button.setEnabled(may and not chosen.now.locked)
        self._name.setText(f"{issue_title(chosen.code)} · {chosen.code.value}")
        self._facts.set_pairs(
            [
                (_("Dikatakan"), ISSUES[chosen.code].sentence),
                (_("Sekarang"), _since(chosen.now)),
                (_("Nanti"), _since(chosen.later) if chosen.later else ""),
                (_("Ubah"), _who_may(chosen, may=may)),
            ]
        )
        self._chosen.setHidden(self.editing.isVisible())

    def _on_opened(self) -> None:
        self.begin_edit()

    def close_form(self) -> None:
        super().close_form()
        self._chosen.setVisible(self.table.current_record is not None)


def _columns() -> tuple[Column[LevelEntry], ...]:
    return (
        Column(key="name", title=_("Temuan"), text=_title, weight=500, second=_why),
        Column(key="level", title=_("Tingkat"), text=_level, width=196, pill=_pill),
        Column(key="since", title=_("Mulai"), text=_first_day, width=112),
        Column(key="locked", title=_("Kunci"), text=_title, width=128, pill=_lock),
    )


def _is_changed(entry: LevelEntry) -> bool:
    return entry.now.level is not ISSUES[entry.code].level or entry.later is not None


def _matches(entry: LevelEntry, wanted: list[str]) -> bool:
    text = fold(f"{_title(entry)} {entry.code.value} {entry.now.reason}")
    return all(word in text for word in wanted)


def _code(entry: LevelEntry) -> str:
    return entry.code.value


def _title(entry: LevelEntry) -> str:
    return issue_title(entry.code)


def _why(entry: LevelEntry) -> str:
    return entry.now.reason


def _level(entry: LevelEntry) -> str:
    return LEVEL_WORDS[entry.now.level]


def _pill(entry: LevelEntry) -> tuple[str, str]:
    return LEVEL_WORDS[entry.now.level], _TONES[entry.now.level]


def _first_day(entry: LevelEntry) -> str:
    return format_date(entry.now.valid_from, "short")


def _lock(entry: LevelEntry) -> tuple[str, str]:
    return (_("Dikunci"), "info") if entry.now.locked else (_("Dapat diubah"), "grey")


def _since(found: LevelRow) -> str:
    words = _("{level}, sejak {day}. {why}")
    day = format_date(found.valid_from)
    return words.format(level=LEVEL_WORDS[found.level], day=day, why=found.reason).strip()


def _who_may(entry: LevelEntry, *, may: bool) -> str:
    if entry.now.locked:
        return _("Tidak dapat diturunkan: menjaga agar tidak ada orang yang salah terdaftar.")
    if not may:
        return _("Hanya Admin/TI. Daftar yang sudah didaftarkan tetap memakai tingkat harinya.")
    return _("Tekan F2. Daftar yang sudah didaftarkan tetap memakai tingkat harinya.")


def _save_work(app: AppContext, change: LevelChange) -> Work:
    request_id = new_request_id()

    def work(_progress: ProgressSink, _cancel: CancelToken) -> Answer:
        return save_level(app, change, request_id=request_id)

    return work
