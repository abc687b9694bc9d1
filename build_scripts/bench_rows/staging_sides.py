"""The sides of a list in work: taking it in, its rules, one edit, check and acceptance."""

import gc
import json
import pickle
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Any

import python_calamine

from bpjsdesk.domain.row_check import AT_ONCE
from bpjsdesk.progress import CancelToken
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.repairs import edit_cell
from bpjsdesk.storage import staging
from build_scripts.bench_rows.import_sides import (
    LINE,
    accepted,
    backup_seconds,
    opened_list,
    taken_in,
    writer,
)
from build_scripts.bench_rows.stores import keep, opened

EDITS = 9
ALL_LINES = (
    "SELECT 1, sheet, row_no, 'HELD', '', NULL, cells FROM batch_line WHERE batch_id = ? "
    "ORDER BY id"
)


def take_in(*, office: str, file: str) -> dict[str, Any]:
    """Read the file and keep every row, with the audit entry and the mapping."""
    context = opened(Path(office))
    started = time.perf_counter()
    taken_in(context, file)
    return {"seconds": time.perf_counter() - started}


def keep_lines(*, office: str, file: str, out: str) -> dict[str, Any]:
    """Keep the rows that taking in stores, for the bare insert."""
    context = opened(Path(office))
    batch_id = taken_in(context, file)
    with context.database.read() as connection:
        rows = connection.exec_driver_sql(ALL_LINES, (batch_id,)).all()
    keep(Path(out), {"lines": [tuple(row) for row in rows]})
    return {"lines": len(rows)}


def bare_take_in(*, office: str, file: str, rows: str) -> dict[str, Any]:
    """Read with the bare library and insert ready rows, nothing else."""
    lines = pickle.loads(Path(rows).read_bytes())["lines"]
    connection = writer(office)
    started = time.perf_counter()
    python_calamine.CalamineWorkbook.from_path(file).get_sheet_by_index(0).to_python()
    read_at = time.perf_counter()
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany(LINE, lines)
    connection.execute("COMMIT")
    return {"seconds": time.perf_counter() - started, "read": read_at - started}


def rules(*, office: str, file: str) -> dict[str, Any]:
    """Run every rule over every row of a list in work, beside the bare read of its file."""
    context = opened(Path(office))
    batch_id = taken_in(context, file)
    work = opened_list(context, batch_id)
    with context.database.read() as connection:
        lines = staging.open_lines(connection, batch_id)
    without_rows = _collected()
    started = time.perf_counter()
    found = work.rules.check(lines, cancel=CancelToken())
    checked = time.perf_counter()
    # the collector was made to let the new rows be: what going through them costs is added
    put_off = max(_collected() - without_rows, 0)
    parsed_from = time.perf_counter()
    _parse_all([line.cells for line in lines])
    read_from = time.perf_counter()
    python_calamine.CalamineWorkbook.from_path(file).get_sheet_by_index(0).to_python()
    return {
        "with_parsing": checked - started + put_off,
        "seconds": checked - started + put_off - (read_from - parsed_from),
        "read": time.perf_counter() - read_from,
        "rows": len(found),
    }


def _parse_all(texts: Sequence[str]) -> None:
    """Parse rows as the check does, so many at once, and keep none."""
    for begin in range(0, len(texts), AT_ONCE):
        json.loads(f"[{','.join(texts[begin : begin + AT_ONCE])}]")


def _collected() -> float:
    """Look through everything that is kept; gives the seconds."""
    gc.collect()
    started = time.perf_counter()
    gc.collect()
    return time.perf_counter() - started


def edit(*, office: str, file: str) -> dict[str, Any]:
    """Type into one cell after another, each stored and checked again."""
    context = opened(Path(office))
    batch_id = taken_in(context, file)
    context.database.carry_over()  # as the window does when an answer has gone out
    work = opened_list(context, batch_id)
    column = work.check.columns[work.check.staged[0].row.sheet].fields["name"]
    spent = []
    for place in range(EDITS):
        line_id = work.line_ids[len(work.line_ids) * place // EDITS]
        started = time.perf_counter()
        work = edit_cell(
            context,
            work,
            line_id,
            column,
            text=f"BUDI RONDO {chr(ord('A') + place)}",
            request_id=new_request_id(),
        )
        spent.append(time.perf_counter() - started)
    return {"seconds": median(spent), "longest": max(spent)}


def check_and_accept(*, office: str, file: str) -> dict[str, Any]:
    """Open a list that was taken in, check it against rules and register, and accept it."""
    context = opened(Path(office))
    batch_id = taken_in(context, file)
    started = time.perf_counter()
    work = opened_list(context, batch_id)
    checked = time.perf_counter()
    accepted(context, work)
    done = time.perf_counter()
    return {
        "seconds": done - started,
        "check": checked - started,
        "accept": done - checked,
        "backup": backup_seconds(context),
    }
