"""Fold grouped payments into the tables of the claims report, so that every table adds up alike."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import NamedTuple, TypeVar

from bpjsdesk.domain.claims import PROGRAMME_NAMES, Programme
from bpjsdesk.domain.period import add_months, first_of_month, months_between
from bpjsdesk.domain.reference import Region
from bpjsdesk.domain.report_values import (
    CategoryRow,
    ClaimsReport,
    ClaimsReportQuery,
    ClaimTotals,
    ContributionRow,
    MonthRow,
    ProgrammeRow,
    RegionRow,
)
from bpjsdesk.domain.wording import format_count, format_date

VULNERABLE = "VULNERABLE"
PROGRAMMES = (Programme.JHT, Programme.JKM, Programme.JKK, Programme.SCHOLARSHIP)
CITY_LENGTH, DISTRICT_LENGTH, VILLAGE_LENGTH = 5, 8, 13
_MOST_DISTRICTS = 40
_LEVEL_NAMES = {
    CITY_LENGTH: "Kabupaten/Kota",
    DISTRICT_LENGTH: "Kecamatan",
    VILLAGE_LENGTH: "Kelurahan/Desa",
}
_SEGMENT_NAMES = {
    "SELF_EMPLOYED": "Bukan Penerima Upah (BPU)",
    "WAGE_EARNER": "Penerima Upah (PU)",
    "CONSTRUCTION": "Jasa Konstruksi",
    "MIGRANT": "Pekerja Migran Indonesia",
}
_GOVERNMENTS = {
    "CITY": "Pemerintah Kota",
    "REGENCY": "Pemerintah Kabupaten",
    "PROVINCE": "Pemerintah Provinsi",
}
_CATEGORIES_NAMED = 3

Sum = tuple[int, int]
_K = TypeVar("_K", str, tuple[str, str])


class Part(IntEnum):
    """What a group counts: the period, the same period a year before, the period by region."""

    NOW = 0
    PREVIOUS = 1
    REGION = 2


class PaidGroup(NamedTuple):
    """Payments alike in everything named; `month` is "2026-11", a blank text is not asked for."""

    part: int
    month: str
    programme: str
    segment: str
    category: str
    region: str
    cases: int
    amount: int


class AgreementMoney(NamedTuple):
    """Contributions paid under one agreement and the benefits that came back, whole rupiah."""

    categories: tuple[str, ...]
    heads: int
    contributions: int
    benefits: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportScope:
    """What the store is asked for; regions are grouped by this many letters of their code."""

    date_from: date
    date_to: date
    previous: tuple[date, date]
    region_code: str | None
    categories: tuple[str, ...]
    region_length: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportNames:
    """Names by code, the region that was asked for, and what the office asks of its partner."""

    regions: Mapping[str, str]
    categories: Mapping[str, str]
    region: Region | None
    requests: tuple[str, ...]
    today: date


def scope_of(query: ClaimsReportQuery) -> ReportScope:
    """Choose how finely regions are told apart: villages of a district, else districts."""
    is_fine = query.region_code is not None and len(query.region_code) >= DISTRICT_LENGTH
    return ReportScope(
        date_from=query.date_from,
        date_to=query.date_to,
        previous=query.previous,
        region_code=query.region_code,
        categories=query.categories,
        region_length=VILLAGE_LENGTH if is_fine else DISTRICT_LENGTH,
    )


def fold_report(
    query: ClaimsReportQuery,
    groups: Iterable[PaidGroup],
    money: Sequence[AgreementMoney],
    names: ReportNames,
) -> ClaimsReport:
    """Build the report; each group is looked at once."""
    sums = _Sums(groups)
    length, by_region = _region_sums(query, sums.regions)
    report = ClaimsReport(
        region_name=names.region.name if names.region else "Semua wilayah",
        query=query,
        data_as_of=names.today,
        totals=sums.totals(),
        by_programme=tuple(_programmes(sums)),
        by_category=tuple(_categories(sums, names.categories)),
        by_region=tuple(_regions(by_region, length, names.regions)),
        by_month=tuple(_months(query, sums)),
        contributions=tuple(map(_contribution, money)),
        notes=tuple(_notes(query, sums, names)),
        requests=names.requests,
        government=_GOVERNMENTS.get(names.region.kind if names.region else "", "Pemerintah Daerah"),
        region_level=_LEVEL_NAMES[length],
    )
    report.assert_consistent()
    return report


def region_codes(groups: Iterable[PaidGroup]) -> set[str]:
    """Give every region code that the report may name, with the city around each."""
    codes = {group.region for group in groups if group.region}
    return codes | {code[:CITY_LENGTH] for code in codes}


class _Sums:
    """Cases and rupiah by each way of looking at the groups."""

    def __init__(self, groups: Iterable[PaidGroup]) -> None:
        self.programmes: dict[str, Sum] = {}
        self.previous_programmes: dict[str, Sum] = {}
        self.categories: dict[tuple[str, str], Sum] = {}
        self.regions: dict[str, Sum] = {}
        self.months: dict[str, Sum] = {}
        self.previous_months: dict[str, Sum] = {}
        for part, month, programme, segment, category, region, cases, amount in groups:
            if part == Part.REGION:
                _add(self.regions, region, cases, amount)
            elif part == Part.PREVIOUS:
                _add(self.previous_programmes, programme, cases, amount)
                _add(self.previous_months, month, cases, amount)
            else:
                _add(self.programmes, programme, cases, amount)
                _add(self.categories, (segment, category), cases, amount)
                _add(self.months, month, cases, amount)

    def totals(self) -> ClaimTotals:
        cases, amount = _total(self.programmes.values())
        previous_cases, previous_amount = _total(self.previous_programmes.values())
        return ClaimTotals(
            cases=cases,
            amount=amount,
            previous_cases=previous_cases,
            previous_amount=previous_amount,
        )


def _add(sums: dict[_K, Sum], key: _K, cases: int, amount: int) -> None:
    found = sums.get(key)
    sums[key] = (cases, amount) if found is None else (found[0] + cases, found[1] + amount)


def _total(sums: Iterable[Sum]) -> Sum:
    cases = amount = 0
    for one_cases, one_amount in sums:
        cases += one_cases
        amount += one_amount
    return cases, amount


def _programmes(sums: _Sums) -> Iterator[ProgrammeRow]:
    for programme in PROGRAMMES:
        cases, amount = sums.programmes.get(programme.value, (0, 0))
        previous_cases, previous_amount = sums.previous_programmes.get(programme.value, (0, 0))
        is_scholarship = programme is Programme.SCHOLARSHIP
        yield ProgrammeRow(
            code=programme.value,
            name="Beasiswa" if is_scholarship else PROGRAMME_NAMES[programme],
            cases=cases,
            amount=amount,
            previous_cases=previous_cases,
            previous_amount=previous_amount,
        )


def _categories(sums: _Sums, names: Mapping[str, str]) -> Iterator[CategoryRow]:
    """List segments, each followed by the categories in it; vulnerable workers come first."""
    for segment, segment_name in _SEGMENT_NAMES.items():
        inside = {
            category: figures
            for (each, category), figures in sums.categories.items()
            if each == segment
        }
        if not inside:
            continue
        cases, amount = _total(inside.values())
        yield CategoryRow(code=segment, name=segment_name, cases=cases, amount=amount)
        for category in sorted(names, key=lambda code: code != VULNERABLE):
            if category in inside:
                cases, amount = inside[category]
                yield CategoryRow(
                    code=category, name=names[category], cases=cases, amount=amount, of_which=True
                )


def _region_sums(query: ClaimsReportQuery, regions: dict[str, Sum]) -> tuple[int, dict[str, Sum]]:
    """Keep districts where a page can hold them; a whole province is told by its cities."""
    length = scope_of(query).region_length
    if length == VILLAGE_LENGTH or len(regions) <= _MOST_DISTRICTS:
        return length, regions
    coarse: dict[str, Sum] = {}
    for code, (cases, amount) in regions.items():
        _add(coarse, code[:CITY_LENGTH], cases, amount)
    return CITY_LENGTH, coarse


def _regions(sums: Mapping[str, Sum], length: int, names: Mapping[str, str]) -> Iterator[RegionRow]:
    cities = {code[:CITY_LENGTH] for code in sums if code}
    for code in sorted(sums, key=lambda each: (not each, each)):
        cases, amount = sums[code]
        name = _region_name(code, length, names, is_alone=len(cities) <= 1)
        yield RegionRow(code=code, name=name, cases=cases, amount=amount)


def _region_name(code: str, length: int, names: Mapping[str, str], *, is_alone: bool) -> str:
    if not code:
        return "Wilayah belum dicatat"
    name = names.get(code, code)
    if len(code) < length:
        return f"{name}, {_LEVEL_NAMES[length].lower()} belum dicatat"
    if is_alone or length == CITY_LENGTH:
        return name
    return f"{name}, {names.get(code[:CITY_LENGTH], '')}"


def _months(query: ClaimsReportQuery, sums: _Sums) -> Iterator[MonthRow]:
    """Give every month of the period, also those without a payment."""
    first, last = first_of_month(query.date_from), first_of_month(query.date_to)
    for step in range(months_between(first, last) + 1):
        month = add_months(first, step)
        cases, amount = sums.months.get(f"{month:%Y-%m}", (0, 0))
        before = sums.previous_months.get(f"{add_months(month, -12):%Y-%m}", (0, 0))
        yield MonthRow(month=month, cases=cases, amount=amount, previous_amount=before[1])


def _contribution(money: AgreementMoney) -> ContributionRow:
    categories = dict.fromkeys(money.categories)
    named = ", ".join(list(categories)[:_CATEGORIES_NAMED])
    rest = len(categories) - _CATEGORIES_NAMED
    return ContributionRow(
        category=f"{named}, dan {rest} lainnya" if rest > 0 else named,
        heads=money.heads,
        contributions=money.contributions,
        benefits=money.benefits,
    )


def _notes(query: ClaimsReportQuery, sums: _Sums, names: ReportNames) -> Iterator[str]:
    cases, _ = sums.programmes.get(Programme.SCHOLARSHIP.value, (0, 0))
    if cases:
        yield (
            f"Beasiswa ({format_count(cases)} pembayaran) dicatat tersendiri dan tidak termasuk "
            "dalam baris JKK dan JKM."
        )
    unknown, _ = sums.regions.get("", (0, 0))
    if unknown:
        yield f"{format_count(unknown)} pembayaran belum memiliki wilayah peserta."
    if query.categories:
        listed = ", ".join(names.categories.get(code, code) for code in query.categories)
        yield f"Hanya kategori {listed}."
    if query.date_to > names.today:
        yield f"Periode belum berakhir: data sampai dengan {format_date(names.today)}."
