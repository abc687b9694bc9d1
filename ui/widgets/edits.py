"""Fields for days, months, money and NIK: typed freely, normalised when left."""

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from bpjsdesk.domain.period import YearWindow, first_of_month, parse_day
from bpjsdesk.domain.wording import amount_in_words, format_count, format_date, format_month
from ui.i18n import _
from ui.widgets.text_edit import Reading, TextEdit

__all__ = ["CountEdit", "DateEdit", "MoneyEdit", "MonthEdit", "NikEdit", "TextEdit"]

_LONGEST_AMOUNT = 15
_NIK_DIGITS = 16
Today = Callable[[], date]


class DateEdit(TextEdit):
    """A day typed as 20112026, 20/11/26 or "20 nov"; T is today, + and - step a day."""

    def __init__(
        self, today: Today, day: date | None = None, *, window: YearWindow = "near"
    ) -> None:
        super().__init__(placeholder=_("hh-bb-tttt"))
        self._today, self._window = today, window
        self.set_day(day)

    @property
    def day(self) -> date | None:
        """The day as understood; None when empty or unreadable, see `is_readable`."""
        return parse_day(self.text(), self._today(), window=self._window)

    @property
    def is_readable(self) -> bool:
        return not self.text().strip() or self.day is not None

    def set_day(self, day: date | None) -> None:
        self.setText(format_date(day, "short") if day else "")
        self.setCursorPosition(0)
        self.reading_changed.emit(*self.reading())

    def reading(self) -> Reading:
        if not self.text().strip():
            return "", "muted"
        day = self.day
        if day is not None:
            return format_date(day, "long"), "muted"
        words = _("Tanggal tidak terbaca. Contoh: 20112026, 20/11/26, 20 nov.")
        return words, "muted" if self.hasFocus() else "bad"

    def normalise(self) -> None:
        day = self.day
        if day is not None:
            self.setText(format_date(day, "short"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.isReadOnly() or not self._took_step(event.text()):
            super().keyPressEvent(event)

    def _took_step(self, typed: str) -> bool:
        if typed.lower() == "t" and self._nothing_kept():
            self._set_by_key(self._today())
            return True
        if typed in ("+", "-") and self._is_finished():
            base = self.day or self._today()
            self._set_by_key(base + timedelta(days=1 if typed == "+" else -1))
            return True
        return False

    def _nothing_kept(self) -> bool:
        # "okt" and "sept" carry a t of their own, so T only works where no word is being typed
        return self.text() == self.selectedText() or self._is_finished()

    def _is_finished(self) -> bool:
        # a "-" inside 20-11 is a separator, one after a whole day is a step back
        text = self.text().strip()
        return not text or (len(text) == len("20-11-2026") and self.day is not None)

    def _set_by_key(self, day: date) -> None:
        self.set_day(day)
        self.selectAll()
        self.textEdited.emit(self.text())


class MoneyEdit(TextEdit):
    """Whole rupiah of any size, with separators while typing and the amount in words."""

    def __init__(self, amount: int | None = None, *, prefix: str = "Rp") -> None:
        super().__init__()
        self._prefix = prefix
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.set_amount(amount)

    @property
    def amount(self) -> int | None:
        digits = "".join(mark for mark in self.text() if mark.isdigit())
        return int(digits[:_LONGEST_AMOUNT]) if digits else None

    def set_amount(self, amount: int | None) -> None:
        self.setText("" if amount is None else self._shown(amount))
        self.reading_changed.emit(*self.reading())

    def reading(self) -> Reading:
        amount = self.amount
        if amount is None:
            return "", "muted"
        return (amount_in_words(amount), "muted") if self._prefix else ("", "muted")

    def _shown(self, amount: int) -> str:
        return self._prefix + format_count(amount)

    def _on_text_edited(self, text: str) -> None:
        behind = sum(mark.isdigit() for mark in text[self.cursorPosition() :])
        amount = self.amount
        shown = "" if amount is None else self._shown(amount)
        if shown != text:
            self.setText(shown)
            self.setCursorPosition(_place_before(shown, behind))
        super()._on_text_edited(shown)


class CountEdit(MoneyEdit):
    """A whole number of people or months, with separators and without a unit."""

    def __init__(self, amount: int | None = None) -> None:
        super().__init__(amount, prefix="")


class NikEdit(TextEdit):
    """One box for the 16 digits of a NIK; spaces and dots of a pasted one are dropped."""

    def __init__(self, nik: str = "") -> None:
        super().__init__(nik, placeholder=_("16 angka"))

    @property
    def digits(self) -> str:
        return "".join(mark for mark in self.text() if mark.isdigit())

    def reading(self) -> Reading:
        count = len(self.digits)
        if not self.text().strip() or count == _NIK_DIGITS:
            return "", "muted"
        if count > _NIK_DIGITS:
            words = _("Lebih {n} angka. NIK selalu 16 angka.")
        else:
            words = _("Kurang {n} angka. NIK selalu 16 angka.")
        return words.format(n=abs(_NIK_DIGITS - count)), "muted" if self.hasFocus() else "bad"

    def normalise(self) -> None:
        if len(self.digits) == _NIK_DIGITS:
            self.setText(self.digits)


class MonthEdit(TextEdit):
    """A contribution month typed as 112026, 11/26 or "nov 2026"; `month` is its first day."""

    def __init__(self, today: Today, month: date | None = None) -> None:
        super().__init__(placeholder=_("bb-tttt"))
        self._today = today
        self.set_month(month)

    @property
    def month(self) -> date | None:
        text = self.text().strip()
        if not text:
            return None
        first = f"01{text}" if text.isdigit() else f"1 {text}" if text[0].isalpha() else f"1-{text}"
        day = parse_day(first, self._today())
        return first_of_month(day) if day else None

    @property
    def is_readable(self) -> bool:
        return not self.text().strip() or self.month is not None

    def set_month(self, month: date | None) -> None:
        self.setText(f"{month:%m-%Y}" if month else "")
        self.setCursorPosition(0)
        self.reading_changed.emit(*self.reading())

    def reading(self) -> Reading:
        if not self.text().strip():
            return "", "muted"
        month = self.month
        if month is not None:
            return format_month(month), "muted"
        words = _("Bulan tidak terbaca. Contoh: 112026, 11/26, nov 2026.")
        return words, "muted" if self.hasFocus() else "bad"

    def normalise(self) -> None:
        month = self.month
        if month is not None:
            self.setText(f"{month:%m-%Y}")


def _place_before(text: str, digits_behind: int) -> int:
    place = len(text)
    while place and digits_behind:
        place -= 1
        digits_behind -= text[place].isdigit()
    return place
