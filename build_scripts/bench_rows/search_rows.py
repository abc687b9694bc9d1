"""The rows of search and of paging over all people, each in one fresh process."""

from collections.abc import Iterator
from random import Random
from typing import Any

from build_scripts.bench_rows.figures import Measured
from build_scripts.bench_rows.goals import FAR_PAGE, NIK_PREFIX, SEARCH
from build_scripts.bench_rows.job import run_side
from build_scripts.bench_rows.people import crowd
from build_scripts.bench_rows.stores import Stores


def search(stores: Stores, _rounds: int) -> Iterator[Measured]:
    """Ask for the same parts of names by the service and by a LIKE scan, in turn."""
    found = _run("search_sides:names", stores, texts=_parts_of_names(stores))
    yield Measured(
        goal=SEARCH,
        figure=found["own_p95"],
        unit="ms",
        value=found["own_p95"] / found["peer_p95"],
        peer=found["peer_p95"],
        peer_name="LIKE '%text%' in name order, 100 rows, same store",
        rounds=stores.sizes.searches,
        notes=(
            "each text once on both sides; "
            f"p50 {found['own_p50']:.1f} against {found['peer_p50']:.1f} ms; "
            f"slowest {found['own_max']:.1f} ms for “{found['slowest']}”",
        ),
    )


def nik_prefix(stores: Stores, _rounds: int) -> Iterator[Measured]:
    """Ask for beginnings of NIKs, three to sixteen digits long."""
    found = _run("search_sides:niks", stores, texts=_beginnings_of_niks(stores))
    yield Measured(
        goal=NIK_PREFIX,
        figure=found["p95"],
        unit="ms",
        value=found["p95"],
        rounds=stores.sizes.searches,
        notes=(f"p50 {found['p50']:.1f} ms, slowest {found['max']:.1f} ms",),
    )


def far_page(stores: Stores, _rounds: int) -> Iterator[Measured]:
    """Read pages at the top and near the end in turn, through the order of all ids."""
    found = _run("search_sides:pages", stores, count=stores.sizes.searches)
    yield Measured(
        goal=FAR_PAGE,
        figure=found["far"],
        unit="ms",
        value=found["ratio"],
        peer=found["first"],
        peer_name="page of 100 at row 0",
        rounds=stores.sizes.searches,
        notes=(f"page at row {found['row']}; the order of all ids took {found['order']:.2f} s",),
    )


def _run(side: str, stores: Stores, **arguments: object) -> dict[str, Any]:
    office = stores.fresh(stores.register(), "search")
    return run_side(side, office=str(office), **arguments)


def _parts_of_names(stores: Stores) -> list[str]:
    """Cut three to eight letters out of names, beginnings of words twice as often."""
    dice = Random(5)
    parts = []
    for someone in crowd(stores.sizes.searches, seed=7171):
        name = someone.name
        starts = [0, *(at + 1 for at, letter in enumerate(name) if letter == " ")]
        last = max(0, len(name) - 3)
        start = min(dice.choice([dice.choice(starts), dice.randrange(last + 1)]), last)
        parts.append(name[start : start + dice.randrange(3, 9)].strip())
    return [part for part in parts if len(part) >= 3]


def _beginnings_of_niks(stores: Stores) -> list[str]:
    dice = Random(6)
    return [someone.nik[: dice.randrange(3, 17)] for someone in crowd(stores.sizes.searches, 7171)]
