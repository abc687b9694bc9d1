"""What may be said of a pair: cards with their figure, and whether it counts for others too."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QSizePolicy, QWidget

from bpjsdesk.domain.duplicates import FIELD_LABELS, Choice, PaidElsewhere, Pair, PairKind
from bpjsdesk.domain.wording import format_count
from ui.i18n import _
from ui.pages.batches.double_work import Double
from ui.pages.batches.why_ask import WhyAsk
from ui.paint import CENTER, draw_box, draw_text
from ui.theme import px
from ui.widgets.buttons import Button
from ui.widgets.layout import boxed, column, row
from ui.widgets.text import caption

_CARD_PX, _FIGURE_PX = 56, 28
_ONE_NIK = (PairKind.SAME_IN_FILE, PairKind.SAME_IN_REGISTER)
_NAMED_FIELDS = 3


class DoubleChoices(QWidget):
    """Offer what fits the pair; Enter takes the framed one.

    Signals: decided(Choice) for a pair, left_out(str) with why for a row that another agreement
    pays, undo_asked(), closed() when the question for a reason is put away.
    """

    decided = Signal(object)
    left_out = Signal(str)
    undo_asked = Signal()
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._item: Double | None = None
        self._others = 0
        self.cards = {
            choice: ChoiceCard(choice) for choice in (Choice.LINK, Choice.UPDATE, Choice.NOT_SAME)
        }
        self.also_box = QCheckBox("")
        self.also_box.setObjectName("alsoBox")
        self.also_box.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.also_box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._held = caption(_("Hanya petugas yang boleh memperbaiki dapat memutuskan ini."))
        self._later = Button(_("Putuskan nanti"), key="0", small=True)
        self._later.setObjectName("laterButton")
        self.undo_button = Button(_("Urungkan"), icon="arrow-back-up", key="Ctrl+Z", small=True)
        self.undo_button.setObjectName("doubleUndo")
        self._ask = WhyAsk()
        self._cards = boxed(row(*((card, 1) for card in self.cards.values()), gap=11))
        beside = boxed(row((self.also_box, 1), self._held))
        foot = row((beside, 1), self._later, self.undo_button, gap=8)
        self._acts = boxed(column(self._cards, foot, gap=8))
        self.setLayout(column(self._acts, self._ask, gap=0))
        for card in self.cards.values():
            card.clicked.connect(self._on_card_clicked)
        self._later.clicked.connect(self._on_later_clicked)
        self.undo_button.clicked.connect(self.undo_asked)
        self._ask.decided.connect(self.left_out)
        self._ask.closed.connect(self._on_ask_closed)

    @property
    def is_asking(self) -> bool:
        """Say whether a reason is being typed."""
        return self._ask.isVisible()

    @property
    def is_for_all(self) -> bool:
        """Say whether the decision counts for all of the pattern."""
        return not self.also_box.isHidden() and self.also_box.isChecked()

    def show_item(self, item: Double, others: int, *, may_decide: bool, why: str) -> None:
        """Offer what can be said; `others` are alike in `why`."""
        self._item, self._others = item, others
        self._ask.hide()
        self._acts.show()
        self._cards.setVisible(may_decide)
        self._held.setVisible(not may_decide)
        self.also_box.setVisible(may_decide and others > 0)
        self.also_box.setText(_also_words(item, others, why))
        self.also_box.setToolTip(why)
        is_repeat = isinstance(item, Pair) and item.kind is PairKind.SAME_IN_FILE
        self.also_box.setChecked(is_repeat and isinstance(item, Pair) and item.is_identical)
        proposed = _proposed(item)
        for choice, card in self.cards.items():
            words = _words(item, choice)
            card.setVisible(words is not None)
            if words is not None:
                card.show_words(*words, proposed=choice is proposed)

    def press(self, figure: int) -> None:
        """Do what a key stands for; -1 takes the framed card."""
        if self._item is None:
            return
        choice = _proposed(self._item) if figure < 0 else Choice(figure)
        if choice is Choice.LATER:
            self._later.click()
        elif choice is not None and self.cards[choice].isVisibleTo(self):
            self.cards[choice].click()

    def turn_also(self) -> None:
        """Tick or clear the box for all of the pattern."""
        if self.also_box.isVisible():
            self.also_box.toggle()

    def set_busy(self, busy: bool) -> None:
        """Wait for the step before: it may settle what is on the screen."""
        self._cards.setEnabled(not busy)
        self.undo_button.setEnabled(not busy)

    def _on_card_clicked(self) -> None:
        card = self.sender()
        if isinstance(self._item, PaidElsewhere):
            self._acts.hide()
            self._ask.ask(self._others + 1 if self.is_for_all else 1)
        elif isinstance(card, ChoiceCard):
            self.decided.emit(card.choice)

    def _on_later_clicked(self) -> None:
        self.decided.emit(Choice.LATER)

    def _on_ask_closed(self) -> None:
        self._acts.show()
        self.closed.emit()


class ChoiceCard(QAbstractButton):
    """One answer with its figure; framed where it is the one that is proposed."""

    def __init__(self, choice: Choice) -> None:
        super().__init__()
        self.choice = choice
        self._below = ""
        self._is_proposed = False
        self.setObjectName(f"choice_{int(choice)}")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMinimumHeight(px(_CARD_PX))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_words(self, title: str, below: str, *, proposed: bool) -> None:
        self._below, self._is_proposed = below, proposed
        self.setText(title)
        self.setAccessibleName(f"{int(self.choice)}. {title}: {below}")
        self.setToolTip(below)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(200), px(_CARD_PX))

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Enter, QEvent.Type.Leave, QEvent.Type.EnabledChange):
            self.update()
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        strong = self._is_proposed and self.isEnabled()
        lit = strong or (self.isEnabled() and (self.underMouse() or self.hasFocus()))
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        edge = "accent" if strong or self.hasFocus() else "line2"
        fill = "soft" if strong else "alt" if lit else "surface"
        draw_box(painter, box, fill=fill, edge=edge, radius=8, width=2 if strong else 1)
        side = px(_FIGURE_PX)
        figure = QRectF(box.x() + 13, box.center().y() - side / 2, side, side)
        draw_box(painter, figure, fill="accent" if strong else "grey_bg", radius=5)
        tone = "on" if strong else "muted"
        draw_text(
            painter, figure, str(int(self.choice)), size=14, weight=600, tone=tone, align=CENTER
        )
        line = px(18)
        left = figure.right() + 12
        upper = QRectF(left, box.center().y() - line, box.right() - left - 8, line)
        name_tone = "text" if self.isEnabled() else "muted"
        draw_text(painter, upper, self.text(), weight=600, tone=name_tone)
        draw_text(painter, upper.translated(0, line - 1), self._below, size=12, tone="muted")


def _proposed(item: Double) -> Choice | None:
    """Give the answer that is most likely right; none where a clerk must look first."""
    if isinstance(item, PaidElsewhere):
        return Choice.LINK if item.other_is_earlier else None
    if item.kind in _ONE_NIK or item.is_near:
        return Choice.LINK
    return None


def _words(item: Double, choice: Choice) -> tuple[str, str] | None:
    """Give title and consequence of an answer; None where it makes no sense."""
    if isinstance(item, PaidElsewhere):
        words = (_("Jangan dimuat di daftar ini…"), _("alasannya dicetak pada tanda terima"))
        return words if choice is Choice.LINK else None
    in_file = item.kept.line_id is not None
    if choice is Choice.LINK:
        inside = _("baris {n} dipakai, baris ini tidak dimuat").format(n=item.kept.row_no)
        beside = _("data terdaftar tetap; {n} beda dicatat").format(n=len(item.differing))
        return _("Orang yang sama, tautkan"), inside if in_file else beside
    if choice is Choice.UPDATE:
        return (_("Orang yang sama, perbarui"), _taken(item)) if item.taken_fields else None
    if item.kind in _ONE_NIK:
        return None
    return _("Bukan orang yang sama"), _("diingat, tidak ditanya lagi")


def _taken(pair: Pair) -> str:
    names = [FIELD_LABELS[field].removeprefix("Nomor ") for field in pair.taken_fields]
    shown = names[:_NAMED_FIELDS]
    if len(names) > len(shown):
        shown.append(_("{n} lainnya").format(n=len(names) - len(shown)))
    listed = _(" dan ").join(filter(None, (", ".join(shown[:-1]), shown[-1])))
    return _("{fields} diambil dari baris ini").format(fields=listed)


def _also_words(item: Double, others: int, why: str) -> str:
    if isinstance(item, PaidElsewhere):
        words = _("Terapkan juga ke {n} baris lain yang dibayar {why} (P)")
    else:
        words = _("Terapkan juga ke {n} pasangan dengan pola sama ({why}) (P)")
    return words.format(n=format_count(others), why=why)
