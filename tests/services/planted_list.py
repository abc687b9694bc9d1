"""A list of workers as offices send them, with every fault planted on purpose and the truth beside.

The same seed gives the same list. A row is spoilt in one way at most; careless habits that a
reader must take in its stride are spread over the sound rows.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from random import Random

from bpjsdesk.cli.demo_office import names
from bpjsdesk.cli.demo_office.people import Ages, Crowd, Village, Worker
from bpjsdesk.cli.demo_office.sheets import PlainCell
from bpjsdesk.domain.row_issues import IssueCode
from bpjsdesk.domain.wording import format_date
from tests.services.planted_faults import Fault, Row, Scene, Truth
from tests.services.planted_habits import HABITS, SAME_DAY_HABITS
from tests.services.planted_sheets import PlantedSheet, villages_of, write_sheets
from tests.services.planted_slips import EVERY_FAULT, card_of

CITY, OUTSIDE = "71.71", "71.74"
REGISTERED_ON = date(2026, 11, 20)
PEOPLE_PER_SHEET = 420
HEADING_REPEATED_AT, BLANK_EVERY, NUMBERS_LEFT_OPEN = 150, 90, 3
FEWEST, FEWEST_IN_FULL, FULL = 3, 20, 37_000
HABITS_SHARE = 0.4
MOTHER, HEIR, EMAIL = "Ibu Contoh", "Waris Contoh", "contoh@contoh.id"
WAGE, ACCOUNT, DESIL = 1_000_000, "0012345678", 2
START_MONTH, MONTHS, PROGRAMMES = "Januari 2026", 12, "JKK+JKM"  # those of the quota


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How a sheet is laid out: headings by field, a pair where an upper cell spans several."""

    columns: Mapping[str, str | tuple[str, str]]
    has_letterhead: bool = True
    has_numbers: bool = True
    hidden: frozenset[str] = frozenset()
    formatted_rows: int = 0
    is_month_first: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PlantedRow:
    """One person's row: what must be found in it, and what it should become in the end."""

    fault: Fault | None
    truth: Truth

    @property
    def codes(self) -> frozenset[IssueCode]:
        return self.fault.codes if self.fault else frozenset()


@dataclass(slots=True, kw_only=True)
class PlantedList:
    """A written list with its truth: person rows by (sheet, row), all other rows counted."""

    path: Path
    rows: dict[tuple[str, int], PlantedRow] = field(default_factory=dict)
    ignored: int = 0
    blank: int = 0


LAYOUTS = (
    Layout(
        columns={
            "number": "NO",
            "nik": "NIK",
            "name": "NAMA LENGKAP",
            "birth_place": "TEMPAT LAHIR",
            "birth_date": "TGL. LAHIR",
            "sex": "L/P",
            "address": "ALAMAT",
            "neighbourhood": "LINGK.",
            "village": "KELURAHAN",
            "district": "KECAMATAN",
            "phone": "NO. HP",
            "occupation": "PEKERJAAN",
        },
        hidden=frozenset({"neighbourhood"}),
    ),
    Layout(
        columns={
            "number": "No.",
            "name": "Nama Peserta",
            "nik": "No. KTP",
            "birth": "Tempat/Tgl Lahir",
            "sex": "Jenis Kelamin",
            "village": "Desa/Kelurahan",
            "district": "Kecamatan",
            "phone": "No. HP/WA",
            "occupation": "Jenis Pekerjaan",
            "category": "Kategori",
        },
        formatted_rows=200,
    ),
    Layout(
        columns={
            "number": "NO URUT",
            "nik": "NIK",
            "family_card_no": "NO. KK",
            "name": "NAMA",
            "sex": "JENIS KELAMIN",
            "birth_place": ("LAHIR", "TEMPAT"),
            "birth_date": ("LAHIR", "TANGGAL"),
            "mother_name": "NAMA IBU KANDUNG",
            "village": ("ALAMAT", "KELURAHAN"),
            "district": ("ALAMAT", "KECAMATAN"),
            "phone": "NOMOR HP",
            "email": "EMAIL",
            "occupation": "PEKERJAAN",
            "wage": "PENGHASILAN",
            "account_no": "NO. REKENING",
            "heir_name": "NAMA AHLI WARIS",
            "desil": "DESIL",
            "claim_programme": "PROGRAM",
            "start_month": "BULAN MULAI",
            "month_count": "JUMLAH BULAN",
        },
    ),
    Layout(
        columns={
            "nik": "NIK",
            "name": "Nama",
            "birth_date": "Tanggal Lahir",
            "sex": "JK",
            "phone": "HP",
            "extra": "Nomor Undangan",
        },
        has_letterhead=False,
        has_numbers=False,
        formatted_rows=2000,
    ),
    Layout(
        columns={
            "number": "No",
            "nik": "NIK",
            "name": "Nama Lengkap",
            "birth_place": "Tempat Lahir",
            "birth_date": "Tgl Lahir",
            "sex": "Jenis Kelamin",
            "village": "Kelurahan",
            "district": "Kecamatan",
            "phone": "No HP",
        },
        is_month_first=True,
    ),
)


def write_planted(path: Path, rows: int, seed: int = 4) -> PlantedList:
    """Write a list of so many people, one sheet per village, and give it with its truth."""
    planted = PlantedList(path=path)
    writer = _Writer(rows, seed, planted)
    write_sheets(path, list(writer.sheets()))
    return planted


class _Writer:
    """Draws the people sheet by sheet and notes the truth of each row as it is laid down."""

    def __init__(self, rows: int, seed: int, planted: PlantedList) -> None:
        self._crowd = Crowd(seed)
        self._dice = Random(seed + 1)
        self._planted = planted
        self._outside = villages_of(OUTSIDE)[0]
        villages = villages_of(CITY)
        count = min(len(villages), max(len(LAYOUTS), rows // PEOPLE_PER_SHEET))
        self._villages = villages[:count]
        self._sheet_of = [position * count // rows for position in range(rows)]
        self._plan = self._planned(rows)
        self._sound = [self._worker(self._villages[0])]

    def sheets(self) -> Iterator[PlantedSheet]:
        """Give sheet after sheet, each from letterhead to signature."""
        for at, village in enumerate(self._villages):
            layout = LAYOUTS[at % len(LAYOUTS)]
            sheet = PlantedSheet(
                name=f"{at + 1:02d} {village.name}"[:31],
                hidden=[key in layout.hidden for key in layout.columns],
                formatted_rows=layout.formatted_rows,
            )
            self._fill(sheet, layout, at)
            yield sheet

    def _fill(self, sheet: PlantedSheet, layout: Layout, at: int) -> None:
        village = self._villages[at]
        _open(sheet, layout, village, self._planted)
        positions = [where for where, number in enumerate(self._sheet_of) if number == at]
        for number, position in enumerate(positions, start=1):
            self._add_person(sheet, layout, village, (number, position))
            if number == HEADING_REPEATED_AT and layout.has_numbers:
                sheet.rows.append(_plain_heading(layout))
                self._planted.ignored += 1
            if number % BLANK_EVERY == 0:
                sheet.rows.append([None] * len(layout.columns))
                self._planted.blank += 1
        if layout.has_numbers:
            _close(sheet, layout, len(positions), self._planted)

    def _add_person(
        self, sheet: PlantedSheet, layout: Layout, village: Village, place: tuple[int, int]
    ) -> None:
        number, position = place
        fault = self._plan.get(position)
        worker = self._worker(village, fault)
        row, truth = _clean(worker), _truth_of(worker)
        if fault is not None:
            truth |= fault.spoil(row, worker, self._scene(worker)) or {}
        elif self._dice.random() < HABITS_SHARE:
            habits = SAME_DAY_HABITS if layout.is_month_first else HABITS
            truth |= self._dice.choice(habits)(row, worker, self._dice) or {}
        else:
            self._sound.append(worker)
        sheet.rows.append(_laid_out(row | {"number": number}, layout))
        kept = {key: value for key, value in truth.items() if _is_shown(key, layout)}
        line = PlantedRow(fault=fault, truth=kept)
        self._planted.rows[sheet.name, len(sheet.rows)] = line

    def _worker(self, village: Village, fault: Fault | None = None) -> Worker:
        ages = Ages(on=REGISTERED_ON)
        while True:
            worker = self._crowd.person(village, ages, families=names.FAMILIES)
            if fault is None or fault.fits(worker):
                return worker

    def _scene(self, worker: Worker) -> Scene:
        other = self._worker(worker.village)
        while other.sex == worker.sex or other.born == worker.born:
            other = self._worker(worker.village)
        return Scene(
            dice=self._dice,
            registered_on=REGISTERED_ON,
            before=self._dice.choice(self._sound[1:]),
            other=other,
            outside=self._outside,
        )

    def _planned(self, rows: int) -> dict[int, Fault]:
        """Choose the rows to spoil; the first ones stay sound, so that there is something before.

        Each fault strikes some rows even of a short list, and at least 20 of a full one.
        """
        fewest = FEWEST_IN_FULL if rows >= FULL else FEWEST
        free = list(range(20, rows))
        self._dice.shuffle(free)
        plan: dict[int, Fault] = {}
        for fault in EVERY_FAULT:
            wanted = max(fewest, round(rows * fault.often / 10_000))
            fitting = (at for at in free if at not in plan and self._has_columns(at, fault))
            plan |= dict.fromkeys(
                [at for at, _ in zip(fitting, range(wanted), strict=False)], fault
            )
        return plan

    def _has_columns(self, position: int, fault: Fault) -> bool:
        layout = LAYOUTS[self._sheet_of[position] % len(LAYOUTS)]
        # what is wrong with a date is told day first
        is_told = not (layout.is_month_first and fault.name.startswith("day_"))
        return is_told and fault.needs <= layout.columns.keys()


def _clean(worker: Worker) -> Row:
    return {
        "nik": worker.nik,
        "family_card_no": card_of(worker),
        "name": worker.name,
        "mother_name": MOTHER,
        "birth_place": worker.birth_place,
        "birth_date": worker.born,
        "sex": worker.sex,
        "address": worker.address,
        "neighbourhood": worker.neighbourhood,
        "village": worker.village.name,
        "district": worker.village.district,
        "phone": worker.phone,
        "occupation": worker.trade,
        "category": "Pekerja Rentan",
        "email": EMAIL,
        "wage": WAGE,
        "account_no": ACCOUNT,
        "heir_name": HEIR,
        "desil": DESIL,
        "claim_programme": PROGRAMMES,
        "start_month": START_MONTH,
        "month_count": MONTHS,
        "extra": "U-17",
    }


def _truth_of(worker: Worker) -> Truth:
    return {
        "nik": worker.nik,
        "family_card_no": card_of(worker),
        "name": worker.name,
        "mother_name": MOTHER,
        "birth_place": worker.birth_place,
        "birth_date": worker.born,
        "sex": worker.sex,
        "address": worker.address,
        "region_code": worker.village.code,
        "phone": worker.phone,
        "occupation": worker.trade,
        "email": EMAIL,
        "wage": WAGE,
        "account_no": ACCOUNT,
    }


def _is_shown(key: str, layout: Layout) -> bool:
    column = {"region_code": "village"}.get(key, key)
    return column in layout.columns or (column.startswith("birth") and "birth" in layout.columns)


def _laid_out(row: Row, layout: Layout) -> list[PlainCell]:
    if "birth" in layout.columns:
        born = row["birth_date"]
        day = f"{born:%d-%m-%Y}" if isinstance(born, date) else born
        row["birth"] = f"{row['birth_place']}, {day}"
    elif layout.is_month_first and isinstance(row["birth_date"], date):
        row["birth_date"] = f"{row['birth_date']:%m/%d/%Y}"
    return [row[key] for key in layout.columns]


def _plain_heading(layout: Layout) -> list[PlainCell]:
    return [text if isinstance(text, str) else text[1] for text in layout.columns.values()]


def _open(sheet: PlantedSheet, layout: Layout, village: Village, planted: PlantedList) -> None:
    if layout.has_letterhead:
        sheet.merged += [1, 2]
        sheet.rows += [
            ["PEMERINTAH KOTA MANADO"],
            [f"DAFTAR PEKERJA RENTAN KELURAHAN {village.name.upper()} TAHUN 2026"],
            [],
        ]
    texts = list(layout.columns.values())
    if any(isinstance(text, tuple) for text in texts):
        sheet.rows.append([text if isinstance(text, str) else text[0] for text in texts])
        sheet.rows.append([None if isinstance(text, str) else text[1] for text in texts])
        sheet.spanned_row = len(sheet.rows) - 1
    else:
        sheet.rows.append(_plain_heading(layout))
    if layout.has_numbers:
        sheet.rows.append([f"({number})" for number in range(1, len(texts) + 1)])
        planted.ignored += 1


def _close(sheet: PlantedSheet, layout: Layout, people: int, planted: PlantedList) -> None:
    right: list[PlainCell] = [None] * (len(layout.columns) - 3)
    closing: list[list[PlainCell]] = [
        *_numbers_left_open(people),
        [None, "JUMLAH", f"{people} orang"],
        [],
        [*right, f"Manado, {format_date(REGISTERED_ON)}"],
        [*right, "Lurah,"],
        [],
        [*right, "(nama dan tanda tangan)"],
        [*right, "NIP. 000000000000000000"],
    ]
    sheet.rows += closing
    written = sum(any(cell is not None for cell in row) for row in closing)
    planted.ignored += written
    planted.blank += len(closing) - written


def _numbers_left_open(people: int) -> list[list[PlainCell]]:
    return [[people + 1 + step] for step in range(NUMBERS_LEFT_OPEN)]
