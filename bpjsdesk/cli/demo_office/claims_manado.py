"""The claims under the agreements with Manado; 157 up to November 2023, about Rp6 miliar."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bpjsdesk.cli.demo_office.cases import Benefits, CaseMaker, payment_day, shares, treatment
from bpjsdesk.cli.demo_office.people import Worker
from bpjsdesk.domain.claims import ClaimComponent, ClaimDraft, Programme
from bpjsdesk.domain.period import add_months

Components = Callable[[date], tuple[ClaimComponent, ...]]
Kind = tuple[Programme, Components]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mix:
    """How many claims of each kind, and what they come to together in whole rupiah."""

    deaths: int
    early_deaths: int = 0
    fatal_accidents: int = 0
    treatments: int = 0
    treatment_total: int = 0
    school_years: tuple[tuple[str, int], ...] = ()

    def kinds(self, benefits: Benefits, maker: CaseMaker) -> list[Kind]:
        """Give one entry a claim, shuffled."""
        found: list[Kind] = [(Programme.JKM, benefits.death)] * self.deaths
        found += [(Programme.JKM, benefits.early_death)] * self.early_deaths
        found += [(Programme.JKK, benefits.fatal_accident)] * self.fatal_accidents
        amounts = shares(self.treatment_total, self.treatments, maker.dice)
        found += [(Programme.JKK, _costing(amount)) for amount in amounts]
        for level, count in self.school_years:
            found += [(Programme.SCHOLARSHIP, _level(benefits, level))] * count
        maker.dice.shuffle(found)
        return found


TO_NOVEMBER_2023 = Mix(
    deaths=126,
    early_deaths=6,
    fatal_accidents=3,
    treatments=12,
    treatment_total=414_386_500,
    school_years=(("PRIMARY", 6), ("JUNIOR", 2), ("SENIOR", 1), ("HIGHER", 1)),
)
AFTER_NOVEMBER_2023 = Mix(
    deaths=49,
    early_deaths=5,
    fatal_accidents=1,
    treatments=16,
    treatment_total=144_386_500,
    school_years=(("PRIMARY", 4), ("JUNIOR", 4), ("HIGHER", 1)),
)
AUTUMN_2025 = Mix(deaths=6, treatments=3, treatment_total=38_204_500)
A_MONTH = Mix(
    deaths=6,
    early_deaths=1,
    treatments=3,
    treatment_total=37_911_000,
    school_years=(("JUNIOR", 1),),
)
DEATHS_BY_MONTH = (6, 5, 7, 4, 8, 6, 9, 5, 7, 8, 6, 7)


def claims_under(
    mix: Mix,
    benefits: Benefits,
    maker: CaseMaker,
    *,
    first: date,
    months: int,
    agreement_id: int,
    categories: Sequence[str],
) -> Iterator[ClaimDraft]:
    """Spread a mix over the months of an agreement; the first category is the usual one."""
    for place, (programme, components) in enumerate(mix.kinds(benefits, maker)):
        month = add_months(first, place % months)
        yield maker.paid(
            programme,
            payment_day(month, maker.dice),
            components,
            category=categories[0] if place % 5 else categories[place // 5 % len(categories)],
            agreement_id=agreement_id,
        )


def claims_of_year(
    benefits: Benefits,
    maker: CaseMaker,
    workers: Iterator[Worker],
    *,
    today: date,
    agreement_id: int,
) -> Iterator[ClaimDraft]:
    """Give this year's claims of people on the big list, up to and including today."""
    for number in range(2, today.month + 1):  # protection began in January
        month = date(today.year, number, 1)
        mix = replace(A_MONTH, deaths=DEATHS_BY_MONTH[number - 1])
        kinds = mix.kinds(benefits, maker)
        if number == today.month:
            kinds = kinds[: len(kinds) * today.day // 31]
        for programme, components in kinds:
            yield maker.paid(
                programme,
                payment_day(month, maker.dice, latest=today),
                components,
                category="VULNERABLE",
                worker=next(workers),
                agreement_id=agreement_id,
            )


def _costing(amount: int) -> Components:
    return lambda _day: treatment(amount)


def _level(benefits: Benefits, level: str) -> Components:
    return lambda day: benefits.school_year(level, day)
