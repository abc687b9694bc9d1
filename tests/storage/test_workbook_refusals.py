"""Lists of unknown origin: a named refusal for bad ones, and a parent that lives on."""

import os
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from bpjsdesk.errors import Cancelled, UserError
from bpjsdesk.progress import CancelToken
from bpjsdesk.storage import workbook
from bpjsdesk.storage.workbook import Finished, RowChunk, read_workbook
from tests.storage import hostile
from tests.systems import descendants, needs_memory_cap

FIXTURES = Path(__file__).parent / "fixtures"
Maker = Callable[[Path], Path]

REFUSED: list[tuple[Maker, str]] = [
    (hostile.far_column, "WORKBOOK_TOO_LARGE"),
    (hostile.far_row, "WORKBOOK_TOO_LARGE"),
    (hostile.far_cell_in_odd_quotes, "WORKBOOK_TOO_LARGE"),
    (hostile.far_cell_hidden_from_the_guard, "WORKBOOK_TOO_LARGE"),
    (hostile.huge_sheet, "WORKBOOK_BOMB"),
    (hostile.many_parts, "WORKBOOK_BOMB"),
    (hostile.billion_laughs, "WORKBOOK_BOMB"),
    (hostile.lying_sizes, "WORKBOOK_DAMAGED"),
    (hostile.wrong_checksum, "WORKBOOK_DAMAGED"),
    (hostile.cut_file, "WORKBOOK_DAMAGED"),
    (hostile.utf16_sheet, "WORKBOOK_ENCODING"),
    (hostile.windows_sheet, "WORKBOOK_ENCODING"),
    (hostile.encrypted, "WORKBOOK_ENCRYPTED"),
    (hostile.encrypted_zip, "WORKBOOK_ENCRYPTED"),
    (hostile.only_hidden, "WORKBOOK_EMPTY"),
]
REFUSED_ODS: list[tuple[Maker, str]] = [
    (hostile.ods_repeat_bomb, "WORKBOOK_BOMB"),
    (hostile.ods_wide_bomb, "WORKBOOK_BOMB"),
    (hostile.ods_far_bomb, "WORKBOOK_BOMB"),
]
BYTES = [
    ("kosong.xlsx", b"", "WORKBOOK_EMPTY"),
    ("kosong.csv", b"\n;;\n", "WORKBOOK_EMPTY"),
    ("acak.xlsx", bytes(range(256)), "WORKBOOK_DAMAGED"),
    ("acak.csv", b"a\0b", "WORKBOOK_ENCODING"),
    ("web.xls", b"\n<HTML><table><tr><td>1</td></tr></table>", "WORKBOOK_RENAMED"),
    ("xml.xls", b'<?xml version="1.0"?><Workbook/>', "WORKBOOK_RENAMED"),
    ("surat.xlsx", b"%PDF-1.7", "WORKBOOK_RENAMED"),
    ("teks.xlsx", b"NIK;NAMA\n1;2\n", "WORKBOOK_RENAMED"),
    ("teks16.xlsx", "NIK;NAMA".encode("utf-16"), "WORKBOOK_RENAMED"),
    ("kuno.xls", b"\x09\x04\x06\x00\x00\x00\x10\x00", "WORKBOOK_RENAMED"),
    ("gambar.png", b"\x89PNG", "WORKBOOK_UNSUPPORTED"),
    ("tanpa", b"x", "WORKBOOK_UNSUPPORTED"),
]


def refusal_of(path: Path, *, timeout_s: float = 60) -> UserError:
    with pytest.raises(UserError) as caught:
        list(read_workbook(path, cancel=CancelToken(), timeout_s=timeout_s))
    assert "{" not in caught.value.message
    return caught.value


@pytest.mark.parametrize(("make", "code"), REFUSED)
def test_hostile_xlsx_is_refused_by_name(tmp_path: Path, make: Maker, code: str) -> None:
    assert refusal_of(make(tmp_path / "a.xlsx")).code == code


@pytest.mark.parametrize(("make", "code"), REFUSED_ODS)
def test_hostile_ods_is_refused_by_name(tmp_path: Path, make: Maker, code: str) -> None:
    assert refusal_of(make(tmp_path / "a.ods")).code == code


@pytest.mark.parametrize(("name", "content", "code"), BYTES)
def test_other_bytes_are_refused_by_name(
    tmp_path: Path, name: str, content: bytes, code: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert refusal_of(path).code == code


def test_garbage_in_an_xls_container_is_refused(tmp_path: Path) -> None:
    assert refusal_of(hostile.ole_garbage(tmp_path / "a.xls")).code == "WORKBOOK_DAMAGED"


@pytest.mark.parametrize(
    ("name", "word"), [("a.xls", "Excel (.xlsx)"), ("a.csv", "Excel (.xlsx)"), ("a.ods", ".xlsx")]
)
def test_renamed_workbook_is_told_what_it_is(tmp_path: Path, name: str, word: str) -> None:
    refused = refusal_of(hostile.plain_xlsx(tmp_path / name))
    assert refused.code == "WORKBOOK_RENAMED"
    assert word in refused.message


def test_ods_with_a_password_is_named(tmp_path: Path) -> None:
    manifest = "<manifest:encryption-data/>"
    path = hostile.write_ods(tmp_path / "a.ods", manifest=manifest)
    assert refusal_of(path).code == "WORKBOOK_ENCRYPTED"


def test_xls_with_a_password_is_named(tmp_path: Path) -> None:
    """Turn some harmless record of a real file into the FilePass record."""
    content = (FIXTURES / "list.xls").read_bytes()
    path = tmp_path / "a.xls"
    path.write_bytes(content.replace(b"\xe1\x00\x02\x00", b"\x2f\x00\x02\x00", 1))
    assert refusal_of(path).code == "WORKBOOK_ENCRYPTED"


@pytest.mark.parametrize("seed", range(12))
def test_damaged_bytes_give_rows_or_a_named_refusal(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    suffix, make = chance.choice(
        [(".xlsx", hostile.rich_xlsx), (".xls", copy_of_xls), (".ods", hostile.small_ods)]
    )
    path = make(tmp_path / f"a{suffix}")
    content = bytearray(path.read_bytes())
    for _ in range(chance.randint(1, 20)):
        content[chance.randrange(len(content))] = chance.randrange(256)
    path.write_bytes(content)
    assert ending_of(path).startswith(("read", "WORKBOOK_"))


def ending_of(path: Path) -> str:
    try:
        *_, last = read_workbook(path, cancel=CancelToken())
    except UserError as refused:
        return refused.code
    return "read" if isinstance(last, Finished) else "unfinished"


def copy_of_xls(path: Path) -> Path:
    path.write_bytes((FIXTURES / "list.xls").read_bytes())
    return path


def test_missing_file_and_folder_are_named(tmp_path: Path) -> None:
    assert refusal_of(tmp_path / "a.xlsx").code == "WORKBOOK_NOT_FOUND"
    (tmp_path / "b.xlsx").mkdir()
    assert refusal_of(tmp_path / "b.xlsx").code == "WORKBOOK_NOT_FOUND"


def test_too_many_rows_or_columns_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a,b\n" * 200_001, encoding="utf-8")
    assert refusal_of(path).code == "WORKBOOK_TOO_LARGE"
    path.write_text(",".join("x" * 257), encoding="utf-8")
    assert refusal_of(path).code == "WORKBOOK_TOO_LARGE"


def test_large_file_is_refused_while_the_reader_is_busy(tmp_path: Path) -> None:
    """Above a megabyte the guard runs beside the library and ends the child itself."""
    path = hostile.huge_sheet(tmp_path / "a.xlsx")
    assert path.stat().st_size > 1_000_000
    started = time.monotonic()
    assert refusal_of(path).code == "WORKBOOK_BOMB"
    assert time.monotonic() - started < 10


def test_dead_child_is_a_named_refusal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = hostile.plain_xlsx(tmp_path / "a.xlsx")
    command = [sys.executable, "-c", "import os; os.abort()"]
    monkeypatch.setattr(workbook, "_reader_command", lambda: command)
    assert refusal_of(path).code == "WORKBOOK_TOO_HEAVY"


def test_silent_child_is_stopped_in_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = hostile.plain_xlsx(tmp_path / "a.xlsx")
    command = [sys.executable, "-c", "import time; time.sleep(60)"]
    monkeypatch.setattr(workbook, "_reader_command", lambda: command)
    started = time.monotonic()
    assert refusal_of(path, timeout_s=0.3).code == "WORKBOOK_TIMEOUT"
    assert time.monotonic() - started < 5


@needs_memory_cap()
def test_workbook_that_needs_gigabytes_kills_only_the_child(tmp_path: Path) -> None:
    """Two cells within the limits make the library ask for more than the child may have."""
    assert refusal_of(hostile.hollow(tmp_path / "a.xlsx")).code == "WORKBOOK_TOO_HEAVY"


def test_frozen_program_reads_through_its_own_command_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "bpjsdesk.exe"))
    assert workbook._reader_command() == [str(tmp_path / "bpjsdesk.exe"), "--read-workbook"]  # noqa: SLF001 no frozen build here
    (tmp_path / "bpjsdesk-cli.exe").touch()
    assert workbook._reader_command()[0] == str(tmp_path / "bpjsdesk-cli.exe")  # noqa: SLF001 no frozen build here


def test_cancelling_ends_the_child_and_leaves_no_zombie(tmp_path: Path) -> None:
    cancel = CancelToken()
    before = descendants(os.getpid())
    parts = read_workbook(hostile.plain_xlsx(tmp_path / "a.xlsx", rows=20_000), cancel=cancel)
    next(part for part in parts if isinstance(part, RowChunk))
    assert descendants(os.getpid()) - before
    cancel.cancel()
    with pytest.raises(Cancelled):
        list(parts)
    assert descendants(os.getpid()) <= before


def test_leaving_the_loop_early_ends_the_child(tmp_path: Path) -> None:
    before = descendants(os.getpid())
    parts = read_workbook(
        hostile.plain_xlsx(tmp_path / "a.xlsx", rows=20_000), cancel=CancelToken()
    )
    next(parts)
    assert descendants(os.getpid()) - before
    parts.close()  # type: ignore[attr-defined]  # a generator behind the Iterator type
    assert descendants(os.getpid()) <= before
