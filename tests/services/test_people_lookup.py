"""Pasting many NIKs tells of each one whether the person is covered."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from bpjsdesk.clock import WITA
from bpjsdesk.domain.lookup import Cover, numbers_in
from bpjsdesk.errors import UserError
from bpjsdesk.services.agreements import save_agreement
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.people_lookup import look_up
from tests.services.factories import a_draft
from tests.services.lists import checked, nik, stored, workbook, worker


@pytest.fixture
def filled(office: AppContext, tmp_path: Path) -> AppContext:
    under = save_agreement(office, a_draft(), request_id=new_request_id()).object_id
    book = workbook(tmp_path / "a.xlsx", [worker(1), worker(2)])
    stored(office, checked(office, under, book))
    return office


def test_every_pasted_number_gets_its_answer_in_order(filled: AppContext) -> None:
    pasted = f"'{nik(2)}\n7171 0112 0885 0001; {nik(9)}\n12345678 BUDI"
    lines = look_up(filled, pasted)
    assert [(line.text, line.cover) for line in lines] == [
        (nik(2), Cover.COVERED),
        (nik(1), Cover.COVERED),
        (nik(9), Cover.UNKNOWN),
        ("12345678", Cover.UNREADABLE),
    ]
    assert lines[0].name == "BUDI RONDO 2"
    assert lines[0].agreement
    assert all(nik(2) not in (line.nik, line.name) for line in lines)


def test_whoever_was_covered_until_last_year_is_told_so(filled: AppContext) -> None:
    later = replace(filled, clock=lambda: datetime(2028, 1, 5, 8, 0, tzinfo=WITA))
    assert look_up(later, nik(1))[0].cover is Cover.LAPSED


@pytest.mark.parametrize(
    ("pasted", "numbers"),
    [
        ("", []),
        ("tidak ada", []),
        ("7171.0112.0885.0001, 7171-0112-0885-0002", [nik(1), nik(2)]),
        ("0812 3456 7890\t" + nik(1), ["081234567890", nik(1)]),
    ],
)
def test_numbers_are_found_however_they_were_copied(pasted: str, numbers: list[str]) -> None:
    assert numbers_in(pasted) == numbers


def test_a_paste_without_numbers_or_beyond_all_measure_is_refused(filled: AppContext) -> None:
    with pytest.raises(UserError, match="Tidak ada NIK"):
        look_up(filled, "halo")
    with pytest.raises(UserError, match="paling banyak"):
        look_up(filled, "\n".join(nik(serial) for serial in range(5001)))
