"""demo: a practice office with made-up people, its lists, claims and printed pages."""

from argparse import Namespace
from collections.abc import Iterator
from datetime import date
from itertools import chain
from pathlib import Path

from bpjsdesk.cli.demo_office import story, story_lists
from bpjsdesk.cli.demo_office.founding import (
    PASSWORD,
    USERS,
    Staff,
    found_office,
    practice_card,
)
from bpjsdesk.cli.demo_office.papers import write_papers
from bpjsdesk.cli.demo_office.steps import StepBook
from bpjsdesk.cli.output import Result
from bpjsdesk.cli.session import ProgressLine, paths_of
from bpjsdesk.clock import Clock
from bpjsdesk.domain.access import ROLE_LABELS
from bpjsdesk.domain.wording import format_count, format_decimal, format_rupiah
from bpjsdesk.errors import UserError
from bpjsdesk.paths import AppPaths

SAMPLES = "contoh"
FEWEST_ROWS, MOST_ROWS = 200, 500_000
EARLIEST = date(2026, 1, 1)  # the published figures of 2025 must lie in the past


def demo(arguments: Namespace, clock: Clock) -> Result:
    """Build the practice office in an empty place.

    Raises: UserError OFFICE_EXISTS, ROWS_OUT_OF_RANGE, CLOCK_WRONG; EnvironmentProblem.
    """
    _require_sense(arguments, clock)
    paths = paths_of(arguments)
    book = StepBook()
    with book.step("Kantor, pengguna, penanda tangan") as step:
        staff = found_office(paths, clock)
        step.outcome = "4 pengguna latihan"
    try:
        batches = _fill(staff, paths, book, arguments)
    finally:
        staff.close()
    return _result(paths, book, staff, batches)


def _require_sense(arguments: Namespace, clock: Clock) -> None:
    if not FEWEST_ROWS <= arguments.rows <= MOST_ROWS:
        raise UserError(
            "ROWS_OUT_OF_RANGE",
            f"Isi --rows antara {format_count(FEWEST_ROWS)} dan {format_count(MOST_ROWS)}.",
        )
    if clock().date() < EARLIEST:
        raise UserError(
            "CLOCK_WRONG",
            f"Jam komputer ini menunjuk {clock():%d-%m-%Y}. Betulkan tanggalnya, lalu ulangi.",
        )


def _fill(
    staff: Staff, paths: AppPaths, book: StepBook, arguments: Namespace
) -> tuple[story_lists.LoadedList, ...]:
    """Tell the whole story; give the loaded lists and write the papers where asked."""
    scene = story.scenery(staff, paths.data / SAMPLES, ProgressLine())
    with book.step("Perjanjian") as step:
        agreements = story.record_agreements(scene)
        step.outcome = f"{agreements.recorded} perjanjian"
    with book.step("Tulis daftar pekerja (Excel)") as step:
        large = story_lists.write_manado_list(scene, arguments.rows)
        small = story_lists.write_kotamobagu_list(scene, arguments.rows, large)
        step.outcome = f"{format_count(large.rows)} dan {format_count(small.rows)} orang"
    with book.step("Baca dan terima daftar Manado") as step:
        first = story_lists.accept_for(scene, large, agreements.manado_now)
        step.outcome = _counts_line(first)
    _record_claims(scene, agreements, book, first)
    left = tuple(_leave_lists(scene, agreements, book, arguments.rows))
    if arguments.out:
        write_papers(scene, book, Path(arguments.out), agreements=agreements, loaded=first)
    # last, so that the proven backup that goes before it holds all the rest
    with book.step("Cadangan terbukti, lalu terima Kotamobagu") as step:
        second = story_lists.accept_for(scene, small, agreements.kotamobagu_now)
        step.outcome = _counts_line(second)
    return (first, second, *left)


def _leave_lists(
    scene: story.Scenery, agreements: story.Agreements, book: StepBook, rows: int
) -> Iterator[story_lists.LoadedList]:
    """Leave one list before the supervisor and one in work."""
    with book.step("Ajukan daftar susulan Kotamobagu") as step:
        late = story_lists.write_late_list(scene, story.KOTAMOBAGU, rows)
        submitted = story_lists.submit_for(scene, late, agreements.kotamobagu_now)
        step.outcome = f"{format_count(submitted.counts.read)} baris menunggu penyelia"
    yield submitted
    with book.step("Kerjakan daftar susulan Manado") as step:
        late = story_lists.write_late_list(scene, story.MANADO, rows)
        kept = story_lists.keep_for(scene, late, agreements.manado_now)
        step.outcome = f"{format_count(kept.counts.read)} baris dalam pekerjaan"
    yield kept


def _counts_line(loaded: story_lists.LoadedList) -> str:
    counts = loaded.counts
    return (
        f"{format_count(counts.read)} dibaca: {format_count(counts.accepted)} diterima, "
        f"{format_count(counts.held)} ditahan"
    )


def _record_claims(
    scene: story.Scenery,
    agreements: story.Agreements,
    book: StepBook,
    loaded: story_lists.LoadedList,
) -> None:
    workers = iter(scene.crowd.dice.sample(loaded.written.workers, story.WORKERS_WITH_CLAIMS))
    vulnerable = story.vulnerable_of_kotamobagu(scene, agreements.kotamobagu_2025)
    with book.step("Muat klaim lampau (Excel)") as step:
        past = story.load_past_claims(scene, sum(claim.amount for claim in vulnerable))
        amount = sum(claim.amount for claim in past.claims)
        step.outcome = f"{format_count(past.accepted)} klaim, {format_rupiah(amount)}"
    with book.step("Rekam klaim menurut perjanjian") as step:
        drafts = chain(vulnerable, story.claims_under_agreements(scene, agreements, workers))
        count, amount = story.record_paid_claims(scene, drafts)
        step.outcome = f"{format_count(count)} klaim, {format_rupiah(amount)}"
    with book.step("Rekam klaim yang sedang dikerjakan") as step:
        count = story.open_claims(scene, workers, agreements.manado_now)
        step.outcome = f"{count} klaim"


def _result(
    paths: AppPaths, book: StepBook, staff: Staff, loaded: tuple[story_lists.LoadedList, ...]
) -> Result:
    card = practice_card()
    data = {
        "office": card["office"],
        "data": paths.data,
        "users": card["users"],
        "password": card["password"],
        "recovery_code": staff.recovery_code,
        "batches": [
            {
                "batch_id": each.batch_id,
                "status": each.status,
                "counts": each.counts,
                "issues": each.issues,
            }
            for each in loaded
        ],
        "steps": book.steps,
        "seconds": round(book.seconds, 2),
    }
    return Result(data=data, lines=tuple(_lines(paths, book)))


def _lines(paths: AppPaths, book: StepBook) -> Iterator[str]:
    yield f"Kantor latihan dengan data rekaan: {paths.data}"
    yield ""
    for step in book.steps:
        seconds = format_decimal(round(step.seconds, 1), decimals=1)
        yield f"  {step.name:<38} {step.outcome:<46} {seconds:>6} detik"
    total = format_decimal(round(book.seconds, 1), decimals=1)
    yield f"  {'Jumlah':<38} {'':<46} {total:>6} detik"
    yield ""
    names = ", ".join(f"{name} ({ROLE_LABELS[role]})" for role, (name, _) in USERS.items())
    yield f"Masuk sebagai {names}."
    yield f"Kata sandi semuanya: {PASSWORD}"
