"""What was saved, and what can be done next."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from bpjsdesk.domain.batches import BatchDetail
from bpjsdesk.domain.wording import format_count, format_rupiah
from ui.i18n import _
from ui.pages.batches.sender_letter import letter_button
from ui.pages.batches.sum_card import SumCard
from ui.theme import px
from ui.widgets.buttons import Button
from ui.widgets.layout import Card, boxed, column, row
from ui.widgets.text import Facts, IconMark, Label, caption, card_title, record_title


class NextStep(QWidget):
    """One thing to do after a list was stored, with the buttons that do it."""

    def __init__(self, icon: str, *buttons: Button) -> None:
        super().__init__()
        self._what, self._how = Label("", weight=500, wrap=True), caption("", wrap=True)
        words = column(self._what, self._how, gap=1)
        mark = column(IconMark(icon, "muted", size=18), None)
        self.setLayout(row(mark, (words, 1), *buttons, gap=10))

    def say(self, what: str, how: str) -> None:
        self._what.setText(what)
        self._how.setText(how)


class ImportResult(QWidget):
    """Say which batch now holds what.

    Signals: open_asked(), errors_asked(), letter_asked(), roster_asked(), receipt_asked(),
    again_asked().
    """

    open_asked = Signal()
    errors_asked = Signal()
    letter_asked = Signal()
    roster_asked = Signal()
    receipt_asked = Signal()
    again_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.batch_id = 0
        self._build_widgets()
        self._connect_signals()

    def show_batch(self, detail: BatchDetail) -> None:
        item = detail.item
        self.batch_id = item.batch_id
        self._title.setText(_("Batch {number} tersimpan").format(number=item.number))
        self._sum.set_counts(item.counts)
        self._facts.set_pairs(
            [
                (_("Perjanjian"), item.agreement_title),
                (_("Kategori"), item.category_name),
                (_("Berkas"), item.source_name),
                (_("Iuran"), format_rupiah(item.amount)),
            ]
        )
        counts = item.counts
        self.errors_button.setVisible(counts.held > 0)
        self.letter_button.setVisible(counts.held > 0)
        self._held.setVisible(counts.held > 0)
        self._held.say(
            _("{n} baris ditahan beserta alasannya").format(n=format_count(counts.held)),
            _(
                "Kirim surat, templat, dan berkas koreksi ke pengirim, atau perbaiki di halaman "
                "batch. Sampai nol, barisnya tagihan batch ini dengan penanggung jawab dan tenggat."
            ),
        )
        self._core.setVisible(counts.accepted > 0)
        self._core.say(
            _("{n} orang siap dikirim ke sistem inti").format(n=format_count(counts.accepted)),
            _("Berkas unggahan dan balasannya ada di halaman batch, lembar Sistem inti."),
        )
        self._roster.setVisible(counts.accepted > 0)

    def _build_widgets(self) -> None:
        self._title = record_title()
        self._sum = SumCard(with_bar=False)
        self._facts = Facts()
        self.open_button = Button(_("Buka batch"), kind="primary", key="Ctrl+Enter")
        self.errors_button = Button(_("Berkas koreksi…"), icon="file-spreadsheet")
        self.letter_button = letter_button()
        self.roster_button = Button(_("Daftar peserta"), icon="printer", key="Ctrl+P")
        self.receipt_button = Button(_("Tanda terima"), icon="receipt", key="Ctrl+R")
        self.receipt_button.setObjectName("receiptButton")
        self.again_button = Button(_("Muat daftar lain"), kind="ghost")
        head = row(IconMark("circle-check", "ok", size=26), (self._title, 1), gap=10)
        buttons = row(self.open_button, self.again_button, None)
        card = Card(head, 4, self._facts, 6, buttons, gap=8, margins=(20, 16, 20, 16))
        inside = boxed(column(None, card, self._sum, self._make_next(), None, gap=10))
        inside.setMaximumWidth(px(860))
        self.setLayout(row((column(), 1), (inside, 12), (column(), 1), gap=0))

    def _make_next(self) -> Card:
        receipt = NextStep("receipt", self.receipt_button)
        receipt.say(
            _("Serahkan tanda terima kepada pengirim"),
            _("Setiap baris yang dibaca dihitung di sana, tanpa nama dan NIK."),
        )
        self._held = NextStep("alert-triangle", self.letter_button, self.errors_button)
        self._core = NextStep("send")
        self._roster = NextStep("users", self.roster_button)
        self._roster.say(
            _("Cetak daftar peserta"), _("Per kelurahan/desa dengan rekapitulasi; NIK disamarkan.")
        )
        steps = (receipt, self._held, self._core, self._roster)
        title = card_title(_("Berikutnya"))
        return Card(title, *steps, gap=10, margins=(20, 12, 20, 14))

    def _connect_signals(self) -> None:
        self.open_button.clicked.connect(self.open_asked)
        self.errors_button.clicked.connect(self.errors_asked)
        self.letter_button.clicked.connect(self.letter_asked)
        self.roster_button.clicked.connect(self.roster_asked)
        self.receipt_button.clicked.connect(self.receipt_asked)
        self.again_button.clicked.connect(self.again_asked)
