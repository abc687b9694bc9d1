"""What a claim must have before it is stored, in which step it starts, and what a step asks for."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from bpjsdesk.domain.claims import ClaimDraft, ClaimMove, Programme
from bpjsdesk.domain.identity import normalise_kpj
from bpjsdesk.domain.problems import FieldProblem

MOST_RUPIAH = 10**12  # what a column of the store takes
LONGEST_NAME = 100
OLDEST_DAY = date(1900, 1, 1)
DRAFT, RECEIVED, COMPLETE, PAID = "DRAFT", "RECEIVED", "COMPLETE", "PAID"
REOPENED = "REOPENED"
CLOSED_WITHOUT_PAYMENT = frozenset({"REJECTED", "CANCELLED"})
DATE_FIELDS = ("filed_on", "complete_on", "paid_on")
_REASON = "reason"
_DAYS_IN_ORDER = {
    "event_on": "tanggal kejadian",
    "filed_on": "tanggal pengajuan",
    "complete_on": "tanggal berkas lengkap",
    "paid_on": "tanggal pembayaran",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownClaimCodes:
    """Codes that a claim may name; `region` and `agreement` say whether its own exist."""

    categories: frozenset[str]
    segments: frozenset[str]
    region: bool
    agreement: bool


def starting_status(draft: ClaimDraft) -> str:
    """Give the step that the dates of a new claim prove."""
    if draft.paid_on is not None:
        return PAID
    if draft.complete_on is not None:
        return COMPLETE
    return DRAFT if draft.filed_on is None else RECEIVED


def claim_problems(
    draft: ClaimDraft, known: KnownClaimCodes, *, today: date
) -> Iterator[FieldProblem]:
    """Name every fault of a claim except those of the NIK."""
    yield from _participant_problems(draft, known)
    yield from day_problems(draft, today=today)
    yield from _component_problems(draft)
    if draft.paid_on is not None and draft.amount == 0:
        yield _problem(
            "components",
            "AMOUNT_MISSING",
            "Klaim yang dibayarkan memerlukan jumlah. Isi rincian manfaatnya.",
        )


def _problem(field: str, code: str, message: str) -> FieldProblem:
    return FieldProblem(field=field, code=code, message=message)


def _participant_problems(draft: ClaimDraft, known: KnownClaimCodes) -> Iterator[FieldProblem]:
    if not draft.participant_name.strip():
        yield _problem("participant_name", "NAME_MISSING", "Isi nama peserta sesuai KTP.")
    for field in ("participant_name", "payee_name"):
        if len(getattr(draft, field)) > LONGEST_NAME:
            yield _problem(
                field, "TEXT_TOO_LONG", f"Nama terlalu panjang: paling banyak {LONGEST_NAME} huruf."
            )
    if draft.category not in known.categories:
        yield _problem("category", "CATEGORY_UNKNOWN", "Pilih kategori peserta dari daftar.")
    if draft.segment not in known.segments:
        yield _problem("segment", "SEGMENT_UNKNOWN", "Pilih segmen peserta dari daftar.")
    if draft.kpj and normalise_kpj(draft.kpj) is None:
        yield _problem("kpj", "KPJ_FORMAT", "Nomor KPJ harus 11 angka. Cocokkan dengan kartu.")
    if draft.region_code is not None and not known.region:
        yield _problem(
            "region_code",
            "REGION_UNKNOWN",
            f"Kode wilayah {draft.region_code} tidak ada. Pilih wilayah dari daftar.",
        )
    if draft.agreement_id is not None and not known.agreement:
        yield _problem(
            "agreement_id",
            "AGREEMENT_MISSING",
            f"Perjanjian nomor {draft.agreement_id} tidak ditemukan. Pilih dari daftar.",
        )


def day_problems(draft: ClaimDraft, *, today: date) -> Iterator[FieldProblem]:
    """Check event <= filed <= complete <= paid <= today, leaving out days that are not known."""
    latest: tuple[str, date] | None = None
    for field, label in _DAYS_IN_ORDER.items():
        day: date | None = getattr(draft, field)
        if day is None:
            continue
        if day < OLDEST_DAY:
            yield _problem(field, "DATE_INVALID", f"Tahun pada {label} keliru. Periksa.")
        if day > today:
            yield _problem(field, "DATE_IN_FUTURE", f"{label.capitalize()} belum tiba. Periksa.")
        if latest is not None and day < latest[1]:
            yield _problem(
                field,
                "DATES_REVERSED",
                f"{label.capitalize()} mendahului {_DAYS_IN_ORDER[latest[0]]}. Periksa keduanya.",
            )
        latest = field, day


def _component_problems(draft: ClaimDraft) -> Iterator[FieldProblem]:
    for position, component in enumerate(draft.components):
        if not component.name.strip():
            yield _problem(
                f"components.{position}.name", "NAME_MISSING", "Isi nama manfaat pada rincian."
            )
        if not 0 <= component.amount <= MOST_RUPIAH:
            yield _problem(
                f"components.{position}.amount",
                "AMOUNT_INVALID",
                "Jumlah manfaat tidak masuk akal.",
            )
    if draft.amount > MOST_RUPIAH:
        yield _problem("components", "AMOUNT_INVALID", "Jumlah klaim melebihi satu triliun rupiah.")


def edit_problems(old: ClaimDraft, new: ClaimDraft) -> Iterator[FieldProblem]:
    """Keep an edit from doing what only a step of the path may do."""
    if new.paid_on != old.paid_on:
        yield _problem(
            "paid_on",
            "PAID_BY_STEP",
            "Tanggal pembayaran diisi melalui langkah “Dibayarkan”, bukan melalui isian klaim.",
        )
    for field in ("filed_on", "complete_on"):
        if getattr(old, field) is not None and getattr(new, field) is None:
            yield _problem(
                field,
                "DATE_CLEARED",
                f"{_DAYS_IN_ORDER[field].capitalize()} sudah tercatat dan tidak dapat dikosongkan.",
            )


def after_move(draft: ClaimDraft, move: ClaimMove, on: date | None) -> ClaimDraft:
    """Give the claim with the day that the step brings; reopening takes the payment back.

    Of a claim that comes in anew, the days of the first round that lie before are given up.
    """
    if move.to_status == REOPENED:
        return replace(draft, paid_on=None)
    for place, field in enumerate(DATE_FIELDS):
        if field in move.requires and on is not None:
            outdated = [
                later for later in DATE_FIELDS[place + 1 :] if (getattr(draft, later) or on) < on
            ]
            days: dict[str, date | None] = {field: on, **dict.fromkeys(outdated)}
            draft = replace(draft, **days)  # type: ignore[arg-type]  # fields of days
    return draft


def is_payment(from_status: str, to_status: str) -> bool:
    """Say whether a step pays out, or takes a payment back."""
    return PAID in (from_status, to_status)


def move_problems(
    draft: ClaimDraft, move: ClaimMove, *, note: str, today: date
) -> Iterator[FieldProblem]:
    """Name what a step still lacks; `draft` is the claim after the step."""
    for field in move.requires:
        if field in DATE_FIELDS and getattr(draft, field) is None:
            yield _problem(field, "DATE_MISSING", f"Isi {_DAYS_IN_ORDER[field]}.")
    if _REASON in move.requires and not note.strip():
        yield _problem("note", "REASON_MISSING", "Tulis alasan untuk langkah ini.")
    yield from day_problems(draft, today=today)
    if move.to_status == PAID and draft.amount == 0:
        yield _problem(
            "components", "AMOUNT_MISSING", "Isi rincian manfaat sebelum klaim dibayarkan."
        )


def is_death_claim(draft: ClaimDraft) -> bool:
    """Say whether a claim is of the kind that a person can have once."""
    return draft.programme is Programme.JKM
