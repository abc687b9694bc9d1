"""Every key of the program on one sheet."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from ui.i18n import _
from ui.widgets.layout import Card, ScrollColumn, boxed, column, row
from ui.widgets.text import KeyChip, Label, card_title

Keys = Sequence[tuple[str, str]]


class KeySheet(ScrollColumn):
    """Keys by where they work, in two columns."""

    def __init__(self) -> None:
        left = column(*(_card(*part) for part in _left()), None, gap=10)
        right = column(*(_card(*part) for part in _right()), None, gap=10)
        super().__init__(row((left, 1), (right, 1), gap=11), None)
        self.setAccessibleName(_("Semua tombol"))


def _card(title: str, keys: Keys) -> Card:
    return Card(card_title(title), *(_line(key, words) for key, words in keys), gap=5)


def _line(key: str, words: str) -> QWidget:
    line = boxed(row((Label(words), 1), KeyChip(key)))
    line.setAccessibleName(f"{key}: {words}")
    return line


def _left() -> list[tuple[str, Keys]]:
    return [
        (
            _("Di mana saja"),
            [
                ("Ctrl+1…6", _("Pindah halaman")),
                ("Ctrl+,", _("Pengaturan")),
                ("F1", _("Bantuan")),
                ("Ctrl+/", _("Semua tombol")),
                ("Ctrl+L", _("Kunci")),
            ],
        ),
        (
            _("Daftar dan tabel"),
            [
                ("Ctrl+F", _("Cari")),
                ("Ctrl+Backspace", _("Hapus saringan")),
                ("↑ ↓", _("Pindah baris")),
                ("Enter", _("Buka")),
                ("F2", _("Ubah")),
                ("Ctrl+N", _("Baru")),
                ("Ctrl+C", _("Salin baris")),
            ],
        ),
        (
            _("Peserta"),
            [
                ("F2", _("Ajukan perubahan data")),
                ("Ctrl+D", _("Catat berakhir")),
                ("Ctrl+G", _("Gabungkan dua orang")),
                ("Alt+H", _("Asal dan riwayat")),
                ("Ctrl+M", _("Buka samaran NIK")),
                ("Ctrl+B", _("Cek banyak NIK")),
                ("Ctrl+R", _("Permintaan perubahan")),
            ],
        ),
        (
            _("Ringkasan dan laporan"),
            [
                ("1…5", _("Buka tindakan")),
                ("PgUp PgDn", _("Halaman")),
                ("Ctrl+0", _("Paskan halaman")),
                ("Ctrl+T", _("Halaman atau tabel")),
                ("Ctrl+S", _("Simpan PDF")),
                ("Ctrl+P", _("Cetak")),
            ],
        ),
    ]


def _right() -> list[tuple[str, Keys]]:
    return [
        (
            _("Isian"),
            [
                ("Tab", _("Isian berikut")),
                ("F8", _("Kesalahan berikut")),
                ("Ctrl+S", _("Simpan")),
                ("Ctrl+Enter", _("Langkah pada tombol utama")),
                ("T", _("Tanggal hari ini")),
                ("+  −", _("Sehari maju atau mundur")),
                ("Esc", _("Kembalikan isian")),
            ],
        ),
        (
            _("Memuat daftar"),
            [
                ("Ctrl+N", _("Mulai memuat")),
                ("F4", _("Pilih berkas")),
                ("Ctrl+T", _("Simpan templat")),
                ("Ctrl+Enter", _("Periksa, lalu putuskan")),
                ("Enter", _("Perbaiki semua baris alasan")),
                ("B", _("Buka baris alasan")),
                ("F8", _("Masalah berikut")),
                ("F6", _("Panel lain")),
                ("T  N", _("Tukar tanggal, ambil dari NIK")),
                ("J  A", _("Jangan dimuat: alasan, baris")),
                ("K", _("Kirim balik ke pengirim")),
                ("I", _("Abaikan peringatan dengan alasan")),
                ("S", _("Pastikan NIK di kolom terpotong sesuai KTP")),
                ("Ctrl+D", _("Isi ke bawah")),
                ("Ctrl+H", _("Cari dan ganti, rapikan, pisahkan")),
                ("Ctrl+V", _("Tempel dari Excel")),
                ("Ctrl+Z", _("Urungkan langkah")),
                ("Alt+H", _("Semua langkah")),
                ("Ctrl+U", _("Surat ke pengirim")),
                ("Ctrl+R", _("Tanda terima")),
                ("Alt+←", _("Kembali")),
                ("Esc", _("Batal")),
                ("Ctrl+W", _("Tutup, lanjutkan nanti")),
            ],
        ),
    ]
