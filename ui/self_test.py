"""bpjsdesk --self-test: all steps in this one process, or those of the window for bpjsdesk-cli."""

import json
import os
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bpjsdesk.cli.output import plain, ready_streams, show
from bpjsdesk.cli.self_test import examine
from bpjsdesk.cli.self_test_findings import Finding, as_result, try_step, try_steps
from bpjsdesk.clock import Clock, system_clock

if TYPE_CHECKING:
    from ui.app import Options

LIBRARIES = "Pustaka jendela"


def self_test(options: "Options", clock: Clock = system_clock) -> int:
    """Run what the options ask for, write the report, and give the exit code."""
    ready_streams()
    if options.report is not None:
        options.report.unlink(missing_ok=True)  # should Qt end this process, no old one speaks
    _choose_platform()
    window_part = partial(window_findings, clock=clock)
    if options.window_trials is None:
        result = examine(clock, window_part=window_part)
    else:
        result = as_result(window_part(options.window_trials))
    if options.report is not None:
        options.report.write_text(json.dumps(plain(result.data), indent=1), encoding="utf-8")
    show(result, as_json=False)
    return result.exit_code


def window_findings(folder: Path, *, clock: Clock) -> Iterator[Finding]:
    """Run the window's steps on the office and the papers that lie in `folder`."""
    loaded = try_step(LIBRARIES, _load_libraries)
    yield loaded
    if not loaded.ok:
        return
    # imported here: a library that cannot be loaded has been named by the step above
    from ui.self_test_trials import TRIALS, Stage  # noqa: PLC0415

    stage = Stage(folder=folder, clock=clock)
    try:
        yield from try_steps({name: partial(trial, stage) for name, trial in TRIALS.items()})
    finally:
        stage.close()


def _load_libraries() -> None:
    import ui.self_test_trials  # noqa: F401, PLC0415 - everything that the steps need


def _choose_platform() -> None:
    """IT runs this over ssh too, where Linux has no screen and Qt would end the program."""
    if sys.platform.startswith("linux") and not os.environ.get("DISPLAY"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
