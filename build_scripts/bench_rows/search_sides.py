"""The sides of search and paging: the services, and a plain scan of the same store."""

import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bpjsdesk.progress import CancelToken
from bpjsdesk.services.people import find_people, people_order, people_page
from build_scripts.bench_rows.drivers import driver_connection
from build_scripts.bench_rows.figures import percentile
from build_scripts.bench_rows.stores import opened

PAGE = 100
WARM_UP = 5
SCAN = (
    "SELECT p.id, p.nik, p.name, p.birth_date, p.sex, r.name, p.phone FROM person p "
    "LEFT JOIN region r ON r.code = p.region_code WHERE p.name_key LIKE ? "
    "ORDER BY p.name_key, p.id LIMIT 100"
)


def names(*, office: str, texts: list[str]) -> dict[str, Any]:
    """Search each text once by the service, then by LIKE; times in milliseconds."""
    context = opened(Path(office))
    plain = driver_connection(context.database.path, context.data_key, read_only=True)

    def by_service(text: str) -> object:
        return find_people(context, text, limit=PAGE)

    def by_scan(text: str) -> object:
        return plain.execute(SCAN, (f"%{text}%",)).fetchall()

    for text in texts[:WARM_UP]:
        by_service(text), by_scan(text)
    taken = [(_took(by_service, text), _took(by_scan, text)) for text in texts]
    own, peer = [one for one, _ in taken], [two for _, two in taken]
    return {
        "own_p50": statistics.median(own),
        "own_p95": percentile(own, 0.95),
        "own_max": max(own),
        "slowest": texts[own.index(max(own))],
        "peer_p50": statistics.median(peer),
        "peer_p95": percentile(peer, 0.95),
    }


def niks(*, office: str, texts: list[str]) -> dict[str, Any]:
    """Search beginnings of NIKs by the service, as in `names`; times in milliseconds."""
    context = opened(Path(office))
    for text in texts[:WARM_UP]:
        find_people(context, text, limit=PAGE)
    own = [_took(lambda text: find_people(context, text, limit=PAGE), text) for text in texts]
    return {"p50": statistics.median(own), "p95": percentile(own, 0.95), "max": max(own)}


def pages(*, office: str, count: int) -> dict[str, Any]:
    """Read the first page and a far one in turn; times in milliseconds."""
    context = opened(Path(office))
    started = time.perf_counter()
    order = people_order(context, CancelToken())
    took_s = time.perf_counter() - started
    row = max(len(order) - 10 * PAGE, 0)

    def page(first: int) -> object:
        return people_page(context, order[first : first + PAGE])

    for first in (0, row):
        page(first)
    top = [(_took(page, 0), _took(page, row)) for _ in range(count)]
    return {
        "first": statistics.median(one for one, _ in top),
        "far": statistics.median(two for _, two in top),
        "ratio": statistics.median(two / one for one, two in top),
        "order": took_s,
        "row": row,
    }


def _took(act: Callable[[Any], object], given: object) -> float:
    started = time.perf_counter()
    act(given)
    return (time.perf_counter() - started) * 1000
