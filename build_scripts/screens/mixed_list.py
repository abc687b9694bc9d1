"""A made-up list whose headings are those of a sender: some are known, some must be decided."""

from pathlib import Path

from bpjsdesk.cli.demo_office.sheets import Heading, PlainCell, PlainSheet, write_workbook

_HEADINGS = (
    "No",
    "N I K",
    "No.KK",
    "NAMA LENGKAP",
    "Tempat/Tgl Lahir",
    "L/P",
    "Nama Ibu",
    "Alamat",
    "Kel.",
    "HP",
    "Pekerjaan",
    "Tahap",
)
_WIDTHS = (6, 20, 20, 30, 26, 6, 22, 22, 22, 18, 18, 12)
_PEOPLE = (
    ("NURAINI LAMUSU, S.Pd", "P", "Nelayan", "Lingk. IV", "0812-4411-{n:04d}"),
    ("Rommy Supit", "L", "TANI", "Ling 2 dkt gereja", "62813{n:07d}"),
    ("MOH. RIZKI", "LK", "Ojek online", "Pala 3", "81344{n:06d}"),
    ("SELVI MANOPPO", "Perempuan", "Nelayan", "Lingkungan I", "0852 {n:04d} 1212"),
)
_SHEETS = {"Tuminting": ("Tumumpa Satu", "Maasing"), "Bunaken": ("Molas", "Meras", "Tumumpa 1")}
_ROWS = 60


def write_mixed_list(path: Path, *, cut: bool = False) -> Path:
    """Write two sheets with the same headings and one that holds no list; `cut` spoils the NIK."""
    sheets = [
        PlainSheet(name=name, rows=_rows(villages, start, cut=cut), widths=_WIDTHS)
        for start, (name, villages) in enumerate(_SHEETS.items(), 1)
    ]
    recap: list[list[PlainCell]] = [["Rekap per kecamatan"], ["Tuminting", _ROWS]]
    sheets.append(PlainSheet(name="Rekap", rows=recap, widths=(24, 12)))
    path.parent.mkdir(exist_ok=True)
    write_workbook(path, sheets)
    return path


def _rows(villages: tuple[str, ...], start: int, *, cut: bool) -> list[list[PlainCell]]:
    rows: list[list[PlainCell]] = [
        [None, Heading("DATA PEKERJA RENTAN TAHUN 2027")],
        [],
        [Heading(text) for text in _HEADINGS],
    ]
    for place in range(_ROWS):
        name, sex, work, address, phone = _PEOPLE[place % len(_PEOPLE)]
        number = start * 1000 + place
        day, month = place % 12 + 1, place % 11 + 1
        born = f"Manado, {day:02d}-{month:02d}-1987"
        part = f"{day + (40 if sex.startswith('P') else 0):02d}{month:02d}87"
        rows.append(
            [
                place + 1,
                int(f"717101{part}{number // 10:03d}0") if cut else f"717101{part}{number:04d}",
                f"717101{part}{number + 4000:04d}",
                name,
                born,
                sex,
                f"MARIA {number}",
                address,
                villages[place % len(villages)],
                phone.format(n=number),
                work,
                ("baru", "lanjutan", None)[place % 3],
            ]
        )
    return rows
