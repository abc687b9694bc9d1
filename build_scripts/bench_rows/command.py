"""Run the rows, print each as it is there, then the table, and write JSON."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from bpjsdesk.cli.output import ready_streams
from build_scripts.bench_rows.figures import FULL, QUICK, Measured
from build_scripts.bench_rows.goals import GOALS
from build_scripts.bench_rows.outcome import print_table, write_json
from build_scripts.bench_rows.registry import ENTRIES
from build_scripts.bench_rows.stores import Stores

ROOT = Path(__file__).resolve().parent.parent.parent
ROUNDS = 5


def main(arguments: Sequence[str]) -> int:
    """Measure and tell; 0 when every measured promise holds, 1 when one does not."""
    ready_streams()
    chosen = _parser().parse_args(arguments)
    out = Path(chosen.out).resolve()
    stores = Stores(folder=out / "data", sizes=QUICK if chosen.quick else FULL)
    rows = measure(stores, rounds=chosen.rounds, only=chosen.only)
    stores.clean()
    print_table(rows)
    write_json(out / "bench.json", rows, stores.sizes)
    print(f"JSON: {out / 'bench.json'}")
    if chosen.quick:
        print("The sizes were small (--quick): the promises are made for the full ones.")
        return 0
    return 0 if all(row.holds for row in rows) else 1


def measure(stores: Stores, *, rounds: int, only: Sequence[str] = ()) -> list[Measured]:
    """Measure the named rows, or all."""
    rows: list[Measured] = []
    for entry in ENTRIES:
        if not only or entry.goal.name in only:
            print(f"{entry.goal.name} ...", flush=True)
            rows += entry.measure(stores, rounds)
    return rows


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bench.py", description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="pairs of a row (5)")
    parser.add_argument("--quick", action="store_true", help="small sizes, to try the bench itself")
    parser.add_argument(
        "--only", action="append", default=[], choices=[goal.name for goal in GOALS]
    )
    parser.add_argument("--out", default=str(ROOT / "build" / "bench"), help="folder for all files")
    return parser
