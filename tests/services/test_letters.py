"""The scan of a letter is kept with its list."""

from pathlib import Path

import pytest

from bpjsdesk.errors import UserError
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.letters import LARGEST_SCAN, attach_scan, letter_scan, read_scan
from tests.services.lists import workbook, worker
from tests.services.staged_lists import saved_agreement, staged

PDF = b"%PDF-1.7\n%a letter"


def test_the_scan_of_a_letter_is_kept_and_replaced(office: AppContext, tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [worker(1)])
    batch_id = staged(office, saved_agreement(office), path).batch_id
    assert letter_scan(office, batch_id) is None
    for name, content, kind in (("a.pdf", PDF, "pdf"), ("b.jpg", b"\xff\xd8\xff\xe0", "jpg")):
        (tmp_path / name).write_bytes(content)
        scan = read_scan(tmp_path / name)
        attach_scan(office, batch_id, scan, request_id=new_request_id())
        kept = letter_scan(office, batch_id)
        assert kept is not None
        assert (kept.name, kept.kind, kept.content) == (name, kind, content)


def test_only_what_a_scanner_makes_is_taken(tmp_path: Path) -> None:
    faulty = {
        "SCAN_KIND": b"PK\x03\x04",
        "SCAN_TOO_LARGE": PDF + bytes(LARGEST_SCAN),
    }
    for code, content in faulty.items():
        (tmp_path / "surat.pdf").write_bytes(content)
        with pytest.raises(UserError) as refusal:
            read_scan(tmp_path / "surat.pdf")
        assert refusal.value.code == code
    with pytest.raises(UserError, match="tidak dapat dibuka"):
        read_scan(tmp_path / "tidak ada.pdf")
