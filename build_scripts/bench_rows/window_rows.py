"""The rows of the window: first paint of a list, start to the login, silences."""

import shutil
import statistics
import sys
from collections.abc import Iterator
from pathlib import Path

from build_scripts.bench_rows.drivers import export_plain
from build_scripts.bench_rows.figures import Measured, against_peer, in_turn, pairs_of
from build_scripts.bench_rows.goals import FIRST_PAINT, GRID, LOGIN_WINDOW, SILENCE
from build_scripts.bench_rows.job import run_side, start_to_signal
from build_scripts.bench_rows.stores import Stores, founded, opened

FEWEST_STARTS = 9


def first_paint(stores: Stores, rounds: int) -> Iterator[Measured]:
    """Show the list of people and QSqlTableModel in turn, each in a fresh process."""
    office = str(stores.fresh(stores.register(), "paint"))
    plain = str(stores.made("plain", lambda path: _make_plain(stores, path)) / "plain.db")

    def own() -> float:
        return float(run_side("paint_sides:program", office=office)["seconds"])

    def peer() -> float:
        return float(run_side("paint_sides:sql_model", file=plain)["seconds"])

    own(), peer()
    yield against_peer(
        FIRST_PAINT,
        in_turn(own, peer, max(rounds, 5)),
        "QSqlTableModel in name order on an unencrypted copy, which is all that it can read",
        "from setting the source to the first paint with names in it, store open, window shown",
    )


def login_window(stores: Stores, rounds: int) -> Iterator[Measured]:
    """Start the program, a bare window and a bare form in turn, each a fresh process."""
    office = stores.folder / "fresh" / "login"
    shutil.rmtree(office, ignore_errors=True)
    founded(office).close()
    program = [sys.executable, "-m", "build_scripts.bench_rows.start_program", str(office)]
    bare = [sys.executable, "-m", "build_scripts.bench_rows.start_bare"]
    form = [*bare, "form"]
    compiled = stores.folder / "compiled"

    def started() -> tuple[float, ...]:
        return tuple(start_to_signal(side, compiled) for side in (program, bare, form))

    started()  # fills `compiled`
    own, peer, with_form = zip(*(started() for _ in range(max(rounds, FEWEST_STARTS))), strict=True)
    formed = pairs_of(own, with_form)
    yield against_peer(
        LOGIN_WINDOW,
        pairs_of(own, peer),
        "a bare QWidget of 1366×768, shown and painted",
        "from the start of the process until the fields of the login are painted",
        f"a bare window with one label, two fields and a button: {formed.peer * 1000:.1f} ms, "
        f"{formed.ratio:.2f} × for the program",
    )


def silence(stores: Stores, rounds: int) -> Iterator[Measured]:
    """Load a list in a task and watch the beat of the window, in fresh processes."""
    file = str(stores.list_file() / "list.xlsx")
    found = []
    for _ in range(min(rounds, 3)):
        office = str(stores.fresh(stores.register(), "silence"))
        found.append(run_side("silence_side:program", office=office, file=file))
    longest = statistics.median(float(one["longest"]) for one in found)
    check = statistics.median(float(one["check"]) for one in found)
    save = statistics.median(float(one["save"]) for one in found)
    yield Measured(
        goal=SILENCE,
        figure=longest,
        unit="ms",
        value=longest,
        rounds=len(found),
        notes=(
            f"while checking {check:.0f} ms, while saving {save:.0f} ms; beats of 5 ms; without "
            f"any work {max(float(one['idle']) for one in found):.0f} ms",
        ),
    )


def grid(stores: Stores, rounds: int) -> Iterator[Measured]:
    """Open a list in work in the whole window and look through its rows, in fresh processes."""
    file = str(stores.list_file() / "list.xlsx")
    found = []
    for _ in range(min(rounds, 3)):
        office = str(stores.fresh(stores.register(), "grid"))
        found.append(run_side("grid_side:program", office=office, file=file))
    middle = {
        name: statistics.median(float(one[name]) for one in found)
        for name in ("open", "scroll", "keys", "idle")
    }
    longest = max(middle["open"], middle["scroll"], middle["keys"])
    yield Measured(
        goal=GRID,
        figure=longest,
        unit="ms",
        value=longest,
        rounds=len(found),
        notes=(
            f"opening {middle['open']:.0f} ms, scrolling {middle['scroll']:.0f} ms, problem to "
            f"problem {middle['keys']:.0f} ms; without any work {middle['idle']:.0f} ms",
        ),
    )


def _make_plain(stores: Stores, folder: Path) -> None:
    context = opened(stores.fresh(stores.register(), "plain"))
    export_plain(context.database.path, context.data_key, folder / "plain.db")
    context.close()
