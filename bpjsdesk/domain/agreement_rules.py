"""What an agreement must have before it is stored, and what is worth a word but never blocks."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from bpjsdesk.domain.agreements import AgreementDraft, Party, QuotaDraft, QuotaLine, Tranche
from bpjsdesk.domain.period import MonthRange, add_months, first_of_month, months_between
from bpjsdesk.domain.problems import FieldProblem
from bpjsdesk.domain.wording import format_date, format_month, format_rupiah

FEWEST_PARTIES = 2
LONGEST_QUOTA_MONTHS = 120
MOST_HEADS = 10**8
YEARS = range(1900, 2200)
LONGEST_TEXTS = {"title": 500, "signed_place": 120}
LONGEST_PARTY_TEXTS = {
    "institution": 200,
    "number": 120,
    "signatory_name": 160,
    "signatory_position": 160,
    "signatory_basis": 200,
    "office_address": 300,
}
MOST_RUPIAH = 10**12  # what a column of the store takes


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownCodes:
    """Codes of the reference lists that a draft may name; `region` says whether its own exists."""

    kinds: frozenset[str]
    categories: frozenset[str]
    programmes: frozenset[str]
    funding_sources: frozenset[str]
    payer_types: frozenset[str]
    sectors: frozenset[str]
    region: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementWarning:
    """Something a clerk should know; it never blocks."""

    code: str
    field: str
    message: str


def agreement_problems(
    draft: AgreementDraft, known: KnownCodes, *, today: date
) -> Iterator[FieldProblem]:
    """Name every fault of a draft; a signed one must be complete."""
    yield from _head_problems(draft, known)
    yield from _date_problems(draft, today)
    yield from _party_problems(draft)
    for position, quota in enumerate(draft.quotas):
        yield from _quota_problems(f"quotas.{position}", quota, known)
    yield from _funding_problems(draft, known)
    for position, tranche in enumerate(draft.tranches):
        yield from _tranche_problems(f"tranches.{position}", tranche)
    yield from _role_problems(draft)


def _problem(field: str, code: str, message: str) -> FieldProblem:
    return FieldProblem(field=field, code=code, message=message)


def _head_problems(draft: AgreementDraft, known: KnownCodes) -> Iterator[FieldProblem]:
    if draft.kind not in known.kinds:
        yield _problem("kind", "KIND_UNKNOWN", "Pilih jenis perjanjian dari daftar.")
    if not draft.title.strip():
        yield _problem("title", "TITLE_MISSING", "Isi judul perjanjian (tentang apa).")
    if draft.region_code is not None and not known.region:
        yield _problem(
            "region_code",
            "REGION_UNKNOWN",
            f"Kode wilayah {draft.region_code} tidak ada. Pilih wilayah dari daftar.",
        )
    yield from _long_texts("", LONGEST_TEXTS, draft)


def _long_texts(prefix: str, limits: dict[str, int], value: object) -> Iterator[FieldProblem]:
    for field, longest in limits.items():
        if len(getattr(value, field)) > longest:
            yield _problem(
                prefix + field,
                "TEXT_TOO_LONG",
                f"Isian terlalu panjang: paling banyak {longest} huruf.",
            )


def _date_problems(draft: AgreementDraft, today: date) -> Iterator[FieldProblem]:
    for field in ("signed_on", "valid_from", "valid_to"):
        day: date | None = getattr(draft, field)
        if day is not None and day.year not in YEARS:
            yield _problem(field, "DATE_INVALID", "Tahun pada tanggal ini keliru. Periksa.")
    if draft.signed_on is not None:
        if draft.signed_on > today:
            yield _problem(
                "signed_on",
                "SIGNED_IN_FUTURE",
                "Tanggal tanda tangan belum tiba. Kosongkan sampai perjanjian ditandatangani.",
            )
        for field, label in (("valid_from", "mulai"), ("valid_to", "akhir")):
            if getattr(draft, field) is None:
                yield _problem(
                    field,
                    "PERIOD_MISSING",
                    f"Isi tanggal {label} berlaku: perjanjian yang ditandatangani memerlukannya.",
                )
    if draft.valid_from and draft.valid_to and draft.valid_to < draft.valid_from:
        yield _problem(
            "valid_to",
            "PERIOD_REVERSED",
            "Tanggal akhir mendahului tanggal mulai berlaku. Periksa kedua tanggal.",
        )
    since = draft.protected_since
    if since is not None and not YEARS.start <= since <= today.year:
        yield _problem("protected_since", "YEAR_INVALID", "Tahun awal perlindungan keliru.")


def _party_problems(draft: AgreementDraft) -> Iterator[FieldProblem]:
    if draft.signed_on is not None and len(draft.parties) < FEWEST_PARTIES:
        yield _problem(
            "parties",
            "PARTIES_TOO_FEW",
            "Perjanjian yang ditandatangani memerlukan sedikitnya dua pihak. Tambahkan pihak.",
        )
    seen: set[int] = set()
    for position, party in enumerate(draft.parties):
        yield from _one_party(f"parties.{position}.", party, seen)
        seen.add(party.role_no)


def _one_party(prefix: str, party: Party, seen: set[int]) -> Iterator[FieldProblem]:
    if not party.institution.strip():
        yield _problem(f"{prefix}institution", "INSTITUTION_MISSING", "Isi nama instansi pihak.")
    if party.role_no < 1 or party.role_no in seen:
        yield _problem(
            f"{prefix}role_no",
            "ROLE_TAKEN",
            f"Urutan pihak {party.role_no} tidak dapat dipakai. Setiap pihak punya urutan sendiri.",
        )
    yield from _long_texts(prefix, LONGEST_PARTY_TEXTS, party)


def _quota_problems(prefix: str, quota: QuotaDraft, known: KnownCodes) -> Iterator[FieldProblem]:
    yield from _choice_problems(prefix, quota, known)
    if not 1 <= quota.heads <= MOST_HEADS:
        yield _problem(f"{prefix}.heads", "HEADS_INVALID", "Isi jumlah orang, sedikitnya 1.")
    if not 1 <= quota.months <= LONGEST_QUOTA_MONTHS:
        yield _problem(
            f"{prefix}.months",
            "MONTHS_INVALID",
            f"Isi jumlah bulan iuran antara 1 dan {LONGEST_QUOTA_MONTHS}.",
        )
    if quota.from_month.day != 1:
        yield _problem(
            f"{prefix}.from_month", "MONTH_FORMAT", "Bulan iuran pertama ditulis sebagai bulan."
        )
    if quota.wage_base is not None and not 0 < quota.wage_base <= MOST_RUPIAH:
        yield _problem(f"{prefix}.wage_base", "AMOUNT_INVALID", "Dasar upah harus di atas nol.")


def _choice_problems(prefix: str, quota: QuotaDraft, known: KnownCodes) -> Iterator[FieldProblem]:
    if quota.category not in known.categories:
        yield _problem(f"{prefix}.category", "CATEGORY_UNKNOWN", "Pilih kategori dari daftar.")
    unknown = [name for name in quota.programmes if name not in known.programmes]
    if not quota.programmes or unknown or len(set(quota.programmes)) < len(quota.programmes):
        yield _problem(
            f"{prefix}.programmes",
            "PROGRAMMES_INVALID",
            "Pilih sedikitnya satu program, masing-masing sekali, misalnya JKK dan JKM.",
        )
    if quota.payer_type not in known.payer_types:
        yield _problem(f"{prefix}.payer_type", "PAYER_UNKNOWN", "Pilih pembayar dari daftar.")
    if quota.sector not in known.sectors:
        yield _problem(f"{prefix}.sector", "SECTOR_UNKNOWN", "Pilih sektor dari daftar.")


def _funding_problems(draft: AgreementDraft, known: KnownCodes) -> Iterator[FieldProblem]:
    for position, funding in enumerate(draft.funding):
        if funding.source not in known.funding_sources:
            yield _problem(
                f"funding.{position}.source", "SOURCE_UNKNOWN", "Pilih sumber dana dari daftar."
            )
        if funding.fiscal_year is not None and funding.fiscal_year not in YEARS:
            yield _problem(
                f"funding.{position}.fiscal_year", "YEAR_INVALID", "Tahun anggaran keliru."
            )
        yield from _amount_problem(f"funding.{position}.amount", funding.amount)


def _tranche_problems(prefix: str, tranche: Tranche) -> Iterator[FieldProblem]:
    if not tranche.label.strip():
        yield _problem(f"{prefix}.label", "LABEL_MISSING", "Isi nama tahap pembayaran.")
    yield from _amount_problem(f"{prefix}.amount", tranche.amount)
    yield from _amount_problem(f"{prefix}.paid_amount", tranche.paid_amount)
    if tranche.paid_amount and tranche.paid_on is None:
        yield _problem(
            f"{prefix}.paid_on", "PAID_ON_MISSING", "Isi tanggal bayar untuk jumlah yang dibayar."
        )


def _amount_problem(field: str, amount: int) -> Iterator[FieldProblem]:
    if not 0 <= amount <= MOST_RUPIAH:
        yield _problem(field, "AMOUNT_INVALID", "Jumlah rupiah tidak masuk akal. Periksa.")


def _role_problems(draft: AgreementDraft) -> Iterator[FieldProblem]:
    roles = {party.role_no for party in draft.parties}
    named = [(f"duties.{at}", duty.party_role_no) for at, duty in enumerate(draft.duties)]
    named += [(f"contacts.{at}", each.party_role_no) for at, each in enumerate(draft.contacts)]
    for prefix, role_no in named:
        if role_no not in roles:
            yield _problem(
                f"{prefix}.party_role_no",
                "PARTY_UNKNOWN",
                f"Pihak {role_no} tidak ada pada perjanjian ini.",
            )


def draft_warnings(draft: AgreementDraft, lines: Iterable[QuotaLine]) -> Iterator[AgreementWarning]:
    """Say what differs or is unproven: rates, ceiling, months outside the period, January gap."""
    priced = tuple(lines)
    for position, line in enumerate(priced):
        if not line.verified:
            yield AgreementWarning(
                code="RATES_UNVERIFIED",
                field=f"quotas.{position}",
                message=f"Tarif {line.category_name} belum diverifikasi penyelia.",
            )
    yield from _ceiling_warning(draft, sum(line.amount for line in priced))
    yield from _period_warnings(draft)
    yield from _january_gap(draft)


def _ceiling_warning(draft: AgreementDraft, amount: int) -> Iterator[AgreementWarning]:
    ceiling = sum(funding.amount for funding in draft.funding)
    if ceiling and ceiling != amount:
        side = "di atas" if amount > ceiling else "di bawah"
        gap = format_rupiah(abs(amount - ceiling))
        yield AgreementWarning(
            code="CEILING_DIFFERS",
            field="funding",
            message=f"Jumlah iuran {format_rupiah(amount)} berada {gap} {side} pagu "
            f"{format_rupiah(ceiling)}.",
        )


def _period_warnings(draft: AgreementDraft) -> Iterator[AgreementWarning]:
    if draft.valid_from is None or draft.valid_to is None:
        return
    for position, quota in enumerate(draft.quotas):
        last = add_months(quota.from_month, quota.months - 1)
        inside = first_of_month(draft.valid_from) <= quota.from_month <= last <= draft.valid_to
        if not inside:
            yield AgreementWarning(
                code="MONTHS_OUTSIDE_PERIOD",
                field=f"quotas.{position}.from_month",
                message=f"Bulan iuran {format_month(quota.from_month)} s.d. {format_month(last)} "
                "tidak seluruhnya di dalam jangka waktu perjanjian.",
            )


def _january_gap(draft: AgreementDraft) -> Iterator[AgreementWarning]:
    """Warn of domain.md §9.4: a yearly agreement ends in December, the next is paid in March."""
    if not draft.quotas or draft.valid_to is None:
        return
    covered = max(
        MonthRange.starting(quota.from_month, quota.months).last
        for quota in draft.quotas
        if quota.months > 0
    )
    if covered.month == 12:  # noqa: PLR2004 December, after which budgets start anew
        yield AgreementWarning(
            code="JANUARY_GAP",
            field="valid_to",
            message=f"Iuran berakhir {format_month(covered)}. Siapkan perpanjangan agar peserta "
            f"tetap terlindungi mulai 1 {format_month(add_months(covered, 1))}.",
        )


def number_taken(field: str, number: str, title: str) -> AgreementWarning:
    """Word the warning that a party has used a number before."""
    return AgreementWarning(
        code="NUMBER_USED",
        field=field,
        message=f"Nomor {number} sudah dipakai pihak ini pada “{title}”.",
    )


def renewal_shift(draft: AgreementDraft, after: date | None) -> int:
    """Count the months that quota lines move on by: the old length, up to the day `after` it."""
    if draft.valid_from is not None and after is not None:
        return months_between(first_of_month(draft.valid_from), first_of_month(after))
    return max((quota.months for quota in draft.quotas), default=0)


def renewal_note(valid_to: date | None) -> str:
    """Say in the new draft's notes where it continues."""
    return "" if valid_to is None else f"Melanjutkan perjanjian s.d. {format_date(valid_to)}."
