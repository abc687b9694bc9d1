"""Who somebody is changes on request and approval only; an end of membership has its reason."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from bpjsdesk.domain.access import Role
from bpjsdesk.domain.identity import mask_nik
from bpjsdesk.domain.person_changes import IdentityField
from bpjsdesk.errors import UserError
from bpjsdesk.services.agreements import save_agreement
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.identity_requests import (
    decide_change,
    end_membership,
    end_of,
    list_requests,
    request_change,
    resume_membership,
    reveal_change,
)
from bpjsdesk.services.people import count_people, find_people, get_person
from bpjsdesk.services.safety import list_audit
from tests.offices import NOW, AsRole
from tests.services.factories import a_claim, a_draft, claimed
from tests.services.lists import checked, nik, stored, workbook, worker

KTP = "KTP, diperiksa di loket"


@pytest.fixture
def person_id(office: AppContext, tmp_path: Path) -> int:
    under = save_agreement(office, a_draft(), request_id=new_request_id()).object_id
    book = workbook(tmp_path / "a.xlsx", [worker(1), worker(2)])
    stored(office, checked(office, under, book))
    return find_people(office, nik(1)).people[0].person_id


def asked(context: AppContext, person_id: int, field: IdentityField, text: str) -> int:
    return request_change(
        context, person_id, field, text, basis=KTP, request_id=new_request_id()
    ).object_id


def approved(context: AppContext, number: int) -> None:
    decide_change(context, number, approve=True, request_id=new_request_id())


def test_a_name_changes_after_somebody_else_approved_and_is_found_by_it(
    office: AppContext, as_role: AsRole, person_id: int
) -> None:
    clerk = as_role(Role.CLERK)
    number = asked(clerk, person_id, IdentityField.NAME, "Budi  Wowor")
    assert get_person(office, person_id).name == "BUDI RONDO ALFA"
    approved(office, number)
    assert get_person(office, person_id).name == "BUDI WOWOR"
    assert [person.person_id for person in find_people(office, "wowor").people] == [person_id]
    (earlier,) = find_people(office, "rondo alfa").people
    assert (earlier.name, earlier.note) == ("BUDI WOWOR", "nama sebelumnya BUDI RONDO ALFA")
    request = list_requests(office, person_id=person_id)[0]
    assert (request.decision, request.decided_by) == ("APPROVED", office.user.display_name)


def test_nik_and_birth_date_change_too_and_a_nik_shows_masked(
    office: AppContext, as_role: AsRole, person_id: int
) -> None:
    clerk = as_role(Role.CLERK)
    number = asked(clerk, person_id, IdentityField.NIK, nik(7))
    assert list_requests(clerk, only_open=True)[0].after == mask_nik(nik(7))
    approved(office, number)
    approved(office, asked(clerk, person_id, IdentityField.BIRTH_DATE, "13-08-1985"))
    person = get_person(office, person_id)
    assert (person.masked_nik, person.birth_date) == (mask_nik(nik(7)), date(1985, 8, 13))
    (found,) = find_people(office, nik(1)).people
    assert (found.person_id, found.note) == (person_id, f"NIK sebelumnya {mask_nik(nik(1))}")


def test_nobody_approves_an_own_request_or_decides_twice(
    office: AppContext, as_role: AsRole, person_id: int
) -> None:
    own = asked(office, person_id, IdentityField.NAME, "BUDI WOWOR")
    with pytest.raises(UserError, match="orang lain"):
        approved(office, own)
    number = asked(as_role(Role.CLERK), person_id, IdentityField.NAME, "BUDI LUMOWA")
    with pytest.raises(UserError, match="alasan"):
        decide_change(office, number, approve=False, request_id=new_request_id())
    decide_change(
        office, number, approve=False, note="KTP tidak cocok", request_id=new_request_id()
    )
    with pytest.raises(UserError, match="sudah diputuskan"):
        approved(office, number)
    assert get_person(office, person_id).name == "BUDI RONDO ALFA"


def test_a_request_that_was_overtaken_is_refused(
    office: AppContext, as_role: AsRole, person_id: int
) -> None:
    clerk = as_role(Role.CLERK)
    first = asked(clerk, person_id, IdentityField.NAME, "BUDI WOWOR")
    second = asked(clerk, person_id, IdentityField.NAME, "BUDI LUMOWA")
    approved(office, first)
    with pytest.raises(UserError) as refusal:
        approved(office, second)
    assert refusal.value.code == "CONFLICT"


@pytest.mark.parametrize(
    ("field", "text", "code"),
    [
        (IdentityField.NIK, nik(2), "NIK_TAKEN"),
        (IdentityField.NIK, "123", "NIK_FORMAT"),
        (IdentityField.NAME, "  ", "NAME_MISSING"),
        (IdentityField.NAME, "BUDI RONDO ALFA", "NOTHING_CHANGED"),
        (IdentityField.BIRTH_DATE, "31-02-1985", "DATE_UNREADABLE"),
    ],
)
def test_a_change_that_cannot_be_is_named(
    office: AppContext, person_id: int, field: IdentityField, *, text: str, code: str
) -> None:
    with pytest.raises(UserError) as refusal:
        asked(office, person_id, field, text)
    assert refusal.value.code == code


def test_an_end_has_reason_and_day_and_can_be_taken_back(
    office: AppContext, person_id: int
) -> None:
    def end(since: date) -> None:
        end_membership(office, person_id, "MENINGGAL", since=since, request_id=new_request_id())

    with pytest.raises(UserError, match="tidak ada di daftar alasan"):
        end_membership(
            office, person_id, "BOSAN", since=date(2026, 1, 1), request_id=new_request_id()
        )
    with pytest.raises(UserError, match="belum tiba"):
        end(NOW.date() + timedelta(days=1))
    end(date(2026, 11, 1))
    found = end_of(office, person_id)
    assert found is not None
    assert (found.reason.name, found.reason.is_death) == ("Meninggal dunia", True)
    assert found.since == date(2026, 11, 1)
    with pytest.raises(UserError, match="sudah dicatat"):
        end(date(2026, 11, 2))
    resume_membership(office, person_id, request_id=new_request_id())
    assert end_of(office, person_id) is None
    with pytest.raises(UserError, match="tidak tercatat"):
        resume_membership(office, person_id, request_id=new_request_id())


def test_a_claim_by_an_earlier_nik_is_one_of_its_bearer(
    office: AppContext, as_role: AsRole, person_id: int
) -> None:
    approved(office, asked(as_role(Role.CLERK), person_id, IdentityField.NIK, nik(7)))
    claimed(office, a_claim(participant_nik=nik(1), participant_name="BUDI RONDO ALFA"))
    assert len(get_person(office, person_id).claims) == 1
    assert count_people(office) == 2


def test_both_values_of_a_request_are_shown_in_full_for_a_reason_that_is_noted(
    office: AppContext, as_role: AsRole, person_id: int
) -> None:
    number = asked(as_role(Role.CLERK), person_id, IdentityField.NIK, nik(7))
    with pytest.raises(UserError, match="alasan"):
        reveal_change(office, number, reason=" ", request_id=new_request_id())
    with pytest.raises(UserError, match="tidak ada"):
        reveal_change(office, 99, reason="KTP", request_id=new_request_id())
    seen = reveal_change(office, number, reason="Cocokkan KTP", request_id=new_request_id())
    assert seen == (nik(1), nik(7))
    entry = list_audit(office, limit=1)[0]
    assert (entry.command, entry.object_id) == ("person.reveal", person_id)
    assert entry.payload == {"reason": "Cocokkan KTP", "request": number}
