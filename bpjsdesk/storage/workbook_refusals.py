"""Why a workbook is refused: stable codes and the sentences that a clerk reads."""

from bpjsdesk.errors import UserError

MAX_ROWS = 200_000
MAX_COLUMNS = 256
MAX_EXPANDED_BYTES = 500_000_000
MAX_FILE_BYTES = 100_000_000

_SAVE_AGAIN = "Buka berkas itu di Excel, simpan ulang sebagai .xlsx, lalu pilih lagi."

_SENTENCES = {
    "WORKBOOK_NOT_FOUND": "Berkas {detail} tidak ditemukan. Periksa nama dan foldernya, "
    "lalu pilih lagi.",
    "WORKBOOK_NOT_READABLE": "Berkas {detail} tidak dapat dibuka. Tutup program lain yang "
    "memakainya atau salin ke folder Anda, lalu pilih lagi.",
    "WORKBOOK_EMPTY": "Berkas ini tidak berisi baris yang dapat dibaca{detail}. Periksa apakah "
    "Anda memilih berkas yang benar dan lembarnya tidak disembunyikan.",
    "WORKBOOK_ENCRYPTED": "Berkas ini dikunci dengan kata sandi. Buka di Excel, hapus kata "
    "sandinya (Berkas > Info > Proteksi), simpan, lalu pilih lagi.",
    "WORKBOOK_RENAMED": "Isi berkas ini sebenarnya {detail}, tidak sesuai dengan akhiran "
    "namanya. Buka dengan program aslinya dan simpan sebagai .xlsx, atau minta pengirim "
    "mengirim berkas Excel-nya, lalu pilih lagi.",
    "WORKBOOK_UNSUPPORTED": "Jenis berkas ini ({detail}) tidak dapat dibaca. Gunakan .xlsx, "
    ".xls, .ods, atau .csv.",
    "WORKBOOK_DAMAGED": "Berkas ini rusak atau terpotong{detail}. Minta pengirim mengirim ulang, "
    "atau buka di Excel, simpan ulang sebagai .xlsx, lalu pilih lagi.",
    "WORKBOOK_BOMB": "Berkas ini ditolak demi keamanan: {detail}. Minta pengirim membuat ulang "
    "berkasnya dari daftar aslinya.",
    "WORKBOOK_TOO_LARGE": "Berkas ini terlalu besar: {detail}. Bagi daftar menjadi beberapa "
    "berkas, lalu muat satu per satu.",
    "WORKBOOK_ENCODING": "Tulisan di dalam berkas ini memakai pengodean yang tidak didukung"
    "{detail}. " + _SAVE_AGAIN,
    "WORKBOOK_TIMEOUT": "Berkas ini terlalu lama dibaca ({detail} detik) sehingga dihentikan. "
    "Hapus lembar dan format yang tidak perlu, simpan ulang, lalu coba lagi.",
    "WORKBOOK_TOO_HEAVY": "Berkas ini memerlukan memori terlalu besar untuk dibaca sehingga "
    "dihentikan. Salin hanya daftarnya ke buku kerja baru, simpan, lalu pilih lagi.",
}


def refusal(code: str, detail: str = "") -> UserError:
    """Build the refusal for a code of this module's table; `detail` fills its one gap."""
    return UserError(code, _SENTENCES[code].format(detail=detail))
