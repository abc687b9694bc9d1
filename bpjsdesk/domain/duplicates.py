"""Rows that may be one person: what the two sides say, what the difference means, what to do.

Nothing is joined without a decision, and every decision can be taken back.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum
from functools import cached_property
from typing import NamedTuple

from bpjsdesk.domain.names import fold
from bpjsdesk.domain.period import months_between
from bpjsdesk.domain.row_issues import IssueCode
from bpjsdesk.domain.similarity import (
    Likeness,
    is_near_nik,
    likeness,
    name_likeness,
    name_words,
    nik_words,
)
from bpjsdesk.domain.staging import DecidedOutcome
from bpjsdesk.domain.wording import format_month_range, format_rupiah

KEY_LENGTH = 16
_WHOLE = 100
_NUMBER = re.compile(r"\d+")


class PersonValues(NamedTuple):
    """What a row or the register says of somebody, as texts; empty where it is left open."""

    nik: str
    name: str
    birth_date: str
    sex: str
    birth_place: str
    address: str
    region_code: str
    phone: str
    occupation: str


FIELD_LABELS = {
    "nik": "NIK",
    "name": "Nama",
    "birth_date": "Tanggal lahir",
    "sex": "Jenis kelamin",
    "birth_place": "Tempat lahir",
    "address": "Alamat",
    "region_code": "Kelurahan",
    "phone": "Nomor HP",
    "occupation": "Pekerjaan",
}
# Who somebody is changes by request and approval only; a list may fill in what was left open.
_CARRIED = ("birth_place", "address", "region_code", "phone", "occupation")
_FILLED_IN = ("birth_date", "sex")


class PairKind(StrEnum):
    """Where two sides lie and what they share."""

    SAME_IN_FILE = "SAME_IN_FILE"
    SAME_IN_REGISTER = "SAME_IN_REGISTER"
    SIMILAR_IN_FILE = "SIMILAR_IN_FILE"
    SIMILAR_IN_REGISTER = "SIMILAR_IN_REGISTER"


class Choice(IntEnum):
    """What a clerk says of a pair, by the key that is pressed."""

    LATER = 0
    LINK = 1
    UPDATE = 2
    NOT_SAME = 3


class Sign(StrEnum):
    """How a field of two sides compares."""

    SAME = "SAME"
    ALIKE = "ALIKE"
    NEW = "NEW"
    DIFFERS = "DIFFERS"


class Side(NamedTuple):
    """One of two: a row of the list, or somebody of the register."""

    values: PersonValues
    line_id: int | None = None
    person_id: int | None = None
    sheet: str = ""
    row_no: int = 0

    @property
    def place(self) -> str:
        """Say where this side is written."""
        return f"Lembar “{self.sheet}” baris {self.row_no}" if self.sheet else "Peserta terdaftar"


class Remembered(NamedTuple):
    """An earlier "not the same person": by whom, when, and whether the values are still those."""

    user_name: str
    at: str
    still_holds: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """A field of both sides, and in words what the difference means."""

    field: str
    label: str
    kept: str
    offered: str
    sign: Sign
    words: str


@dataclass(frozen=True, kw_only=True)
class Pair:
    """Two that may be one: `kept` is who stands, `offered` the row of the list beside it."""

    kind: PairKind
    kept: Side
    offered: Side
    earlier: Remembered | None = None

    @cached_property
    def likeness(self) -> Likeness:
        """Weigh how alike the two are."""
        return likeness(
            *zip(*(_weighed(side.values) for side in (self.kept, self.offered)), strict=True)
        )

    @cached_property
    def meanings(self) -> tuple[Meaning, ...]:
        """Compare field by field; what the offered row leaves open is no difference."""
        pairs = zip(PersonValues._fields, self.kept.values, self.offered.values, strict=True)
        return tuple(_meaning(field, kept, offered) for field, kept, offered in pairs)

    @property
    def differing(self) -> tuple[str, ...]:
        """Name the fields in which the two differ."""
        return tuple(
            each.field for each in self.meanings if each.sign in (Sign.ALIKE, Sign.DIFFERS)
        )

    @property
    def is_identical(self) -> bool:
        """Say whether the offered row adds nothing to the other."""
        return all(each.sign is Sign.SAME for each in self.meanings)

    @property
    def pattern(self) -> str:
        """Name what is different, for deciding all pairs alike at once."""
        said = (_pattern_part(each) for each in self.meanings if each.sign is not Sign.SAME)
        return ", ".join(said) or "sama persis"

    @property
    def taken_fields(self) -> tuple[str, ...]:
        """Name the fields that "same person, update" takes from the list."""
        in_file = self.kept.line_id is not None
        return tuple(
            each.field
            for each in self.meanings
            if each.sign is not Sign.SAME and each.field != "nik" and (in_file or _may_carry(each))
        )

    @property
    def is_near(self) -> bool:
        """Say whether it looks like one person with a mistyped NIK.

        Whoever numbers two names means two people.
        """
        one, other = self.kept.values, self.offered.values
        same_birth = bool(one.birth_date) and one.birth_date == other.birth_date
        same_number = _NUMBER.findall(one.name) == _NUMBER.findall(other.name)
        return same_birth and same_number and is_near_nik(one.nik, other.nik)

    @property
    def keys(self) -> tuple[str, str]:
        """Give what the pair is remembered by, whichever side comes first."""
        one, other = sorted((pair_key(self.kept.values), pair_key(self.offered.values)))
        return one, other

    @property
    def seen(self) -> tuple[tuple[str, ...], ...]:
        """Give the values by which the two were judged."""
        return tuple(sorted(_judged(side.values) for side in (self.kept, self.offered)))


@dataclass(frozen=True, slots=True, kw_only=True)
class PaidElsewhere:
    """A person of the list whose months another agreement pays; amounts in whole rupiah."""

    line_id: int
    person_id: int
    nik: str
    name: str
    agreement_id: int
    agreement_title: str
    batch_number: str
    first: date
    last: date
    by_this: int
    by_other: int
    other_is_earlier: bool

    @property
    def months(self) -> int:
        """Count the months in common."""
        return months_between(self.first, self.last) + 1

    @property
    def wasted(self) -> int:
        """Give what the later of the two agreements would pay for nothing."""
        return self.by_this if self.other_is_earlier else self.by_other

    def words(self, this_title: str) -> str:
        """Say who pays twice, for what, and who should go on paying."""
        payer = self.agreement_title if self.other_is_earlier else this_title
        return (
            f"{self.agreement_title} (batch {self.batch_number}) dan {this_title} sama-sama "
            f"membayar {format_month_range(self.first, self.last)}, {self.months} bulan: "
            f"{format_rupiah(self.wasted)} terbuang. Usul pembayar: {payer}, perjanjian yang "
            "lebih dahulu."
        )


@dataclass(frozen=True, kw_only=True)
class DuplicateLists:
    """The four lists of one list in work; `decided` are rows already linked or updated.

    `still_apart` counts the pairs that somebody called two persons and whose values still hold.
    """

    same_in_file: tuple[Pair, ...]
    same_in_register: tuple[Pair, ...]
    similar: tuple[Pair, ...]
    paid_elsewhere: tuple[PaidElsewhere, ...]
    decided: Mapping[int, DecidedOutcome]
    still_apart: int

    @property
    def identical(self) -> tuple[Pair, ...]:
        """Give the rows that only repeat another row of the file."""
        return tuple(pair for pair in self.same_in_file if pair.is_identical)

    def of_pattern(self, pair: Pair) -> tuple[Pair, ...]:
        """Give the pairs of the same kind that differ in the same way, the pair itself included."""
        everywhere = (*self.same_in_file, *self.same_in_register, *self.similar)
        return tuple(
            each for each in everywhere if (each.kind, each.pattern) == (pair.kind, pair.pattern)
        )

    @property
    def codes(self) -> Mapping[int, tuple[IssueCode, ...]]:
        """Give the warnings of each row that only this search can know."""
        found: dict[int, tuple[IssueCode, ...]] = {}
        for line_id in self.undecided_lines:
            found[line_id] = (IssueCode.SIMILAR_PERSON,)
        for paid in self.paid_elsewhere:
            found[paid.line_id] = (*found.get(paid.line_id, ()), IssueCode.ALREADY_PAID)
        return found

    @property
    def undecided_lines(self) -> frozenset[int]:
        """Give the rows that are surely somebody else's double until a clerk has decided.

        To accept one would make a second, or with two matches a third person of one.
        """
        lines = (pair.offered.line_id for pair in self.similar if pair.is_near)
        return frozenset(line_id for line_id in lines if line_id is not None)


def pair_key(values: PersonValues) -> str:
    """Give the NIK, or where there is none a short digest of who it is."""
    if values.nik:
        return values.nik
    text = "\x1f".join((values.name, values.birth_date, values.phone))
    return "?" + hashlib.sha256(text.encode()).hexdigest()[: KEY_LENGTH - 1]


def _judged(values: PersonValues) -> tuple[str, ...]:
    return (values.nik, values.name, values.birth_date, values.sex, values.phone)


def _weighed(values: PersonValues) -> tuple[str, str, str, str]:
    return (values.name, values.nik, values.birth_date, values.phone)


def _may_carry(meaning: Meaning) -> bool:
    if meaning.field in _FILLED_IN:
        return meaning.sign is Sign.NEW
    return meaning.field in _CARRIED


def _meaning(field: str, kept: str, offered: str) -> Meaning:
    sign, words = _sign(field, kept, offered)
    return Meaning(
        field=field, label=FIELD_LABELS[field], kept=kept, offered=offered, sign=sign, words=words
    )


def _sign(field: str, kept: str, offered: str) -> tuple[Sign, str]:
    if not offered:
        return Sign.SAME, "kosong di berkas, yang tercatat tetap" if kept else ""
    if _folded(kept) == _folded(offered):
        return Sign.SAME, "sama"
    if not kept:
        return Sign.NEW, "belum tercatat"
    return _difference(field, kept, offered)


def _difference(field: str, kept: str, offered: str) -> tuple[Sign, str]:
    if field == "nik":
        return Sign.DIFFERS, nik_words(kept, offered)
    if field == "name":
        alike = name_likeness(kept, offered) == _WHOLE
        return Sign.ALIKE if alike else Sign.DIFFERS, name_words(kept, offered)
    swapped = field == "birth_date" and _is_swapped(kept, offered)
    return Sign.DIFFERS, "hari dan bulan tertukar" if swapped else "beda"


def _folded(text: str) -> str:
    return " ".join(fold(text).split())


def _is_swapped(one: str, other: str) -> bool:
    return one == f"{other[:4]}-{other[8:]}-{other[5:7]}"


def _pattern_part(meaning: Meaning) -> str:
    words = meaning.words.partition(",")[0] if meaning.field == "nik" else meaning.words
    return words if meaning.field in ("nik", "name") else f"{meaning.label} {words}"


def groups_of(pairs: Sequence[Pair]) -> Mapping[str, tuple[Pair, ...]]:
    """Put the pairs of one NIK of the file together."""
    found: dict[str, tuple[Pair, ...]] = {}
    for pair in pairs:
        nik = pair.kept.values.nik
        found[nik] = (*found.get(nik, ()), pair)
    return found
