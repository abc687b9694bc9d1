"""Make people up: names in general use, birth dates, and NIKs that nobody carries."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from bpjsdesk.cli.demo_office import names
from bpjsdesk.domain.identity import FEMALE_DAY_OFFSET, Sex

FIRST_SERIAL = 9000  # real serials count up from 0001 for each day and district
LAST_SERIAL = 9999
MIDDLE_NAME_SHARE = 0.6
YEAR_DAYS = 366  # so that nobody is a few leap days too young


class Village(NamedTuple):
    """A village with the district that it lies in."""

    code: str
    name: str
    district_code: str
    district: str


class Worker(NamedTuple):
    """One made-up person as the partner's list would name them."""

    nik: str
    name: str
    sex: Sex
    born: date
    birth_place: str
    address: str
    neighbourhood: str
    village: Village
    phone: str
    trade: str


class Ages(NamedTuple):
    """How old drawn people are on a day: of working age, and surely below the upper limit."""

    on: date
    youngest: int = 18
    oldest: int = 63

    def birth_date(self, dice: Random) -> date:
        days = dice.randrange(self.youngest * YEAR_DAYS, self.oldest * YEAR_DAYS)
        return self.on - timedelta(days=days)


class Crowd:
    """Draws people one after the other; no NIK and no telephone number comes twice."""

    def __init__(self, seed: int, *, first_phone: int = 0) -> None:
        self.dice = Random(seed)
        self._niks: set[str] = set()
        self._next_phone = first_phone

    def person(self, village: Village, ages: Ages, *, families: Sequence[str]) -> Worker:
        """Draw someone of a village."""
        dice = self.dice
        sex: Sex = "L" if dice.random() < 0.62 else "P"  # noqa: PLR2004  # as such lists are
        born = ages.birth_date(dice)
        return Worker(
            nik=self.nik(village.district_code, born, sex),
            name=self.name(sex, families),
            sex=sex,
            born=born,
            birth_place=dice.choice(names.BIRTH_PLACES),
            address=f"{dice.choice(names.STREETS)} No. {dice.randrange(1, 200)}",
            neighbourhood=f"Lingk. {dice.randrange(1, 9)}",
            village=village,
            phone=self.phone(),
            trade=dice.choice(names.TRADES),
        )

    def name(self, sex: Sex, families: Sequence[str]) -> str:
        """Put a given name, sometimes a second one, and a family name together."""
        dice = self.dice
        given = names.MEN if sex == "L" else names.WOMEN
        words = [dice.choice(given)]
        if dice.random() < MIDDLE_NAME_SHARE:
            words += [each for each in [dice.choice(given)] if each != words[0]]
        return " ".join([*words, dice.choice(families)])

    def nik(self, district_code: str, born: date, sex: Sex) -> str:
        """Make a NIK whose serial lies where no registry office has counted to."""
        day = born.day + (FEMALE_DAY_OFFSET if sex == "P" else 0)
        head = f"{district_code.replace('.', '')}{day:02d}{born:%m%y}"
        while True:
            nik = f"{head}{self.dice.randrange(FIRST_SERIAL, LAST_SERIAL + 1)}"
            if nik not in self._niks:
                self._niks.add(nik)
                return nik

    def phone(self) -> str:
        """Give the next number of a block that is counted through."""
        self._next_phone += 1
        return f"0812{self._next_phone:08d}"
