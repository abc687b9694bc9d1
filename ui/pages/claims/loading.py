"""What the page of claims reads beside the window, as ready values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bpjsdesk.domain.agreements import AgreementListItem
from bpjsdesk.domain.claims import Claim, ClaimListItem, ClaimMove, Programme
from bpjsdesk.domain.people import PersonListItem
from bpjsdesk.domain.reference import BenefitRow, Category
from bpjsdesk.services import agreements, claims, people, reference
from bpjsdesk.services.context import AppContext

PAGE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimQuery:
    """What the list shows; None stands for all."""

    text: str = ""
    programme: Programme | None = None
    status: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimsFound:
    """One page of the list, with counts of each status over all claims."""

    query: ClaimQuery
    items: tuple[ClaimListItem, ...]
    is_first: bool
    counts: Mapping[str, int]

    @property
    def more(self) -> bool:
        return len(self.items) == PAGE


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimFacts:
    """One claim with the steps that are offered now."""

    claim: Claim
    moves: tuple[ClaimMove, ...]
    status_names: Mapping[str, str]
    status_colours: Mapping[str, str]
    agreement_title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimOpening:
    """What the form offers and what it changes; `claim` is None for a new one."""

    claim: Claim | None
    categories: tuple[Category, ...]
    benefits: tuple[BenefitRow, ...]
    agreements: tuple[AgreementListItem, ...]


def load_page(app: AppContext, query: ClaimQuery, before_id: int | None) -> ClaimsFound:
    """Read the newest claims, or those before an id."""
    items = claims.list_claims(
        app,
        text=query.text,
        programme=query.programme,
        status=query.status,
        limit=PAGE,
        before_id=before_id,
    )
    counts = claims.claim_status_counts(app)
    return ClaimsFound(query=query, items=items, is_first=before_id is None, counts=counts)


def load_facts(app: AppContext, claim_id: int) -> ClaimFacts:
    """Read one claim for view mode."""
    claim = claims.get_claim(app, claim_id)
    statuses = reference.list_claim_statuses(app)
    agreement_id = claim.draft.agreement_id
    title = "" if agreement_id is None else agreements.get_agreement(app, agreement_id).draft.title
    return ClaimFacts(
        claim=claim,
        moves=claims.claim_moves(app, claim_id),
        status_names={status.code: status.name for status in statuses},
        status_colours={status.code: status.colour for status in statuses},
        agreement_title=title,
    )


def load_opening(app: AppContext, claim_id: int | None) -> ClaimOpening:
    """Read what the form offers."""
    return ClaimOpening(
        claim=claims.get_claim(app, claim_id) if claim_id is not None else None,
        categories=reference.list_categories(app),
        benefits=reference.list_benefits(app),
        agreements=agreements.list_agreements(app),
    )


def find_person(app: AppContext, nik: str) -> PersonListItem | None:
    """Look a whole NIK up in the register."""
    found = people.find_people(app, nik, limit=1).people
    return found[0] if found else None


def benefits_on(
    benefits: tuple[BenefitRow, ...], programme: Programme, day: date
) -> list[BenefitRow]:
    """Give the benefits of a programme that are in force on a day, each code once."""
    found: dict[str, BenefitRow] = {}
    for benefit in benefits:
        in_force = benefit.valid_from <= day and (
            benefit.valid_to is None or day <= benefit.valid_to
        )
        if benefit.programme == programme.value and in_force:
            found[benefit.code] = benefit
    return list(found.values())
