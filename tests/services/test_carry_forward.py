"""Next year's list is last year's without those whose membership ended, and it reads back whole."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bpjsdesk.domain.list_comparison import Listed, compare
from bpjsdesk.progress import CancelToken, ignore_progress
from bpjsdesk.services.agreements import save_agreement
from bpjsdesk.services.carry_forward import carry_forward, compare_with_batch
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.identity_requests import end_membership
from bpjsdesk.services.people import find_people
from bpjsdesk.services.staging import open_list, stage_list
from tests.services.factories import a_draft
from tests.services.lists import checked, nik, request_for, stored, workbook, worker


@pytest.fixture
def batch_id(office: AppContext, tmp_path: Path) -> int:
    under = save_agreement(office, a_draft(), request_id=new_request_id()).object_id
    book = workbook(tmp_path / "a.xlsx", [worker(serial) for serial in range(1, 6)])
    return stored(office, checked(office, under, book))


def test_whoever_died_or_moved_is_left_out_and_the_rest_goes_on_unchanged(
    office: AppContext, batch_id: int, tmp_path: Path
) -> None:
    for serial, reason in ((1, "MENINGGAL"), (2, "PINDAH")):
        person_id = find_people(office, nik(serial)).people[0].person_id
        end_membership(
            office, person_id, reason, since=date(2026, 11, 1), request_id=new_request_id()
        )
    made = carry_forward(office, batch_id, tmp_path / "2027.xlsx")
    assert (made.going_on, made.left_out) == (
        3,
        {"Meninggal dunia": 1, "Pindah dari wilayah mitra": 1},
    )
    later = replace(a_draft(), title="Tahun berikutnya")
    under = save_agreement(office, later, request_id=new_request_id()).object_id
    again = checked(office, under, made.file)
    assert {item.row.nik for item in again.staged} == {nik(3), nik(4), nik(5)}
    assert all(item.row.birth_date == date(1985, 8, 12) for item in again.staged)


def test_a_new_full_list_is_compared_with_the_earlier_one(
    office: AppContext, batch_id: int, tmp_path: Path
) -> None:
    rows = [worker(2), worker(3, name="BUDI WOWOR"), worker(4, phone=None), worker(9)]
    other = replace(a_draft(), title="Tahun berikutnya")
    under = save_agreement(office, other, request_id=new_request_id()).object_id
    answer = stage_list(
        office,
        request_for(under, workbook(tmp_path / "b.xlsx", rows)),
        request_id=new_request_id(),
        progress=ignore_progress,
        cancel=CancelToken(),
    )
    work = open_list(office, answer.object_id, progress=ignore_progress, cancel=CancelToken())
    found = compare_with_batch(office, work, batch_id)
    assert found.same == 2
    assert [(one.after.nik, one.fields) for one in found.changed] == [(nik(3), ("name",))]
    assert [one.nik for one in found.new] == [nik(9)]
    assert [one.nik for one in found.missing] == [nik(1), nik(5)]


def test_two_empty_lists_are_the_same() -> None:
    found = compare([], [])
    assert (found.same, found.changed, found.new, found.missing) == (0, (), (), ())
    one = Listed(nik(1), "A", None, "", "", "")
    assert compare([one], [one]).same == 1
