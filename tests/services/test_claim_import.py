"""Past claims from a workbook: read, counted, held with reasons, stored in one go."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from bpjsdesk.domain.access import Role
from bpjsdesk.domain.claims import ClaimFilePreview, Programme
from bpjsdesk.errors import UserError
from bpjsdesk.progress import CancelToken, Progress
from bpjsdesk.services.claim_import import check_claims_file, import_claims
from bpjsdesk.services.claims import claim_status_counts, get_claim, list_claims
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from tests.services.conftest import AsRole
from tests.services.factories import a_claim, claimed

HEADINGS = (
    "No", "NIK", "Nama Peserta", "Program", "Kategori", "Kelurahan", "Kecamatan",
    "Tanggal Kejadian", "Tanggal Bayar", "Jumlah", "Status Klaim", "Keterangan",
)  # fmt: skip
Written = Callable[[Sequence[Sequence[object]]], Path]


def nik(number: int) -> str:
    return f"717101010180{number:04d}"


def row(number: int, **changes: object) -> list[object]:
    values: dict[str, object] = {
        "number": number,
        "nik": nik(number),
        "name": f"PESERTA {chr(64 + number)}",
        "programme": "JKM",
        "category": "Pekerja Rentan",
        "village": "Wanea",
        "district": "Wanea",
        "event": date(2025, 3, 1),
        "paid": date(2025, 4, number % 28 + 1),
        "amount": 42_000_000,
        "status": "Dibayarkan",
        "note": "",
    }
    return list((values | changes).values())


@pytest.fixture
def written(tmp_path: Path) -> Written:
    """Write rows below a letterhead and a heading."""

    def write(rows: Sequence[Sequence[object]]) -> Path:
        book = openpyxl.Workbook()
        sheet = book.worksheets[0]
        sheet.append(["DAFTAR KLAIM DIBAYAR TAHUN 2025"])
        sheet.append([])
        sheet.append(list(HEADINGS))
        for each in rows:
            sheet.append(list(each))
        path = tmp_path / "klaim.xlsx"
        book.save(path)
        return path

    return write


def checked(context: AppContext, path: Path) -> ClaimFilePreview:
    told: list[Progress] = []
    return check_claims_file(context, path, progress=told.append, cancel=CancelToken())


def test_every_row_is_one_claim_and_the_counts_add_up(office: AppContext, written: Written) -> None:
    path = written(
        [
            row(1),
            row(2, programme="Jaminan Kecelakaan Kerja", amount="Rp1.250.000", status=""),
            row(3, programme="Beasiswa", paid="15-05-2025", category="", village="Antah"),
            row(4, programme="JHT", paid=None, status="Ditolak", amount=None),
            row(4, programme="JHT", amount=5_000_000),
            [],
            [None, "JUMLAH", None, None, None, None, None, None, None, 90_000_000],
        ]
    )
    preview = checked(office, path)
    assert (preview.accepted, preview.held, preview.ignored) == (5, 0, 1)
    assert preview.read == preview.blank + preview.ignored + preview.accepted + preview.held
    answer = import_claims(office, preview, request_id=new_request_id())
    stored = [get_claim(office, answer.object_id + place) for place in range(5)]
    assert [claim.draft.programme for claim in stored] == [
        Programme.JKM,
        Programme.JKK,
        Programme.SCHOLARSHIP,
        Programme.JHT,
        Programme.JHT,
    ]
    assert [claim.draft.amount for claim in stored] == [
        42_000_000,
        1_250_000,
        42_000_000,
        0,
        5_000_000,
    ]
    assert [claim.status for claim in stored] == ["PAID", "PAID", "PAID", "REJECTED", "PAID"]
    assert stored[2].draft.paid_on == date(2025, 5, 15)
    assert stored[0].draft.region_code == "71.71.07.1001"
    assert (stored[2].draft.region_code, stored[2].draft.category) == (None, "OTHER")
    assert "Antah" in stored[2].draft.note
    assert stored[3].person_id == stored[4].person_id
    assert [claim.number for claim in stored] == [f"K-2026-00000{n}" for n in range(1, 6)]
    assert claim_status_counts(office) == {"PAID": 4, "REJECTED": 1}
    assert stored[0].events[0].to_status == "PAID"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"nik": int(nik(1))}, "NIK_AS_NUMBER"),
        ({"nik": "123"}, "NIK_FORMAT"),
        ({"name": None}, "NAME_MISSING"),
        ({"programme": "JKX"}, "PROGRAMME_UNKNOWN"),
        ({"category": "Astronaut"}, "CATEGORY_UNKNOWN"),
        ({"paid": "kemarin"}, "DATE_UNREADABLE"),
        ({"paid": date(2027, 1, 1)}, "DATE_IN_FUTURE"),
        ({"event": date(2025, 12, 1)}, "DATES_REVERSED"),
        ({"amount": "empat puluh"}, "AMOUNT_UNREADABLE"),
        ({"amount": 0.5}, "AMOUNT_UNREADABLE"),
        ({"amount": -1}, "AMOUNT_UNREADABLE"),
        ({"amount": None}, "AMOUNT_MISSING"),
        ({"amount": "#N/A"}, "CELL_ERROR"),
        ({"paid": None}, "STATUS_CONFLICT"),
        ({"paid": None, "status": "Entah"}, "STATUS_UNKNOWN"),
    ],
)
def test_a_faulty_row_is_held_with_its_reason(
    office: AppContext, written: Written, changes: dict[str, object], code: str
) -> None:
    preview = checked(office, written([row(1, **changes), row(2)]))
    assert (preview.accepted, preview.held) == (1, 1)
    assert {(issue.row, issue.sheet) for issue in preview.issues} == {(4, "Sheet")}
    assert code in [issue.code for issue in preview.issues]


def test_a_second_death_claim_is_held(office: AppContext, written: Written) -> None:
    claimed(office, a_claim(participant_nik=nik(2)))
    rows = [row(1), row(1, note="lagi"), row(2), row(3, status="Ditolak", paid=None), row(3)]
    preview = checked(office, written(rows))
    assert (preview.accepted, preview.held) == (3, 2)
    assert [(issue.row, issue.code) for issue in preview.issues] == [
        (5, "DEATH_CLAIM_EXISTS"),
        (6, "DEATH_CLAIM_EXISTS"),
    ]


def test_the_same_content_is_loaded_once(office: AppContext, written: Written) -> None:
    preview = checked(office, written([row(1, programme="JHT")]))
    import_claims(office, preview, request_id=new_request_id())
    again = checked(office, written([row(1, programme="JHT")]))
    with pytest.raises(UserError, match="ALREADY_IMPORTED") as refused:
        import_claims(office, again, request_id=new_request_id())
    assert "20-11-2026" in refused.value.message
    assert len(list_claims(office)) == 1


def test_claims_that_are_recorded_already_are_held_one_for_one(
    office: AppContext, written: Written
) -> None:
    first = checked(office, written([row(1, programme="JHT"), row(2, programme="JHT")]))
    import_claims(office, first, request_id=new_request_id())
    rows = [row(1, programme="JHT"), row(1, programme="JHT"), row(3, programme="JHT")]
    again = checked(office, written(rows))
    assert (again.accepted, again.held) == (2, 1)
    assert [issue.code for issue in again.issues] == ["CLAIM_RECORDED"]


def test_a_check_that_was_overtaken_is_refused(office: AppContext, written: Written) -> None:
    preview = checked(office, written([row(1)]))
    claimed(office, a_claim(participant_nik=nik(1)))
    with pytest.raises(UserError, match="CHECK_OUTDATED"):
        import_claims(office, preview, request_id=new_request_id())


def test_a_file_without_a_usable_row_stores_nothing(office: AppContext, written: Written) -> None:
    preview = checked(office, written([row(1, programme="?")]))
    with pytest.raises(UserError, match="CLAIMS_EMPTY"):
        import_claims(office, preview, request_id=new_request_id())
    with pytest.raises(UserError, match="WORKBOOK_EMPTY"):
        checked(office, written([]))


@pytest.mark.parametrize("role", list(Role))
def test_clerks_and_supervisors_load_claims(
    office: AppContext, as_role: AsRole, written: Written, role: Role
) -> None:
    path = written([row(1)])
    context = as_role(role)
    if role in {Role.CLERK, Role.SUPERVISOR}:
        import_claims(context, checked(context, path), request_id=new_request_id())
        return
    with pytest.raises(UserError, match="NOT_PERMITTED"):
        checked(context, path)
    with pytest.raises(UserError, match="NOT_PERMITTED"):
        import_claims(context, checked(office, path), request_id=new_request_id())
