"""Two who are one: joined with all that hangs on them, parted again while nothing has changed."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bpjsdesk.domain.access import Role
from bpjsdesk.domain.batch_undo import UndoReason
from bpjsdesk.domain.person_changes import IdentityField
from bpjsdesk.errors import UserError
from bpjsdesk.progress import CancelToken
from bpjsdesk.services.agreements import save_agreement
from bpjsdesk.services.batch_undo import plan_undo, undo_batch
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.identity_requests import (
    decide_change,
    end_membership,
    end_of,
    request_change,
    resume_membership,
)
from bpjsdesk.services.people import (
    count_people,
    find_people,
    first_people,
    get_person,
    people_order,
)
from bpjsdesk.services.person_changes import merge_of, merge_people, unmerge_people
from bpjsdesk.services.person_file import person_file
from tests.offices import AsRole
from tests.services.factories import a_claim, a_draft, a_quota, claimed
from tests.services.lists import checked, nik, stored, workbook, worker

ONE, OTHER, THIRD = 1, 2, 3
REASON = "NIK salah ketik di daftar tahap I"


@pytest.fixture
def city(office: AppContext) -> int:
    draft = a_draft(quotas=(a_quota(heads=100),))
    return save_agreement(office, draft, request_id=new_request_id()).object_id


@pytest.fixture
def people(office: AppContext, city: int, tmp_path: Path) -> int:
    """Register one of the first half of the year, another and a third of the second half."""
    listed(office, city, tmp_path / "a.xlsx", [1], first=1)
    listed(office, city, tmp_path / "b.xlsx", [2, 3], first=7)
    return city


def listed(
    office: AppContext,
    under: int,
    path: Path,
    serials: list[int],
    *,
    first: int,
    **changes: object,
) -> None:
    rows = [worker(serial, **changes) for serial in serials]
    months = {"from_month": date(2026, first, 1), "months": 6}
    stored(office, checked(office, under, workbook(path, rows), **months))


def merged(office: AppContext, kept: int = ONE, other: int = OTHER) -> int:
    answer = merge_people(office, kept, other, reason=REASON, request_id=new_request_id())
    return answer.object_id


def test_months_and_claims_move_and_both_rows_stay(office: AppContext, people: int) -> None:
    claimed(office, a_claim(participant_nik=nik(2), participant_name="BUDI RONDO BETO"))
    merged(office)
    one, other = get_person(office, ONE), get_person(office, OTHER)
    assert [each.from_month.month for each in one.memberships] == [7, 1]
    assert len(one.claims) == 1
    assert (other.memberships, other.claims) == ((), ())
    found = merge_of(office, OTHER)
    assert found is not None
    assert (found.kept_id, found.reason, found.user_name) == (ONE, REASON, "Rina Tumewu")
    assert found.obstacles == ()
    assert merge_of(office, ONE) is None


def test_who_was_joined_is_found_as_the_one_kept_and_listed_once(
    office: AppContext, people: int
) -> None:
    assert count_people(office) == 3
    merge_id = merged(office)
    for text in (nik(2), "rondo beto"):
        (found,) = find_people(office, text).people
        assert found.person_id == ONE
        assert found.note == "juga tercatat sebagai BUDI RONDO BETO, 7171••••••••0002"
    both = find_people(office, "budi rondo").people
    assert [person.person_id for person in both] == [ONE, THIRD]
    assert [person.person_id for person in first_people(office, 9)] == [ONE, THIRD]
    assert list(people_order(office, CancelToken())) == [ONE, THIRD]
    assert count_people(office) == 2
    unmerge_people(office, merge_id, request_id=new_request_id())
    assert [person.note for person in find_people(office, nik(2)).people] == [""]


def test_a_merge_is_undone_to_the_last_row(office: AppContext, people: int) -> None:
    claimed(office, a_claim(participant_nik=nik(2), participant_name="BUDI RONDO BETO"))
    before = [get_person(office, each) for each in (ONE, OTHER)]
    merge_id = merged(office)
    unmerge_people(office, merge_id, request_id=new_request_id())
    assert [get_person(office, each) for each in (ONE, OTHER)] == before
    assert merge_of(office, OTHER) is None
    with pytest.raises(UserError, match="sudah dilepas"):
        unmerge_people(office, merge_id, request_id=new_request_id())
    merged(office)


def test_what_only_the_other_one_knows_is_filled_in_and_taken_out_again(
    office: AppContext, city: int, tmp_path: Path
) -> None:
    listed(office, city, tmp_path / "a.xlsx", [1], first=1, phone=None, village=None)
    listed(office, city, tmp_path / "b.xlsx", [2], first=7)
    before = get_person(office, ONE)
    merge_id = merged(office)
    one = get_person(office, ONE)
    assert (one.phone, one.region_name, one.name) == ("0812•••••002", "Molas", before.name)
    origins = {each.field: each.source for each in person_file(office, ONE).origins}
    assert origins["phone"] == "baris 2, lembar “Sheet”, b.xlsx"
    assert origins["name"] == "baris 2, lembar “Sheet”, a.xlsx"
    unmerge_people(office, merge_id, request_id=new_request_id())
    assert get_person(office, ONE) == before
    assert "phone" not in {each.field for each in person_file(office, ONE).origins}


def test_a_merge_stays_once_either_side_has_changed(office: AppContext, people: int) -> None:
    merge_id = merged(office)
    claimed(office, a_claim(participant_nik=nik(1), participant_name="BUDI RONDO ALFA"))
    with pytest.raises(UserError, match="sesudahnya klaim berubah") as refusal:
        unmerge_people(office, merge_id, request_id=new_request_id())
    assert refusal.value.code == "CHANGED_SINCE"
    found = merge_of(office, OTHER)
    assert found is not None
    assert found.obstacles == ("klaim berubah",)


def test_who_was_joined_is_the_other_in_every_later_list(
    office: AppContext, people: int, tmp_path: Path
) -> None:
    merged(office)
    rows = [worker(1), worker(2), worker(4)]
    path = workbook(tmp_path / "c.xlsx", rows)
    check = checked(office, people, path, from_month=date(2026, 12, 1), months=1)
    assert [item.row.codes for item in check.check.staged] == [
        ("DUP_ACTIVE",),
        ("DUP_ACTIVE", "SAME_PERSON"),
        (),
    ]
    draft = replace(a_draft(), quotas=(a_quota(from_month=date(2027, 1, 1)),))
    later = save_agreement(office, draft, request_id=new_request_id()).object_id
    stored(office, checked(office, later, path))
    assert len(get_person(office, ONE).memberships) == 3
    assert get_person(office, OTHER).memberships == ()


def test_people_who_cannot_be_joined_are_refused_with_the_reason(
    office: AppContext, people: int
) -> None:
    with pytest.raises(UserError, match="Juli–Desember 2026 dibayar untuk keduanya"):
        merged(office, OTHER, THIRD)
    with pytest.raises(UserError, match="dua orang yang berbeda"):
        merged(office, ONE, ONE)
    with pytest.raises(UserError, match="tidak ada di daftar"):
        merged(office, ONE, 99)
    with pytest.raises(UserError, match="alasan"):
        merge_people(office, ONE, OTHER, reason=" ", request_id=new_request_id())
    merged(office)
    with pytest.raises(UserError, match="sudah digabung"):
        merged(office, THIRD, ONE)


def test_a_death_is_never_lost_by_joining(office: AppContext, people: int) -> None:
    end_membership(office, OTHER, "MENINGGAL", since=date(2026, 8, 20), request_id=new_request_id())
    with pytest.raises(UserError, match="tercatat meninggal 20 Agustus 2026") as refusal:
        merged(office)
    assert refusal.value.code == "DEATH_LOST"
    merged(office, OTHER, ONE)
    assert end_of(office, OTHER) is not None


def ended(office: AppContext, person_id: int, reason: str) -> None:
    end_membership(office, person_id, reason, since=date(2026, 8, 20), request_id=new_request_id())


def test_a_death_is_not_hidden_by_an_end_of_another_kind(office: AppContext, people: int) -> None:
    ended(office, ONE, "PINDAH")
    ended(office, OTHER, "MENINGGAL")
    with pytest.raises(UserError, match="tercatat meninggal 20 Agustus 2026") as refusal:
        merged(office)
    assert refusal.value.code == "DEATH_LOST"
    merged(office, OTHER, ONE)
    found = end_of(office, OTHER)
    assert found is not None
    assert found.reason.is_death


def test_whoever_has_left_for_good_has_left_under_either_nik(
    office: AppContext, people: int, tmp_path: Path
) -> None:
    ended(office, OTHER, "PINDAH")
    merge_id = merged(office)
    found = end_of(office, ONE)
    assert found is not None
    assert (found.reason.code, found.since) == ("PINDAH", date(2026, 8, 20))
    path = workbook(tmp_path / "c.xlsx", [worker(2)])
    work = checked(office, people, path, from_month=date(2026, 12, 1), months=1)
    assert "MEMBERSHIP_ENDED" in work.check.staged[0].row.codes
    unmerge_people(office, merge_id, request_id=new_request_id())
    assert end_of(office, ONE) is None
    assert end_of(office, OTHER) == found


def test_an_end_that_the_other_one_would_hide_is_refused_and_a_usual_one_stays_behind(
    office: AppContext, people: int
) -> None:
    ended(office, ONE, "AKHIR_PERIODE")
    ended(office, OTHER, "PINDAH")
    with pytest.raises(UserError, match="Pindah dari wilayah mitra") as refusal:
        merged(office)
    assert refusal.value.code == "END_LOST"
    ended(office, THIRD, "AKHIR_PERIODE")
    merged(office, OTHER, ONE)
    found = end_of(office, OTHER)
    assert found is not None
    assert found.reason.code == "PINDAH"


def test_nothing_is_noted_of_whoever_was_joined_to_another(
    office: AppContext, people: int, as_role: AsRole
) -> None:
    clerk = as_role(Role.CLERK)
    merged(office)
    for deed in (
        lambda: ended(office, OTHER, "MENINGGAL"),
        lambda: resume_membership(office, OTHER, request_id=new_request_id()),
        lambda: asked(clerk, OTHER),
    ):
        with pytest.raises(UserError, match=r"7171••••••••0002.*sudah digabung") as refusal:
            deed()
        assert refusal.value.code == "ALREADY_MERGED"


def test_two_are_joined_when_their_requests_are_decided(
    office: AppContext, people: int, as_role: AsRole
) -> None:
    number = asked(as_role(Role.CLERK), OTHER)
    for kept, other in ((ONE, OTHER), (OTHER, ONE)):
        with pytest.raises(UserError, match="menunggu keputusan") as refusal:
            merged(office, kept, other)
        assert refusal.value.code == "REQUEST_OPEN"
    decide_change(office, number, approve=True, request_id=new_request_id())
    merged(office)
    assert [each.person_id for each in find_people(office, nik(2)).people] == [ONE]


def asked(clerk: AppContext, person_id: int) -> int:
    return request_change(
        clerk, person_id, IdentityField.NIK, nik(5), basis="KTP", request_id=new_request_id()
    ).object_id


def test_people_who_were_joined_and_parted_again_do_not_keep_their_batch(
    office: AppContext, city: int, tmp_path: Path
) -> None:
    listed(office, city, tmp_path / "a.xlsx", [1], first=1, phone=None)
    listed(office, city, tmp_path / "b.xlsx", [2, 3], first=7)
    unmerge_people(office, merged(office), request_id=new_request_id())
    unmerge_people(office, merged(office, OTHER, ONE), request_id=new_request_id())
    fates = [row.why for batch_id in (1, 2) for row in plan_undo(office, batch_id).rows]
    assert fates == [UndoReason.MONTHS_ENDED, UndoReason.MONTHS_ENDED, UndoReason.REMOVED]
    plan = plan_undo(office, 1)
    undo_batch(office, plan, reason="Salah berkas", request_id=new_request_id())
    assert [part.status for part in get_person(office, ONE).memberships] == ["UNDONE"]


def test_only_a_supervisor_joins_people(office: AppContext, people: int, as_role: AsRole) -> None:
    with pytest.raises(UserError, match="tidak berwenang"):
        merged(as_role(Role.CLERK))
