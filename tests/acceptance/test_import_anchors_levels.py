"""Anchors 5.7, numbers 3 and 12: a NIK column that Excel has cut, and a list beyond its quota."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bpjsdesk.domain.access import Role
from bpjsdesk.domain.agreements import Funding
from bpjsdesk.domain.issue_levels import LevelChange
from bpjsdesk.domain.row_issues import IssueCode, Level
from bpjsdesk.errors import UserError
from bpjsdesk.progress import CancelToken, ignore_progress
from bpjsdesk.services import batches
from bpjsdesk.services.acceptance import accept, breakdown, quota_meter, refuse, submit
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.issue_levels import save_level
from bpjsdesk.services.people import count_people
from bpjsdesk.services.repairs import reasons
from bpjsdesk.services.staging import StagedList
from bpjsdesk.services.work_columns import truncated_columns
from tests.offices import AsRole
from tests.services.factories import a_draft, a_quota, saved
from tests.services.lists import nik, workbook, worker
from tests.services.staged_lists import opened, staged

ROOM, OVER = 88, 412
A_YEAR = 16_800 * 12


def taken(office: AppContext, work: StagedList, *, up_to_quota: bool = False) -> None:
    accept(
        office,
        work,
        request_id=new_request_id(),
        progress=ignore_progress,
        cancel=CancelToken(),
        up_to_quota=up_to_quota,
    )


@pytest.fixture
def under(office: AppContext) -> int:
    """Sign for 88 people whose contributions are not limited by a stated amount."""
    return saved(office, a_draft(quotas=(a_quota(heads=ROOM),), funding=()))


def test_anchor_5_7_03_truncated_nik_column_refused_text_accepted_mixed_row_by_row(
    office: AppContext, under: int, tmp_path: Path
) -> None:
    def listed(name: str, cells: dict[int, object]) -> StagedList:
        rows = [worker(serial, nik=cell) for serial, cell in cells.items()]
        return staged(office, under, workbook(tmp_path / f"{name}.xlsx", rows))

    numbers = listed("angka", {n: int(nik(n)) // 10 * 10 for n in range(1, 25)})
    assert reasons(numbers) == {IssueCode.NIK_AS_NUMBER: 24}
    assert truncated_columns(numbers)[0].numbers == 24

    as_text = listed("teks terpotong", {n: f"{nik(n * 10)[:-1]}0" for n in range(25, 49)})
    assert reasons(as_text) == {IssueCode.NIK_TRUNCATED: 24}
    assert truncated_columns(as_text)[0].texts == 24
    assert breakdown(as_text).entering == breakdown(numbers).entering == 0

    sound = listed("teks", {n: nik(n) for n in range(501, 525)})
    assert (reasons(sound), truncated_columns(sound)) == ({}, ())
    taken(office, sound)
    assert batches.get_batch(office, sound.batch_id).item.counts.accepted == 24

    mixed: dict[int, object] = {n: int(nik(n)) if n % 3 == 0 else nik(n) for n in range(601, 625)}
    by_row = listed("campur", mixed)
    assert reasons(by_row) == {IssueCode.NIK_AS_NUMBER: 8}
    assert truncated_columns(by_row) == ()
    taken(office, by_row)
    assert batches.get_batch(office, by_row.batch_id).item.counts.accepted == 16


def test_anchor_5_7_12_over_quota_by_412_rows(
    office: AppContext, under: int, as_role: AsRole, tmp_path: Path
) -> None:
    rows = [worker(serial) for serial in range(1, ROOM + OVER + 1)]
    work = staged(office, under, workbook(tmp_path / "besar.xlsx", rows))
    assert quota_meter(office, work).over == OVER
    before = count_people(office)
    with pytest.raises(UserError, match="Kuota 88 orang terlampaui 412 orang") as refusal:
        taken(office, work)
    assert refusal.value.code == "OVER_QUOTA"
    assert count_people(office) == before

    submit(as_role(Role.CLERK), work, request_id=new_request_id())
    refuse(office, opened(office, work.batch_id), reason="Kurangi", request_id=new_request_id())
    again = opened(office, work.batch_id)
    taken(office, again, up_to_quota=True)
    counts = batches.get_batch(office, work.batch_id).item.counts
    assert (counts.read, counts.accepted, counts.held) == (ROOM + OVER, ROOM, OVER)
    assert batches.get_batch(office, work.batch_id).issues == {"OVER_QUOTA": OVER}
    waiting = opened(office, work.batch_id)
    assert breakdown(waiting).entering == OVER
    with pytest.raises(UserError, match="terlampaui 412 orang"):
        taken(office, waiting)


def test_anchor_5_7_12_money_is_metered_and_refuses_where_its_level_says_so(
    office: AppContext, as_role: AsRole, tmp_path: Path
) -> None:
    funding = Funding(source="APBD", fiscal_year=2026, amount=5 * A_YEAR + 1)
    tight = saved(office, replace(a_draft(), funding=(funding,)))
    rows = [worker(serial) for serial in range(1, 9)]
    work = staged(office, tight, workbook(tmp_path / "a.xlsx", rows))
    meter = quota_meter(office, work)
    assert (meter.over, meter.over_budget, meter.unfunded) == (0, 3 * A_YEAR - 1, 3)

    change = LevelChange(
        code=IssueCode.OVER_BUDGET,
        level=Level.ERROR,
        valid_from=date(2026, 11, 20),
        reason="Pagu tidak boleh dilampaui",
    )
    save_level(as_role(Role.ADMIN), change, request_id=new_request_id())
    strict = opened(office, work.batch_id)
    with pytest.raises(UserError, match=r"Pagu Rp1\.008\.001 terlampaui Rp604\.799"):
        taken(office, strict)
    taken(office, strict, up_to_quota=True)
    detail = batches.get_batch(office, work.batch_id)
    assert (detail.item.counts.accepted, detail.issues) == (5, {"OVER_BUDGET": 3})
