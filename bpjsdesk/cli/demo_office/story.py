"""What happens in the practice office, in order; everything goes through the services."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from bpjsdesk.cli.demo_office import agreements_manado as manado
from bpjsdesk.cli.demo_office import agreements_others as others
from bpjsdesk.cli.demo_office import claims_cities as cities
from bpjsdesk.cli.demo_office import claims_manado, names
from bpjsdesk.cli.demo_office.cases import Benefits, CaseMaker, payment_day
from bpjsdesk.cli.demo_office.claims_file import ClaimSheet, write_claims
from bpjsdesk.cli.demo_office.claims_open import record_open_cases
from bpjsdesk.cli.demo_office.founding import Staff
from bpjsdesk.cli.demo_office.people import Crowd, Village, Worker
from bpjsdesk.domain.agreements import AgreementDraft
from bpjsdesk.domain.claims import ClaimDraft, ClaimFilePreview, Programme
from bpjsdesk.progress import CancelToken, ProgressSink
from bpjsdesk.services.agreements import (
    get_agreement,
    renew_agreement,
    save_agreement,
)
from bpjsdesk.services.claim_import import check_claims_file, import_claims
from bpjsdesk.services.claims import save_claim
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.reference import list_benefits, list_categories, list_regions

SEED = 7171
MANADO, KOTAMOBAGU = "71.71", "71.74"
CATEGORY, OTHER_CATEGORY = "VULNERABLE", "UMKM"
WORKERS_WITH_CLAIMS = 160  # at most eleven a month this year, and those of today


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenery:
    """What every chapter works with."""

    staff: Staff
    folder: Path
    today: date
    crowd: Crowd
    places: Mapping[str, tuple[Village, ...]]
    benefits: Benefits
    categories: Mapping[str, str]
    progress: ProgressSink

    @property
    def villages(self) -> Mapping[str, Village]:
        return {village.code: village for village in chain.from_iterable(self.places.values())}

    def maker(self, city: str) -> CaseMaker:
        families = names.FAMILIES if city == MANADO else names.BOLAANG_FAMILIES + names.FAMILIES
        return CaseMaker(self.crowd, self.places[city], families)


class Agreements(NamedTuple):
    """The ids that later chapters refer to."""

    manado_2021: int
    manado_2023: int
    manado_2025: int
    manado_now: int
    kotamobagu_2025: int
    kotamobagu_now: int
    recorded: int


def scenery(staff: Staff, folder: Path, progress: ProgressSink) -> Scenery:
    """Look the dated rows and the villages up that the story needs."""
    clerk = staff.clerk
    return Scenery(
        staff=staff,
        folder=folder,
        today=clerk.clock().date(),
        crowd=Crowd(SEED),
        places={city: tuple(_villages(staff, city)) for city in (MANADO, KOTAMOBAGU)},
        benefits=Benefits(list_benefits(clerk)),
        categories={each.code: each.name for each in list_categories(clerk)},
        progress=progress,
    )


def _villages(staff: Staff, city: str) -> Iterator[Village]:
    for district in list_regions(staff.clerk, city):
        for village in list_regions(staff.clerk, district.code):
            yield Village(village.code, village.name, district.code, district.name)


def record_agreements(scene: Scenery) -> Agreements:
    """Record every agreement, and start the renewal of the current one."""
    today, year = scene.today, scene.today.year
    first = _saved(scene, manado.of_2021())
    second = _saved(scene, manado.of_2023(first))
    _saved(scene, others.elections())
    third = _saved(scene, manado.of_2025(second))
    old = _saved(
        scene,
        others.kotamobagu(2025, None, heads=5_000, stage_amount=530_632_800, today=today),
    )
    _saved(scene, others.prosecutor(today))
    _saved(scene, others.police(today))
    _saved(scene, others.hospital_in_manado(today))
    _saved(scene, others.hospital_in_kotamobagu(today))
    new = _saved(
        scene,
        others.kotamobagu(year, old, heads=9_000, stage_amount=933_832_800, today=today),
    )
    now = _saved(scene, manado.of_year(year, third, today=today))
    return Agreements(first, second, third, now, old, new, _renewal(scene, now))


def _renewal(scene: Scenery, agreement_id: int) -> int:
    """Start the draft for next year and give its title the new year, as a clerk would."""
    clerk, year = scene.staff.clerk, scene.today.year
    number = renew_agreement(clerk, agreement_id, request_id=new_request_id()).object_id
    found = get_agreement(clerk, number)
    title = found.draft.title.replace(str(year), str(year + 1))
    save_agreement(
        clerk,
        replace(found.draft, title=title),
        request_id=new_request_id(),
        agreement_id=number,
        version=found.version,
    )
    return number


def _saved(scene: Scenery, draft: AgreementDraft) -> int:
    return save_agreement(scene.staff.clerk, draft, request_id=new_request_id()).object_id


def load_past_claims(scene: Scenery, vulnerable_total: int) -> ClaimFilePreview:
    """Write the claims of both cities into a workbook and load it."""
    path = scene.folder / "Klaim yang telah dibayarkan.xlsx"
    write_claims(
        path, list(_claim_sheets(scene, vulnerable_total)), scene.villages, scene.categories
    )
    clerk = scene.staff.clerk
    preview = check_claims_file(clerk, path, progress=scene.progress, cancel=CancelToken())
    import_claims(clerk, preview, request_id=new_request_id())
    return preview


def _claim_sheets(scene: Scenery, vulnerable_total: int) -> Iterator[ClaimSheet]:
    past = {
        (KOTAMOBAGU, "2024"): cities.kotamobagu_2024().months(2024),
        (KOTAMOBAGU, "2025"): cities.kotamobagu_2025(vulnerable_total).months(2025),
        (KOTAMOBAGU, "berjalan"): cities.since(cities.KOTAMOBAGU_SINCE, scene.today),
        (MANADO, "2025"): cities.manado_2025().months(2025),
        (MANADO, "berjalan"): cities.since(cities.MANADO_SINCE, scene.today),
    }
    for (city, name), months in past.items():
        maker = scene.maker(city)
        claims = [
            claim for order in months for claim in cities.month_claims(order, scene.benefits, maker)
        ]
        place = "Kota Manado" if city == MANADO else "Kota Kotamobagu"
        yield ClaimSheet(
            name=f"{place} {name}",
            city=place,
            claims=claims,
            is_spoilt=(city, name) == (MANADO, "berjalan"),
        )


def vulnerable_of_kotamobagu(scene: Scenery, agreement_id: int) -> tuple[ClaimDraft, ...]:
    """Give the twelve death claims of 2025: about Rp500 juta."""
    maker = scene.maker(KOTAMOBAGU)
    return tuple(
        maker.paid(
            Programme.JKM,
            payment_day(date(2025, 1 + place % cities.PUBLISHED_MONTHS, 1), maker.dice),
            scene.benefits.death,
            category=CATEGORY,
            agreement_id=agreement_id,
        )
        for place in range(cities.VULNERABLE_2025)
    )


def claims_under_agreements(
    scene: Scenery, agreements: Agreements, workers: Iterator[Worker]
) -> Iterator[ClaimDraft]:
    """Give the paid claims that belong to an agreement with Manado."""
    maker = scene.maker(MANADO)
    chapters = (
        (claims_manado.TO_NOVEMBER_2023, date(2023, 1, 1), 11, agreements.manado_2021),
        (claims_manado.AFTER_NOVEMBER_2023, date(2023, 12, 1), 12, agreements.manado_2023),
        (claims_manado.AUTUMN_2025, date(2025, 9, 1), 4, agreements.manado_2025),
    )
    for mix, first, months, agreement_id in chapters:
        yield from claims_manado.claims_under(
            mix,
            scene.benefits,
            maker,
            first=first,
            months=months,
            agreement_id=agreement_id,
            categories=(CATEGORY, "NON_ASN"),
        )
    yield from claims_manado.claims_of_year(
        scene.benefits, maker, workers, today=scene.today, agreement_id=agreements.manado_now
    )


def record_paid_claims(scene: Scenery, drafts: Iterator[ClaimDraft]) -> tuple[int, int]:
    """Record claims one by one as the supervisor, who may pay; give their number and rupiah."""
    count = amount = 0
    for draft in drafts:
        save_claim(scene.staff.supervisor, draft, request_id=new_request_id())
        count += 1
        amount += draft.amount
    return count, amount


def open_claims(scene: Scenery, workers: Iterator[Worker], agreement_id: int) -> int:
    """Record the claims that are being worked on."""
    makers = (scene.benefits, scene.maker(MANADO))
    return record_open_cases(scene.staff, makers, workers, agreement_id)
