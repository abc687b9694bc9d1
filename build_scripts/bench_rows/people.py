"""Made-up people with sound NIKs, and the list of workers that a partner would send."""

import csv
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from bpjsdesk.resources import resource_path
from build_scripts.bench_rows.names import Names

OLDEST, DAYS = date(1963, 1, 1), 365 * 43  # 20 to 63 years old in 2026
CITY = "71.71"
TRADES = """Petani;Nelayan;Pedagang;Buruh;Tukang Batu;Tukang Kayu;Sopir;Tukang Ojek;Penjahit;Montir;
Juru Parkir;Pemulung;Peternak;Petugas Kebersihan;Pelayan Toko""".replace("\n", "").split(";")
TOWNS = ("Manado", "Tomohon", "Bitung", "Tondano", "Amurang", "Tahuna", "Palu", "Gorontalo")
STREETS = ("Merdeka", "Sudirman", "Diponegoro", "Kartini", "Pattimura", "Juanda", "Melati")
HEADINGS = (
    *("NO", "NIK", "NAMA LENGKAP", "JENIS KELAMIN", "TEMPAT LAHIR", "TANGGAL LAHIR", "ALAMAT"),
    *("RT/RW", "KELURAHAN", "KECAMATAN", "PEKERJAAN", "NO HP", "NO KK", "NAMA IBU KANDUNG"),
)
KNOWN_SHARE, REPEATED_SHARE, SPOILED_SHARE = 0.02, 0.005, 0.01


class Village(NamedTuple):
    """A village and the district around it."""

    code: str
    name: str
    district: str


class Someone(NamedTuple):
    """One made-up person."""

    nik: str
    name: str
    sex: str
    born: date
    birth_place: str
    address: str
    neighbourhood: str
    village: Village
    trade: str
    phone: str


def villages() -> list[Village]:
    """Read the villages of the city that lists are loaded for."""
    with resource_path("seed", "region.csv").open(encoding="utf-8", newline="") as stream:
        names = {row["code"]: row["name"] for row in csv.DictReader(stream)}
    return [
        Village(code, name, names[code.rpartition(".")[0]])
        for code, name in names.items()
        if code.startswith(f"{CITY}.") and code.count(".") == 3
    ]


def crowd(count: int, seed: int, *, without: frozenset[str] = frozenset()) -> Iterator[Someone]:
    """Draw people with distinct NIKs, none of them in `without`."""
    dice = Random(seed)
    names, places = Names(dice), villages()
    seen: set[str] = set()
    while len(seen) < count:
        someone = _draw(dice, names, places)
        if someone.nik not in seen and someone.nik not in without:
            seen.add(someone.nik)
            yield someone


def _draw(dice: Random, names: Names, places: Sequence[Village]) -> Someone:
    sex = "L" if dice.random() < 0.55 else "P"
    born = OLDEST + timedelta(days=dice.randrange(DAYS))
    village = dice.choice(places)
    district = village.code.rpartition(".")[0].replace(".", "")
    day = born.day + (40 if sex == "P" else 0)
    serial = dice.randrange(1, 60) if dice.random() < 0.97 else dice.randrange(1, 9999)
    return Someone(
        nik=f"{district}{day:02d}{born:%m%y}{serial:04d}",
        name=names.draw(sex),
        sex=sex,
        born=born,
        birth_place=dice.choice(TOWNS),
        address=f"Jl. {dice.choice(STREETS)} No. {dice.randrange(1, 400)}",
        neighbourhood=f"{dice.randrange(1, 12):03d}/{dice.randrange(1, 10):03d}",
        village=village,
        trade=dice.choice(TRADES),
        phone=f"08{dice.choice((12, 13, 21, 22, 52, 53, 85, 95))}{dice.randrange(10**7):07d}",
    )


ListRow = list[str | int | date]


def list_rows(count: int, register: Sequence[Someone], seed: int) -> Iterator[ListRow]:
    """Give a list: 2 % are in the register, 0,5 % repeat a row, 1 % are spoiled."""
    dice = Random(seed)
    families = _Families(seed + 2)
    fresh = crowd(count, seed + 1, without=frozenset(known.nik for known in register))
    earlier: list[Someone] = []
    for number in range(1, count + 1):
        someone, kind = next(fresh), dice.random()
        if kind < KNOWN_SHARE:
            someone = dice.choice(register)
        elif kind < KNOWN_SHARE + REPEATED_SHARE and earlier:
            someone = dice.choice(earlier)
        earlier.append(someone)
        row = [*_row(number, someone), *families.of(someone)]
        if dice.random() < SPOILED_SHARE:
            _spoil(row, dice.randrange(5))
        yield row


class _Families:
    """Draws what only a list holds: the family card and the mother of each person."""

    def __init__(self, seed: int) -> None:
        self._dice = Random(seed)
        self._names = Names(self._dice)

    def of(self, someone: Someone) -> tuple[str, str]:
        """Draw a card of the same district, handed out in the last twenty years."""
        day = date(2006, 1, 1) + timedelta(days=self._dice.randrange(365 * 20))
        card = f"{someone.nik[:6]}{day:%d%m%y}{self._dice.randrange(1, 9999):04d}"
        return card, self._names.draw("P")


def _row(number: int, someone: Someone) -> ListRow:
    return [
        number,
        someone.nik,
        someone.name,
        someone.sex,
        someone.birth_place,
        someone.born,
        someone.address,
        someone.neighbourhood,
        someone.village.name,
        someone.village.district,
        someone.trade,
        someone.phone,
    ]


def _spoil(row: ListRow, fault: int) -> None:
    """Damage a row: short NIK, other sex, no name, a birth to come, letters for a telephone."""
    other_sex = "P" if row[3] == "L" else "L"
    at, value = (
        (1, str(row[1])[:15]),
        (3, other_sex),
        (2, ""),
        (5, date(2031, 1, 1)),
        (11, "abc"),
    )[fault]
    row[at] = value
