"""The lines of "Petakan kolom": a column with its meaning, three values, and how it stands."""

from PySide6.QtCore import QPointF, QRectF, Signal
from PySide6.QtGui import QPainter, Qt

from bpjsdesk.domain.columns import DateOrder
from bpjsdesk.domain.field_labels import FIELD_LABELS, ORDER_WORDS
from bpjsdesk.services.column_views import UNREAD, ColumnSample, ColumnView, Tone
from bpjsdesk.services.mapping import MAPPABLE
from ui.i18n import _
from ui.pages.batches.column_facts import is_undecided
from ui.pages.batches.line_choice import LineChoice
from ui.paint import CENTER, RIGHT, PaintedWidget, draw_box, draw_pill, draw_text
from ui.theme import color, px, set_state, shared_metrics
from ui.widgets.layout import row

LINE_PX = 39
HEAD_PX, CHOICE_PX = 212, 184
STATE_PX = 252
_SAMPLE_PX, _PILL_SIDES = 150, 32
_TONES = {Tone.GOOD: "ok", Tone.LOOK: "warn", Tone.DECIDE: "bad", Tone.SKIPPED: "grey"}
_ELIDE = Qt.TextElideMode.ElideRight
_BY_CONTENT, _DAY, _MONTH = "content", "day", "month"
_ORDER_VALUES = {DateOrder.DAY_CHOSEN: _DAY, DateOrder.MONTH_CHOSEN: _MONTH}
_MONTH_FIRST = {_BY_CONTENT: None, _DAY: False, _MONTH: True}


class ChoiceLine(PaintedWidget):
    """One line with a choice; the line that has the focus stands out.

    Signals: moved(int) by so many lines.
    """

    moved = Signal(int)

    def __init__(self) -> None:
        super().__init__(height=px(LINE_PX))
        self.choice = LineChoice()
        self.choice.setProperty("cellbox", "1")
        self.choice.setFixedWidth(px(CHOICE_PX))
        self.setLayout(row(px(HEAD_PX), self.choice, None, gap=0))
        self.choice.moved.connect(self.moved)
        self.choice.focus_moved.connect(self._on_choice_focus_moved)

    def paint(self, painter: QPainter, box: QRectF) -> None:
        if self.choice.hasFocus():
            painter.fillRect(box, color("soft"))
            painter.fillRect(QRectF(0, 0, 3, box.height()), color("accent"))
        painter.fillRect(QRectF(0, box.bottom() - 1, box.width(), 1), color("line"))
        self.paint_head(painter, QRectF(10, 0, px(HEAD_PX) - 20, box.height()))
        left = px(HEAD_PX) + px(CHOICE_PX) + 16
        self.paint_rest(painter, QRectF(left, 0, box.width() - left - 8, box.height()))

    def paint_head(self, painter: QPainter, box: QRectF) -> None:
        """Draw what the choice is about."""
        raise NotImplementedError

    def paint_rest(self, painter: QPainter, box: QRectF) -> None:
        """Draw what stands behind the choice."""
        raise NotImplementedError

    def _on_choice_focus_moved(self) -> None:
        self.update()


class ColumnLine(ChoiceLine):
    """A column of the file.

    Signals: meant(ColumnView, field) when the user gives it a meaning, "" for none.
    """

    meant = Signal(object, str)

    def __init__(self) -> None:
        super().__init__()
        self._view: ColumnView | None = None
        self.choice.picked.connect(self._on_choice_picked)
        self.choice.dropped.connect(self._on_choice_dropped)

    @property
    def view(self) -> ColumnView | None:
        return self._view

    def show_view(self, view: ColumnView, *, may_change: bool) -> None:
        """Show a column as it is read now."""
        self._view = view
        undecided = is_undecided(view)
        choices: list[tuple[str | None, str]] = [(None, _("Pilih tujuan…"))] if undecided else []
        choices += [("", _("Tidak dipakai"))]
        choices += [(field, FIELD_LABELS[field]) for field in MAPPABLE]
        self.choice.offer(choices, None if undecided else view.field)
        set_state(self.choice, "state", "bad" if undecided else "")
        self.choice.setEnabled(may_change)
        state = _standing(view)[0]
        words = _("Kolom {letter} {heading}: {state}")
        name = words.format(letter=view.letter, heading=view.heading, state=state)
        self.choice.setAccessibleName(name)
        self.setToolTip(state)
        self.update()

    def paint_head(self, painter: QPainter, box: QRectF) -> None:
        view = self._view
        if view is None:
            return
        badge = QRectF(box.left(), box.center().y() - px(10), max(px(22), 22), px(20))
        draw_box(painter, badge, fill="grey_bg", radius=4)
        draw_text(painter, badge, view.letter, size=11, weight=600, tone="muted", align=CENTER)
        heading = view.heading or _("tanpa judul")
        words = box.adjusted(badge.width() + 10, 0, -px(18), 0)
        draw_text(painter, words, heading, weight=500, tone="text" if view.heading else "muted")
        draw_text(painter, box, "→", tone="muted", align=RIGHT)

    def paint_rest(self, painter: QPainter, box: QRectF) -> None:
        view = self._view
        if view is None:
            return
        state = min(px(STATE_PX), box.width() * 0.5)
        room = box.width() - state
        shown = view.samples[: max(int(room // px(_SAMPLE_PX)), 1)]
        for place, sample in enumerate(shown):
            width = room / min(max(int(room // px(_SAMPLE_PX)), 1), 3)
            left = box.left() + place * width
            _paint_sample(
                painter,
                QRectF(left, box.top() + px(3), width - 12, px(16)),
                sample,
                aside=_aside(view) if not place else "",
            )
        told, tone = _standing(view)
        words = shared_metrics(px(12), 500).elidedText(told, _ELIDE, state - _PILL_SIDES)
        start = QPointF(box.right() - state, box.center().y())
        draw_pill(painter, start, words, tone)

    def _on_choice_picked(self, field: str | None) -> None:
        if self._view is not None and field is not None:
            self.meant.emit(self._view, field)

    def _on_choice_dropped(self) -> None:
        if self._view is not None and self._view.tone is not Tone.SKIPPED:
            self.meant.emit(self._view, "")


class OrderLine(ChoiceLine):
    """The order of day and month in the column above, where the column does not tell it surely.

    Signals: ordered(sheet, month_first), None to let the column tell.
    """

    ordered = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        self._sheet, self._order = "", DateOrder.ASSUMED
        self.choice.picked.connect(self._on_choice_picked)

    def show_order(self, sheet: str, order: DateOrder, *, may_change: bool) -> None:
        self._sheet, self._order = sheet, order
        choices = [
            (_BY_CONTENT, _("Menurut isi dan NIK")),
            (_DAY, _("Hari dulu")),
            (_MONTH, _("Bulan dulu")),
        ]
        self.choice.offer(choices, _ORDER_VALUES.get(order, _BY_CONTENT))
        self.choice.setEnabled(may_change)
        self.choice.setAccessibleName(_("Urutan tanggal: {now}").format(now=ORDER_WORDS[order]))
        self.update()

    def paint_head(self, painter: QPainter, box: QRectF) -> None:
        words = box.adjusted(px(22) + 10, 0, -px(18), 0)
        draw_text(painter, words, _("Urutan tanggal"), tone="muted")
        draw_text(painter, box, "→", tone="muted", align=RIGHT)

    def paint_rest(self, painter: QPainter, box: QRectF) -> None:
        words = _("{now}. Contoh 05-08-1987 dibaca {day}.")
        is_month = self._order in (DateOrder.MONTH_FIRST, DateOrder.MONTH_CHOSEN)
        day = _("8 Mei 1987") if is_month else _("5 Agustus 1987")
        if self._order is DateOrder.MIXED:
            words = _("{now}. Yang tidak cocok menunggu di langkah berikut.")
        tone = "warn" if self._order is DateOrder.MIXED else "muted"
        text = words.format(now=ORDER_WORDS[self._order], day=day)
        draw_text(painter, box, text, size=12, tone=tone)

    def _on_choice_picked(self, value: str) -> None:
        self.ordered.emit(self._sheet, _MONTH_FIRST[value])


def _standing(view: ColumnView) -> tuple[str, str]:
    """Give the state in words and its tone; nobody need decide on a column without content."""
    if not view.field and not view.filled and view.tone is Tone.DECIDE:
        return _("kosong"), "grey"
    return view.state, _TONES[view.tone]


def _aside(view: ColumnView) -> str:
    if view.field:
        return ""
    return _("disimpan bersama baris") if view.tone is Tone.SKIPPED else _("belum dipetakan")


def _paint_sample(painter: QPainter, box: QRectF, sample: ColumnSample, *, aside: str) -> None:
    draw_text(painter, box, sample.shown, size=12, tone="muted")
    reading = sample.reading or aside
    unread = sample.reading == UNREAD
    quiet = not sample.reading or not sample.is_read
    tone = "warn" if unread else "muted" if quiet else "text"
    lower = box.translated(0, px(16))
    draw_text(painter, lower, reading, size=12, weight=400 if quiet else 500, tone=tone)
