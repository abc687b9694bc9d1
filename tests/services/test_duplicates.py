"""Who may be one person: found in four lists, decided once, remembered, and taken back."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bpjsdesk.domain.access import Role
from bpjsdesk.domain.duplicates import (
    Choice,
    DuplicateLists,
    Pair,
    PairKind,
    groups_of,
)
from bpjsdesk.domain.enrollment import BatchRequest
from bpjsdesk.domain.row_issues import IssueCode
from bpjsdesk.domain.staging import DecidedOutcome
from bpjsdesk.errors import UserError
from bpjsdesk.progress import CancelToken, ignore_progress
from bpjsdesk.services.acceptance import accept, breakdown
from bpjsdesk.services.agreements import save_agreement
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.duplicates import duplicate_lists
from bpjsdesk.services.list_steps import undo
from bpjsdesk.services.pair_decisions import decide_pair, decide_pairs
from bpjsdesk.services.people import find_people
from bpjsdesk.services.staging import StagedList, open_list, stage_list
from bpjsdesk.storage import duplicates
from tests.offices import AsRole
from tests.services.factories import a_draft, a_quota
from tests.services.lists import nik, request_for, workbook, worker

JULY = date(2026, 7, 1)
NAME, PHONE = 2, 6


@pytest.fixture
def city(office: AppContext) -> int:
    return save_agreement(office, a_draft(), request_id=new_request_id()).object_id


def later(under: int, path: Path) -> BatchRequest:
    """Ask for the second half of the year, so that nobody of the first half is paid twice."""
    return request_for(under, path, from_month=JULY, months=6)


def staged(office: AppContext, request: BatchRequest) -> StagedList:
    answer = stage_list(
        office,
        request,
        request_id=new_request_id(),
        progress=ignore_progress,
        cancel=CancelToken(),
    )
    return opened(office, answer.object_id)


def opened(office: AppContext, batch_id: int) -> StagedList:
    return open_list(office, batch_id, progress=ignore_progress, cancel=CancelToken())


def accepted(office: AppContext, work: StagedList) -> None:
    accept(
        office,
        work,
        request_id=new_request_id(),
        progress=ignore_progress,
        cancel=CancelToken(),
    )


def registered(office: AppContext, under: int, rows: Sequence[list[object]], path: Path) -> None:
    """Put people into the register for the first half of the year."""
    request = request_for(under, workbook(path, rows), from_month=date(2026, 1, 1), months=6)
    accepted(office, staged(office, request))


def listed(
    office: AppContext, under: int, rows: Sequence[list[object]], path: Path
) -> tuple[StagedList, DuplicateLists]:
    """Take a list in for the second half and look for doubles."""
    work = staged(office, later(under, workbook(path, rows)))
    return work, found_in(office, work)


def found_in(office: AppContext, work: StagedList) -> DuplicateLists:
    return duplicate_lists(office, work, progress=ignore_progress, cancel=CancelToken())


def decided(
    office: AppContext, work: StagedList, pair: Pair, choice: Choice
) -> tuple[StagedList, DuplicateLists]:
    after = decide_pair(office, work, pair, choice, request_id=new_request_id())
    return after, found_in(office, after)


def test_same_nik_in_the_file_names_what_differs_and_knows_identical_rows(
    office: AppContext, city: int, tmp_path: Path
) -> None:
    rows = [worker(1), worker(2), worker(1), worker(1, phone="081300000001", name="Moh. Budi")]
    work, lists = listed(office, city, rows, tmp_path / "a.xlsx")
    first, second = lists.same_in_file
    assert first.is_identical
    assert first.differing == ()
    assert second.differing == ("name", "phone")
    assert lists.identical == (first,)
    assert groups_of(lists.same_in_file) == {nik(1): (first, second)}
    assert (first.kept.place, first.offered.row_no) == ("Lembar “Sheet” baris 2", 4)
    left = decide_pairs(office, work, lists.identical, Choice.LINK, request_id=new_request_id())
    assert set(left.outcomes.values()) == {"SKIPPED"}
    assert breakdown(left).decided == 1
    assert found_in(office, left).same_in_file == (replace(second),)


def test_the_later_row_brings_news_to_the_first_and_a_blank_brings_none(
    office: AppContext, city: int, tmp_path: Path
) -> None:
    rows = [worker(1), worker(1, phone="081300000001", village=None)]
    work, lists = listed(office, city, rows, tmp_path / "a.xlsx")
    (pair,) = lists.same_in_file
    assert pair.taken_fields == ("phone",)
    after, _ = decided(office, work, pair, Choice.UPDATE)
    row = after.check.staged[0].row
    assert (row.phone, row.village) == ("081300000001", "Molas")
    assert breakdown(after).decided == 1
    back = undo(office, after, request_id=new_request_id())
    assert back.check.staged == work.check.staged
    assert opened(office, work.batch_id).check.staged == work.check.staged


def test_one_nik_is_one_person(office: AppContext, city: int, tmp_path: Path) -> None:
    work, lists = listed(office, city, [worker(1), worker(1)], tmp_path / "a.xlsx")
    with pytest.raises(UserError, match="hanya milik satu orang"):
        decided(office, work, lists.same_in_file[0], Choice.NOT_SAME)


def test_similar_persons_are_found_and_explained(
    office: AppContext, city: int, tmp_path: Path
) -> None:
    registered(office, city, [worker(11, name="MUHAMMAD RIZKI P")], tmp_path / "a.xlsx")
    rows = [worker(12, name="MOH. RIZKI P", phone="081300000002"), worker(3, name="ANI WUISAN")]
    _work, lists = listed(office, city, rows, tmp_path / "b.xlsx")
    (pair,) = lists.similar
    assert pair.kind is PairKind.SIMILAR_IN_REGISTER
    words = "Nama 100 · tanggal lahir sama · NIK beda 1 angka, posisi 16 · HP beda"
    assert pair.likeness.words == words
    assert pair.pattern == "NIK beda 1 angka, “MUHAMMAD” = “MOH”, Nomor HP beda"
    assert lists.codes == {pair.offered.line_id: (IssueCode.SIMILAR_PERSON,)}
    assert lists.of_pattern(pair) == (pair,)


def test_the_same_telephone_makes_alike_names_a_pair(
    office: AppContext, city: int, tmp_path: Path
) -> None:
    first = worker(1, name="SELVI MANOPPO")
    other = worker(7, name="SILVI MANOPPO", nik=nik(7, day=13), born="13-08-1985")
    other[PHONE] = first[PHONE]
    nobody = worker(8, nik=nik(8, day=14), born="14-08-1985", name="TRULY OROH")
    nobody[PHONE] = first[PHONE]
    _work, lists = listed(office, city, [first, other, nobody], tmp_path / "a.xlsx")
    (pair,) = lists.similar
    assert pair.kind is PairKind.SIMILAR_IN_FILE
    assert not lists.undecided_lines


def test_a_row_without_nik_takes_that_of_the_person_whom_it_names(
    office: AppContext, city: int, tmp_path: Path
) -> None:
    registered(office, city, [worker(1, name="OLGA WENAS")], tmp_path / "a.xlsx")
    work, lists = listed(
        office, city, [worker(9, nik=None, name="OLGA WENAS")], tmp_path / "b.xlsx"
    )
    after, lists = decided(office, work, lists.similar[0], Choice.LINK)
    assert after.check.staged[0].row.nik == nik(1)
    assert breakdown(after).linked == 1
    assert lists.decided == {work.line_ids[0]: DecidedOutcome.LINKED}
    assert lists.similar == ()
    back = undo(office, after, request_id=new_request_id())
    assert back.check.staged == work.check.staged
    assert found_in(office, back).decided == {}


def test_all_pairs_of_one_pattern_are_decided_in_one_step(
    office: AppContext, city: int, tmp_path: Path
) -> None:
    known = ["MUHAMMAD ARIF LASUT", "MUHAMMAD FADLI OROH", "OLGA WENAS"]
    people = [worker(number * 10 + 1, name=name) for number, name in enumerate(known, start=1)]
    registered(office, city, people, tmp_path / "a.xlsx")
    names = ["MOH. ARIF LASUT", "MOH FADLI OROH", "OLGA WENAS"]
    rows = [worker(number * 10 + 2, name=name) for number, name in enumerate(names, start=1)]
    work, lists = listed(office, city, rows, tmp_path / "b.xlsx")
    assert len(lists.similar) == 3
    alike = lists.of_pattern(next(pair for pair in lists.similar if "MOH" in pair.pattern))
    assert len(alike) == 2
    after = decide_pairs(office, work, alike, Choice.LINK, request_id=new_request_id())
    assert [(step.rule, step.rows) for step in after.steps] == [("SAME_PERSON", 2)]
    assert (breakdown(after).linked, breakdown(after).new) == (2, 1)
    assert len(found_in(office, after).similar) == 1
    assert undo(office, after, request_id=new_request_id()).check.staged == work.check.staged


def test_a_telephone_of_very_many_makes_no_pairs(
    office: AppContext, city: int, tmp_path: Path
) -> None:
    rows = [
        worker(n, name="ANI OROH", nik=nik(n, day=n % 25 + 1), born=f"{n % 25 + 1:02d}-08-1985")
        for n in range(1, 56)
    ]
    for row in rows:
        row[PHONE] = "081200000001"
    _work, lists = listed(office, city, rows, tmp_path / "a.xlsx")
    assert all(
        pair.kept.values.birth_date == pair.offered.values.birth_date for pair in lists.similar
    )


def test_later_leaves_everything_as_it_is(office: AppContext, city: int, tmp_path: Path) -> None:
    rows = [worker(11, name="IRNA OROH"), worker(12, name="IRMA OROH")]
    work, lists = listed(office, city, rows, tmp_path / "a.xlsx")
    assert decided(office, work, lists.similar[0], Choice.LATER)[0] is work
    assert breakdown(work).new == 2


def test_who_pays_twice_is_named_in_rupiah(office: AppContext, tmp_path: Path) -> None:
    province = a_draft(
        title="Perlindungan Pekerja Rentan Provinsi",
        valid_from=date(2026, 3, 1),
        quotas=(a_quota(from_month=date(2026, 3, 1), months=10),),
    )
    under = [
        save_agreement(office, draft, request_id=new_request_id()).object_id
        for draft in (a_draft(), province)
    ]
    registered(office, under[0], [worker(1), worker(2)], tmp_path / "a.xlsx")
    request = request_for(
        under[1], workbook(tmp_path / "b.xlsx", [worker(1), worker(3, name="OLGA WENAS")])
    )
    work = staged(office, request)
    (paid,) = found_in(office, work).paid_elsewhere
    assert (paid.first, paid.last, paid.months) == (date(2026, 3, 1), date(2026, 6, 1), 4)
    assert (paid.by_this, paid.by_other, paid.wasted) == (4 * 16_800, 4 * 16_800, 67_200)
    assert paid.other_is_earlier
    words = paid.words(work.check.target.agreement_title)
    assert "Maret–Juni 2026, 4 bulan: Rp67.200 terbuang" in words
    assert "Usul pembayar: Perlindungan Pekerja Rentan di Kota Manado" in words
    assert found_in(office, work).codes == {work.line_ids[0]: (IssueCode.ALREADY_PAID,)}


def test_a_decision_is_a_step_with_its_permission(
    office: AppContext, city: int, as_role: AsRole, tmp_path: Path
) -> None:
    work, lists = listed(office, city, [worker(1), worker(1)], tmp_path / "a.xlsx")
    with pytest.raises(UserError, match="tidak berwenang"):
        decided(as_role(Role.READER), work, lists.same_in_file[0], Choice.LINK)
    after, _ = decided(office, work, lists.same_in_file[0], Choice.LINK)
    assert [(step.rule, step.rows) for step in after.steps] == [("SAME_PERSON", 1)]
    assert find_people(office, "BUDI").people == ()


def test_what_an_earlier_list_said_of_a_pair_stands_again_when_the_later_word_is_undone(
    office: AppContext, city: int, tmp_path: Path
) -> None:
    registered(office, city, [worker(11, name="MUHAMMAD RIZKI P")], tmp_path / "a.xlsx")
    said = []
    for phone in ("081300000001", "081300000002"):
        rows = [worker(12, name="MOH. RIZKI P", phone=phone)]
        work, lists = listed(office, city, rows, tmp_path / f"{phone}.xlsx")
        after, _lists = decided(office, work, lists.similar[0], Choice.NOT_SAME)
        with office.database.read() as connection:
            said.append(duplicates.seen_pairs(connection))
    assert said[0] != said[1]
    undo(office, after, request_id=new_request_id())
    with office.database.read() as connection:
        assert duplicates.seen_pairs(connection) == said[0]
