"""All that is kept on one person: where each value came from, what was done, and what follows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from bpjsdesk.domain.people import Membership, Person
from bpjsdesk.domain.period import add_months, first_of_month
from bpjsdesk.domain.person_changes import ChangeRequest, PersonEnd

ACTIVE = "ACTIVE"
ORIGIN_LABELS: Mapping[str, str] = MappingProxyType(
    {
        "nik": "NIK",
        "name": "Nama",
        "birth_date": "Tanggal lahir",
        "birth_place": "Tempat lahir",
        "sex": "Jenis kelamin",
        "address": "Alamat",
        "region_code": "Kelurahan/desa",
        "phone": "Nomor HP",
        "occupation": "Pekerjaan",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a value came from, in words; `before` is what it replaced, masked where it must be."""

    field: str
    source: str
    at: str
    by: str
    before: str = ""

    @property
    def label(self) -> str:
        return ORIGIN_LABELS[self.field]


@dataclass(frozen=True, slots=True, kw_only=True)
class Heir:
    """Somebody named as heir, with the paper that names them."""

    text: str
    heading: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """Something that was done to a person, in words."""

    at: str
    who: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinedPerson:
    """Somebody who is one with the person shown; `obstacles` are reasons not to part them."""

    merge_id: int
    person_id: int
    name: str
    masked_nik: str
    is_kept: bool
    reason: str
    user_name: str
    at: str
    obstacles: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFile:
    """One person with everything that hangs on it; `version` is of the person's own row."""

    person: Person
    kpj: str
    end: PersonEnd | None
    joined: tuple[JoinedPerson, ...]
    requests: tuple[ChangeRequest, ...]
    origins: tuple[Origin, ...]
    heirs: tuple[Heir, ...]
    history: tuple[Deed, ...]

    @property
    def kept_elsewhere(self) -> JoinedPerson | None:
        """The person to whom this one was joined, if it was."""
        return next((each for each in self.joined if each.is_kept), None)

    @property
    def months_after_end(self) -> tuple[date, ...]:
        """The paid months after the one in which the membership ended."""
        return () if self.end is None else months_after(self.person.memberships, self.end.since)


def months_after(memberships: Iterable[Membership], day: date) -> tuple[date, ...]:
    """List the paid months that begin after a day's own month."""
    last_due = first_of_month(day)
    found: set[date] = set()
    for part in memberships:
        month = part.from_month
        while part.status == ACTIVE and month <= part.to_month:
            if month > last_due:
                found.add(month)
            month = add_months(month, 1)
    return tuple(sorted(found))
