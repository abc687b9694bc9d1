"""Cooperation agreements: parties, quota lines, money, and a status computed from dates."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

OTHER_SECTOR = "OTHER"


class Stage(StrEnum):
    """What is stored; ACTIVE, EXPIRING and EXPIRED are computed, never stored."""

    DRAFT = "DRAFT"
    SIGNED = "SIGNED"
    TERMINATED = "TERMINATED"
    CANCELLED = "CANCELLED"


class Status(StrEnum):
    """What a reader sees on a given day."""

    DRAFT = "DRAFT"
    UPCOMING = "UPCOMING"
    ACTIVE = "ACTIVE"
    EXPIRING = "EXPIRING"
    EXPIRED = "EXPIRED"
    RENEWED = "RENEWED"
    TERMINATED = "TERMINATED"
    CANCELLED = "CANCELLED"


STATUS_LABELS = {
    Status.DRAFT: "Draf",
    Status.UPCOMING: "Ditandatangani",
    Status.ACTIVE: "Berlaku",
    Status.EXPIRING: "Akan berakhir",
    Status.EXPIRED: "Berakhir",
    Status.RENEWED: "Diperpanjang",
    Status.TERMINATED: "Diakhiri",
    Status.CANCELLED: "Batal",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """One party with the number it gave the document and its signatory as signed."""

    role_no: int
    institution: str
    number: str = ""
    signatory_name: str = ""
    signatory_position: str = ""
    signatory_basis: str = ""
    office_address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaDraft:
    """Heads of one category for a run of contribution months, before pricing.

    `wage_base` is whole rupiah a month and only needed where the rate is a percentage.
    """

    category: str
    programmes: tuple[str, ...]
    heads: int
    months: int
    from_month: date
    payer_type: str
    sector: str = OTHER_SECTOR
    wage_base: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaLine:
    """A priced quota line; `rates` holds whole rupiah a head for each month in order."""

    quota_id: int
    draft: QuotaDraft
    category_name: str
    segment: str
    rates: tuple[int, ...]
    amount: int
    verified: bool

    @property
    def is_level(self) -> bool:
        return len(set(self.rates)) == 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Funding:
    """Money that pays for the agreement; `amount` is the stated ceiling in whole rupiah."""

    source: str
    fiscal_year: int | None = None
    reference: str = ""
    amount: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Tranche:
    """One agreed payment and what came of it, in whole rupiah."""

    label: str
    due_on: date | None = None
    amount: int = 0
    paid_on: date | None = None
    paid_amount: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    party_role_no: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    party_role_no: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementDraft:
    """Everything a clerk enters. `signed_on` present means that it is signed, and locked."""

    kind: str
    title: str
    region_code: str | None = None
    signed_on: date | None = None
    signed_place: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    renews_id: int | None = None
    amends_id: int | None = None
    protected_since: int | None = None
    scope: str = ""
    notes: str = ""
    parties: tuple[Party, ...] = ()
    quotas: tuple[QuotaDraft, ...] = ()
    funding: tuple[Funding, ...] = ()
    tranches: tuple[Tranche, ...] = ()
    legal_basis: tuple[str, ...] = ()
    duties: tuple[Duty, ...] = ()
    contacts: tuple[Contact, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """A recorded agreement as of a day."""

    agreement_id: int
    version: int
    stage: Stage
    status: Status
    days_left: int | None
    draft: AgreementDraft
    kind_name: str
    quotas: tuple[QuotaLine, ...]
    renewed_by_id: int | None
    created_by: str
    created_at: str

    @property
    def heads(self) -> int:
        return sum(line.draft.heads for line in self.quotas)

    @property
    def amount(self) -> int:
        return sum(line.amount for line in self.quotas)

    @property
    def is_locked(self) -> bool:
        return self.stage is not Stage.DRAFT


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementListItem:
    agreement_id: int
    title: str
    kind_name: str
    partner: str
    numbers: tuple[str, ...]
    valid_from: date | None
    valid_to: date | None
    status: Status
    days_left: int | None
    heads: int
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementCounters:
    """Five counters, never one; None where nothing has been recorded yet."""

    quota: int
    submitted: int
    valid: int
    active: int
    informed: int | None = None


def status_on(
    day: date,
    *,
    stage: Stage,
    valid_from: date | None,
    valid_to: date | None,
    expiring_days: int,
    renewed: bool,
) -> Status:
    """Compute the status of domain.md §7.4; `valid_to` is inclusive."""
    if stage is not Stage.SIGNED:
        return Status(stage.value)
    if valid_to is not None and day > valid_to:
        return Status.RENEWED if renewed else Status.EXPIRED
    if valid_from is not None and day < valid_from:
        return Status.UPCOMING
    if valid_to is not None and (valid_to - day).days <= expiring_days:
        return Status.EXPIRING
    return Status.ACTIVE


def days_left_on(day: date, valid_to: date | None) -> int | None:
    """Count the days until the last valid day; negative when it has passed."""
    return None if valid_to is None else (valid_to - day).days
