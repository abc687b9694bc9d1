"""Ways to spoil a row of a list: what each must be found as, and whether it can be mended for sure.

A fault is repairable where the row itself proves its right values. The others are traps: a repair
that touches one of them has guessed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from bpjsdesk.cli.demo_office.people import Village, Worker
from bpjsdesk.cli.demo_office.sheets import ErrorValue, Formula, PlainCell
from bpjsdesk.domain.row_issues import IssueCode as Code

Row = dict[str, PlainCell]
Truth = dict[str, Any]
OTHER_EPOCH = timedelta(days=1462)  # what lies between Excel's two ways to count days
CHILD_AGE_DAYS, OLD_AGE_DAYS = 365 * 14, 366 * 68


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What a fault may need besides its own row: dice, people elsewhere in the file, a place."""

    dice: Random
    registered_on: date
    before: Worker
    other: Worker
    outside: Village


Spoil = Callable[[Row, Worker, Scene], Truth | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One way to spoil a row; `often` counts in a list of 10.000, `needs` names its columns.

    `spoil` gives the values by which the truth differs from the person drawn.
    """

    name: str
    codes: frozenset[Code]
    spoil: Spoil
    often: int = 6
    repairable: bool = False
    needs: frozenset[str] = frozenset()
    fits: Callable[[Worker], bool] = lambda _worker: True


def _set(field: str, *values: PlainCell) -> Spoil:
    def spoil(row: Row, _worker: Worker, scene: Scene) -> None:
        row[field] = scene.dice.choice(values)

    return spoil


def _nik(change: Callable[[str, Random], PlainCell]) -> Spoil:
    def spoil(row: Row, worker: Worker, scene: Scene) -> None:
        row["nik"] = change(worker.nik, scene.dice)

    return spoil


def _day(change: Callable[[date, Random], PlainCell]) -> Spoil:
    def spoil(row: Row, worker: Worker, scene: Scene) -> None:
        row["birth_date"] = change(worker.born, scene.dice)

    return spoil


def _with_letters(nik: str, dice: Random) -> str:
    places = [at for at, digit in enumerate(nik) if digit in "0158"]
    chosen = dice.sample(places, min(len(places), dice.choice((1, 1, 2))))
    letters = {"0": "Oo", "1": "Il", "5": "S", "8": "B"}
    return "".join(
        dice.choice(letters[digit]) if at in chosen else digit for at, digit in enumerate(nik)
    )


def _letters_and_another_day(row: Row, worker: Worker, scene: Scene) -> None:
    row["nik"] = f"{worker.nik[:12]}{worker.nik[12:].replace('9', 'O', 1)}"
    row["birth_date"] = worker.born + timedelta(days=scene.dice.choice((1, 40)))


def _nik_of_other_year(nik: str, dice: Random) -> str:
    """Mistype the last digit of the year inside the NIK: a date still, but not the person's."""
    digit = dice.choice([each for each in "123456789" if each != nik[11]])
    return f"{nik[:11]}{digit}{nik[12:]}"


def _other_persons_nik(row: Row, _worker: Worker, scene: Scene) -> None:
    row["nik"] = scene.other.nik


def _other_persons_nik_and_no_day(row: Row, _worker: Worker, scene: Scene) -> None:
    row |= {"nik": scene.other.nik, "birth_date": "tidak tahu"}


def _other_sex(row: Row, worker: Worker, _scene: Scene) -> None:
    row["sex"] = "P" if worker.sex == "L" else "L"


def _swapped_and_other_sex(row: Row, worker: Worker, scene: Scene) -> None:
    row["birth_date"] = _swapped(worker.born, scene.dice)
    _other_sex(row, worker, scene)


def _swapped(born: date, dice: Random) -> str:
    return f"{born:{dice.choice(('%m-%d-%Y', '%m/%d/%Y', '%m.%d.%Y'))}}"


def _born_on(row: Row, worker: Worker, born: date) -> Truth:
    day = int(worker.nik[6:8]) - worker.born.day + born.day
    nik = f"{worker.nik[:6]}{day:02d}{born:%m%y}{worker.nik[12:]}"
    row |= {"birth_date": born, "nik": nik}
    return {"birth_date": born, "nik": nik}


def _too_old(row: Row, worker: Worker, scene: Scene) -> Truth:
    days = OLD_AGE_DAYS + scene.dice.randrange(1500)
    return _born_on(row, worker, scene.registered_on - timedelta(days=days))


def _child(row: Row, worker: Worker, scene: Scene) -> Truth:
    return _born_on(row, worker, scene.registered_on - timedelta(days=CHILD_AGE_DAYS))


def _same_person_again(row: Row, _worker: Worker, scene: Scene) -> Truth:
    one = scene.before
    row |= {"nik": one.nik, "name": one.name, "birth_date": one.born, "sex": one.sex}
    row |= {"phone": one.phone, "birth_place": one.birth_place}
    same = {"nik": one.nik, "name": one.name, "birth_date": one.born, "sex": one.sex}
    return {**same, "phone": one.phone, "birth_place": one.birth_place}


def _nik_taken_from_above(row: Row, _worker: Worker, scene: Scene) -> Truth:
    one = scene.before
    row |= {"nik": one.nik, "birth_date": one.born, "sex": one.sex}
    return {"birth_date": one.born, "sex": one.sex}


def _phone_of_before(row: Row, _worker: Worker, scene: Scene) -> Truth:
    row["phone"] = scene.before.phone
    return {"phone": scene.before.phone}


def _phone_open(row: Row, _worker: Worker, scene: Scene) -> Truth:
    row["phone"] = scene.dice.choice((None, "-", "  "))
    return {"phone": None}


def _nik_for_card(row: Row, worker: Worker, _scene: Scene) -> Truth:
    row["family_card_no"] = worker.nik
    return {"family_card_no": worker.nik}


def _two_phones(row: Row, worker: Worker, scene: Scene) -> None:
    mark = scene.dice.choice((" / ", "/", ", ", " atau ", ";"))
    row["phone"] = f"{worker.phone}{mark}0813{scene.dice.randrange(10**8):08d}"


def _moved_away(row: Row, _worker: Worker, scene: Scene) -> Truth:
    row |= {"village": scene.outside.name, "district": scene.outside.district}
    return {"region_code": scene.outside.code}


def _unknown_village(row: Row, _worker: Worker, scene: Scene) -> Truth:
    row["village"] = scene.dice.choice(("Kampung Rekaan", "Kel. Contoh Indah", "Perum Latihan"))
    return {"region_code": None}


def _has_two_readings(worker: Worker) -> bool:
    return worker.born.day <= 12 and worker.born.day != worker.born.month


def _is_late_in_month(worker: Worker) -> bool:
    return worker.born.day > 12


def _is_of_middle_age(worker: Worker) -> bool:
    return date(1970, 1, 1) <= worker.born <= date(1999, 12, 31) and worker.born.day < 29


_DAY, _SEX = Code.NIK_DOB_MISMATCH, Code.NIK_SEX_MISMATCH
_ERROR, _FORMULA = ErrorValue("#N/A"), Formula('=VLOOKUP("x",A1:B2,2,0)')
_VILLAGE, _CATEGORY = frozenset({"village"}), frozenset({"category"})
_MOTHER, _CARD = frozenset({"mother_name"}), frozenset({"family_card_no"})
# What raises which code is the promise; how often only makes the list look like a real one.
FAULTS: tuple[Fault, ...] = tuple(
    Fault(name=name, codes=frozenset(codes), spoil=spoil, **more)
    for name, codes, spoil, more in (
        ("nik_missing", {Code.NIK_MISSING}, _set("nik", None, "-", "  "), {"often": 40}),
        ("nik_short", {Code.NIK_FORMAT}, _nik(lambda nik, _: nik[:-1]), {"often": 30}),
        ("nik_long", {Code.NIK_FORMAT}, _nik(lambda nik, _: f"{nik}1"), {"often": 15}),
        (
            "nik_letters",
            {Code.NIK_FORMAT},
            _nik(_with_letters),
            {"often": 40, "repairable": True},
        ),
        ("nik_letters_unproved", {Code.NIK_FORMAT}, _letters_and_another_day, {}),
        (
            "nik_number",
            {Code.NIK_AS_NUMBER},
            _nik(lambda nik, _: int(nik) // 10 * 10),
            {"often": 60},
        ),
        (
            "nik_number_text",
            {Code.NIK_AS_NUMBER},
            _nik(lambda nik, _: f"{int(nik):.5E}"),
            {},
        ),
        ("nik_no_day", {Code.NIK_DATE}, _nik(lambda nik, _: f"{nik[:8]}13{nik[10:]}"), {}),
        ("nik_filler", {Code.NIK_FILLER}, _set("nik", "0" * 16, "1234567890123456"), {}),
        ("nik_region", {Code.NIK_REGION_UNKNOWN}, _nik(lambda nik, _: f"0099{nik[4:]}"), {}),
        ("nik_serial", {Code.SERIAL_ZERO}, _nik(lambda nik, _: f"{nik[:12]}0000"), {}),
        ("nik_formula", {Code.FORMULA_NO_VALUE}, _set("nik", _FORMULA), {}),
        ("nik_error", {Code.CELL_ERROR}, _set("nik", _ERROR, "#REF!"), {}),
        ("sex_error", {Code.CELL_ERROR}, _set("sex", _ERROR), {}),
        ("name_missing", {Code.NAME_MISSING}, _set("name", None, "-", "12345"), {}),
        ("name_error", {Code.CELL_ERROR}, _set("name", _ERROR), {}),
        ("over_age", {Code.OVER_AGE}, _too_old, {"often": 60}),
        ("under_age", {Code.UNDER_AGE}, _child, {}),
        (
            "day_unreadable",
            {Code.DOB_UNREADABLE},
            _day(
                lambda born, dice: dice.choice((f"31-02-{born.year}", "tidak tahu", "00/00/0000"))
            ),
            {"often": 25, "repairable": True},
        ),
        (
            "day_in_future",
            {Code.DOB_UNREADABLE},
            _day(lambda born, _: f"{born:%d-%m}-{born.year + 180}"),
            {"repairable": True},
        ),
        (
            "day_swapped",
            {_DAY},
            _day(_swapped),
            {"often": 60, "repairable": True, "fits": _has_two_readings},
        ),
        (
            "day_month_first",
            {_DAY},
            _day(lambda born, _: f"{born:%m/%d/%Y}"),
            {"often": 20, "repairable": True, "fits": _is_late_in_month},
        ),
        (
            "day_other_epoch",
            {_DAY},
            _day(lambda born, _: born - OTHER_EPOCH),
            {"repairable": True, "fits": _is_of_middle_age},
        ),
        (
            "day_of_this_year",
            {_DAY, Code.UNDER_AGE},
            _day(lambda born, _: f"{born:%d-%m}-2025"),
            {"repairable": True, "fits": lambda worker: worker.born.day < 29},
        ),
        (
            "day_mistyped",
            {_DAY},
            _day(lambda born, dice: born + timedelta(days=dice.choice((-10, -1, 1, 10)))),
            {"often": 25, "fits": lambda worker: 12 < worker.born.day < 18},
        ),
        ("nik_day_mistyped", {_DAY}, _nik(_nik_of_other_year), {"fits": _is_of_middle_age}),
        ("sex_wrong", {_SEX}, _other_sex, {"often": 38, "repairable": True}),
        (
            "day_swapped_sex_wrong",
            {_DAY, _SEX},
            _swapped_and_other_sex,
            {"repairable": True, "fits": _has_two_readings},
        ),
        ("spouse_nik", {_DAY, _SEX}, _other_persons_nik, {}),
        (
            "spouse_nik_no_day",
            {Code.DOB_UNREADABLE, _SEX},
            _other_persons_nik_and_no_day,
            {},
        ),
        ("twice", {Code.DUP_IN_FILE, Code.PHONE_SHARED}, _same_person_again, {"often": 50}),
        (
            "nik_of_above",
            {Code.DUP_IN_FILE, Code.NIK_TWO_NAMES},
            _nik_taken_from_above,
            {"often": 20},
        ),
        ("phone_shared", {Code.PHONE_SHARED}, _phone_of_before, {"often": 30}),
        ("phone_two", {Code.PHONE_FORMAT}, _two_phones, {"often": 25, "repairable": True}),
        (
            "phone_wrong",
            {Code.PHONE_FORMAT},
            _set("phone", "0812-345", "(0431) 000000", "tidak ada HP", "0812 / 0813"),
            {"often": 25},
        ),
        ("phone_open", {Code.NO_PHONE}, _phone_open, {"often": 40}),
        ("mother_open", {Code.NO_MOTHER_NAME}, _set("mother_name", None, "-"), {"needs": _MOTHER}),
        ("nik_is_card", {Code.NIK_IS_FAMILY_CARD}, _nik_for_card, {"needs": _CARD}),
        (
            "servant",
            {Code.IS_ASN_TNI_POLRI},
            _set("occupation", "PNS", "Anggota Polri", "TNI-AD", "Guru (ASN)"),
            {"needs": frozenset({"occupation"})},
        ),
        (
            "village_unknown",
            {Code.REGION_UNMAPPED},
            _unknown_village,
            {"often": 27, "needs": _VILLAGE},
        ),
        ("village_outside", {Code.OUT_OF_REGION}, _moved_away, {"often": 12, "needs": _VILLAGE}),
        ("category_other", {Code.CATEGORY_UNKNOWN}, _set("category", "UMKM"), {"needs": _CATEGORY}),
    )
)
