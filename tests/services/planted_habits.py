"""Careless ways to write a row that a reader must take in its stride: none may raise a code."""

from collections.abc import Callable
from datetime import date
from random import Random

from bpjsdesk.cli.demo_office import names
from bpjsdesk.cli.demo_office.people import Worker
from bpjsdesk.domain.wording import format_date
from tests.services.planted_faults import Row, Truth

EXCEL_EPOCH = date(1899, 12, 30)
Habit = Callable[[Row, Worker, Random], Truth | None]


def _spaced_nik(row: Row, worker: Worker, dice: Random) -> None:
    nik = worker.nik
    shapes = (
        f"{nik[:4]} {nik[4:8]} {nik[8:12]} {nik[12:]}",
        f"{nik[:6]}.{nik[6:12]}.{nik[12:]}",
        f"'{nik}",
        f" {nik}\u00a0",
        f"{nik[:6]}-{nik[6:]}",
    )
    row["nik"] = dice.choice(shapes)


def _day_as_text(row: Row, worker: Worker, dice: Random) -> None:
    shape = dice.choice(("%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%y", "%d%m%Y", "%Y-%m-%d"))
    row["birth_date"] = f"{worker.born:{shape}}"


def _day_in_words(row: Row, worker: Worker, dice: Random) -> None:
    full = format_date(worker.born)
    day, month, year = full.split()
    row["birth_date"] = dice.choice(
        (full, f"{day} {month[:3]} {year}", f"{day}-{month[:3]}-{year}")
    )


def _day_as_serial(row: Row, worker: Worker, dice: Random) -> None:
    serial = (worker.born - EXCEL_EPOCH).days
    row["birth_date"] = dice.choice((serial, str(serial)))


def _sex_in_words(row: Row, worker: Worker, dice: Random) -> None:
    men, women = ("Laki-laki", "LK", "Pria", "1", "l"), ("Perempuan", "PR", "Wanita", "2", "p")
    row["sex"] = dice.choice(men if worker.sex == "L" else women)


def _titled_name(row: Row, worker: Worker, dice: Random) -> Truth:
    before, after = dice.choice(names.TITLES), dice.choice(names.DEGREES)
    titled = dice.choice((before + worker.name.title(), worker.name + after))
    row["name"] = titled
    return {"name": titled.upper()}


def _careless_name(row: Row, worker: Worker, dice: Random) -> None:
    row["name"] = dice.choice((worker.name.title(), f" {worker.name.replace(' ', '  ')} "))


def _other_phone(row: Row, worker: Worker, dice: Random) -> None:
    bare = worker.phone[1:]
    row["phone"] = dice.choice((f"62{bare}", f"+62 {bare[:3]}-{bare[3:7]}-{bare[7:]}", bare))


def _number_phone(row: Row, worker: Worker, _dice: Random) -> None:
    row["phone"] = int(worker.phone)


def _spelt_village(row: Row, worker: Worker, dice: Random) -> None:
    name = worker.village.name
    row["village"] = dice.choice((name.upper(), f"Kel. {name}", f"  {name} "))


HABITS: tuple[Habit, ...] = (
    _spaced_nik,
    _day_as_text,
    _day_in_words,
    _day_as_serial,
    _sex_in_words,
    _titled_name,
    _careless_name,
    _other_phone,
    _number_phone,
    _spelt_village,
)
# In a sheet whose dates are written month first, those that leave the date alone.
SAME_DAY_HABITS = tuple(
    habit for habit in HABITS if habit not in (_day_as_text, _day_in_words, _day_as_serial)
)
