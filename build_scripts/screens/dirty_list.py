"""A made-up list of workers with many faults of few kinds, as a city sends it."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from random import Random

from bpjsdesk.cli.demo_office.sheets import Heading, PlainCell, PlainSheet, write_workbook

_HEADINGS = ("NO", "NIK", "NAMA LENGKAP", "L/P", "TGL LAHIR", "KELURAHAN", "NO HP")
_WIDTHS = (6, 20, 30, 6, 14, 22, 18)
_SHEETS = {
    "Tuminting": ("Tumumpa Satu", "Sindulang Satu", "Bailang", "Maasing"),
    "Bunaken": ("Molas", "Tongkaina", "Meras", "Pandu"),
    "Singkil": ("Wawonasa", "Ternate Baru", "Karame", "Kombos Timur"),
}
_FIRST = ("MARLINA", "JHON", "SELVI", "FERRY", "YULIN", "STEVEN", "NOVA", "RAHMAT", "MEISKE")
_SECOND = ("DEWI", "RONALD", "ANITA", "JEMMY", "RIZKY", "FENNY", "ALFIAN", "SARTJE", "WELLY")
_LAST = (
    "TUMBELAKA",
    "RAWUNG",
    "MANOPPO",
    "KALIGIS",
    "WONGKAR",
    "LASUT",
    "PANGEMANAN",
    "SONDAKH",
    "MOKOAGOW",
    "PAENDONG",
)
_EVERY = 1000
_ROWS_A_SHEET = 1300
Row = list[PlainCell]


def write_dirty_list(path: Path) -> Path:
    """Write three sheets; the same faults at the same places each time."""
    random = Random(2027)
    number = iter(range(1, 10**6))
    sheets = [
        PlainSheet(name=name, rows=list(_rows(random, villages, number)), widths=_WIDTHS)
        for name, villages in _SHEETS.items()
    ]
    path.parent.mkdir(exist_ok=True)
    write_workbook(path, sheets)
    return path


def _rows(random: Random, villages: tuple[str, ...], number: Iterator[int]) -> Iterator[Row]:
    yield [None, Heading("DAFTAR PEKERJA RENTAN KOTA MANADO TAHUN 2027")]
    yield []
    yield [Heading(text) for text in _HEADINGS]
    for place in range(_ROWS_A_SHEET):
        row = _worker(random, villages, next(number))
        share = 0
        for often, spoil in _FAULTS:
            share += often
            if random.randrange(_EVERY) < often:
                spoil(row, random)
                break
        yield row
        if place % 400 == 399:
            yield []
    yield [None, None, Heading("JUMLAH"), None, f"{_ROWS_A_SHEET} orang"]


def _worker(random: Random, villages: tuple[str, ...], number: int) -> Row:
    # day and month below 13 and unequal, so that both orders are dates
    day, month = random.sample(range(1, 13), 2)
    born = date(random.randrange(1968, 2004), month, day)
    sex = random.choice("LP")
    part = f"{born.day + (40 if sex == 'P' else 0):02d}{born:%m%y}"
    nik = f"717101{part}{number % 10_000:04d}"
    middle = random.choice(_SECOND)
    name = f"{random.choice(_FIRST)} {middle} {random.choice(_LAST)}"
    phone = f"0812{number:08d}"
    return [number, nik, name, sex, f"{born:%d-%m-%Y}", random.choice(villages), phone]


def _swap(row: Row, _random: Random) -> None:
    day, month, year = str(row[4]).split("-")
    row[4] = f"{month}-{day}-{year}"


def _other_day(row: Row, random: Random) -> None:
    row[4] = f"{random.randrange(13, 29)}-{str(row[4])[3:]}"


def _other_sex(row: Row, _random: Random) -> None:
    row[3] = "P" if row[3] == "L" else "L"


def _two_phones(row: Row, _random: Random) -> None:
    row[6] = f"{row[6]} / 0813{row[6][4:] if isinstance(row[6], str) else ''}"


def _short_phone(row: Row, random: Random) -> None:
    row[6] = f"0431-{random.randrange(10_000, 99_999)}"


def _short_nik(row: Row, _random: Random) -> None:
    row[1] = str(row[1])[:15]


def _letter_o(row: Row, _random: Random) -> None:
    row[1] = str(row[1])[:6] + str(row[1])[6:].replace("0", "O", 1)


def _number(row: Row, _random: Random) -> None:
    row[1] = int(f"{str(row[1])[:15]}0")


def _old_spelling(row: Row, random: Random) -> None:
    row[5] = random.choice(("Tumumpa 1", "Sindulang I", "Kel. Bailang Bawah"))


def _no_name(row: Row, _random: Random) -> None:
    row[2] = None


def _too_old(row: Row, random: Random) -> None:
    born = date(random.randrange(1936, 1950), 3, random.randrange(1, 28))
    row[1] = f"717101{born.day + (40 if row[3] == 'P' else 0):02d}{born:%m%y}{str(row[1])[12:]}"
    row[4] = f"{born:%d-%m-%Y}"


def _pushed_right(row: Row, _random: Random) -> None:
    row[3:] = [None, *row[3:-1]]  # a row that names no telephone


def _mistyped(row: Row, _random: Random) -> None:
    village = str(row[5])
    row[5] = village[:2] + village[1:]


_FAULTS: tuple[tuple[int, Callable[[Row, Random], None]], ...] = (
    (102, _swap),
    (2, _other_day),
    (70, _old_spelling),
    (55, _two_phones),
    (28, _number),
    (24, _other_sex),
    (20, _short_nik),
    (12, _letter_o),
    (9, _short_phone),
    (7, _too_old),
    (4, _no_name),
    (14, _pushed_right),
    (11, _mistyped),
)
