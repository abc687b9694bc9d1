"""A table from the clipboard is staged like a file, and no copy of it lies on a disk."""

from dataclasses import replace
from pathlib import Path

import pytest

from bpjsdesk.domain.columns import Origin
from bpjsdesk.domain.enrollment import BatchRequest
from bpjsdesk.domain.pasted import pasted_name, pasted_table
from bpjsdesk.domain.workbook_values import ROW_KEY_HEADER
from bpjsdesk.errors import Cancelled, UserError
from bpjsdesk.progress import CancelToken, ignore_progress
from bpjsdesk.services.batches import get_batch
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.staging import StagedList, stage_list
from tests.services.lists import HEADINGS, nik, request_for, worker
from tests.services.staged_lists import opened, saved_agreement

HEAD = "\t".join(HEADINGS)


@pytest.fixture
def agreement_id(office: AppContext) -> int:
    return saved_agreement(office)


def lines(*serials: int) -> str:
    return "\n".join("\t".join("" if c is None else str(c) for c in worker(s)) for s in serials)


def request_of(office: AppContext, agreement_id: int, text: str) -> BatchRequest:
    name = Path(pasted_name(office.clock()))
    request = request_for(agreement_id, name)
    return replace(request, pasted=pasted_table(text).content())


def pasted(office: AppContext, agreement_id: int, text: str) -> StagedList:
    answer = stage_list(
        office,
        request_of(office, agreement_id, text),
        request_id=new_request_id(),
        progress=ignore_progress,
        cancel=CancelToken(),
    )
    return opened(office, answer.object_id)


def test_a_pasted_table_is_staged_like_a_file(office: AppContext, agreement_id: int) -> None:
    work = pasted(office, agreement_id, f"{HEAD}\n{lines(1, 2)}\n")
    assert [item.row.nik for item in work.check.staged] == [nik(1), nik(2)]
    assert [item.row.row_no for item in work.check.staged] == [2, 3]
    assert get_batch(office, work.batch_id).item.source_name.startswith("Tempelan ")


def test_a_correction_workbook_is_not_taken_from_the_clipboard(
    office: AppContext, agreement_id: int
) -> None:
    """What is copied is what the cells show, so what nobody has touched would look changed."""
    keyed = "\n".join(f"{line}\tkunci" for line in lines(1, 2).splitlines())
    with pytest.raises(UserError, match="Simpan berkas koreksinya") as told:
        pasted(office, agreement_id, f"{HEAD}\t{ROW_KEY_HEADER}\n{keyed}\n")
    assert told.value.code == "CORRECTION_PASTED"


def test_a_table_without_headings_is_guessed_from_what_it_holds(
    office: AppContext, agreement_id: int
) -> None:
    work = pasted(office, agreement_id, lines(1, 2, 3))
    [columns] = work.rules.columns.values()
    assert columns.origins["nik"] is Origin.CONTENT
    assert [item.row.nik for item in work.check.staged] == [nik(1), nik(2), nik(3)]


def test_a_cell_of_several_lines_stays_one_cell(office: AppContext, agreement_id: int) -> None:
    first = lines(1).replace("Molas", '"Molas\ndekat gereja"')
    work = pasted(office, agreement_id, f"{HEAD}\n{first}\n{lines(2)}")
    assert len(work.check.staged) == 2
    assert "Molas\\ndekat gereja" in work.check.staged[0].cells


def test_the_same_paste_is_recognised_whenever_it_comes(
    office: AppContext, agreement_id: int
) -> None:
    text = f"{HEAD}\n{lines(1, 2)}"
    pasted(office, agreement_id, text)
    with pytest.raises(UserError, match="sudah"):
        pasted(office, agreement_id, f"{text}\r\n\r\n")


def test_nothing_of_a_paste_lies_on_the_disk(
    office: AppContext, agreement_id: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(name, str(tmp_path))
    pasted(office, agreement_id, f"{HEAD}\n{lines(7)}")
    kept = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert not [path for path in kept if nik(7).encode() in path.read_bytes()]


def test_an_empty_paste_is_refused_and_a_cancelled_one_keeps_nothing(
    office: AppContext, agreement_id: int
) -> None:
    with pytest.raises(UserError) as refusal:
        pasted(office, agreement_id, " \t \n")
    assert refusal.value.code == "WORKBOOK_EMPTY"
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        stage_list(
            office,
            request_of(office, agreement_id, f"{HEAD}\n{lines(1)}"),
            request_id=new_request_id(),
            progress=ignore_progress,
            cancel=token,
        )


def test_a_huge_paste_passes_through_the_pipe(office: AppContext, agreement_id: int) -> None:
    rows = "\n".join(lines(serial) for serial in range(1, 9000))
    work = pasted(office, agreement_id, f"{HEAD}\n{rows}")
    assert len(work.check.staged) == 8999
