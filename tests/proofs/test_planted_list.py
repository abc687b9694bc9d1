"""Every planted fault is found by its code, no clean row is held, no repair makes a row wrong."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bpjsdesk.domain.enrollment import LineStatus
from bpjsdesk.domain.row_check import CheckedRow
from bpjsdesk.domain.row_issues import IssueCode
from bpjsdesk.domain.row_kinds import RowKind
from bpjsdesk.progress import CancelToken, ignore_progress
from bpjsdesk.services.acceptance import breakdown
from bpjsdesk.services.agreements import save_agreement
from bpjsdesk.services.batch_check import status_of
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.duplicates import duplicate_lists
from bpjsdesk.services.repairs import offers, reasons, repair
from bpjsdesk.services.staging import StagedList, open_list, stage_list
from tests.services.factories import a_draft, a_quota
from tests.services.lists import request_for
from tests.services.planted_list import FEWEST_IN_FULL, FULL, PlantedList, PlantedRow, write_planted
from tests.services.planted_slips import EVERY_FAULT

SHORT = 3_000
RIGHT_SHARE = 0.95
# What no file can show by itself: it takes the register, the quota or the core system.
NOT_OF_THE_FILE = {
    IssueCode.DUP_ACTIVE,
    IssueCode.NAME_DIFFERS,
    IssueCode.DOB_DIFFERS,
    IssueCode.OVER_QUOTA,
    IssueCode.OCCUPATION_UNKNOWN,
    IssueCode.OVER_BUDGET,
    IssueCode.NIK_TRUNCATED,
    IssueCode.SAME_PERSON,
    IssueCode.DECEASED,
    IssueCode.MEMBERSHIP_ENDED,
    IssueCode.NIK_REPLACED,
    IssueCode.DUP_OTHER_DRAFT,
    IssueCode.SAME_AS_LAST,
    IssueCode.SIMILAR_PERSON,
    IssueCode.ALREADY_PAID,
    IssueCode.CORE_REJECTED,
    IssueCode.NIK_NOT_IN_DUKCAPIL,
    IssueCode.ALREADY_ACTIVE_PU,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """A planted list, taken in."""

    planted: PlantedList
    work: StagedList
    office: AppContext

    def pairs(self, work: StagedList | None = None) -> Iterator[tuple[PlantedRow, CheckedRow]]:
        """Give each person's planted row with what was found in it."""
        found = {
            (item.row.sheet, item.row.row_no): item.row
            for item in (work or self.work).check.staged
            if item.row.kind is RowKind.DATA
        }
        assert found.keys() == self.planted.rows.keys()
        return ((line, found[place]) for place, line in self.planted.rows.items())


def test_every_fault_of_a_file_is_planted() -> None:
    planted = frozenset[IssueCode]().union(*(fault.codes for fault in EVERY_FAULT))
    assert planted == set(IssueCode) - NOT_OF_THE_FILE


def test_a_short_planted_list(office: AppContext, tmp_path: Path) -> None:
    prove(office, tmp_path, SHORT)


@pytest.mark.long
def test_a_full_planted_list(office: AppContext, tmp_path: Path) -> None:
    planted = prove(office, tmp_path, FULL)
    counts = Counter(code for line in planted.rows.values() for code in line.codes)
    assert min(counts.values()) >= FEWEST_IN_FULL


def prove(office: AppContext, folder: Path, rows: int) -> PlantedList:
    """Take a planted list in, look for its faults, and carry out every repair that is offered."""
    proof = taken_in(office, folder / "daftar.xlsx", rows)
    every_fault_is_found_and_nothing_else(proof)
    no_clean_row_is_held_or_misread(proof)
    the_counters_add_up(proof)
    every_double_is_found(proof)
    repairs_are_right_or_not_made(proof)
    return proof.planted


def taken_in(office: AppContext, path: Path, rows: int) -> Proof:
    quota = a_quota(heads=rows)
    under = save_agreement(office, a_draft(quotas=(quota,)), request_id=new_request_id()).object_id
    planted = write_planted(path, rows)
    answer = stage_list(
        office,
        request_for(under, path),
        request_id=new_request_id(),
        progress=ignore_progress,
        cancel=CancelToken(),
    )
    work = open_list(office, answer.object_id, progress=ignore_progress, cancel=CancelToken())
    return Proof(planted=planted, work=work, office=office)


def every_fault_is_found_and_nothing_else(proof: Proof) -> None:
    wrong = [
        (line.fault and line.fault.name, sorted(line.codes), row.codes, row.sheet, row.row_no)
        for line, row in proof.pairs()
        if line.codes != set(row.codes)
    ]
    assert wrong == []


def no_clean_row_is_held_or_misread(proof: Proof) -> None:
    clean = [(line, row) for line, row in proof.pairs() if line.fault is None]
    assert [row for _line, row in clean if status_of(row) is not LineStatus.ACCEPTED] == []
    assert [found for line, row in clean if (found := differences(line, row))] == []


def the_counters_add_up(proof: Proof) -> None:
    planted, counts = proof.planted, breakdown(proof.work)
    assert (counts.blank, counts.ignored) == (planted.blank, planted.ignored)
    assert counts.read == len(planted.rows) + planted.blank + planted.ignored
    assert counts.new + counts.held == len(planted.rows)


def every_double_is_found(proof: Proof) -> None:
    lists = duplicate_lists(
        proof.office, proof.work, progress=ignore_progress, cancel=CancelToken()
    )
    found = {(pair.offered.sheet, pair.offered.row_no) for pair in lists.same_in_file}
    planted = proof.planted.rows.items()
    assert found == {place for place, line in planted if IssueCode.DUP_IN_FILE in line.codes}
    assert (lists.same_in_register, lists.paid_elsewhere) == ((), ())


def repairs_are_right_or_not_made(proof: Proof) -> None:
    work = with_all_repairs(proof.office, proof.work)
    before = {(row.sheet, row.row_no): row for _line, row in proof.pairs()}
    made_wrong, right, repairable = [], 0, 0
    for line, row in proof.pairs(work):
        assert line.fault is not None or not row.codes
        first, false = before[row.sheet, row.row_no], differences(line, row)
        if any(getattr(first, key) != getattr(row, key) for key in false):
            made_wrong.append((line.fault and line.fault.name, false))
        if line.fault is not None and line.fault.repairable:
            repairable += 1
            right += not false and not row.codes
    assert made_wrong == []
    assert right >= RIGHT_SHARE * repairable
    print(f"{len(proof.planted.rows)} rows: {right} of {repairable} repairable rows right")  # noqa: T201  # the figures of the proof, shown by pytest -s


def with_all_repairs(office: AppContext, work: StagedList) -> StagedList:
    """Carry out all that is offered, reason by reason, until nothing more is offered."""
    while found := [offer for code in reasons(work) for offer in offers(work, code)]:
        work = repair(office, work, found[0], request_id=new_request_id())
    return work


def differences(line: PlantedRow, row: CheckedRow) -> Mapping[str, Any]:
    """Name the values that are not what they should be; a value left open is not a false one."""
    return {
        key: (value, found)
        for key, value in line.truth.items()
        if (found := getattr(row, key)) != value and (found is not None or line.fault is None)
    }
