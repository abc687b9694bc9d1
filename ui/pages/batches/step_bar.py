"""What was done to a list, oldest first, and the way back."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from bpjsdesk.domain.cell_tools import TOOL_LABELS, CellTool
from bpjsdesk.domain.field_labels import SHEET_STEP_LABELS
from bpjsdesk.domain.ignored_warnings import IGNORE
from bpjsdesk.domain.repairs import REPAIR_LABELS, RepairRule
from bpjsdesk.domain.staging import DecidedOutcome, SheetStep, Step
from bpjsdesk.domain.wording import format_count
from bpjsdesk.services.correction_steps import CORRECTION
from bpjsdesk.services.nik_confirmation import NIK_CONFIRMED
from bpjsdesk.services.repairs import EDITED
from ui.i18n import _
from ui.paint import PaintedWidget, draw_text, text_width
from ui.theme import px
from ui.widgets.buttons import Button
from ui.widgets.layout import row
from ui.widgets.text import IconMark

_BETWEEN = 18


class StepBar(QWidget):
    """Show the last steps that fit, and take the last one back.

    Signals: undo_asked(), all_asked() to see every step.
    """

    undo_asked = Signal()
    all_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._trail = _Trail()
        self.undo_button = Button(_("Urungkan"), icon="arrow-back-up", key="Ctrl+Z", small=True)
        self.undo_button.setObjectName("undoButton")
        self.undo_button.clicked.connect(self.undo_asked)
        self.all_button = Button(_("Semua langkah"), key="Alt+H", small=True)
        self.all_button.setObjectName("allStepsButton")
        self.all_button.clicked.connect(self.all_asked)
        mark = IconMark("history", "muted", size=17)
        buttons = (self.all_button, self.undo_button)
        self.setLayout(row(mark, (self._trail, 1), *buttons, gap=10, margins=(12, 6, 10, 6)))

    def show_steps(self, steps: Sequence[Step], *, may_undo: bool) -> None:
        """Show the steps that still count."""
        alive = [step for step in steps if not step.undone_at]
        self._trail.set_steps(alive)
        self.undo_button.setVisible(bool(alive) and alive[-1].may_undo and may_undo)
        self.all_button.setVisible(bool(alive))
        if alive:
            words = _("Urungkan langkah {n}").format(n=len(alive))
            self.undo_button.setText(words)
            self.undo_button.setToolTip(_told(alive[-1]))
            self.undo_button.updateGeometry()


class _Trail(PaintedWidget):
    def __init__(self) -> None:
        super().__init__(height=px(26))
        self._words: list[tuple[str, str]] = []

    def set_steps(self, steps: Sequence[Step]) -> None:
        self._words = [
            (str(number), f"{step_name(step)} · {format_count(step.rows)}")
            for number, step in enumerate(steps, start=1)
        ]
        told = "; ".join(f"{number} {words}" for number, words in self._words)
        self.setAccessibleName(_("Langkah: {steps}").format(steps=told or _("belum ada")))
        self.setToolTip("\n".join(map(_told, steps[-12:])))
        self.update()

    def paint(self, painter: QPainter, box: QRectF) -> None:
        head = _("Langkah:") if self._words else _("Belum ada langkah; setiap langkah tersimpan.")
        draw_text(painter, box, head, size=12, weight=500, tone="muted")
        left = box.left() + text_width(head, 12, 500) + 12
        for place in range(self._first_shown(box.width() - left), len(self._words)):
            number, words = self._words[place]
            last = place == len(self._words) - 1
            tone, weight = ("text", 600) if last else ("muted", 500)
            line = QRectF(left, box.top(), box.right() - left, box.height())
            draw_text(painter, line, f"{number}  {words}", size=12, weight=weight, tone=tone)
            left += text_width(f"{number}  {words}", 12, weight) + _BETWEEN

    def _first_shown(self, room: float) -> int:
        taken = 0.0
        for place in range(len(self._words) - 1, -1, -1):
            number, words = self._words[place]
            taken += text_width(f"{number}  {words}", 12, 600) + _BETWEEN
            if taken > room:
                return min(place + 1, len(self._words) - 1)
        return 0


def step_name(step: Step) -> str:
    """Name what a step has done."""
    if step.rule == EDITED:
        return _("Ubah sel")
    if step.rule in set(RepairRule):
        return REPAIR_LABELS[RepairRule(step.rule)]
    if step.rule in set(CellTool):
        return TOOL_LABELS[CellTool(step.rule)]
    if step.rule in set(SheetStep):
        return SHEET_STEP_LABELS[SheetStep(step.rule)]
    return _other_names().get(step.rule, _("Putusan duplikat"))


def _other_names() -> dict[str, str]:
    return {
        DecidedOutcome.SKIPPED: _("Tidak dimuat"),
        DecidedOutcome.REJECTED: _("Ditolak"),
        DecidedOutcome.RETURNED: _("Kirim balik"),
        CORRECTION: _("Muat berkas koreksi"),
        IGNORE: _("Abaikan peringatan"),
        NIK_CONFIRMED: _("NIK sesuai KTP"),
    }


def _told(step: Step) -> str:
    words = _("{name}, {n} baris, oleh {who}")
    return words.format(name=step_name(step), n=format_count(step.rows), who=step.user_name)
