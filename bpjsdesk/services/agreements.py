"""Record, price, renew and show agreements."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from bpjsdesk.domain import agreement_rules
from bpjsdesk.domain.agreement_pricing import price_quota
from bpjsdesk.domain.agreement_rules import AgreementWarning, KnownCodes
from bpjsdesk.domain.agreement_summary import SummarySources, summarise
from bpjsdesk.domain.agreements import (
    OTHER_SECTOR,
    Agreement,
    AgreementCounters,
    AgreementDraft,
    AgreementListItem,
    Funding,
    QuotaDraft,
    QuotaLine,
    Stage,
    Status,
)
from bpjsdesk.domain.changes import Answer, Changes
from bpjsdesk.domain.period import add_months, first_of_month
from bpjsdesk.domain.problems import FieldProblem, FormProblems, refuse_if_any
from bpjsdesk.domain.report_values import AgreementSummary
from bpjsdesk.errors import UserError
from bpjsdesk.services.commands import Command, Outcome, execute, saving
from bpjsdesk.services.context import AppContext
from bpjsdesk.storage import agreement_lists, agreements, reference, regions
from bpjsdesk.storage.connection import Connection
from bpjsdesk.storage.rates import rate_table

KIND = "agreement"


def save_agreement(
    context: AppContext,
    draft: AgreementDraft,
    *,
    request_id: str,
    agreement_id: int | None = None,
    version: int | None = None,
) -> Answer:
    """Record an agreement, or write a draft over; a signing date signs and locks it.

    Raises: FormProblems; UserError AGREEMENT_LOCKED, AGREEMENT_MISSING, QUOTA_IN_USE, CONFLICT,
        NOT_PERMITTED.
    """
    command = saving(
        "agreement.save",
        kind=KIND,
        request_id=request_id,
        object_id=agreement_id,
        version=version,
    )
    return execute(context, command, lambda connection: _save(context, connection, draft, command))


def preview_quota(context: AppContext, draft: QuotaDraft) -> QuotaLine:
    """Price one line for the form; nothing is written.

    Raises: FormProblems; UserError REFERENCE_MISSING, WAGE_BASE_MISSING and the like.
    """
    context.user.require("read.agreements")
    with context.database.read() as connection:
        whole = AgreementDraft(kind="", title="", quotas=(draft,))
        known = _known_codes(connection, whole)
        faults = agreement_rules.agreement_problems(whole, known, today=_today(context))
        refuse_if_any(fault for fault in faults if fault.field.startswith("quotas."))
        return _priced(connection, (draft,))[0]


def renew_agreement(context: AppContext, agreement_id: int, *, request_id: str) -> Answer:
    """Start the draft that continues a signed agreement: identity copied, numbers and dates blank.

    Raises: UserError RENEWAL_OF_DRAFT, RENEWAL_EXISTS, AGREEMENT_MISSING, NOT_PERMITTED.
    """
    command = Command(name="agreement.renew", object_kind=KIND, request_id=request_id)
    return execute(context, command, lambda connection: _renew(context, connection, agreement_id))


def get_agreement(context: AppContext, agreement_id: int) -> Agreement:
    """Read one agreement as of today.

    Raises: UserError AGREEMENT_MISSING, NOT_PERMITTED.
    """
    context.user.require("read.agreements")
    with context.database.read() as connection:
        return _get(context, connection, agreement_id)


def list_agreements(
    context: AppContext, *, text: str = "", status: Status | None = None
) -> tuple[AgreementListItem, ...]:
    """Give agreements, newest first; every word of `text` is in title, partner or a number."""
    context.user.require("read.agreements")
    words = text.casefold().split()
    return tuple(
        item
        for item in _all(context)
        if (status is None or item.status is status) and _holds(item, words)
    )


def agreement_chain(context: AppContext, agreement_id: int) -> tuple[AgreementListItem, ...]:
    """Give all agreements that renewals and addenda tie to this one, oldest first."""
    context.user.require("read.agreements")
    with context.database.read() as connection:
        pairs = agreement_lists.links(connection)
    chain = {agreement_id}
    grown = True
    while grown:
        tied = {each for pair in pairs if chain & set(pair) for each in pair}
        grown = not tied <= chain
        chain |= tied
    return tuple(item for item in reversed(_all(context)) if item.agreement_id in chain)


def agreement_warnings(
    context: AppContext, draft: AgreementDraft, agreement_id: int | None = None
) -> tuple[AgreementWarning, ...]:
    """Say what a clerk should know before saving; money only once every line can be priced."""
    context.user.require("read.agreements")
    with context.database.read() as connection:
        today = _today(context)
        faults = agreement_rules.agreement_problems(
            draft, _known_codes(connection, draft), today=today
        )
        can_be_priced = not any(fault.field.startswith("quotas.") for fault in faults)
        numbers = tuple(_used_numbers(connection, draft, agreement_id))
        return (*numbers, *_price_warnings(connection, draft)) if can_be_priced else numbers


def agreement_counters(context: AppContext, agreement_id: int) -> AgreementCounters:
    """Count how far the list of participants has come."""
    context.user.require("read.agreements")
    with context.database.read() as connection:
        month = first_of_month(_today(context))
        return agreement_lists.counters(connection, agreement_id, month=month)


def agreement_summary(context: AppContext, agreement_id: int) -> AgreementSummary:
    """Give the ready value of the one-page summary (domain.md §7.5).

    Raises: UserError AGREEMENT_MISSING, NOT_PERMITTED.
    """
    context.user.require("read.agreements")
    today = _today(context)
    with context.database.read() as connection:
        agreement = _get(context, connection, agreement_id)
        older = agreement.draft.renews_id
        previous = None if older is None else _get(context, connection, older)
        earlier = (
            {} if older is None else agreement_lists.paid_claims(connection, [older], until=today)
        )
        sources = SummarySources(
            counters=agreement_lists.counters(
                connection, agreement_id, month=first_of_month(today)
            ),
            previous=previous,
            claims=agreement_lists.paid_claims(connection, [agreement_id], until=today),
            earlier_claims=(
                sum(cases for cases, _ in earlier.values()),
                sum(amount for _, amount in earlier.values()),
            ),
            funding_names={
                source.code: source.name for source in reference.funding_sources(connection)
            },
        )
    return summarise(agreement, sources, today=today)


def _today(context: AppContext) -> date:
    return context.clock().date()


def _expiring_days(connection: Connection, today: date) -> int:
    return reference.deadline_amount(connection, "AGREEMENT", "EXPIRING", today)


def _get(context: AppContext, connection: Connection, agreement_id: int) -> Agreement:
    today = _today(context)
    found = agreements.get_agreement(
        connection, agreement_id, today=today, expiring_days=_expiring_days(connection, today)
    )
    if found is None:
        raise _missing()
    return found


def _missing() -> UserError:
    return UserError(
        "AGREEMENT_MISSING", "Perjanjian ini tidak ditemukan. Muat ulang daftar perjanjian."
    )


def _all(context: AppContext) -> tuple[AgreementListItem, ...]:
    today = _today(context)
    with context.database.read() as connection:
        days = _expiring_days(connection, today)
        return agreement_lists.all_agreements(connection, today=today, expiring_days=days)


def _holds(item: AgreementListItem, words: list[str]) -> bool:
    told = " ".join((item.title, item.partner, *item.numbers)).casefold()
    return all(word in told for word in words)


def _save(
    context: AppContext, connection: Connection, draft: AgreementDraft, command: Command
) -> Outcome:
    agreement_id = command.object_id
    if agreement_id is not None:
        _require_draft(connection, agreement_id)
    problems = agreement_rules.agreement_problems(
        draft, _known_codes(connection, draft), today=_today(context)
    )
    refuse_if_any([*problems, *_link_problems(connection, draft, agreement_id)])
    lines = _priced(connection, draft.quotas)
    if agreement_id is None:
        agreement_id = _add(context, connection, draft, lines)
    else:
        agreements.change_agreement(connection, agreement_id, draft, lines)
    return _outcome(agreement_id, draft, lines)


def _add(
    context: AppContext,
    connection: Connection,
    draft: AgreementDraft,
    lines: tuple[QuotaLine, ...],
) -> int:
    return agreements.add_agreement(
        connection,
        draft,
        lines,
        created_by=context.user.user_id,
        created_at=context.clock().isoformat(),
    )


def _outcome(agreement_id: int, draft: AgreementDraft, lines: tuple[QuotaLine, ...]) -> Outcome:
    payload: dict[str, object] = {
        "title": draft.title,
        "signed": draft.signed_on is not None,
        "heads": sum(line.draft.heads for line in lines),
        "amount": sum(line.amount for line in lines),
    }
    return Outcome(
        object_id=agreement_id, changes=Changes.of(agreement=agreement_id), payload=payload
    )


def _require_draft(connection: Connection, agreement_id: int) -> None:
    stage = agreements.stage_of(connection, agreement_id)
    if stage is None:
        raise _missing()
    if stage is not Stage.DRAFT:
        raise UserError(
            "AGREEMENT_LOCKED",
            "Perjanjian ini sudah ditandatangani dan tidak dapat diubah. Buat addendum atau "
            "perpanjangan.",
        )


def _known_codes(connection: Connection, draft: AgreementDraft) -> KnownCodes:
    sources = reference.funding_sources(connection)
    region_code = draft.region_code
    rates = rate_table(connection).rates
    has_region = region_code is not None and regions.get_region(connection, region_code) is not None
    return KnownCodes(
        kinds=frozenset(kind.code for kind in reference.agreement_kinds(connection)),
        categories=frozenset(each.code for each in reference.categories(connection)),
        programmes=frozenset(rate.programme for rate in rates),
        funding_sources=frozenset(source.code for source in sources),
        payer_types=frozenset(source.payer_type for source in sources),
        sectors=frozenset(rate.sector for rate in rates if rate.sector) | {OTHER_SECTOR},
        region=has_region,
    )


def _link_problems(
    connection: Connection, draft: AgreementDraft, agreement_id: int | None
) -> Iterator[FieldProblem]:
    for field in ("renews_id", "amends_id"):
        linked = getattr(draft, field)
        if linked is None:
            continue
        if (
            agreement_id in _with_older(connection, linked)
            or agreements.stage_of(connection, linked) is None
        ):
            yield FieldProblem(
                field=field,
                code="AGREEMENT_MISSING",
                message=f"Perjanjian asal nomor {linked} tidak ditemukan. Pilih dari daftar.",
            )


def _with_older(connection: Connection, agreement_id: int) -> set[int]:
    """Give an agreement and all that it continues: none of them can continue it in turn."""
    pairs = agreement_lists.links(connection)
    found, waiting = set[int](), {agreement_id}
    while waiting:
        found |= waiting
        waiting = {older for newer, older in pairs if newer in waiting} - found
    return found


def _priced(connection: Connection, drafts: tuple[QuotaDraft, ...]) -> tuple[QuotaLine, ...]:
    """Raises: FormProblems naming the lines that no rate covers."""
    table = rate_table(connection)
    categories = {each.code: each for each in reference.categories(connection)}
    lines: list[QuotaLine] = []
    faults: list[FieldProblem] = []
    for position, draft in enumerate(drafts):
        try:
            lines.append(price_quota(draft, categories[draft.category], table))
        except UserError as fault:
            faults.append(
                FieldProblem(field=f"quotas.{position}", code=fault.code, message=fault.message)
            )
    refuse_if_any(faults)
    return tuple(lines)


def _used_numbers(
    connection: Connection, draft: AgreementDraft, agreement_id: int | None
) -> Iterator[AgreementWarning]:
    for position, party in enumerate(draft.parties):
        if party.number.strip():
            titles = agreements.titles_with_number(
                connection, party.institution, party.number, but=agreement_id
            )
            field = f"parties.{position}.number"
            yield from (
                agreement_rules.number_taken(field, party.number, title) for title in titles[:1]
            )


def _price_warnings(connection: Connection, draft: AgreementDraft) -> Iterator[AgreementWarning]:
    try:
        lines = _priced(connection, draft.quotas)
    except FormProblems:
        return
    yield from agreement_rules.draft_warnings(draft, lines)


def _renew(context: AppContext, connection: Connection, agreement_id: int) -> Outcome:
    old = _get(context, connection, agreement_id)
    if old.stage is Stage.DRAFT:
        raise UserError(
            "RENEWAL_OF_DRAFT",
            "Perjanjian ini belum ditandatangani. Ubah drafnya; perpanjangan belum diperlukan.",
        )
    earlier = agreements.open_renewal(connection, agreement_id)
    if earlier is not None:
        raise UserError(
            "RENEWAL_EXISTS",
            f"Perpanjangan perjanjian ini sudah ada: “{earlier[1]}” (nomor {earlier[0]}). "
            "Lanjutkan yang itu.",
        )
    draft = _renewal_of(old)
    lines = _priced(connection, draft.quotas)
    return _outcome(_add(context, connection, draft, lines), draft, lines)


def _renewal_of(old: Agreement) -> AgreementDraft:
    draft = old.draft
    after = None if draft.valid_to is None else draft.valid_to + timedelta(days=1)
    shift = agreement_rules.renewal_shift(draft, after)
    since = draft.protected_since or (draft.valid_from.year if draft.valid_from else None)
    return replace(
        draft,
        signed_on=None,
        signed_place="",
        valid_from=None,
        valid_to=None,
        renews_id=old.agreement_id,
        amends_id=None,
        protected_since=since,
        notes=agreement_rules.renewal_note(draft.valid_to),
        parties=tuple(replace(party, number="") for party in draft.parties),
        quotas=tuple(
            replace(quota, from_month=add_months(quota.from_month, shift)) for quota in draft.quotas
        ),
        funding=tuple(Funding(source=funding.source) for funding in draft.funding),
        tranches=(),
    )
