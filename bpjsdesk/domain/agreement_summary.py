"""Turn a recorded agreement into the ready value of its one-page summary (domain.md §7.5)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from bpjsdesk.domain.agreements import (
    STATUS_LABELS,
    Agreement,
    AgreementCounters,
    QuotaLine,
    Stage,
)
from bpjsdesk.domain.claims import PROGRAMME_NAMES, Programme
from bpjsdesk.domain.reference import SEGMENT_LABELS
from bpjsdesk.domain.report_values import (
    AgreementSummary,
    ClaimsLine,
    CodeName,
    DutyList,
    FundingEntry,
    LabelledText,
    ParticipantCounts,
    PartyLine,
    QuotaEntry,
    Tranche,
)
from bpjsdesk.domain.wording import format_count, format_date, format_short_rupiah

_ORDINALS = ("KESATU", "KEDUA", "KETIGA", "KEEMPAT", "KELIMA", "KEENAM")
_PROGRAMME_NAMES = {"JP": "Jaminan Pensiun", "JKP": "Jaminan Kehilangan Pekerjaan"} | {
    programme.value: name for programme, name in PROGRAMME_NAMES.items()
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SummarySources:
    """What belongs to the page beside the agreement itself; claims are (cases, rupiah)."""

    counters: AgreementCounters
    previous: Agreement | None
    claims: Mapping[str, tuple[int, int]]
    earlier_claims: tuple[int, int]
    funding_names: Mapping[str, str]


def summarise(agreement: Agreement, sources: SummarySources, *, today: date) -> AgreementSummary:
    """Build the page's value as of a day."""
    draft = agreement.draft
    return AgreementSummary(
        kind_label=agreement.kind_name,
        title=draft.title,
        status=STATUS_LABELS[agreement.status],
        is_renewal=draft.renews_id is not None,
        parties=tuple(_parties(agreement)),
        signed_on=draft.signed_on,
        signed_place=draft.signed_place,
        valid_from=draft.valid_from,
        valid_to=draft.valid_to,
        days_left=agreement.days_left if agreement.stage is Stage.SIGNED else None,
        elapsed_share=_elapsed_share(agreement, today),
        previous_agreement=_previous(sources.previous),
        protected_since=str(draft.protected_since or ""),
        scope=draft.scope,
        programmes=_programmes(agreement),
        quota=tuple(_quota_entry(line) for line in agreement.quotas),
        funding=_funding(agreement, sources.funding_names),
        tranches=_tranches(agreement),
        counts=_counts(sources.counters),
        claims=tuple(_claims_lines(sources.claims)),
        claims_note=_claims_note(sources),
        duties=tuple(_duties(agreement)),
        contacts=_contacts(agreement),
        legal_basis=draft.legal_basis,
        notes=tuple(_notes(agreement)),
    )


def programme_name(code: str) -> str:
    """Give the full name of a programme, the code itself where there is none."""
    return _PROGRAMME_NAMES.get(code, code)


def _parties(agreement: Agreement) -> Iterator[PartyLine]:
    for party in agreement.draft.parties:
        yield PartyLine(
            role=f"PIHAK {_ordinal(party.role_no)}",
            institution=party.institution,
            signatory=party.signatory_name,
            position=party.signatory_position,
            number=party.number,
        )


def _ordinal(role_no: int) -> str:
    return _ORDINALS[role_no - 1] if role_no <= len(_ORDINALS) else f"KE-{role_no}"


def _elapsed_share(agreement: Agreement, today: date) -> float | None:
    first, last = agreement.draft.valid_from, agreement.draft.valid_to
    if first is None or last is None:
        return None
    elapsed, whole = (today - first).days + 1, (last - first).days + 1
    return min(max(elapsed / whole, 0.0), 1.0)


def _previous(previous: Agreement | None) -> str:
    if previous is None:
        return ""
    numbers = [party.number for party in previous.draft.parties if party.number]
    return ", ".join(numbers) or previous.draft.title


def _programmes(agreement: Agreement) -> tuple[CodeName, ...]:
    codes = dict.fromkeys(code for line in agreement.quotas for code in line.draft.programmes)
    return tuple(CodeName(code=code, name=programme_name(code)) for code in codes)


def _quota_entry(line: QuotaLine) -> QuotaEntry:
    return QuotaEntry(
        category=line.category_name,
        segment=SEGMENT_LABELS.get(line.segment, line.segment),
        programmes=" + ".join(line.draft.programmes),
        heads=line.draft.heads,
        months=line.draft.months,
        rates=tuple(dict.fromkeys(line.rates)),
        amount=line.amount,
    )


def _funding(agreement: Agreement, names: Mapping[str, str]) -> tuple[FundingEntry, ...]:
    return tuple(
        FundingEntry(
            source=names.get(funding.source, funding.source),
            fiscal_year=funding.fiscal_year,
            remark=funding.reference,
            amount=funding.amount or None,
        )
        for funding in agreement.draft.funding
    )


def _tranches(agreement: Agreement) -> tuple[Tranche, ...]:
    return tuple(
        Tranche(
            label=tranche.label,
            due_on=tranche.due_on,
            paid_on=tranche.paid_on,
            billed=tranche.amount,
            realised=tranche.paid_amount if tranche.paid_on else None,
        )
        for tranche in agreement.draft.tranches
    )


def _counts(counters: AgreementCounters) -> ParticipantCounts:
    if not counters.submitted:
        return ParticipantCounts(quota=counters.quota)
    return ParticipantCounts(
        quota=counters.quota,
        submitted=counters.submitted,
        valid=counters.valid,
        active=counters.active,
        informed=counters.informed,
    )


def _claims_lines(claims: Mapping[str, tuple[int, int]]) -> Iterator[ClaimsLine]:
    for programme in Programme:
        if programme.value in claims:
            cases, amount = claims[programme.value]
            label = "Beasiswa" if programme is Programme.SCHOLARSHIP else programme.value
            yield ClaimsLine(label=label, cases=cases, amount=amount)


def _claims_note(sources: SummarySources) -> str:
    cases, amount = sources.earlier_claims
    if sources.previous is None or not cases:
        return ""
    return f"Perjanjian sebelumnya: {format_count(cases)} klaim, {format_short_rupiah(amount)}."


def _duties(agreement: Agreement) -> Iterator[DutyList]:
    for party in agreement.draft.parties:
        items = [d.text for d in agreement.draft.duties if d.party_role_no == party.role_no]
        if items:
            yield DutyList(party=party.institution, items=tuple(items))


def _contacts(agreement: Agreement) -> tuple[LabelledText, ...]:
    # the page has a narrow column here, and the institutions stand above with their roles
    return tuple(
        LabelledText(label=f"Pihak {_ordinal(contact.party_role_no).title()}", text=contact.text)
        for contact in agreement.draft.contacts
    )


def _notes(agreement: Agreement) -> Iterable[str]:
    yield from (line.strip() for line in agreement.draft.notes.splitlines() if line.strip())
    if any(not line.verified for line in agreement.quotas):
        yield "Sebagian tarif belum diverifikasi penyelia."
    unpaid = [t for t in agreement.draft.tranches if t.paid_on is None and t.due_on is not None]
    if unpaid and unpaid[0].due_on is not None:
        yield f"{unpaid[0].label} jatuh tempo {format_date(unpaid[0].due_on)}."
