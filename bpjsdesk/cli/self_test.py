"""self-test: do the office's main job once in a temporary folder and say what failed, by name.

The steps are imported while the test runs, so that a library that cannot be loaded is named too.
"""

import tempfile
from argparse import Namespace
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bpjsdesk.cli.output import Result
from bpjsdesk.cli.self_test_findings import Finding, as_result, try_step, try_steps
from bpjsdesk.cli.self_test_window import ask_window_program
from bpjsdesk.clock import Clock

if TYPE_CHECKING:
    from bpjsdesk.cli.self_test_trials import Bench, Trial

FOLDER = "Folder sementara"
LIBRARIES = "Pustaka program"

WindowPart = Callable[[Path], Iterable[Finding]]


def self_test(_arguments: Namespace, clock: Clock) -> Result:
    """Run every step here, and those of the window in the window program beside this one."""
    return examine(clock, window_part=ask_window_program)


def examine(clock: Clock, *, window_part: WindowPart) -> Result:
    """Run every step in a folder that is removed afterwards; stop at the first failure.

    `window_part` gets that folder, with the office and the papers that the other steps have left.
    """
    made: list[tempfile.TemporaryDirectory[str]] = []
    finding = try_step(FOLDER, lambda: made.append(_scratch_folder()))
    if not finding.ok:
        return as_result((finding,))
    with made[0] as folder:
        return as_result(_all_findings(Path(folder), clock, window_part))


def _scratch_folder() -> "tempfile.TemporaryDirectory[str]":
    return tempfile.TemporaryDirectory(prefix="bpjsdesk-uji-", ignore_cleanup_errors=True)


def _all_findings(folder: Path, clock: Clock, window_part: WindowPart) -> Iterator[Finding]:
    finding = try_step(LIBRARIES, _load_libraries)
    yield finding
    if not finding.ok:
        return
    from bpjsdesk.cli.self_test_trials import TRIALS, Bench

    for finding in run_trials(Bench(folder=folder, clock=clock), TRIALS):
        yield finding
    if finding.ok:
        yield from window_part(folder)


def _load_libraries() -> None:
    import bpjsdesk.cli.self_test_trials  # noqa: F401  # everything that the steps need


def run_trials(bench: "Bench", trials: "Mapping[str, Trial]") -> Iterator[Finding]:
    """Run steps in order until one fails; the office is closed at the end."""
    try:
        yield from try_steps({name: partial(trial, bench) for name, trial in trials.items()})
    finally:
        if bench.context is not None:
            bench.context.close()
