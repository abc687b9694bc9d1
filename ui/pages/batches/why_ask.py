"""Ask in place, without a dialog, why rows are not loaded or a list is given back."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent, Qt
from PySide6.QtWidgets import QWidget

from bpjsdesk.domain.wording import format_count
from bpjsdesk.services.printed_reasons import LONGEST_REASON
from ui.i18n import _
from ui.pages.batches.own_keys import OwnKeys
from ui.widgets.buttons import Button
from ui.widgets.label import Label
from ui.widgets.layout import column, row
from ui.widgets.text import caption
from ui.widgets.text_edit import TextEdit


class WhyAsk(QWidget):
    """One line for the reason; Enter decides, Esc leaves everything as it is.

    Signals: decided(str) with the reason, closed() in any case afterwards.
    """

    decided = Signal(str)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._title = Label("", weight=600, wrap=True)
        self._edit = TextEdit()
        self._edit.setObjectName("whyEdit")
        self._edit.setMaxLength(LONGEST_REASON)
        OwnKeys(self._edit)
        self._wrong = caption("", tone="bad", wrap=True)
        self._wrong.hide()
        self._note = caption("", wrap=True)
        self._act = Button("", kind="primary", key="Enter", small=True)
        cancel = Button(_("Batal"), key="Esc", small=True)
        self._act.setObjectName("whyAct")
        self._act.clicked.connect(self._on_act_clicked)
        cancel.clicked.connect(self._close)
        buttons = row(self._act, cancel, None)
        parts = (self._title, self._edit, self._wrong, self._note, buttons)
        self.setLayout(column(*parts, gap=5))
        self.setFocusProxy(self._edit)
        self.hide()

    def ask(self, count: int) -> None:
        """Ask about so many rows."""
        words = _("Mengapa {n} baris ini tidak dimuat?")
        self._title.setText(words.format(n=format_count(count)))
        self._note.setText(_("Alasan dicetak pada tanda terima; langkah ini dapat diurungkan."))
        self._edit.setPlaceholderText(_("mis. sudah dibayar provinsi"))
        self._begin(_("Jangan dimuat"))

    def ask_return(self, count: int, likely: str) -> None:
        """Ask what the sender is to mend in so many rows; `likely` may be taken as it stands."""
        words = _("Apa yang harus diperbaiki pengirim pada {n} baris ini?")
        self._title.setText(words.format(n=format_count(count)))
        note = _("Baris tetap ditahan dan alasannya masuk surat ke pengirim; dapat diurungkan.")
        self._note.setText(note)
        self._edit.setPlaceholderText(_("mis. NIK tidak lengkap"))
        self._begin(_("Kirim balik"))
        self._edit.setText(likely[: self._edit.maxLength()])
        self._edit.selectAll()

    def ask_ignore(self, count: int, what: str, likely: str) -> None:
        """Ask why a warning of so many rows is in order; without `what` all that they have.

        `likely` was said of the same before and may be taken as it stands.
        """
        named = f"“{what}”" if what else _("semua peringatan")
        words = _("Mengapa {what} pada {n} baris ini boleh diabaikan?")
        self._title.setText(words.format(what=named, n=format_count(count)))
        note = _(
            "Barisnya ikut dimuat; alasannya dicetak pada tanda terima dan surat ke pengirim; "
            "dapat diurungkan."
        )
        self._note.setText(note)
        self._edit.setPlaceholderText(_("mis. sudah dicocokkan dengan KTP"))
        self._begin(_("Abaikan"))
        self._edit.setText(likely)
        self._edit.selectAll()

    def ask_confirm(self, count: int) -> None:
        """Ask who has seen that the NIKs of so many rows really end in 0."""
        words = _("Siapa yang mencocokkan NIK {n} baris ini, dan dengan apa?")
        self._title.setText(words.format(n=format_count(count)))
        note = _("Baris lain tetap ditahan; alasannya dicetak pada tanda terima; dapat diurungkan.")
        self._note.setText(note)
        self._edit.setPlaceholderText(_("mis. KTP dilihat di loket oleh Rina"))
        self._begin(_("NIK sesuai KTP"))

    def ask_refusal(self) -> None:
        """Ask why a submitted list is given back."""
        self._title.setText(_("Mengapa daftar ini dikembalikan?"))
        self._note.setText(_("Petugas membaca alasan ini dan dapat memperbaiki barisnya lagi."))
        self._edit.setPlaceholderText(_("mis. kelurahan Molas belum lengkap"))
        self._begin(_("Kembalikan"))

    def ask_discard(self) -> None:
        """Ask why a list is put aside."""
        self._title.setText(_("Mengapa daftar ini dibuang?"))
        self._note.setText(_("Belum seorang pun didaftarkan. Berkasnya boleh dimuat lagi."))
        self._edit.setPlaceholderText(_("mis. kategori yang dipilih keliru"))
        self._begin(_("Buang daftar"))

    def ask_undo(self, count: int) -> None:
        """Ask why a whole batch is taken back."""
        words = _("Mengapa {n} orang ini dibatalkan?")
        self._title.setText(words.format(n=format_count(count)))
        self._note.setText(_("Tersimpan dalam satu langkah atau tidak sama sekali."))
        self._edit.setPlaceholderText(_("mis. berkas tahun lalu yang termuat"))
        self._begin(_("Batalkan batch"))

    def ask_again(self, name: str) -> None:
        """Ask why somebody whom the core system refused is sent again as he is."""
        self._title.setText(_("Mengapa {name} dikirim lagi tanpa diubah?").format(name=name))
        self._note.setText(_("Barisnya dapat diterima lagi, lalu ikut terkirim berikutnya."))
        self._edit.setPlaceholderText(_("mis. kepesertaan PU-nya sudah berakhir"))
        self._begin(_("Boleh dikirim lagi"))

    def ask_write_off(self, count: int) -> None:
        """Ask why held rows are not waited for any longer."""
        words = _("Mengapa {n} baris ini tidak ditunggu lagi?")
        self._title.setText(words.format(n=format_count(count)))
        self._note.setText(_("Barisnya tetap ditahan dan tetap terlihat; tidak ditagih lagi."))
        self._edit.setPlaceholderText(_("mis. pengirim sudah mengganti orangnya"))
        self._begin(_("Hentikan tagihan"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_act_clicked()
        elif event.key() == Qt.Key.Key_Escape:
            self._close()
        # no other key may reach what lies around: letters mean something there
        event.accept()

    def _begin(self, act: str) -> None:
        self._act.setText(act)
        self._act.updateGeometry()
        self._edit.clear()
        self._wrong.hide()
        self.show()
        self._edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_act_clicked(self) -> None:
        reason = self._edit.text().strip()
        if not reason:
            self._wrong.setText(_("Tulis alasannya dahulu."))
            self._wrong.show()
            self._edit.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.decided.emit(reason)
        self._close()

    def _close(self) -> None:
        self.hide()
        self.closed.emit()
