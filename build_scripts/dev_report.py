"""What dev.py says on the terminal, and how it stops for a reason that a person can mend."""

import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


class Stop(Exception):
    """End the command with exit code 1 and this text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Tell how one part of a command went."""

    title: str
    is_good: bool
    seconds: float


def say(text: str) -> None:
    """Print at once, also into a pipe, so that the order with programs started later is kept."""
    print(text, flush=True)


def run_step(
    title: str, command: Sequence[str], *, folder: Path, environment: Mapping[str, str]
) -> Step:
    """Run a program in `folder` with its own output shown."""
    say(f"\n== {title}")
    started = time.monotonic()
    done = subprocess.run(command, cwd=folder, env=environment, check=False)
    seconds = time.monotonic() - started
    return Step(title=title, is_good=done.returncode == 0, seconds=seconds)


def conclude(steps: Sequence[Step]) -> int:
    """Print the table of steps and give the exit code of the whole."""
    say("")
    for step in steps:
        say(f"{'ok    ' if step.is_good else 'FAILED'} {step.seconds:7.1f} s  {step.title}")
    bad = sum(not step.is_good for step in steps)
    say(f"{len(steps)} steps, {bad} failed.")
    return 1 if bad else 0


def complain(text: str) -> None:
    """Print a reason to stop on standard error."""
    print(text, file=sys.stderr, flush=True)
