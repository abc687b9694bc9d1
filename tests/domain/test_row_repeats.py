"""Who repeats the NIK or the telephone of an earlier row."""

import pytest

from bpjsdesk.domain.row_issues import USUAL_LEVELS, IssueCode
from bpjsdesk.domain.row_repeats import SharedNumbers, marked, repeats_of
from tests.domain.row_samples import check

NIK, OTHER_NIK, PHONE = "7171015203900001", "7171015203900002", "081234567890"
FILLER = "1111111111111111"


def told(*rows: tuple[str | None, str | None, str | None]) -> list[set[str]]:
    return [{code.value for code in found} for found in repeats_of((*row, False) for row in rows)]


def test_a_shared_phone_warns_from_the_second_row_on() -> None:
    first, second = told((NIK, "RINA", PHONE), (OTHER_NIK, "BUDI", PHONE))
    assert (first, second) == (set(), {"PHONE_SHARED"})
    row = marked(check(), (IssueCode.PHONE_SHARED,), USUAL_LEVELS)
    assert row.codes == (IssueCode.PHONE_SHARED,)
    assert not row.is_held


def test_a_repeated_nik_is_held() -> None:
    assert told((NIK, "RINA", PHONE), (NIK, "RINA", None)) == [set(), {"DUP_IN_FILE"}]
    assert marked(check(), (IssueCode.DUP_IN_FILE,), USUAL_LEVELS).is_held


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("RINA WULUR", {"DUP_IN_FILE"}),
        ("HJ. RINA WULUR, S.PD", {"DUP_IN_FILE"}),
        ("R. WULUR", {"DUP_IN_FILE"}),
        ("BUDI LUMI", {"DUP_IN_FILE", "NIK_TWO_NAMES"}),
        (None, {"DUP_IN_FILE"}),
    ],
)
def test_one_nik_of_two_names_is_told_apart_from_a_repeat(
    name: str | None, found: set[str]
) -> None:
    assert told((NIK, "RINA WULUR", None), (NIK, name, None))[1] == found
    assert told((NIK, name, None), (NIK, "RINA WULUR", None))[1] == found


def test_a_substitute_for_a_nik_and_open_cells_are_shared_with_nobody() -> None:
    assert told((FILLER, "RINA", None), (FILLER, "BUDI", None), (None, None, None)) == [set()] * 3


def test_what_no_longer_repeats_anybody_loses_only_that() -> None:
    row = marked(check(sex="L"), (IssueCode.DUP_IN_FILE,), USUAL_LEVELS)
    assert marked(row, (), USUAL_LEVELS) == check(sex="L")


def test_numbers_that_come_again_are_found_in_one_part_and_across_parts() -> None:
    numbers = SharedNumbers()
    numbers.take(0, [NIK, OTHER_NIK, None, None])
    assert numbers.repeated() == []
    numbers.take(4, [PHONE, None, PHONE, NIK])
    assert numbers.repeated() == [0, 4, 6, 7]
    assert set(numbers.places_of(NIK)) == {0, 7}
    assert set(numbers.places_of(PHONE)) == {4, 6}
    assert list(numbers.places_of(OTHER_NIK)) == [1]
    assert not numbers.places_of("7171015203900009")
