"""Words for the commands, objects and facts of the history."""

from ui.i18n import _


def deed_words(command: str) -> str:
    """Name a command for a reader; an unknown one keeps its own name."""
    return _deeds().get(command, command)


def kind_words(kind: str) -> str:
    """Name the kind of thing that a command touched."""
    return _kinds().get(kind, kind)


def field_words(name: str) -> str:
    """Name a fact noted with a deed."""
    return _fields().get(name, name)


def _deeds() -> dict[str, str]:
    return {
        "agreement.save": _("Menyimpan perjanjian"),
        "agreement.renew": _("Memperpanjang perjanjian"),
        "backup.make": _("Membuat cadangan"),
        "batch.import": _("Memuat daftar peserta"),
        "batch.submit": _("Mengajukan daftar"),
        "batch.refuse": _("Mengembalikan daftar"),
        "batch.accept": _("Menerima daftar"),
        "batch.discard": _("Membuang daftar"),
        "batch.repair": _("Memperbaiki baris"),
        "batch.map": _("Menentukan arti kolom"),
        "batch.undo": _("Membatalkan batch"),
        "batch.send": _("Menandai terkirim"),
        "batch.reply": _("Mengambil balasan sistem inti"),
        "batch.correct": _("Memuat koreksi"),
        "batch.errors": _("Menyimpan berkas koreksi"),
        "batch.debt": _("Mengubah tenggat baris tertahan"),
        "batch.write_off": _("Menghapus tunggakan baris tertahan"),
        "level.save": _("Mengubah tingkat pemeriksaan"),
        "claim.save": _("Menyimpan klaim"),
        "claim.move": _("Mengubah status klaim"),
        "claim.pay": _("Mencatat pembayaran klaim"),
        "claim.import": _("Memuat klaim lampau"),
        "office.found": _("Mendirikan kantor"),
        "office.save": _("Mengubah kop surat"),
        "person.approve": _("Memutuskan permintaan perubahan"),
        "person.end": _("Mencatat akhir kepesertaan"),
        "person.merge": _("Menggabungkan dua orang"),
        "person.request": _("Mengajukan perubahan data"),
        "person.reveal": _("Membuka NIK lengkap"),
        "reference.save": _("Mengubah aturan"),
        "report.print": _("Mencetak dokumen"),
        "report.export": _("Menyimpan laporan ke Excel"),
        "signatory.save": _("Menyimpan penanda tangan"),
        "user.add": _("Menambah pengguna"),
        "user.disable": _("Menonaktifkan pengguna"),
    }


def _kinds() -> dict[str, str]:
    return {
        "agreement": _("Perjanjian"),
        "backup": _("Cadangan"),
        "batch": _("Batch"),
        "claim": _("Klaim"),
        "claims_report": _("Laporan klaim"),
        "issue_level": _("Tingkat pemeriksaan"),
        "lookup": _("Cek banyak NIK"),
        "office": _("Kantor"),
        "person": _("Peserta"),
        "reference": _("Aturan"),
        "report": _("Laporan"),
        "signatory": _("Penanda tangan"),
        "user": _("Pengguna"),
    }


def _fields() -> dict[str, str]:
    return {
        "accepted": _("Diterima"),
        "before": _("Sebelumnya"),
        "after": _("Menjadi"),
        "code": _("Kode"),
        "valid_from": _("Berlaku mulai"),
        "agreement": _("Perjanjian"),
        "amount": _("Jumlah rupiah"),
        "batch": _("Batch"),
        "blank": _("Kosong"),
        "digest": _("Sidik berkas"),
        "document": _("Dokumen"),
        "file": _("Berkas"),
        "held": _("Ditahan"),
        "ignored": _("Bukan peserta"),
        "name": _("Nama"),
        "nik": _("NIK"),
        "months": _("Jumlah bulan"),
        "from_status": _("Dari"),
        "category": _("Kategori"),
        "claims": _("Klaim"),
        "number": _("Nomor"),
        "programme": _("Program"),
        "read": _("Dibaca"),
        "reason": _("Alasan"),
        "role": _("Peran"),
        "rows": _("Baris"),
        "seed": _("Sidik aturan awal"),
        "sha256": _("Sidik"),
        "source": _("Berkas asal"),
        "title": _("Judul"),
        "to_status": _("Menjadi"),
    }
