"""Pasting many NIKs tells of each row whether the person is covered, and nothing is passed over."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from bpjsdesk.clock import WITA
from bpjsdesk.domain.access import Role
from bpjsdesk.domain.lookup import Cover, joined_runs, pasted_numbers
from bpjsdesk.domain.person_changes import IdentityField
from bpjsdesk.errors import UserError
from bpjsdesk.progress import CancelToken
from bpjsdesk.services.agreements import save_agreement
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.identity_requests import decide_change, end_membership, request_change
from bpjsdesk.services.people import find_people
from bpjsdesk.services.people_lookup import (
    Lookup,
    export_lookup,
    look_up,
    look_up_file,
    note_revealed,
)
from bpjsdesk.services.person_changes import merge_people
from bpjsdesk.services.safety import list_audit
from tests.offices import AsRole
from tests.services.factories import a_draft
from tests.services.lists import checked, nik, stored, workbook, worker


@pytest.fixture
def filled(office: AppContext, tmp_path: Path) -> AppContext:
    under = save_agreement(office, a_draft(), request_id=new_request_id()).object_id
    book = workbook(tmp_path / "a.xlsx", [worker(1), worker(2)])
    stored(office, checked(office, under, book))
    return office


def person_of(office: AppContext, serial: int) -> int:
    return find_people(office, nik(serial)).people[0].person_id


def test_every_row_of_a_paste_gets_its_answer_in_order(filled: AppContext) -> None:
    pasted = f"NIK\r\n'{nik(2)}\r\n7171 0112 0885 0001\tBUDI\r\n\r\n{nik(9)}\r\n12345678 BUDI\r\nX9"
    found = look_up(filled, pasted)
    assert [(line.row, line.text, line.cover) for line in found.lines] == [
        (2, nik(2), Cover.COVERED),
        (3, nik(1), Cover.COVERED),
        (5, nik(9), Cover.UNKNOWN),
        (6, "12345678", Cover.UNREADABLE),
        (7, "X9", Cover.UNREADABLE),
    ]
    assert (found.blank, found.heading) == (1, "NIK")
    assert dict(found.counts) == {Cover.COVERED: 2, Cover.UNKNOWN: 1, Cover.UNREADABLE: 2}
    line = found.lines[0]
    assert (line.name, line.runs) == ("BUDI RONDO BETO", ((date(2026, 1, 1), date(2026, 12, 1)),))
    assert line.agreement
    assert [each.note for each in found.lines[3:]] == [
        "8 angka, seharusnya 16",
        "tidak ada NIK di baris ini",
    ]
    assert all(nik(2) not in (line.nik, line.name) for line in found.lines)


def test_whoever_was_covered_or_will_be_is_told_so(filled: AppContext) -> None:
    later = replace(filled, clock=lambda: datetime(2028, 1, 5, 8, 0, tzinfo=WITA))
    line = look_up(later, nik(1)).lines[0]
    assert (line.cover, line.until) == (Cover.LAPSED, date(2026, 12, 1))
    before = replace(filled, clock=lambda: datetime(2025, 12, 5, 8, 0, tzinfo=WITA))
    assert look_up(before, nik(1)).lines[0].cover is Cover.WAITING


def test_a_nik_that_was_changed_or_joined_still_finds_its_person(
    filled: AppContext, as_role: AsRole, tmp_path: Path
) -> None:
    number = request_change(
        as_role(Role.CLERK),
        person_of(filled, 1),
        IdentityField.NIK,
        nik(7),
        basis="KTP",
        request_id=new_request_id(),
    ).object_id
    decide_change(filled, number, approve=True, request_id=new_request_id())
    draft = replace(a_draft(), title="Kota lain")
    under = save_agreement(filled, draft, request_id=new_request_id()).object_id
    months: dict[str, Any] = {"from_month": date(2026, 1, 1), "months": 1}
    book = workbook(tmp_path / "b.xlsx", [worker(5)])
    check = checked(filled, under, book, **months)
    stored(filled, check)
    filled_id = person_of(filled, 5)
    end_membership(filled, filled_id, "PINDAH", since=date(2026, 2, 3), request_id=new_request_id())
    old, new = look_up(filled, f"{nik(1)}\n{nik(7)}").lines
    assert (old.cover, old.person_id) == (Cover.COVERED, new.person_id)
    assert old.note == "kini NIK 7171••••••••0007"
    assert new.note == ""
    ended = look_up(filled, nik(5)).lines[0]
    assert ended.note == "Pindah dari wilayah mitra, 3 Februari 2026"


def test_who_was_joined_to_another_is_answered_for_with_that_one(
    office: AppContext, tmp_path: Path
) -> None:
    under = save_agreement(office, a_draft(), request_id=new_request_id()).object_id
    for name, serial, first in (("a", 1, 1), ("b", 2, 7)):
        book = workbook(tmp_path / f"{name}.xlsx", [worker(serial)])
        months: dict[str, Any] = {"from_month": date(2026, first, 1), "months": 6}
        stored(office, checked(office, under, book, **months))
    kept, merged = person_of(office, 1), person_of(office, 2)
    merge_people(office, kept, merged, reason="Salah ketik", request_id=new_request_id())
    one, other = look_up(office, f"{nik(1)}\n{nik(2)}").lines
    assert one.person_id == other.person_id == kept
    assert other.runs == ((date(2026, 1, 1), date(2026, 12, 1)),)
    assert (one.note, other.note) == ("", "digabung ke NIK 7171••••••••0001")


def test_what_is_pasted_twice_points_to_the_first(filled: AppContext) -> None:
    lines = look_up(filled, f"{nik(1)}\n{nik(2)}\n{nik(1)}").lines
    assert [line.note for line in lines] == ["", "", "sama dengan baris 1"]


def test_a_file_is_read_like_a_paste_and_numbers_of_excel_are_named(
    filled: AppContext, tmp_path: Path
) -> None:
    rows: list[list[object]] = [["1", nik(1)], [None, None], ["2", int(nik(2))]]
    book = workbook(tmp_path / "nik.xlsx", rows, headings=("NO", "NIK"))
    found = look_up_file(filled, book, cancel=CancelToken())
    assert (found.lines[0].row, found.lines[0].cover) == (2, Cover.COVERED)
    assert len(found.lines) == 2
    assert "sebagai angka" in found.lines[1].note


def test_the_answer_is_written_for_excel_with_niks_as_text_and_that_is_noted(
    filled: AppContext, as_role: AsRole, tmp_path: Path
) -> None:
    found = look_up(filled, f"{nik(1)}\n{nik(9)}")
    clerk = as_role(Role.CLERK)
    out = export_lookup(clerk, found, tmp_path / "cek.xlsx", request_id=new_request_id())
    sheet = openpyxl.load_workbook(out).active
    assert sheet is not None
    cells = [cell for line in sheet.iter_rows() for cell in line if cell.value == nik(1)]
    assert [(cell.data_type, cell.number_format) for cell in cells] == [("s", "@")]
    entry = list_audit(filled, limit=1)[0]
    assert (entry.command, entry.object_kind) == ("report.export", "lookup")
    assert entry.payload == {"file": "cek.xlsx", "rows": 2, "COVERED": 1, "UNKNOWN": 1}
    with pytest.raises(UserError, match="tidak berwenang"):
        export_lookup(as_role(Role.ADMIN), found, tmp_path / "x.xlsx", request_id=new_request_id())
    assert not (tmp_path / "x.xlsx").exists()


def test_showing_the_numbers_in_full_takes_a_reason_and_is_noted(filled: AppContext) -> None:
    found = look_up(filled, nik(1))
    with pytest.raises(UserError, match="alasan"):
        note_revealed(filled, found, reason=" ", request_id=new_request_id())
    note_revealed(filled, found, reason="Cocokkan KTP", request_id=new_request_id())
    entry = list_audit(filled, limit=1)[0]
    assert entry.payload == {"reason": "Cocokkan KTP", "rows": 1}


@pytest.mark.parametrize(
    ("pasted", "numbers", "blank"),
    [
        ("", [], 0),
        ("tidak ada", [], 0),
        ("7171.0112.0885.0001, 7171-0112-0885-0002", [nik(1), nik(2)], 0),
        ("0812 3456 7890\t" + nik(1), [nik(1)], 0),
        ("1\tBUDI 7171011208850001 MOLAS\n\n;;\n", [nik(1)], 2),
    ],
)
def test_numbers_are_found_however_they_were_copied(
    pasted: str, numbers: list[str], blank: int
) -> None:
    found = pasted_numbers(pasted)
    assert [number.text for number in found.numbers] == numbers
    assert found.blank == blank


def test_months_that_touch_are_one_run() -> None:
    months = [
        (date(2026, 7, 1), date(2026, 12, 1)),
        (date(2026, 1, 1), date(2026, 6, 1)),
        (date(2028, 1, 1), date(2028, 1, 1)),
    ]
    assert joined_runs(months) == (
        (date(2026, 1, 1), date(2026, 12, 1)),
        (date(2028, 1, 1), date(2028, 1, 1)),
    )


def test_a_paste_without_numbers_or_beyond_all_measure_is_refused(filled: AppContext) -> None:
    with pytest.raises(UserError, match="Tidak ada NIK"):
        look_up(filled, "halo")
    most = "\n".join(nik(serial) for serial in range(5000))
    assert isinstance(look_up(filled, most), Lookup)
    with pytest.raises(UserError, match=r"Ada 5\.001 baris"):
        look_up(filled, f"{most}\n{nik(7)}")
