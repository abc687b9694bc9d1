"""The terms under which a list enters: the right quota line, its months, its rates of the day."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bpjsdesk.domain.enrollment import BatchRequest
from bpjsdesk.errors import UserError
from bpjsdesk.progress import CancelToken, Progress, ProgressSink, ignore_progress
from bpjsdesk.services import batches
from bpjsdesk.services.agreements import save_agreement
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.people import find_people
from bpjsdesk.services.staging import stage_list
from tests.services.factories import a_draft, a_quota
from tests.services.lists import (
    checked,
    request_for,
    stored,
    workbook,
    worker,
)
from tests.services.staged_lists import opened

YEAR_RATE = 12 * 16_800
WRONG_TARGETS = (
    ({"category": "PKK"}, "QUOTA_MISSING"),
    ({"agreement_id": 99}, "AGREEMENT_MISSING"),
    ({"from_month": date(2026, 7, 1), "months": 7}, "BATCH_MONTHS_OUTSIDE"),
    ({"from_month": date(2025, 12, 1), "months": 1}, "BATCH_MONTHS_OUTSIDE"),
)


@pytest.fixture
def agreement_id(office: AppContext) -> int:
    return save_agreement(office, a_draft(), request_id=new_request_id()).object_id


def test_a_list_checked_before_its_quota_changed_is_not_accepted(
    office: AppContext, tmp_path: Path
) -> None:
    draft = a_draft(signed_on=None)
    agreement_id = save_agreement(office, draft, request_id=new_request_id()).object_id
    path = workbook(tmp_path / "a.xlsx", [worker(1)])
    work = checked(office, agreement_id, path, from_month=date(2026, 1, 1), months=3)
    more = replace(draft, quotas=(replace(draft.quotas[0], heads=70),))
    save_agreement(office, more, request_id=new_request_id(), agreement_id=agreement_id, version=1)
    with pytest.raises(UserError, match="CHECK_OUTDATED"):
        stored(office, work)
    assert find_people(office, "BUDI").people == ()
    assert stored(office, opened(office, work.batch_id)) == work.batch_id


def test_a_list_is_paid_by_the_terms_of_the_day_on_which_it_is_accepted(
    office: AppContext, tmp_path: Path
) -> None:
    draft = a_draft(signed_on=None)
    agreement_id = save_agreement(office, draft, request_id=new_request_id()).object_id
    first = checked(office, agreement_id, workbook(tmp_path / "a.xlsx", [worker(1)]))
    whole_year = checked(office, agreement_id, workbook(tmp_path / "b.xlsx", [worker(2)]))
    fewer = replace(draft, quotas=(a_quota(programmes=("JKK",)),))
    save_agreement(office, fewer, request_id=new_request_id(), agreement_id=agreement_id, version=1)
    batch_id = stored(office, opened(office, first.batch_id))
    found = batches.get_batch(office, batch_id)
    assert found.item.amount == sum(found.rates) < YEAR_RATE
    batches.participant_list(
        office, batch_id, progress=ignore_progress, cancel=CancelToken()
    ).assert_consistent()
    shorter = replace(draft, quotas=(a_quota(months=3),))
    save_agreement(
        office, shorter, request_id=new_request_id(), agreement_id=agreement_id, version=2
    )
    with pytest.raises(UserError, match="BATCH_MONTHS_OUTSIDE"):
        stored(office, opened(office, whole_year.batch_id))


def test_months_choose_among_quota_lines_of_one_category(
    office: AppContext, tmp_path: Path
) -> None:
    line = a_draft().quotas[0]
    halves = (
        replace(line, months=6),
        replace(line, months=6, from_month=date(2026, 7, 1), heads=50),
    )
    draft = a_draft(quotas=halves)
    agreement_id = save_agreement(office, draft, request_id=new_request_id()).object_id
    path = workbook(tmp_path / "a.xlsx", [worker(1)])
    batch_id = stored(
        office, checked(office, agreement_id, path, from_month=date(2026, 8, 1), months=5)
    )
    found = batches.get_batch(office, batch_id)
    assert (found.quota_heads, found.accepted_under_quota) == (50, 1)
    assert found.item.amount == 5 * 16_800


def test_a_wrong_target_is_named(office: AppContext, agreement_id: int, tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [worker(1)])
    for changes, code in WRONG_TARGETS:
        with pytest.raises(UserError, match=code):
            checked(office, agreement_id, path, **changes)


def test_terms_that_change_while_the_file_is_read_are_noticed(
    office: AppContext, tmp_path: Path
) -> None:
    draft = a_draft(signed_on=None)
    drafted = save_agreement(office, draft, request_id=new_request_id()).object_id
    shorter = replace(draft, quotas=(a_quota(months=3),))
    request = request_for(drafted, workbook(tmp_path / "a.xlsx", [worker(1)]))

    def meanwhile(_progress: Progress, /) -> None:
        save_agreement(office, shorter, request_id="lain", agreement_id=drafted, version=1)

    with pytest.raises(UserError, match="CHECK_OUTDATED"):
        taken_in(office, request, progress=meanwhile)
    assert batches.list_batches(office) == ()


def taken_in(
    office: AppContext,
    request: BatchRequest,
    *,
    request_id: str = "",
    progress: ProgressSink = ignore_progress,
    cancel: CancelToken | None = None,
) -> int:
    return stage_list(
        office,
        request,
        request_id=request_id or new_request_id(),
        progress=progress,
        cancel=cancel or CancelToken(),
    ).object_id
