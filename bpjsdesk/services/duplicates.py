"""Find the rows of a list that may be one person, and carry out what a clerk decides of them."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from bpjsdesk.domain.duplicates import (
    DuplicateLists,
    PaidElsewhere,
    Pair,
    PairKind,
    PersonValues,
    Side,
)
from bpjsdesk.domain.identity import FILLERS
from bpjsdesk.domain.period import months_between
from bpjsdesk.domain.row_check import CheckedRow
from bpjsdesk.domain.row_kinds import RowKind
from bpjsdesk.domain.similarity import NEAR_NAME, name_likeness, names_like
from bpjsdesk.domain.staging import DecidedOutcome
from bpjsdesk.progress import CancelToken, Progress, ProgressSink
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.staging import StagedList
from bpjsdesk.storage import duplicates
from bpjsdesk.storage.connection import Connection
from bpjsdesk.storage.duplicates import NamedRow, PaidMonths, PersonRow
from bpjsdesk.storage.people_cover import bearers_of_former

SHARED_BY_MANY = 50  # a telephone of so many is an office's: it says nothing about one person
GATHERED_AT_ONCE = 400_000  # people of the register whose names lie in memory together
IN_REGISTER = (DecidedOutcome.LINKED.value, DecidedOutcome.UPDATED.value)


# The place of a row; birth date or telephone, and name, of somebody who may be the same person.
_Named = tuple[int, str, str]


class _OpenRow(NamedTuple):
    """A row that may have a double."""

    side: Side
    name_key: str


def duplicate_lists(
    context: AppContext, work: StagedList, *, progress: ProgressSink, cancel: CancelToken
) -> DuplicateLists:
    """Look for doubles within the list and against the whole register.

    Raises: UserError NOT_PERMITTED; Cancelled.
    """
    context.user.require("read.batches")
    with context.database.read() as connection:
        rows = _open_rows(work)
        progress(Progress(done=0, total=4, text="Mencari NIK yang sama"))
        in_register = list(_same_in_register(connection, work, rows))
        progress(Progress(done=1, total=4, text="Mencari orang yang mirip"))
        similar = [*_similar_in_file(rows), *_similar_in_register(connection, work, rows, cancel)]
        progress(Progress(done=3, total=4, text="Mencari pembayar ganda"))
        seen = duplicates.seen_pairs(connection)
        matched = duplicates.matched_lines(connection, work.batch_id)
        told = (_recalled(each, seen) for each in similar if not _is_apart(work, each))
        undecided = [pair for pair in told if pair]
        return DuplicateLists(
            same_in_file=tuple(_same_in_file(rows)),
            same_in_register=tuple(in_register),
            similar=tuple(sorted(undecided, key=lambda pair: -pair.likeness.total)),
            paid_elsewhere=tuple(_paid_elsewhere(connection, work, in_register)),
            decided={
                line_id: DecidedOutcome(outcome)
                for line_id, (outcome, _reason) in matched.items()
                if outcome in IN_REGISTER
            },
            still_apart=len(similar) - len(undecided),
        )


def values_of(row: CheckedRow) -> PersonValues:
    """Give what a row says of its person; a NIK that only fills the cell is none."""
    return PersonValues(
        row.nik if row.nik and row.nik not in FILLERS else "",
        row.name or "",
        row.birth_date.isoformat() if row.birth_date else "",
        row.sex or "",
        row.birth_place or "",
        row.address or "",
        row.region_code or "",
        row.phone or "",
        row.occupation or "",
    )


def _open_rows(work: StagedList) -> list[_OpenRow]:
    found = []
    for line_id, item in zip(work.line_ids, work.check.staged, strict=True):
        row = item.row
        if row.kind is RowKind.DATA and line_id not in work.outcomes:
            side = Side(values_of(row), line_id, None, row.sheet, row.row_no)
            found.append(_OpenRow(side, row.name_key or ""))
    return found


def _same_in_file(rows: Sequence[_OpenRow]) -> Iterator[Pair]:
    first: dict[str, Side] = {}
    for row in rows:
        nik = row.side.values.nik
        kept = first.setdefault(nik, row.side)
        if nik and kept is not row.side:
            yield Pair(kind=PairKind.SAME_IN_FILE, kept=kept, offered=row.side)


def _same_in_register(
    connection: Connection, work: StagedList, rows: Sequence[_OpenRow]
) -> Iterator[Pair]:
    niks = {row.side.values.nik for row in rows if row.side.values.nik}
    known = duplicates.people_by_nik(connection, niks)
    former = bearers_of_former(connection, (niks & work.check.known.keys()) - known.keys())
    known |= _by_former(former, duplicates.people_by_nik(connection, set(former.values())))
    merged = duplicates.merged_into(connection)
    for row in rows:
        found = known.get(row.side.values.nik)
        if found:
            # whoever was joined to another is that other
            kept = _registered(found)._replace(person_id=merged.get(found[0], found[0]))
            yield Pair(kind=PairKind.SAME_IN_REGISTER, kept=kept, offered=row.side)


def _by_former(former: Mapping[str, str], bearers: Mapping[str, PersonRow]) -> dict[str, PersonRow]:
    return {nik: bearers[today] for nik, today in former.items() if today in bearers}


def _registered(row: PersonRow) -> Side:
    return Side(PersonValues._make(row[1:]), None, row[0])


def _similar_in_file(rows: Sequence[_OpenRow]) -> Iterator[Pair]:
    places: set[tuple[int, int]] = set()
    for many in _blocks(rows, "birth_date").values():
        names = [rows[at].name_key for at in many]
        for number, at in enumerate(many):
            later = names_like(rows[at].name_key, names[number + 1 :])
            places |= {(at, many[number + 1 + step]) for step in later}
    for many in _own_phones(_blocks(rows, "phone")).values():
        places |= set(combinations(many, 2))
    for one, other in sorted(places):
        if _are_near(rows[one], rows[other]):
            # who has a NIK stands
            kept, offered = sorted((rows[one].side, rows[other].side), key=_has_no_nik)
            yield Pair(kind=PairKind.SIMILAR_IN_FILE, kept=kept, offered=offered)


def _has_no_nik(side: Side) -> bool:
    return not side.values.nik


def _are_near(one: _OpenRow, other: _OpenRow) -> bool:
    nik = one.side.values.nik
    if nik and nik == other.side.values.nik:
        return False
    return _sounds_like(one, other.name_key)


def _blocks(rows: Sequence[_OpenRow], field: str) -> dict[str, list[int]]:
    """Put the places of rows together that agree in a field and have a name."""
    blocks: defaultdict[str, list[int]] = defaultdict(list)
    at = PersonValues._fields.index(field)
    for place, row in enumerate(rows):
        if row.name_key and row.side.values[at]:
            blocks[row.side.values[at]].append(place)
    return blocks


def _own_phones(blocks: Mapping[str, list[int]]) -> dict[str, list[int]]:
    return {phone: many for phone, many in blocks.items() if len(many) <= SHARED_BY_MANY}


def _similar_in_register(
    connection: Connection, work: StagedList, rows: Sequence[_OpenRow], cancel: CancelToken
) -> Iterator[Pair]:
    unknown = [row for row in rows if row.side.values.nik not in work.check.known]
    merged = duplicates.merged_into(connection)
    found = _near_in_register(connection, unknown, cancel)
    for (place, person_id), person in sorted(found.items()):
        if person_id not in merged:
            row = unknown[place]
            yield Pair(
                kind=PairKind.SIMILAR_IN_REGISTER, kept=_registered(person), offered=row.side
            )


def _near_in_register(
    connection: Connection, rows: Sequence[_OpenRow], cancel: CancelToken
) -> dict[tuple[int, int], PersonRow]:
    """Find, by place of the row and id, who was born on its day or has its telephone."""
    by_day, by_phone = _blocks(rows, "birth_date"), _own_phones(_blocks(rows, "phone"))
    born, reached, gathered = _nobody(by_day), _nobody(by_phone), 0
    days: set[_Named] = set()
    for part in duplicates.all_names(connection):
        cancel.raise_if_cancelled()
        _gather(part, born, reached)
        gathered += len(part)
        if gathered > GATHERED_AT_ONCE:
            days |= _near_by_name(rows, by_day, born)
            born, gathered = _nobody(by_day), 0
    days |= _near_by_name(rows, by_day, born)
    few = {phone: names for phone, names in reached.items() if len(names) <= SHARED_BY_MANY}
    phones = _near_by_name(rows, by_phone, few)
    of_day = duplicates.people_born_on(connection, {named[1:] for named in days})
    of_phone = duplicates.people_reached_by(connection, {named[1:] for named in phones})
    return {
        (place, person[0]): person
        for near, people in ((days, of_day), (phones, of_phone))
        for place, key, name in near
        for person in people.get((key, name), ())
    }


def _nobody(keys: Iterable[str]) -> dict[str, list[str]]:
    return {key: [] for key in keys}


def _gather(
    part: Sequence[NamedRow], born: Mapping[str, list[str]], reached: Mapping[str, list[str]]
) -> None:
    """Put names to those of their birth date and of their telephone, where it is asked for."""
    # a million times in one search: nothing is made or called that need not be
    born_on: Callable[[str | None], list[str] | None] = born.get  # type: ignore[assignment]  # asks for None too
    for day, name, phone in part:
        names = born_on(day)
        if names is not None:
            names.append(name)
        if phone in reached:
            reached[phone].append(name)


def _near_by_name(
    rows: Sequence[_OpenRow], places: Mapping[str, Sequence[int]], people: Mapping[str, list[str]]
) -> set[_Named]:
    """Give the rows, and key and name of whoever has their key and sounds alike."""
    found: set[_Named] = set()
    for key, names in people.items():
        for place in places[key] if names else ():
            row = rows[place]
            near = (names[at] for at in names_like(row.name_key, names))
            found |= {(place, key, name) for name in near if _sounds_like(row, name)}
    return found


def _sounds_like(row: _OpenRow, name: str) -> bool:
    return name_likeness(row.name_key, name) >= NEAR_NAME


def _recalled(pair: Pair, seen: Mapping[tuple[str, str], duplicates.SeenPair]) -> Pair | None:
    """Give the pair with what was said of it; None while that still holds."""
    found = seen.get(pair.keys)
    if found is None:
        return pair
    earlier = duplicates.remembered(found, seen_text(pair))
    if earlier.still_holds:
        return None
    return Pair(kind=pair.kind, kept=pair.kept, offered=pair.offered, earlier=earlier)


def _is_apart(work: StagedList, pair: Pair) -> bool:
    return bool(work.apart) and work.apart.get(pair.keys) == seen_text(pair)


def seen_text(pair: Pair) -> str:
    """Write down the values by which two are judged."""
    return json.dumps(pair.seen, ensure_ascii=False)


def _paid_elsewhere(
    connection: Connection, work: StagedList, pairs: Iterable[Pair]
) -> Iterator[PaidElsewhere]:
    lines: dict[int, Side] = {}
    for pair in pairs:
        if pair.kept.person_id is not None:
            lines.setdefault(pair.kept.person_id, pair.offered)
    check = work.check
    months = (check.from_month, check.to_month)
    target = check.target.agreement_id
    began = duplicates.began_on(connection, target)
    paid = duplicates.paid_elsewhere(connection, lines, months, but=target)
    for other in paid:
        yield _twice_paid(work, lines[other.person_id], other, began)


def _twice_paid(work: StagedList, row: Side, other: PaidMonths, began: str) -> PaidElsewhere:
    check = work.check
    first, last = max(check.from_month, other.from_month), min(check.to_month, other.to_month)
    start = months_between(check.from_month, first)
    count = months_between(first, last) + 1
    skipped = months_between(check.target.first_month, check.from_month)
    this_rates = check.target.rates[skipped:]
    theirs = months_between(other.batch_from, first)
    assert row.line_id is not None  # a row of the list
    return PaidElsewhere(
        line_id=row.line_id,
        person_id=other.person_id,
        nik=row.values.nik,
        name=row.values.name,
        agreement_id=other.agreement_id,
        agreement_title=other.agreement_title,
        batch_number=other.batch_number,
        first=first,
        last=last,
        by_this=sum(this_rates[start : start + count]),
        by_other=sum(json.loads(other.rates)[theirs : theirs + count]),
        other_is_earlier=(other.valid_from, other.agreement_id)
        <= (began, check.target.agreement_id),
    )
