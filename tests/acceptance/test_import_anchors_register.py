"""Anchors 5.7, numbers 8 to 11: one person, whatever the lists say, and nothing stored is lost.

Each goes the whole way, from a workbook to the register and back to what is shown of a person.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bpjsdesk.domain.access import Role
from bpjsdesk.domain.duplicates import Choice, DuplicateLists, Pair, PairKind, Sign
from bpjsdesk.domain.people import Person
from bpjsdesk.errors import UserError
from bpjsdesk.progress import CancelToken, ignore_progress
from bpjsdesk.services.acceptance import accept, breakdown
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.duplicates import duplicate_lists
from bpjsdesk.services.pair_decisions import decide_pair
from bpjsdesk.services.people import count_people, find_people, get_person
from bpjsdesk.services.person_file import person_file
from bpjsdesk.services.repairs import edit_cell
from bpjsdesk.services.staging import StagedList
from tests.offices import AsRole
from tests.services.factories import a_draft, a_quota, saved
from tests.services.lists import checked, nik, workbook, worker
from tests.services.staged_lists import opened

FIRST_HALF: dict[str, Any] = {"from_month": date(2026, 1, 1), "months": 6}
SECOND_HALF: dict[str, Any] = {"from_month": date(2026, 7, 1), "months": 6}
NAME = 2


@pytest.fixture
def city(office: AppContext) -> int:
    return saved(office)


def found_in(office: AppContext, work: StagedList) -> DuplicateLists:
    return duplicate_lists(office, work, progress=ignore_progress, cancel=CancelToken())


def listed(
    office: AppContext, under: int, rows: Sequence[list[object]], path: Path
) -> tuple[StagedList, DuplicateLists]:
    """Take a list of the second half of the year in, and look for doubles."""
    work = checked(office, under, workbook(path, rows), **SECOND_HALF)
    return work, found_in(office, work)


def decided(
    office: AppContext, work: StagedList, pair: Pair, choice: Choice
) -> tuple[StagedList, DuplicateLists]:
    after = decide_pair(office, work, pair, choice, request_id=new_request_id())
    return after, found_in(office, after)


def accepted(office: AppContext, work: StagedList) -> None:
    doubles = found_in(office, work).codes
    accept(
        office,
        work,
        request_id=new_request_id(),
        progress=ignore_progress,
        cancel=CancelToken(),
        doubles=doubles,
    )


def registered(office: AppContext, under: int, rows: Sequence[list[object]], path: Path) -> None:
    """Put people into the register for the first half of the year."""
    accepted(office, checked(office, under, workbook(path, rows), **FIRST_HALF))


def person_of(office: AppContext, serial: int) -> Person:
    (found,) = find_people(office, nik(serial)).people
    return get_person(office, found.person_id)


def test_anchor_5_7_08_two_spellings_of_one_name_with_one_nik_are_one_person(
    office: AppContext, city: int, tmp_path: Path
) -> None:
    registered(office, city, [worker(1, name="MUHAMMAD DJUFRI")], tmp_path / "a.xlsx")
    rows = [worker(1, name="Moh. Jufri"), worker(1, name="MUH JUFRI")]
    work, lists = listed(office, city, rows, tmp_path / "b.xlsx")
    assert [pair.kind for pair in lists.same_in_register] == [PairKind.SAME_IN_REGISTER] * 2
    assert [pair.kind for pair in lists.same_in_file] == [PairKind.SAME_IN_FILE]
    name = lists.same_in_register[0].meanings[1]
    assert (name.sign, name.words) == (Sign.ALIKE, "“MUHAMMAD” = “MOH”, “DJUFRI” = “JUFRI”")
    with pytest.raises(UserError, match="hanya milik satu orang"):
        decided(office, work, lists.same_in_file[0], Choice.NOT_SAME)
    work, _ = decided(office, work, lists.same_in_file[0], Choice.LINK)
    assert (breakdown(work).new, breakdown(work).linked, breakdown(work).decided) == (0, 1, 1)
    accepted(office, work)
    assert count_people(office) == 1
    person = person_of(office, 1)
    assert person.name == "MUHAMMAD DJUFRI"
    assert [part.from_month.month for part in person.memberships] == [7, 1]


def test_anchor_5_7_09_two_registry_matches_never_create_a_third(
    office: AppContext, city: int, tmp_path: Path
) -> None:
    twins = [worker(11, name="MOH ARIF RONDO"), worker(21, name="MUHAMMAD ARIF RONDO")]
    twin_list = checked(office, city, workbook(tmp_path / "a.xlsx", twins), **FIRST_HALF)
    (pair,) = found_in(office, twin_list).similar
    twin_list, _ = decided(office, twin_list, pair, Choice.NOT_SAME)
    accepted(office, twin_list)
    row = worker(31, name="MUH. ARIF RONDO")
    work, lists = listed(office, city, [row], tmp_path / "b.xlsx")
    assert [pair.kept.values.nik for pair in lists.similar] == [nik(11), nik(21)]
    # as long as nobody has said who it is, the row stays outside
    assert lists.undecided_lines == {work.line_ids[0]}
    accepted(office, work)
    assert count_people(office) == 2
    again = opened(office, work.batch_id)
    assert len(again.line_ids) == 1
    after, lists = decided(office, again, found_in(office, again).similar[0], Choice.LINK)
    assert lists.similar == ()
    accepted(office, after)
    assert count_people(office) == 2
    assert len(person_of(office, 11).memberships) == 2
    assert len(person_of(office, 21).memberships) == 1


def test_anchor_5_7_10_blank_phone_in_the_file_leaves_the_stored_phone(
    office: AppContext, city: int, tmp_path: Path
) -> None:
    registered(office, city, [worker(1), worker(2), worker(3)], tmp_path / "a.xlsx")
    before = [person_of(office, serial) for serial in (1, 2, 3)]
    rows = [
        worker(1, phone=None, village="Tikala Baru", born=None),
        worker(2, phone="081399999999"),
        worker(3, phone=None, village=None),
    ]
    work, lists = listed(office, city, rows, tmp_path / "b.xlsx")
    silent, loud = lists.same_in_register[:2]
    assert (silent.taken_fields, loud.taken_fields) == (("region_code",), ("phone",))
    for pair in lists.same_in_register:
        work, _ = decided(office, work, pair, Choice.UPDATE)
    accepted(office, work)
    one, two, three = (person_of(office, serial) for serial in (1, 2, 3))
    assert (one.phone, one.birth_date) == (before[0].phone, date(1985, 8, 12))
    assert one.region_name == "Tikala Baru"
    assert (two.phone, two.region_name) == ("0813•••••999", "Molas")
    assert replace(three, memberships=()) == replace(before[2], memberships=())
    origins = {each.field: each for each in person_file(office, two.person_id).origins}
    assert origins["phone"].source == "baris 3, lembar “Sheet”, b.xlsx"
    assert origins["phone"].before == before[1].phone
    assert origins["name"].source == "baris 3, lembar “Sheet”, a.xlsx"


def test_anchor_5_7_11_not_the_same_survives_a_reimport(
    office: AppContext, city: int, as_role: AsRole, tmp_path: Path
) -> None:
    registered(office, city, [worker(11, name="IRNA DAMOPOLII")], tmp_path / "a.xlsx")
    clerk = as_role(Role.CLERK)
    other = worker(12, name="IRMA DAMOPOLII")
    work, lists = listed(clerk, city, [other], tmp_path / "b.xlsx")
    work, lists = decided(clerk, work, lists.similar[0], Choice.NOT_SAME)
    assert (lists.similar, lists.still_apart, lists.codes) == ((), 1, {})
    accepted(office, work)
    assert count_people(office) == 2
    # next year, in another list, by another clerk: nobody is asked again
    year: dict[str, Any] = {"from_month": date(2027, 1, 1), "months": 12}
    quota = a_quota(from_month=date(2027, 1, 1))
    following = saved(office, a_draft(title="Tahun berikut", quotas=(quota,)))
    path = workbook(tmp_path / "c.xlsx", [other, worker(11, name="IRNA DAMOPOLII")])
    again = checked(office, following, path, **year)
    lists = found_in(office, again)
    assert (lists.similar, lists.codes) == ((), {})
    # what was seen then is no longer what is there: the question comes up once more, with who said
    changed = edit_cell(
        office, again, again.line_ids[0], NAME, text="IRNA DAMOPOLI", request_id=new_request_id()
    )
    earlier = [pair.earlier for pair in found_in(office, changed).similar]
    assert [(each.user_name, each.still_holds) for each in earlier if each] == [("Dodi", False)]
