"""The rows of printed pages, each pair in one fresh process."""

from collections.abc import Iterator
from typing import Any

from build_scripts.bench_rows.figures import Goal, Measured
from build_scripts.bench_rows.goals import CLAIMS_REPORT, PARTICIPANT_LIST, SUMMARY
from build_scripts.bench_rows.job import run_side
from build_scripts.bench_rows.stores import Stores


def claims_report(stores: Stores, rounds: int) -> Iterator[Measured]:
    """Draw the report of one year and the year before, and run the bare query, in turn."""
    office = stores.fresh(stores.claims_office(), "claims")
    found = run_side("report_sides:claims_report", office=str(office), rounds=rounds)
    yield _row(
        CLAIMS_REPORT,
        found,
        "one GROUP BY over the same two years",
        rounds,
        f"figures alone {found['figures'] * 1000:.0f} ms; first time in the process "
        f"{found['first'] * 1000:.0f} ms; {found['cases']} cases of the year, "
        f"{found['pages']} pages",
    )


def participant_list(stores: Stores, rounds: int) -> Iterator[Measured]:
    """Draw the list several times, the peer once."""
    count = stores.sizes.roster_rows
    found = run_side("report_sides:participant_list", count=count, rounds=min(rounds, 3))
    yield _row(
        PARTICIPANT_LIST,
        found,
        "LongTable of the same columns (1)",
        1,
        f"{count} rows, {found['pages']} pages against {found['peer_pages']}; "
        f"{found['megabytes']:.1f} MB against {found['peer_megabytes']:.1f} MB",
    )


def summary(stores: Stores, rounds: int) -> Iterator[Measured]:
    """Draw the summary again and again in turn with typst; the first time of both is left out."""
    office = stores.fresh(stores.claims_office(), "summary")
    found = run_side("report_sides:summary", office=str(office), rounds=max(rounds, 5))
    yield _row(
        SUMMARY,
        found,
        "typst in process, the same words and figures on one page",
        max(rounds, 5),
        f"drawn from ready values {found['drawn'] * 1000:.0f} ms; first time "
        f"{found['first'] * 1000:.0f} ms against {found['peer_first'] * 1000:.0f} ms",
    )


def _row(goal: Goal, found: dict[str, Any], peer: str, rounds: int, *notes: str) -> Measured:
    return Measured(
        goal=goal,
        figure=found["figure"] * 1000,
        unit="ms",
        value=found["ratio"],
        peer=found["peer"] * 1000,
        peer_name=peer,
        rounds=rounds,
        notes=notes,
    )
