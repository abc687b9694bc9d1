"""Price quota lines month by month from the dated rates that are passed in."""

from bpjsdesk.domain.agreement_rules import MOST_RUPIAH
from bpjsdesk.domain.agreements import QuotaDraft, QuotaLine
from bpjsdesk.domain.contributions import Payer, RateTable, total_due
from bpjsdesk.domain.period import MonthRange
from bpjsdesk.domain.reference import Category
from bpjsdesk.errors import UserError


def price_quota(draft: QuotaDraft, category: Category, table: RateTable) -> QuotaLine:
    """Give the line with its monthly rates and its amount.

    Raises: UserError REFERENCE_MISSING, REFERENCE_OVERLAP, WAGE_BASE_MISSING, AMOUNT_TOO_LARGE.
    """
    payer = Payer(
        segment=category.default_segment,
        programmes=draft.programmes,
        payer_type=draft.payer_type,
        sector=draft.sector,
        risk_class=_office_risk_class(category.default_segment, table),
        wage=draft.wage_base if draft.wage_base is not None else category.wage_base,
    )
    months = MonthRange.starting(draft.from_month, draft.months)
    total = total_due(table, payer, heads=draft.heads, months=months)
    if total.amount > MOST_RUPIAH:
        raise UserError(
            "AMOUNT_TOO_LARGE", "Jumlah iuran melebihi satu triliun rupiah. Periksa jumlah orang."
        )
    return QuotaLine(
        quota_id=0,
        draft=draft,
        category_name=category.name,
        segment=category.default_segment,
        rates=total.rates,
        amount=total.amount,
        verified=total.verified,
    )


def _office_risk_class(segment: str, table: RateTable) -> int | None:
    """Give the lowest class of a segment that has any: the workers of a government office."""
    classes = [
        rate.risk_class
        for rate in table.rates
        if rate.segment == segment and rate.risk_class is not None
    ]
    return min(classes, default=None)
