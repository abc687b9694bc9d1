"""The rows of the search for doubles: many NIKs at once, and everybody who is alike."""

import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

from sqlalchemy import Connection, select

from bpjsdesk.progress import CancelToken, ignore_progress
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.duplicates import duplicate_lists
from bpjsdesk.services.staging import open_list, stage_list
from bpjsdesk.storage.duplicates import people_by_nik
from bpjsdesk.storage.schema import person
from build_scripts.bench_rows.figures import Measured, against_peer, pairs_of
from build_scripts.bench_rows.goals import NIK_LOOKUP, SIMILAR_PEOPLE
from build_scripts.bench_rows.import_sides import a_request
from build_scripts.bench_rows.job import run_side
from build_scripts.bench_rows.stores import Stores, opened, register_sample

CHUNK = 500
KNOWN_SHARE = 0.85  # next year's list names mostly those of this year


def lookup(stores: Stores, rounds: int) -> Iterator[Measured]:
    """Look the NIKs of a list up by the program and by IN chunks, in turn on one store."""
    office = str(stores.fresh(stores.register(), "lookup"))
    found = run_side(
        "duplicate_rows:lookup_sides",
        office=office,
        people=stores.sizes.people,
        rows=stores.sizes.list_rows,
        rounds=rounds,
    )
    yield against_peer(
        NIK_LOOKUP,
        pairs_of(found["own"], found["peer"]),
        f"SQLAlchemy IN, {CHUNK} NIKs at a time, same columns, same store",
        f"{found['found']} of {stores.sizes.list_rows} NIKs are known",
    )


def similar(stores: Stores, rounds: int) -> Iterator[Measured]:
    """Find all four lists of doubles of a list against the whole register."""
    office = str(stores.fresh(stores.register(), "similar"))
    file = str(stores.list_file() / "list.xlsx")
    found = run_side("duplicate_rows:similar_side", office=office, file=file, rounds=rounds)
    middle = median(found["seconds"])
    yield Measured(
        goal=SIMILAR_PEOPLE,
        figure=middle,
        unit="s",
        value=middle,
        rounds=rounds,
        notes=(
            f"{found['similar']} alike, {found['same']} NIKs twice, {found['known']} in the "
            f"register; the longest {max(found['seconds']):.1f} s, "
            f"processor {median(found['processor']):.1f} s",
        ),
    )


def lookup_sides(*, office: str, people: int, rows: int, rounds: int) -> dict[str, Any]:
    """Look NIKs up both ways in turn; times in seconds."""
    niks = _niks(people, rows)
    context = opened(Path(office))
    own, peer = [], []
    with context.database.read() as connection:
        ours, theirs = people_by_nik(connection, niks), _by_chunks(connection, niks)
        if ours.keys() != theirs:
            raise RuntimeError("the two sides found different people")
        for _ in range(rounds):
            started = time.perf_counter()
            people_by_nik(connection, niks)
            between = time.perf_counter()
            _by_chunks(connection, niks)
            own.append(between - started)
            peer.append(time.perf_counter() - between)
    return {"own": own, "peer": peer, "found": len(ours)}


def similar_side(*, office: str, file: str, rounds: int) -> dict[str, Any]:
    """Take a list in and look for doubles of its rows; times in seconds."""
    context = opened(Path(office))
    answer = stage_list(
        context,
        a_request(file),
        request_id=new_request_id(),
        progress=ignore_progress,
        cancel=CancelToken(),
    )
    work = open_list(context, answer.object_id, progress=ignore_progress, cancel=CancelToken())
    seconds, processor = [], []
    for _ in range(rounds):
        started, busy = time.perf_counter(), time.process_time()
        lists = duplicate_lists(context, work, progress=ignore_progress, cancel=CancelToken())
        seconds.append(time.perf_counter() - started)
        processor.append(time.process_time() - busy)
    return {
        "seconds": seconds,
        "processor": processor,
        "similar": len(lists.similar),
        "same": len(lists.same_in_file),
        "known": len(lists.same_in_register),
    }


def _niks(people: int, rows: int) -> list[str]:
    dice = Random(37)
    known = dice.sample(register_sample(people), min(people, round(rows * KNOWN_SHARE)))
    unknown = (f"9999{number:012d}" for number in range(rows - len(known)))
    niks = [*(someone.nik for someone in known), *unknown]
    dice.shuffle(niks)
    return niks


def _by_chunks(connection: Connection, niks: Sequence[str]) -> set[str]:
    columns = (
        *(person.c.id, person.c.nik, person.c.name, person.c.birth_date, person.c.sex),
        *(person.c.birth_place, person.c.address, person.c.region_code, person.c.phone),
        person.c.occupation,
    )
    found = {}
    for start in range(0, len(niks), CHUNK):
        chunk = niks[start : start + CHUNK]
        for row in connection.execute(select(*columns).where(person.c.nik.in_(chunk))):
            found[row.nik] = row
    return set(found)
