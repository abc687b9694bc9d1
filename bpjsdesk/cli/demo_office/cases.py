"""Make claims up: amounts from the dated benefit rows, days in the order in which things happen."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from random import Random

from bpjsdesk.cli.demo_office.people import Ages, Crowd, Village, Worker
from bpjsdesk.domain.claims import ClaimComponent, ClaimDraft, Programme
from bpjsdesk.domain.reference import BenefitRow

SATURDAY = 5
LAST_DRAWN_DAY = 28
RESERVED_WAGE = 1_000_000  # what the self-employed report as income, in whole rupiah
STEP = 100  # invented amounts end in full hundreds of rupiah


class Benefits:
    """Looks benefits up by the day of the event; no amount of law is written here."""

    def __init__(self, rows: Sequence[BenefitRow]) -> None:
        self._rows = rows

    def component(
        self, programme: Programme, code: str, day: date, times: int = 1
    ) -> ClaimComponent:
        """Give one benefit; `times` is the wage where the row is a multiple of it."""
        for row in self._rows:
            if (
                (row.programme, row.code) == (programme.value, code)
                and row.valid_from <= day
                and (row.valid_to is None or day <= row.valid_to)
            ):
                return ClaimComponent(code=code, name=row.name, amount=int(row.value or 0) * times)
        raise LookupError(f"{programme.value} {code} {day}")

    def death(self, day: date) -> tuple[ClaimComponent, ...]:
        codes = ("LUMP_SUM", "PERIODIC", "FUNERAL")
        return tuple(self.component(Programme.JKM, code, day) for code in codes)

    def early_death(self, day: date) -> tuple[ClaimComponent, ...]:
        """Give what is paid when the membership was still short."""
        return (self.component(Programme.JKM, "SHORT_MEMBERSHIP", day),)

    def fatal_accident(self, day: date) -> tuple[ClaimComponent, ...]:
        return (
            self.component(Programme.JKK, "DEATH", day, RESERVED_WAGE),
            self.component(Programme.JKK, "PERIODIC", day),
            self.component(Programme.JKK, "FUNERAL", day),
        )

    def school_year(self, level: str, day: date) -> tuple[ClaimComponent, ...]:
        return (self.component(Programme.SCHOLARSHIP, level, day),)


def treatment(amount: int) -> tuple[ClaimComponent, ...]:
    """Split an accident without lasting harm into care and lost income."""
    lost = amount // 3 // STEP * STEP
    return (
        ClaimComponent(
            code="MEDICAL", name="Pelayanan kesehatan sesuai kebutuhan medis", amount=amount - lost
        ),
        ClaimComponent(
            code="INCAPACITY_1", name="Santunan sementara tidak mampu bekerja", amount=lost
        ),
    )


def balance(amount: int) -> tuple[ClaimComponent, ...]:
    """Give a savings balance that is paid out."""
    return (ClaimComponent(code="BALANCE", name="Saldo JHT dibayar penuh", amount=amount),)


def shares(total: int, parts: int, dice: Random) -> list[int]:
    """Split rupiah into uneven parts that add up to the total; none below half of the mean."""
    weights = [0.5 + dice.random() ** 2 * 1.5 for _ in range(parts)]
    scale = total / sum(weights)
    split = [int(weight * scale) // STEP * STEP for weight in weights]
    split[-1] += total - sum(split)
    return split


def payment_day(month: date, dice: Random, *, latest: date | None = None) -> date:
    """Draw a working day of a month, not after `latest`."""
    last = LAST_DRAWN_DAY
    if latest is not None and (latest.year, latest.month) == (month.year, month.month):
        last = min(last, latest.day)
    day = month.replace(day=dice.randint(min(3, last), last))
    while day.weekday() >= SATURDAY and day.day > 1:
        day -= timedelta(days=1)
    return day


class CaseMaker:
    """Draws the people of a place and gives each a claim."""

    def __init__(self, crowd: Crowd, villages: Sequence[Village], families: Sequence[str]) -> None:
        self.dice = crowd.dice
        self._crowd = crowd
        self._villages = villages
        self._families = families

    def stranger(self, day: date) -> Worker:
        """Draw someone who was never on a list."""
        village = self.dice.choice(self._villages)
        return self._crowd.person(village, Ages(on=day, youngest=24), families=self._families)

    def paid(
        self,
        programme: Programme,
        paid_on: date,
        components: Callable[[date], tuple[ClaimComponent, ...]],
        *,
        category: str,
        segment: str = "",
        worker: Worker | None = None,
        agreement_id: int | None = None,
    ) -> ClaimDraft:
        """Give a paid claim; `components` are asked with the day of the event."""
        dice = self.dice
        complete_on = paid_on - timedelta(days=dice.randrange(1, 4))
        filed_on = complete_on - timedelta(days=dice.randrange(0, 7))
        event_on = filed_on - timedelta(days=dice.randrange(6, 41))
        person = worker or self.stranger(event_on)
        return ClaimDraft(
            programme=programme,
            participant_nik=person.nik,
            participant_name=person.name,
            category=category,
            segment=segment,
            agreement_id=agreement_id,
            region_code=person.village.code,
            event_on=event_on,
            filed_on=filed_on,
            complete_on=complete_on,
            paid_on=paid_on,
            payee_name=self.payee(programme, person),
            components=components(event_on),
        )

    def payee(self, programme: Programme, person: Worker) -> str:
        """Name an heir where the participant has died, else the participant."""
        if programme in (Programme.JKM, Programme.SCHOLARSHIP):
            family = person.name.rpartition(" ")[2]
            return self._crowd.name("P" if person.sex == "L" else "L", (family,))
        return person.name
