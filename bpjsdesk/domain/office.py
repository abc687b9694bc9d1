"""The office itself: letterhead, paper and the facts that every page prints."""

from dataclasses import dataclass
from datetime import date

from bpjsdesk.domain.access import NewUser


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """The one office that this file belongs to."""

    name: str
    institution: str = "BPJS KETENAGAKERJAAN"
    address: str = ""
    phone: str = ""
    website: str = ""
    place: str = ""
    region_code: str | None = None
    paper: str = "A4"
    practice: bool = False
    requests_text: str = ""
    version: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class NewOffice:
    """What the first start asks for."""

    office: Office
    first_user: NewUser


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatoryPerson:
    """Someone who signs, with the days on which this was so."""

    signatory_id: int = 0
    institution: str
    name: str
    position: str
    identity_line: str = ""
    valid_from: date
    valid_to: date | None = None
    legal_basis: str = ""
    verified: bool = False

    def signs_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)
