"""Gather the first page: figures, the monthly chart, what needs action, the latest batches."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

from bpjsdesk.domain.agreements import AgreementListItem, Status
from bpjsdesk.domain.claim_totals import PROGRAMMES
from bpjsdesk.domain.overview import (
    Action,
    ActionKind,
    AgreementFigure,
    MonthBenefits,
    OpenClaimsFigure,
    Overview,
    PaidFigure,
    ParticipantFigure,
    Urgency,
    WaitingClaims,
    overdue_actions,
    overdue_claims,
    worst_first,
)
from bpjsdesk.domain.period import add_months, first_of_month
from bpjsdesk.domain.report_values import ClaimsReportQuery
from bpjsdesk.domain.wording import format_count, format_date
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.core_reply import silent_batches
from bpjsdesk.services.debts import debts_of
from bpjsdesk.storage import (
    agreement_lists,
    claims,
    claims_report,
    core_reply,
    enrollment,
    person_changes,
    reference,
)
from bpjsdesk.storage import overview as store
from bpjsdesk.storage.connection import Connection

MONTHS_SHOWN = 12
BATCHES_SHOWN = 5
ACTIONS_OF_A_KIND = 2
PAID = "PAID"
CLOSED = frozenset({PAID, "REJECTED", "CANCELLED"})
IN_FORCE = frozenset({Status.ACTIVE, Status.EXPIRING})

Sums = Mapping[tuple[str, str], tuple[int, int]]


def overview(context: AppContext) -> Overview:
    """Give the first page as of today.

    Raises: UserError NOT_PERMITTED.
    """
    context.user.require("read.reports")
    today = context.clock().date()
    with context.database.read() as connection:
        agreements = _agreements(connection, today)
        urgent_days = reference.deadline_amount(connection, "AGREEMENT", "EXPIRING_SOON", today)
        waiting = store.waiting_claims(connection)
        limits = _payment_limits(connection, today)
        overdue = overdue_claims(waiting, limits, reference.holidays(connection), today)
        sums = _monthly_sums(connection, today)
        return Overview(
            as_of=today,
            participants=_participants(connection, agreements, today),
            agreements=_agreement_figure(agreements, urgent_days),
            paid=_paid(connection, today),
            open_claims=_open_claims(connection, waiting, overdue),
            programmes=tuple(programme.value for programme in PROGRAMMES),
            months=tuple(_months(sums, today)),
            actions=worst_first(
                [
                    *overdue_actions(overdue, limits),
                    *_expiring(agreements, urgent_days),
                    *_held(context, connection),
                    *_silent(context, connection),
                    *_refused(connection),
                    *_requests(context, connection),
                    *_unsigned(agreements),
                    *_unproven(connection, today),
                ]
            ),
            batches=enrollment.list_batches(connection)[:BATCHES_SHOWN],
        )


def _agreements(connection: Connection, today: date) -> tuple[AgreementListItem, ...]:
    days = reference.deadline_amount(connection, "AGREEMENT", "EXPIRING", today)
    return agreement_lists.all_agreements(connection, today=today, expiring_days=days)


def _participants(
    connection: Connection, agreements: Sequence[AgreementListItem], today: date
) -> ParticipantFigure:
    return ParticipantFigure(
        active=store.active_members(connection, first_of_month(today)),
        quota=sum(item.heads for item in agreements if item.status in IN_FORCE),
    )


def _agreement_figure(agreements: Sequence[AgreementListItem], urgent_days: int) -> AgreementFigure:
    in_force = [item for item in agreements if item.status in IN_FORCE]
    ending = [
        item for item in in_force if item.days_left is not None and item.days_left <= urgent_days
    ]
    return AgreementFigure(in_force=len(in_force), expiring=len(ending), expiring_days=urgent_days)


def _paid(connection: Connection, today: date) -> PaidFigure:
    this_year = ClaimsReportQuery(date_from=today.replace(month=1, day=1), date_to=today)
    now = claims_report.monthly_benefits(connection, this_year.date_from, this_year.date_to)
    before = claims_report.monthly_benefits(connection, *this_year.previous)
    return PaidFigure(
        year=today.year,
        cases=sum(cases for cases, _ in now.values()),
        amount=sum(amount for _, amount in now.values()),
        previous_cases=sum(cases for cases, _ in before.values()),
        previous_amount=sum(amount for _, amount in before.values()),
    )


def _open_claims(
    connection: Connection, waiting: Sequence[WaitingClaims], overdue: Sequence[WaitingClaims]
) -> OpenClaimsFigure:
    counts = claims.status_counts(connection)
    return OpenClaimsFigure(
        open=sum(count for status, count in counts.items() if status not in CLOSED),
        complete=sum(group.cases for group in waiting),
        overdue=sum(group.cases for group in overdue),
    )


def _payment_limits(connection: Connection, today: date) -> dict[str, int]:
    return {
        programme: row.amount
        for (programme, code), row in reference.deadlines(connection, today).items()
        if code == "PAYMENT" and row.unit == "WORKING_DAYS"
    }


def _monthly_sums(connection: Connection, today: date) -> Sums:
    first = add_months(first_of_month(today), 1 - MONTHS_SHOWN)
    return claims_report.monthly_benefits(connection, first, today)


def _months(sums: Sums, today: date) -> Iterator[MonthBenefits]:
    for step in range(1 - MONTHS_SHOWN, 1):
        month = add_months(first_of_month(today), step)
        yield MonthBenefits(
            month=month,
            amounts=tuple(
                sums.get((f"{month:%Y-%m}", programme.value), (0, 0))[1] for programme in PROGRAMMES
            ),
        )


def _expiring(agreements: Sequence[AgreementListItem], urgent_days: int) -> Iterator[Action]:
    ending = [item for item in agreements if item.status is Status.EXPIRING]
    for item in sorted(ending, key=lambda each: each.days_left or 0)[:ACTIONS_OF_A_KIND]:
        days = item.days_left or 0
        yield Action(
            kind=ActionKind.AGREEMENT_EXPIRING,
            urgency=Urgency.BAD if days <= urgent_days else Urgency.WARN,
            title=f"Perjanjian {item.partner} berakhir {format_count(days)} hari lagi",
            cause=_ending(item),
            target_id=item.agreement_id,
        )


def _ending(item: AgreementListItem) -> str:
    heads = f"{format_count(item.heads)} peserta · " if item.heads else ""
    return f"{heads}s.d. {_day(item.valid_to)}"


def _day(day: date | None) -> str:
    return "" if day is None else format_date(day)


def _held(context: AppContext, connection: Connection) -> Iterator[Action]:
    for debt in debts_of(context, connection)[:ACTIONS_OF_A_KIND]:
        if debt.days_late:
            cause = f"Tenggat {format_date(debt.due_on)}, lewat {format_count(debt.days_late)} hari"
        else:
            cause = f"Tenggat {format_date(debt.due_on)}"
        yield Action(
            kind=ActionKind.BATCH_HELD,
            urgency=Urgency.BAD if debt.days_late else Urgency.WARN,
            title=f"{format_count(debt.held)} baris batch {debt.number} tertahan",
            cause=f"{cause} · {debt.owner}",
            target_id=debt.batch_id,
        )


def _silent(context: AppContext, connection: Connection) -> Iterator[Action]:
    for batch in silent_batches(context, connection)[:ACTIONS_OF_A_KIND]:
        people = format_count(batch.people)
        yield Action(
            kind=ActionKind.CORE_SILENT,
            urgency=Urgency.WARN,
            title=f"{people} orang batch {batch.number} belum dijawab sistem inti",
            cause=f"Dikirim {format_date(batch.sent_on)}",
            target_id=batch.batch_id,
        )


def _refused(connection: Connection) -> Iterator[Action]:
    """Tell of people whom the core system has refused and who are registered nevertheless."""
    for batch in core_reply.refused_batches(connection)[:ACTIONS_OF_A_KIND]:
        people = format_count(batch.people)
        yield Action(
            kind=ActionKind.CORE_REFUSED,
            urgency=Urgency.WARN,
            title=f"{people} orang batch {batch.number} ditolak sistem inti, masih terdaftar",
            cause="Perlu keputusan penyelia",
            target_id=batch.batch_id,
        )


def _requests(context: AppContext, connection: Connection) -> Iterator[Action]:
    """Tell whoever may decide of changes that others have asked for."""
    own = context.user.display_name
    waiting = [
        request
        for request in person_changes.requests(connection, only_open=True)
        if request.asked_by != own
    ]
    if waiting and context.user.may("person.approve"):
        oldest = waiting[-1]
        since = datetime.fromisoformat(oldest.asked_at).date()
        yield Action(
            kind=ActionKind.REQUESTS_WAITING,
            urgency=Urgency.WARN,
            title=f"{format_count(len(waiting))} permintaan perubahan data menunggu",
            cause=f"Sejak {format_date(since)} · {oldest.asked_by}",
        )


def _unsigned(agreements: Sequence[AgreementListItem]) -> Iterator[Action]:
    drafts = [item for item in agreements if item.status is Status.DRAFT]
    for item in drafts[:ACTIONS_OF_A_KIND]:
        yield Action(
            kind=ActionKind.AGREEMENT_UNSIGNED,
            urgency=Urgency.INFO,
            title=f"Draf perjanjian {item.partner} belum ditandatangani".replace("  ", " "),
            cause=item.title,
            target_id=item.agreement_id,
        )


def _unproven(connection: Connection, today: date) -> Iterator[Action]:
    lines = store.unproven_lines(connection, today)
    if lines:
        yield Action(
            kind=ActionKind.RATES_UNVERIFIED,
            urgency=Urgency.INFO,
            title=f"Tarif {lines[0].category_name} belum diverifikasi",
            cause=lines[0].title,
            target_id=lines[0].agreement_id,
        )
