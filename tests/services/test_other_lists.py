"""What the register and the other lists say against a row: dead, gone, in two lists, unchanged."""

from datetime import date
from pathlib import Path

import pytest

from bpjsdesk.domain.access import Role
from bpjsdesk.domain.issue_levels import LevelChange
from bpjsdesk.domain.person_changes import IdentityField
from bpjsdesk.domain.row_issues import IssueCode, Level
from bpjsdesk.domain.staging import DecidedOutcome
from bpjsdesk.progress import CancelToken, ignore_progress
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.duplicates import duplicate_lists
from bpjsdesk.services.identity_requests import decide_change, end_membership, request_change
from bpjsdesk.services.issue_levels import save_level
from bpjsdesk.services.list_steps import undo
from bpjsdesk.services.people import count_people, find_people, get_person
from bpjsdesk.services.person_changes import merge_people
from bpjsdesk.services.repairs import decide, edit_cell
from bpjsdesk.services.staging import StagedList, stage_list
from tests.offices import AsRole
from tests.services.factories import a_claim, claimed
from tests.services.lists import checked, nik, request_for, stored, workbook, worker
from tests.services.staged_lists import opened, saved_agreement

NIK_COLUMN = 1


@pytest.fixture
def city(office: AppContext, tmp_path: Path) -> int:
    """Register three for the first half of the year."""
    under = saved_agreement(office)
    path = workbook(tmp_path / "lama.xlsx", [worker(1), worker(2), worker(3)])
    stored(office, checked(office, under, path, from_month=date(2026, 1, 1), months=6))
    return under


def second_half(
    office: AppContext, under: int, path: Path, *, serials: tuple[int, ...] = (1, 2, 3, 4)
) -> StagedList:
    """Take in the same three for the second half, and a new one."""
    file = workbook(path, [worker(serial) for serial in serials])
    request = request_for(under, file, from_month=date(2026, 7, 1), months=6)
    request_id = new_request_id()
    answer = stage_list(
        office, request, request_id=request_id, progress=ignore_progress, cancel=CancelToken()
    )
    return opened(office, answer.object_id)


def codes(work: StagedList) -> list[set[str]]:
    return [{code.value for code in item.row.codes} for item in work.check.staged]


def person(office: AppContext, serial: int) -> int:
    return find_people(office, nik(serial)).people[0].person_id


def ended(office: AppContext, serial: int, reason: str) -> None:
    end_membership(
        office,
        person(office, serial),
        reason=reason,
        since=date(2026, 6, 1),
        note="Surat kelurahan",
        request_id=new_request_id(),
    )


def test_the_dead_are_held_and_whoever_has_left_is_named(
    office: AppContext, city: int, tmp_path: Path
) -> None:
    ended(office, 1, "MENINGGAL")
    ended(office, 2, "PINDAH")
    ended(office, 3, "AKHIR_PERIODE")
    work = second_half(office, city, tmp_path / "baru.xlsx")
    assert codes(work) == [{"DECEASED"}, {"MEMBERSHIP_ENDED"}, set(), set()]
    assert [item.row.is_held for item in work.check.staged] == [True, False, False, False]


def test_a_death_claim_tells_of_a_death_nobody_has_noted(
    office: AppContext, city: int, tmp_path: Path
) -> None:
    claimed(office, a_claim(participant_nik=nik(2), participant_name="BUDI RONDO BETO"))
    work = second_half(office, city, tmp_path / "baru.xlsx")
    assert codes(work) == [set(), {"DECEASED"}, set(), set()]


def test_whoever_was_joined_to_another_is_that_other(
    office: AppContext, city: int, tmp_path: Path
) -> None:
    path = workbook(tmp_path / "ganda.xlsx", [worker(5)])
    stored(office, checked(office, city, path, from_month=date(2026, 7, 1), months=6))
    merge_people(
        office,
        person(office, 1),
        person(office, 5),
        reason="Salah ketik",
        request_id=new_request_id(),
    )
    ended(office, 1, "MENINGGAL")
    work = second_half(office, city, tmp_path / "baru.xlsx", serials=(5, 2))
    assert codes(work) == [{"DECEASED", "DUP_ACTIVE"}, set()]


def test_two_niks_of_one_person_do_not_come_in_both(
    office: AppContext, city: int, tmp_path: Path
) -> None:
    path = workbook(tmp_path / "ganda.xlsx", [worker(5)])
    stored(office, checked(office, city, path, from_month=date(2026, 7, 1), months=1))
    one, other = person(office, 1), person(office, 5)
    merge_people(office, one, other, reason="Salah ketik", request_id=new_request_id())
    rows = workbook(tmp_path / "baru.xlsx", [worker(1), worker(5), worker(2)])
    request = request_for(city, rows, from_month=date(2026, 8, 1), months=5)
    answer = stage_list(
        office,
        request,
        request_id=new_request_id(),
        progress=ignore_progress,
        cancel=CancelToken(),
    )
    assert codes(opened(office, answer.object_id)) == [set(), {"SAME_PERSON"}, set()]


def test_a_nik_of_another_list_in_work_is_named_until_that_list_is_gone(
    office: AppContext, city: int, tmp_path: Path
) -> None:
    first = second_half(office, city, tmp_path / "a.xlsx", serials=(1, 6, 7))
    work = second_half(office, city, tmp_path / "b.xlsx", serials=(6, 8))
    assert codes(work) == [{"DUP_OTHER_DRAFT"}, set()]
    assert work.check.others.in_work[nik(6)] == first.number
    assert codes(opened(office, first.batch_id)) == [set(), {"DUP_OTHER_DRAFT"}, set()]
    typed = edit_cell(
        office,
        work,
        work.line_ids[1],
        column=NIK_COLUMN,
        text=nik(7),
        request_id=new_request_id(),
    )
    assert codes(typed) == [{"DUP_OTHER_DRAFT"}, {"DUP_OTHER_DRAFT"}]


def test_what_is_the_same_as_last_time_is_said_only_where_it_is_wanted(
    office: AppContext, city: int, as_role: AsRole, tmp_path: Path
) -> None:
    path = tmp_path / "baru.xlsx"
    work = second_half(office, city, path)
    assert codes(work) == [set()] * 4
    change = LevelChange(
        code=IssueCode.SAME_AS_LAST,
        level=Level.WARNING,
        valid_from=office.clock().date(),
        reason="Kantor ingin melihatnya",
    )
    save_level(as_role(Role.ADMIN), change, request_id=new_request_id())
    again = opened(office, work.batch_id)
    assert codes(again) == [{"SAME_AS_LAST"}] * 3 + [set()]


def renumbered(office: AppContext, clerk: AppContext, serial: int, new: int) -> None:
    number = request_change(
        clerk,
        person(office, serial),
        IdentityField.NIK,
        nik(new),
        basis="KTP",
        request_id=new_request_id(),
    ).object_id
    decide_change(office, number, approve=True, request_id=new_request_id())


def test_whoever_got_another_nik_is_known_by_the_former_one(
    office: AppContext, as_role: AsRole, city: int, tmp_path: Path
) -> None:
    renumbered(office, as_role(Role.CLERK), 1, 7)
    path = workbook(tmp_path / "lama lagi.xlsx", [worker(1)])
    work = checked(office, city, path, from_month=date(2026, 6, 1), months=1)
    assert codes(work) == [{"DUP_ACTIVE", "NIK_REPLACED"}]
    work = second_half(office, city, tmp_path / "baru.xlsx", serials=(1, 4))
    assert codes(work) == [{"NIK_REPLACED"}, set()]
    assert not work.check.staged[0].row.is_held
    stored(office, work)
    (member,) = find_people(office, nik(7)).people
    assert find_people(office, nik(1)).people[0].person_id == member.person_id
    months = get_person(office, member.person_id).memberships
    assert [part.from_month.month for part in months] == [7, 1]
    assert count_people(office) == 4


def test_the_dead_are_held_by_their_former_nik_too(
    office: AppContext, as_role: AsRole, city: int, tmp_path: Path
) -> None:
    renumbered(office, as_role(Role.CLERK), 1, 7)
    ended(office, 7, "MENINGGAL")
    work = second_half(office, city, tmp_path / "baru.xlsx", serials=(1, 7, 4))
    assert codes(work) == [
        {"DECEASED", "NIK_REPLACED"},
        {"DECEASED", "NAME_DIFFERS", "SAME_PERSON"},
        set(),
    ]


def test_a_former_nik_with_the_name_of_somebody_else_is_a_person_of_their_own(
    office: AppContext, as_role: AsRole, city: int, tmp_path: Path
) -> None:
    clerk = as_role(Role.CLERK)
    renumbered(office, clerk, 1, 7)
    renamed = request_change(
        clerk,
        person(office, 7),
        IdentityField.NAME,
        "STEVEN LASUT",
        basis="KTP",
        request_id=new_request_id(),
    ).object_id
    decide_change(office, renamed, approve=True, request_id=new_request_id())
    path = workbook(tmp_path / "a.xlsx", [worker(1, name="SITI AMINAH")])
    work = checked(office, city, path, from_month=date(2026, 6, 1), months=1)
    assert codes(work) == [set()]
    found = duplicate_lists(office, work, progress=ignore_progress, cancel=CancelToken())
    assert found.same_in_register == ()
    path = workbook(tmp_path / "b.xlsx", [worker(1)])
    work = checked(office, city, path, from_month=date(2026, 5, 1), months=1)
    assert codes(work) == [{"DUP_ACTIVE", "NAME_DIFFERS", "NIK_REPLACED"}]


def test_a_former_nik_that_somebody_bears_today_means_that_person(
    office: AppContext, as_role: AsRole, city: int, tmp_path: Path
) -> None:
    clerk = as_role(Role.CLERK)
    renumbered(office, clerk, 1, 7)
    renumbered(office, clerk, 2, 1)
    work = second_half(office, city, tmp_path / "baru.xlsx", serials=(1, 2))
    assert [item.row.name for item in work.check.staged] == ["BUDI RONDO ALFA", "BUDI RONDO BETO"]
    first, second = (work.check.known[nik(serial)] for serial in (1, 2))
    assert (first.name, first.is_former) == ("BUDI RONDO BETO", False)
    assert (second.name, second.is_former) == ("BUDI RONDO BETO", True)


def test_the_payer_of_somebody_with_a_former_nik_is_found(
    office: AppContext, as_role: AsRole, city: int, tmp_path: Path
) -> None:
    renumbered(office, as_role(Role.CLERK), 1, 7)
    other = saved_agreement(office)
    path = workbook(tmp_path / "lain.xlsx", [worker(1), worker(4)])
    work = checked(office, other, path, from_month=date(2026, 6, 1), months=1)
    found = duplicate_lists(office, work, progress=ignore_progress, cancel=CancelToken())
    assert [pair.kept.person_id for pair in found.same_in_register] == [person(office, 7)]
    assert len(found.paid_elsewhere) == 1


def test_of_two_rows_of_one_person_the_one_that_is_not_put_aside_comes_in(
    office: AppContext, city: int, tmp_path: Path
) -> None:
    path = workbook(tmp_path / "ganda.xlsx", [worker(5)])
    stored(office, checked(office, city, path, from_month=date(2026, 7, 1), months=1))
    one, other = person(office, 1), person(office, 5)
    merge_people(office, one, other, reason="Salah ketik", request_id=new_request_id())
    work = second_half(office, city, tmp_path / "baru.xlsx", serials=(5, 1))
    assert codes(work) == [{"DUP_ACTIVE"}, {"DUP_ACTIVE", "SAME_PERSON"}]
    aside = decide(
        office,
        work,
        [work.line_ids[0]],
        DecidedOutcome.SKIPPED,
        reason="ganda",
        request_id=new_request_id(),
    )
    assert codes(aside) == codes(opened(office, work.batch_id)) == [{"DUP_ACTIVE"}] * 2
    again = undo(office, aside, request_id=new_request_id())
    assert codes(again) == codes(opened(office, work.batch_id)) == codes(work)
