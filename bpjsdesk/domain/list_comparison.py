"""Two lists of the same people side by side: same, changed, new, missing; compared by NIK."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

COMPARED = ("name", "birth_date", "sex", "phone", "region_code")
FIELD_WORDS = {
    "name": "nama",
    "birth_date": "tanggal lahir",
    "sex": "jenis kelamin",
    "phone": "nomor HP",
    "region_code": "kelurahan/desa",
}


class Listed(NamedTuple):
    """Somebody as a list names him; empty where the list says nothing."""

    nik: str
    name: str
    birth_date: date | None
    sex: str
    phone: str
    region_code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedPerson:
    """Somebody in both lists with other details; `fields` are those of `COMPARED` that differ."""

    before: Listed
    after: Listed
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What a new list changes against an earlier one."""

    same: int
    changed: tuple[ChangedPerson, ...]
    new: tuple[Listed, ...]
    missing: tuple[Listed, ...]


def compare(before: Iterable[Listed], after: Iterable[Listed]) -> Comparison:
    """Compare by NIK; a blank in the new list is no difference, since blanks never erase."""
    old = {person.nik: person for person in before}
    now = {person.nik: person for person in after}
    both = [(old[nik], person) for nik, person in now.items() if nik in old]
    changed = tuple(
        ChangedPerson(before=was, after=person, fields=fields)
        for was, person in both
        if (fields := _different(was, person))
    )
    return Comparison(
        same=len(both) - len(changed),
        changed=changed,
        new=_without(now, old),
        missing=_without(old, now),
    )


def _different(was: Listed, now: Listed) -> tuple[str, ...]:
    return tuple(
        field
        for field in COMPARED
        if getattr(now, field) and getattr(now, field) != getattr(was, field)
    )


def _without(these: Mapping[str, Listed], those: Mapping[str, Listed]) -> tuple[Listed, ...]:
    return tuple(person for nik, person in these.items() if nik not in those)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListSide:
    """One of two lists: what it is, and what everybody in it costs; amounts in whole rupiah."""

    batch_id: int
    number: str
    agreement: str
    category: str
    from_month: date
    months: int
    heads: int
    head_amount: int
    is_accepted: bool

    @property
    def amount(self) -> int:
        return self.heads * self.head_amount


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedPerson:
    """Somebody who is in one list only, and why; `nik` is masked."""

    nik: str
    name: str
    village: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListDifference:
    """Two lists side by side, both ways; `held` rows of the new list are not in it yet."""

    before: ListSide
    after: ListSide
    same: int
    changed: int
    leaving: tuple[MovedPerson, ...]
    joining: tuple[MovedPerson, ...]
    held: int

    def __post_init__(self) -> None:
        staying = self.same + self.changed
        if self.before.heads != staying + len(self.leaving):
            raise ValueError("the people of the earlier list do not add up")
        if self.after.heads != staying + len(self.joining):
            raise ValueError("the people of the new list do not add up")

    @property
    def staying(self) -> int:
        """Count the people of both lists, with other details or not."""
        return self.same + self.changed

    @property
    def head_change(self) -> int:
        return self.after.heads - self.before.heads

    @property
    def amount_change(self) -> int:
        return self.after.amount - self.before.amount


def reasons_of(people: Iterable[MovedPerson]) -> Mapping[str, int]:
    """Count people by reason, the most frequent first."""
    return dict(Counter(person.reason for person in people).most_common())
