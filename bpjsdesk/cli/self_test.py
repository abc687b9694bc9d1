"""self-test: do the office's main job once in a temporary folder and say what failed, by name.

The steps are imported while the test runs, so that a library that cannot be loaded is named too.
"""

import tempfile
import time
from argparse import Namespace
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bpjsdesk.cli.output import Result
from bpjsdesk.clock import Clock
from bpjsdesk.domain.wording import format_decimal
from bpjsdesk.errors import EnvironmentProblem, UserError

if TYPE_CHECKING:
    from bpjsdesk.cli.self_test_trials import Bench, Trial

FAILED = 3
LIBRARIES = "Pustaka program"


class Failure(Exception):
    """A step did not give what it must."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What came of one step."""

    name: str
    ok: bool
    seconds: float
    code: str = ""
    message: str = ""


def self_test(_arguments: Namespace, clock: Clock) -> Result:
    """Run every step in a folder that is removed afterwards; stop at the first failure."""
    with tempfile.TemporaryDirectory(prefix="bpjsdesk-uji-", ignore_cleanup_errors=True) as folder:
        findings = tuple(_all_findings(Path(folder), clock))
    ok = all(finding.ok for finding in findings)
    data = {"ok": ok, "steps": [_step_data(finding) for finding in findings]}
    lines = [_line(finding) for finding in findings]
    lines.append("Semua langkah berhasil." if ok else "Uji diri gagal pada langkah di atas.")
    return Result(data=data, lines=tuple(lines), exit_code=0 if ok else FAILED)


def _all_findings(folder: Path, clock: Clock) -> Iterator[Finding]:
    loaded = _tried(LIBRARIES, _load_libraries)
    yield loaded
    if loaded.ok:
        from bpjsdesk.cli.self_test_trials import TRIALS, Bench

        yield from run_trials(Bench(folder=folder, clock=clock), TRIALS)


def _load_libraries() -> None:
    import bpjsdesk.cli.self_test_trials  # noqa: F401  # everything that the steps need


def run_trials(bench: "Bench", trials: "Mapping[str, Trial]") -> Iterator[Finding]:
    """Run steps in order until one fails; the office is closed at the end."""
    try:
        for name, trial in trials.items():
            finding = _tried(name, partial(trial, bench))
            yield finding
            if not finding.ok:
                return
    finally:
        if bench.context is not None:
            bench.context.close()


def _tried(name: str, trial: Callable[[], None]) -> Finding:
    started = time.perf_counter()
    code = message = ""
    try:
        trial()
    except (UserError, EnvironmentProblem) as problem:
        code, message = problem.code, problem.message
    except Failure as problem:
        code, message = "UNEXPECTED_RESULT", str(problem)
    except Exception as problem:  # noqa: BLE001  # naming whatever breaks is what this is for
        code, message = type(problem).__name__, str(problem)
    seconds = round(time.perf_counter() - started, 3)
    return Finding(name=name, ok=not code, seconds=seconds, code=code, message=message)


def _step_data(finding: Finding) -> dict[str, object]:
    told: dict[str, object] = {
        "name": finding.name,
        "ok": finding.ok,
        "seconds": finding.seconds,
    }
    return told if finding.ok else told | {"code": finding.code, "message": finding.message}


def _line(finding: Finding) -> str:
    seconds = format_decimal(round(finding.seconds, 1), decimals=1)
    if finding.ok:
        return f"  baik   {finding.name:<44} {seconds:>5} detik"
    return f"  GAGAL  {finding.name}: {finding.message} [{finding.code}]"
