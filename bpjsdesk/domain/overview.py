"""What the day starts with: four figures with their limits, benefits by month, actions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum, StrEnum

from bpjsdesk.domain.chart import ChartSeries, ChartSpec
from bpjsdesk.domain.claims import Programme
from bpjsdesk.domain.enrollment import BatchListItem
from bpjsdesk.domain.period import last_of_month
from bpjsdesk.domain.wording import MONTH_NAMES, format_count, format_date

MOST_ACTIONS = 5
_MILLION = 10**6
_WEEKEND = 5  # Saturday is the sixth day of the week, counted from 0
_LABELS = {Programme.SCHOLARSHIP: "Beasiswa"}


class ActionKind(StrEnum):
    """What an action is about; `target_id` is an agreement's, a batch's or nobody's."""

    CLAIMS_OVERDUE = "CLAIMS_OVERDUE"
    AGREEMENT_EXPIRING = "AGREEMENT_EXPIRING"
    BATCH_HELD = "BATCH_HELD"
    CORE_SILENT = "CORE_SILENT"
    CORE_REFUSED = "CORE_REFUSED"
    REQUESTS_WAITING = "REQUESTS_WAITING"
    AGREEMENT_UNSIGNED = "AGREEMENT_UNSIGNED"
    RATES_UNVERIFIED = "RATES_UNVERIFIED"


class Urgency(IntEnum):
    """How an action is coloured; the worst comes first."""

    BAD = 0
    WARN = 1
    INFO = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One thing to do: what, why, and where it opens.

    `status` narrows the claim list down for CLAIMS_OVERDUE.
    """

    kind: ActionKind
    urgency: Urgency
    title: str
    cause: str
    target_id: int | None = None
    status: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthBenefits:
    """Whole rupiah paid in a month; `amounts` are in the order of `Overview.programmes`."""

    month: date
    amounts: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.amounts)


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipantFigure:
    """People protected today against the heads of agreements in force."""

    active: int
    quota: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementFigure:
    """Agreements in force, and how many of them end within `expiring_days`."""

    in_force: int
    expiring: int
    expiring_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PaidFigure:
    """Claims paid this year up to today, and in the same days of last year."""

    year: int
    cases: int
    amount: int
    previous_cases: int
    previous_amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenClaimsFigure:
    """Claims on their way; `overdue` are complete and past the day by which they must be paid."""

    open: int
    complete: int
    overdue: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """Everything that the first page shows, as of one day."""

    as_of: date
    participants: ParticipantFigure
    agreements: AgreementFigure
    paid: PaidFigure
    open_claims: OpenClaimsFigure
    programmes: tuple[str, ...]
    months: tuple[MonthBenefits, ...]
    actions: tuple[Action, ...]
    batches: tuple[BatchListItem, ...]

    def chart(self) -> ChartSpec:
        """Give the months as a stacked chart in million rupiah, without programmes never paid."""
        series = tuple(
            ChartSeries(name=label, values=values)
            for label, values in (
                (_label(code), tuple(month.amounts[place] for month in self.months))
                for place, code in enumerate(self.programmes)
            )
            if any(values)
        )
        is_partial = self.as_of < last_of_month(self.as_of)
        month = MONTH_NAMES[self.as_of.month - 1]
        return ChartSpec(
            title="Manfaat dibayar per bulan",
            categories=tuple(MONTH_NAMES[each.month.month - 1][:3] for each in self.months),
            series=series,
            unit="juta rupiah",
            scale=_MILLION,
            highlighted=len(self.months) - 1,
            note=f"{month} s.d. tanggal {self.as_of.day}" if is_partial else "",
        )


def _label(code: str) -> str:
    return _LABELS.get(Programme(code), code)


def worst_first(actions: Iterable[Action]) -> tuple[Action, ...]:
    """Choose the actions that the page has room for; equals stay in their order."""
    return tuple(sorted(actions, key=lambda action: action.urgency)[:MOST_ACTIONS])


def working_days_after(day: date, count: int, holidays: frozenset[date]) -> date:
    """Give the day that lies `count` working days after `day`, which itself is day 0."""
    while count > 0:
        day += timedelta(days=1)
        if day.weekday() < _WEEKEND and day not in holidays:
            count -= 1
    return day


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingClaims:
    """Unpaid claims of one programme whose files became complete on one day."""

    programme: str
    complete_on: date
    cases: int


def overdue_claims(
    waiting: Sequence[WaitingClaims],
    limits: Mapping[str, int],
    holidays: frozenset[date],
    today: date,
) -> tuple[WaitingClaims, ...]:
    """Give those whose last day has come, oldest first; `limits` are working days by programme."""
    found = [
        group
        for group in waiting
        if group.programme in limits
        and working_days_after(group.complete_on, limits[group.programme], holidays) <= today
    ]
    return tuple(sorted(found, key=lambda group: group.complete_on))


def overdue_actions(groups: Sequence[WaitingClaims], limits: Mapping[str, int]) -> Iterable[Action]:
    """Tell the overdue claims of each programme in one action."""
    for programme in dict.fromkeys(group.programme for group in groups):
        mine = [group for group in groups if group.programme == programme]
        cases = sum(group.cases for group in mine)
        yield Action(
            kind=ActionKind.CLAIMS_OVERDUE,
            urgency=Urgency.BAD,
            title=f"{format_count(cases)} klaim {_label(programme)} sudah jatuh tempo bayar",
            cause=f"Lengkap sejak {format_date(mine[0].complete_on)} · batas "
            f"{limits[programme]} hari kerja",
            status="COMPLETE",
        )
