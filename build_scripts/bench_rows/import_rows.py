"""The rows of the import: against its floor, against the usual way, and its memory."""

from collections.abc import Iterator
from pathlib import Path

from build_scripts.bench_rows.figures import Measured, against_peer, pairs_of
from build_scripts.bench_rows.goals import IMPORT_FLOOR, IMPORT_MEMORY, IMPORT_USUAL
from build_scripts.bench_rows.import_sides import accepted_rows
from build_scripts.bench_rows.job import run_side
from build_scripts.bench_rows.stores import Stores, opened


def against_floor(stores: Stores, rounds: int) -> Iterator[Measured]:
    """Measure program and floor in turn, each on a fresh copy in a fresh process."""
    file = str(stores.list_file() / "list.xlsx")
    rows = prepared_rows(stores)
    ours, bare = [], []
    for _ in range(rounds):
        office = str(stores.fresh(stores.register(), "program"))
        ours.append(run_side("import_sides:program", office=office, file=file))
        office = str(stores.fresh(stores.register(), "floor"))
        bare.append(run_side("import_sides:floor", office=office, file=file, rows=rows))
    pairs = pairs_of([one["seconds"] for one in ours], [one["seconds"] for one in bare])
    with_log = pairs_of([one["with_log"] for one in ours], [one["with_log"] for one in bare])
    middle = sorted(ours, key=lambda one: float(one["seconds"]))[len(ours) // 2]
    below = sorted(bare, key=lambda one: float(one["seconds"]))[len(bare) // 2]
    yield against_peer(
        IMPORT_FLOOR,
        pairs,
        "calamine in process + executemany of the accepted rows",
        f"take in {middle['take_in']:.2f} s + check {middle['check']:.2f} s + accept "
        f"{middle['store']:.2f} s; accepted {middle['accepted']}, held {middle['held']}",
        f"the proven backup before acceptance, {middle['backup']:.2f} s, is not in it: the floor "
        "has none",
        f"floor: read {below['read']:.2f} s + insert {below['store']:.2f} s",
        "both: SQLCipher, FULL, one transaction, log carried into the file after the answer; "
        f"with that carrying {with_log.ratio:.2f} ×",
    )


def prepared_rows(stores: Stores) -> str:
    """Name the file with the rows that the floor inserts; made by one run of the program."""
    return str(stores.made("accepted", lambda path: _prepare_rows(stores, path)) / "rows.pickle")


def against_usual(stores: Stores, _rounds: int) -> Iterator[Measured]:
    """Measure the usual way once, between two runs of the program."""
    file = str(stores.list_file() / "list.xlsx")
    ours = [_program(stores, file)]
    office = str(stores.fresh(stores.register(), "usual"))
    usual = run_side("import_usual:usual", office=office, file=file)
    ours.append(_program(stores, file))
    own = sum(ours) / len(ours)
    yield Measured(
        goal=IMPORT_USUAL,
        figure=own * 1000,
        unit="ms",
        value=float(usual["seconds"]) / own,
        peer=float(usual["seconds"]) * 1000,
        peer_name="openpyxl + pydantic + ORM add_all (1)",
        notes=(
            f"the peer keeps no held rows, no cell types and no history; it accepted "
            f"{usual['accepted']} new people",
        ),
    )


def memory(stores: Stores, _rounds: int) -> Iterator[Measured]:
    """Measure the peak of the whole process, and of the child that reads the workbook."""
    file = str(stores.list_file() / "list.xlsx")
    office = str(stores.fresh(stores.register(), "program"))
    peaks = run_side("import_sides:program_memory", office=office, file=file)
    both = float(peaks["own"]) + float(peaks["child"])
    yield Measured(
        goal=IMPORT_MEMORY,
        figure=both,
        unit="MB",
        value=both,
        notes=(
            f"program {peaks['own']:.0f} MB (of it {peaks['before']:.0f} before the import) "
            f"+ reading child {peaks['child']:.0f} MB, their peaks added",
        ),
    )


def _program(stores: Stores, file: str) -> float:
    office = str(stores.fresh(stores.register(), "program"))
    return float(run_side("import_sides:program", office=office, file=file)["seconds"])


def _prepare_rows(stores: Stores, folder: Path) -> None:
    office = stores.fresh(stores.register(), "rows")
    file = str(stores.list_file() / "list.xlsx")
    run_side("import_sides:program", office=str(office), file=file)
    context = opened(office)
    accepted_rows(context, folder / "rows.pickle")
    context.close()
