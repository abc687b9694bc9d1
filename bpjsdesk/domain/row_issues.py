"""What can be wrong in a row of a list of workers: stable codes and how to mend each."""

from enum import StrEnum


class IssueCode(StrEnum):
    """Errors first, in the order in which they are shown, then warnings."""

    NIK_MISSING = "NIK_MISSING"
    NIK_FORMAT = "NIK_FORMAT"
    NIK_AS_NUMBER = "NIK_AS_NUMBER"
    NIK_DATE = "NIK_DATE"
    NIK_FILLER = "NIK_FILLER"
    NAME_MISSING = "NAME_MISSING"
    DOB_UNREADABLE = "DOB_UNREADABLE"
    OVER_AGE = "OVER_AGE"
    DUP_IN_FILE = "DUP_IN_FILE"
    DUP_ACTIVE = "DUP_ACTIVE"
    FORMULA_NO_VALUE = "FORMULA_NO_VALUE"
    CELL_ERROR = "CELL_ERROR"
    CATEGORY_UNKNOWN = "CATEGORY_UNKNOWN"
    SIMILAR_PERSON = "SIMILAR_PERSON"
    OVER_QUOTA = "OVER_QUOTA"
    NIK_REGION_UNKNOWN = "NIK_REGION_UNKNOWN"
    NIK_DOB_MISMATCH = "NIK_DOB_MISMATCH"
    NIK_SEX_MISMATCH = "NIK_SEX_MISMATCH"
    SERIAL_ZERO = "SERIAL_ZERO"
    PHONE_FORMAT = "PHONE_FORMAT"
    PHONE_SHARED = "PHONE_SHARED"
    REGION_UNMAPPED = "REGION_UNMAPPED"
    UNDER_AGE = "UNDER_AGE"
    OUT_OF_REGION = "OUT_OF_REGION"
    NAME_DIFFERS = "NAME_DIFFERS"
    ALREADY_PAID = "ALREADY_PAID"


ISSUE_ORDER = {code: position for position, code in enumerate(IssueCode)}
ERROR_CODES = frozenset(
    code for code in IssueCode if ISSUE_ORDER[code] <= ISSUE_ORDER[IssueCode.OVER_QUOTA]
)

ISSUE_SENTENCES = {
    IssueCode.NIK_MISSING: "NIK kosong. Isi 16 angka NIK sesuai KTP.",
    IssueCode.NIK_FORMAT: (
        "NIK bukan 16 angka. Cocokkan dengan KTP; periksa angka yang kurang atau lebih dan huruf "
        "seperti O pada tempat angka 0."
    ),
    IssueCode.NIK_AS_NUMBER: (
        "NIK disimpan sebagai angka, sehingga Excel menghapus angka terakhirnya. Ubah format kolom "
        "NIK menjadi Teks, lalu isi ulang NIK dari KTP."
    ),
    IssueCode.NIK_DATE: (
        "Tanggal lahir di dalam NIK (angka ke-7 sampai ke-12) tidak ada di kalender. Cocokkan NIK "
        "dengan KTP."
    ),
    IssueCode.NIK_FILLER: "NIK hanya isian pengganti, bukan NIK asli. Isi NIK sesuai KTP.",
    IssueCode.NAME_MISSING: "Nama kosong atau tidak berisi huruf. Isi nama lengkap sesuai KTP.",
    IssueCode.DOB_UNREADABLE: (
        "Tanggal lahir tidak terbaca atau tidak masuk akal. Tulis hari-bulan-tahun, contoh "
        "12-08-1985."
    ),
    IssueCode.OVER_AGE: (
        "Usia sudah mencapai batas pada tanggal pendaftaran, sehingga tidak dapat didaftarkan. "
        "Periksa tanggal lahir; bila benar, ganti dengan peserta lain."
    ),
    IssueCode.DUP_IN_FILE: (
        "NIK ini sudah ada pada baris sebelumnya di berkas yang sama. Hapus baris yang berulang, "
        "atau betulkan NIK bila orangnya berbeda."
    ),
    IssueCode.DUP_ACTIVE: (
        "NIK ini masih aktif pada batch lain untuk bulan iuran yang sama. Keluarkan dari daftar "
        "ini, atau akhiri dahulu kepesertaan yang lama."
    ),
    IssueCode.FORMULA_NO_VALUE: (
        "Sel berisi rumus tanpa nilai tersimpan. Buka berkas di Excel dan simpan lagi, atau tempel "
        "sebagai nilai."
    ),
    IssueCode.CELL_ERROR: (
        "Sel berisi kesalahan rumus seperti #N/A. Perbaiki rumusnya atau ketik nilainya."
    ),
    IssueCode.CATEGORY_UNKNOWN: (
        "Kategori tidak dikenal atau bukan kategori yang dipilih untuk batch ini. Betulkan "
        "kategorinya, atau masukkan baris ini ke batch kategori tersebut."
    ),
    IssueCode.SIMILAR_PERSON: (
        "Nama dan tanggal lahirnya sama dengan orang lain yang NIK-nya berbeda satu atau dua "
        "angka. Putuskan pada langkah Duplikat: orang yang sama atau bukan."
    ),
    IssueCode.OVER_QUOTA: (
        "Kuota perjanjian sudah penuh. Baris ini menunggu tambahan kuota, atau gantikan peserta "
        "yang keluar."
    ),
    IssueCode.NIK_REGION_UNKNOWN: (
        "Empat angka awal NIK bukan kode kabupaten/kota yang dikenal. Cocokkan NIK dengan KTP."
    ),
    IssueCode.NIK_DOB_MISMATCH: (
        "Tanggal lahir berbeda dengan tanggal di dalam NIK. Periksa urutan hari dan bulan, lalu "
        "cocokkan dengan KTP; bila KTP memang demikian, perlu verifikasi Dukcapil."
    ),
    IssueCode.NIK_SEX_MISMATCH: (
        "Jenis kelamin berbeda dengan yang tercatat di dalam NIK. Cocokkan dengan KTP; bila KTP "
        "memang demikian, perlu verifikasi Dukcapil."
    ),
    IssueCode.SERIAL_ZERO: (
        "Empat angka terakhir NIK adalah 0000. Biasanya angkanya terpotong; cocokkan dengan KTP."
    ),
    IssueCode.PHONE_FORMAT: (
        "Nomor HP tidak dikenali. Tulis satu nomor diawali 08 dengan 10 sampai 13 angka."
    ),
    IssueCode.PHONE_SHARED: (
        "Nomor HP ini juga dipakai baris lain di berkas. Tidak apa-apa bila satu keluarga; bila "
        "bukan, isi nomor masing-masing."
    ),
    IssueCode.REGION_UNMAPPED: (
        "Kelurahan/desa tidak ditemukan di daftar wilayah. Periksa ejaannya dan isi kecamatannya."
    ),
    IssueCode.UNDER_AGE: (
        "Usia di bawah batas bawah pada tanggal pendaftaran. Periksa tanggal lahir; bila benar, "
        "mintakan persetujuan penyelia."
    ),
    IssueCode.OUT_OF_REGION: (
        "Alamat berada di luar wilayah perjanjian. Pastikan orang ini berhak ikut perjanjian ini."
    ),
    IssueCode.NAME_DIFFERS: (
        "Nama berbeda dengan nama pemilik NIK ini yang sudah tercatat. Cocokkan keduanya dengan "
        "KTP."
    ),
    IssueCode.ALREADY_PAID: (
        "Iurannya untuk bulan yang sama sudah dibayar perjanjian lain. Sepakati satu pembayar; "
        "rinciannya ada pada langkah Duplikat."
    ),
}


def is_error(code: IssueCode) -> bool:
    """Say whether a code holds its row; a warning never does."""
    return code in ERROR_CODES


def in_order(codes: set[IssueCode] | list[IssueCode]) -> tuple[IssueCode, ...]:
    """Give each code once, errors first."""
    return tuple(sorted(set(codes), key=ISSUE_ORDER.__getitem__))
