"""Agreements through the service: recorded, priced, locked, renewed, listed, summed up."""

from dataclasses import replace
from datetime import date

import pytest

from bpjsdesk.domain.access import Role
from bpjsdesk.domain.agreements import Stage, Status
from bpjsdesk.domain.problems import FormProblems
from bpjsdesk.errors import UserError
from bpjsdesk.services import agreements as service
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from tests.services.conftest import AsRole
from tests.services.factories import a_draft, a_quota, saved


def test_what_was_recorded_comes_back_whole(office: AppContext) -> None:
    draft = a_draft()
    found = service.get_agreement(office, saved(office, draft))
    assert found.draft == draft
    assert (found.stage, found.status, found.is_locked) == (Stage.SIGNED, Status.EXPIRING, True)
    assert (found.kind_name, found.created_by) == ("Perjanjian Kerja Sama (PKS)", "Rina Tumewu")
    assert (found.heads, found.amount, found.days_left) == (100, 20_160_000, 41)


@pytest.mark.parametrize(
    ("quota", "rates", "amount"),
    [
        # domain.md §2.1: Tomohon 2023, "Rp3,4 miliar"
        (a_quota(heads=17_000, from_month=date(2023, 1, 1)), (16_800,) * 12, 3_427_200_000),
        # domain.md §2.4: 0,54 % of Rp2.000.000
        (
            a_quota(category="COOPERATIVE", heads=2_096, months=5, from_month=date(2025, 8, 1)),
            (10_800,) * 5,
            113_184_000,
        ),
        # domain.md §2.2: paid by a company, October 2026 to March 2027
        (
            a_quota(heads=1, months=6, from_month=date(2026, 10, 1), payer_type="OTHER"),
            (8_400, 8_400, 8_400, 16_800, 16_800, 16_800),
            75_600,
        ),
        (a_quota(heads=1, months=6, from_month=date(2026, 10, 1)), (16_800,) * 6, 100_800),
    ],
)
def test_a_line_is_priced_month_by_month(
    office: AppContext, quota: object, rates: tuple[int, ...], amount: int
) -> None:
    line = service.preview_quota(office, quota)  # type: ignore[arg-type]  # parametrised
    assert (line.rates, line.amount) == (rates, amount)


def test_the_published_budget_of_manado_2025_is_met(office: AppContext) -> None:
    rentan = a_quota(heads=2_300, months=5, from_month=date(2025, 8, 1))
    koperasi = replace(rentan, category="COOPERATIVE", heads=2_096)
    total = sum(service.preview_quota(office, quota).amount for quota in (rentan, koperasi))
    assert total == 306_384_000


def test_every_fault_of_a_form_is_named_with_its_field(office: AppContext) -> None:
    draft = a_draft(
        title=" ",
        valid_to=date(2025, 1, 1),
        parties=(),
        quotas=(a_quota(heads=0, category="NOBODY", payer_type="ME"),),
        duties=(),
        contacts=(),
    )
    with pytest.raises(FormProblems) as refused:
        service.save_agreement(office, draft, request_id=new_request_id())
    found = {(problem.field, problem.code) for problem in refused.value.problems}
    assert found == {
        ("title", "TITLE_MISSING"),
        ("valid_to", "PERIOD_REVERSED"),
        ("parties", "PARTIES_TOO_FEW"),
        ("quotas.0.heads", "HEADS_INVALID"),
        ("quotas.0.category", "CATEGORY_UNKNOWN"),
        ("quotas.0.payer_type", "PAYER_UNKNOWN"),
    }
    assert refused.value.code == "FORM_INVALID"
    assert service.list_agreements(office) == ()


def test_a_line_without_a_rate_is_named(office: AppContext) -> None:
    draft = a_draft(quotas=(a_quota(), a_quota(from_month=date(2010, 1, 1))))
    with pytest.raises(FormProblems) as refused:
        service.save_agreement(office, draft, request_id=new_request_id())
    assert [(p.field, p.code) for p in refused.value.problems] == [
        ("quotas.1", "REFERENCE_MISSING")
    ]


def test_a_draft_may_stay_open_and_be_changed(office: AppContext) -> None:
    draft = a_draft(signed_on=None, valid_from=None, valid_to=None, parties=())
    draft = replace(draft, duties=(), contacts=())
    agreement_id = saved(office, draft)
    first = service.get_agreement(office, agreement_id)
    changed = replace(draft, title="Judul baru", quotas=(a_quota(heads=7), a_quota(heads=8)))
    service.save_agreement(
        office,
        changed,
        request_id=new_request_id(),
        agreement_id=agreement_id,
        version=first.version,
    )
    second = service.get_agreement(office, agreement_id)
    assert (second.draft, second.version) == (changed, first.version + 1)
    assert second.quotas[0].quota_id == first.quotas[0].quota_id
    with pytest.raises(UserError, match="CONFLICT"):
        service.save_agreement(
            office,
            draft,
            request_id=new_request_id(),
            agreement_id=agreement_id,
            version=first.version,
        )


def test_agreements_cannot_continue_each_other_in_a_circle(office: AppContext) -> None:
    first = saved(office, a_draft(signed_on=None))
    second = saved(office, a_draft(signed_on=None, renews_id=first))
    third = saved(office, a_draft(signed_on=None, amends_id=second))
    for newer in (first, third):
        with pytest.raises(FormProblems) as refused:
            service.save_agreement(
                office,
                a_draft(signed_on=None, renews_id=newer),
                request_id=new_request_id(),
                agreement_id=first,
                version=1,
            )
        assert [each.field for each in refused.value.problems] == ["renews_id"]


def test_a_signed_agreement_is_locked(office: AppContext) -> None:
    agreement_id = saved(office)
    with pytest.raises(UserError, match="AGREEMENT_LOCKED"):
        service.save_agreement(
            office, a_draft(), request_id=new_request_id(), agreement_id=agreement_id, version=1
        )


def test_the_same_request_is_carried_out_once(office: AppContext) -> None:
    request_id = new_request_id()
    first = service.save_agreement(office, a_draft(), request_id=request_id)
    again = service.save_agreement(office, a_draft(), request_id=request_id)
    assert (again.object_id, again.repeated) == (first.object_id, True)
    assert len(service.list_agreements(office)) == 1


def test_a_renewal_copies_identity_and_moves_the_months_on(office: AppContext) -> None:
    old_id = saved(office)
    new = service.get_agreement(
        office, service.renew_agreement(office, old_id, request_id=new_request_id()).object_id
    )
    assert (new.stage, new.draft.renews_id) == (Stage.DRAFT, old_id)
    assert (new.draft.signed_on, new.draft.valid_from, new.draft.valid_to) == (None, None, None)
    assert [party.number for party in new.draft.parties] == ["", ""]
    assert [party.institution for party in new.draft.parties] == [
        "Pemerintah Kota Manado",
        "BPJS Ketenagakerjaan Cabang Manado",
    ]
    assert new.quotas[0].draft.from_month == date(2027, 1, 1)
    assert new.draft.protected_since == 2026
    with pytest.raises(UserError, match="RENEWAL_EXISTS") as refused:
        service.renew_agreement(office, old_id, request_id=new_request_id())
    assert new.draft.title in refused.value.message


def test_a_draft_is_not_renewed(office: AppContext) -> None:
    with pytest.raises(UserError, match="RENEWAL_OF_DRAFT"):
        service.renew_agreement(
            office, saved(office, a_draft(signed_on=None)), request_id=new_request_id()
        )


def test_the_chain_leads_both_ways(office: AppContext) -> None:
    first = saved(office)
    second = saved(office, a_draft(renews_id=first))
    third = saved(office, a_draft(amends_id=second, kind="ADDENDUM"))
    saved(office)
    for each in (first, second, third):
        chain = service.agreement_chain(office, each)
        assert [item.agreement_id for item in chain] == [first, second, third]


def test_lists_show_newest_first_and_filter_by_words_and_status(office: AppContext) -> None:
    old = saved(
        office,
        a_draft(
            valid_from=date(2024, 1, 1), valid_to=date(2024, 12, 31), signed_on=date(2024, 1, 1)
        ),
    )
    new = saved(office, a_draft(title="Sinergi Kejaksaan"))
    items = service.list_agreements(office)
    assert [item.agreement_id for item in items] == [new, old]
    assert [item.partner for item in items] == ["Pemerintah Kota Manado"] * 2
    assert items[0].numbers == ("560/PKS/1/2026", "PER/1/012026")
    found = service.list_agreements(office, text="kejaksaan per/1")
    assert [item.agreement_id for item in found] == [new]
    expired = service.list_agreements(office, status=Status.EXPIRED)
    assert [item.agreement_id for item in expired] == [old]


def test_a_signed_renewal_makes_the_old_one_renewed(office: AppContext) -> None:
    last_year = {"valid_from": date(2025, 1, 1), "valid_to": date(2025, 12, 31)}
    old = saved(office, a_draft(**last_year, signed_on=date(2025, 1, 1)))
    new = saved(office, a_draft(renews_id=old))
    found = service.get_agreement(office, old)
    assert (found.status, found.renewed_by_id) == (Status.RENEWED, new)


def test_warnings_name_used_numbers_ceiling_and_january(office: AppContext) -> None:
    saved(office)
    draft = a_draft(funding=(replace(a_draft().funding[0], amount=20_000_000),))
    codes = {each.code: each for each in service.agreement_warnings(office, draft)}
    assert set(codes) == {"NUMBER_USED", "CEILING_DIFFERS", "JANUARY_GAP"}
    assert "Rp160.000 di atas pagu Rp20.000.000" in codes["CEILING_DIFFERS"].message
    assert codes["NUMBER_USED"].field == "parties.1.number"


def test_unverified_rates_warn_but_do_not_block(office: AppContext) -> None:
    draft = a_draft(quotas=(a_quota(payer_type="OTHER"),), funding=())
    codes = [each.code for each in service.agreement_warnings(office, draft)]
    assert "RATES_UNVERIFIED" in codes
    assert not service.get_agreement(office, saved(office, draft)).quotas[0].verified


def test_the_summary_adds_up_to_the_agreement(office: AppContext) -> None:
    agreement_id = saved(office)
    agreement = service.get_agreement(office, agreement_id)
    summary = service.agreement_summary(office, agreement_id)
    assert (summary.heads, summary.amount) == (agreement.heads, agreement.amount)
    assert summary.status == "Akan berakhir"
    assert [party.role for party in summary.parties] == ["PIHAK KESATU", "PIHAK KEDUA"]
    assert [(each.code, each.name) for each in summary.programmes] == [
        ("JKK", "Jaminan Kecelakaan Kerja"),
        ("JKM", "Jaminan Kematian"),
    ]
    assert summary.quota[0].rate == 16_800
    assert summary.funding[0].source == "APBD"
    assert summary.counts.quota == 100
    assert summary.elapsed_share == pytest.approx(324 / 365)


ALLOWED = {Role.CLERK, Role.SUPERVISOR}


@pytest.mark.parametrize("role", list(Role))
def test_only_clerks_and_supervisors_write_agreements(as_role: AsRole, role: Role) -> None:
    context = as_role(role)
    if role in ALLOWED:
        agreement_id = saved(context)
        service.renew_agreement(context, agreement_id, request_id=new_request_id())
        return
    with pytest.raises(UserError, match="NOT_PERMITTED"):
        saved(context)
    with pytest.raises(UserError, match="NOT_PERMITTED"):
        service.renew_agreement(context, 1, request_id=new_request_id())


@pytest.mark.parametrize("role", list(Role))
def test_everyone_but_the_admin_reads_agreements(as_role: AsRole, role: Role) -> None:
    context = as_role(role)
    if role is Role.ADMIN:
        with pytest.raises(UserError, match="NOT_PERMITTED"):
            service.list_agreements(context)
    else:
        assert service.list_agreements(context) == ()
