"""The three sides of the import: the program, the floor below it, and how it is usually written."""

import pickle
import time
from datetime import date
from pathlib import Path
from typing import Any

import python_calamine

from bpjsdesk.domain.enrollment import BatchRequest
from bpjsdesk.progress import CancelToken, ignore_progress
from bpjsdesk.services.acceptance import accept
from bpjsdesk.services.batches import get_batch
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.safety import back_up_before
from bpjsdesk.services.staging import StagedList, open_list, stage_list
from build_scripts.bench_rows.drivers import driver_connection
from build_scripts.bench_rows.memory import ChildWatch, peak_mb
from build_scripts.bench_rows.stores import CATEGORY, NOW, keep, opened

AGREEMENT_ID = 1
PERSON = (
    "INSERT INTO person (id, nik, name, name_key, birth_date, birth_place, sex, address, "
    "region_code, phone, occupation) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
MEMBERSHIP = (
    "INSERT INTO membership (person_id, batch_id, from_month, to_month, status) "
    "VALUES (?, ?, ?, ?, ?)"
)
LINE = (
    "INSERT INTO batch_line (batch_id, sheet, row_no, status, codes, person_id, cells) "
    "VALUES (?, ?, ?, ?, ?, ?, ?)"
)
SEARCH = (
    "INSERT INTO person_search(rowid, name_key) "
    "SELECT id, name_key FROM person WHERE id > ? ORDER BY id"
)
ADDED_PEOPLE = (
    "SELECT id, nik, name, name_key, birth_date, birth_place, sex, address, region_code, phone, "
    "occupation FROM person WHERE id > ? ORDER BY id"
)
ADDED_MEMBERSHIPS = (
    "SELECT person_id, batch_id, from_month, to_month, status FROM membership "
    "WHERE batch_id = ? ORDER BY person_id"
)
ADDED_LINES = (
    "SELECT batch_id, sheet, row_no, status, codes, person_id, cells FROM batch_line "
    "WHERE batch_id = ? AND status = 'ACCEPTED' ORDER BY id"
)


def program(*, office: str, file: str) -> dict[str, Any]:
    """Take the list in, check it and accept it; the log is carried over after the answer.

    The proven backup that goes before every acceptance is timed by itself: the floor has none.
    """
    context = opened(Path(office))
    started = time.perf_counter()
    batch_id = taken_in(context, file)
    taken = time.perf_counter()
    work = opened_list(context, batch_id)
    checked = time.perf_counter()
    accepted(context, work)
    stored = time.perf_counter()
    context.database.checkpoint()
    carried = time.perf_counter()
    counts = get_batch(context, batch_id).item.counts
    backup = backup_seconds(context)
    context.database.close()
    return {
        "seconds": stored - started,
        "take_in": taken - started,
        "check": checked - taken,
        "store": stored - checked,
        "with_log": carried - started,
        "accepted": counts.accepted,
        "held": counts.held,
        "backup": backup,
    }


def taken_in(context: AppContext, file: str) -> int:
    """Read a list and keep its rows; gives the id of its batch."""
    return stage_list(
        context,
        a_request(file),
        request_id=new_request_id(),
        progress=ignore_progress,
        cancel=CancelToken(),
    ).object_id


def opened_list(context: AppContext, batch_id: int) -> StagedList:
    """Check a list in work."""
    return open_list(context, batch_id, progress=ignore_progress, cancel=CancelToken())


def accepted(context: AppContext, work: StagedList) -> None:
    """Accept a list, without the backup that goes before and with no double searched for."""
    accept(
        context,
        work,
        request_id=new_request_id(),
        progress=ignore_progress,
        cancel=CancelToken(),
        up_to_quota=True,
    )


def backup_seconds(context: AppContext) -> float:
    """Time the proven backup that acceptance waits for."""
    started = time.perf_counter()
    back_up_before(context, "bench", progress=ignore_progress, cancel=CancelToken())
    return time.perf_counter() - started


def a_request(file: str) -> BatchRequest:
    """Ask for all months of the quota line."""
    return BatchRequest(
        path=Path(file),
        agreement_id=AGREEMENT_ID,
        category=CATEGORY,
        registered_on=NOW.date(),
    )


def accepted_rows(context: AppContext, out: Path) -> None:
    """Keep what the newest batch of a store added: the rows that the floor inserts."""
    with context.database.read() as connection:
        batch_id, earlier = connection.exec_driver_sql(
            "SELECT id, (SELECT max(m.person_id) FROM membership m WHERE m.batch_id < b.id) "
            "FROM batch b ORDER BY id DESC LIMIT 1"
        ).one()
        found = {
            name: connection.exec_driver_sql(sql, (given,)).all()
            for name, sql, given in (
                ("people", ADDED_PEOPLE, earlier),
                ("members", ADDED_MEMBERSHIPS, batch_id),
                ("lines", ADDED_LINES, batch_id),
            )
        }
    if not found["members"] or len(found["members"]) != len(found["lines"]):
        raise RuntimeError("the import added nobody, or other numbers of memberships and lines")
    keep(out, {name: [tuple(row) for row in rows] for name, rows in found.items()})


def floor(*, office: str, file: str, rows: str) -> dict[str, Any]:
    """Read the file with the bare library and insert the accepted rows, nothing else."""
    wanted = pickle.loads(Path(rows).read_bytes())
    connection = writer(office)
    started = time.perf_counter()
    read = python_calamine.CalamineWorkbook.from_path(file).get_sheet_by_index(0).to_python()
    read_at = time.perf_counter()
    connection.execute("BEGIN IMMEDIATE")
    before = connection.execute("SELECT max(id) FROM person").fetchone()[0]
    connection.executemany(PERSON, wanted["people"])
    connection.executemany(MEMBERSHIP, _of_first_batch(wanted["members"], at=1))
    connection.executemany(LINE, _of_first_batch(wanted["lines"], at=0))
    connection.execute(SEARCH, (before,))
    connection.execute("COMMIT")
    stored = time.perf_counter()
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    carried = time.perf_counter()
    return {
        "seconds": stored - started,
        "read": read_at - started,
        "store": stored - read_at,
        "with_log": carried - started,
        "rows": len(read),
    }


def _of_first_batch(rows: list[tuple[Any, ...]], *, at: int) -> list[tuple[Any, ...]]:
    """Hang rows on a batch that the copied store has; its own was never added there."""
    return [(*row[:at], 1, *row[at + 1 :]) for row in rows]


def writer(office: str) -> Any:
    context = opened(Path(office))
    path, key = context.database.path, context.data_key
    context.close()
    connection = driver_connection(path, key, read_only=False)
    # the same pace as the program: the log is carried into the file after the answer
    connection.execute("PRAGMA wal_autocheckpoint = 0")
    return connection


def months() -> tuple[date, date]:
    """Give the first and the last month of the quota line."""
    return date(2026, 1, 1), date(2026, 12, 1)


def program_memory(*, office: str, file: str) -> dict[str, Any]:
    """Load the list as `program` does and tell the peaks of this process and of its child."""
    before = peak_mb()
    watch = ChildWatch()
    watch.start()
    program(office=office, file=file)
    child = watch.stop()
    return {"before": before, "own": peak_mb(), "child": child}
