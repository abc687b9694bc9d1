"""Why the current row needs a look: its place in the file, what arrived, what would mend it."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal

from bpjsdesk.domain.identity import NIK_LENGTH, nik_birth
from bpjsdesk.domain.repairs import RepairRule
from bpjsdesk.domain.row_issues import FIELD_OF_ISSUE, IssueCode
from bpjsdesk.domain.wording import format_count, format_date
from bpjsdesk.services.repairs import RepairOffer
from ui.i18n import _
from ui.pages.batches.why_ask import WhyAsk
from ui.pages.batches.words import issue_sentence, issue_title, issue_tone
from ui.pages.batches.work_columns import field_title
from ui.pages.batches.work_rows import WorkRow
from ui.theme import px
from ui.widgets.buttons import Button
from ui.widgets.inline import TONE_ICONS
from ui.widgets.layout import Card, boxed, column, row
from ui.widgets.text import ElidedLine, IconMark

_KEYS = {
    RepairRule.SWAP_DAY_AND_MONTH: "T",
    RepairRule.BIRTH_DATE_FROM_NIK: "N",
    RepairRule.SEX_FROM_NIK: "N",
}
_MOST_BUTTONS = 2
_LEAVE_OUT, _SEND_BACK, _IGNORE, _CONFIRM = "A", "K", "I", "S"
_DECIDING = (_LEAVE_OUT, _SEND_BACK, _IGNORE, _CONFIRM)
_LETTERS = ("T", "N", "R", _CONFIRM, _IGNORE, _SEND_BACK, _LEAVE_OUT)


class RowCause(Card):
    """Tell about one row and offer its own repairs.

    Signals: repair_asked(RepairOffer), left_out(str), sent_back(str), ignored(str) and
    confirmed(str) with why, ignore_wanted(int) rows, to be asked that, closed() when the question
    for it is put away.
    """

    repair_asked = Signal(object)
    left_out = Signal(str)
    sent_back = Signal(str)
    ignored = Signal(str)
    confirmed = Signal(str)
    ignore_wanted = Signal(int)
    closed = Signal()

    def __init__(self) -> None:
        self._mark = IconMark("info-circle", "muted")
        self._cause = ElidedLine("", weight=600)
        self._origin = ElidedLine("", size=12, tone="muted")
        self._buttons = {key: self._make_button(key) for key in _LETTERS}
        self._ask = WhyAsk()
        self._offers: dict[str, RepairOffer] = {}
        self.may_repair = self._is_compact = False
        self._answer = self.left_out
        self._row: WorkRow | None = None
        self._acts = boxed(row(*self._buttons.values(), gap=6))
        words = column(self._cause, self._origin, gap=0)
        self._words = boxed(row(column(self._mark, None), (words, 1), self._acts, gap=10))
        super().__init__(self._words, self._ask, kind="quiet", gap=0, margins=(12, 6, 10, 6))
        self.setMinimumHeight(px(54))
        self.setObjectName("rowCause")
        self._ask.decided.connect(self._on_ask_decided)
        self._ask.closed.connect(self._on_ask_closed)

    @property
    def row_shown(self) -> WorkRow | None:
        return self._row

    def show_row(
        self, found: WorkRow | None, field: str, offers: Sequence[RepairOffer], *, told: str
    ) -> None:
        """Tell about a row, first about the cell that is current; `told` is what its NIK says."""
        self._row, self._offers = found, {}
        self._ask.hide()
        self._words.show()
        if found is None:
            self._acts.hide()
            self._say(_("Pilih satu baris untuk membaca sebabnya"), _screen_only(), "muted")
            return
        tone, cause = _cause(found, field, told)
        self._say(cause, _origin(found, field), tone)
        open_row = self.may_repair and found.state[1] != "grey"
        self._acts.setVisible(open_row)
        if open_row:
            self._show_buttons(offers)

    def set_compact(self, compact: bool) -> None:
        """Show one line only, for a low window."""
        self._is_compact = compact
        self._origin.setHidden(compact)
        self.setMinimumHeight(px(36 if compact else 54))

    def press(self, letter: str, *, rows: int = 1) -> None:
        """Do what a letter stands for; `rows` are selected."""
        if letter in (_LEAVE_OUT, _SEND_BACK):
            self.ask_why(rows, returning=letter == _SEND_BACK)
        elif letter == _IGNORE and self._acts.isVisible():
            self.ignore_wanted.emit(rows)
        elif letter == _CONFIRM and self._acts.isVisible() and self._has_cut_nik:
            self._answer = self.confirmed
            self._words.hide()
            self._ask.ask_confirm(rows)
        elif letter in self._offers:
            self.repair_asked.emit(self._offers[letter])

    def ask_why(self, rows: int, *, returning: bool = False) -> None:
        """Ask why the selected rows are not loaded, or what their sender is to mend."""
        if not self._acts.isVisible():
            return
        self._answer = self.sent_back if returning else self.left_out
        self._words.hide()
        if returning:
            codes = self._row.codes if self._row is not None else ()
            self._ask.ask_return(rows, issue_title(codes[0]) if codes else "")
        else:
            self._ask.ask(rows)

    def ask_ignore(self, rows: int, what: str, likely: str) -> None:
        """Ask why a warning of the selected rows is in order; without `what` all of them."""
        self._answer = self.ignored
        self._words.hide()
        self._ask.ask_ignore(rows, what, likely)

    def refuse_ignoring(self, words: str) -> None:
        """Say why nothing of this row can be ignored, until another row is current."""
        why, _dot, instead = words.partition(". ")
        self._say(why, instead, "bad")

    def _say(self, cause: str, origin: str, tone: str) -> None:
        self._mark.set_icon(TONE_ICONS.get(tone, "info-circle"), tone)
        self._cause.set_text(cause)
        self._origin.set_text(origin)
        self.setAccessibleName(f"{cause}. {origin}")

    def _show_buttons(self, offers: Sequence[RepairOffer]) -> None:
        for offer in offers:
            key = _KEYS.get(offer.rule, "R")
            if key not in self._offers and len(self._offers) < _MOST_BUTTONS:
                self._offers[key] = offer
        for key, button in self._buttons.items():
            found = self._offers.get(key)
            decides = key in _DECIDING and not self._is_compact
            if key == _IGNORE:  # where a repair is offered, the key alone does: words need the room
                decides = decides and self._has_warning and not self._offers
            elif key == _CONFIRM:
                decides = decides and self._has_cut_nik
            button.setVisible(found is not None or decides)
            if found is not None:
                button.setText(_short_label(found))
                button.updateGeometry()

    def _make_button(self, key: str) -> Button:
        words = {
            _LEAVE_OUT: _("Jangan dimuat…"),
            _SEND_BACK: _("Kirim balik…"),
            _IGNORE: _("Abaikan…"),
            _CONFIRM: _("Sesuai KTP…"),
        }
        button = Button(words.get(key, ""), key=key, small=True)
        button.setObjectName(f"row_{key}")
        button.setProperty("letter", key)
        button.clicked.connect(self._on_button_clicked)
        return button

    @property
    def _has_warning(self) -> bool:
        found = self._row
        return found is not None and any(
            issue_tone(code, found.levels) == "warn" for code in found.codes
        )

    @property
    def _has_cut_nik(self) -> bool:
        return self._row is not None and IssueCode.NIK_TRUNCATED in self._row.codes

    def _on_button_clicked(self) -> None:
        self.press(str(self.sender().property("letter")))

    def _on_ask_decided(self, why: str) -> None:
        self._answer.emit(why)

    def _on_ask_closed(self) -> None:
        self._words.show()
        self.closed.emit()


def _screen_only() -> str:
    return _("Saringan ini hanya untuk layar; yang dimuat tidak berubah.")


def told_by_nik(found: WorkRow, on: date) -> str:
    """Give the birth date inside a row's NIK in words; empty where the NIK tells none."""
    nik = found.shown.get("nik", "")
    told = nik_birth(nik[6:12], on=on) if len(nik) == NIK_LENGTH and nik.isdigit() else None
    return format_date(told.birth_date) if told else ""


def _short_label(offer: RepairOffer) -> str:
    if offer.rule is RepairRule.SWAP_DAY_AND_MONTH:
        return _("Tukar")
    if offer.rule in (RepairRule.BIRTH_DATE_FROM_NIK, RepairRule.SEX_FROM_NIK):
        return _("Ambil dari NIK")
    return offer.label


def _cause(found: WorkRow, field: str, told: str) -> tuple[str, str]:
    row_no = _("Baris {n}").format(n=format_count(found.row_no))
    if not found.codes:
        return "ok" if found.state[1] == "ok" else "muted", f"{row_no} · {_calm(found)}"
    codes = [IssueCode(code) for code in found.codes]
    here = [code for code in codes if FIELD_OF_ISSUE.get(code) == field]
    first = (here or codes)[0]
    shown = found.shown.get(FIELD_OF_ISSUE.get(first, ""), "")
    if first is IssueCode.NIK_DOB_MISMATCH and told:
        words = _("{row} · Tgl lahir {day}, menurut NIK {told}")
        words = words.format(row=row_no, day=shown, told=told)
    else:
        words = " · ".join(filter(None, (row_no, issue_title(first), shown)))
    if len(codes) > 1:
        words += _(" · dan {n} alasan lain").format(n=len(codes) - 1)
    return issue_tone(first, found.levels), words


def _calm(found: WorkRow) -> str:
    if found.ignored:
        return " · ".join(title for title, _why in found.ignored)
    if found.state[1] != "grey":
        return _("tidak ada masalah pada baris ini")
    return f"{found.state[0]}: {found.reason}" if found.reason else found.state[0]


def _ignored(found: WorkRow) -> str:
    """Tell what was ignored; its name is told already where nothing else is wrong in the row."""
    told = (", ".join(each) if found.codes else each[1] for each in found.ignored)
    return " · ".join(told)


def _origin(found: WorkRow, field: str) -> str:
    if found.ignored:
        return _ignored(found)
    field = field if field in found.fields else next(iter(found.faulty_fields), "nik")
    place = _("Lembar “{sheet}”, sel {cell}").format(sheet=found.sheet, cell=found.reference(field))
    text = found.first.get(field, found.cells.get(field, ""))
    arrived = f"“{text}”" if text else _("kosong")
    words = f"{place} ({field_title(field)}): {arrived}"
    advice = next(
        (code for code in found.codes if FIELD_OF_ISSUE.get(IssueCode(code)) == field), ""
    )
    return f"{words} · {issue_sentence(advice).partition('. ')[2]}" if advice else words
