"""The whole test suite under the Windows Python."""

import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path

from build_scripts.product import ROOT, source_date
from build_scripts.wine.findings import require
from build_scripts.wine.machine import WineMachine

_LIMIT_S = 2400.0


def run_tests(machine: WineMachine, work: Path) -> str:
    """Run every test but the long ones; gives the counts and each reason for leaving one out.

    Raises: Refuted with the names of those that failed.
    """
    results = work / "tests.xml"
    results.unlink(missing_ok=True)
    options = ["-q", "-n", "2", "--dist", "loadfile", "-p", "no:cacheprovider"]
    words = [*options, f"--junitxml={machine.path(results)}", "tests"]
    settings = {
        "CI": "true",
        "PYTHONDONTWRITEBYTECODE": "1",
        # there is no git that could be asked
        "SOURCE_DATE_EPOCH": str(source_date()),
    }
    done = machine.run(
        [str(machine.python), "-m", "pytest", *words],
        folder=ROOT,
        variables=settings,
        timeout_s=_LIMIT_S,
    )
    (work / "tests.log").write_text(done.stdout + done.stderr, encoding="utf-8")
    require(results.exists(), f"pytest ended with {done.returncode} and left no results.")
    return counts_of(results)


def counts_of(results: Path) -> str:
    """Read pytest's XML.

    Raises: Refuted with the names of those that failed.
    """
    cases = list(ET.parse(results).getroot().iter("testcase"))
    failed = [_name(case) for case in cases if case.find("failure") is not None]
    failed += [_name(case) for case in cases if case.find("error") is not None]
    require(not failed, f"{len(failed)} of {len(cases)} tests fail: {', '.join(failed[:20])}")
    skipped = [found for case in cases if (found := case.find("skipped")) is not None]
    reasons = Counter(each.get("message", "") for each in skipped)
    told = [f"{count} × {reason}" for reason, count in sorted(reasons.items())]
    passed = len(cases) - len(skipped)
    return f"{passed} passed, {len(skipped)} left out" + (f" ({'; '.join(told)})" if told else "")


def _name(case: ET.Element) -> str:
    return f"{case.get('classname')}.{case.get('name')}"[:120]
