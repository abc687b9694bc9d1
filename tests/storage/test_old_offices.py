"""What earlier versions have left opens, is backed up first, and works on as a new office would."""

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Table, insert, select

from bpjsdesk.clock import Clock
from bpjsdesk.domain.enrollment import BatchStatus
from bpjsdesk.domain.row_issues import IssueCode
from bpjsdesk.paths import AppPaths
from bpjsdesk.resources import resource_path
from bpjsdesk.services import batches
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.core_reply import reply_state
from bpjsdesk.services.identity_requests import end_of
from bpjsdesk.services.ignoring import ignore
from bpjsdesk.services.list_steps import last_step, undo
from bpjsdesk.services.office import open_office
from bpjsdesk.services.people import find_people
from bpjsdesk.services.person_changes import merge_of, unmerge_people
from bpjsdesk.services.receipts import batch_receipt
from bpjsdesk.services.repairs import reasons
from bpjsdesk.services.staging import StagedList
from bpjsdesk.storage.migrations import HEAD, revision_of
from bpjsdesk.storage.schema_reference import (
    column_synonym,
    core_word,
    deadline_rule,
    desil_limit,
    end_reason,
    issue_level,
    occupation_word,
    permission,
    sex_spelling,
)
from bpjsdesk.storage.schema_whole import whole_schema
from tests.offices import FOUNDER, NOW, PASSWORD
from tests.services.lists import checked, lettered, nik, stored, workbook, worker
from tests.services.staged_lists import opened
from tests.storage.old_offices import old_office, open_store

GROWN = (
    permission,
    deadline_rule,
    column_synonym,
    sex_spelling,
    occupation_word,
    issue_level,
    end_reason,
    core_word,
    desil_limit,
)
IN_WORK, JOINED = 2, 6  # a list and a person of the office at 0004

Opener = Callable[[str], AppContext]


@pytest.fixture(scope="module")
def upgraded(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Bring the office of a revision up to date, once; tests only ever see copies of it."""

    @cache
    def folder_of(revision: str) -> Path:
        paths = old_office(revision, tmp_path_factory.mktemp("lama") / revision)
        open_office(paths, FOUNDER, PASSWORD, lambda: NOW).close()
        return paths.data

    return folder_of


@pytest.fixture
def opening(upgraded: Callable[[str], Path], tmp_path: Path, clock: Clock) -> Iterator[Opener]:
    """Open the office of a revision as its supervisor."""
    contexts: list[AppContext] = []

    def open_old(revision: str) -> AppContext:
        folder = tmp_path / revision
        shutil.copytree(upgraded(revision), folder)
        contexts.append(open_office(AppPaths(folder), FOUNDER, PASSWORD, clock))
        return contexts[-1]

    yield open_old
    for context in contexts:
        context.close()


def rows_of(context: AppContext, table: Table) -> list[str]:
    columns = [column for column in table.columns if column.name != "id"]
    with context.database.read() as connection:
        return sorted(str(tuple(row)) for row in connection.execute(select(*columns)))


@pytest.mark.parametrize("revision", ["0003", "0004"])
def test_an_old_office_is_backed_up_and_comes_to_todays_shape(
    opening: Opener, revision: str
) -> None:
    context = opening(revision)
    with context.database.read() as connection:
        assert revision_of(connection) == HEAD
        differences = compare_metadata(MigrationContext.configure(connection), whole_schema())
    assert [found for found in differences if "person_search" not in str(found)] == []
    assert context.database.problems() == ()
    (backup,) = context.paths.backups.glob("sebelum-pembaruan-*.db")
    before = context.database.sibling(backup)
    with before.read() as connection:
        assert revision_of(connection) == revision
    before.close()


@pytest.mark.parametrize("revision", ["0003", "0004"])
def test_an_old_office_has_every_row_of_reference_of_a_new_one(
    office: AppContext, opening: Opener, revision: str
) -> None:
    context = opening(revision)
    for table in GROWN:
        assert rows_of(context, table) == rows_of(office, table)


def test_a_new_office_has_the_rows_of_reference_once(office: AppContext) -> None:
    for table in GROWN:
        lines = resource_path("seed", f"{table.name}.csv").read_text("utf-8").splitlines()
        assert len(rows_of(office, table)) == len(lines) - 1


@pytest.mark.parametrize("revision", ["0003", "0004"])
def test_a_list_is_taken_in_and_accepted_in_an_old_office(
    opening: Opener, tmp_path: Path, revision: str
) -> None:
    context = opening(revision)
    path = workbook(tmp_path / "baru.xlsx", [worker(71), worker(72, name="")])
    batch_id = stored(context, checked(context, 1, path))
    item = batches.get_batch(context, batch_id).item
    assert (item.status, item.counts.accepted, item.counts.held) == (BatchStatus.VALIDATED, 1, 1)
    assert [person.name for person in find_people(context, nik(71)).people] == [
        f"BUDI RONDO {lettered(71)}"
    ]


def test_what_people_were_is_as_it_was(opening: Opener) -> None:
    context = opening("0004")
    dead, moved = (find_people(context, nik(serial)).people[0].person_id for serial in (3, 4))
    ends = [end_of(context, person_id) for person_id in (dead, moved)]
    assert [(end.reason.code, end.note) for end in ends if end] == [
        ("MENINGGAL", "Surat lurah"),
        ("PINDAH", ""),
    ]
    merge = merge_of(context, JOINED)
    assert merge is not None
    assert merge.reason == "Satu orang"
    unmerge_people(context, merge.merge_id, request_id=new_request_id())
    assert merge_of(context, JOINED) is None


def test_answers_of_the_core_system_name_their_people(opening: Opener) -> None:
    state = reply_state(opening("0004"), 1)
    assert (state.sent, state.accepted) == (5, 1)
    assert state.rejected == {"Sudah terdaftar sebagai PU": 1}
    assert [person.name for person in state.unanswered] == [f"BUDI RONDO {n}" for n in (3, 4, 5)]


def test_a_list_in_work_goes_on_and_each_earlier_step_can_be_undone(opening: Opener) -> None:
    context = opening("0004")
    work = opened(context, IN_WORK)
    assert len(work.steps) == 5
    assert not any(step.is_settled for step in work.steps)
    undone: list[StagedList] = []
    while last_step(work) is not None:
        work = undo(context, work, request_id=new_request_id())
        undone.append(work)
    assert len(undone) == 5
    assert work.outcomes == {}
    assert stored(context, work) == IN_WORK


@pytest.mark.parametrize("revision", ["0003", "0004"])
def test_a_warning_is_ignored_in_an_old_office(
    opening: Opener, tmp_path: Path, revision: str
) -> None:
    context = opening(revision)
    path = workbook(tmp_path / "baru.xlsx", [worker(73, phone="12"), worker(74)])
    work = checked(context, 1, path)
    code = IssueCode.PHONE_FORMAT
    after = ignore(
        context, work, work.line_ids, code=code, reason="Lurah", request_id=new_request_id()
    )
    assert code in reasons(work)
    assert reasons(opened(context, work.batch_id)) == reasons(after) == {}
    stored(context, after)
    [line] = batch_receipt(context, work.batch_id).ignored_warnings
    assert (line.code, line.reason, line.rows) == (code, "Lurah", 1)


def test_an_office_keeps_the_rows_that_it_has_already(tmp_path: Path, clock: Clock) -> None:
    paths = old_office("0004", tmp_path / "kantor")
    with open_store(paths) as database, database.write() as connection:
        own = {
            "programme": "BATCH",
            "code": "CORE_REPLY",
            "name": "Balasan ditunggu tiga hari",
            "amount": 3,
            "unit": "DAYS",
            "starts_at": "sent_on",
            "valid_from": date(2020, 1, 1),
            "legal_basis": "",
            "verified": True,
        }
        connection.execute(insert(deadline_rule), [own])
    context = open_office(paths, FOUNDER, PASSWORD, clock)
    found = [row for row in rows_of(context, deadline_rule) if "CORE_REPLY" in row]
    context.close()
    assert len(found) == 1
    assert "tiga hari" in found[0]


def test_a_decided_list_stays_decided(tmp_path: Path, clock: Clock) -> None:
    """The list in work is taken as one that was accepted by the earlier program."""
    paths = old_office("0004", tmp_path / "kantor")
    with open_store(paths) as database, database.write() as connection:
        accepted = "UPDATE batch SET status = 'VALIDATED' WHERE id = ?"
        connection.exec_driver_sql(accepted, (IN_WORK,))
    context = open_office(paths, FOUNDER, PASSWORD, clock)
    work = opened(context, IN_WORK)
    context.close()
    assert all(step.is_settled for step in work.steps)
