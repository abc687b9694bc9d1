"""Lay a list of workers out as a city sends it: a sheet a district, letterhead to signature."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate, groupby
from operator import attrgetter
from pathlib import Path
from random import Random

from bpjsdesk.cli.demo_office.dirt import (
    FAULTS,
    HABITS,
    PER_TEN_THOUSAND,
    Fault,
    Row,
    Scene,
    clean_row,
)
from bpjsdesk.cli.demo_office.people import Ages, Crowd, Village, Worker
from bpjsdesk.cli.demo_office.sheets import Heading, PlainCell, PlainSheet, write_workbook
from bpjsdesk.domain.row_issues import IssueCode
from bpjsdesk.domain.wording import format_date

TEN_THOUSAND = 10_000
VILLAGE_SIZES = (0.5, 1.7)
BLANK_EVERY = 400
HEADING_REPEATED_AT = 150
NUMBERS_LEFT_OPEN = 3
LEAST = {IssueCode.PHONE_SHARED: 2}  # the first of two equal numbers is not shared yet
STANDARD = {
    "number": ("NO", 6),
    "nik": ("NIK", 20),
    "name": ("NAMA LENGKAP", 32),
    "birth_place": ("TEMPAT LAHIR", 16),
    "birth_date": ("TGL. LAHIR", 14),
    "sex": ("L/P", 6),
    "address": ("ALAMAT", 26),
    "neighbourhood": ("LINGK.", 10),
    "village": ("KELURAHAN", 22),
    "district": ("KECAMATAN", 20),
    "phone": ("NO. HP", 18),
    "occupation": ("PEKERJAAN", 22),
}
COMBINED = {
    "number": ("No.", 6),
    "name": ("Nama Peserta", 32),
    "nik": ("No. KTP", 20),
    "birth": ("Tempat/Tgl Lahir", 26),
    "sex": ("Jenis Kelamin", 14),
    "address": ("Alamat", 26),
    "village": ("Desa/Kelurahan", 22),
    "district": ("Kecamatan", 20),
    "phone": ("No. HP/WA", 18),
    "occupation": ("Jenis Pekerjaan", 22),
    "category": ("Kategori", 18),
}
Layout = Mapping[str, tuple[str, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListOrder:
    """What list is wanted: who sends it, for which villages, how many people, how dirty."""

    title: str
    sender: str
    place: str
    villages: Sequence[Village]
    outside: Village
    rows: int
    families: Sequence[str]
    registered_on: date
    category: str
    other_category: str
    combined_districts: frozenset[str] = frozenset()
    listed_elsewhere: Sequence[Worker] = ()

    @property
    def ages(self) -> Ages:
        return Ages(on=self.registered_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerList:
    """A list that was written; `workers` are the people whose rows are sound."""

    path: Path
    rows: int
    planted: Mapping[IssueCode, int]
    workers: tuple[Worker, ...]


def write_list(path: Path, order: ListOrder, crowd: Crowd) -> WorkerList:
    """Write a list.

    Raises: EnvironmentProblem when the file cannot be written.
    """
    parts = _parts(order, crowd.dice)
    plan = _plan(order, parts, crowd.dice)
    writer = _RowWriter(order, plan, crowd)
    sheets = [
        PlainSheet(
            name=part.district,
            rows=list(writer.rows(part)),
            widths=[width for _heading, width in part.layout.values()],
            merged_rows=(1, 2, 3),
        )
        for part in parts
    ]
    write_workbook(path, [*sheets, _recap(order, parts)])
    sound = tuple(writer.sound)
    return WorkerList(path=path, rows=order.rows, planted=plan.counts(), workers=sound)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """One sheet: a district, and the places of the whole list where each of its villages ends."""

    district: str
    villages: Sequence[Village]
    ends: Sequence[int]
    positions: range
    layout: Layout

    def village_of(self, position: int) -> Village:
        return self.villages[bisect_right(self.ends, position)]


def _parts(order: ListOrder, dice: Random) -> list[_Part]:
    """Share the people out over the villages, which are not all of one size."""
    sizes = list(accumulate(dice.uniform(*VILLAGE_SIZES) for _ in order.villages))
    ends = [int(order.rows * size / sizes[-1]) for size in sizes]
    ends[-1] = order.rows
    parts: list[_Part] = []
    start = seen = 0
    for district, group in groupby(order.villages, key=attrgetter("district")):
        villages = tuple(group)
        own_ends = ends[seen : seen + len(villages)]
        seen += len(villages)
        parts.append(
            _Part(
                district=district,
                villages=villages,
                ends=own_ends,
                positions=range(start, own_ends[-1]),
                layout=COMBINED if district in order.combined_districts else STANDARD,
            )
        )
        start = own_ends[-1]
    return parts


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """Which rows are spoilt, each in one way, and which hold people of another list."""

    faults: Mapping[int, IssueCode]
    shared: Mapping[int, Worker]
    renamed: frozenset[int]

    def counts(self) -> Mapping[IssueCode, int]:
        found = Counter(self.faults.values())
        found[IssueCode.DUP_ACTIVE] += len(self.shared)
        found[IssueCode.NAME_DIFFERS] += len(self.renamed)
        return {code: found[code] for code in IssueCode if found[code]}


def _plan(order: ListOrder, parts: Sequence[_Part], dice: Random) -> _Plan:
    """Choose the rows to spoil; the first one stays as it is."""
    wanted = [
        code
        for code, often in PER_TEN_THOUSAND.items()
        for _ in range(max(LEAST.get(code, 1), round(order.rows * often / TEN_THOUSAND)))
    ]
    places = dice.sample(range(1, order.rows), len(wanted) + len(order.listed_elsewhere))
    faults = dict(zip(places, wanted, strict=False))
    shared = dict(zip(places[len(wanted) :], order.listed_elsewhere, strict=True))
    for part in parts:
        free = [at for at in part.positions if at and at not in faults and at not in shared]
        if "category" in part.layout and free:
            faults[dice.choice(free)] = IssueCode.CATEGORY_UNKNOWN
    return _Plan(faults=faults, shared=shared, renamed=frozenset(list(shared)[::2]))


class _RowWriter:
    """Draws the people sheet by sheet and keeps those whose rows are sound."""

    def __init__(self, order: ListOrder, plan: _Plan, crowd: Crowd) -> None:
        self._order = order
        self._plan = plan
        self._crowd = crowd
        self.sound: list[Worker] = []

    def rows(self, part: _Part) -> Iterator[Sequence[PlainCell]]:
        """Give a sheet from letterhead to signature."""
        order = self._order
        headings = [Heading(text) for text, _width in part.layout.values()]
        yield [Heading(order.sender)]
        yield [Heading(f"KECAMATAN {part.district.upper()}")]
        yield [Heading(order.title)]
        yield []
        yield headings
        yield [f"({number})" for number in range(1, len(headings) + 1)]
        for number, position in enumerate(part.positions, start=1):
            village = part.village_of(position)
            worker = self._crowd.person(village, order.ages, families=order.families)
            yield _cells(part.layout, self._row(worker, position) | {"number": number})
            if number == HEADING_REPEATED_AT:
                yield headings
            if number % BLANK_EVERY == 0:
                yield []
        yield from _closing(order, part)

    def _row(self, worker: Worker, position: int) -> Row:
        order, plan = self._order, self._plan
        row = clean_row(worker) | {"category": order.category}
        code = plan.faults.get(position)
        if position in plan.shared:
            listed = plan.shared[position]
            row |= {"nik": listed.nik, "birth_date": listed.born, "sex": listed.sex}
            row["name"] = worker.name if position in plan.renamed else listed.name
        elif code is IssueCode.CATEGORY_UNKNOWN:
            row["category"] = order.other_category
        elif code is not None:
            FAULTS[code](row, worker, self._scene())
        else:
            habit = _habit(self._crowd.dice)
            if habit is not None:
                habit(row, worker, self._scene())
            self.sound.append(worker)
        return row

    def _scene(self) -> Scene:
        return Scene(
            dice=self._crowd.dice,
            registered_on=self._order.registered_on,
            before=self.sound[-1] if self.sound else None,
            outside=self._order.outside,
        )


def _habit(dice: Random) -> Fault | None:
    drawn = dice.randrange(TEN_THOUSAND)
    for habit, often in HABITS.items():
        drawn -= often
        if drawn < 0:
            return habit
    return None


def _cells(layout: Layout, row: Row) -> list[PlainCell]:
    if "birth" in layout:
        born = row["birth_date"]
        day = f"{born:%d-%m-%Y}" if isinstance(born, date) else born
        row["birth"] = f"{row['birth_place']}, {day}"
    return [row[field] for field in layout]


def _closing(order: ListOrder, part: _Part) -> Iterator[Sequence[PlainCell]]:
    people = len(part.positions)
    for number in range(people + 1, people + 1 + NUMBERS_LEFT_OPEN):
        yield [number]
    yield [None, "JUMLAH", f"{people} orang"]
    yield []
    right: list[PlainCell] = [None] * (len(part.layout) - 3)
    yield [*right, f"{order.place}, {format_date(order.registered_on)}"]
    yield [*right, "Mengetahui,"]
    yield [*right, f"Camat {part.district}"]
    yield []
    yield [*right, "(nama dan tanda tangan)"]
    yield [*right, "NIP. 000000000000000000"]


def _recap(order: ListOrder, parts: Sequence[_Part]) -> PlainSheet:
    rows: list[Sequence[PlainCell]] = [
        [Heading(f"REKAPITULASI {order.title}")],
        [],
        [Heading("KECAMATAN"), Heading("JUMLAH ORANG")],
    ]
    rows += [[part.district, len(part.positions)] for part in parts]
    rows.append(["JUMLAH", order.rows])
    return PlainSheet(name="REKAP", rows=rows, widths=(28, 16))
