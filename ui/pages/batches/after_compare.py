"""Compare a list with another one: on paper for both sides to sign, or as a workbook."""

from collections.abc import Sequence

from PySide6.QtCore import Signal

from bpjsdesk.domain.enrollment import BatchListItem, BatchStatus
from bpjsdesk.domain.period import add_months
from bpjsdesk.domain.wording import format_month_range
from ui.i18n import _
from ui.page import PageContext
from ui.pages.batches.after_work import comparison_work
from ui.pages.reports.file_choice import ask_save_path
from ui.widgets.buttons import Button
from ui.widgets.combo import Choice
from ui.widgets.layout import Card, row
from ui.widgets.text import Label


class CompareCard(Card):
    """Choose the earlier list; hidden where there is none.

    Signals: paper_asked(int, int) with the earlier and the later batch, noted(str),
    problem_met(exception).
    """

    paper_asked = Signal(int, int)
    noted = Signal(str)
    problem_met = Signal(object)

    def __init__(self, context: PageContext) -> None:
        self._label = Label(_("Bandingkan dengan"), weight=500)
        self.other = Choice()
        self.other.setObjectName("compareOther")
        self.other.setAccessibleName(_("Bandingkan dengan daftar"))
        self.paper_button = Button(_("Cetak selisih"), icon="printer", small=True)
        self.paper_button.setObjectName("comparePaper")
        self.book_button = Button(_("Excel…"), icon="file-spreadsheet", small=True)
        self.book_button.setObjectName("compareBook")
        line = row(self._label, (self.other, 1), self.paper_button, self.book_button, gap=10)
        super().__init__(line, gap=0, margins=(16, 8, 12, 8))
        self._context = context
        self._item: BatchListItem | None = None
        self.hide()
        self.paper_button.clicked.connect(self._on_paper_clicked)
        self.book_button.clicked.connect(self._on_book_clicked)

    def show_batch(self, item: BatchListItem, every: Sequence[BatchListItem]) -> None:
        """Offer the other lists, the one before this first."""
        self._item = item
        others = [
            each
            for each in every
            if each.batch_id != item.batch_id and each.status != BatchStatus.DISCARDED
        ]
        nearest = sorted(
            others, key=lambda each: (_plain(each) != _plain(item), *_distance(each, item))
        )
        self.other.set_choices([(each.batch_id, _words(each)) for each in nearest])
        if nearest:
            self.other.set_value(nearest[0].batch_id)
        self.setVisible(bool(nearest))
        may = self._context.app.user.may("report.export")
        self.book_button.setVisible(may)

    def _on_paper_clicked(self) -> None:
        if self._item is not None and self.other.value is not None:
            self.paper_asked.emit(*self._pair(self._item))

    def _on_book_clicked(self) -> None:
        if self._item is None or self.other.value is None:
            return
        name = _("Selisih daftar {number}.xlsx").format(number=self._item.number)
        path = ask_save_path(self, _("Simpan selisih daftar"), name, "xlsx")
        if path is not None:
            before, after = self._pair(self._item)
            work = comparison_work(self._context.app, before, after, path)
            task = self._context.runner.start(work)
            task.succeeded.connect(self._on_written)
            task.failed.connect(self.problem_met)

    def _pair(self, item: BatchListItem) -> tuple[int, int]:
        """The list of the earlier months comes first, whichever of the two is open."""
        other = int(self.other.value)
        return (other, item.batch_id) if other < item.batch_id else (item.batch_id, other)

    def _on_written(self, path: object) -> None:
        self.noted.emit(_("Tersimpan: {path}").format(path=path))


def _distance(other: BatchListItem, item: BatchListItem) -> tuple[bool, bool, int]:
    """The same category first, earlier lists before later ones, the newest of them first."""
    differs = other.category_name != item.category_name
    return differs, other.batch_id > item.batch_id, abs(item.batch_id - other.batch_id)


def _plain(item: BatchListItem) -> str:
    """The title of an agreement without its year: a renewal keeps the rest of it."""
    return "".join(letter for letter in item.agreement_title if not letter.isdigit())


def _words(item: BatchListItem) -> str:
    last = add_months(item.from_month, item.months - 1)
    return f"{item.number} · {item.category_name} · {format_month_range(item.from_month, last)}"
