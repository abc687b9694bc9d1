"""One person in full: each month and value knows its file and row, each deed is told in words."""

from datetime import date
from pathlib import Path

import pytest

from bpjsdesk.domain.access import Role
from bpjsdesk.domain.person_changes import IdentityField
from bpjsdesk.domain.person_file import PersonFile
from bpjsdesk.errors import UserError
from bpjsdesk.services.batch_undo import plan_undo, undo_batch
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.identity_requests import (
    decide_change,
    end_membership,
    request_change,
    resume_membership,
)
from bpjsdesk.services.people import find_people, reveal_numbers
from bpjsdesk.services.person_changes import merge_people, unmerge_people
from bpjsdesk.services.person_file import person_file
from tests.offices import AsRole
from tests.services.factories import a_claim, claimed, saved
from tests.services.lists import HEADINGS, checked, nik, stored, workbook, worker


@pytest.fixture
def city(office: AppContext) -> int:
    return saved(office)


def load(
    office: AppContext, under: int, path: Path, rows: list[list[object]], *, first: int
) -> int:
    headings = (*HEADINGS, "NAMA AHLI WARIS")
    book = workbook(path, [[*row, "SITI RONDO"] for row in rows], headings=headings)
    check = checked(office, under, book, from_month=date(2026, first, 1), months=6)
    return stored(office, check)


def file_of(office: AppContext, serial: int) -> PersonFile:
    return person_file(office, find_people(office, nik(serial)).people[0].person_id)


def words_of(found: PersonFile) -> list[str]:
    return [deed.words for deed in found.history]


def test_each_month_and_value_names_file_sheet_and_row(
    office: AppContext, city: int, tmp_path: Path
) -> None:
    load(office, city, tmp_path / "satu.xlsx", [worker(1), worker(2)], first=1)
    load(office, city, tmp_path / "dua.xlsx", [worker(3), worker(2)], first=7)
    found = file_of(office, 2)
    place = "baris 3, lembar “Sheet”, satu.xlsx"
    assert {origin.source for origin in found.origins} == {place}
    assert [origin.label for origin in found.origins][:3] == ["NIK", "Nama", "Tanggal lahir"]
    assert [part.source for part in found.person.memberships] == [
        "baris 3, lembar “Sheet”, dua.xlsx",
        place,
    ]
    assert ("SITI RONDO", place) in [(heir.text, heir.source) for heir in found.heirs]
    assert [words.split(":")[0] for words in words_of(found)] == [
        "Masuk batch B-2026-00002",
        "Masuk batch B-2026-00001",
    ]


def test_the_first_row_stays_known_after_its_batch_was_taken_back(
    office: AppContext, city: int, tmp_path: Path
) -> None:
    first = load(office, city, tmp_path / "satu.xlsx", [worker(1), worker(2)], first=1)
    load(office, city, tmp_path / "dua.xlsx", [worker(2)], first=7)
    undo_batch(office, plan_undo(office, first), reason="Salah berkas", request_id=new_request_id())
    found = file_of(office, 2)
    assert {origin.source for origin in found.origins} == {"baris 3, lembar “Sheet”, satu.xlsx"}
    assert find_people(office, nik(1)).people == ()


def test_what_was_asked_ended_joined_and_seen_is_told(
    office: AppContext, city: int, as_role: AsRole, tmp_path: Path
) -> None:
    load(office, city, tmp_path / "satu.xlsx", [worker(1)], first=1)
    load(office, city, tmp_path / "dua.xlsx", [worker(2)], first=7)
    one, other = (file_of(office, serial).person.person_id for serial in (1, 2))
    number = request_change(
        as_role(Role.CLERK),
        one,
        IdentityField.BIRTH_DATE,
        "13-08-1985",
        basis="KTP",
        request_id=new_request_id(),
    ).object_id
    decide_change(office, number, approve=True, note="cocok", request_id=new_request_id())
    end_membership(office, one, "PINDAH", since=date(2026, 3, 2), request_id=new_request_id())
    resume_membership(office, one, request_id=new_request_id())
    answer = merge_people(office, one, other, reason="Satu orang", request_id=new_request_id())
    merged = person_file(office, one)
    assert [each.masked_nik for each in merged.joined] == ["7171••••••••0002"]
    assert person_file(office, other).kept_elsewhere is not None
    unmerge_people(office, answer.object_id, request_id=new_request_id())
    reveal_numbers(office, one, reason="Mencocokkan dengan KTP", request_id=new_request_id())
    found = person_file(office, one)
    told = sorted(words_of(found))
    assert told == [
        "BUDI RONDO BETO, 7171••••••••0002 digabung ke orang ini: Satu orang",
        "Catatan berakhir (Pindah dari wilayah mitra) dicabut",
        "Kepesertaan berakhir 2 Maret 2026: Pindah dari wilayah mitra",
        "Masuk batch B-2026-00001: baris 2, lembar “Sheet”, satu.xlsx",
        "NIK lengkap dibuka: Mencocokkan dengan KTP",
        "Penggabungan dengan BUDI RONDO BETO, 7171••••••••0002 dilepas",
        "Permintaan 1 disetujui: cocok",
        "Permintaan 1: Tanggal lahir 12 Agustus 1985 menjadi 13 Agustus 1985. Dasar: KTP",
    ]
    assert all(deed.who for deed in found.history)
    born = next(each for each in found.origins if each.field == "birth_date")
    assert (born.source, born.before) == ("Permintaan 1: KTP", "12 Agustus 1985")
    assert not any("dibuka" in deed for deed in words_of(person_file(as_role(Role.CLERK), one)))


def test_months_paid_after_a_death_are_listed(
    office: AppContext, city: int, tmp_path: Path
) -> None:
    load(office, city, tmp_path / "satu.xlsx", [worker(1)], first=1)
    person_id = file_of(office, 1).person.person_id
    end_membership(
        office, person_id, "MENINGGAL", since=date(2026, 4, 20), request_id=new_request_id()
    )
    found = person_file(office, person_id)
    assert found.end is not None
    assert found.months_after_end == (date(2026, 5, 1), date(2026, 6, 1))


def test_an_heir_is_named_with_the_relation_that_the_list_tells(
    office: AppContext, city: int, tmp_path: Path
) -> None:
    headings = (*HEADINGS, "NAMA AHLI WARIS", "HUBUNGAN")
    rows = [[*worker(1), "SITI RONDO", "ISTRI"], [*worker(2), "ANI LUMI", None]]
    rows.append([*worker(3), None, "ANAK"])
    book = workbook(tmp_path / "waris.xlsx", rows, headings=headings)
    stored(office, checked(office, city, book))
    told = [[heir.text for heir in file_of(office, serial).heirs] for serial in (1, 2, 3)]
    assert told == [["SITI RONDO (ISTRI)"], ["ANI LUMI"], []]


def test_numbers_of_heirs_are_masked_until_somebody_reveals_them_with_a_reason(
    office: AppContext, city: int, tmp_path: Path
) -> None:
    headings = (*HEADINGS, "NIK AHLI WARIS", "NO HP AHLI WARIS", "AHLI WARIS")
    heirs = ["7171015203800001", "0812-3456-7890", "SITI (7171015203800002)"]
    book = workbook(tmp_path / "waris.xlsx", [[*worker(1), *heirs]], headings=headings)
    stored(office, checked(office, city, book))
    found = file_of(office, 1)
    assert [heir.text for heir in found.heirs] == [
        "7171••••••••0001",
        "0812•••••890",
        "SITI (7171••••••••0002)",
    ]
    seen = reveal_numbers(
        office, found.person.person_id, reason="Ahli waris datang", request_id=new_request_id()
    )
    assert list(seen.heirs) == heirs
    assert "NIK lengkap dibuka: Ahli waris datang" in words_of(file_of(office, 1))


def test_who_is_known_through_a_claim_only_says_so(office: AppContext) -> None:
    claimed(office, a_claim(payee_name="ANI WUISAN"))
    found = person_file(office, 1)
    assert {origin.source for origin in found.origins} == {"Klaim K-2026-000001"}
    assert [(heir.text, heir.heading) for heir in found.heirs] == [
        ("ANI WUISAN", "Penerima manfaat")
    ]
    assert words_of(found) == ["Klaim JKM K-2026-000001 dicatat"]


def test_a_person_who_is_gone_or_not_to_be_read_is_refused(
    office: AppContext, as_role: AsRole
) -> None:
    with pytest.raises(UserError, match="tidak ada di daftar"):
        person_file(office, 404)
    with pytest.raises(UserError, match="tidak berwenang"):
        person_file(as_role(Role.ADMIN), 1)
