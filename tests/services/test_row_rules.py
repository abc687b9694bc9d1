"""Repeats of NIK and telephone within one list, some of whose rows were left out."""

from bpjsdesk.domain.row_issues import USUAL_LEVELS, IssueCode
from bpjsdesk.services.row_rules import with_repeats
from bpjsdesk.services.staged_rows import StagedRow, StagedRows
from tests.domain.row_samples import check

SAME, OTHER = IssueCode.DUP_IN_FILE, IssueCode.NIK_TWO_NAMES


def told(*names: str, out: tuple[bool, ...] = ()) -> list[tuple[IssueCode, ...]]:
    """Check rows of one NIK and tell their repeats."""
    rows = [check(name=name, phone=f"08120000000{at}") for at, name in enumerate(names)]
    items = StagedRows.of(StagedRow(row, "[]") for row in rows)
    return [
        item.row.codes for item in with_repeats(items, out or (False,) * len(rows), USUAL_LEVELS)
    ]


def test_each_row_is_compared_with_the_first_of_its_nik() -> None:
    assert told("Rina Wulur", "RINA WULUR", "Budi Lumi") == [(), (SAME,), (SAME, OTHER)]


def test_whoever_is_put_aside_contradicts_nobody() -> None:
    assert told("Budi Lumi", "Rina Wulur", "Rina Wulur", out=(True, False, False)) == [
        (),
        (),
        (SAME,),
    ]
