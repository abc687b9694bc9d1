"""What the steps of the self-test find, told to people and to programs in one form."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bpjsdesk.cli.output import Result
from bpjsdesk.domain.wording import format_decimal
from bpjsdesk.errors import EnvironmentProblem, UserError

FAILED = 3

Step = Callable[[], None]


class Failure(Exception):
    """A step did not give what it must."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What came of one step; `skipped` says why it was left out, and is empty otherwise."""

    name: str
    ok: bool
    seconds: float
    code: str = ""
    message: str = ""
    skipped: str = ""


def require(is_so: bool, otherwise: str) -> None:
    """Raises: Failure."""
    if not is_so:
        raise Failure(otherwise)


def try_steps(steps: Mapping[str, Step]) -> Iterator[Finding]:
    """Run steps in order until one fails."""
    for name, step in steps.items():
        finding = try_step(name, step)
        yield finding
        if not finding.ok:
            return


def try_step(name: str, step: Step) -> Finding:
    """Run one step and name whatever breaks in it."""
    started = time.perf_counter()
    code = message = ""
    try:
        step()
    except (UserError, EnvironmentProblem) as problem:
        code, message = problem.code, problem.message
    except Failure as problem:
        code, message = "UNEXPECTED_RESULT", str(problem)
    except Exception as problem:  # noqa: BLE001  # naming whatever breaks is what this is for
        code, message = type(problem).__name__, f"Langkah ini berhenti: {problem}"
    seconds = round(time.perf_counter() - started, 3)
    return Finding(name=name, ok=not code, seconds=seconds, code=code, message=message)


def as_result(findings: Iterable[Finding]) -> Result:
    """Put all findings into one answer; it ends with 0 or `FAILED`."""
    found = tuple(findings)
    ok = all(finding.ok for finding in found)
    lines = [_line(finding) for finding in found]
    lines.append("Semua langkah berhasil." if ok else "Uji diri gagal pada langkah di atas.")
    data = {"ok": ok, "steps": [_step_data(finding) for finding in found]}
    return Result(data=data, lines=tuple(lines), exit_code=0 if ok else FAILED)


def findings_of(data: Mapping[str, Any]) -> tuple[Finding, ...]:
    """Read back what `as_result` has told.

    Raises: KeyError or TypeError when it is something else.
    """
    return tuple(Finding(**step) for step in data["steps"])


def _step_data(finding: Finding) -> dict[str, object]:
    told: dict[str, object] = {
        "name": finding.name,
        "ok": finding.ok,
        "seconds": finding.seconds,
    }
    if finding.skipped:
        return told | {"skipped": finding.skipped}
    return told if finding.ok else told | {"code": finding.code, "message": finding.message}


def _line(finding: Finding) -> str:
    if finding.skipped:
        return f"  dilewati  {finding.name}: {finding.skipped}"
    seconds = format_decimal(round(finding.seconds, 1), decimals=1)
    if finding.ok:
        return f"  baik      {finding.name:<44} {seconds:>5} detik"
    return f"  GAGAL     {finding.name}: {finding.message} [{finding.code}]"
