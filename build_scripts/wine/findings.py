"""What the proof has tried, what came of it and how long it took."""

import subprocess
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from build_scripts.dev_report import Stop, say


class Refuted(Exception):
    """Something did not come out as it must."""


_FAULTS = (Refuted, Stop, OSError, ValueError, KeyError, subprocess.SubprocessError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was tried."""

    name: str
    ok: bool
    detail: str
    seconds: float | None = None


@dataclass(slots=True)
class Record:
    """Collect findings in their order; a failure does not keep later trials from being made."""

    findings: list[Finding] = field(default_factory=list)

    @property
    def is_good(self) -> bool:
        return bool(self.findings) and all(finding.ok for finding in self.findings)

    def tried(self, name: str, trial: Callable[[], str]) -> bool:
        """Run a trial; what it returns, or why it failed, becomes the detail."""
        with timed() as spent:
            try:
                detail, ok = trial(), True
            except _FAULTS as reason:
                detail, ok = f"{type(reason).__name__}: {reason}", False
        self.add(name, ok=ok, detail=detail, seconds=spent())
        return ok

    def add(self, name: str, *, ok: bool, detail: str, seconds: float | None) -> None:
        """Take over something that was tried elsewhere."""
        self.findings.append(Finding(name=name, ok=ok, detail=detail, seconds=seconds))
        spent = "" if seconds is None else f" ({seconds:.1f} s)"
        say(f"{'ok  ' if ok else 'FAIL'} {name}{spent}: {detail}")


def require(is_so: bool, otherwise: str) -> None:
    """Raises: Refuted."""
    if not is_so:
        raise Refuted(otherwise)


@contextmanager
def timed() -> Iterator[Callable[[], float]]:
    """Give a function that tells the seconds spent inside."""
    started = time.perf_counter()
    ended: list[float] = []
    try:
        yield lambda: (ended[0] if ended else time.perf_counter()) - started
    finally:
        ended.append(time.perf_counter())


def joined(parts: Iterable[str]) -> str:
    """Write a detail of several parts."""
    return "; ".join(parts)
