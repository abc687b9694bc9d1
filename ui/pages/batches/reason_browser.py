"""Reasons with their counts at the left, the rows of the chosen reason at the right."""

from array import array
from dataclasses import dataclass

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from bpjsdesk.domain.enrollment import BatchRow, LineStatus
from bpjsdesk.domain.wording import format_count
from ui.delegates import ListRow
from ui.i18n import _
from ui.pages.batches.row_columns import row_columns
from ui.pages.batches.row_groups import GroupRows, RowGroups
from ui.pages.batches.words import issue_sentence, issue_title, issue_tone
from ui.table import Column, RecordTableModel
from ui.table_view import RecordList, RecordTable
from ui.theme import px
from ui.widgets.buttons import ChoiceRow
from ui.widgets.layout import Card, boxed, column, row, rule
from ui.widgets.message import EmptyState
from ui.widgets.split import SideBySide
from ui.widgets.text import IconMark, Label, caption, card_title

_EVERY = "every"
_ISSUES = "issues"
_REASON = "reason"
_IGNORED = "ignored"
_LIST_PX, _LIST_SHARE = 250, 0.36
_STACKED_PX, _NO_LIMIT = 170, 16_777_215
_ROOM_FOR_BIRTH_PX = 440


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One line at the left: an issue code, or why rows were left out."""

    code: str
    title: str
    sentence: str
    count: int
    tone: str


class ReasonBrowser(QWidget):
    """Show rows by reason; choosing one filters the screen and nothing else."""

    def __init__(self) -> None:
        super().__init__()
        self._groups: RowGroups | None = None
        self._reason: Reason | None = None
        self._build_widgets()
        self._connect_signals()

    def show_groups(self, groups: RowGroups, *, every: str) -> None:
        """Show another set of rows; `every` is the word of the chip that shows them all."""
        self._groups = groups
        reasons = _reasons(groups)
        self._reason_model.set_rows(reasons)
        issues, ignored = len(groups.with_issues), groups.by_status.get(LineStatus.IGNORED, ())
        self._views.set_text(_EVERY, f"{every} {format_count(len(groups.every))}")
        self._views.set_text(_ISSUES, _("Bermasalah {n}").format(n=format_count(issues)))
        self._views.set_text(_IGNORED, _("Bukan peserta {n}").format(n=format_count(len(ignored))))
        self._total.setText(_("{n} baris").format(n=format_count(issues)))
        self._stack.setCurrentIndex(0 if reasons else 1)
        self._reason = None
        self._views.set_text(_REASON, _("Alasan ini"))
        if reasons:
            self._list.choose_row(0)
        self._show_view(_REASON if reasons else _EVERY)

    def focus_next_reason(self) -> None:
        """Go to the next reason, round and round (F8)."""
        count = self._reason_model.rowCount()
        if count:
            self._list.choose_row((self._list.currentIndex().row() + 1) % count)

    @property
    def shown_rows(self) -> int:
        return self._row_model.rowCount()

    @property
    def reasons(self) -> list[Reason]:
        """The reasons at the left, from top to bottom."""
        found = [self._reason_model.record(row) for row in range(self._reason_model.rowCount())]
        return [reason for reason in found if reason is not None]

    def row(self, number: int) -> BatchRow | None:
        """Give one of the rows on the screen."""
        return self._row_model.record(number)

    def choose_view(self, key: str) -> None:
        """Switch to "reason", "issues", "ignored" or "every"."""
        self._show_view(key)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        width = self.width()
        stacked = self._sides.is_stacked
        self._left.setMaximumHeight(px(_STACKED_PX) if stacked else _NO_LIMIT)
        if stacked:
            self._left.setMinimumWidth(0)
            self._left.setMaximumWidth(_NO_LIMIT)
        else:
            self._left.setFixedWidth(min(px(_LIST_PX), round(width * _LIST_SHARE)))
        self._hide_columns()

    def _hide_columns(self) -> None:
        room = self.width() - (0 if self._sides.is_stacked else self._left.width())
        self._table.set_column_hidden("birth", hidden=room < px(_ROOM_FOR_BIRTH_PX))

    def _build_widgets(self) -> None:
        self._reason_model: RecordTableModel[Reason] = RecordTableModel(
            [Column(key="reason", title=_("Alasan"), text=_reason_title)], self
        )
        self._list = RecordList(self._reason_model, _("Alasan"), _describe_reason, lines=2)
        self._list.setObjectName("reasonList")
        self._total = Label("", size=12, weight=500, tone="warn")
        calm = EmptyState("circle-check", _("Tidak ada masalah"), _("Semua baris dapat diterima."))
        self._stack = QStackedWidget()
        self._stack.addWidget(self._list)
        self._stack.addWidget(calm)
        head = row(
            card_title(_("Alasan, galat dahulu")), None, self._total, margins=(16, 10, 14, 8)
        )
        left = Card(head, rule(), (self._stack, 1), gap=0, margins=(1, 0, 1, 6))
        self._left = left
        self._sides = SideBySide([left, (self._make_right(), 1)], stack_below=600)
        self.setLayout(column((self._sides, 1)))

    def _make_right(self) -> Card:
        views = [
            (_REASON, _("Alasan ini")),
            (_ISSUES, _("Bermasalah")),
            (_IGNORED, _("Bukan peserta")),
            (_EVERY, _("Semua")),
        ]
        self._views = ChoiceRow(views)
        self._row_model: RecordTableModel[BatchRow] = RecordTableModel(
            row_columns(self._tone_of), self
        )
        self._table = RecordTable(self._row_model, _("Baris berkas"), row_height=30, sortable=False)
        self._table.setObjectName("rowTable")
        self._explain = self._make_explanation()
        top = boxed(row((self._views, 1), margins=(12, 9, 12, 8)))
        foot = boxed(column(self._explain, margins=(12, 8, 12, 10)))
        return Card(top, (self._table, 1), foot, gap=0, margins=(1, 0, 1, 0))

    def _make_explanation(self) -> Card:
        self._cause = Label("", weight=600, wrap=True)
        self._advice = caption("", wrap=True)
        words = column(self._cause, self._advice, gap=1)
        self._mark = IconMark("info-circle", "muted")
        card = Card(
            row(column(self._mark, None), (words, 1), gap=10), kind="quiet", margins=(12, 8, 12, 8)
        )
        card.setMinimumHeight(px(56))
        return card

    def _connect_signals(self) -> None:
        self._sides.stacked_changed.connect(self._arrange)
        self._list.record_chosen.connect(self._on_list_record_chosen)
        self._table.record_chosen.connect(self._on_table_record_chosen)
        self._views.chosen.connect(self._show_view)

    def _show_view(self, key: str) -> None:
        if self._groups is None:
            return
        self._views.select(key)
        self._row_model.set_source(GroupRows(self._groups, self._places(self._groups, key)))
        self._hide_columns()
        self._table.scrollToTop()
        self._say_reason(key)

    def _places(self, groups: RowGroups, key: str) -> "array[int]":
        if key == _REASON and self._reason is not None:
            return groups.by_code.get(self._reason.code, array("I"))
        if key == _ISSUES:
            return groups.with_issues
        if key == _IGNORED:
            return groups.by_status.get(LineStatus.IGNORED, array("I"))
        return groups.every

    def _say_reason(self, key: str) -> None:
        reason = self._reason if key == _REASON else None
        if reason is not None:
            self._say(reason.title, reason.sentence, reason.tone)
        else:
            words = _("Saringan ini hanya untuk layar; yang disimpan tidak berubah.")
            self._say(_("Pilih satu baris untuk membaca sebabnya"), words, "muted")

    def _say(self, title: str, body: str, tone: str) -> None:
        icon = {"bad": "alert-circle", "warn": "alert-triangle", "ok": "circle-check"}
        self._mark.set_icon(icon.get(tone, "info-circle"), tone)
        self._cause.setText(title)
        self._advice.setText(body)

    def _tone_of(self, code: str) -> str:
        return issue_tone(code, self._groups.levels) if self._groups else "warn"

    def _on_list_record_chosen(self, reason: Reason) -> None:
        self._reason = reason
        words = _("Alasan ini {n}").format(n=format_count(reason.count))
        self._views.set_text(_REASON, words)
        self._show_view(_REASON)

    def _on_table_record_chosen(self, chosen: BatchRow) -> None:
        place = _("Lembar “{sheet}”, baris {row}").format(
            sheet=chosen.sheet, row=format_count(chosen.row)
        )
        if chosen.status is LineStatus.IGNORED:
            self._say(place, _("Bukan peserta: {why}").format(why=chosen.reason), "muted")
            return
        tones = {self._tone_of(code) for code in chosen.codes}
        tone = "bad" if "bad" in tones else "warn" if tones else "ok"
        self._say(place, chosen.reason or _("Tidak ada masalah pada baris ini."), tone)


def _reasons(groups: RowGroups) -> list[Reason]:
    found = [
        Reason(
            code=code,
            title=issue_title(code),
            sentence=issue_sentence(code),
            count=len(places),
            tone=issue_tone(code, groups.levels),
        )
        for code, places in groups.by_code.items()
    ]
    return sorted(found, key=lambda reason: (reason.tone != "bad", -reason.count))


def _reason_title(reason: Reason) -> str:
    return reason.title


def _describe_reason(reason: Reason) -> ListRow:
    holds = _("menahan baris") if reason.tone == "bad" else _("peringatan, tidak menahan")
    return ListRow(
        title=reason.title, subtitle=holds, pill=(format_count(reason.count), reason.tone)
    )
