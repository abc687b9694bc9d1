"""Levels of issue codes: what holds a row, what is only shown, what is not looked at."""

from bpjsdesk.domain.row_check import with_codes, without_codes
from bpjsdesk.domain.row_issues import ISSUES, USUAL_LEVELS, IssueCode, Level, Levels
from tests.domain.row_samples import check, checker

LOOSE = Levels.of(
    {
        IssueCode.NIK_SEX_MISMATCH: Level.ERROR,
        IssueCode.DOB_UNREADABLE: Level.WARNING,
        IssueCode.PHONE_FORMAT: Level.OFF,
    }
)


def test_a_code_that_nobody_has_changed_has_the_level_of_a_new_office() -> None:
    assert USUAL_LEVELS.changed() == ()
    assert all(USUAL_LEVELS.level_of(code) is issue.level for code, issue in ISSUES.items())


def test_changed_levels_are_named() -> None:
    assert LOOSE.changed() == (
        (IssueCode.DOB_UNREADABLE, Level.WARNING),
        (IssueCode.NIK_SEX_MISMATCH, Level.ERROR),
        (IssueCode.PHONE_FORMAT, Level.OFF),
    )


def test_a_raised_level_holds_a_row_and_comes_first() -> None:
    codes = [IssueCode.NIK_REGION_UNKNOWN, IssueCode.NIK_SEX_MISMATCH]
    assert LOOSE.shown(codes) == (IssueCode.NIK_SEX_MISMATCH, IssueCode.NIK_REGION_UNKNOWN)
    assert LOOSE.hold(codes)
    assert not USUAL_LEVELS.hold(codes)


def test_what_is_switched_off_is_not_shown() -> None:
    assert LOOSE.shown([IssueCode.PHONE_FORMAT]) == ()


def test_a_check_goes_by_its_levels() -> None:
    usual = check(checker(), sex="L", phone="12")
    assert usual.codes == (IssueCode.NIK_SEX_MISMATCH, IssueCode.PHONE_FORMAT)
    assert not usual.is_held
    loose = check(checker(levels=LOOSE), sex="L", phone="12")
    assert (loose.codes, loose.is_held) == ((IssueCode.NIK_SEX_MISMATCH,), True)


def test_codes_taken_away_let_a_row_go() -> None:
    row = with_codes(check(phone="12"), USUAL_LEVELS, IssueCode.DUP_ACTIVE)
    assert row.is_held
    again = without_codes(row, USUAL_LEVELS, {IssueCode.DUP_ACTIVE})
    assert (again.codes, again.is_held) == ((IssueCode.PHONE_FORMAT,), False)
