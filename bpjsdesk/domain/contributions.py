"""Contribution arithmetic in whole rupiah; every rate, bracket and cap is passed in as dated rows.

A month is priced by the row in force on its first day: rates change between months of one batch.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from bpjsdesk.domain.dated import rows_on, valid_on
from bpjsdesk.domain.wording import format_month
from bpjsdesk.errors import UserError

_PERCENT = 100


class RateBasis(StrEnum):
    """How a rate is reckoned; the values are those of `contribution_rate.csv`."""

    FIXED = "FIXED"
    PERCENT = "PERCENT"
    BRACKET_PERCENT = "BRACKET_PERCENT"


@dataclass(frozen=True, slots=True, kw_only=True)
class ContributionRate:
    """One dated rate. FIXED: `value` is rupiah a month; otherwise percent of wage or bracket base.

    `sector` and `risk_class` are None where a row holds for all of them; a row that names the
    sector goes before one that does not. `payer_types_excluded` do not enjoy this row (PP 50/2025:
    APBN, APBD). `factor` is what remains after a discount.
    """

    programme: str
    segment: str
    basis: RateBasis
    value: Fraction
    valid_from: date
    valid_to: date | None = None
    sector: str | None = None
    risk_class: int | None = None
    payer_types_excluded: frozenset[str] = frozenset()
    factor: Fraction = Fraction(1)
    cap_wage: int | None = None
    legal_basis: str = ""
    verified: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WageBracket:
    """From this monthly income on, contributions are reckoned from `wage_base`."""

    income_from: int
    wage_base: int
    valid_from: date
    valid_to: date | None = None
    verified: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Payer:
    """Whose contribution is reckoned; `wage` is whole rupiah a month."""

    segment: str
    programmes: tuple[str, ...]
    payer_type: str
    sector: str | None = None
    risk_class: int | None = None
    wage: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthAmount:
    """What one head and all heads owe for one month."""

    month: date
    per_head: int
    amount: int
    verified: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ContributionTotal:
    """The sum of all months; unverified as soon as one row used is."""

    heads: int
    months: tuple[MonthAmount, ...]

    @property
    def amount(self) -> int:
        """Add the months up."""
        return sum(month.amount for month in self.months)

    @property
    def rates(self) -> tuple[int, ...]:
        """Give rupiah a head for each month in order."""
        return tuple(month.per_head for month in self.months)

    @property
    def verified(self) -> bool:
        """Say whether every rate used has been compared with the law."""
        return all(month.verified for month in self.months)


@dataclass(frozen=True, slots=True, kw_only=True)
class RateTable:
    """The rates and brackets that an amount is reckoned from."""

    rates: Sequence[ContributionRate]
    brackets: Sequence[WageBracket] = ()

    def rate_on(self, programme: str, payer: Payer, month: date) -> ContributionRate:
        """Choose the one row for a programme, payer and month.

        Raises: UserError REFERENCE_MISSING or REFERENCE_OVERLAP.
        """
        fitting = [
            rate
            for rate in rows_on(self.rates, month)
            if (rate.programme, rate.segment) == (programme, payer.segment)
            and rate.sector in (None, payer.sector)
            and rate.risk_class in (None, payer.risk_class)
            and payer.payer_type not in rate.payer_types_excluded
        ]
        special = [rate for rate in fitting if rate.sector is not None]
        return valid_on(special or fitting, month, what=f"Tarif iuran {programme}")

    def base_for(self, income: int, month: date) -> WageBracket:
        """Find the bracket with the greatest lower bound that the income reaches.

        The printed upper bounds leave gaps, so they are not used.
        Raises: UserError REFERENCE_MISSING.
        """
        reached = [b for b in rows_on(self.brackets, month) if b.income_from <= income]
        if not reached:
            raise UserError(
                "REFERENCE_MISSING",
                f"Golongan penghasilan untuk iuran {format_month(month)} belum ada. "
                "Tambahkan di Pengaturan.",
            )
        return max(reached, key=lambda bracket: bracket.income_from)

    def per_head(self, payer: Payer, month: date) -> MonthAmount:
        """Reckon what one head owes for a month, each programme rounded half up by itself."""
        amount, verified = 0, True
        for programme in payer.programmes:
            rate = self.rate_on(programme, payer, month)
            base, base_verified = self._base(rate, payer, month)
            amount += _rounded(base * rate.factor)
            verified = verified and rate.verified and base_verified
        return MonthAmount(month=month, per_head=amount, amount=amount, verified=verified)

    def _base(self, rate: ContributionRate, payer: Payer, month: date) -> tuple[Fraction, bool]:
        """Give the full amount before the factor, and whether its bracket is verified."""
        if rate.basis is RateBasis.FIXED:
            return rate.value, True
        if payer.wage is None:
            raise UserError(
                "WAGE_BASE_MISSING",
                f"Dasar upah belum diisi, padahal iuran {rate.programme} dihitung darinya. "
                "Isi dasar upah per bulan.",
            )
        if rate.basis is RateBasis.BRACKET_PERCENT:
            bracket = self.base_for(payer.wage, month)
            return bracket.wage_base * rate.value / _PERCENT, bracket.verified
        wage = payer.wage if rate.cap_wage is None else min(payer.wage, rate.cap_wage)
        return wage * rate.value / _PERCENT, True


def total_due(
    table: RateTable, payer: Payer, *, heads: int, months: Iterable[date]
) -> ContributionTotal:
    """Price heads over months, each month by its own rates."""
    priced = []
    for month in months:
        head = table.per_head(payer, month)
        priced.append(
            MonthAmount(
                month=month,
                per_head=head.per_head,
                amount=head.per_head * heads,
                verified=head.verified,
            )
        )
    return ContributionTotal(heads=heads, months=tuple(priced))


def _rounded(value: Fraction) -> int:
    return int((value * 2 + 1) // 2)
