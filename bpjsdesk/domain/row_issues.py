"""What can be wrong in a row of a list of workers: stable codes, how to mend each, its level."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from bpjsdesk.domain.issue_codes import IssueCode, Level

__all__ = [
    "FIELD_OF_ISSUE",
    "ISSUES",
    "ISSUE_SENTENCES",
    "USUAL_LEVELS",
    "Issue",
    "IssueCode",
    "Level",
    "Levels",
]


class Issue(NamedTuple):
    """All that belongs to one code; `field` is the column that it is about, empty for none."""

    field: str
    sentence: str
    level: Level


def _error(field: str, sentence: str) -> Issue:
    return Issue(field, sentence, Level.ERROR)


def _warning(field: str, sentence: str) -> Issue:
    return Issue(field, sentence, Level.WARNING)


# The level is the one of a new office, as in resources/seed/issue_level.csv.
ISSUES = {
    IssueCode.NIK_MISSING: _error(
        "nik",
        "NIK kosong. Isi 16 angka NIK sesuai KTP.",
    ),
    IssueCode.NIK_FORMAT: _error(
        "nik",
        "NIK bukan 16 angka. Cocokkan dengan KTP; periksa angka yang kurang atau lebih dan huruf "
        "seperti O pada tempat angka 0.",
    ),
    IssueCode.NIK_AS_NUMBER: _error(
        "nik",
        "NIK disimpan sebagai angka, sehingga Excel menghapus angka terakhirnya. Ubah format kolom "
        "NIK menjadi Teks, lalu isi ulang NIK dari KTP.",
    ),
    IssueCode.NIK_TRUNCATED: _error(
        "nik",
        "NIK berakhir 0 seperti hampir seluruh kolomnya: angka terakhirnya sudah dihapus Excel. "
        "Mintalah kolom NIK dikirim ulang sebagai Teks dengan templat.",
    ),
    IssueCode.NIK_DATE: _error(
        "nik",
        "Tanggal lahir di dalam NIK (angka ke-7 sampai ke-12) tidak ada di kalender. Cocokkan NIK "
        "dengan KTP.",
    ),
    IssueCode.NIK_FILLER: _error(
        "nik",
        "NIK hanya isian pengganti, bukan NIK asli. Isi NIK sesuai KTP.",
    ),
    IssueCode.NAME_MISSING: _error(
        "name",
        "Nama kosong atau tidak berisi huruf. Isi nama lengkap sesuai KTP.",
    ),
    IssueCode.NAME_WITH_DIGIT: _error(
        "name",
        "Nama berisi angka. Tulis nama lengkap sesuai KTP tanpa angka; nomor urut dan nomor lain "
        "ditulis di kolomnya sendiri.",
    ),
    IssueCode.NAME_TOO_LONG: _error(
        "name",
        "Nama lebih dari 100 huruf, sehingga tidak dapat didaftarkan. Tulis nama sesuai KTP saja, "
        "keterangan lain di kolomnya sendiri.",
    ),
    IssueCode.DOB_UNREADABLE: _error(
        "birth_date",
        "Tanggal lahir tidak terbaca atau tidak masuk akal. Tulis hari-bulan-tahun, contoh "
        "12-08-1985.",
    ),
    IssueCode.OVER_AGE: _error(
        "birth_date",
        "Usia sudah mencapai batas pada tanggal pendaftaran, sehingga tidak dapat didaftarkan. "
        "Periksa tanggal lahir; bila benar, ganti dengan peserta lain.",
    ),
    IssueCode.DUP_IN_FILE: _error(
        "nik",
        "NIK ini sudah ada pada baris sebelumnya di berkas yang sama. Hapus baris yang berulang, "
        "atau betulkan NIK bila orangnya berbeda.",
    ),
    IssueCode.NIK_TWO_NAMES: _error(
        "nik",
        "NIK ini dipakai orang dengan nama lain pada baris sebelumnya. Satu NIK hanya milik satu "
        "orang: cocokkan kedua baris dengan KTP, lalu betulkan NIK yang salah.",
    ),
    IssueCode.DUP_ACTIVE: _error(
        "nik",
        "NIK ini masih aktif pada batch lain untuk bulan iuran yang sama. Keluarkan dari daftar "
        "ini, atau akhiri dahulu kepesertaan yang lama.",
    ),
    IssueCode.SAME_PERSON: _error(
        "nik",
        "NIK ini dan NIK baris lain di berkas ini milik satu orang di register: sudah digabung, "
        "atau NIK-nya sudah diganti. Muat satu baris saja.",
    ),
    IssueCode.DECEASED: _error(
        "nik",
        "Tercatat meninggal dunia di register. Jangan didaftarkan; bila catatannya keliru, "
        "betulkan dahulu pada halaman orangnya.",
    ),
    IssueCode.FORMULA_NO_VALUE: _error(
        "",
        "Sel berisi rumus tanpa nilai tersimpan. Buka berkas di Excel dan simpan lagi, atau tempel "
        "sebagai nilai.",
    ),
    IssueCode.CELL_ERROR: _error(
        "",
        "Sel berisi kesalahan rumus seperti #N/A. Perbaiki rumusnya atau ketik nilainya.",
    ),
    IssueCode.CATEGORY_UNKNOWN: _error(
        "category",
        "Kategori tidak dikenal atau bukan kategori yang dipilih untuk batch ini. Betulkan "
        "kategorinya, atau masukkan baris ini ke batch kategori tersebut.",
    ),
    IssueCode.IS_ASN_TNI_POLRI: _error(
        "occupation",
        "Pekerjaannya ASN, TNI, atau Polri, yang jaminannya diselenggarakan sendiri. Keluarkan "
        "dari daftar, atau betulkan pekerjaannya bila keliru.",
    ),
    IssueCode.SIMILAR_PERSON: _error(
        "nik",
        "Nama dan tanggal lahirnya sama dengan orang lain yang NIK-nya berbeda satu atau dua "
        "angka. Putuskan pada langkah Duplikat: orang yang sama atau bukan.",
    ),
    IssueCode.OVER_QUOTA: _error(
        "",
        "Kuota perjanjian sudah penuh. Baris ini menunggu tambahan kuota, atau gantikan peserta "
        "yang keluar.",
    ),
    IssueCode.OVER_BUDGET: _warning(
        "",
        "Pagu anggaran perjanjian tidak cukup untuk baris ini. Baris ini menunggu tambahan "
        "anggaran, atau gantikan peserta yang keluar.",
    ),
    IssueCode.NIK_NOT_IN_DUKCAPIL: _error(
        "nik",
        "Ditolak sistem inti: NIK, nama, atau tanggal lahirnya tidak cocok dengan Dukcapil. "
        "Betulkan sesuai KTP, lalu kirim lagi.",
    ),
    IssueCode.ALREADY_ACTIVE_PU: _error(
        "nik",
        "Ditolak sistem inti: orang ini masih aktif sebagai pekerja penerima upah. Keluarkan "
        "barisnya dari daftar, atau kirim lagi setelah kepesertaan lamanya berakhir.",
    ),
    IssueCode.CORE_REJECTED: _error(
        "",
        "Ditolak sistem inti dengan alasan yang tertulis pada batch ini. Betulkan barisnya lalu "
        "kirim lagi, atau keluarkan dari daftar.",
    ),
    IssueCode.NIK_REGION_UNKNOWN: _warning(
        "nik",
        "Empat angka awal NIK bukan kode kabupaten/kota yang dikenal. Cocokkan NIK dengan KTP.",
    ),
    IssueCode.NIK_DOB_MISMATCH: _warning(
        "birth_date",
        "Tanggal lahir berbeda dengan tanggal di dalam NIK. Periksa urutan hari dan bulan, lalu "
        "cocokkan dengan KTP; bila KTP memang demikian, perlu verifikasi Dukcapil.",
    ),
    IssueCode.SEX_UNKNOWN: _warning(
        "sex",
        "Jenis kelamin kosong atau tulisannya tidak dikenal. Tulis L atau P, samakan ejaannya, "
        "atau ambil dari NIK.",
    ),
    IssueCode.NIK_SEX_MISMATCH: _warning(
        "sex",
        "Jenis kelamin berbeda dengan yang tercatat di dalam NIK. Cocokkan dengan KTP; bila KTP "
        "memang demikian, perlu verifikasi Dukcapil.",
    ),
    IssueCode.SERIAL_ZERO: _warning(
        "nik",
        "Empat angka terakhir NIK adalah 0000. Biasanya angkanya terpotong; cocokkan dengan KTP.",
    ),
    IssueCode.NIK_IS_FAMILY_CARD: _warning(
        "nik",
        "NIK sama dengan nomor KK. Salah satunya tersalin dari yang lain; cocokkan dengan KTP dan "
        "kartu keluarga.",
    ),
    IssueCode.FAMILY_CARD_FORMAT: _warning(
        "family_card_no",
        "Nomor KK bukan 16 angka atau disimpan sebagai angka, sehingga tidak dibaca. Cocokkan "
        "dengan kartu keluarga, lalu tulis sebagai Teks.",
    ),
    IssueCode.PHONE_FORMAT: _warning(
        "phone",
        "Nomor HP tidak dikenali. Tulis satu nomor diawali 08 dengan 10 sampai 13 angka.",
    ),
    IssueCode.PHONE_SHARED: _warning(
        "phone",
        "Nomor HP ini juga dipakai baris lain di berkas. Tidak apa-apa bila satu keluarga; bila "
        "bukan, isi nomor masing-masing.",
    ),
    IssueCode.NO_PHONE: _warning(
        "phone",
        "Nomor HP kosong. Mintakan nomor peserta atau keluarganya agar mudah dihubungi.",
    ),
    IssueCode.NO_MOTHER_NAME: _warning(
        "mother_name",
        "Nama ibu kandung kosong. Lengkapi sesuai kartu keluarga.",
    ),
    IssueCode.HEIR_MISSING: _warning(
        "heir_name",
        "Nama ahli waris kosong. Mintakan nama dan hubungannya, agar klaim kelak tidak tertunda.",
    ),
    IssueCode.OCCUPATION_UNKNOWN: _warning(
        "occupation",
        "Pekerjaan ini belum disamakan dengan sebutan kantor. Samakan sekali; semua baris yang "
        "menulis sama ikut terbaca.",
    ),
    IssueCode.WAGE_UNREADABLE: _warning(
        "wage",
        "Penghasilan tidak terbaca sebagai rupiah, sehingga dianggap kosong. Tulis jumlahnya saja, "
        "contoh 1.500.000.",
    ),
    IssueCode.ACCOUNT_FORMAT: _warning(
        "account_no",
        "Nomor rekening bukan 8 sampai 20 angka atau disimpan sebagai angka. Cocokkan dengan buku "
        "tabungan, lalu tulis sebagai Teks.",
    ),
    IssueCode.EMAIL_FORMAT: _warning(
        "email",
        "Alamat email tidak lengkap. Tulis satu alamat, contoh nama@contoh.id, atau kosongkan.",
    ),
    IssueCode.NEIGHBOURHOOD_AS_DATE: _warning(
        "neighbourhood",
        "Lingkungan/RT/RW berubah menjadi tanggal oleh Excel, misalnya 3/4 menjadi 3 April. Ubah "
        "format kolomnya menjadi Teks, lalu isi ulang.",
    ),
    IssueCode.REGION_UNMAPPED: _warning(
        "village",
        "Kelurahan/desa tidak ditemukan di daftar wilayah. Periksa ejaannya dan isi kecamatannya.",
    ),
    IssueCode.UNDER_AGE: _warning(
        "birth_date",
        "Usia di bawah batas bawah pada tanggal pendaftaran. Periksa tanggal lahir; bila benar, "
        "mintakan persetujuan penyelia.",
    ),
    IssueCode.OUT_OF_REGION: _warning(
        "village",
        "Alamat berada di luar wilayah perjanjian. Pastikan orang ini berhak ikut perjanjian ini.",
    ),
    IssueCode.NOT_ELIGIBLE_DESIL: _warning(
        "desil",
        "Desil kesejahteraannya di atas batas bantuan iuran, atau tidak terbaca sebagai 1 sampai "
        "10. Pastikan orang ini berhak; bila tidak, ganti dengan peserta lain.",
    ),
    IssueCode.PERIOD_DIFFERS: _warning(
        "start_month",
        "Bulan mulai atau jumlah bulannya lain dari batch ini, atau tidak terbaca; yang dibayar "
        "adalah bulan batch. Bila orang ini untuk bulan lain, masukkan ke batch bulan itu.",
    ),
    IssueCode.PROGRAMME_DIFFERS: _warning(
        "claim_programme",
        "Programnya lain dari kuota perjanjian, atau tidak dikenal; yang dibayar adalah program "
        "kuota. Bila orang ini untuk program lain, masukkan ke batch kuota itu.",
    ),
    IssueCode.NAME_DIFFERS: _warning(
        "name",
        "Nama berbeda dengan nama pemilik NIK ini yang sudah tercatat. Cocokkan keduanya dengan "
        "KTP.",
    ),
    IssueCode.DOB_DIFFERS: _warning(
        "birth_date",
        "Tanggal lahir berbeda dengan tanggal lahir pemilik NIK ini yang sudah tercatat. Cocokkan "
        "keduanya dengan KTP.",
    ),
    IssueCode.ALREADY_PAID: _warning(
        "nik",
        "Iurannya untuk bulan yang sama sudah dibayar perjanjian lain. Sepakati satu pembayar; "
        "rinciannya ada pada langkah Duplikat.",
    ),
    IssueCode.MEMBERSHIP_ENDED: _warning(
        "nik",
        "Kepesertaannya sudah diakhiri dengan alasan pada halaman orangnya, misalnya pindah. "
        "Pastikan ia memang didaftarkan kembali.",
    ),
    IssueCode.NIK_REPLACED: _warning(
        "nik",
        "NIK sudah diganti lewat permintaan yang disetujui; baris ini dikenali sebagai pemiliknya. "
        "Pakai NIK yang baru, yang ada pada halaman orangnya.",
    ),
    IssueCode.DUP_OTHER_DRAFT: _warning(
        "nik",
        "NIK ini juga ada pada daftar lain yang sedang dikerjakan untuk bulan yang sama. Sepakati "
        "daftar mana yang memuatnya.",
    ),
    IssueCode.VALUE_LOST: _warning(
        "",
        "Sel yang boleh kosong berisi kesalahan rumus atau rumus tanpa nilai, sehingga dianggap "
        "kosong. Ketik nilainya bila diperlukan.",
    ),
    IssueCode.SAME_AS_LAST: Issue(
        "",
        "Sama persis dengan batch terakhir perjanjian ini. Tidak perlu diperiksa ulang.",
        Level.OFF,
    ),
}

ISSUE_SENTENCES = {code: issue.sentence for code, issue in ISSUES.items()}
FIELD_OF_ISSUE = {code: issue.field for code, issue in ISSUES.items() if issue.field}


@dataclass(frozen=True, slots=True, kw_only=True)
class Levels:
    """The levels in force on one day: an error holds its row, a warning never does."""

    errors: frozenset[IssueCode]
    off: frozenset[IssueCode]
    ranks: Mapping[IssueCode, int]

    @classmethod
    def of(cls, levels: Mapping[IssueCode, Level]) -> "Levels":
        """Take the level of each code; a code that is not named has the one of a new office."""
        whole = {code: levels.get(code, issue.level) for code, issue in ISSUES.items()}
        order = sorted(IssueCode, key=lambda code: whole[code] is not Level.ERROR)
        return cls(
            errors=frozenset(code for code, level in whole.items() if level is Level.ERROR),
            off=frozenset(code for code, level in whole.items() if level is Level.OFF),
            ranks={code: rank for rank, code in enumerate(order)},
        )

    def level_of(self, code: IssueCode) -> Level:
        """Give the level of a code."""
        if code in self.errors:
            return Level.ERROR
        return Level.OFF if code in self.off else Level.WARNING

    def is_error(self, code: IssueCode) -> bool:
        """Say whether a code holds its row."""
        return code in self.errors

    def hold(self, codes: Iterable[IssueCode]) -> bool:
        """Say whether any of the codes holds its row."""
        return not self.errors.isdisjoint(codes)

    def shown(self, codes: Iterable[IssueCode]) -> tuple[IssueCode, ...]:
        """Give each code once, errors first, without those that are switched off."""
        return tuple(sorted(set(codes) - self.off, key=self.ranks.__getitem__))

    def changed(self) -> tuple[tuple[IssueCode, Level], ...]:
        """Give the codes whose level is not that of a new office."""
        levels = ((code, self.level_of(code)) for code in IssueCode)
        return tuple((code, level) for code, level in levels if level is not ISSUES[code].level)


USUAL_LEVELS = Levels.of({})
