"""Kill a working program at random moments and compare its store with what it acknowledged.

`python -m tests.proofs.kill_driver --saves 200 --imports 100` runs the long proof.
"""

import argparse
import multiprocessing as mp
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from multiprocessing.process import BaseProcess
from pathlib import Path

from bpjsdesk.errors import AppError
from bpjsdesk.progress import CancelToken, ignore_progress
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.safety import check_health
from tests.proofs import crash_work
from tests.proofs.crash_work import (
    ACCEPT,
    AGREEMENT,
    CLAIM,
    DONE,
    IMPORT,
    Said,
    accept,
    found,
    import_list,
    opened,
    save,
    save_forever,
    take_in,
    write_list,
)

KILLS_PER_STORE = 30
LONGEST_SAVING_S = 0.25
STARTING_S = 60
TABLES = {CLAIM: "claim", AGREEMENT: "agreement", IMPORT: "batch"}
WRITTEN_IN = TABLES | {ACCEPT: "batch"}
# every one of these counts must be 0, whatever moment the program died in
HALVES = {
    "klaim tanpa komponennya": "SELECT count(*) FROM claim c WHERE 1 <> "
    "(SELECT count(*) FROM claim_component p WHERE p.claim_id = c.id)",
    "klaim tanpa langkah pertamanya": "SELECT count(*) FROM claim c WHERE 1 <> "
    "(SELECT count(*) FROM claim_event e WHERE e.claim_id = c.id)",
    "perjanjian tanpa pihaknya": "SELECT count(*) FROM agreement a WHERE 2 <> "
    "(SELECT count(*) FROM agreement_party p WHERE p.agreement_id = a.id)",
    "perjanjian tanpa kuotanya": "SELECT count(*) FROM agreement a WHERE 1 <> "
    "(SELECT count(*) FROM agreement_quota q WHERE q.agreement_id = a.id)",
    "batch tanpa barisnya": "SELECT count(*) FROM batch b WHERE b.read - b.blank <> "
    "(SELECT count(*) FROM batch_line l WHERE l.batch_id = b.id)",
    "batch tanpa kepesertaannya": "SELECT count(*) FROM batch b WHERE b.accepted <> "
    "(SELECT count(*) FROM membership m WHERE m.batch_id = b.id)",
    "orang yang tidak tercari": "SELECT (SELECT count(*) FROM person) - "
    "(SELECT count(*) FROM person_search)",
} | {
    f"{table} tanpa riwayatnya": f"SELECT (SELECT count(*) FROM {table}) - "  # noqa: S608  # our own table names
    f"(SELECT count(*) FROM audit_entry WHERE result = 'DONE' AND command = '{command}')"
    for command, table in TABLES.items()
}


@dataclass(slots=True)
class Tally:
    """What a run of kills has shown."""

    kills: int = 0
    acknowledged: int = 0
    lost: int = 0
    saved_but_not_acknowledged: int = 0
    saves_killed_before_the_commit: int = 0
    imports_killed_before_the_commit: int = 0
    imports_committed: int = 0
    half_records: int = 0
    doubled_by_repeating: int = 0
    not_opened: int = 0
    unsound: int = 0
    slowest_opening_ms: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        bad = self.lost, self.half_records, self.doubled_by_repeating, self.not_opened
        return not any((*bad, self.unsound))


class Attack:
    """Kill one program after the other over the same office, and look after each kill."""

    def __init__(self, folder: Path, tally: Tally, chance: random.Random) -> None:
        self._folder = folder
        self._tally = tally
        self._chance = chance
        self._agreement_id = found(folder / "kantor")
        self._serial = 0

    def kill_saving(self) -> None:
        """Let a program save for a moment, kill it, look, and repeat its last request."""
        self._serial += 10_000
        pause = self._chance.uniform(0, LONGEST_SAVING_S)
        heard = killed(save_forever, (self._office, self._serial), pause)
        last = heard[-1]
        with self._reopened(heard) as context:
            if context is not None:
                again = save(context, last.command, last.request_id, last.serial)
                self._count_once(context, last, again)

    def kill_import(self, rows: int, longest_s: float) -> None:
        """Kill a program inside its import, look, and load the list again."""
        self._serial += 1
        path = write_list(self._folder / f"{self._serial}.csv", self._serial, rows)
        pause = self._chance.uniform(0, longest_s)
        heard = killed(import_list, (self._office, path, self._agreement_id), pause)
        with self._reopened(heard) as context:
            if context is not None:
                self._finish_import(context, heard, path)

    def _finish_import(self, context: AppContext, heard: list[Said], path: Path) -> None:
        """Do again whatever of an import was not done, by the requests of the killed program."""
        first, last = heard[0], heard[-1]
        batch_id = take_in(context, path, self._agreement_id, first.request_id)
        self._count_once(context, first, batch_id)
        if last.command == ACCEPT:
            accept(context, batch_id, last.request_id)
            self._count_once(context, last, batch_id)

    @property
    def _office(self) -> Path:
        return self._folder / "kantor"

    def _reopened(self, heard: list[Said]) -> "_Looking":
        self._tally.kills += 1
        return _Looking(self._office, heard, self._tally)

    def _count_once(self, context: AppContext, said: Said, object_id: int) -> None:
        with context.database.read() as connection:
            times = connection.exec_driver_sql(
                "SELECT count(*) FROM request_log WHERE command = ? AND object_id = ?",
                (said.command, object_id),
            ).scalar_one()
        self._tally.doubled_by_repeating += times != 1
        self._tally.half_records += sum(halves(context).values())


class _Looking:
    """Reopen the office after a kill and compare it with what had been acknowledged."""

    def __init__(self, office: Path, heard: list[Said], tally: Tally) -> None:
        self._office = office
        self._heard = heard
        self._tally = tally
        self._opening = opened(office)

    def __enter__(self) -> AppContext | None:
        started = time.perf_counter()
        try:
            context = self._opening.__enter__()
        except AppError as problem:
            self._tally.not_opened += 1
            self._tally.faults.append(problem.code)
            return None
        took = round((time.perf_counter() - started) * 1000)
        self._tally.slowest_opening_ms = max(self._tally.slowest_opening_ms, took)
        self._compare(context)
        return context

    def __exit__(self, *_failure: object) -> None:
        self._opening.__exit__(None, None, None)

    def _compare(self, context: AppContext) -> None:
        tally = self._tally
        for said in self._heard:
            if said.word == DONE:
                tally.acknowledged += 1
                tally.lost += not _is_there(context, said)
        last = self._heard[-1]
        is_saved = _has_request(context, last.request_id)
        is_import = last.command in (IMPORT, ACCEPT)
        tally.saved_but_not_acknowledged += is_saved and last.word != DONE
        tally.saves_killed_before_the_commit += not is_saved and not is_import
        tally.imports_killed_before_the_commit += not is_saved and is_import
        tally.imports_committed += is_saved and is_import
        seen = halves(context)
        tally.half_records += len(seen)
        tally.faults += [f"{name}: {count}" for name, count in seen.items()]
        health = check_health(context, progress=ignore_progress, cancel=CancelToken())
        tally.unsound += not health.is_sound
        tally.faults += health.problems


def killed(work: Callable[..., None], arguments: tuple[object, ...], pause_s: float) -> list[Said]:
    """Start `work`, wait until it is busy, kill it after a pause; give what it said."""
    here, there = mp.Pipe()
    process = _process(work, (*arguments, there))
    process.start()
    there.close()
    if not here.poll(STARTING_S):
        process.kill()
        raise AssertionError("the program to be killed never began to work")
    time.sleep(pause_s)
    process.kill()
    process.join()
    heard = list(_messages(here.recv))
    here.close()
    if not heard:
        raise AssertionError(f"the program to be killed ended by itself: {process.exitcode}")
    return heard


def _process(work: Callable[..., None], arguments: tuple[object, ...]) -> BaseProcess:
    if sys.platform == "win32":
        return mp.get_context("spawn").Process(target=work, args=arguments)
    else:  # mypy takes what follows a branch that returns for unreachable on Windows
        return mp.get_context("forkserver").Process(target=work, args=arguments)


def _messages(receive: Callable[[], Said]) -> Iterator[Said]:
    while True:
        try:
            yield receive()
        except (EOFError, OSError):
            return


def _is_there(context: AppContext, said: Said) -> bool:
    table = WRITTEN_IN[said.command]
    with context.database.read() as connection:
        found_row = connection.exec_driver_sql(
            f"SELECT count(*) FROM {table} WHERE id = ?",  # noqa: S608  # our own table names
            (said.object_id,),
        ).scalar_one()
    return found_row == 1 and _has_request(context, said.request_id)


def _has_request(context: AppContext, request_id: str) -> bool:
    with context.database.read() as connection:
        found_row = connection.exec_driver_sql(
            "SELECT count(*) FROM request_log WHERE request_id = ?", (request_id,)
        ).scalar_one()
    return bool(found_row)


def halves(context: AppContext) -> dict[str, int]:
    """Count every kind of record of which only a part is there; empty when all are whole."""
    with context.database.read() as connection:
        counts = {
            name: abs(connection.exec_driver_sql(query).scalar_one())
            for name, query in HALVES.items()
        }
    return {name: count for name, count in counts.items() if count}


def run(folder: Path, *, saves: int, imports: int, rows: int, longest_import_s: float) -> Tally:
    """Kill `saves` times while saving and `imports` times while importing."""
    mp.set_forkserver_preload([crash_work.__name__])
    tally, chance = Tally(), random.Random(20261120)
    deeds = ["save"] * saves + ["import"] * imports
    chance.shuffle(deeds)
    for number, deed in enumerate(deeds):
        if number % KILLS_PER_STORE == 0:
            attack = Attack(folder / str(number), tally, chance)
        if deed == "save":
            attack.kill_saving()
        else:
            attack.kill_import(rows, longest_import_s)
    return tally


def main() -> int:
    """Run the long proof and print what it found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--saves", type=int, default=200)
    parser.add_argument("--imports", type=int, default=100)
    parser.add_argument("--rows", type=int, default=5_000)
    parser.add_argument("--longest", type=float, default=3.0, help="seconds into the import")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        tally = run(
            Path(folder),
            saves=asked.saves,
            imports=asked.imports,
            rows=asked.rows,
            longest_import_s=asked.longest,
        )
    for name, value in asdict(tally).items():
        sys.stdout.write(f"{name:<28} {value}\n")
    return 0 if tally.is_clean else 1


if __name__ == "__main__":
    raise SystemExit(main())
