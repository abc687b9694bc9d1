"""Which function measures which rows, in the order of the table."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from build_scripts.bench_rows import (
    duplicate_rows,
    import_rows,
    report_rows,
    search_rows,
    staging_rows,
    window_rows,
)
from build_scripts.bench_rows.figures import Goal, Measured
from build_scripts.bench_rows.goals import (
    CHECK_ACCEPT,
    CLAIMS_REPORT,
    FAR_PAGE,
    FIRST_PAINT,
    GRID,
    IMPORT_FLOOR,
    IMPORT_MEMORY,
    IMPORT_USUAL,
    LOGIN_WINDOW,
    NIK_LOOKUP,
    NIK_PREFIX,
    PARTICIPANT_LIST,
    RECHECK,
    RULES,
    SEARCH,
    SILENCE,
    SIMILAR_PEOPLE,
    SUMMARY,
    TAKE_IN,
)
from build_scripts.bench_rows.stores import Stores

Measure = Callable[[Stores, int], Iterator[Measured]]


@dataclass(frozen=True, slots=True)
class Entry:
    """A goal and what measures it, given the stores and the number of rounds."""

    goal: Goal
    measure: Measure


ENTRIES = (
    Entry(IMPORT_FLOOR, import_rows.against_floor),
    Entry(IMPORT_USUAL, import_rows.against_usual),
    Entry(IMPORT_MEMORY, import_rows.memory),
    Entry(TAKE_IN, staging_rows.take_in),
    Entry(RULES, staging_rows.rules),
    Entry(RECHECK, staging_rows.edit),
    Entry(CHECK_ACCEPT, staging_rows.check_and_accept),
    Entry(NIK_LOOKUP, duplicate_rows.lookup),
    Entry(SIMILAR_PEOPLE, duplicate_rows.similar),
    Entry(SEARCH, search_rows.search),
    Entry(NIK_PREFIX, search_rows.nik_prefix),
    Entry(FAR_PAGE, search_rows.far_page),
    Entry(FIRST_PAINT, window_rows.first_paint),
    Entry(CLAIMS_REPORT, report_rows.claims_report),
    Entry(PARTICIPANT_LIST, report_rows.participant_list),
    Entry(SUMMARY, report_rows.summary),
    Entry(LOGIN_WINDOW, window_rows.login_window),
    Entry(SILENCE, window_rows.silence),
    Entry(GRID, window_rows.grid),
)
