"""What the page of people does beside the window: each a piece of work for the task runner."""

import time
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from bpjsdesk.domain.people import Numbers, PeopleFound
from bpjsdesk.domain.person_changes import IdentityField
from bpjsdesk.domain.person_file import PersonFile
from bpjsdesk.progress import CancelToken, ProgressSink
from bpjsdesk.services import identity_requests, people_lookup, person_changes
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.people import find_people, reveal_numbers, with_standing
from bpjsdesk.services.people_lookup import Lookup
from bpjsdesk.services.person_file import person_file
from ui.tasks import Work

SHOWN_HITS = 100


class Hits(NamedTuple):
    """An answer of the search with the time that it took."""

    text: str
    found: PeopleFound
    milliseconds: int


class Revealed(NamedTuple):
    """NIK, telephone and heirs in full, and whose they are."""

    person_id: int
    numbers: Numbers


class RevealedChange(NamedTuple):
    """Both values of a request in full."""

    request_no: int
    before: str
    after: str


class Asked(NamedTuple):
    """A change as it was typed."""

    field: IdentityField
    text: str
    basis: str


class Ended(NamedTuple):
    """An end of membership as it was typed."""

    reason: str
    since: date
    note: str


def find_work(app: AppContext, text: str) -> Work:
    return _work(partial(_find, app, text))


def person_work(app: AppContext, person_id: int) -> Work:
    return _work(partial(person_file, app, person_id))


def two_work(app: AppContext, ids: Sequence[int]) -> Work:
    """Read people in full, in this order."""
    return _work(partial(_people, app, tuple(ids)))


def reveal_work(app: AppContext, person_id: int, reason: str) -> Work:
    return _work(partial(_reveal, app, person_id, reason))


def request_work(app: AppContext, person_id: int, asked: Asked) -> Work:
    deed = partial(
        identity_requests.request_change, app, person_id, asked.field, asked.text, basis=asked.basis
    )
    return _written(deed)


def reasons_work(app: AppContext) -> Work:
    return _work(partial(identity_requests.end_reasons, app))


def end_work(app: AppContext, person_id: int, ended: Ended) -> Work:
    deed = partial(identity_requests.end_membership, app, person_id, ended.reason)
    return _written(partial(deed, since=ended.since, note=ended.note))


def resume_work(app: AppContext, person_id: int) -> Work:
    return _written(partial(identity_requests.resume_membership, app, person_id))


def merge_work(app: AppContext, kept_id: int, merged_id: int, *, reason: str) -> Work:
    return _written(partial(person_changes.merge_people, app, kept_id, merged_id, reason=reason))


def unmerge_work(app: AppContext, merge_id: int) -> Work:
    return _written(partial(person_changes.unmerge_people, app, merge_id))


def requests_work(app: AppContext) -> Work:
    return _work(partial(identity_requests.list_requests, app))


def decide_work(app: AppContext, request_no: int, *, note: str, approve: bool) -> Work:
    deed = partial(identity_requests.decide_change, app, request_no)
    return _written(partial(deed, note=note, approve=approve))


def reveal_change_work(app: AppContext, request_no: int, reason: str) -> Work:
    return _work(partial(_reveal_change, app, request_no, reason))


def lookup_work(app: AppContext, pasted: str) -> Work:
    return _work(partial(people_lookup.look_up, app, pasted))


def lookup_file_work(app: AppContext, path: Path) -> Work:
    return partial(_look_up_file, app, path)


def lookup_reveal_work(app: AppContext, found: Lookup, reason: str) -> Work:
    return _written(partial(people_lookup.note_revealed, app, found, reason=reason))


def lookup_export_work(app: AppContext, found: Lookup, out: Path) -> Work:
    return _written(partial(people_lookup.export_lookup, app, found, out))


def _work(deed: Callable[[], Any]) -> Work:
    """Make work of something that ends soon and tells nothing on its way."""
    return partial(_carry_out, deed)


def _written(deed: Callable[..., Any]) -> Work:
    # the id is made with the work: carried out twice, it is done once
    return _work(partial(deed, request_id=new_request_id()))


def _carry_out(deed: Callable[[], Any], _progress: ProgressSink, _cancel: CancelToken) -> Any:
    return deed()


def _find(app: AppContext, text: str) -> Hits:
    started = time.perf_counter()
    found = find_people(app, text, limit=SHOWN_HITS)
    found = PeopleFound(people=with_standing(app, found.people), more=found.more)
    spent = time.perf_counter() - started
    return Hits(text=text, found=found, milliseconds=max(1, round(spent * 1000)))


def _people(app: AppContext, ids: tuple[int, ...]) -> tuple[PersonFile, ...]:
    return tuple(person_file(app, person_id) for person_id in ids)


def _reveal(app: AppContext, person_id: int, reason: str) -> Revealed:
    numbers = reveal_numbers(app, person_id, reason=reason, request_id=new_request_id())
    return Revealed(person_id, numbers)


def _reveal_change(app: AppContext, request_no: int, reason: str) -> RevealedChange:
    both = identity_requests.reveal_change(
        app, request_no, reason=reason, request_id=new_request_id()
    )
    return RevealedChange(request_no, *both)


def _look_up_file(
    app: AppContext, path: Path, _progress: ProgressSink, cancel: CancelToken
) -> Lookup:
    return people_lookup.look_up_file(app, path, cancel=cancel)
