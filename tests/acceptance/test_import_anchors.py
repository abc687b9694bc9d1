"""Anchors 5.7, numbers 1 and 2: every rule broken once, and the same file over and over."""

from collections import Counter
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell import Cell

from bpjsdesk.domain.access import Role
from bpjsdesk.domain.corrections import Door
from bpjsdesk.domain.person_changes import IdentityField
from bpjsdesk.domain.row_issues import IssueCode
from bpjsdesk.domain.staging import DecidedOutcome
from bpjsdesk.errors import UserError
from bpjsdesk.progress import CancelToken, ignore_progress
from bpjsdesk.services.acceptance import Breakdown, Doubles, accept, breakdown, with_doubles
from bpjsdesk.services.batch_files import write_error_workbook, write_list_errors
from bpjsdesk.services.batches import get_batch
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.corrected_lists import take_correction
from bpjsdesk.services.debts import open_debts
from bpjsdesk.services.duplicates import duplicate_lists
from bpjsdesk.services.identity_requests import decide_change, end_membership, request_change
from bpjsdesk.services.people import find_people
from bpjsdesk.services.person_changes import merge_people
from bpjsdesk.services.receipts import batch_receipt
from bpjsdesk.services.repairs import decide
from bpjsdesk.services.staging import StagedList
from bpjsdesk.services.value_mapping import map_values
from tests.offices import AsRole
from tests.services.factories import a_draft, a_quota, saved
from tests.services.lists import checked, nik, stored, workbook, worker
from tests.services.staged_lists import opened

HEADINGS = (
    *("NO", "NIK", "NO KK", "NAMA LENGKAP", "TANGGAL LAHIR", "JENIS KELAMIN", "KELURAHAN"),
    *("KECAMATAN", "NO HP", "PEKERJAAN", "KATEGORI", "NAMA IBU KANDUNG"),
    *("LINGKUNGAN", "EMAIL", "PENGHASILAN", "NO REKENING", "AHLI WARIS", "DESIL", "BULAN MULAI"),
    "PROGRAM",
)
SECOND_HALF = {"from_month": date(2026, 7, 1), "months": 6}
ROOM = 12
# A cut NIK column refuses its whole list (number 3); the core system answers after acceptance; what
# is the same as last time is switched off in a new office.
NOT_IN_A_LIST = {
    IssueCode.NIK_TRUNCATED,
    IssueCode.NIK_NOT_IN_DUKCAPIL,
    IssueCode.ALREADY_ACTIVE_PU,
    IssueCode.CORE_REJECTED,
    IssueCode.SAME_AS_LAST,
}
AT_ACCEPTANCE = {IssueCode.OVER_QUOTA, IssueCode.OVER_BUDGET}
# Found when doubles are searched for, and when the quota is full.
FOUND_LATER = {IssueCode.SIMILAR_PERSON, IssueCode.ALREADY_PAID, IssueCode.OVER_QUOTA}


def person(serial: int, **changes: object) -> list[object]:
    """Give one row without a fault, in the columns of this file."""
    values: dict[str, object] = {
        "no": serial,
        "nik": nik(serial),
        "card": f"71710112088501{serial:02d}",
        "name": f"{_NAMES[serial % len(_NAMES)]} {_NAMES[serial // len(_NAMES)]}",
        "born": "12-08-1985",
        "sex": "L",
        "village": "Molas",
        "district": "Bunaken",
        "phone": f"0812{serial:08d}",
        "occupation": "Petani",
        "category": "Pekerja Rentan",
        "mother": "Maria Lumi",
        "neighbourhood": "Lingkungan II",
        "email": "contoh@contoh.id",
        "wage": 1_000_000,
        "account": "0012345678",
        "heir": "Yulin Lumi",
        "desil": 2,
        "start": None,
        "programmes": "JKK+JKM",
    }
    return list((values | changes).values())


_NAMES = ("YOHANIS", "BERTJE", "HERMANUS", "OKTAVIANUS", "FRANSISKUS", "LEXY", "DANIEL", "RONNY")


def every_fault() -> list[list[object]]:
    """Give rows that break each rule which a file can break, three sound ones first."""
    return [
        *(person(serial) for serial in range(1, 4)),
        person(4, nik=None),
        person(5, nik="717"),
        person(6, nik=int(nik(6))),
        person(7, nik="7171011213850007"),
        person(8, nik="1111111111111111"),
        person(9, name=""),
        person(10, born="tidak tahu"),
        person(11, nik="7171011208400011", born="12-08-1940"),
        person(12, nik="7171011208150012", born="12-08-2015"),
        person(1, phone="081200000091"),
        person(2, name="ORANG LAIN", phone="081200000092"),
        person(13, category="Nelayan Kapal"),
        person(14, occupation="PNS"),
        person(15, sex="=1+1"),
        person(16, village="#N/A"),
        person(17, nik="9999011208850017"),
        person(18, born="13-08-1985"),
        person(19, sex="P"),
        person(20, nik="7171011208850000"),
        person(21, card=nik(21)),
        person(22, phone="0431851234"),
        person(23, phone="081200000003"),
        person(24, phone=None),
        person(25, mother=None),
        person(26, occupation="Zzz"),
        person(27, village="Entah"),
        person(28, village="Mongkonai", district="Kotamobagu Barat"),
        person(29, name="1. YOHANIS"),
        person(30, name="LEXY " * 21),
        person(31, sex="X"),
        person(32, card="belum ada"),
        person(33, neighbourhood=date(2026, 4, 3)),
        person(34, email="tidak punya"),
        person(35, wage="satu juta"),
        person(36, account="12345"),
        person(37, heir=None),
        person(38, desil=9),
        person(39, start="Januari 2026"),
        person(52, account="#N/A"),
        person(53, programmes="JKK+JKM+JHT"),
        person(48, born="13-08-1985"),  # registered with another birth date
        person(40),  # paid by another agreement
        person(41, name="SAMA SEKALI LAIN"),  # registered under another name
        person(49, name="MUHAMMAD RIZKI PAPUTUNGAN"),  # registered with another NIK
        person(43),  # has died
        person(44),  # has left
        person(45),  # in another list in work
        person(50),  # has got another NIK
        person(46),
        person(47),  # joined with the one before
        [],
        ["", "", "", "JUMLAH", "36 orang"],
    ]


@pytest.fixture
def under(office: AppContext, as_role: AsRole, tmp_path: Path) -> int:
    """Sign for few people; others are registered, dead, gone or in work under another agreement."""
    other = saved(office, a_draft())
    people = [
        person(40),
        person(41),
        person(42, name="MOH. RIZKI PAPUTUNGAN"),
        *(person(serial) for serial in (43, 44, 46, 48, 50)),
    ]
    halves = {"satu": date(2026, 1, 1), "dua": date(2026, 7, 1)}
    for name, month in halves.items():
        rows = people if name == "satu" else [*people[:3], person(47)]
        path = workbook(tmp_path / f"{name}.xlsx", rows, headings=HEADINGS)
        stored(office, checked(office, other, path, from_month=month, months=6))
    kept, joined = registered(office, 46), registered(office, 47)
    merge_people(office, kept, joined, reason="Salah ketik", request_id=new_request_id())
    for serial, reason in ((43, "MENINGGAL"), (44, "PINDAH")):
        end_membership(
            office,
            registered(office, serial),
            reason=reason,
            since=date(2026, 6, 1),
            note="Surat kelurahan",
            request_id=new_request_id(),
        )
    asked = request_change(
        as_role(Role.CLERK),
        registered(office, 50),
        IdentityField.NIK,
        nik(51),
        basis="KTP",
        request_id=new_request_id(),
    )
    decide_change(office, asked.object_id, approve=True, request_id=new_request_id())
    path = workbook(tmp_path / "lain.xlsx", [person(45)], headings=HEADINGS)
    checked(office, other, path, **SECOND_HALF)
    return saved(office, a_draft(quotas=(a_quota(heads=ROOM),), funding=()))


def registered(office: AppContext, serial: int) -> int:
    return find_people(office, nik(serial)).people[0].person_id


def a_file_of_every_fault(path: Path) -> Path:
    workbook(path, every_fault(), headings=HEADINGS)
    book = openpyxl.load_workbook(path)
    for row in book.worksheets[0].iter_rows():
        for cell in row:
            if isinstance(cell, Cell) and cell.value == "#N/A":
                cell.data_type = "e"
    book.save(path)
    return path


def rows_in(path: Path) -> list[tuple[object, ...]]:
    return list(openpyxl.load_workbook(path)["Perbaikan"].iter_rows(min_row=2, values_only=True))


def doubles_of(office: AppContext, work: StagedList) -> Doubles:
    return duplicate_lists(office, work, progress=ignore_progress, cancel=CancelToken()).codes


def test_anchor_5_7_01_counters_add_up_on_every_rule_and_the_error_workbook_equals_the_counter(
    office: AppContext, under: int, tmp_path: Path
) -> None:
    path = a_file_of_every_fault(tmp_path / "semua.xlsx")
    work = checked(office, under, path, **SECOND_HALF)
    farmers = {"Petani": "Petani"}  # an occupation is only unknown where others are known
    work = map_values(office, work, "occupation", farmers, request_id=new_request_id())
    doubles = doubles_of(office, work)
    found = Counter(code for item in work.check.staged for code in item.row.codes)
    found.update(code for codes in doubles.values() for code in codes)
    missing = set(IssueCode) - set(found) - NOT_IN_A_LIST - AT_ACCEPTANCE
    assert missing == set()
    work = decide(
        office,
        work,
        [work.line_ids[3]],
        DecidedOutcome.REJECTED,
        reason="Tidak dapat ditemui",
        request_id=new_request_id(),
    )
    told = with_doubles(work, breakdown(work), doubles)
    assert isinstance(told, Breakdown)  # which refuses to exist when its rows do not add up
    assert (told.read, told.blank, told.ignored, told.decided) == (len(every_fault()), 1, 1, 1)
    draft = tmp_path / "draf.xlsx"
    assert write_list_errors(office, work, draft, doubles=doubles) == told.held
    assert len(rows_in(draft)) == told.held
    accept(
        office,
        work,
        request_id=new_request_id(),
        progress=ignore_progress,
        cancel=CancelToken(),
        up_to_quota=True,
        doubles=doubles,
    )
    detail = get_batch(office, work.batch_id)
    counts = detail.item.counts
    assert counts.read == counts.blank + counts.ignored + counts.accepted + counts.held
    assert (counts.accepted, detail.issues["OVER_QUOTA"]) == (ROOM, told.entering - ROOM)
    receipt = batch_receipt(office, work.batch_id)
    owed = open_debts(office)[0].held
    assert owed == receipt.held == counts.held - 1 == told.held + told.entering - ROOM
    later = tmp_path / "koreksi.xlsx"
    assert write_error_workbook(office, work.batch_id, later) == owed
    assert len(rows_in(later)) == owed
    named = {IssueCode(code) for row in rows_in(later) for code in _codes(row)}
    assert named >= FOUND_LATER


def _codes(row: tuple[object, ...]) -> list[str]:
    return [code for code in str(row[len(HEADINGS) + 2] or "").split(", ") if code]


def test_anchor_5_7_02_same_file_twice_under_another_name_and_with_one_added_row(
    office: AppContext, tmp_path: Path
) -> None:
    under = saved(office, a_draft())
    rows = [worker(1), worker(2), worker(3, name="")]
    first = checked(office, under, workbook(tmp_path / "a.xlsx", rows))
    with pytest.raises(UserError, match=first.number) as refusal:
        checked(office, under, tmp_path / "a.xlsx")
    assert refusal.value.code == "ALREADY_IMPORTED"
    with pytest.raises(UserError, match="ALREADY_IMPORTED"):
        checked(office, under, workbook(tmp_path / "nama lain.xlsx", rows))
    longer = workbook(tmp_path / "bertambah.xlsx", [*rows, worker(4)])

    def taken() -> tuple[int, int, int]:
        done = take_correction(
            office,
            first.batch_id,
            longer,
            request_id=new_request_id(),
            progress=ignore_progress,
            cancel=CancelToken(),
        ).correction
        assert (done.door, done.reported, done.missing) == (Door.FULL_LIST, (), ())
        return done.taken, done.unchanged, done.added

    assert taken() == (0, 3, 1)
    assert taken() == (0, 4, 0)
    work = opened(office, first.batch_id)
    assert (breakdown(work).new, breakdown(work).held) == (3, 1)
    stored(office, work)
    assert taken() == (0, 4, 0)
    assert get_batch(office, first.batch_id).item.counts.accepted == 3
