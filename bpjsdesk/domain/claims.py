"""Claims: programmes, the status path and its allowed moves, components with amounts."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bpjsdesk.errors import UserError


class Programme(StrEnum):
    """What a claim is paid under; scholarship is a line of its own in reports."""

    JKK = "JKK"
    JKM = "JKM"
    JHT = "JHT"
    SCHOLARSHIP = "BEASISWA"


PROGRAMME_NAMES = {
    Programme.JKK: "Jaminan Kecelakaan Kerja",
    Programme.JKM: "Jaminan Kematian",
    Programme.JHT: "Jaminan Hari Tua",
    Programme.SCHOLARSHIP: "Beasiswa pendidikan anak",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimComponent:
    """One benefit inside a claim, in whole rupiah."""

    code: str
    name: str
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimDraft:
    """Everything a clerk enters for one claim; days, not moments.

    `complete_on` is when the file became complete: clocks start there, not at filing.
    """

    programme: Programme
    participant_nik: str
    participant_name: str
    category: str
    segment: str
    kpj: str = ""
    agreement_id: int | None = None
    region_code: str | None = None
    event_on: date | None = None
    filed_on: date | None = None
    complete_on: date | None = None
    paid_on: date | None = None
    payee_name: str = ""
    note: str = ""
    components: tuple[ClaimComponent, ...] = ()

    @property
    def amount(self) -> int:
        return sum(component.amount for component in self.components)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimEvent:
    """One step on a claim's path."""

    at: str
    user_name: str
    from_status: str
    to_status: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    claim_id: int
    version: int
    number: str
    status: str
    status_name: str
    draft: ClaimDraft
    category_name: str
    region_name: str
    person_id: int
    events: tuple[ClaimEvent, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimListItem:
    claim_id: int
    number: str
    programme: Programme
    participant_name: str
    masked_nik: str
    category_name: str
    event_on: date | None
    filed_on: date | None
    paid_on: date | None
    status: str
    status_name: str
    colour: str
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimMove:
    """An allowed step; `requires` names fields that must be given with it."""

    from_status: str
    to_status: str
    requires: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimFileIssue:
    """Why one row of a file of claims was held."""

    sheet: str
    row: int
    code: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimFilePreview:
    """What a file of claims holds; `read = blank + ignored + accepted + held`.

    `statuses` says for each of `claims` in which step it is; a held row has one issue or more.
    """

    source_name: str
    digest: str
    read: int
    blank: int
    ignored: int
    claims: tuple[ClaimDraft, ...]
    statuses: tuple[str, ...]
    issues: tuple[ClaimFileIssue, ...]

    @property
    def accepted(self) -> int:
        return len(self.claims)

    @property
    def held(self) -> int:
        return self.read - self.blank - self.ignored - self.accepted


def require_move(moves: tuple[ClaimMove, ...], from_status: str, to_status: str) -> ClaimMove:
    """Find the allowed step.

    Raises: UserError CLAIM_MOVE_REFUSED when the path has no such step.
    """
    for move in moves:
        if (move.from_status, move.to_status) == (from_status, to_status):
            return move
    raise UserError(
        "CLAIM_MOVE_REFUSED",
        "Langkah ini tidak ada pada alur status klaim. Muat ulang klaim, lalu pilih "
        "langkah yang ditawarkan.",
    )
