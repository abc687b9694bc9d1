"""Workbooks with lists of workers, made up for the tests of batches."""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from random import Random
from string import ascii_uppercase

import openpyxl

from bpjsdesk.domain.enrollment import BatchCounts, BatchRequest
from bpjsdesk.domain.senders import SenderChoice
from bpjsdesk.progress import CancelToken, ignore_progress
from bpjsdesk.services.acceptance import breakdown
from bpjsdesk.services.accepting import accept_list
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.staging import StagedList, open_list, stage_list

_WORDS = ["JUNO", "ALFA", "BETO", "CIKU", "DOMI", "ELSU", "FIRO", "GENI", "HALU", "IMRA"]
_LONG_WORD = 10
HEADINGS = ("NO", "NIK", "NAMA LENGKAP", "TANGGAL LAHIR", "JENIS KELAMIN", "KELURAHAN", "NO HP")


def nik(serial: int, *, day: int = 12) -> str:
    """Give a sound NIK of a man born in August 1985 in Bunaken, Manado."""
    return f"717101{day:02d}0885{serial:04d}"


def lettered(serial: int) -> str:
    """Tell people apart by a word, ALFA for 1, BETO for 2: no name has a digit in it.

    No two are so alike that one could be a slip for the other.
    """
    if serial < len(_WORDS):
        return _WORDS[serial]
    return "".join(Random(serial).choices(ascii_uppercase, k=_LONG_WORD))


def worker(serial: int, **changes: object) -> list[object]:
    """Give one row without a fault."""
    values: dict[str, object] = {
        "no": serial,
        "nik": nik(serial),
        "name": f"BUDI RONDO {lettered(serial)}",
        "born": "12-08-1985",
        "sex": "L",
        "village": "Molas",
        "phone": f"0812{serial:08d}",
    }
    return list((values | changes).values())


def workbook(
    path: Path, rows: Iterable[Sequence[object]], *, headings: Sequence[str] = HEADINGS
) -> Path:
    """Write a list with its heading in the first row."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(list(headings))
    for row in rows:
        sheet.append(list(row))
    book.save(path)
    return path


def request_for(under: int, path: Path, **changes: object) -> BatchRequest:
    """Ask for a file to be read for the vulnerable workers of an agreement."""
    values: dict[str, object] = {
        "path": path,
        "agreement_id": under,
        "category": "VULNERABLE",
        "registered_on": date(2026, 11, 20),
    }
    return BatchRequest(**(values | changes))  # type: ignore[arg-type]  # named by each test


def checked(office: AppContext, under: int, path: Path, **changes: object) -> StagedList:
    """Take a file in for the vulnerable workers of an agreement, and check it."""
    return taken_in(office, request_for(under, path, **changes))


def taken_in(
    office: AppContext, request: BatchRequest, sender: SenderChoice | None = None
) -> StagedList:
    """Take a list in, and check it."""
    answer = stage_list(
        office,
        request,
        request_id=new_request_id(),
        progress=ignore_progress,
        cancel=CancelToken(),
        sender=sender,
    )
    return open_list(office, answer.object_id, progress=ignore_progress, cancel=CancelToken())


def stored(office: AppContext, work: StagedList, request_id: str = "") -> int:
    """Accept a list as the supervisor does and give the id of its batch."""
    answer = accept_list(
        office,
        work,
        request_id=request_id or new_request_id(),
        progress=ignore_progress,
        cancel=CancelToken(),
        up_to_quota=True,
    )
    return answer.object_id


def counts_of(work: StagedList) -> BatchCounts:
    """Count the rows of a list in work as the batch will count them."""
    found = breakdown(work)
    return BatchCounts(
        read=found.read,
        blank=found.blank,
        ignored=found.ignored,
        accepted=found.entering,
        held=found.held + found.decided,
    )
