"""The words of the command line; a stable contract for IT and for scripts."""

import argparse
from datetime import date

from bpjsdesk import __version__
from bpjsdesk.cli.usage import Parser
from bpjsdesk.domain.period import parse_month
from bpjsdesk.errors import UserError

SUPPRESS = argparse.SUPPRESS
LARGEST = 10**9


def build_parser() -> argparse.ArgumentParser:
    """Describe every command; global options may stand before or after it."""
    parser: argparse.ArgumentParser = Parser(
        prog="bpjsdesk-cli",
        description="BPJS Desk tanpa jendela: perjanjian, daftar peserta, klaim, laporan.",
    )
    parser.add_argument(
        "--version",
        action="version",
        version=f"BPJS Desk {__version__}",
        help="tampilkan versi program",
    )
    _add_globals(parser, default=None)
    parser.set_defaults(json=False)
    commands = parser.add_subparsers(dest="command", required=True, metavar="PERINTAH")
    shared = argparse.ArgumentParser(add_help=False)
    _add_globals(shared, default=SUPPRESS)
    for add in (_office, _agreements, _batches, _claims, _reports, _people, _safety):
        add(commands, shared)
    return parser


def _add_globals(parser: argparse.ArgumentParser, *, default: str | None) -> None:
    parser.add_argument(
        "--data", metavar="DIR", default=default, help="folder data (atau BPJSDESK_DATA)"
    )
    parser.add_argument(
        "--user",
        metavar="NAMA",
        default=default,
        help="nama pengguna; kata sandi dari BPJSDESK_PASSWORD atau ditanyakan",
    )
    parser.add_argument(
        "--json",
        action="store_true",
        default=SUPPRESS,
        help="tepat satu objek JSON di stdout",
    )


Commands = argparse._SubParsersAction  # noqa: SLF001  # argparse has no public name for it


def _leaf(
    commands: "Commands[argparse.ArgumentParser]",
    shared: argparse.ArgumentParser,
    name: str,
    words: str,
) -> argparse.ArgumentParser:
    return commands.add_parser(name, parents=[shared], help=words, description=words)


def _group(
    commands: "Commands[argparse.ArgumentParser]",
    shared: argparse.ArgumentParser,
    name: str,
    words: str,
) -> "Commands[argparse.ArgumentParser]":
    parser = _leaf(commands, shared, name, words)
    return parser.add_subparsers(dest="action", required=True, metavar="TINDAKAN")


def _office(commands: "Commands[argparse.ArgumentParser]", shared: argparse.ArgumentParser) -> None:
    init = _leaf(commands, shared, "init", "Buat kantor baru dan pengguna pertama (penyelia)")
    init.add_argument("--office", required=True, metavar="NAMA", help="nama kantor")
    demo = _leaf(commands, shared, "demo", "Buat kantor latihan dengan data rekaan")
    demo.add_argument(
        "--rows", type=int, default=37_000, metavar="N", help="jumlah baris daftar peserta"
    )
    demo.add_argument("--out", metavar="DIR", help="folder PDF contoh")
    schema = _leaf(commands, shared, "schema", "Cetak JSON Schema berkas perjanjian atau klaim")
    schema.add_argument(
        "kind", choices=("agreement", "claim"), metavar="JENIS", help="agreement atau claim"
    )


def _agreements(
    commands: "Commands[argparse.ArgumentParser]", shared: argparse.ArgumentParser
) -> None:
    group = _group(commands, shared, "agreement", "Perjanjian kerja sama")
    _leaf(group, shared, "add", "Rekam perjanjian dari berkas JSON").add_argument(
        "file", metavar="BERKAS"
    )
    _leaf(group, shared, "list", "Daftar perjanjian")
    _leaf(group, shared, "show", "Satu perjanjian").add_argument("id", type=_positive, metavar="ID")
    _leaf(group, shared, "renew", "Perpanjang: salin tanpa nomor dan tanggal").add_argument(
        "id", type=_positive, metavar="ID"
    )
    pdf = _leaf(group, shared, "pdf", "Ringkasan Perjanjian")
    pdf.add_argument("id", type=_positive, metavar="ID")
    pdf.add_argument("--out", required=True, metavar="F")


def _batches(
    commands: "Commands[argparse.ArgumentParser]", shared: argparse.ArgumentParser
) -> None:
    group = _group(commands, shared, "batch", "Daftar peserta dari Excel")
    template = _leaf(group, shared, "template", "Templat daftar peserta")
    template.add_argument("--agreement", type=_positive, required=True, metavar="ID")
    template.add_argument("--sender", type=_positive, metavar="ID", help="untuk pengirim ini")
    template.add_argument("--out", required=True, metavar="F.xlsx")
    check = _leaf(group, shared, "check", "Periksa berkas tanpa menyimpan")
    load = _leaf(group, shared, "import", "Muat berkas: penyelia menerima, petugas mengajukan")
    for parser, needed in ((check, False), (load, True)):
        _add_target(parser, months_needed=needed)
        _add_plan(parser)
        parser.add_argument("--rows", action="store_true", help="sertakan setiap baris")
        parser.add_argument("--errors-out", metavar="F.xlsx", help="buku kerja baris yang ditahan")
    _list_work(group, shared)
    _lists_after(group, shared)
    _corrections(group, shared)
    senders = _group(commands, shared, "sender", "Pengirim daftar")
    _leaf(senders, shared, "list", "Daftar pengirim")
    add = _leaf(senders, shared, "add", "Catat pengirim")
    add.add_argument("name", metavar="NAMA")
    add.add_argument("--note", default="", metavar="CATATAN")
    _leaf(senders, shared, "show", "Mutu daftar dan kesalahan biasa seorang pengirim").add_argument(
        "id", type=_positive, metavar="ID"
    )
    _leaf(group, shared, "list", "Daftar batch")
    _leaf(group, shared, "show", "Satu batch: jumlah, alasan, baris yang ditahan").add_argument(
        "id", type=_positive, metavar="ID"
    )
    pdf = _leaf(group, shared, "pdf", "Daftar Peserta sebuah batch")
    pdf.add_argument("id", type=_positive, metavar="ID")
    pdf.add_argument("--out", required=True, metavar="F")


def _list_work(group: "Commands[argparse.ArgumentParser]", shared: argparse.ArgumentParser) -> None:
    stage = _leaf(group, shared, "stage", "Baca daftar dan simpan sebagai pekerjaan, belum dimuat")
    _add_target(stage, months_needed=False)
    work = _leaf(group, shared, "work", "Lanjutkan pekerjaan: arti kolom, perbaikan, putusan")
    work.add_argument("id", type=_positive, metavar="ID")
    for parser in (stage, work):
        _add_plan(parser)
    for name, words in (
        ("submit", "Ajukan daftar kepada penyelia"),
        ("accept", "Terima daftar: baris baik didaftarkan"),
        ("refuse", "Kembalikan daftar kepada petugas"),
        ("undo", "Batalkan seluruh batch"),
        ("receipt", "Tanda terima daftar"),
        ("letter", "Surat kepada pengirim, dengan templat dan berkas koreksi"),
        ("sent", "Catat: batch dikirim ke sistem inti"),
        ("reply", "Ambil balasan sistem inti (Y/T)"),
        ("take-out", "Keluarkan yang ditolak sistem inti, bila balasannya diambil petugas"),
    ):
        parser = _leaf(group, shared, name, words)
        parser.add_argument("id", type=_positive, metavar="ID")
        if name == "accept":
            parser.add_argument("--up-to-quota", action="store_true", help="sampai kuota penuh")
        elif name in ("refuse", "undo"):
            parser.add_argument("--reason", required=True, metavar="ALASAN")
        elif name == "receipt":
            parser.add_argument("--out", required=True, metavar="F.pdf")
        elif name == "letter":
            parser.add_argument("--out", required=True, metavar="FOLDER")
        elif name == "reply":
            parser.add_argument("file", metavar="BERKAS")
        elif name == "sent":
            parser.add_argument("--out", metavar="F.xlsx", help="berkas unggahan sistem inti")


def _corrections(
    group: "Commands[argparse.ArgumentParser]", shared: argparse.ArgumentParser
) -> None:
    correct = _leaf(group, shared, "correct", "Muat koreksi: berkas koreksi atau daftar lengkap")
    correct.add_argument("id", type=_positive, metavar="ID")
    correct.add_argument("file", metavar="BERKAS")
    errors = _leaf(group, shared, "errors", "Berkas koreksi: baris yang ditahan untuk pengirim")
    errors.add_argument("id", type=_positive, metavar="ID")
    errors.add_argument("--out", required=True, metavar="F.xlsx")
    _leaf(group, shared, "debts", "Baris tertahan yang ditunggu: pemilik dan tenggatnya")


def _lists_after(
    group: "Commands[argparse.ArgumentParser]", shared: argparse.ArgumentParser
) -> None:
    carry = _leaf(group, shared, "carry", "Daftar lanjutan: tanpa yang meninggal, pindah, berakhir")
    carry.add_argument("id", type=_positive, metavar="ID")
    carry.add_argument("--agreement", type=_positive, metavar="ID", help="perjanjian berikutnya")
    carry.add_argument("--category", metavar="KODE")
    carry.add_argument("--from", dest="from_month", type=_month, metavar="YYYY-MM")
    carry.add_argument("--months", type=_positive, metavar="N")
    carry.add_argument("--registered", type=_day, metavar="TANGGAL")
    carry.add_argument("--add", metavar="BERKAS", help="nama baru yang ikut masuk")
    carry.add_argument("--out", metavar="F.xlsx", help="tulis yang berlanjut ke Excel")
    compare = _leaf(group, shared, "compare", "Bandingkan dua batch: siapa keluar, siapa masuk")
    compare.add_argument("before", type=_positive, metavar="LAMA")
    compare.add_argument("after", type=_positive, metavar="BARU")
    compare.add_argument("--out", metavar="F.pdf")
    compare.add_argument("--xlsx", metavar="F.xlsx")


def _add_target(parser: argparse.ArgumentParser, *, months_needed: bool) -> None:
    parser.add_argument("file", metavar="BERKAS", help="daftar, atau - untuk teks dari masukan")
    parser.add_argument("--agreement", type=_positive, required=True, metavar="ID")
    parser.add_argument("--category", required=True, metavar="KODE")
    parser.add_argument(
        "--registered",
        type=_day,
        metavar="TANGGAL",
        help="tanggal pendaftaran untuk menilai usia (bawaan: hari ini)",
    )
    parser.add_argument("--sender", type=_positive, metavar="ID", help="pengirim daftar ini")
    parser.add_argument("--letter", default="", metavar="NOMOR", help="nomor surat pengirim")
    parser.add_argument("--letter-on", type=_day, metavar="TANGGAL", help="tanggal surat itu")
    parser.add_argument(
        "--from", dest="from_month", type=_month, required=months_needed, metavar="YYYY-MM"
    )
    parser.add_argument("--months", type=_positive, required=months_needed, metavar="N")


def _add_plan(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--mapping",
        metavar="F.json",
        help="arti judul dan ejaan: columns, values, header_row, month_first",
    )
    parser.add_argument("--trim", action="append", metavar="KOLOM", help="rapikan spasi")
    parser.add_argument("--replace", action="append", metavar="KOLOM:LAMA=BARU", help="ganti teks")
    parser.add_argument("--repair", action="append", metavar="KODE=ATURAN", help="boleh berulang")
    parser.add_argument("--decide", metavar="F.json", help="putusan: baris, peringatan, duplikat")


def _claims(commands: "Commands[argparse.ArgumentParser]", shared: argparse.ArgumentParser) -> None:
    group = _group(commands, shared, "claim", "Klaim")
    _leaf(group, shared, "add", "Rekam klaim dari berkas JSON").add_argument(
        "file", metavar="BERKAS"
    )
    _leaf(group, shared, "import", "Muat klaim lampau dari Excel").add_argument(
        "file", metavar="BERKAS"
    )
    _leaf(group, shared, "list", "Daftar klaim")


def _reports(
    commands: "Commands[argparse.ArgumentParser]", shared: argparse.ArgumentParser
) -> None:
    group = _group(commands, shared, "report", "Laporan")
    claims = _leaf(group, shared, "claims", "Laporan Pembayaran Klaim menurut tanggal pembayaran")
    claims.add_argument("--from", dest="date_from", type=_day, required=True, metavar="D")
    claims.add_argument("--to", dest="date_to", type=_day, required=True, metavar="D")
    claims.add_argument("--region", metavar="KODE", help="kode wilayah Kemendagri")
    claims.add_argument("--out", metavar="F.pdf")
    claims.add_argument("--xlsx", metavar="F.xlsx")


def _people(commands: "Commands[argparse.ArgumentParser]", shared: argparse.ArgumentParser) -> None:
    people = _group(commands, shared, "people", "Orang")
    find = _leaf(people, shared, "find", "Cari nama atau awal NIK")
    find.add_argument("text", metavar="TEKS")
    find.add_argument("--limit", type=_positive, default=100, metavar="N")
    lookup = _leaf(people, shared, "lookup", "Siapa yang terlindungi: berkas berisi NIK")
    lookup.add_argument("file", metavar="BERKAS")
    lookup.add_argument("--out", metavar="F.xlsx", help="tulis jawabannya, dengan NIK lengkap")
    of_person = {
        name: _leaf(people, shared, name, words)
        for name, words in (
            ("show", "Satu orang: kepesertaan, asal data, riwayat"),
            ("request", "Ajukan perubahan NIK, nama, atau tanggal lahir"),
            ("end", "Catat bahwa kepesertaan berakhir"),
            ("resume", "Cabut catatan berakhir"),
        )
    }
    for parser in of_person.values():
        parser.add_argument("person", metavar="NIK|ID")
    asked = of_person["request"]
    asked.add_argument("field", choices=("nik", "name", "born"), metavar="nik|name|born")
    asked.add_argument("value", metavar="ISI_BARU")
    asked.add_argument("--basis", required=True, metavar="DOKUMEN", help="misalnya KTP")
    ended = of_person["end"]
    ended.add_argument("--reason", required=True, metavar="KODE", help="misalnya MENINGGAL")
    ended.add_argument("--on", type=_day, required=True, metavar="YYYY-MM-DD")
    ended.add_argument("--note", default="", metavar="CATATAN")
    _decisions_on_people(people, shared)


def _decisions_on_people(
    people: "Commands[argparse.ArgumentParser]", shared: argparse.ArgumentParser
) -> None:
    waiting = _leaf(people, shared, "requests", "Permintaan perubahan yang menunggu")
    waiting.add_argument("--all", action="store_true", help="juga yang sudah diputuskan")
    for name, words in (("approve", "Setujui permintaan"), ("refuse", "Tolak permintaan")):
        decided = _leaf(people, shared, name, words)
        decided.add_argument("id", type=_positive, metavar="NOMOR")
        decided.add_argument("--note", default="", metavar="CATATAN")
    merge = _leaf(people, shared, "merge", "Gabungkan dua orang yang ternyata satu")
    merge.add_argument("kept", metavar="YANG_TETAP", help="NIK atau nomor orang")
    merge.add_argument("other", metavar="YANG_DIGABUNG", help="NIK atau nomor orang")
    merge.add_argument("--reason", required=True, metavar="ALASAN")
    unmerge = _leaf(people, shared, "unmerge", "Lepas penggabungan")
    unmerge.add_argument("id", type=_positive, metavar="NOMOR")


def _safety(commands: "Commands[argparse.ArgumentParser]", shared: argparse.ArgumentParser) -> None:
    _leaf(commands, shared, "backup", "Cadangan yang dibuktikan dengan dibuka").add_argument(
        "file", metavar="BERKAS"
    )
    _leaf(commands, shared, "check", "Periksa keutuhan, kunci, riwayat, dan jumlah")
    audit = _group(commands, shared, "audit", "Riwayat tindakan")
    listing = _leaf(audit, shared, "list", "Tindakan terbaru lebih dahulu")
    listing.add_argument("--limit", type=_positive, default=200, metavar="N")
    _leaf(commands, shared, "self-test", "Uji program di kantor sementara")


def _day(text: str) -> date:
    try:
        parse_month(text[:7])  # keeps the year within what the office can have known
        return date.fromisoformat(text)
    except (ValueError, UserError) as problem:
        raise argparse.ArgumentTypeError(f"{text}: tulis YYYY-MM-DD") from problem


def _month(text: str) -> date:
    try:
        return parse_month(text)
    except UserError as problem:
        raise argparse.ArgumentTypeError(f"{text}: tulis YYYY-MM") from problem


def _positive(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= LARGEST:
        raise argparse.ArgumentTypeError(f"{text}: tulis bilangan bulat mulai 1")
    return int(text)
