"""What may change about a person of the register, and why somebody is no member any more."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType


class EndReason(StrEnum):
    """Why a membership ends (domain.md 9.2)."""

    DECEASED = "DECEASED"
    MOVED = "MOVED"
    WAGE_EARNER = "WAGE_EARNER"
    CIVIL_SERVANT = "CIVIL_SERVANT"
    DUPLICATE = "DUPLICATE"
    RESIGNED = "RESIGNED"
    PERIOD_ENDED = "PERIOD_ENDED"


END_LABELS: Mapping[EndReason, str] = MappingProxyType(
    {
        EndReason.DECEASED: "Meninggal",
        EndReason.MOVED: "Pindah",
        EndReason.WAGE_EARNER: "Menjadi pekerja penerima upah",
        EndReason.CIVIL_SERVANT: "ASN, TNI, atau Polri",
        EndReason.DUPLICATE: "Terdaftar ganda",
        EndReason.RESIGNED: "Mengundurkan diri",
        EndReason.PERIOD_ENDED: "Akhir periode",
    }
)


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
    note: str
