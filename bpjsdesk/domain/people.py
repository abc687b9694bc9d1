"""Persons, their memberships, and what a list or a search shows of them."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple


class Standing(StrEnum):
    """How somebody stands today."""

    ACTIVE = "ACTIVE"
    WAITING = "WAITING"
    LAPSED = "LAPSED"
    NEVER = "NEVER"
    ENDED = "ENDED"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonListItem:
    """One row of the register; the NIK arrives masked.

    `note` says why somebody is found who does not bear what was asked for. `standing` is known
    where `people.with_standing` was asked.
    """

    person_id: int
    masked_nik: str
    name: str
    birth_date: date | None
    sex: str
    region_name: str
    phone: str
    note: str = ""
    standing: Standing | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleFound:
    """A search answer; `more` says that there are further hits beyond those given."""

    people: tuple[PersonListItem, ...]
    more: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """One run of paid contribution months under a batch; `source` is the row that asked for it."""

    membership_id: int
    batch_id: int | None
    batch_number: str
    agreement_title: str
    category_name: str
    programmes: tuple[str, ...]
    from_month: date
    to_month: date
    status: str
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonClaim:
    claim_id: int
    number: str
    programme: str
    status_name: str
    amount: int
    event_on: date | None = None
    payee_name: str = ""
    colour: str = "grey"


class Numbers(NamedTuple):
    """What is masked of a person, in full; `heirs` are the texts of all heirs, in their order."""

    nik: str
    phone: str
    heirs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Everything known of one NIK; `masked_nik` unless revealed by a logged command."""

    person_id: int
    masked_nik: str
    name: str
    birth_date: date | None
    birth_place: str
    sex: str
    address: str
    region_name: str
    phone: str
    occupation: str
    memberships: tuple[Membership, ...]
    claims: tuple[PersonClaim, ...]
