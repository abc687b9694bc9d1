"""Claims through the service: recorded, refused, led along their path, listed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from bpjsdesk.domain.access import Role
from bpjsdesk.domain.claims import ClaimComponent, ClaimDraft, Programme
from bpjsdesk.domain.problems import FormProblems
from bpjsdesk.errors import UserError
from bpjsdesk.services import claims as service
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.people import find_people
from tests.services.conftest import AsRole
from tests.services.factories import a_claim, claimed


def codes(refused: pytest.ExceptionInfo[FormProblems]) -> list[tuple[str, str]]:
    return [(each.field, each.code) for each in refused.value.problems]


def moved(context: AppContext, claim_id: int, *steps: tuple[str, date | None]) -> None:
    for to_status, on in steps:
        version = service.get_claim(context, claim_id).version
        service.move_claim(
            context,
            claim_id,
            to_status=to_status,
            version=version,
            request_id=new_request_id(),
            on=on,
        )


def test_what_was_recorded_comes_back_whole(office: AppContext) -> None:
    draft = a_claim()
    found = service.get_claim(office, claimed(office, draft))
    assert found.draft == draft
    assert (found.number, found.status, found.status_name) == (
        "K-2026-000001",
        "COMPLETE",
        "Berkas Lengkap",
    )
    assert found.region_name == "Wanea, Wanea, Kota Manado"
    assert [(event.from_status, event.to_status) for event in found.events] == [("", "COMPLETE")]
    assert found.events[0].user_name == "Rina Tumewu"


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"filed_on": None, "complete_on": None}, "DRAFT"),
        ({"complete_on": None}, "RECEIVED"),
        ({}, "COMPLETE"),
        ({"paid_on": date(2026, 11, 9)}, "PAID"),
    ],
)
def test_the_first_step_follows_from_the_dates(
    office: AppContext, changes: dict[str, date | None], status: str
) -> None:
    assert service.get_claim(office, claimed(office, a_claim(**changes))).status == status


def test_the_person_is_added_once_with_what_the_nik_says(office: AppContext) -> None:
    draft = a_claim(programme=Programme.JHT, participant_nik=" 7171.0152 0380-0001 ")
    first, second = (service.get_claim(office, claimed(office, draft)) for _ in range(2))
    assert first.person_id == second.person_id
    assert [first.number, second.number] == ["K-2026-000001", "K-2026-000002"]
    found = find_people(office, "ANI CON", limit=5).people
    assert [(person.birth_date, person.sex) for person in found] == [(date(1980, 3, 12), "P")]


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"participant_nik": "717101520380000"}, ("participant_nik", "NIK_FORMAT")),
        ({"participant_nik": "7171019903800001"}, ("participant_nik", "NIK_DATE")),
        ({"participant_nik": ""}, ("participant_nik", "NIK_MISSING")),
        ({"participant_name": " "}, ("participant_name", "NAME_MISSING")),
        ({"category": "NOBODY"}, ("category", "CATEGORY_UNKNOWN")),
        ({"segment": "ME"}, ("segment", "SEGMENT_UNKNOWN")),
        ({"kpj": "123"}, ("kpj", "KPJ_FORMAT")),
        ({"region_code": "99"}, ("region_code", "REGION_UNKNOWN")),
        ({"agreement_id": 9}, ("agreement_id", "AGREEMENT_MISSING")),
        ({"filed_on": date(2026, 9, 30)}, ("filed_on", "DATES_REVERSED")),
        ({"complete_on": date(2026, 10, 1)}, ("complete_on", "DATES_REVERSED")),
        ({"paid_on": date(2026, 10, 2)}, ("paid_on", "DATES_REVERSED")),
        ({"paid_on": date(2026, 11, 21)}, ("paid_on", "DATE_IN_FUTURE")),
        ({"paid_on": date(2026, 11, 2), "components": ()}, ("components", "AMOUNT_MISSING")),
        (
            {"components": (ClaimComponent(code="", name=" ", amount=1),)},
            ("components.0.name", "NAME_MISSING"),
        ),
        (
            {"components": (ClaimComponent(code="", name="x", amount=-1),)},
            ("components.0.amount", "AMOUNT_INVALID"),
        ),
    ],
)
def test_a_fault_is_named_with_its_field_and_nothing_is_stored(
    office: AppContext, changes: dict[str, object], problem: tuple[str, str]
) -> None:
    with pytest.raises(FormProblems) as refused:
        claimed(office, a_claim(**changes))
    assert codes(refused) == [problem]
    assert service.list_claims(office) == ()
    assert find_people(office, "ANI", limit=5).people == ()


def test_a_person_has_one_death_claim(office: AppContext) -> None:
    first = claimed(office)
    with pytest.raises(FormProblems) as refused:
        claimed(office)
    assert codes(refused) == [("participant_nik", "DEATH_CLAIM_EXISTS")]
    assert "K-2026-000001" in refused.value.message
    claimed(office, a_claim(programme=Programme.SCHOLARSHIP))
    service.move_claim(
        office, first, to_status="CANCELLED", version=1, request_id=new_request_id(), note="Keliru"
    )
    claimed(office)


def test_a_claim_is_changed_but_not_paid_by_the_form(office: AppContext) -> None:
    claim_id = claimed(office)
    changed = a_claim(payee_name="BUDI", note="Lengkap", components=(), region_code=None)
    answer = service.save_claim(
        office, changed, request_id=new_request_id(), claim_id=claim_id, version=1
    )
    found = service.get_claim(office, answer.object_id)
    assert (found.draft, found.version, found.draft.amount) == (changed, 2, 0)
    wrong = replace(changed, paid_on=date(2026, 11, 9), filed_on=None)
    with pytest.raises(FormProblems) as refused:
        service.save_claim(office, wrong, request_id=new_request_id(), claim_id=claim_id, version=2)
    assert ("paid_on", "PAID_BY_STEP") in codes(refused)
    assert ("filed_on", "DATE_CLEARED") in codes(refused)


def test_the_whole_path_is_walked_and_written_down(office: AppContext) -> None:
    claim_id = claimed(office, a_claim(filed_on=None, complete_on=None))
    moved(
        office,
        claim_id,
        ("RECEIVED", date(2026, 10, 5)),
        ("COMPLETE", date(2026, 10, 6)),
        ("VERIFICATION", None),
        ("APPROVED", None),
        ("PAID", date(2026, 10, 9)),
    )
    found = service.get_claim(office, claim_id)
    assert (found.status, found.draft.paid_on, found.version) == ("PAID", date(2026, 10, 9), 6)
    assert [event.to_status for event in found.events] == [
        "DRAFT",
        "RECEIVED",
        "COMPLETE",
        "VERIFICATION",
        "APPROVED",
        "PAID",
    ]
    with pytest.raises(UserError, match="CLAIM_LOCKED"):
        service.save_claim(
            office, found.draft, request_id=new_request_id(), claim_id=claim_id, version=6
        )


def test_reopening_takes_the_payment_back_and_needs_a_reason(office: AppContext) -> None:
    claim_id = claimed(office, a_claim(paid_on=date(2026, 11, 9)))
    with pytest.raises(FormProblems) as refused:
        service.move_claim(
            office, claim_id, to_status="REOPENED", version=1, request_id=new_request_id()
        )
    assert codes(refused) == [("note", "REASON_MISSING")]
    service.move_claim(
        office,
        claim_id,
        to_status="REOPENED",
        version=1,
        request_id=new_request_id(),
        note="Salah rekening",
    )
    found = service.get_claim(office, claim_id)
    assert (found.status, found.draft.paid_on) == ("REOPENED", None)
    assert found.events[-1].note == "Salah rekening"


def test_a_clerk_cannot_take_a_payment_back(office: AppContext, as_role: AsRole) -> None:
    claim_id = claimed(office, a_claim(**PAYMENT))
    clerk = as_role(Role.CLERK)
    assert service.claim_moves(clerk, claim_id) == ()
    with pytest.raises(UserError, match="NOT_PERMITTED"):
        service.move_claim(
            clerk,
            claim_id,
            to_status="REOPENED",
            version=1,
            request_id=new_request_id(),
            note="Keliru",
        )
    assert service.get_claim(office, claim_id).draft.paid_on == PAYMENT["paid_on"]


def test_a_returned_claim_comes_in_anew_on_a_later_day(office: AppContext) -> None:
    claim_id = claimed(office)
    moved(office, claim_id, ("VERIFICATION", None))
    returned = service.get_claim(office, claim_id)
    service.move_claim(
        office,
        claim_id,
        to_status="RETURNED",
        version=returned.version,
        request_id=new_request_id(),
        note="Ahli waris berganti",
    )
    moved(office, claim_id, ("RECEIVED", date(2026, 11, 10)))
    found = service.get_claim(office, claim_id).draft
    assert (found.filed_on, found.complete_on) == (date(2026, 11, 10), None)
    moved(office, claim_id, ("COMPLETE", date(2026, 11, 12)))


def test_a_cancelled_death_claim_stays_closed_once_another_stands(office: AppContext) -> None:
    first = claimed(office)
    service.move_claim(
        office, first, to_status="CANCELLED", version=1, request_id=new_request_id(), note="Keliru"
    )
    claimed(office)
    with pytest.raises(FormProblems) as refused:
        service.move_claim(
            office, first, to_status="REOPENED", version=2, request_id=new_request_id(), note="Ya"
        )
    assert codes(refused) == [("participant_nik", "DEATH_CLAIM_EXISTS")]


def test_a_step_that_the_path_does_not_have_is_refused(office: AppContext) -> None:
    claim_id = claimed(office)
    with pytest.raises(UserError, match="CLAIM_MOVE_REFUSED"):
        moved(office, claim_id, ("PAID", date(2026, 11, 9)))
    moved(office, claim_id, ("VERIFICATION", None), ("APPROVED", None))
    with pytest.raises(FormProblems) as refused:
        moved(office, claim_id, ("PAID", None))
    assert codes(refused) == [("paid_on", "DATE_MISSING")]
    with pytest.raises(FormProblems) as refused:
        moved(office, claim_id, ("PAID", date(2026, 10, 1)))
    assert codes(refused) == [("paid_on", "DATES_REVERSED")]
    with pytest.raises(UserError, match="CONFLICT"):
        service.move_claim(
            office, claim_id, to_status="REJECTED", version=1, request_id=new_request_id()
        )


def test_lists_page_and_filter(office: AppContext) -> None:
    names = ("ANI CONTOH", "BUDI ANIMO", "CITRA")
    ids = [
        claimed(
            office,
            a_claim(participant_name=name, participant_nik=f"717101520380000{number}"),
        )
        for number, name in enumerate(names, start=1)
    ]
    items = service.list_claims(office)
    assert [item.claim_id for item in items] == ids[::-1]
    assert items[0].masked_nik == "7171••••••••0003"
    page = service.list_claims(office, limit=2)
    assert [item.claim_id for item in page] == ids[:0:-1]
    rest = service.list_claims(office, limit=2, before_id=page[-1].claim_id)
    assert [item.claim_id for item in rest] == ids[:1]
    for text, expected in (
        ("ani", ids[1::-1]),
        ("an", ids[1::-1]),
        ("7171015203800003", ids[2:]),
        ("k-2026-000002", ids[1:2]),
        ("tak ada", []),
        ("%", []),
    ):
        found = service.list_claims(office, text=text)
        assert [item.claim_id for item in found] == expected, text
    assert service.list_claims(office, programme=Programme.JKK) == ()
    assert len(service.list_claims(office, status="COMPLETE")) == 3
    assert service.claim_status_counts(office) == {"COMPLETE": 3}


PAYMENT = {"paid_on": date(2026, 11, 9)}


@pytest.mark.parametrize("role", list(Role))
def test_every_role_does_what_the_table_allows(
    office: AppContext, as_role: AsRole, role: Role
) -> None:
    context = as_role(role)
    claim_id = claimed(office)
    paid = a_claim(participant_nik="7171015203800002", **PAYMENT)
    attempts: dict[str, Callable[[], object]] = {
        "claim.save": lambda: claimed(context, a_claim(programme=Programme.JHT)),
        "claim.move": lambda: service.move_claim(
            context, claim_id, to_status="VERIFICATION", version=1, request_id=new_request_id()
        ),
        "claim.pay": lambda: claimed(context, paid),
    }
    allowed = {
        Role.SUPERVISOR: {"claim.save", "claim.move", "claim.pay"},
        Role.CLERK: {"claim.save", "claim.move"},
    }.get(role, set())
    for command, attempt in attempts.items():
        if command in allowed:
            attempt()
        else:
            with pytest.raises(UserError, match="NOT_PERMITTED"):
                attempt()


def test_the_steps_offered_are_those_that_the_user_may_take(
    office: AppContext, as_role: AsRole
) -> None:
    claim_id = claimed(office)
    moved(office, claim_id, ("VERIFICATION", None), ("APPROVED", None))
    offered = {
        role: {move.to_status for move in service.claim_moves(as_role(role), claim_id)}
        for role in (Role.SUPERVISOR, Role.CLERK, Role.READER)
    }
    assert offered[Role.SUPERVISOR] == {"PAID", "RETURNED", "REJECTED"}
    assert offered[Role.CLERK] == {"RETURNED", "REJECTED"}
    assert offered[Role.READER] == set()


def test_a_reader_sees_a_masked_nik_and_the_admin_sees_nothing(
    office: AppContext, as_role: AsRole
) -> None:
    claim_id = claimed(office)
    seen = service.get_claim(as_role(Role.READER), claim_id)
    assert seen.draft.participant_nik == "7171••••••••0001"
    for read in (
        lambda: service.get_claim(as_role(Role.ADMIN), claim_id),
        lambda: service.list_claims(as_role(Role.ADMIN)),
        lambda: service.claim_status_counts(as_role(Role.ADMIN)),
    ):
        with pytest.raises(UserError, match="NOT_PERMITTED"):
            read()


def test_a_draft_without_segment_takes_the_usual_one(office: AppContext) -> None:
    draft: ClaimDraft = a_claim(category="NON_ASN", segment="")
    assert service.get_claim(office, claimed(office, draft)).draft.segment == "WAGE_EARNER"
