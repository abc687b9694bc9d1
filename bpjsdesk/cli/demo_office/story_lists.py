"""The lists of the practice office: written as cities send them, taken in by the clerk."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bpjsdesk.cli.demo_office import names
from bpjsdesk.cli.demo_office.people import Village, Worker
from bpjsdesk.cli.demo_office.story import (
    CATEGORY,
    KOTAMOBAGU,
    MANADO,
    OTHER_CATEGORY,
    Scenery,
)
from bpjsdesk.cli.demo_office.worker_list import ListOrder, WorkerList, write_list
from bpjsdesk.domain.enrollment import BatchCounts, BatchRequest
from bpjsdesk.progress import CancelToken
from bpjsdesk.services.acceptance import submit
from bpjsdesk.services.accepting import accept_list
from bpjsdesk.services.batches import get_batch
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.duplicates import duplicate_lists
from bpjsdesk.services.staging import open_list, stage_list

SMALL_LIST_SHARE, SMALLEST_LIST = 30, 60
SHARED_WORKERS = 7
LATE_LIST_SHARE = 400
LIST_DAY = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedList:
    """A list and what became of it."""

    written: WorkerList
    batch_id: int
    status: str
    counts: BatchCounts
    issues: Mapping[str, int]


def write_manado_list(scene: Scenery, rows: int) -> WorkerList:
    """Write the list of the city of Manado."""
    combined = frozenset({"Bunaken Kepulauan", "Paal Dua"})
    return _write(scene, MANADO, rows, combined_districts=combined)


def write_kotamobagu_list(scene: Scenery, rows: int, before: WorkerList) -> WorkerList:
    """Write the smaller list of Kotamobagu; a few of its people are on the first list too."""
    return _write(
        scene,
        KOTAMOBAGU,
        max(SMALLEST_LIST, rows // SMALL_LIST_SHARE),
        combined_districts=frozenset({"Kotamobagu Timur"}),
        listed_elsewhere=scene.crowd.dice.sample(before.workers, SHARED_WORKERS),
    )


def write_late_list(scene: Scenery, city: str, rows: int) -> WorkerList:
    """Write the short list of whoever a city has named later."""
    return _write(scene, city, max(SMALLEST_LIST, rows // LATE_LIST_SHARE), is_late=True)


def _write(
    scene: Scenery,
    city: str,
    rows: int,
    *,
    combined_districts: frozenset[str] = frozenset(),
    listed_elsewhere: Sequence[Worker] = (),
    is_late: bool = False,
) -> WorkerList:
    place, outside = ("Manado", KOTAMOBAGU) if city == MANADO else ("Kotamobagu", MANADO)
    families = names.FAMILIES if city == MANADO else names.BOLAANG_FAMILIES + names.FAMILIES
    late = " Susulan" if is_late else ""
    year = scene.today.year
    order = ListOrder(
        title=f"DAFTAR{late.upper()} CALON PESERTA PEKERJA RENTAN TAHUN {year} · DATA REKAAN",
        sender=f"PEMERINTAH KOTA {place.upper()}",
        place=place,
        villages=_villages_of(scene.places[city], is_late=is_late),
        outside=scene.places[outside][0],
        rows=rows,
        families=families,
        registered_on=_list_day(scene.today),
        category=scene.categories[CATEGORY],
        other_category=scene.categories[OTHER_CATEGORY],
        combined_districts=combined_districts,
        listed_elsewhere=listed_elsewhere,
    )
    path = scene.folder / f"Daftar{late} Pekerja Rentan {place} {year}.xlsx"
    return write_list(path, order, scene.crowd)


def _villages_of(villages: Sequence[Village], *, is_late: bool) -> Sequence[Village]:
    """Let a late list name the villages of one district only."""
    first = villages[0].district
    return [each for each in villages if each.district == first] if is_late else villages


def _list_day(today: date) -> date:
    return min(today, date(today.year, 1, LIST_DAY))


def accept_for(scene: Scenery, written: WorkerList, agreement_id: int) -> LoadedList:
    """Let the clerk take a list in and the supervisor accept it up to the quota."""
    batch_id = _taken_in(scene, written, agreement_id)
    supervisor, cancel = scene.staff.supervisor, CancelToken()
    work = open_list(supervisor, batch_id, progress=scene.progress, cancel=cancel)
    doubles = duplicate_lists(supervisor, work, progress=scene.progress, cancel=cancel).codes
    accept_list(
        supervisor,
        work,
        request_id=new_request_id(),
        progress=scene.progress,
        cancel=cancel,
        up_to_quota=True,
        doubles=doubles,
    )
    return _loaded(scene, written, batch_id)


def submit_for(scene: Scenery, written: WorkerList, agreement_id: int) -> LoadedList:
    """Take a list in and leave it before the supervisor."""
    batch_id = _taken_in(scene, written, agreement_id)
    clerk = scene.staff.clerk
    work = open_list(clerk, batch_id, progress=scene.progress, cancel=CancelToken())
    submit(clerk, work, request_id=new_request_id())
    return _loaded(scene, written, batch_id)


def keep_for(scene: Scenery, written: WorkerList, agreement_id: int) -> LoadedList:
    """Take a list in and leave it in work."""
    return _loaded(scene, written, _taken_in(scene, written, agreement_id))


def _taken_in(scene: Scenery, written: WorkerList, agreement_id: int) -> int:
    request = BatchRequest(
        path=written.path,
        agreement_id=agreement_id,
        category=CATEGORY,
        registered_on=_list_day(scene.today),
    )
    return stage_list(
        scene.staff.clerk,
        request,
        request_id=new_request_id(),
        progress=scene.progress,
        cancel=CancelToken(),
    ).object_id


def _loaded(scene: Scenery, written: WorkerList, batch_id: int) -> LoadedList:
    found = get_batch(scene.staff.clerk, batch_id)
    return LoadedList(
        written=written,
        batch_id=batch_id,
        status=found.item.status,
        counts=found.item.counts,
        issues=found.issues,
    )
