"""What the page of agreements reads beside the window, as ready values."""

from collections.abc import Mapping
from dataclasses import dataclass

from bpjsdesk.domain.agreement_rules import AgreementWarning
from bpjsdesk.domain.agreements import (
    Agreement,
    AgreementCounters,
    AgreementDraft,
    AgreementListItem,
    QuotaLine,
)
from bpjsdesk.domain.office import Office
from bpjsdesk.domain.reference import AgreementKind, Category, FundingSource
from bpjsdesk.domain.report_values import ClaimsLine
from bpjsdesk.errors import UserError
from bpjsdesk.services import agreements, reference
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.office import get_office


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementFacts:
    """One agreement with everything its view shows."""

    agreement: Agreement
    chain: tuple[AgreementListItem, ...]
    counters: AgreementCounters
    claims: tuple[ClaimsLine, ...]
    region_name: str
    source_names: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormLists:
    """The lists that the form offers."""

    kinds: tuple[AgreementKind, ...]
    categories: tuple[Category, ...]
    sources: tuple[FundingSource, ...]
    agreements: tuple[AgreementListItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormOpening:
    """What the form starts from; `agreement` is None for a new one."""

    lists: FormLists
    office: Office
    agreement: Agreement | None
    region_name: str
    previous: Agreement | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftReading:
    """A draft as the services understand it; a quota line that cannot be priced says why."""

    lines: tuple[QuotaLine | None, ...]
    problems: tuple[str, ...]
    warnings: tuple[AgreementWarning, ...]


def load_facts(app: AppContext, agreement_id: int) -> AgreementFacts:
    """Read one agreement for view mode."""
    found = agreements.get_agreement(app, agreement_id)
    code = found.draft.region_code
    names = reference.region_names(app, [code]) if code else {}
    sources = reference.list_funding_sources(app)
    return AgreementFacts(
        agreement=found,
        chain=agreements.agreement_chain(app, agreement_id),
        counters=agreements.agreement_counters(app, agreement_id),
        claims=agreements.agreement_summary(app, agreement_id).claims,
        region_name=names.get(code or "", ""),
        source_names={source.code: source.name for source in sources},
    )


def load_opening(app: AppContext, agreement_id: int | None) -> FormOpening:
    """Read what the form offers and what it changes."""
    found = agreements.get_agreement(app, agreement_id) if agreement_id is not None else None
    code = found.draft.region_code if found else None
    names = reference.region_names(app, [code]) if code else {}
    renews = found.draft.renews_id if found else None
    return FormOpening(
        lists=FormLists(
            kinds=reference.list_agreement_kinds(app),
            categories=reference.list_categories(app),
            sources=reference.list_funding_sources(app),
            agreements=agreements.list_agreements(app),
        ),
        office=get_office(app),
        agreement=found,
        region_name=names.get(code or "", ""),
        previous=agreements.get_agreement(app, renews) if renews is not None else None,
    )


def read_draft(app: AppContext, draft: AgreementDraft, agreement_id: int | None) -> DraftReading:
    """Price every quota line and ask what is worth a word."""
    lines: list[QuotaLine | None] = []
    problems: list[str] = []
    for quota in draft.quotas:
        try:
            lines.append(agreements.preview_quota(app, quota))
            problems.append("")
        except UserError as problem:
            lines.append(None)
            problems.append(problem.message)
    complete = all(line is not None for line in lines)
    return DraftReading(
        lines=tuple(lines),
        problems=tuple(problems),
        warnings=agreements.agreement_warnings(app, draft, agreement_id) if complete else (),
    )
