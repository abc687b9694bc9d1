"""Run the steps of a build in order, time them, and keep what they tell in build.json."""

import json
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from build_scripts import build_deliver, build_freeze, product
from build_scripts.build_steps import Build, Facts, StepFunction
from build_scripts.dev_report import Step, Stop, complain, conclude, say

FUNCTIONS: Mapping[str, StepFunction] = MappingProxyType(
    {
        "deps": build_freeze.provide_packages,
        "test": build_freeze.run_tests,
        "freeze": build_freeze.freeze,
        "audit": build_freeze.audit_frozen,
        "selftest": build_freeze.self_test,
        "sign": build_deliver.sign,
        "installers": build_deliver.make_installers,
        "smoke": build_deliver.smoke_installed,
        "sbom": build_deliver.write_all_papers,
        "sums": build_deliver.write_sums,
    }
)


def run(build: Build, functions: Mapping[str, StepFunction] = FUNCTIONS) -> int:
    """Run every step that was asked for; the first that fails names itself and ends the build."""
    steps: list[Step] = []
    head = _head(build)
    for name in build.steps:
        say(f"\n== {name}")
        started = time.monotonic()
        fault, facts = "", {}
        try:
            facts = dict(functions[name](build))
        except Stop as reason:
            fault = str(reason)
        seconds = time.monotonic() - started
        steps.append(Step(title=name, is_good=not fault, seconds=seconds))
        keep(build.record, head, name, {"ok": not fault, "seconds": round(seconds, 1), **facts})
        if fault:
            complain(f"{fault}\nThe step {name} failed.")
            break
        say("".join(f"{key}: {value}\n" for key, value in facts.items()).rstrip())
    return conclude(steps)


def keep(record: Path, head: Facts, step: str, facts: Facts) -> None:
    """Write what a step told into the record, beside what others told about the same commit."""
    try:
        earlier = json.loads(record.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        earlier = {}
    is_same = all(earlier.get(name) == value for name, value in head.items())
    steps = {**(earlier["steps"] if is_same else {}), step: facts}
    record.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps({**head, "steps": steps}, ensure_ascii=False, indent=1)
    record.write_text(f"{text}\n", encoding="utf-8", newline="\n")


def _head(build: Build) -> Facts:
    return {
        "version": product.version(),
        "target": build.target,
        "made_in": "Wine on Linux" if build.is_wine else sys.platform,
        "commit": _commit(),
        "source_date_epoch": product.source_date(),
    }


def _commit() -> str:
    """Name the commit; a plus sign says that files differ from it."""
    commit = _git("rev-parse", "--short=12", "HEAD")
    has_changes = _git("status", "--porcelain", "--untracked-files=no") not in ("", "unknown")
    return f"{commit}+" if has_changes else commit


def _git(*words: str) -> str:
    command = ["git", *words]
    try:
        done = subprocess.run(
            command, cwd=product.ROOT, capture_output=True, text=True, check=False
        )
    except OSError:  # there is no git here
        return "unknown"
    return done.stdout.strip() if done.returncode == 0 else "unknown"
