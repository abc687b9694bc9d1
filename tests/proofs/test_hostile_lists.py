"""Hostile, broken and mutated files taken in as lists in work: each a named reason, or whole."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from pathlib import Path

import pytest

from bpjsdesk.errors import UserError
from bpjsdesk.services.acceptance import breakdown, discard
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.staging import StagedList
from bpjsdesk.storage import enrollment
from build_scripts.bench_rows.memory import ChildWatch, peak_mb
from tests.proofs import hostile_books, hostile_texts
from tests.proofs.hostile_mutations import mutations
from tests.services.lists import request_for, stored, taken_in
from tests.services.staged_lists import opened, saved_agreement
from tests.storage import hostile

Maker = Callable[[Path], Path]
FEWEST = 200
MUTATIONS, SHORT_MUTATIONS, SHORT_SHARE = 2000, 60, 6
MEMORY_MB = 400
ENGLISH = re.compile(r"\b(error|file|invalid|failed|cannot|the|not|none)\b", re.IGNORECASE)
CODE = re.compile(r"[A-Z]+(_[A-Z]+)+")
ATTACKS = (
    *("plain_xlsx", "far_column", "far_row", "far_cell_in_odd_quotes", "hollow", "huge_sheet"),
    *("far_cell_hidden_from_the_guard", "lying_sizes", "wrong_checksum", "many_parts"),
    *("billion_laughs", "utf16_sheet", "windows_sheet", "cut_file", "encrypted", "encrypted_zip"),
    *("year_1904", "rich_xlsx", "only_hidden"),
)
OLD = (hostile.ole_garbage, *map(hostile_books.cut_xls, (0.1, 0.3, 0.5, 0.7, 0.9, 0.99, 1)))


def every_file() -> Mapping[str, tuple[str, Maker]]:
    """Name every hostile file, with its file name and its maker."""
    found: dict[str, tuple[str, Maker]] = {}
    for name in ATTACKS:
        found[f"attack: {name}"] = ("a.xlsx", getattr(hostile, name))
    for name, xml in hostile_books.CELLS.items():
        found[f"cell: {name}"] = ("a.xlsx", hostile_books.cell(xml))
    kinds = ("sheet", hostile_books.SHEETS), ("book", hostile_books.BOOKS)
    for kind, makers in (*kinds, ("to", hostile_books.RELATIONS), ("zip", hostile_books.ZIPS)):
        found |= {f"{kind}: {name}": ("a.xlsx", make) for name, make in makers.items()}
    found |= {f"ods: {name}": ("a.ods", make) for name, make in hostile_books.ODS.items()}
    found |= {f"xls: {at}": ("a.xls", make) for at, make in enumerate(OLD)}
    found |= {f"text: {name}": ("a.csv", make) for name, make in hostile_texts.TEXTS.items()}
    found |= {f"is {name}": made for name, made in hostile_texts.STRANGERS.items()}
    return found


def test_there_are_enough_hostile_files_and_no_two_are_the_same(tmp_path: Path) -> None:
    light = {name: made for name, made in every_file().items() if name != "attack: huge_sheet"}
    contents = Counter(
        (Path(name).suffix, make(tmp_path / f"{at}{Path(name).suffix}").read_bytes())
        for at, (name, make) in enumerate(light.values())
    )
    assert len(contents) >= FEWEST


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
            self.outcomes["accepted"] += 1
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


def made(files: Mapping[str, tuple[str, Maker]], folder: Path) -> Iterator[tuple[str, Path]]:
    """Write file after file, each into a folder of its own; nothing is left behind."""
    for at, (what, (name, make)) in enumerate(files.items()):
        place = folder / str(at)
        place.mkdir()
        path = make(place / name)
        yield what, path
        path.unlink(missing_ok=True)


def run(office: AppContext, files: Iterator[tuple[str, Path]]) -> Desk:
    desk = Desk(office)
    for at, (what, path) in enumerate(files):
        desk.take(what, path, accepts=at % 10 == 0)
    assert desk.wrong == []
    with office.database.read() as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
    return desk


def test_some_hostile_files(office: AppContext, tmp_path: Path) -> None:
    files = islice(every_file().items(), 0, None, SHORT_SHARE)
    run(office, made(dict(files), tmp_path))


def test_some_mutations(office: AppContext, tmp_path: Path) -> None:
    run(office, mutations(tmp_path, SHORT_MUTATIONS))


@pytest.mark.long
def test_every_hostile_file_and_mutation_within_memory(office: AppContext, tmp_path: Path) -> None:
    watch = ChildWatch()
    watch.start()
    try:
        hostile_ones = run(office, made(every_file(), tmp_path)).outcomes
        mutated = run(office, mutations(tmp_path, MUTATIONS)).outcomes
    finally:
        child = watch.stop()
    own = peak_mb()
    print(f"hostile: {dict(hostile_ones)}")  # noqa: T201  # the figures of the proof
    print(f"mutated: {dict(mutated)}")  # noqa: T201
    print(f"program {own:.0f} MB + reader {child:.0f} MB")  # noqa: T201
    assert sum(hostile_ones.values()) >= FEWEST
    assert own + child <= MEMORY_MB
