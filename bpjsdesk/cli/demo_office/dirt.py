"""Spoil rows the way real lists are spoilt; each kind says which issue code it must raise."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from types import MappingProxyType

from bpjsdesk.cli.demo_office import names
from bpjsdesk.cli.demo_office.people import Village, Worker
from bpjsdesk.cli.demo_office.sheets import ErrorValue, Formula, PlainCell
from bpjsdesk.domain.row_issues import IssueCode

Row = dict[str, PlainCell]
DEAD_DIGITS = 2  # Excel keeps fifteen digits of a number; two lost ones are surely seen
OVER_AGE_DAYS = 366 * 68
CHILD_DAYS = 365 * 14
SHARED_PHONE = "081200009999"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What a fault may refer to: dice, the day of registration, the row before, elsewhere."""

    dice: Random
    registered_on: date
    before: Worker | None
    outside: Village


Fault = Callable[[Row, Worker, Scene], None]


def clean_row(worker: Worker) -> Row:
    """Give the cells of a row in which everything is right."""
    return {
        "nik": worker.nik,
        "name": worker.name,
        "birth_place": worker.birth_place,
        "birth_date": worker.born,
        "sex": worker.sex,
        "address": worker.address,
        "neighbourhood": worker.neighbourhood,
        "village": worker.village.name,
        "district": worker.village.district,
        "phone": worker.phone,
        "occupation": worker.trade,
    }


def _nik_missing(row: Row, _worker: Worker, _scene: Scene) -> None:
    row["nik"] = None


def _nik_format(row: Row, worker: Worker, scene: Scene) -> None:
    short = worker.nik[:-1]
    row["nik"] = scene.dice.choice((short, f"{short}O", f"{worker.nik}1"))


def _nik_as_number(row: Row, worker: Worker, _scene: Scene) -> None:
    row["nik"] = int(worker.nik) // 10**DEAD_DIGITS * 10**DEAD_DIGITS


def _nik_date(row: Row, worker: Worker, _scene: Scene) -> None:
    row["nik"] = f"{worker.nik[:8]}13{worker.nik[10:]}"


def _nik_filler(row: Row, _worker: Worker, scene: Scene) -> None:
    row["nik"] = scene.dice.choice(("0" * 16, "1234567890123456", "9" * 16))


def _name_missing(row: Row, _worker: Worker, _scene: Scene) -> None:
    row["name"] = None


def _name_with_digit(row: Row, worker: Worker, scene: Scene) -> None:
    row["name"] = f"{scene.dice.randrange(1, 400)}. {worker.name}"


def _birth_date_unreadable(row: Row, worker: Worker, scene: Scene) -> None:
    row["birth_date"] = scene.dice.choice((f"31-02-{worker.born.year}", "tidak tahu", "00/00/0000"))


def _over_age(row: Row, worker: Worker, scene: Scene) -> None:
    born = scene.registered_on - timedelta(days=OVER_AGE_DAYS + scene.dice.randrange(1500))
    _born_on(row, worker, born)


def _under_age(row: Row, worker: Worker, scene: Scene) -> None:
    _born_on(row, worker, scene.registered_on - timedelta(days=CHILD_DAYS))


def _born_on(row: Row, worker: Worker, born: date) -> None:
    day = int(worker.nik[6:8]) - worker.born.day + born.day
    row["birth_date"] = born
    row["nik"] = f"{worker.nik[:6]}{day:02d}{born:%m%y}{worker.nik[12:]}"


def _twice(row: Row, _worker: Worker, scene: Scene) -> None:
    if scene.before is not None:
        row |= clean_row(scene.before)


def _nik_of_another(row: Row, _worker: Worker, scene: Scene) -> None:
    if scene.before is not None:
        row["nik"] = scene.before.nik


def _servant(row: Row, _worker: Worker, scene: Scene) -> None:
    row["occupation"] = scene.dice.choice(("PNS", "Anggota Polri", "TNI-AD"))


def _no_phone(row: Row, _worker: Worker, _scene: Scene) -> None:
    row["phone"] = None


def _formula(row: Row, _worker: Worker, _scene: Scene) -> None:
    row["nik"] = Formula('VLOOKUP("kosong",Sumber!A:B,2,0)')


def _cell_error(row: Row, _worker: Worker, _scene: Scene) -> None:
    row["nik"] = ErrorValue("#N/A")


def _region_unknown(row: Row, worker: Worker, _scene: Scene) -> None:
    row["nik"] = f"0099{worker.nik[4:]}"


def _birth_date_differs(row: Row, worker: Worker, scene: Scene) -> None:
    row["birth_date"] = worker.born + timedelta(days=scene.dice.choice((-31, -1, 1, 10)))


def _sex_differs(row: Row, worker: Worker, _scene: Scene) -> None:
    row["sex"] = "P" if worker.sex == "L" else "L"


def _sex_unknown(row: Row, _worker: Worker, scene: Scene) -> None:
    row["sex"] = scene.dice.choice(("laki2", "X", "?", None))


def _neighbourhood_as_date(row: Row, _worker: Worker, scene: Scene) -> None:
    row["neighbourhood"] = date(scene.registered_on.year, 4, scene.dice.randrange(1, 9))


def _serial_zero(row: Row, worker: Worker, _scene: Scene) -> None:
    row["nik"] = f"{worker.nik[:12]}0000"


def _phone_format(row: Row, _worker: Worker, scene: Scene) -> None:
    row["phone"] = scene.dice.choice(("0812-345", "(0431) 000000", "tidak ada HP", "0812 / 0813"))


def _phone_shared(row: Row, _worker: Worker, _scene: Scene) -> None:
    row["phone"] = SHARED_PHONE


def _region_unmapped(row: Row, _worker: Worker, scene: Scene) -> None:
    row["village"] = scene.dice.choice(("Kampung Rekaan", "Kel. Contoh Indah", "Perum Latihan"))


def _out_of_region(row: Row, _worker: Worker, scene: Scene) -> None:
    row["village"], row["district"] = scene.outside.name, scene.outside.district


FAULTS: Mapping[IssueCode, Fault] = MappingProxyType(
    {
        IssueCode.NIK_MISSING: _nik_missing,
        IssueCode.NIK_FORMAT: _nik_format,
        IssueCode.NIK_AS_NUMBER: _nik_as_number,
        IssueCode.NIK_DATE: _nik_date,
        IssueCode.NIK_FILLER: _nik_filler,
        IssueCode.NAME_MISSING: _name_missing,
        IssueCode.NAME_WITH_DIGIT: _name_with_digit,
        IssueCode.DOB_UNREADABLE: _birth_date_unreadable,
        IssueCode.OVER_AGE: _over_age,
        IssueCode.DUP_IN_FILE: _twice,
        IssueCode.NIK_TWO_NAMES: _nik_of_another,
        IssueCode.IS_ASN_TNI_POLRI: _servant,
        IssueCode.NO_PHONE: _no_phone,
        IssueCode.FORMULA_NO_VALUE: _formula,
        IssueCode.CELL_ERROR: _cell_error,
        IssueCode.NIK_REGION_UNKNOWN: _region_unknown,
        IssueCode.NIK_DOB_MISMATCH: _birth_date_differs,
        IssueCode.SEX_UNKNOWN: _sex_unknown,
        IssueCode.NIK_SEX_MISMATCH: _sex_differs,
        IssueCode.NEIGHBOURHOOD_AS_DATE: _neighbourhood_as_date,
        IssueCode.SERIAL_ZERO: _serial_zero,
        IssueCode.PHONE_FORMAT: _phone_format,
        IssueCode.PHONE_SHARED: _phone_shared,
        IssueCode.REGION_UNMAPPED: _region_unmapped,
        IssueCode.UNDER_AGE: _under_age,
        IssueCode.OUT_OF_REGION: _out_of_region,
    }
)
# How often a fault strikes in a list of ten thousand; the common ones are those of real lists.
PER_TEN_THOUSAND: Mapping[IssueCode, int] = MappingProxyType(
    {
        IssueCode.NIK_MISSING: 46,
        IssueCode.NIK_FORMAT: 58,
        IssueCode.NIK_AS_NUMBER: 94,
        IssueCode.NIK_DATE: 17,
        IssueCode.NIK_FILLER: 11,
        IssueCode.NAME_MISSING: 6,
        IssueCode.NAME_WITH_DIGIT: 14,
        IssueCode.DOB_UNREADABLE: 31,
        IssueCode.OVER_AGE: 82,
        IssueCode.DUP_IN_FILE: 71,
        IssueCode.NIK_TWO_NAMES: 14,
        IssueCode.IS_ASN_TNI_POLRI: 22,
        IssueCode.NO_PHONE: 120,
        IssueCode.FORMULA_NO_VALUE: 5,
        IssueCode.CELL_ERROR: 4,
        IssueCode.NIK_REGION_UNKNOWN: 9,
        IssueCode.NIK_DOB_MISMATCH: 64,
        IssueCode.SEX_UNKNOWN: 18,
        IssueCode.NIK_SEX_MISMATCH: 38,
        IssueCode.NEIGHBOURHOOD_AS_DATE: 8,
        IssueCode.SERIAL_ZERO: 7,
        IssueCode.PHONE_FORMAT: 49,
        IssueCode.PHONE_SHARED: 33,
        IssueCode.REGION_UNMAPPED: 27,
        IssueCode.UNDER_AGE: 6,
        IssueCode.OUT_OF_REGION: 12,
    }
)


def _spaced_nik(row: Row, worker: Worker, _scene: Scene) -> None:
    nik = worker.nik
    row["nik"] = f"{nik[:4]} {nik[4:8]} {nik[8:12]} {nik[12:]}"


def _dotted_nik(row: Row, worker: Worker, _scene: Scene) -> None:
    nik = worker.nik
    row["nik"] = f"{nik[:6]}.{nik[6:12]}.{nik[12:]}"


def _quoted_nik(row: Row, worker: Worker, _scene: Scene) -> None:
    row["nik"] = f"'{worker.nik}"


def _date_as_text(row: Row, worker: Worker, scene: Scene) -> None:
    row["birth_date"] = f"{worker.born:{scene.dice.choice(('%d-%m-%Y', '%d/%m/%Y', '%d.%m.%Y'))}}"


def _sex_in_words(row: Row, worker: Worker, scene: Scene) -> None:
    words = ("Laki-laki", "LK", "Pria") if worker.sex == "L" else ("Perempuan", "PR", "Wanita")
    row["sex"] = scene.dice.choice(words)


def _titled_name(row: Row, worker: Worker, scene: Scene) -> None:
    dice = scene.dice
    if dice.random() < 0.5:  # noqa: PLR2004  # as often before as after
        row["name"] = dice.choice(names.TITLES) + worker.name.title()
    else:
        row["name"] = worker.name + dice.choice(names.DEGREES)


def _careless_name(row: Row, worker: Worker, scene: Scene) -> None:
    row["name"] = scene.dice.choice((worker.name.title(), f" {worker.name.replace(' ', '  ')} "))


def _other_phone(row: Row, worker: Worker, scene: Scene) -> None:
    bare = worker.phone[1:]
    row["phone"] = scene.dice.choice((f"62{bare}", f"+62 {bare[:3]}-{bare[3:7]}-{bare[7:]}", bare))


def _open_phone(row: Row, _worker: Worker, scene: Scene) -> None:
    row["phone"] = scene.dice.choice((None, "-"))


def _spelt_village(row: Row, worker: Worker, scene: Scene) -> None:
    name = worker.village.name
    for word, digit in (("Satu", "1"), ("Dua", "II"), ("IV", "4")):
        if name.endswith(f" {word}"):
            name = f"{name.removesuffix(word)}{digit}"
    row["village"] = scene.dice.choice((name, f"Kel. {name}", name.upper()))


# Careless but readable: none of these may raise a code or hold a row.
HABITS: Mapping[Fault, int] = MappingProxyType(
    {
        _spaced_nik: 90,
        _dotted_nik: 40,
        _quoted_nik: 150,
        _date_as_text: 500,
        _sex_in_words: 180,
        _titled_name: 120,
        _careless_name: 160,
        _other_phone: 260,
        _open_phone: 700,
        _spelt_village: 220,
    }
)
