"""Many NIKs at once: a pasted column or a file, answered row by row."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QKeyEvent, Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from bpjsdesk.domain.lookup import COVER_LABELS, Cover, LookupLine
from bpjsdesk.domain.wording import format_count, format_date
from bpjsdesk.services.people_lookup import MOST, Lookup, run_words
from ui.i18n import _
from ui.page import PageContext
from ui.pages.batches.file_drop import dropped_file
from ui.pages.people import work
from ui.pages.people.reveal import RevealPanel
from ui.pages.reports.file_choice import ask_open_path, ask_save_path
from ui.table import NIK_WIDTH, Column, RecordTableModel
from ui.table_view import RecordTable
from ui.tasks import LatestRead, Work
from ui.widgets.buttons import Button, ChoiceRow, bind_key
from ui.widgets.layout import Card, boxed, clear_layout, column, row, rule
from ui.widgets.message import EmptyState
from ui.widgets.text import Label, caption

_ALL = "ALL"
_ASKING, _WAITING, _ANSWERED = range(3)
_TONES = {
    Cover.COVERED: "ok",
    Cover.WAITING: "info",
    Cover.LAPSED: "grey",
    Cover.NEVER: "grey",
    Cover.UNKNOWN: "warn",
    Cover.UNREADABLE: "bad",
}


class LookupView(QWidget):
    """Take a paste or a file, and answer.

    Signals: person_asked(int), noted(str), problem_met(exception), given_up().
    """

    person_asked = Signal(int)
    noted = Signal(str)
    problem_met = Signal(object)
    given_up = Signal()

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._found: Lookup | None = None
        self._in_full = False
        self._from_file = ""
        self._read = LatestRead(context.runner, self)
        self.setAcceptDrops(True)
        self._build_widgets()
        self._connect_signals()

    @property
    def found(self) -> Lookup | None:
        """The answer that is shown."""
        return self._found

    @property
    def shown_part(self) -> str:
        """What is on the screen: "asking", "waiting" or "answered"."""
        return ("asking", "waiting", "answered")[self._stack.currentIndex()]

    def focus_first(self) -> None:
        if self._found is None:
            self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def paste(self) -> None:
        """Take what lies on the clipboard."""
        self._ask(work.lookup_work(self._context.app, QGuiApplication.clipboard().text()), "")

    def take_file(self, path: Path) -> None:
        """Take every NIK of a file."""
        self._ask(work.lookup_file_work(self._context.app, path), path.name)

    def ask_reveal(self) -> None:
        """Ask why the numbers are wanted in full."""
        if self._found is not None and self._context.app.user.may("person.reveal"):
            self.reveal.ask()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_file(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = dropped_file(event)
        if path is not None:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.take_file(path)

    def _build_widgets(self) -> None:
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Cek banyak NIK"))
        body = _(
            "Salin kolom NIK dari Excel, lalu tekan Ctrl+V di sini, atau seret berkasnya. Baris "
            "kosong dan isi yang bukan NIK dihitung, tidak dilewati. Paling banyak {n} NIK."
        ).format(n=format_count(MOST))
        self._empty = EmptyState(
            "users", _("Tempel NIK untuk dicek"), body, action=_("Tempel"), key="Ctrl+V"
        )
        self._empty.add_second(_("Buka berkas…"), key="Ctrl+O")
        waiting = column(None, row(None, Label(_("Mencari…"), tone="muted"), None), None)
        self._stack = QStackedWidget()
        for part in (self._empty, boxed(waiting), self._make_answer()):
            self._stack.addWidget(part)
        self.setLayout(column((Card((self._stack, 1), margins=(1, 1, 1, 2)), 1)))

    def _make_answer(self) -> QWidget:
        self._chip_row = row(gap=0)
        self._chips = ChoiceRow([(_ALL, "")])
        self._chip_row.addWidget(self._chips)
        self._says = caption("")
        self.paste_button = Button(_("Tempel lagi"), icon="copy", key="Ctrl+V", small=True)
        self.file_button = Button(_("Berkas…"), icon="folder-open", key="Ctrl+O", small=True)
        self.reveal_button = Button(_("Buka samaran"), icon="eye", key="Ctrl+M", small=True)
        self.save_button = Button(_("Simpan Excel"), icon="download", key="Ctrl+S", small=True)
        user = self._context.app.user
        if not user.may("person.reveal"):
            self.reveal_button.hide()
        if not user.may("report.export"):
            self.save_button.hide()
        self.reveal = RevealPanel()
        self.reveal.hide()
        self._model: RecordTableModel[LookupLine] = RecordTableModel(self._columns(), self)
        self.table = RecordTable(self._model, _("Jawaban"), row_height=43)
        self.table.setObjectName("lookupTable")
        head = row((boxed(self._chip_row), 1), margins=(14, 10, 14, 0))
        buttons = (self.paste_button, self.file_button, self.reveal_button, self.save_button)
        tools = row((self._says, 1), *buttons, margins=(14, 0, 14, 4))
        reveal = row((self.reveal, 1), margins=(14, 0, 14, 4))
        return boxed(column(head, tools, reveal, rule(), (self.table, 1), gap=6))

    def _connect_signals(self) -> None:
        for key, button in (
            ("Ctrl+V", self.paste_button),
            ("Ctrl+O", self.file_button),
            ("Ctrl+S", self.save_button),
        ):
            bind_key(button, key, self)
        self.paste_button.clicked.connect(self.paste)
        self._empty.acted.connect(self.paste)
        for signal in (self.file_button.clicked, self._empty.acted_second):
            signal.connect(self._on_file_asked)
        self.reveal_button.clicked.connect(self.ask_reveal)
        self.save_button.clicked.connect(self._on_save_clicked)
        self.reveal.reason_given.connect(self._on_reveal_reason_given)
        self.reveal.given_up.connect(self._on_reveal_given_up)
        self._read.succeeded.connect(self._on_read_succeeded)
        self._read.failed.connect(self._on_read_failed)
        self._chips.chosen.connect(self._on_chip_chosen)
        self.table.record_opened.connect(self._on_record_opened)

    def _columns(self) -> tuple[Column[LookupLine], ...]:
        return (
            Column(key="row", title=_("Baris"), text=_row, sort=_row_number, right=True, width=64),
            Column(key="nik", title=_("NIK"), text=self._nik, width=NIK_WIDTH + 8),
            Column(key="name", title=_("Nama"), text=_name, weight=500, second=_agreement),
            Column(key="answer", title=_("Jawaban"), text=_answer, pill=_pill, width=160),
            Column(key="months", title=_("Bulan iuran"), text=_months, second=_until, width=196),
            Column(key="note", title=_("Catatan"), text=_note, tone=_warn, tip=_note, width=190),
        )

    def _nik(self, line: LookupLine) -> str:
        return line.text if self._in_full or not line.nik else line.nik

    def _ask(self, deed: Work, file: str) -> None:
        self._from_file = file
        self._stack.setCurrentIndex(_WAITING)
        self._read.start(deed)

    def _on_read_succeeded(self, found: Lookup) -> None:
        self._found, self._in_full = found, False
        self.reveal.hide()
        self._make_chips(found)
        self._show_lines(_ALL)
        self._stack.setCurrentIndex(_ANSWERED)
        parts = [self._from_file] if self._from_file else []
        if found.blank:
            parts.append(_("{n} baris kosong").format(n=format_count(found.blank)))
        if found.heading:
            parts.append(_("judul “{text}”").format(text=found.heading))
        parts.append(_("per {day}").format(day=format_date(self._context.today())))
        self._says.setText(" · ".join(parts))
        self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_read_failed(self, problem: Exception) -> None:
        self._stack.setCurrentIndex(_ASKING if self._found is None else _ANSWERED)
        self.problem_met.emit(problem)

    def _make_chips(self, found: Lookup) -> None:
        clear_layout(self._chip_row)
        choices = [(_ALL, _("Semua {n}").format(n=format_count(len(found.lines))))]
        choices += [
            (cover.value, f"{COVER_LABELS[cover]} {format_count(count)}")
            for cover, count in found.counts.items()
        ]
        self._chips = ChoiceRow(choices)
        self._chips.chosen.connect(self._on_chip_chosen)
        self._chip_row.addWidget(self._chips)

    def _show_lines(self, key: str) -> None:
        lines = self._found.lines if self._found is not None else ()
        self._model.set_rows([each for each in lines if key in (_ALL, each.cover.value)])
        self.table.selectRow(0)

    def _on_chip_chosen(self, key: str) -> None:
        self._show_lines(key)

    def _on_record_opened(self, line: LookupLine) -> None:
        if line.person_id is not None:
            self.person_asked.emit(line.person_id)

    def _on_file_asked(self) -> None:
        path = ask_open_path(self, _("Buka daftar NIK"))
        if path is not None:
            self.take_file(path)

    def _on_save_clicked(self) -> None:
        if self._found is None or self._stack.currentIndex() != _ANSWERED:
            return
        path = ask_save_path(self, _("Simpan jawaban"), _("Cek NIK.xlsx"), "xlsx")
        if path is not None:
            self.save_to(path)

    def save_to(self, path: Path) -> None:
        """Write the whole answer into a workbook."""
        if self._found is not None:
            deed = work.lookup_export_work(self._context.app, self._found, path)
            task = self._context.runner.start(deed)
            task.succeeded.connect(self._on_saved)
            task.failed.connect(self.problem_met)

    def _on_saved(self, path: Path) -> None:
        self.noted.emit(_("{file} tersimpan; berisi NIK lengkap").format(file=path.name))

    def _on_reveal_given_up(self) -> None:
        self.reveal.hide()
        self.table.setFocus()

    def _on_reveal_reason_given(self, reason: str) -> None:
        self.reveal.hide()
        if self._found is not None:
            deed = work.lookup_reveal_work(self._context.app, self._found, reason)
            task = self._context.runner.start(deed)
            task.succeeded.connect(self._on_revealed)
            task.failed.connect(self.problem_met)

    def _on_revealed(self) -> None:
        self._in_full = True
        self._show_lines(self._chips.current)
        self.table.setFocus()
        self.noted.emit(_("NIK dibuka; alasannya tercatat di Riwayat"))


def _row(line: LookupLine) -> str:
    return format_count(line.row)


def _row_number(line: LookupLine) -> int:
    return line.row


def _name(line: LookupLine) -> str:
    return line.name


def _agreement(line: LookupLine) -> str:
    return line.agreement


def _answer(line: LookupLine) -> str:
    return COVER_LABELS[line.cover]


def _pill(line: LookupLine) -> tuple[str, str]:
    return COVER_LABELS[line.cover], _TONES[line.cover]


def _months(line: LookupLine) -> str:
    return run_words(line)


def _until(line: LookupLine) -> str:
    if line.until is None:
        return ""
    return _("s.d. {month}").format(month=f"{line.until:%m-%Y}")


def _note(line: LookupLine) -> str:
    return line.note


def _warn(line: LookupLine) -> str:
    return "warn" if line.note else "muted"
