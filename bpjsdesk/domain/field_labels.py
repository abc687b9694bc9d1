"""What people call the fields of a list, the order of its dates, and the steps done to it."""

from collections.abc import Mapping
from types import MappingProxyType

from bpjsdesk.domain.columns import DateOrder
from bpjsdesk.domain.staging import SheetStep

FIELD_LABELS: Mapping[str, str] = MappingProxyType(
    {
        "number": "Nomor urut",
        "nik": "NIK",
        "family_card_no": "Nomor KK",
        "name": "Nama",
        "birth_place": "Tempat lahir",
        "birth_date": "Tanggal lahir",
        "birth_place_date": "Tempat dan tanggal lahir",
        "sex": "Jenis kelamin",
        "mother_name": "Nama ibu kandung",
        "address": "Alamat",
        "neighbourhood": "Lingkungan/RT/RW",
        "village": "Kelurahan/desa",
        "district": "Kecamatan",
        "city": "Kabupaten/kota",
        "phone": "Nomor HP",
        "email": "Email",
        "occupation": "Pekerjaan",
        "category": "Kategori",
        "wage": "Penghasilan",
        "bank": "Bank",
        "account_no": "Nomor rekening",
        "heir_name": "Nama ahli waris",
        "heir_relation": "Hubungan ahli waris",
        "desil": "Desil",
        "claim_programme": "Program",
        "start_month": "Bulan mulai",
        "month_count": "Jumlah bulan",
        "note": "Keterangan",
        "row_key": "Kunci baris",
    }
)
ORDER_WORDS: Mapping[DateOrder, str] = MappingProxyType(
    {
        DateOrder.ASSUMED: "Hari dulu",
        DateOrder.DAY_FIRST: "Hari dulu, pasti",
        DateOrder.MONTH_FIRST: "Bulan dulu, pasti",
        DateOrder.MIXED: "Urutan campur, dicocokkan dengan NIK",
        DateOrder.DAY_CHOSEN: "Hari dulu, dipilih petugas",
        DateOrder.MONTH_CHOSEN: "Bulan dulu, dipilih petugas",
    }
)
SHEET_STEP_LABELS: Mapping[SheetStep, str] = MappingProxyType(
    {
        SheetStep.MAP_COLUMNS: "Petakan kolom",
        SheetStep.DATE_ORDER: "Tentukan urutan hari dan bulan",
        SheetStep.MOVE_HEADING: "Pindahkan baris judul",
        SheetStep.LEAVE_SHEET: "Tinggalkan lembar",
        SheetStep.JOIN_SHEET: "Gabungkan lembar",
        SheetStep.MAP_VALUES: "Samakan ejaan",
        SheetStep.NEW_LIST: "Muat daftar baru dari pengirim",
        SheetStep.CHOOSE_SENDER: "Sebutkan pengirim",
    }
)
