"""Spellings that are put together, and those that never are."""

from bpjsdesk.domain.value_groups import Meaning, Seen, grouped, value_key


def unknown(*texts: str) -> dict[Seen, int]:
    return {Seen(text, "", Meaning.UNKNOWN): 1 for text in texts}


def keys(field: str, *texts: str) -> list[list[str]]:
    groups = grouped(field, unknown(*texts), labels={}, candidates={})
    return sorted([spelling.text for spelling in group.spellings] for group in groups)


def test_a_figure_or_a_short_word_is_never_taken_for_a_misspelling() -> None:
    assert keys("occupation", "Pedagang 1", "Pedagang 2") == [["Pedagang 1"], ["Pedagang 2"]]
    assert keys("sex", "L", "P") == [["L"], ["P"]]
    assert keys("occupation", "Nelayan", "Nelayann", "Tani") == [["Nelayan", "Nelayann"], ["Tani"]]


def test_a_roman_numeral_and_the_word_kelurahan_make_no_other_village() -> None:
    assert value_key("village", "Kel. Paal II") == value_key("village", "paal 2")
    assert value_key("village", "Paal II") != value_key("village", "Paal IV")
    assert value_key("occupation", "Ojek-Online") == "OJEKONLINE"


def test_proposals_are_few_likely_and_best_first() -> None:
    names = {"1": "TUMUMPASATU", "2": "TUMUMPADUA", "3": "MOLAS", "4": "BUHA", "5": "TUMINTING"}
    seen = {Seen("Tumumpa Stu", "", Meaning.UNKNOWN): 7}
    [group] = grouped("village", seen, labels={"1": "Tumumpa Satu"}, candidates=names)
    assert (group.proposals[0].value, group.proposals[0].label) == ("1", "Tumumpa Satu")
    assert group.rows == 7
    assert len(group.proposals) <= 3
    [group] = grouped("village", unknown("Xyz"), labels={}, candidates=names)
    assert group.proposals == ()
