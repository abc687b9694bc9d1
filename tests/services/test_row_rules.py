"""Repeats of NIK and telephone told again after a step."""

from bpjsdesk.domain.row_issues import USUAL_LEVELS, IssueCode
from bpjsdesk.services.batch_check import StagedRow
from bpjsdesk.services.row_rules import with_repeats
from tests.domain.row_samples import check, checker

SAME, OTHER = IssueCode.DUP_IN_FILE, IssueCode.NIK_TWO_NAMES


def told(*names: str, out: tuple[bool, ...] = ()) -> list[tuple[IssueCode, ...]]:
    """Check rows of one NIK, then tell their repeats again."""
    within = checker()
    rows = [check(within, name=name, phone=f"08120000000{at}") for at, name in enumerate(names)]
    items = [StagedRow(row, "[]") for row in rows]
    found = list(with_repeats(items, out or (False,) * len(rows), USUAL_LEVELS))
    return [item.row.codes for item in found]


def test_nothing_changes_where_nothing_has_changed() -> None:
    assert told("Rina Wulur", "RINA WULUR", "Budi Lumi") == [(), (SAME,), (SAME, OTHER)]


def test_whoever_is_put_aside_contradicts_nobody() -> None:
    assert told("Budi Lumi", "Rina Wulur", "Rina Wulur", out=(True, False, False)) == [
        (),
        (),
        (SAME,),
    ]
