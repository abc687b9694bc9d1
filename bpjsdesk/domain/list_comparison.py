"""Two lists of the same people side by side: same, changed, new, missing; compared by NIK."""

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
