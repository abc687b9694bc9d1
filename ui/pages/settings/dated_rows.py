"""Rates and benefits as one kind of row: what, under which condition, how much, since when."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bpjsdesk.domain.reference import SEGMENT_LABELS, BenefitRow, BracketRow, RateRow
from bpjsdesk.domain.wording import (
    format_count,
    format_date,
    format_date_range,
    format_month,
    format_percent,
    format_rupiah,
)
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.reference import list_benefits, list_brackets, list_rates
from ui.i18n import _


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedRow:
    """One dated rule; `note` is what does not fit into the columns."""

    name: str
    condition: str
    value: str
    amount: Decimal
    valid_from: date
    valid_to: date | None
    legal_basis: str
    verified: bool
    note: str = ""

    def is_in_force(self, day: date) -> bool:
        """Say whether the row holds on a day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    @property
    def period(self) -> str:
        """Write the months: "Jul 2015 – " as long as no end is known."""
        end = format_month(self.valid_to, short=True) if self.valid_to else ""
        return f"{format_month(self.valid_from, short=True)} – {end}"

    @property
    def days(self) -> str:
        """Write the days in full."""
        if self.valid_to is None:
            return _("sejak {day}").format(day=format_date(self.valid_from))
        return format_date_range(self.valid_from, self.valid_to)


def rate_rows(app: AppContext) -> tuple[DatedRow, ...]:
    """Read contribution rates and the income table of the self-employed."""
    rates = [_rate(row) for row in list_rates(app)]
    return tuple(rates + [_bracket(row) for row in list_brackets(app)])


def benefit_rows(app: AppContext) -> tuple[DatedRow, ...]:
    """Read the benefits."""
    return tuple(_benefit(row) for row in list_benefits(app))


def _rate(row: RateRow) -> DatedRow:
    conditions = [
        _sectors().get(row.sector, ""),
        _risks().get(row.risk_class, ""),
        _("bukan {payers}").format(payers="/".join(row.payers_excluded))
        if row.payers_excluded
        else "",
        _("potongan {n}").format(n=format_percent(100 * (1 - row.factor), decimals=0))
        if row.factor != 1
        else "",
        _("upah s.d. {cap}").format(cap=format_rupiah(row.cap_wage)) if row.cap_wage else "",
    ]
    return DatedRow(
        name=f"{row.programme} {SEGMENT_LABELS.get(row.segment, row.segment)}",
        condition=", ".join(filter(None, conditions)) or _first_words(row.note),
        value=_value(row.basis, row.value, None),
        amount=row.value,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        legal_basis=row.legal_basis,
        verified=row.verified,
        note=row.note,
    )


def _bracket(row: BracketRow) -> DatedRow:
    return DatedRow(
        name=_("Dasar upah BPU, lapisan {n}").format(n=row.number),
        condition=_("penghasilan mulai {amount}").format(amount=format_rupiah(row.income_from)),
        value=format_rupiah(row.wage_base),
        amount=Decimal(row.wage_base),
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        legal_basis=row.legal_basis,
        verified=row.verified,
    )


def _benefit(row: BenefitRow) -> DatedRow:
    return DatedRow(
        name=f"{row.programme} · {row.name}",
        condition=row.condition,
        value=_value(row.basis, row.value, row.cap),
        amount=row.value or Decimal(row.cap or 0),
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        legal_basis=row.legal_basis,
        verified=row.verified,
        note=row.condition,
    )


def _value(basis: str, value: Decimal | None, cap: int | None) -> str:
    if basis == "ACTUAL_CAPPED" and cap is not None:
        return _("s.d. {cap}").format(cap=format_rupiah(cap))
    if value is None or basis == "ACTUAL":
        return _("biaya nyata")
    if basis == "FIXED":
        return format_rupiah(int(value))
    if basis == "WAGE_MULTIPLE":
        return _("{n} × upah").format(n=format_count(int(value)))
    words = format_percent(value, decimals=2).replace(",00%", "%")
    return _("{n} dasar upah").format(n=words) if basis == "BRACKET_PERCENT" else words


def _sectors() -> dict[str, str]:
    return {
        "TRANSPORT": _("transportasi"),
        "OTHER": _("sektor lain"),
        "LABOUR_INTENSIVE": _("padat karya"),
    }


def _risks() -> dict[str, str]:
    return {
        "1": _("risiko sangat rendah"),
        "2": _("risiko rendah"),
        "3": _("risiko sedang"),
        "4": _("risiko tinggi"),
        "5": _("risiko sangat tinggi"),
    }


def _first_words(note: str) -> str:
    return note.partition(";")[0]
