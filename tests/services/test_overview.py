"""The first page: figures with limits, an honest chart, actions worst first."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bpjsdesk.domain.access import Role
from bpjsdesk.domain.claims import Programme
from bpjsdesk.domain.overview import (
    ActionKind,
    AgreementFigure,
    OpenClaimsFigure,
    PaidFigure,
    ParticipantFigure,
    Urgency,
    working_days_after,
)
from bpjsdesk.domain.person_changes import IdentityField
from bpjsdesk.errors import UserError
from bpjsdesk.progress import CancelToken, ignore_progress
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.identity_requests import request_change
from bpjsdesk.services.overview import overview
from bpjsdesk.services.staging import stage_list
from tests.services.conftest import AsRole
from tests.services.factories import a_claim, a_draft, a_nik, a_quota, claimed, loaded, paid, saved
from tests.services.lists import request_for, workbook, worker


def test_an_empty_office_shows_zeros(office: AppContext) -> None:
    seen = overview(office)
    assert seen.participants == ParticipantFigure(active=0, quota=0)
    assert seen.agreements == AgreementFigure(in_force=0, expiring=0, expiring_days=60)
    assert (seen.actions, seen.batches) == ((), ())
    assert len(seen.months) == 12
    assert seen.months[0].month == date(2025, 12, 1)
    assert seen.chart().series == ()


def test_figures_stand_beside_their_limits(office: AppContext) -> None:
    saved(office)
    saved(office, a_draft(valid_to=date(2027, 6, 30)))
    saved(office, a_draft(signed_on=None))
    loaded(
        office,
        [
            paid(1, date(2026, 1, 5), 42_000_000),
            paid(2, date(2026, 11, 20), 8_000_000, programme=Programme.JKK),
            paid(3, date(2025, 11, 20), 5_000_000),
            paid(4, date(2025, 11, 21), 6_000_000),
        ],
    )
    claimed(office, a_claim(participant_nik=a_nik(9), complete_on=None))
    seen = overview(office)
    assert seen.participants == ParticipantFigure(active=0, quota=200)
    assert seen.agreements == AgreementFigure(in_force=2, expiring=1, expiring_days=60)
    assert seen.paid == PaidFigure(
        year=2026, cases=2, amount=50_000_000, previous_cases=1, previous_amount=5_000_000
    )
    assert seen.open_claims == OpenClaimsFigure(open=1, complete=0, overdue=0)


def test_the_chart_is_honest_about_the_running_month(office: AppContext) -> None:
    loaded(
        office,
        [
            paid(1, date(2025, 11, 30), 1),
            paid(2, date(2025, 12, 1), 2_000_000),
            paid(3, date(2026, 11, 20), 3_000_000, programme=Programme.SCHOLARSHIP),
        ],
    )
    chart = overview(office).chart()
    assert (chart.categories[0], chart.categories[-1], len(chart.categories)) == ("Des", "Nov", 12)
    assert {series.name: sum(series.values) for series in chart.series} == {
        "JKM": 2_000_000,
        "Beasiswa": 3_000_000,
    }
    assert (chart.highlighted, chart.note) == (11, "November s.d. tanggal 20")
    assert chart.totals()[-1] == 3_000_000


def test_actions_come_worst_first_with_cause_and_target(office: AppContext) -> None:
    near = saved(office)
    later = saved(office, a_draft(valid_to=date(2027, 2, 1), quotas=(a_quota(payer_type="OTHER"),)))
    draft = saved(office, a_draft(signed_on=None))
    claimed(office, a_claim(participant_nik=a_nik(1), complete_on=date(2026, 11, 17)))
    claimed(office, a_claim(participant_nik=a_nik(2), complete_on=date(2026, 11, 18)))
    seen = overview(office)
    assert [(action.kind, action.target_id) for action in seen.actions] == [
        (ActionKind.CLAIMS_OVERDUE, None),
        (ActionKind.AGREEMENT_EXPIRING, near),
        (ActionKind.AGREEMENT_EXPIRING, later),
        (ActionKind.AGREEMENT_UNSIGNED, draft),
        (ActionKind.RATES_UNVERIFIED, later),
    ]
    first = seen.actions[0]
    assert first.title == "1 klaim JKM sudah jatuh tempo bayar"
    assert first.cause == "Lengkap sejak 17 November 2026 · batas 3 hari kerja"
    assert (first.urgency, seen.actions[2].urgency) == (Urgency.BAD, Urgency.WARN)
    assert seen.actions[1].title == "Perjanjian Pemerintah Kota Manado berakhir 41 hari lagi"
    assert seen.open_claims == OpenClaimsFigure(open=2, complete=2, overdue=1)


def test_a_list_in_work_holds_nobody_up(office: AppContext, tmp_path: Path) -> None:
    under = saved(office)
    path = workbook(tmp_path / "daftar.xlsx", [worker(1, nik=None)])
    stage_list(
        office,
        request_for(under, path),
        request_id=new_request_id(),
        progress=ignore_progress,
        cancel=CancelToken(),
    )
    kinds = [action.kind for action in overview(office).actions]
    assert ActionKind.BATCH_HELD not in kinds


def test_changes_that_others_have_asked_for_wait_for_whoever_may_decide(
    office: AppContext, as_role: AsRole
) -> None:
    claimed(office, a_claim(participant_nik=a_nik(1), complete_on=None))
    clerk = as_role(Role.CLERK)
    for context, text in ((clerk, "BUDI WOWOR"), (office, "BUDI LUMOWA")):
        request_change(
            context, 1, IdentityField.NAME, text, basis="KTP", request_id=new_request_id()
        )
    (action,) = (
        each for each in overview(office).actions if each.kind is ActionKind.REQUESTS_WAITING
    )
    assert action.title == "1 permintaan perubahan data menunggu"
    assert action.cause == "Sejak 20 November 2026 · Dodi"
    kinds = [each.kind for each in overview(clerk).actions]
    assert ActionKind.REQUESTS_WAITING not in kinds


def test_working_days_leave_out_weekends_and_holidays() -> None:
    """Check domain.md §4.6: complete on Friday 28-11-2025, due on Wednesday 03-12-2025."""
    friday = date(2025, 11, 28)
    assert working_days_after(friday, 3, frozenset()) == date(2025, 12, 3)
    assert working_days_after(friday, 3, frozenset({date(2025, 12, 2)})) == date(2025, 12, 4)
    assert working_days_after(friday, 0, frozenset()) == friday


@pytest.mark.parametrize("role", list(Role))
def test_everyone_but_the_admin_sees_the_first_page(as_role: AsRole, role: Role) -> None:
    if role is Role.ADMIN:
        with pytest.raises(UserError, match="NOT_PERMITTED"):
            overview(as_role(role))
    else:
        assert overview(as_role(role)).months


def test_a_paid_or_closed_claim_is_not_open(office: AppContext) -> None:
    claimed(office, replace(a_claim(), paid_on=date(2026, 11, 9)))
    assert overview(office).open_claims == OpenClaimsFigure(open=0, complete=0, overdue=0)
