"""Short words for what a check finds; the full sentences come from the domain."""

from datetime import datetime

from bpjsdesk.domain.ignored_warnings import Ignored
from bpjsdesk.domain.row_issues import ISSUE_SENTENCES, IssueCode, Levels
from bpjsdesk.domain.wording import format_date
from ui.i18n import _


def issue_title(code: str) -> str:
    """Name an issue in three or four words, for lists."""
    return _titles().get(code) or issue_sentence(code).partition(". ")[0]


def issue_sentence(code: str) -> str:
    """Say what is wrong and how to mend it."""
    return ISSUE_SENTENCES[IssueCode(code)] if code in set(IssueCode) else code


def ignored_words(word: Ignored) -> str:
    """Tell why a warning was ignored, by whom and when."""
    at = datetime.fromisoformat(word.at)
    words = _("diabaikan: {why} · {who} · {day} {time}")
    return words.format(
        why=word.reason,
        who=word.who,
        day=format_date(at.date(), "short"),
        time=f"{at:%H.%M}",
    )


def issue_tone(code: str, levels: Levels) -> str:
    """Give "bad" for what holds a row and "warn" for what does not."""
    return "bad" if code in set(IssueCode) and levels.is_error(IssueCode(code)) else "warn"


def _titles() -> dict[str, str]:
    return {
        IssueCode.NIK_MISSING: _("NIK kosong"),
        IssueCode.NIK_FORMAT: _("NIK bukan 16 angka"),
        IssueCode.NIK_AS_NUMBER: _("NIK tersimpan sebagai angka"),
        IssueCode.NIK_TRUNCATED: _("Kolom NIK terpotong"),
        IssueCode.NIK_DATE: _("Tanggal di dalam NIK salah"),
        IssueCode.NIK_FILLER: _("NIK isian pengganti"),
        IssueCode.NAME_MISSING: _("Nama kosong"),
        IssueCode.NAME_WITH_DIGIT: _("Nama berisi angka"),
        IssueCode.NAME_TOO_LONG: _("Nama terlalu panjang"),
        IssueCode.DOB_UNREADABLE: _("Tanggal lahir tidak terbaca"),
        IssueCode.OVER_AGE: _("Usia melewati batas"),
        IssueCode.DUP_IN_FILE: _("NIK berulang di berkas"),
        IssueCode.NIK_TWO_NAMES: _("Satu NIK, dua nama"),
        IssueCode.DUP_ACTIVE: _("Masih aktif di batch lain"),
        IssueCode.SAME_PERSON: _("Satu orang, dua NIK"),
        IssueCode.DECEASED: _("Tercatat meninggal"),
        IssueCode.MEMBERSHIP_ENDED: _("Kepesertaan sudah diakhiri"),
        IssueCode.NIK_REPLACED: _("NIK sudah diganti"),
        IssueCode.DUP_OTHER_DRAFT: _("Ada di daftar lain"),
        IssueCode.SAME_AS_LAST: _("Sama dengan batch terakhir"),
        IssueCode.FORMULA_NO_VALUE: _("Rumus tanpa nilai"),
        IssueCode.CELL_ERROR: _("Sel berisi kesalahan rumus"),
        IssueCode.CATEGORY_UNKNOWN: _("Kategori tidak sesuai"),
        IssueCode.NIK_REGION_UNKNOWN: _("Kode wilayah NIK asing"),
        IssueCode.NIK_DOB_MISMATCH: _("Tanggal lahir beda dengan NIK"),
        IssueCode.NIK_SEX_MISMATCH: _("Jenis kelamin beda dengan NIK"),
        IssueCode.SEX_UNKNOWN: _("Jenis kelamin tidak dikenal"),
        IssueCode.SERIAL_ZERO: _("NIK berakhir 0000"),
        IssueCode.NIK_IS_FAMILY_CARD: _("NIK sama dengan nomor KK"),
        IssueCode.FAMILY_CARD_FORMAT: _("Nomor KK bukan 16 angka"),
        IssueCode.IS_ASN_TNI_POLRI: _("ASN, TNI, atau Polri"),
        IssueCode.NO_PHONE: _("Nomor HP kosong"),
        IssueCode.NO_MOTHER_NAME: _("Nama ibu kosong"),
        IssueCode.HEIR_MISSING: _("Ahli waris kosong"),
        IssueCode.OCCUPATION_UNKNOWN: _("Pekerjaan belum disamakan"),
        IssueCode.WAGE_UNREADABLE: _("Penghasilan tidak terbaca"),
        IssueCode.ACCOUNT_FORMAT: _("Nomor rekening tidak wajar"),
        IssueCode.EMAIL_FORMAT: _("Email tidak lengkap"),
        IssueCode.NEIGHBOURHOOD_AS_DATE: _("RT/RW menjadi tanggal"),
        IssueCode.PHONE_FORMAT: _("Nomor HP tidak dikenali"),
        IssueCode.PHONE_SHARED: _("Nomor HP dipakai bersama"),
        IssueCode.REGION_UNMAPPED: _("Kelurahan tidak ditemukan"),
        IssueCode.UNDER_AGE: _("Usia di bawah batas"),
        IssueCode.OUT_OF_REGION: _("Di luar wilayah perjanjian"),
        IssueCode.NOT_ELIGIBLE_DESIL: _("Desil di atas batas"),
        IssueCode.PERIOD_DIFFERS: _("Bulan beda dengan batch"),
        IssueCode.PROGRAMME_DIFFERS: _("Program beda dengan kuota"),
        IssueCode.NAME_DIFFERS: _("Nama beda dengan catatan"),
        IssueCode.DOB_DIFFERS: _("Tanggal lahir beda dengan catatan"),
        IssueCode.VALUE_LOST: _("Sel tambahan tidak terbaca"),
        IssueCode.SIMILAR_PERSON: _("Mirip orang lain"),
        IssueCode.ALREADY_PAID: _("Dibayar perjanjian lain"),
        IssueCode.OVER_QUOTA: _("Kuota sudah penuh"),
        IssueCode.OVER_BUDGET: _("Pagu tidak cukup"),
        IssueCode.NIK_NOT_IN_DUKCAPIL: _("Inti: tidak cocok Dukcapil"),
        IssueCode.ALREADY_ACTIVE_PU: _("Inti: masih pekerja penerima upah"),
        IssueCode.CORE_REJECTED: _("Ditolak sistem inti"),
    }
