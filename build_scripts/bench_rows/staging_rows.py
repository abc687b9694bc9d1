"""The rows of a list in work: taking it in, its rules, one edit, check and acceptance."""

from collections.abc import Iterator
from pathlib import Path
from statistics import median

from build_scripts.bench_rows.figures import Measured, against_peer, pairs_of
from build_scripts.bench_rows.goals import CHECK_ACCEPT, RECHECK, RULES, TAKE_IN
from build_scripts.bench_rows.import_rows import prepared_rows
from build_scripts.bench_rows.job import run_side
from build_scripts.bench_rows.stores import Stores

_MILLISECONDS = 1000


def take_in(stores: Stores, rounds: int) -> Iterator[Measured]:
    """Measure reading and keeping a list against the bare read and a bare insert."""
    file = str(stores.list_file() / "list.xlsx")
    rows = str(stores.made("staged", lambda path: _keep_lines(stores, path)) / "rows.pickle")
    ours, bare = [], []
    for _ in range(rounds):
        office = str(stores.fresh(stores.register(), "program"))
        ours.append(run_side("staging_sides:take_in", office=office, file=file)["seconds"])
        office = str(stores.fresh(stores.register(), "floor"))
        side = run_side("staging_sides:bare_take_in", office=office, file=file, rows=rows)
        bare.append(side["seconds"])
    yield against_peer(TAKE_IN, pairs_of(ours, bare), "calamine in process + executemany")


def rules(stores: Stores, rounds: int) -> Iterator[Measured]:
    """Measure every rule over every row against the bare read of the same file.

    The promise is about rows that are at hand (performance.md, goal 2). A list in work keeps its
    cells as JSON: with parsing them the figure stands beside.
    """
    file = str(stores.list_file() / "list.xlsx")
    sides = []
    for _ in range(rounds):
        office = str(stores.fresh(stores.register(), "program"))
        sides.append(run_side("staging_sides:rules", office=office, file=file))
    pairs = pairs_of([side["seconds"] for side in sides], [side["read"] for side in sides])
    whole = median(side["with_parsing"] / side["read"] for side in sides)
    yield against_peer(
        RULES,
        pairs,
        "calamine in process",
        f"with the cells of a list in work parsed from JSON {whole:.2f} ×",
    )


def edit(stores: Stores, rounds: int) -> Iterator[Measured]:
    """Measure one edit: stored, audited, and checked again with all that it touches."""
    file = str(stores.list_file() / "list.xlsx")
    sides = []
    for _ in range(rounds):
        office = str(stores.fresh(stores.register(), "program"))
        sides.append(run_side("staging_sides:edit", office=office, file=file))
    middle = median(side["seconds"] for side in sides) * _MILLISECONDS
    longest = max(side["longest"] for side in sides) * _MILLISECONDS
    yield Measured(
        goal=RECHECK,
        figure=middle,
        unit="ms",
        value=middle,
        rounds=rounds,
        notes=(f"median; the longest of all {longest:.0f} ms",),
    )


def check_and_accept(stores: Stores, rounds: int) -> Iterator[Measured]:
    """Measure check and acceptance of a kept list against the floor of the whole import."""
    file = str(stores.list_file() / "list.xlsx")
    rows = prepared_rows(stores)
    ours, bare = [], []
    for _ in range(rounds):
        office = str(stores.fresh(stores.register(), "program"))
        ours.append(run_side("staging_sides:check_and_accept", office=office, file=file))
        office = str(stores.fresh(stores.register(), "floor"))
        bare.append(run_side("import_sides:floor", office=office, file=file, rows=rows)["seconds"])
    pairs = pairs_of([side["seconds"] for side in ours], bare)
    middle = sorted(ours, key=lambda side: float(side["seconds"]))[len(ours) // 2]
    yield against_peer(
        CHECK_ACCEPT,
        pairs,
        "calamine in process + executemany of the accepted rows",
        f"check {middle['check']:.2f} s + accept {middle['accept']:.2f} s",
        f"the proven backup before acceptance, {middle['backup']:.2f} s, is not in it: the floor "
        "has none",
    )


def _keep_lines(stores: Stores, folder: Path) -> None:
    office = stores.fresh(stores.register(), "rows")
    file = str(stores.list_file() / "list.xlsx")
    out = str(folder / "rows.pickle")
    run_side("staging_sides:keep_lines", office=str(office), file=file, out=out)
