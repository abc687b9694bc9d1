"""Ready values that screens, PDF pages, workbooks and the command line show alike."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from pathlib import Path

_MILLIMETRES_PER_INCH = 25.4
_POINTS_PER_INCH = 72.0


class Paper(Enum):
    """Paper that offices print on; the value is width and height in millimetres."""

    A4 = (210.0, 297.0)
    F4 = (215.0, 330.0)

    @property
    def width_mm(self) -> float:
        """Return the width in millimetres."""
        return self.value[0]

    @property
    def height_mm(self) -> float:
        """Return the height in millimetres."""
        return self.value[1]

    @property
    def points(self) -> tuple[float, float]:
        """Return width and height in PDF points."""
        scale = _POINTS_PER_INCH / _MILLIMETRES_PER_INCH
        return self.width_mm * scale, self.height_mm * scale


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """Who issues the page, as the office wrote it in the settings; empty lines are left out."""

    institution: str
    office: str
    address: str = ""
    phone: str = ""
    website: str = ""
    place: str = ""
    logo_path: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Signatory:
    """One signature block: `above` is "Disusun oleh" or "Manado, 1 Desember 2025"."""

    above: str
    position: str
    name: str
    id_line: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintStamp:
    """Who printed what and when; `printed_at` is aware (WITA), `sample` marks made-up data."""

    printed_at: datetime
    printed_by: str
    data_as_of: date
    document_no: str
    check_code: str
    sample: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledText:
    """A label with its text, such as a contact or a fact about beneficiaries."""

    label: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeName:
    """An official short code with its full name ("JKK", "Jaminan Kecelakaan Kerja")."""

    code: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyLine:
    """A party as it stood at signing; `role` is "PIHAK KESATU", `number` that party's own."""

    role: str
    institution: str
    signatory: str = ""
    position: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaEntry:
    """Heads of one category with the distinct monthly rates, first month first."""

    category: str
    segment: str
    programmes: str
    heads: int
    months: int
    rates: tuple[int, ...]
    amount: int

    @property
    def rate(self) -> int | None:
        """Return the monthly rate in rupiah, or None when it changes within the months."""
        return self.rates[0] if len(self.rates) == 1 else None


@dataclass(frozen=True, slots=True, kw_only=True)
class FundingEntry:
    """Where the money comes from; `remark` says for what ("iuran Jan–Nov")."""

    source: str
    fiscal_year: int | None = None
    remark: str = ""
    amount: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tranche:
    """A payment stage; `paid_on` None means not paid, `realised` None means not recorded."""

    label: str
    months: str = ""
    due_on: date | None = None
    paid_on: date | None = None
    billed: int = 0
    realised: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipantCounts:
    """How far the list has come; None means that nobody has counted it yet."""

    quota: int | None = None
    submitted: int | None = None
    valid: int | None = None
    active: int | None = None
    informed: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimsLine:
    """Claims paid for one programme; a case is one payment, not one person."""

    label: str
    cases: int
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyList:
    """Main obligations of one party, each a short sentence."""

    party: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementSummary:
    """Everything that the one-page summary of an agreement shows."""

    kind_label: str
    title: str
    status: str
    is_renewal: bool = False
    parties: tuple[PartyLine, ...] = ()
    signed_on: date | None = None
    signed_place: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    days_left: int | None = None
    elapsed_share: float | None = None
    previous_agreement: str = ""
    protected_since: str = ""
    scope: str = ""
    programmes: tuple[CodeName, ...] = ()
    quota: tuple[QuotaEntry, ...] = ()
    funding: tuple[FundingEntry, ...] = ()
    tranches: tuple[Tranche, ...] = ()
    counts: ParticipantCounts = ParticipantCounts()
    claims: tuple[ClaimsLine, ...] = ()
    claims_note: str = ""
    duties: tuple[DutyList, ...] = ()
    contacts: tuple[LabelledText, ...] = ()
    legal_basis: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def heads(self) -> int:
        """Return the heads of all quota lines."""
        return sum(line.heads for line in self.quota)

    @property
    def amount(self) -> int:
        """Return the contributions of all quota lines in rupiah."""
        return sum(line.amount for line in self.quota)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimsReportQuery:
    """Which payments a claims report counts: by payment date, both days included."""

    date_from: date
    date_to: date
    region_code: str | None = None
    categories: tuple[str, ...] = ()

    @property
    def previous(self) -> tuple[date, date]:
        """Return the same days a year before; the end of a month stays the end of a month."""
        return _year_before(self.date_from, keep_end=False), _year_before(
            self.date_to, keep_end=True
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimTotals:
    """Cases and rupiah of the period and of the same period a year before."""

    cases: int
    amount: int
    previous_cases: int
    previous_amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeRow:
    """One programme of the claims report with the same period a year before."""

    code: str
    name: str
    cases: int
    amount: int
    previous_cases: int
    previous_amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryRow:
    """A segment or category; `of_which` rows belong to the row above and are not added up."""

    code: str
    name: str
    cases: int
    amount: int
    of_which: bool = False
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionRow:
    """A region by its code; payments without a known region stand in a row with code ""."""

    code: str
    name: str
    cases: int
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthRow:
    """One payment month; `month` is its first day, `previous_amount` a year before."""

    month: date
    cases: int
    amount: int
    previous_amount: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ContributionRow:
    """Contributions that a government paid for a category and benefits that came back."""

    category: str
    heads: int | None
    contributions: int
    benefits: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimsReport:
    """The claims paid in one region and period, counted once for every way of showing them.

    `government` is who is addressed ("Pemerintah Kota"), `region_level` heads the region
    table ("Kecamatan"). Sections whose tuple is empty are not shown.
    """

    region_name: str
    query: ClaimsReportQuery
    data_as_of: date
    totals: ClaimTotals
    by_programme: tuple[ProgrammeRow, ...]
    by_category: tuple[CategoryRow, ...] = ()
    by_region: tuple[RegionRow, ...] = ()
    by_month: tuple[MonthRow, ...] = ()
    contributions: tuple[ContributionRow, ...] = ()
    beneficiaries: tuple[LabelledText, ...] = ()
    notes: tuple[str, ...] = ()
    requests: tuple[str, ...] = ()
    basis: str = "tanggal pembayaran"
    government: str = "Pemerintah Daerah"
    region_level: str = "Kecamatan"

    def assert_consistent(self) -> None:
        """Check that every table adds up to the same totals.

        Raises:
            ValueError: when a table's cases or rupiah differ from `totals`.
        """
        whole = (self.totals.cases, self.totals.amount)
        before = (self.totals.previous_cases, self.totals.previous_amount)
        tables: tuple[tuple[str, tuple[int, int]], ...] = (
            ("by_programme", _sums((r.cases, r.amount) for r in self.by_programme)),
            ("by_category", _sums((r.cases, r.amount) for r in self.by_category if not r.of_which)),
            ("by_region", _sums((r.cases, r.amount) for r in self.by_region)),
            ("by_month", _sums((r.cases, r.amount) for r in self.by_month)),
        )
        for name, sums in tables:
            if getattr(self, name) and sums != whole:
                raise ValueError(f"{name} adds up to {sums}, the report to {whole}")
        sums = _sums((r.previous_cases, r.previous_amount) for r in self.by_programme)
        if sums != before:
            raise ValueError(f"previous period adds up to {sums}, the report to {before}")


# (number, masked NIK, KPJ or "", name, "L"/"P"/"", birth date text, village text, rupiah of all
# months or None): plain tuples, because a list may have tens of thousands of rows.
ParticipantRow = tuple[int, str, str, str, str, str, str, int | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class VillageRecap:
    """How many of the listed people live in one village; amount in rupiah of all months."""

    village: str
    heads: int
    amount: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipantList:
    """The list of one batch; rates are the distinct monthly rates, first month first."""

    batch_no: str
    title: str
    agreement: str
    category: str
    place: str = ""
    decree: str = ""
    coverage: str = ""
    payer: str = ""
    months: int = 0
    rates: tuple[int, ...] = ()
    amount: int | None = None
    rows: Sequence[ParticipantRow] = ()
    recap: tuple[VillageRecap, ...] = ()
    held_rows: int = 0
    notes: tuple[str, ...] = ()

    def assert_consistent(self) -> None:
        """Check that rows and recapitulation add up to the stated amount and head count.

        Raises:
            ValueError: when they do not.
        """
        if self.recap and sum(line.heads for line in self.recap) != len(self.rows):
            raise ValueError("recapitulation and list have different head counts")
        if self.amount is not None and sum(row[7] or 0 for row in self.rows) != self.amount:
            raise ValueError("the rows do not add up to the amount of the list")


def _sums(pairs: Iterable[tuple[int, int]]) -> tuple[int, int]:
    cases = amount = 0
    for one_cases, one_amount in pairs:
        cases += one_cases
        amount += one_amount
    return cases, amount


def _year_before(day: date, *, keep_end: bool) -> date:
    last = calendar.monthrange(day.year, day.month)[1]
    earlier_last = calendar.monthrange(day.year - 1, day.month)[1]
    if keep_end and day.day == last:
        return date(day.year - 1, day.month, earlier_last)
    return date(day.year - 1, day.month, min(day.day, earlier_last))
