"""What may change about a person of the register, and why somebody is no member any more."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType


@dataclass(frozen=True, slots=True, kw_only=True)
class EndReason:
    """Why a membership ends, a row of the reference data; months after a death were never due.

    After any but those who `may_return` nobody is expected to come back.
    """

    code: str
    name: str
    is_death: bool
    may_return: bool = False


class IdentityField(StrEnum):
    """What is changed on request only, after somebody else has approved it."""

    NIK = "NIK"
    NAME = "NAME"
    BIRTH_DATE = "BIRTH_DATE"


FIELD_LABELS: Mapping[IdentityField, str] = MappingProxyType(
    {
        IdentityField.NIK: "NIK",
        IdentityField.NAME: "Nama",
        IdentityField.BIRTH_DATE: "Tanggal lahir",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonEnd:
    """Why and since when somebody is no member any more."""

    reason: EndReason
    since: date
    note: str
    noted_by: str
    noted_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRequest:
    """A change of identity that waits or was decided; a NIK shows masked in both values."""

    request_no: int
    person_id: int
    person_name: str
    field: IdentityField
    before: str
    after: str
    basis: str
    asked_by: str
    asked_at: str
    decision: str
    decided_by: str
    decided_at: str
    note: str

    @property
    def is_open(self) -> bool:
        return not self.decision
