"""Values that are written and mean nothing, or are left open where a claim will ask for them."""

from datetime import date

from bpjsdesk.cli.demo_office.people import Worker
from bpjsdesk.cli.demo_office.sheets import ErrorValue, Formula, PlainCell
from bpjsdesk.domain.row_issues import IssueCode as Code
from tests.services.planted_faults import Fault, Row, Scene, Spoil

LONGEST_NAME = 100


def _set(field: str, *values: PlainCell) -> Spoil:
    def spoil(row: Row, _worker: Worker, scene: Scene) -> None:
        row[field] = scene.dice.choice(values)

    return spoil


def _numbered(row: Row, worker: Worker, scene: Scene) -> None:
    mark = scene.dice.choice((". ", ") ", "."))
    row["name"] = f"{scene.dice.randrange(1, 400)}{mark}{worker.name}"


def _digit_for_letter(row: Row, worker: Worker, _scene: Scene) -> None:
    at = next(place for place, letter in enumerate(worker.name) if letter in "AIOE")
    digit = {"A": "4", "I": "1", "O": "0", "E": "3"}[worker.name[at]]
    row["name"] = f"{worker.name[:at]}{digit}{worker.name[at + 1 :]}"


def _told_at_length(row: Row, worker: Worker, _scene: Scene) -> None:
    row["name"] = f"{worker.name} ATAU YANG BIASA DISEBUT ".ljust(LONGEST_NAME, "X") + "Y"


def _short_card(row: Row, worker: Worker, scene: Scene) -> None:
    row["family_card_no"] = scene.dice.choice((worker.nik[:-1], "belum ada", int(worker.nik)))


def _only(field: str) -> dict[str, frozenset[str]]:
    return {"needs": frozenset({field})}


_ERROR, _FORMULA = ErrorValue("#N/A"), Formula('=VLOOKUP("x",A1:B2,2,0)')
VALUE_FAULTS: tuple[Fault, ...] = tuple(
    Fault(name=name, codes=frozenset({code}), spoil=spoil, **more)
    for name, code, spoil, more in (
        ("name_numbered", Code.NAME_WITH_DIGIT, _numbered, {"often": 20, "repairable": True}),
        ("name_digit", Code.NAME_WITH_DIGIT, _digit_for_letter, {}),
        ("name_long", Code.NAME_TOO_LONG, _told_at_length, {}),
        (
            "sex_unknown",
            Code.SEX_UNKNOWN,
            _set("sex", "laki2", "X", "?", "ibu"),
            {"often": 20, "repairable": True},
        ),
        ("sex_open", Code.SEX_UNKNOWN, _set("sex", None, "-"), {"repairable": True}),
        ("card_short", Code.FAMILY_CARD_FORMAT, _short_card, _only("family_card_no")),
        ("heir_open", Code.HEIR_MISSING, _set("heir_name", None, "-"), _only("heir_name")),
        (
            "wage_words",
            Code.WAGE_UNREADABLE,
            _set("wage", "satu juta", "tidak tentu", date(2026, 1, 1)),
            _only("wage"),
        ),
        (
            "account_wrong",
            Code.ACCOUNT_FORMAT,
            _set("account_no", "123456", 12345678901, "belum ada"),
            _only("account_no"),
        ),
        ("email_wrong", Code.EMAIL_FORMAT, _set("email", "contoh", "a@contoh"), _only("email")),
        (
            "neighbourhood_day",
            Code.NEIGHBOURHOOD_AS_DATE,
            _set("neighbourhood", date(2026, 4, 3), date(2026, 1, 2)),
            _only("neighbourhood"),
        ),
        ("desil_high", Code.NOT_ELIGIBLE_DESIL, _set("desil", 5, "10", "mampu"), _only("desil")),
        (
            "programme_other",
            Code.PROGRAMME_DIFFERS,
            _set("claim_programme", "JKK+JKM+JHT", "JKM", "semua"),
            _only("claim_programme"),
        ),
        (
            "month_other",
            Code.PERIOD_DIFFERS,
            _set("start_month", "Maret 2026", "03/2026", date(2025, 1, 1), "segera"),
            _only("start_month"),
        ),
        ("months_other", Code.PERIOD_DIFFERS, _set("month_count", 6, "?"), _only("month_count")),
        ("value_lost", Code.VALUE_LOST, _set("occupation", _ERROR, _FORMULA), _only("occupation")),
    )
)
