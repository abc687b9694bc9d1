"""People whom a second list names again, with news of them that go into the register."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from bpjsdesk.domain.duplicates import Choice
from bpjsdesk.domain.people import Person
from bpjsdesk.progress import CancelToken, ignore_progress
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.duplicates import duplicate_lists
from bpjsdesk.services.pair_decisions import decide_pairs
from bpjsdesk.services.people import find_people, get_person
from tests.services.lists import checked, nik, stored, workbook


def renewed(office: AppContext, under: int, path: Path, *rows: list[object], first: int = 5) -> int:
    """Register rows for four months, everything new in them taken over."""
    start = date(2026, first, 1)
    half = checked(office, under, workbook(path, rows), from_month=start, months=4)
    found = duplicate_lists(office, half, progress=ignore_progress, cancel=CancelToken())
    news = [pair for pair in found.same_in_register if pair.taken_fields]
    request_id = new_request_id()
    return stored(office, decide_pairs(office, half, news, Choice.UPDATE, request_id=request_id))


def known_before(office: AppContext, under: int, path: Path, *rows: list[object]) -> None:
    start = date(2026, 1, 1)
    stored(office, checked(office, under, workbook(path, rows), from_month=start, months=4))


def of_serial(office: AppContext, serial: int) -> Person:
    found = get_person(office, find_people(office, nik(serial)).people[0].person_id)
    return replace(found, memberships=())
