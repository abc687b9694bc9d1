"""The promises of the issues that are figures, each with its limit."""

from build_scripts.bench_rows.figures import Goal, Sense

AT_MOST, AT_LEAST = Sense.AT_MOST, Sense.AT_LEAST

IMPORT_FLOOR = Goal(
    name="import_floor",
    title="whole import of a list against bare read + executemany",
    sense=AT_MOST,
    limit=2.0,
)
IMPORT_USUAL = Goal(
    name="import_usual",
    title="whole import against openpyxl + pydantic + ORM add_all: times faster",
    sense=AT_LEAST,
    limit=4.0,
)
IMPORT_MEMORY = Goal(
    name="import_memory",
    title="peak memory of the program in the import",
    sense=AT_MOST,
    limit=400,
    unit="MB",
)
TAKE_IN = Goal(
    name="take_in",
    title="a list read and kept against bare read + bare insert",
    sense=AT_MOST,
    limit=1.5,
)
RULES = Goal(
    name="rules",
    title="all rules over all rows against the bare read of the file",
    sense=AT_MOST,
    limit=0.35,
)
RECHECK = Goal(
    name="recheck",
    title="one cell edited: stored and checked again",
    sense=AT_MOST,
    limit=50,
    unit="ms",
)
CHECK_ACCEPT = Goal(
    name="check_accept",
    title="check and acceptance of a kept list against the floor of the import",
    sense=AT_MOST,
    limit=1.6,
)
SEARCH = Goal(
    name="search",
    title="search for any part of a name, p95, against a LIKE scan's p95",
    sense=AT_MOST,
    limit=0.15,
)
NIK_PREFIX = Goal(
    name="nik_prefix", title="search by NIK prefix, p95", sense=AT_MOST, limit=5, unit="ms"
)
FAR_PAGE = Goal(
    name="far_page",
    title="page near the last row against the first page",
    sense=AT_MOST,
    limit=1.5,
)
FIRST_PAINT = Goal(
    name="first_paint",
    title="first paint of the list of people against QSqlTableModel",
    sense=AT_MOST,
    limit=1.5,
)
CLAIMS_REPORT = Goal(
    name="claims_report",
    title="claim report with PDF against the bare SQL group-by",
    sense=AT_MOST,
    limit=6,
)
PARTICIPANT_LIST = Goal(
    name="participant_list",
    title="participant list PDF against ReportLab LongTable",
    sense=AT_MOST,
    limit=0.08,
)
SUMMARY = Goal(
    name="summary",
    title="one-page summary, second time, against typst on the same page",
    sense=AT_MOST,
    limit=2,
)
LOGIN_WINDOW = Goal(
    name="login_window",
    title="login window against a bare PySide6 window",
    sense=AT_MOST,
    limit=1.3,
)
SILENCE = Goal(
    name="silence",
    title="window's longest silence while an import runs",
    sense=AT_MOST,
    limit=50,
    unit="ms",
)
GRID = Goal(
    name="grid",
    title="window's longest silence while a list in work opens and its rows are scrolled",
    sense=AT_MOST,
    limit=33,
    unit="ms",
)
NIK_LOOKUP = Goal(
    name="nik_lookup",
    title="look a list's NIKs up in the register against SQLAlchemy IN chunks",
    sense=AT_MOST,
    limit=0.6,
)
SIMILAR_PEOPLE = Goal(
    name="similar_people",
    title="search for doubles of a list in the whole register, similar names included",
    sense=AT_MOST,
    limit=5,
    unit="s",
)
GOALS = (
    IMPORT_FLOOR,
    IMPORT_USUAL,
    IMPORT_MEMORY,
    TAKE_IN,
    RULES,
    RECHECK,
    CHECK_ACCEPT,
    NIK_LOOKUP,
    SIMILAR_PEOPLE,
    SEARCH,
    NIK_PREFIX,
    FAR_PAGE,
    FIRST_PAINT,
    CLAIMS_REPORT,
    PARTICIPANT_LIST,
    SUMMARY,
    LOGIN_WINDOW,
    SILENCE,
    GRID,
)
