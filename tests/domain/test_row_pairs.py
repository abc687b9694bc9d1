"""Rows whose NIK tells nothing are paired by what else they say, where only one fits."""

from datetime import date

from bpjsdesk.domain.row_pairs import Trace, pairs_of

BORN = date(1985, 8, 12)


def trace(name: str, **said: object) -> Trace:
    values = {"is_sure": False, "birth_date": None, "phone": None, "place": ("Sheet", 0)}
    return Trace(name_key=name, **(values | said))  # type: ignore[arg-type]  # named by each test


def test_the_name_with_birth_date_or_telephone_names_one() -> None:
    ours = [trace("SITI", birth_date=BORN), trace("BUDI", phone="0812", place=("A", 1))]
    theirs = [trace("BUDI", phone="0812", is_sure=True), trace("SITI", birth_date=BORN)]
    assert pairs_of(ours, theirs) == {0: 1, 1: 0}
    assert pairs_of(ours, [trace("ANI", birth_date=BORN), trace("BUDI", phone="0813")]) == {}


def test_both_go_before_one_of_them() -> None:
    ours = [trace("SITI", birth_date=BORN), trace("SITI", birth_date=BORN, phone="0812")]
    theirs = [trace("SITI", birth_date=BORN, phone="0812"), trace("SITI", birth_date=BORN)]
    assert pairs_of(ours, theirs) == {0: 1, 1: 0}


def test_who_fits_several_is_paired_in_none_not_even_by_place() -> None:
    twice = [trace("SITI", birth_date=BORN, place=("A", at)) for at in (2, 3)]
    once = [trace("SITI", birth_date=BORN, place=("A", 2), is_sure=True)]
    assert pairs_of(twice, once) == pairs_of(once, twice) == {}


def test_the_place_names_somebody_of_whom_nothing_else_is_said() -> None:
    ours = [trace("SITI", place=("A", 2)), trace("SITI", place=("A", 3)), trace("", place=("A", 4))]
    theirs = [trace("SITI", place=("A", 3)), trace("", place=("A", 4))]
    assert pairs_of(ours, theirs) == {1: 0}


def test_two_sound_niks_are_two_people() -> None:
    one = trace("SITI", birth_date=BORN, phone="0812", is_sure=True)
    assert pairs_of([one], [one]) == {}
    assert pairs_of([one], [one._replace(is_sure=False)]) == {0: 0}
