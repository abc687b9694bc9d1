"""Run one side in this fresh process: `python -m build_scripts.bench_rows.job SIDE`.

Arguments come as JSON on stdin, the answer is the last line on stdout; a side is
`module:function` of this package.
"""

import importlib
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent


def run_side(side: str, **arguments: object) -> dict[str, Any]:
    """Run a side in a process of its own and give what it reports.

    Raises: RuntimeError with the end of its output when it fails.
    """
    command = [sys.executable, "-m", "build_scripts.bench_rows.job", side]
    done = subprocess.run(
        command,
        cwd=ROOT,
        input=json.dumps(arguments, default=str),
        capture_output=True,
        text=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        check=False,
    )
    lines = done.stdout.strip().splitlines()
    if done.returncode != 0 or not lines:
        raise RuntimeError(f"{side} failed:\n{done.stdout[-1000:]}{done.stderr[-3000:]}")
    answer: dict[str, Any] = json.loads(lines[-1])
    return answer


def start_to_signal(command: list[str], compiled: Path) -> float:
    """Start a program and give the seconds until the moment that it names in its first line.

    `compiled` keeps Python's compiled modules, which an installed program has and a machine
    that forbids them must not take from it. Raises: RuntimeError when it ends without a line.
    """
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    environment["PYTHONPYCACHEPREFIX"] = str(compiled)
    started = time.perf_counter()
    with subprocess.Popen(
        command,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    ) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
    if not line.strip():
        raise RuntimeError(f"{' '.join(command)} ended without a sign")
    # the program noted it itself: the clocks of all processes count from the same start, and this
    # one does not go in steps of 16 ms on Windows
    return float(line) - started


def main(arguments: list[str]) -> int:
    """Run the named side."""
    module, _, function = arguments[0].partition(":")
    given = json.loads(sys.stdin.read() or "{}")
    side = getattr(importlib.import_module(f"build_scripts.bench_rows.{module}"), function)
    print(json.dumps(side(**given)), flush=True)
    # what Python tidies up at its end is nobody's figure
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1:])
