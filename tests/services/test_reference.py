"""Reference lists, regions and signatories through the service."""

from datetime import date

import pytest

from bpjsdesk.domain.access import Role
from bpjsdesk.domain.office import SignatoryPerson
from bpjsdesk.domain.problems import FormProblems
from bpjsdesk.errors import UserError
from bpjsdesk.services import reference as service
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from tests.services.conftest import AsRole


def test_lists_hold_what_forms_offer(office: AppContext) -> None:
    categories = {each.code: each for each in service.list_categories(office)}
    assert categories["VULNERABLE"].name == "Pekerja Rentan"
    assert categories["VULNERABLE"].default_programmes == ("JKK", "JKM")
    assert "APBD" in {each.payer_type for each in service.list_funding_sources(office)}
    assert "COOPERATION" in {each.code for each in service.list_agreement_kinds(office)}
    assert service.list_claim_statuses(office)[0].code == "DRAFT"
    moves = service.list_claim_moves(office)
    assert ("APPROVED", "PAID", ("paid_on",)) in {
        (move.from_status, move.to_status, move.requires) for move in moves
    }


def test_regions_are_walked_downwards_and_found_by_name_or_code(office: AppContext) -> None:
    assert "71" in {each.code for each in service.list_regions(office)}
    districts = service.list_regions(office, "71.71")
    assert len(districts) == 11
    found = service.find_regions(office, "wanea")
    assert ("71.71.07", "Wanea, Kota Manado, Sulawesi Utara") in {
        (each.code, each.path) for each in found
    }
    assert service.find_regions(office, "71.74", 1)[0].name == "Kota Kotamobagu"
    assert service.find_regions(office, "  ") == ()
    assert service.region_names(office, ["71.71", "99"]) == {"71.71": "Kota Manado"}


def test_rates_carry_their_legal_basis_and_whether_they_are_verified(office: AppContext) -> None:
    rows = [row for row in service.list_rates(office) if row.factor < 1]
    assert any(row.legal_basis == "PP 50/2025" and not row.verified for row in rows)
    assert service.list_brackets(office)[0].wage_base == 1_000_000
    assert any(row.code == "LUMP_SUM" for row in service.list_benefits(office))


def _kepala() -> SignatoryPerson:
    return SignatoryPerson(
        institution="BPJS Ketenagakerjaan",
        name="Kepala Contoh",
        position="Kepala Kantor Cabang",
        valid_from=date(2025, 1, 1),
        valid_to=date(2025, 12, 31),
    )


def test_a_signatory_is_added_changed_and_chosen_by_day(office: AppContext) -> None:
    service.save_signatory(office, _kepala(), request_id=new_request_id())
    entry = service.list_signatories(office)[0]
    assert service.list_signatories(office, on=date(2026, 1, 1)) == ()
    changed = SignatoryPerson(
        signatory_id=entry.person.signatory_id,
        institution="BPJS Ketenagakerjaan",
        name="Kepala Baru",
        position="Kepala Kantor Cabang",
        valid_from=date(2026, 1, 1),
    )
    service.save_signatory(office, changed, request_id=new_request_id(), version=entry.version)
    assert service.list_signatories(office, on=date(2026, 6, 1))[0].person.name == "Kepala Baru"
    with pytest.raises(UserError, match="CONFLICT"):
        service.save_signatory(office, changed, request_id=new_request_id(), version=entry.version)


def test_faults_of_a_signatory_are_named(office: AppContext) -> None:
    person = SignatoryPerson(
        institution=" ",
        name="",
        position="Kepala",
        valid_from=date(2026, 1, 1),
        valid_to=date(2025, 1, 1),
    )
    with pytest.raises(FormProblems) as refused:
        service.save_signatory(office, person, request_id=new_request_id())
    assert [each.field for each in refused.value.problems] == ["institution", "name", "valid_to"]


@pytest.mark.parametrize("role", list(Role))
def test_only_the_supervisor_appoints_signatories(as_role: AsRole, role: Role) -> None:
    context = as_role(role)
    if role is Role.SUPERVISOR:
        service.save_signatory(context, _kepala(), request_id=new_request_id())
        return
    with pytest.raises(UserError, match="NOT_PERMITTED"):
        service.save_signatory(context, _kepala(), request_id=new_request_id())


def test_a_reader_does_not_see_the_settings(as_role: AsRole) -> None:
    for read in (service.list_rates, service.list_brackets, service.list_benefits):
        with pytest.raises(UserError, match="NOT_PERMITTED"):
            read(as_role(Role.READER))
