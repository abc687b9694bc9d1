"""An office with many paid claims over two years."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from bpjsdesk.services.agreements import save_agreement
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.storage import enrollment
from build_scripts.bench_rows.people import crowd, villages
from build_scripts.bench_rows.stores import NOW, agreement_draft, founded, new_person

FIRST_DAY, DAYS = date(2024, 1, 1), 731
PEOPLE = 20_000
PROGRAMMES = (("JKK", 4_000_000), ("JKM", 42_000_000), ("JHT", 9_000_000), ("BEASISWA", 3_000_000))
SEGMENTS = ("SELF_EMPLOYED", "WAGE_EARNER")
CATEGORIES = ("VULNERABLE", "NON_ASN", "UMKM", "NEIGHBOURHOOD_HEAD", "KORPRI", "OTHER")
CLAIM = (
    "INSERT INTO claim (id, number, programme, person_id, participant_name, kpj, segment, "
    "category, region_code, agreement_id, event_on, filed_on, complete_on, paid_on, payee_name, "
    "note, amount, status, source_digest, created_by, created_at, version) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


def make_claims_office(folder: Path, claims: int) -> None:
    """Found an office and fill it with paid claims."""
    context = founded(folder)
    agreement_id = save_agreement(context, agreement_draft(), request_id=new_request_id()).object_id
    people = sorted(crowd(min(PEOPLE, claims), seed=31), key=lambda one: one.nik)
    rows = [new_person(number, one) for number, one in enumerate(people, start=1)]
    with context.database.write(bulk=True) as connection:
        enrollment.add_people(connection, rows)
        connection.exec_driver_sql(
            CLAIM, list(_claims(claims, [row.name for row in rows], agreement_id))
        )
    context.database.checkpoint()
    context.close()


def _claims(count: int, names: list[str], agreement_id: int) -> Iterator[tuple[Any, ...]]:
    dice = Random(12)
    places = [village.code for village in villages()]
    for number in range(1, count + 1):
        programme, usual = dice.choices(PROGRAMMES, weights=(30, 20, 40, 10))[0]
        person = dice.randrange(len(names))
        paid_on = FIRST_DAY + timedelta(days=dice.randrange(DAYS))
        filed_on = paid_on - timedelta(days=dice.randrange(3, 40))
        yield (
            number,
            f"K-{paid_on.year}-{number:06d}",
            programme,
            person + 1,
            names[person],
            "",
            dice.choice(SEGMENTS),
            dice.choice(CATEGORIES),
            dice.choice(places),
            agreement_id if dice.random() < 0.3 else None,
            (filed_on - timedelta(days=5)).isoformat(),
            filed_on.isoformat(),
            (filed_on + timedelta(days=1)).isoformat(),
            paid_on.isoformat(),
            "",
            "",
            usual + dice.randrange(1000) * 1000,
            "PAID",
            "",
            1,
            NOW.isoformat(),
            1,
        )
