"""Slips whose row still proves what is right: cells in wrong columns, cells that hold too much."""

from datetime import date
from random import Random

from bpjsdesk.cli.demo_office.people import Worker
from bpjsdesk.domain.row_issues import IssueCode as Code
from tests.services.planted_faults import FAULTS, Fault, Row, Scene, Spoil, Truth
from tests.services.planted_values import VALUE_FAULTS

CARD_DAY = "120315"  # the day on which a family card was made: never anybody's birth
AFTER_WORDS = "birth_place birth_date sex address neighbourhood village district phone occupation"
AFTER_NAME = tuple(AFTER_WORDS.split())


def card_of(worker: Worker) -> str:
    """Give a family card number as a registry office makes it."""
    return f"{worker.nik[:6]}{CARD_DAY}{worker.nik[12:]}"


def _pushed_right(row: Row, _worker: Worker, _scene: Scene) -> Truth:
    """Put a blank cell before the place of birth, in a row that names no occupation."""
    values = [row[field] for field in AFTER_NAME[:-1]]
    row |= dict(zip(AFTER_NAME, [None, *values], strict=True))
    return {"occupation": None}


def _slipped_left(row: Row, _worker: Worker, _scene: Scene) -> Truth:
    """Leave the place of birth out without leaving its cell blank."""
    row["district"] = None
    values = [row[field] for field in AFTER_NAME[1:]]
    row |= dict(zip(AFTER_NAME, [*values, None], strict=True))
    return {"birth_place": None}


def _exchanged(one: str, other: str) -> Spoil:
    def spoil(row: Row, _worker: Worker, _scene: Scene) -> None:
        row[one], row[other] = row[other], row[one]

    return spoil


def _place_with_day(row: Row, worker: Worker, scene: Scene) -> None:
    mark = scene.dice.choice((", ", " / ", ","))
    row |= {"birth_place": None, "birth_date": f"{worker.birth_place}{mark}{worker.born:%d-%m-%Y}"}


def _other_century(row: Row, worker: Worker, _scene: Scene) -> None:
    row["birth_date"] = worker.born.replace(year=worker.born.year - 100)


def _nik_in_name(row: Row, worker: Worker, scene: Scene) -> None:
    shapes = (f"{worker.name} {worker.nik}", f"{worker.nik} - {worker.name}")
    row |= {"nik": None, "name": scene.dice.choice(shapes)}


def _nik_with_words(row: Row, worker: Worker, scene: Scene) -> None:
    shapes = (f"NIK. {worker.nik}", f"{worker.nik} (KTP)", f"KTP : {worker.nik}")
    row["nik"] = scene.dice.choice(shapes)


def _phone_with_words(row: Row, worker: Worker, scene: Scene) -> None:
    shapes = (f"HP. {worker.phone}", f"{worker.phone} (WA)", f"WA: {worker.phone}")
    row["phone"] = scene.dice.choice(shapes)


def _village_mistyped(row: Row, worker: Worker, scene: Scene) -> None:
    row["village"] = _slip(worker.village.name, scene.dice)


def _village_in_address(row: Row, worker: Worker, _scene: Scene) -> Truth:
    address = f"{worker.address}, Kel. {worker.village.name}"
    row |= {"village": None, "address": address}
    return {"address": address}


def _slip(name: str, dice: Random) -> str:
    """Leave a letter out of a long word, or write it twice."""
    at = dice.randrange(1, 4)
    return dice.choice((name[:at] + name[at + 1 :], name[:at] + name[at] + name[at:]))


def _is_young(worker: Worker) -> bool:
    return worker.born >= date(2000, 3, 1) and (worker.born.month, worker.born.day) != (2, 29)


def _is_man(worker: Worker) -> bool:
    return worker.sex == "L"


_PLACED = frozenset({"village", "address", "birth_place"})
_MOVED = {Code.DOB_UNREADABLE, Code.SEX_UNKNOWN, Code.REGION_UNMAPPED, Code.PHONE_FORMAT}
SLIPS: tuple[Fault, ...] = tuple(
    Fault(name=name, codes=frozenset(codes), spoil=spoil, repairable=True, **more)
    for name, codes, spoil, more in (
        ("cells_right", _MOVED, _pushed_right, {"often": 12, "needs": _PLACED}),
        ("cells_left", _MOVED, _slipped_left, {"needs": _PLACED}),
        ("nik_and_name", {Code.NIK_FORMAT, Code.NAME_MISSING}, _exchanged("nik", "name"), {}),
        (
            "nik_and_card",
            {Code.NIK_DOB_MISMATCH},
            _exchanged("nik", "family_card_no"),
            {"needs": frozenset({"family_card_no"}), "fits": _is_man},
        ),
        (
            "day_and_place",
            {Code.DOB_UNREADABLE},
            _exchanged("birth_date", "birth_place"),
            {"needs": frozenset({"birth_place"})},
        ),
        (
            "day_with_place",
            {Code.DOB_UNREADABLE},
            _place_with_day,
            {"often": 12, "needs": frozenset({"birth_place"})},
        ),
        ("day_other_century", {Code.OVER_AGE}, _other_century, {"fits": _is_young}),
        ("nik_in_name", {Code.NIK_MISSING, Code.NAME_WITH_DIGIT}, _nik_in_name, {"often": 12}),
        ("nik_with_words", {Code.NIK_FORMAT}, _nik_with_words, {"often": 12}),
        ("phone_with_words", {Code.PHONE_FORMAT}, _phone_with_words, {"often": 12}),
        (
            "village_mistyped",
            {Code.REGION_UNMAPPED},
            _village_mistyped,
            {"often": 20, "needs": frozenset({"village"})},
        ),
        ("village_in_address", {Code.REGION_UNMAPPED}, _village_in_address, {"needs": _PLACED}),
    )
)
EVERY_FAULT = FAULTS + SLIPS + VALUE_FAULTS
