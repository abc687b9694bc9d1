"""Hostile, broken and mutated files taken in as lists in work: each a named reason, or whole."""

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest

from bpjsdesk.errors import UserError
from bpjsdesk.services.acceptance import breakdown, discard
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.staging import StagedList
from bpjsdesk.storage import enrollment
from build_scripts.bench_rows.memory import ChildWatch, peak_mb
from tests.proofs.hostile_files import write_all
from tests.proofs.hostile_mutations import mutations
from tests.services.lists import request_for, stored, taken_in
from tests.services.staged_lists import opened, saved_agreement

FEWEST = 200
MUTATIONS, PARTS, SHORT_MUTATIONS, SHORT_SHARE = 2000, 8, 60, 6
MEMORY_MB = 400
ENGLISH = re.compile(r"\b(error|file|invalid|failed|cannot|the|not|none)\b", re.IGNORECASE)
CODE = re.compile(r"[A-Z]+(_[A-Z]+)+")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder for the hostile files, beside the office."""
    place = tmp_path / "berkas"
    place.mkdir()
    return place


def test_there_are_enough_hostile_files_and_no_two_are_the_same(folder: Path) -> None:
    found = {(path.suffix, path.read_bytes()) for _what, path in write_all(folder)}
    assert len(found) >= FEWEST


class Desk:
    """Takes file after file in under one agreement and keeps count of what became of them."""

    def __init__(self, office: AppContext) -> None:
        self.office = office
        self.under = saved_agreement(office)
        self.outcomes: Counter[str] = Counter()
        self.wrong: list[tuple[str, str]] = []

    def take(self, what: str, path: Path, *, accepts: bool) -> None:
        """Take a file in; a refusal must name its reason, a list must be whole."""
        try:
            work = taken_in(self.office, request_for(self.under, path))
        except UserError as refused:
            self.outcomes[refused.code] += 1
            self._judge_words(what, refused)
            return
        self.outcomes["list"] += 1
        self._judge_list(what, work)
        if accepts and breakdown(work).entering:
            self._judge_accepted(what, work)
        else:
            # so that the same content may come again
            discard(self.office, work, reason="berkas uji", request_id=new_request_id())

    def _judge_words(self, what: str, refused: UserError) -> None:
        message = str(refused)
        told = CODE.fullmatch(refused.code) and message.endswith(".") and "{" not in message
        if not told or ENGLISH.search(message):
            self.wrong.append((what, f"{refused.code}: {message}"))

    def _judge_list(self, what: str, work: StagedList) -> None:
        counts = breakdown(work)  # raises where the rows do not add up
        with self.office.database.read() as connection:
            kept = enrollment.batch_row(connection, work.batch_id)
        assert kept is not None
        rows = len(work.check.staged) + counts.blank
        if not counts.read == rows == kept.read or not work.check.staged:
            self.wrong.append((what, f"{kept.read} kept, {counts.read} read, {rows} rows"))

    def _judge_accepted(self, what: str, work: StagedList) -> None:
        counts = breakdown(work)
        again = opened(self.office, stored(self.office, work))
        left = counts.read - counts.blank - counts.ignored - counts.entering
        if len(again.line_ids) != left:
            self.wrong.append((what, f"{left} held, {len(again.line_ids)} still open"))


def run(office: AppContext, files: Iterable[tuple[str, Path]]) -> Counter[str]:
    """Take all in; gives how many ended with each code, or as a list."""
    desk = Desk(office)
    for at, (what, path) in enumerate(files):
        desk.take(what, path, accepts=at % 10 == 0)
    assert desk.wrong == []
    with office.database.read() as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
    return desk.outcomes


def measured(office: AppContext, files: Iterable[tuple[str, Path]]) -> Counter[str]:
    """Take all in and hold the memory of program and reader together to its limit."""
    watch = ChildWatch()
    watch.start()
    try:
        outcomes = run(office, files)
    finally:
        child = watch.stop()
    own = peak_mb()
    # the figures of the proof, shown by pytest -s
    print(f"{dict(outcomes)}; program {own:.0f} MB + reader {child:.0f} MB")  # noqa: T201
    assert own + child <= MEMORY_MB
    return outcomes


def test_some_hostile_files(office: AppContext, folder: Path) -> None:
    run(office, write_all(folder, every=SHORT_SHARE))


def test_some_mutations(office: AppContext, folder: Path) -> None:
    write_all(folder, every=SHORT_SHARE)
    run(office, mutations(folder, range(SHORT_MUTATIONS)))


@pytest.mark.long
def test_every_hostile_file_within_memory(office: AppContext, folder: Path) -> None:
    assert measured(office, write_all(folder)).total() >= FEWEST


@pytest.mark.long
@pytest.mark.parametrize("part", range(PARTS))
def test_every_mutation_within_memory(office: AppContext, folder: Path, part: int) -> None:
    write_all(folder, every=SHORT_SHARE)
    numbers = range(part, MUTATIONS, PARTS)
    assert measured(office, mutations(folder, numbers)).total() == len(numbers)
