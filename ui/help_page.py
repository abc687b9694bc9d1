"""Offline help: how each job is done here, which keys work, and where the data lies."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from bpjsdesk import __version__
from ui.i18n import _
from ui.page import Page, PageContext
from ui.theme import px
from ui.widgets.buttons import Button
from ui.widgets.layout import Card, Item, ScrollColumn, column, row
from ui.widgets.split import MainAndRail
from ui.widgets.text import Facts, KeyChip, Label, caption, card_title


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpTopic:
    """One job in numbered steps, and the page where it is done."""

    page: str
    title: str
    steps: tuple[str, ...]


class HelpPage(Page):
    """Explain the program without a network."""

    def __init__(self, context: PageContext) -> None:
        super().__init__(context, _("Bantuan"))
        self.set_subtitle(_("Versi {version} · bekerja tanpa internet").format(version=__version__))
        self.set_key_hints(("Ctrl+1…6", _("halaman")), ("F1", _("bantuan")))
        topics = ScrollColumn(*[self._topic_card(topic) for topic in help_topics()], None)
        rail = ScrollColumn(_keys_card(), self._place_card(), None)
        self.body.addWidget(MainAndRail(topics, rail, rail_width=330))

    def _topic_card(self, topic: HelpTopic) -> Card:
        go = Button(_("Buka halaman"), kind="ghost", small=True)
        go.setProperty("page", topic.page)
        go.setAccessibleName(_("Buka halaman: {title}").format(title=topic.title))
        go.clicked.connect(self._on_go_clicked)
        steps = [
            row(_number(place), (Label(step, wrap=True), 1), gap=9)
            for place, step in enumerate(topic.steps, start=1)
        ]
        return Card(row(card_title(topic.title), None, go), *steps, gap=7)

    def _place_card(self) -> Card:
        paths = self.context.app.paths
        facts = Facts(
            (
                (_("Data"), str(paths.database)),
                (_("Cadangan"), str(paths.backups)),
                (_("Keluaran"), str(paths.exports)),
            ),
            label_width=70,
        )
        words = caption(
            _(
                "Berkas data terenkripsi. Simpan kode pemulihan di lemari besi; tanpa kata sandi "
                "dan tanpa kode itu, data tidak dapat dibuka oleh siapa pun."
            ),
            wrap=True,
        )
        return Card(card_title(_("Letak data")), facts, words)

    def _on_go_clicked(self) -> None:
        self.context.open_page(str(self.sender().property("page")), None)


def help_topics() -> tuple[HelpTopic, ...]:
    """List the jobs of the office in the order in which they come up."""
    return (
        HelpTopic(
            page="agreements",
            title=_("Mencatat perjanjian"),
            steps=(
                _("Tekan Ctrl+N di halaman Perjanjian, lalu isi para pihak dan masa berlaku."),
                _("Isi kategori, jumlah orang, dan bulan. Iuran dihitung dari tabel tarif."),
                _("Simpan. Perjanjian yang sudah ditandatangani terkunci; ubah lewat adendum."),
                _("Perpanjang menyalin isi lama; nomor dan tanggal dikosongkan."),
            ),
        ),
        HelpTopic(
            page="batches",
            title=_("Memuat daftar peserta dari Excel"),
            steps=(
                _("Pilih perjanjian dan kategori, lalu pilih berkas xlsx, xls, ods, atau csv."),
                _("Program memeriksa setiap baris. Baris baik diterima, baris salah ditahan."),
                _("Jumlah selalu cocok: dibaca = kosong + diabaikan + diterima + ditahan."),
                _("Simpan buku kesalahan, perbaiki di Excel, lalu muat lagi berkas itu."),
            ),
        ),
        HelpTopic(
            page="claims",
            title=_("Mencatat klaim"),
            steps=(
                _("Cari peserta dengan NIK atau nama, lalu isi jenis dan tanggal kejadian."),
                _("Isi komponen manfaat. Terbilang di bawah jumlah memudahkan pemeriksaan."),
                _("Ubah keadaan klaim sesuai jalannya, sampai dibayarkan."),
            ),
        ),
        HelpTopic(
            page="reports",
            title=_("Mencetak laporan"),
            steps=(
                _("Pilih laporan, wilayah, dan masa. Angka di layar, PDF, dan Excel sama."),
                _("Periksa pratinjau, lalu cetak dengan Ctrl+P atau simpan sebagai PDF."),
            ),
        ),
    )


def help_keys() -> tuple[tuple[str, str], ...]:
    """List the keys that work everywhere or in every list and form."""
    return (
        ("Ctrl+1…6", _("buka halaman")),
        ("Ctrl+,", _("pengaturan")),
        ("Ctrl+L", _("kunci")),
        ("Ctrl+F", _("cari di daftar")),
        ("Ctrl+N", _("catatan baru")),
        ("Enter", _("buka")),
        ("F2", _("ubah")),
        ("Ctrl+S", _("simpan")),
        ("F8", _("kesalahan berikutnya")),
        ("Esc", _("batal, kembalikan isian")),
        ("T", _("hari ini, di isian tanggal")),
        ("+ −", _("geser sehari")),
        ("Ctrl+C", _("salin baris untuk Excel")),
        ("Ctrl+P", _("cetak")),
    )


def _keys_card() -> Card:
    lines: Sequence[Item] = [
        row(_wide(KeyChip(key)), (Label(word), 1), gap=8) for key, word in help_keys()
    ]
    return Card(card_title(_("Tombol")), *lines, gap=5)


def _wide(chip: QWidget) -> QWidget:
    box = QWidget()
    box.setFixedWidth(px(84))
    box.setLayout(row(chip, None))
    return box


def _number(place: int) -> QWidget:
    box = QWidget()
    box.setFixedWidth(px(16))
    box.setLayout(column(Label(str(place), weight=600, tone="accent"), None))
    return box
