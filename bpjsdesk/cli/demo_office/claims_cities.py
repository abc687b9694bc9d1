"""What two cities were paid month by month; Kotamobagu January–November 2025 is Rp12,9 miliar."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from bpjsdesk.cli.demo_office.cases import (
    STEP,
    Benefits,
    CaseMaker,
    balance,
    payment_day,
    shares,
    treatment,
)
from bpjsdesk.domain.claims import ClaimComponent, ClaimDraft, Programme
from bpjsdesk.domain.period import add_months

MILLION = 1_000_000
# Millions of rupiah month by month; November takes what is left of the published total.
PLAN_2024 = (800, 950, 1100, 1240, 990, 1070, 1170, 1090, 1190, 1040)
PLAN_2025 = (872, 979, 1144, 892, 1226, 1060, 1172, 1474, 1205, 1254)
KOTAMOBAGU_SINCE = (1010, 1042, 1290, 1084, 1312, 1188, 1305, 1401, 1376, 1422, 1240, 1118)
MANADO_2025 = (820, 884, 1012, 905, 1103, 968, 1040, 1122, 1087, 1135, 1010)
MANADO_SINCE = (890, 935, 1120, 1004, 1184, 1046, 1150, 1261, 1218, 1274, 1110, 968)
DEATHS_SINCE = (4, 3, 6, 5, 4, 7, 5, 6, 3, 7, 6, 5)
PUBLISHED_2025 = 12_912_261_540  # Kotamobagu, January to November 2025: "Rp12,9 miliar"
BEFORE_2025 = 11_629_368_525
VULNERABLE_2025 = 12  # death claims of vulnerable workers: "sekitar Rp500 juta"
PUBLISHED_YEAR, PUBLISHED_MONTHS = 2025, 11
DAYS_OF_A_MONTH = 31
WAGE_EARNERS = (
    ("OTHER", "WAGE_EARNER"),
    ("OTHER", "WAGE_EARNER"),
    ("NON_ASN", "WAGE_EARNER"),
    ("VILLAGE_STAFF", "WAGE_EARNER"),
    ("MARKET_TRADER", "SELF_EMPLOYED"),
)
Components = Callable[[date], tuple[ClaimComponent, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthOrder:
    """What a city paid in a month; savings fill the total up."""

    month: date
    total: int
    savings: int
    deaths: int
    early_deaths: int
    accidents: int
    school_years: tuple[str, ...]
    latest: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class YearShape:
    """How many claims of each kind a year had, spread over its months."""

    totals: Sequence[int]
    savings: int
    deaths: int
    early_deaths: int
    accidents: int
    school_years: tuple[tuple[str, int], ...]

    def months(self, year: int, latest: date | None = None) -> Iterator[MonthOrder]:
        number = len(self.totals)
        schools = [level for level, count in self.school_years for _ in range(count)]
        for place, total in enumerate(self.totals):
            yield MonthOrder(
                month=date(year, place + 1, 1),
                total=total,
                savings=_part(self.savings, place, number),
                deaths=_part(self.deaths, place, number),
                early_deaths=_part(self.early_deaths, place, number),
                accidents=_part(self.accidents, place, number),
                school_years=tuple(schools[place::number]),
                latest=latest,
            )


def _part(total: int, place: int, parts: int) -> int:
    return total * (place + 1) // parts - total * place // parts


def kotamobagu_2024() -> YearShape:
    """Give January to November 2024: 943 claims."""
    return YearShape(
        totals=_closed(PLAN_2024, BEFORE_2025),
        savings=807,
        deaths=51,
        early_deaths=8,
        accidents=44,
        school_years=(("PRIMARY", 17), ("JUNIOR", 8), ("SENIOR", 7), ("HIGHER", 1)),
    )


def kotamobagu_2025(vulnerable_total: int) -> YearShape:
    """Give January to November 2025 without the vulnerable: 997 of 1.009 claims."""
    return YearShape(
        totals=_closed(PLAN_2025, PUBLISHED_2025 - vulnerable_total),
        savings=859,
        deaths=62 - VULNERABLE_2025,
        early_deaths=9,
        accidents=38,
        school_years=(("PRIMARY", 22), ("JUNIOR", 9), ("SENIOR", 8), ("HIGHER", 2)),
    )


def manado_2025() -> YearShape:
    """Give January to November 2025 of Manado, to compare the current year with."""
    return YearShape(
        totals=tuple(million * MILLION for million in MANADO_2025),
        savings=640,
        deaths=84,
        early_deaths=6,
        accidents=30,
        school_years=(("PRIMARY", 14), ("JUNIOR", 6), ("SENIOR", 5)),
    )


def since(city_millions: Sequence[int], today: date) -> Iterator[MonthOrder]:
    """Give every month after November 2025 up to today; the running one in part."""
    month = date(PUBLISHED_YEAR, PUBLISHED_MONTHS + 1, 1)
    while month <= today:
        share = 1.0
        if (month.year, month.month) == (today.year, today.month):
            share = today.day / DAYS_OF_A_MONTH
        yield MonthOrder(
            month=month,
            total=int(city_millions[month.month - 1] * share) * MILLION,
            savings=max(1, int(70 * share)),
            deaths=int(DEATHS_SINCE[month.month - 1] * share),
            early_deaths=int(share),
            accidents=int(3 * share),
            school_years=("PRIMARY", "SENIOR") if share == 1 else (),
            latest=today,
        )
        month = add_months(month, 1)


def month_claims(order: MonthOrder, benefits: Benefits, maker: CaseMaker) -> Iterator[ClaimDraft]:
    """Give the claims of a month; together they come to its total."""
    fixed = [
        *([(Programme.JKM, benefits.death)] * order.deaths),
        *([(Programme.JKM, benefits.early_death)] * order.early_deaths),
        *((Programme.SCHOLARSHIP, _level(benefits, level)) for level in order.school_years),
        *((Programme.JKK, _costing(maker)) for _ in range(order.accidents)),
    ]
    rest = order.total
    for programme, components in fixed:
        category, segment = maker.dice.choice(WAGE_EARNERS)
        paid_on = payment_day(order.month, maker.dice, latest=order.latest)
        claim = maker.paid(programme, paid_on, components, category=category, segment=segment)
        rest -= claim.amount
        yield claim
    for amount in shares(rest, order.savings, maker.dice):
        yield maker.paid(
            Programme.JHT,
            payment_day(order.month, maker.dice, latest=order.latest),
            _saved(amount),
            category="OTHER",
            segment="WAGE_EARNER",
        )


def _costing(maker: CaseMaker) -> Components:
    amount = maker.dice.randrange(90, 460) * 100_000 + maker.dice.randrange(1000) * STEP
    return lambda _day: treatment(amount)


def _level(benefits: Benefits, level: str) -> Components:
    return lambda day: benefits.school_year(level, day)


def _saved(amount: int) -> Components:
    return lambda _day: balance(amount)


def _closed(millions: Sequence[int], total: int) -> tuple[int, ...]:
    opened = tuple(million * MILLION for million in millions)
    return (*opened, total - sum(opened))
