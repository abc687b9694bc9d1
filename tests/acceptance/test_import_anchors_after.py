"""What anchors.md 5.7 asks for after a list was accepted."""

from pathlib import Path

import openpyxl

from bpjsdesk.domain.access import Role
from bpjsdesk.domain.batch_undo import UndoPlan, UndoReason
from bpjsdesk.domain.enrollment import BatchCounts, BatchStatus
from bpjsdesk.domain.person_changes import IdentityField
from bpjsdesk.progress import CancelToken
from bpjsdesk.services.batch_undo import plan_undo, undo_batch, write_undo_list
from bpjsdesk.services.batches import get_batch
from bpjsdesk.services.claims import save_claim
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.core_reply import check_reply, take_reply
from bpjsdesk.services.core_send import mark_sent
from bpjsdesk.services.identity_requests import decide_change, request_change
from bpjsdesk.services.people import find_people, get_person
from bpjsdesk.services.receipts import batch_receipt
from tests.offices import AsRole
from tests.services.factories import a_claim
from tests.services.lists import checked, nik, stored, workbook, worker
from tests.services.staged_lists import saved_agreement


def person_of(office: AppContext, serial: int) -> int:
    return find_people(office, nik(serial)).people[0].person_id


def renamed(office: AppContext, clerk: AppContext, serial: int) -> None:
    """Correct a name as the office does: asked for by one, approved by another."""
    asked = request_change(
        clerk,
        person_of(office, serial),
        IdentityField.NAME,
        "Budi Wowor",
        basis="KTP, diperiksa di loket",
        request_id=new_request_id(),
    )
    decide_change(office, asked.object_id, approve=True, request_id=new_request_id())


def in_core(office: AppContext, batch_id: int, serial: int, path: Path) -> None:
    """Send the batch; the core system answers for one person only."""
    mark_sent(office, batch_id, request_id=new_request_id())
    row: list[object] = [nik(serial), "BUDI", "Y", "26001234567"]
    book = workbook(path, [row], headings=("NIK", "NAMA", "Y/T", "KPJ"))
    reply = check_reply(office, batch_id, book, cancel=CancelToken())
    take_reply(office, reply, request_id=new_request_id())


def test_anchor_5_7_07_undo_after_one_worker_was_edited_and_one_has_a_claim(
    office: AppContext, as_role: AsRole, tmp_path: Path
) -> None:
    under = saved_agreement(office)
    rows = [worker(serial) for serial in range(1, 7)]
    book = workbook(tmp_path / "a.xlsx", rows)
    batch_id = stored(office, checked(office, under, book))
    whole = get_batch(office, batch_id).item.amount
    renamed(office, as_role(Role.CLERK), 1)
    claim = a_claim(participant_nik=nik(2), participant_name="BUDI RONDO BETO")
    save_claim(office, claim, request_id=new_request_id())
    in_core(office, batch_id, 3, tmp_path / "balasan.xlsx")

    plan = plan_undo(office, batch_id)
    assert {(row.row_no, row.why) for row in plan.rows} == {
        (2, UndoReason.EDITED),
        (3, UndoReason.CLAIMED),
        (4, UndoReason.IN_CORE),
        (5, UndoReason.REMOVED),
        (6, UndoReason.REMOVED),
        (7, UndoReason.REMOVED),
    }
    assert all("belum dijawab" in row.sentence for row in plan.rows[3:])
    done = undo_batch(office, plan, reason="Berkas tahun lalu", request_id=new_request_id())
    assert done.plan.rows == plan.rows

    item = get_batch(office, batch_id).item
    assert item.counts == BatchCounts(read=6, blank=0, ignored=0, accepted=3, held=3)
    assert (item.status, item.amount) == (BatchStatus.UNDONE, whole // 2)
    assert {person.name for person in find_people(office, "BUDI").people} == {
        "BUDI WOWOR",
        "BUDI RONDO BETO",
        "BUDI RONDO CIKU",
    }
    # who stays has kept the months and the claim
    kept = get_person(office, person_of(office, 2))
    assert (len(kept.memberships), len(kept.claims)) == (1, 1)
    assert book_of(undo_list(office, done.plan, tmp_path / "batal.xlsx")) == {
        "Tidak dapat dibatalkan": 1,
        "Tetap": 2,
        "Dibatalkan": 3,
    }

    receipt = batch_receipt(office, batch_id)
    assert (receipt.read, receipt.new, receipt.held) == (6, 3, 3)

    # the same content may come again: who stayed is known, nobody is there twice
    again = checked(office, under, book)
    second = get_batch(office, stored(office, again)).item
    assert (second.counts.accepted, second.counts.held) == (3, 3)
    assert len(find_people(office, "BUDI").people) == 6


def undo_list(office: AppContext, plan: UndoPlan, out: Path) -> Path:
    return write_undo_list(office, plan, out, request_id=new_request_id())


def book_of(path: Path) -> dict[str, int]:
    """Count the people on each sheet, below title, count and heading."""
    book = openpyxl.load_workbook(path)
    return {sheet.title: sheet.max_row - 4 for sheet in book}
