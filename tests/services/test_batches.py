"""A list of workers goes in whole, held rows keep their reasons, and nothing is lost or doubled."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from bpjsdesk.domain.access import Role
from bpjsdesk.domain.enrollment import BatchCounts, BatchRequest, BatchStatus
from bpjsdesk.domain.identity import mask_nik
from bpjsdesk.errors import Cancelled, UserError
from bpjsdesk.progress import CancelToken, Progress, ProgressSink, ignore_progress
from bpjsdesk.services import batches
from bpjsdesk.services.acceptance import accept, breakdown
from bpjsdesk.services.agreements import save_agreement
from bpjsdesk.services.batch_files import write_check_errors, write_error_workbook, write_template
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.list_plan import ListPlan
from bpjsdesk.services.people import find_people, get_person
from bpjsdesk.services.rehearsal import rehearse
from bpjsdesk.services.staging import StagedList, stage_list
from bpjsdesk.services.waiting_rows import rows_of_nobody
from tests.offices import AsRole
from tests.services.factories import a_draft
from tests.services.lists import (
    HEADINGS,
    checked,
    counts_of,
    nik,
    request_for,
    stored,
    workbook,
    worker,
)
from tests.services.staged_lists import opened

YEAR_RATE = 12 * 16_800


@pytest.fixture
def agreement_id(office: AppContext) -> int:
    return save_agreement(office, a_draft(), request_id=new_request_id()).object_id


def codes_by_row(work: StagedList) -> dict[int, tuple[str, ...]]:
    return {
        item.row.row_no: tuple(code.value for code in item.row.codes) for item in work.check.staged
    }


def test_good_rows_go_in_and_held_rows_stay_with_their_reasons(
    office: AppContext, agreement_id: int, tmp_path: Path
) -> None:
    rows = [worker(1), worker(2, nik=int(nik(2))), worker(3, name=None), [], worker(4)]
    work = checked(office, agreement_id, workbook(tmp_path / "a.xlsx", rows))
    told = counts_of(work)
    assert told == BatchCounts(read=5, blank=1, ignored=0, accepted=2, held=2)
    batch_id = stored(office, work)
    detail = batches.get_batch(office, batch_id)
    assert detail.item.counts == told
    assert detail.item.amount == 2 * YEAR_RATE
    assert detail.issues == {"NIK_AS_NUMBER": 1, "NAME_MISSING": 1}
    held = batches.held_rows(office, batch_id)
    assert [(row.row, row.codes) for row in held] == [
        (3, ("NIK_AS_NUMBER",)),
        (4, ("NAME_MISSING",)),
    ]
    assert "Excel" in held[0].reason
    assert (held[0].values["nik"], held[0].nik_text) == (None, nik(2))
    assert len(find_people(office, "BUDI").people) == 2


def test_totals_numbering_and_signatures_are_ignored_each_with_its_reason(
    office: AppContext, agreement_id: int, tmp_path: Path
) -> None:
    rows: list[list[object]] = [
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)"],
        worker(1),
        ["", "JUMLAH", "1 orang"],
        ["", "", "", "", "", "Manado, 20 November 2026"],
        ["", "", "", "", "", "Mengetahui, Lurah"],
    ]
    work = checked(office, agreement_id, workbook(tmp_path / "a.xlsx", rows))
    assert counts_of(work) == BatchCounts(read=5, blank=0, ignored=4, accepted=1, held=0)
    batch_id = stored(office, work)
    reasons = [row.reason for row in batches.ignored_rows(office, batch_id)]
    assert reasons == [
        "Baris nomor kolom",
        "Baris jumlah",
        "Tempat dan tanggal surat",
        "Bagian tanda tangan",
    ]
    assert sum(batches.get_batch(office, batch_id).ignored.values()) == 4


def test_every_stored_row_keeps_its_cells_with_their_types(
    office: AppContext, agreement_id: int, tmp_path: Path
) -> None:
    number = 7171011208850002
    rows = [worker(1, born=date(1985, 8, 12)), worker(2, nik=number)]
    batch_id = stored(office, checked(office, agreement_id, workbook(tmp_path / "a.xlsx", rows)))
    with office.database.read() as connection:
        cells = connection.exec_driver_sql(
            "SELECT cells FROM batch_line WHERE batch_id = ? ORDER BY id", (batch_id,)
        ).scalars()
        assert list(cells) == [
            f'[1.0,"{nik(1)}","BUDI RONDO ALFA",["d","1985-08-12"],"L","Molas","081200000001"]',
            f'[2.0,{number}.0,"BUDI RONDO BETO","12-08-1985","L","Molas","081200000002"]',
        ]


def test_sixty_five_is_judged_on_the_registration_date(
    office: AppContext, agreement_id: int, tmp_path: Path
) -> None:
    days = ("19", "20", "21")
    rows = [worker(int(day), nik=f"717101{day}11610001", born=f"{day}-11-1961") for day in days]
    work = checked(office, agreement_id, workbook(tmp_path / "a.xlsx", rows))
    assert codes_by_row(work) == {2: ("OVER_AGE",), 3: ("OVER_AGE",), 4: ()}


def test_a_person_already_covered_in_these_months_is_held(
    office: AppContext, agreement_id: int, tmp_path: Path
) -> None:
    stored(office, checked(office, agreement_id, workbook(tmp_path / "a.xlsx", [worker(1)])))
    second = workbook(tmp_path / "b.xlsx", [worker(1), worker(2)])
    assert codes_by_row(checked(office, agreement_id, second)) == {2: ("DUP_ACTIVE",), 3: ()}


def test_one_person_per_nik_with_many_memberships(
    office: AppContext, agreement_id: int, tmp_path: Path
) -> None:
    first = workbook(tmp_path / "a.xlsx", [worker(1)])
    later = workbook(tmp_path / "b.xlsx", [worker(1, name="BUDY RONDO")])
    early = {"from_month": date(2026, 1, 1), "months": 6}
    late = {"from_month": date(2026, 7, 1), "months": 6}
    stored(office, checked(office, agreement_id, first, **early))
    work = checked(office, agreement_id, later, **late)
    assert counts_of(work).accepted == 1
    stored(office, work)
    found = find_people(office, nik(1)).people
    assert len(found) == 1
    assert found[0].name == "BUDI RONDO ALFA"
    assert len(get_person(office, found[0].person_id).memberships) == 2


def test_a_different_name_for_a_known_nik_warns_and_does_not_hold(
    office: AppContext, agreement_id: int, tmp_path: Path
) -> None:
    early = {"from_month": date(2026, 1, 1), "months": 6}
    late = {"from_month": date(2026, 7, 1), "months": 6}
    stored(
        office, checked(office, agreement_id, workbook(tmp_path / "a.xlsx", [worker(1)]), **early)
    )
    other = workbook(tmp_path / "b.xlsx", [worker(1, name="TINEKE WOWOR")])
    work = checked(office, agreement_id, other, **late)
    assert codes_by_row(work) == {2: ("NAME_DIFFERS",)}
    assert counts_of(work).accepted == 1


def test_another_birth_date_than_the_registers_warns_and_does_not_hold(
    office: AppContext, agreement_id: int, tmp_path: Path
) -> None:
    early = {"from_month": date(2026, 1, 1), "months": 6}
    late = {"from_month": date(2026, 7, 1), "months": 6}
    rows = [worker(1), worker(2), worker(3)]
    stored(office, checked(office, agreement_id, workbook(tmp_path / "a.xlsx", rows), **early))
    rows = [worker(1, born="13-08-1985"), worker(2), worker(3, born="")]
    work = checked(office, agreement_id, workbook(tmp_path / "b.xlsx", rows), **late)
    assert codes_by_row(work) == {2: ("NIK_DOB_MISMATCH", "DOB_DIFFERS"), 3: (), 4: ()}
    assert counts_of(work).accepted == 3


def test_months_that_a_list_names_are_compared_with_its_batch(
    office: AppContext, agreement_id: int, tmp_path: Path
) -> None:
    headings = (*HEADINGS, "BULAN MULAI", "JUMLAH BULAN", "DESIL", "NAMA AHLI WARIS", "PROGRAM")
    told = (
        ("Juli 2026", 6, 4, "ANI", "JKK+JKM"),
        ("2026-07", "6 bulan", "Desil 1", "ANI", "JKM, JKK"),
        ("Januari 2026", 6, 4, "ANI", None),
        ("Juli 2026", 12, 5, None, "JKK"),
    )
    rows = [[*worker(serial), *more] for serial, more in enumerate(told, start=1)]
    path = workbook(tmp_path / "a.xlsx", rows, headings=headings)
    work = checked(office, agreement_id, path, from_month=date(2026, 7, 1), months=6)
    assert codes_by_row(work) == {
        2: (),
        3: (),
        4: ("PERIOD_DIFFERS",),
        5: ("HEIR_MISSING", "NOT_ELIGIBLE_DESIL", "PERIOD_DIFFERS", "PROGRAMME_DIFFERS"),
    }
    assert work.check.unread_columns == ()


def test_the_same_content_is_recognised_under_another_name(
    office: AppContext, agreement_id: int, tmp_path: Path
) -> None:
    rows = [worker(1), worker(2)]
    stored(office, checked(office, agreement_id, workbook(tmp_path / "a.xlsx", rows)))
    with pytest.raises(UserError, match="B-2026-00001") as refusal:
        checked(office, agreement_id, workbook(tmp_path / "lain.xlsx", rows))
    assert refusal.value.code == "ALREADY_IMPORTED"
    assert len(batches.list_batches(office)) == 1


def test_the_same_list_may_be_loaded_for_other_months(
    office: AppContext, agreement_id: int, tmp_path: Path
) -> None:
    path = workbook(tmp_path / "a.xlsx", [worker(1)])
    stored(office, checked(office, agreement_id, path, from_month=date(2026, 1, 1), months=6))
    stored(office, checked(office, agreement_id, path, from_month=date(2026, 7, 1), months=6))
    with pytest.raises(UserError, match="B-2026-00001"):
        checked(office, agreement_id, path, from_month=date(2026, 6, 1), months=2)


def test_one_request_takes_a_list_in_once_and_accepts_it_once(
    office: AppContext, agreement_id: int, tmp_path: Path
) -> None:
    request = request_for(agreement_id, workbook(tmp_path / "a.xlsx", [worker(1)]))
    ids = {taken_in(office, request, request_id="satu") for _ in range(2)}
    assert len(batches.list_batches(office)) == len(ids) == 1
    work = opened(office, ids.pop())
    assert stored(office, work, "dua") == stored(office, work, "dua")
    assert batches.get_batch(office, work.batch_id).item.counts.accepted == 1


def test_what_was_saved_since_the_check_is_seen_inside_the_transaction(
    office: AppContext, agreement_id: int, tmp_path: Path
) -> None:
    first = checked(office, agreement_id, workbook(tmp_path / "a.xlsx", [worker(1)]))
    second = checked(office, agreement_id, workbook(tmp_path / "b.xlsx", [worker(1), worker(2)]))
    stored(office, first)
    assert counts_of(second).accepted == 2
    batch_id = stored(office, second)
    assert batches.get_batch(office, batch_id).item.counts.accepted == 1
    assert batches.get_batch(office, batch_id).issues == {"DUP_ACTIVE": 1, "DUP_OTHER_DRAFT": 1}


def test_only_those_who_may_mend_rows_see_their_niks(
    office: AppContext, as_role: AsRole, agreement_id: int, tmp_path: Path
) -> None:
    nobody = ["", f"Mengetahui, Lurah {nik(9)}"]
    path = workbook(tmp_path / "a.xlsx", [worker(1), worker(1), nobody])
    work = checked(office, agreement_id, path)
    reader = as_role(Role.READER)
    assert nik(9) not in rows_of_nobody(reader, work)[0].nik_text
    batch_id = stored(office, work)
    assert batches.held_rows(as_role(Role.CLERK), batch_id)[0].values["nik"] == nik(1)
    assert batches.held_rows(reader, batch_id)[0].values["nik"] == mask_nik(nik(1))
    assert nik(9) in batches.ignored_rows(as_role(Role.CLERK), batch_id)[0].nik_text
    assert nik(9) not in batches.ignored_rows(reader, batch_id)[0].nik_text
    with pytest.raises(UserError, match="NOT_PERMITTED"):
        write_error_workbook(reader, batch_id, tmp_path / "b.xlsx")


def test_errors_of_a_check_can_be_sent_back_before_anything_is_saved(
    office: AppContext, agreement_id: int, tmp_path: Path
) -> None:
    path = workbook(tmp_path / "a.xlsx", [worker(1), worker(2, nik="7", name="=1+1")])
    out = tmp_path / "keluar.xlsx"
    assert write_check_errors(office, checked(office, agreement_id, path).check, out) == 1
    cells = [cell.data_type for row in openpyxl.load_workbook(out)["Perbaikan"] for cell in row]
    assert "f" not in cells


def test_several_sheets_are_one_list_and_a_sheet_of_words_is_named(
    office: AppContext, agreement_id: int, tmp_path: Path
) -> None:
    path = workbook(tmp_path / "a.xlsx", [worker(1)])
    book = openpyxl.load_workbook(path)
    second = book.create_sheet("Tuminting")
    second.append(["Nama", "Nomor Induk Kependudukan"])
    second.append(["SITI WALANDOUW", nik(2, day=52)])
    second.append(["BUDI RONDO ALFA", nik(1)])
    book.create_sheet("Catatan").append(["Mohon diperiksa"])
    hidden = book.create_sheet("Rahasia")
    hidden.append([nik(9), "TERSEMBUNYI"])
    hidden.sheet_state = "hidden"
    book.save(path)
    work = checked(office, agreement_id, path)
    assert counts_of(work) == BatchCounts(read=3, blank=0, ignored=0, accepted=2, held=1)
    assert work.check.skipped_sheets == ("Catatan", "Rahasia")
    batch_id = stored(office, work)
    held = batches.held_rows(office, batch_id)
    assert [(row.sheet, row.codes) for row in held] == [("Tuminting", ("DUP_IN_FILE",))]


def test_a_sheet_with_niks_but_without_a_heading_is_kept_and_counted(
    office: AppContext, agreement_id: int, tmp_path: Path
) -> None:
    path = workbook(tmp_path / "a.xlsx", [worker(1)])
    book = openpyxl.load_workbook(path)
    book.create_sheet("Lanjutan").append([nik(2), "SITI"])
    book.save(path)
    work = checked(office, agreement_id, path)
    found = breakdown(work)
    assert (found.read, found.new, found.decided) == (2, 1, 1)
    assert work.check.skipped_sheets == ("Lanjutan",)


def test_the_template_that_we_send_out_comes_back_filled(
    office: AppContext, agreement_id: int, tmp_path: Path
) -> None:
    path = write_template(office, agreement_id, tmp_path / "templat.xlsx")
    book = openpyxl.load_workbook(path)
    sheet = book["Daftar"]
    headings = [str(cell.value).rstrip(" *") for cell in sheet[1]]
    row: dict[str, str | date] = {
        "NIK": nik(1),
        "NAMA LENGKAP": "BUDI",
        "TANGGAL LAHIR": date(1985, 8, 12),
    }
    for heading, value in row.items():
        sheet.cell(2, headings.index(heading) + 1, value)
    book.save(path)
    work = checked(office, agreement_id, path)
    assert counts_of(work) == BatchCounts(read=1, blank=0, ignored=0, accepted=1, held=0)


def test_columns_that_mean_nothing_to_us_are_named(
    office: AppContext, agreement_id: int, tmp_path: Path
) -> None:
    path = workbook(tmp_path / "a.xlsx", [[*worker(1), "biru"]], headings=[*HEADINGS, "Warna Kaus"])
    assert checked(office, agreement_id, path).check.unread_columns == ("Warna Kaus",)


def test_cancelling_before_a_commit_leaves_all_as_it_was(
    office: AppContext, agreement_id: int, tmp_path: Path
) -> None:
    cancel = CancelToken()

    def stop(progress: Progress, /) -> None:
        cancel.cancel()

    path = workbook(tmp_path / "a.xlsx", [worker(1)])
    with pytest.raises(Cancelled):
        taken_in(office, request_for(agreement_id, path), progress=stop, cancel=cancel)
    assert batches.list_batches(office) == ()
    work = checked(office, agreement_id, path)
    with pytest.raises(Cancelled):
        accept(office, work, request_id="x", progress=stop, cancel=cancel)
    assert batches.get_batch(office, work.batch_id).item.status == BatchStatus.DRAFT
    assert find_people(office, "BUDI").people == ()


def test_readers_may_look_but_not_load(
    office: AppContext, agreement_id: int, as_role: AsRole, tmp_path: Path
) -> None:
    request = request_for(agreement_id, workbook(tmp_path / "a.xlsx", [worker(1)]))
    assert counts_of(rehearsed(as_role(Role.READER), request)).accepted == 1
    for act, role in ((taken_in, Role.READER), (rehearsed, Role.ADMIN)):
        with pytest.raises(UserError, match="NOT_PERMITTED"):
            act(as_role(role), request)
    work = opened(office, taken_in(as_role(Role.CLERK), request))
    with pytest.raises(UserError, match="NOT_PERMITTED"):
        stored(as_role(Role.CLERK), work)
    assert stored(office, work)


def taken_in(
    office: AppContext,
    request: BatchRequest,
    *,
    request_id: str = "",
    progress: ProgressSink = ignore_progress,
    cancel: CancelToken | None = None,
) -> int:
    return stage_list(
        office,
        request,
        request_id=request_id or new_request_id(),
        progress=progress,
        cancel=cancel or CancelToken(),
    ).object_id


def rehearsed(office: AppContext, request: BatchRequest) -> StagedList:
    return rehearse(office, request, ListPlan(), progress=ignore_progress, cancel=CancelToken())


def test_the_participant_list_is_masked_and_adds_up(
    office: AppContext, agreement_id: int, tmp_path: Path
) -> None:
    rows = [worker(2), worker(1), worker(3, village="Tempat Antah")]
    batch_id = stored(office, checked(office, agreement_id, workbook(tmp_path / "a.xlsx", rows)))
    found = batches.participant_list(
        office, batch_id, progress=ignore_progress, cancel=CancelToken()
    )
    found.assert_consistent()
    assert found.amount == 3 * YEAR_RATE
    assert {row[1] for row in found.rows} == {f"7171••••••••{serial:04d}" for serial in (1, 2, 3)}
