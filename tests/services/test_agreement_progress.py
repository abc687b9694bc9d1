"""How far an agreement has come: five counters, claims paid under it, the page that sums it up."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bpjsdesk.domain.agreements import AgreementCounters
from bpjsdesk.domain.claims import Programme
from bpjsdesk.domain.overview import ActionKind
from bpjsdesk.domain.problems import FormProblems
from bpjsdesk.domain.report_values import ClaimsLine
from bpjsdesk.errors import UserError
from bpjsdesk.services import agreements as service
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.overview import overview
from tests.services.factories import a_draft, a_nik, a_quota, claimed, paid, saved
from tests.services.lists import checked, stored, workbook, worker


def enrolled(office: AppContext, agreement_id: int, folder: Path, rows: list[list[object]]) -> int:
    path = workbook(folder / "daftar.xlsx", rows)
    return stored(office, checked(office, agreement_id, path))


def test_quota_submitted_valid_and_active_are_four_numbers(
    office: AppContext, tmp_path: Path
) -> None:
    agreement_id = saved(office)
    batch_id = enrolled(
        office, agreement_id, tmp_path, [worker(1), worker(2), worker(3, name=None)]
    )
    expected = AgreementCounters(quota=100, submitted=3, valid=2, active=2)
    assert service.agreement_counters(office, agreement_id) == expected
    counts = service.agreement_summary(office, agreement_id).counts
    assert (counts.quota, counts.submitted, counts.valid, counts.active) == (100, 3, 2, 2)
    seen = overview(office)
    assert (seen.participants.active, seen.participants.quota) == (2, 100)
    held = next(action for action in seen.actions if action.kind is ActionKind.BATCH_HELD)
    assert held.target_id == batch_id
    assert held.title == f"1 baris batch {seen.batches[0].number} tertahan"


def test_a_quota_line_with_a_batch_stays(office: AppContext, tmp_path: Path) -> None:
    draft = a_draft(signed_on=None, quotas=(a_quota(heads=5), a_quota(category="UMKM")))
    agreement_id = saved(office, draft)
    enrolled(office, agreement_id, tmp_path, [worker(1)])
    shorter = replace(draft, quotas=())
    with pytest.raises(UserError, match="QUOTA_IN_USE"):
        service.save_agreement(
            office, shorter, request_id=new_request_id(), agreement_id=agreement_id, version=1
        )
    assert len(service.get_agreement(office, agreement_id).quotas) == 2
    service.save_agreement(
        office,
        replace(draft, quotas=draft.quotas[:1]),
        request_id=new_request_id(),
        agreement_id=agreement_id,
        version=1,
    )
    assert len(service.get_agreement(office, agreement_id).quotas) == 1


def test_the_summary_names_the_agreement_before_and_the_claims_of_both(
    office: AppContext,
) -> None:
    old = saved(
        office,
        a_draft(
            signed_on=date(2025, 1, 2), valid_from=date(2025, 1, 1), valid_to=date(2025, 12, 31)
        ),
    )
    new = saved(office, a_draft(renews_id=old, quotas=(a_quota(payer_type="OTHER"),)))
    claimed(office, paid(1, date(2025, 5, 1), 42_000_000, agreement_id=old))
    claimed(office, paid(2, date(2026, 5, 1), 42_000_000, agreement_id=new))
    claimed(
        office,
        paid(2, date(2026, 6, 1), 3_000_000, agreement_id=new, programme=Programme.SCHOLARSHIP),
    )
    claimed(office, replace(paid(3, date(2026, 6, 1), 9, agreement_id=new), paid_on=None))
    summary = service.agreement_summary(office, new)
    assert summary.is_renewal
    assert summary.previous_agreement == "560/PKS/1/2026, PER/1/012026"
    assert summary.claims == (
        ClaimsLine(label="JKM", cases=1, amount=42_000_000),
        ClaimsLine(label="Beasiswa", cases=1, amount=3_000_000),
    )
    assert summary.claims_note == "Perjanjian sebelumnya: 1 klaim, Rp42 juta."
    assert "Sebagian tarif belum diverifikasi penyelia." in summary.notes
    assert "Tahap I jatuh tempo 10 Februari 2026." in summary.notes


def test_the_summary_of_a_draft_has_no_dates_yet(office: AppContext) -> None:
    bare = a_draft(signed_on=None, valid_from=None, valid_to=None)
    summary = service.agreement_summary(office, saved(office, bare))
    assert (summary.status, summary.days_left, summary.elapsed_share) == ("Draf", None, None)


def test_what_is_not_there_is_said_so(office: AppContext) -> None:
    for call in (
        lambda: service.get_agreement(office, 9),
        lambda: service.agreement_summary(office, 9),
        lambda: service.renew_agreement(office, 9, request_id=new_request_id()),
    ):
        with pytest.raises(UserError, match="AGREEMENT_MISSING"):
            call()
    with pytest.raises(UserError, match="CONFLICT"):
        service.save_agreement(
            office, a_draft(), request_id=new_request_id(), agreement_id=9, version=1
        )
    for field in ("renews_id", "amends_id"):
        with pytest.raises(FormProblems) as refused:
            saved(office, a_draft(**{field: 9}))
        assert [each.field for each in refused.value.problems] == [field]


def test_warnings_wait_until_every_line_can_be_priced(office: AppContext) -> None:
    broken = a_draft(quotas=(a_quota(months=0),))
    assert service.agreement_warnings(office, broken) == ()
    unknown = a_draft(quotas=(a_quota(from_month=date(2010, 1, 1)),))
    assert service.agreement_warnings(office, unknown) == ()


def test_too_much_money_is_refused(office: AppContext) -> None:
    with pytest.raises(FormProblems) as refused:
        saved(office, a_draft(quotas=(a_quota(heads=10**8),)))
    assert refused.value.problems[0].code == "AMOUNT_TOO_LARGE"


def test_a_nik_of_the_factories_is_sound(office: AppContext) -> None:
    assert claimed(office, paid(7, date(2026, 1, 1), 1, participant_nik=a_nik(7)))
