"""Rows of the reference lists as screens and forms need them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bpjsdesk.domain.office import SignatoryPerson

SEGMENT_LABELS = {
    "SELF_EMPLOYED": "BPU",
    "WAGE_EARNER": "PU",
    "CONSTRUCTION": "Jakon",
    "MIGRANT": "PMI",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """A class of participants; `wage_base` is whole rupiah a month, a default only."""

    code: str
    name: str
    default_segment: str
    default_programmes: tuple[str, ...]
    wage_base: int | None
    verified: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FundingSource:
    """Who pays; `payer_type` APBN or APBD shuts out the discounts of PP 50/2025."""

    code: str
    name: str
    payer_type: str
    verified: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementKind:
    code: str
    name: str
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A region by its Kemendagri code; level 1 is a province, 4 a village."""

    code: str
    name: str
    level: int
    kind: str
    parent_code: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionFound:
    """A search hit; `path` names the regions around it, since names are not unique."""

    code: str
    name: str
    level: int
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimStatus:
    code: str
    name: str
    colour: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RateRow:
    """One dated contribution rate; `value` is percent or rupiah as `basis` says."""

    programme: str
    segment: str
    sector: str
    risk_class: str
    payers_excluded: tuple[str, ...]
    basis: str
    value: Decimal
    factor: Decimal
    cap_wage: int | None
    valid_from: date
    valid_to: date | None
    legal_basis: str
    verified: bool
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BracketRow:
    """One step of the self-employed income table, whole rupiah a month."""

    number: int
    income_from: int
    wage_base: int
    valid_from: date
    valid_to: date | None
    legal_basis: str
    verified: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BenefitRow:
    """One dated benefit; `value` is rupiah, percent or a multiple as `basis` says."""

    programme: str
    code: str
    name: str
    basis: str
    value: Decimal | None
    cap: int | None
    condition: str
    valid_from: date
    valid_to: date | None
    legal_basis: str
    verified: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatoryEntry:
    """A signatory with the version that a change of it must name."""

    person: SignatoryPerson
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineRow:
    """A limit in days or the like, counted from `starts_at`."""

    programme: str
    code: str
    amount: int
    unit: str
