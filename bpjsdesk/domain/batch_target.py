"""The quota line that a list of workers is loaded under, and what its months cost."""

from dataclasses import dataclass
from datetime import date

from bpjsdesk.domain.agreements import Stage
from bpjsdesk.domain.enrollment import BatchRequest
from bpjsdesk.domain.period import add_months, months_between
from bpjsdesk.domain.wording import format_month
from bpjsdesk.errors import UserError


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchTarget:
    """The quota line that a list is loaded under; `rates` are whole rupiah a head by month."""

    agreement_id: int
    agreement_title: str
    stage: Stage
    region_code: str
    quota_id: int
    category: str
    category_name: str
    segment: str
    heads: int
    first_month: date
    rates: tuple[int, ...]
    programmes: frozenset[str]

    def holds(self, month: date) -> bool:
        """Say whether a contribution month lies in this line."""
        return 0 <= months_between(self.first_month, month) < len(self.rates)

    def months(self, request: BatchRequest) -> tuple[date, int]:
        """Settle the contribution months: those asked for, or all of the quota line.

        Raises: UserError BATCH_MONTHS_OUTSIDE.
        """
        from_month = request.from_month or self.first_month
        months = request.months or len(self.rates) - months_between(self.first_month, from_month)
        start = months_between(self.first_month, from_month)
        if months < 1 or start < 0 or start + months > len(self.rates):
            last = add_months(self.first_month, len(self.rates) - 1)
            raise UserError(
                "BATCH_MONTHS_OUTSIDE",
                f"Bulan iuran harus berada di dalam kuota {self.category_name}: "
                f"{format_month(self.first_month)} s.d. {format_month(last)}.",
            )
        return from_month, months

    def rates_of(self, from_month: date, months: int) -> tuple[int, ...]:
        """Give what one person costs in each of these months, in whole rupiah."""
        start = months_between(self.first_month, from_month)
        return self.rates[start : start + months]

    def head_amount(self, from_month: date, months: int) -> int:
        """Add up what one person costs over these months, in whole rupiah."""
        return sum(self.rates_of(from_month, months))
