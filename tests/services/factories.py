"""Drafts that are valid by default, for the tests of services."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bpjsdesk.domain.agreements import (
    AgreementDraft,
    Contact,
    Duty,
    Funding,
    Party,
    QuotaDraft,
    Tranche,
)
from bpjsdesk.domain.claims import (
    ClaimComponent,
    ClaimDraft,
    ClaimFilePreview,
    Programme,
)
from bpjsdesk.services.agreements import save_agreement
from bpjsdesk.services.claim_import import import_claims
from bpjsdesk.services.claims import save_claim
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext


def a_quota(**changes: object) -> QuotaDraft:
    """Give 100 vulnerable workers for the twelve months of 2026, paid by the city."""
    quota = QuotaDraft(
        category="VULNERABLE",
        programmes=("JKK", "JKM"),
        heads=100,
        months=12,
        from_month=date(2026, 1, 1),
        payer_type="APBD",
    )
    return replace(quota, **changes)  # type: ignore[arg-type]  # tests name fields freely


def a_draft(**changes: object) -> AgreementDraft:
    """Give a signed agreement of a city for 2026."""
    draft = AgreementDraft(
        kind="COOPERATION",
        title="Perlindungan Pekerja Rentan di Kota Manado",
        region_code="71.71",
        signed_on=date(2025, 12, 15),
        signed_place="Kantor Wali Kota Manado",
        valid_from=date(2026, 1, 1),
        valid_to=date(2026, 12, 31),
        scope="Pendaftaran, iuran, dan pelayanan klaim.",
        parties=(
            Party(
                role_no=1,
                institution="Pemerintah Kota Manado",
                number="560/PKS/1/2026",
                signatory_name="Wali Kota",
                signatory_position="Wali Kota Manado",
            ),
            Party(
                role_no=2,
                institution="BPJS Ketenagakerjaan Cabang Manado",
                number="PER/1/012026",
                signatory_name="Kepala Kantor",
                signatory_position="Kepala Kantor Cabang",
            ),
        ),
        quotas=(a_quota(),),
        funding=(Funding(source="APBD", fiscal_year=2026, amount=20_160_000),),
        tranches=(Tranche(label="Tahap I", due_on=date(2026, 2, 10), amount=10_080_000),),
        legal_basis=("PP 44 Tahun 2015",),
        duties=(Duty(party_role_no=1, text="Membayar iuran."),),
        contacts=(Contact(party_role_no=2, text="Loket, (0431) 000000"),),
    )
    return replace(draft, **changes)  # type: ignore[arg-type]  # tests name fields freely


def saved(context: AppContext, draft: AgreementDraft | None = None) -> int:
    """Record an agreement and give its id."""
    answer = save_agreement(context, draft or a_draft(), request_id=new_request_id())
    return answer.object_id


def a_claim(**changes: object) -> ClaimDraft:
    """Give a death claim of a vulnerable worker whose file is complete."""
    draft = ClaimDraft(
        programme=Programme.JKM,
        participant_nik="7171015203800001",
        participant_name="ANI CONTOH",
        category="VULNERABLE",
        segment="SELF_EMPLOYED",
        region_code="71.71.07.1001",
        event_on=date(2026, 10, 1),
        filed_on=date(2026, 10, 5),
        complete_on=date(2026, 10, 6),
        components=(ClaimComponent(code="LUMP_SUM", name="Santunan kematian", amount=42_000_000),),
    )
    return replace(draft, **changes)  # type: ignore[arg-type]  # tests name fields freely


def claimed(context: AppContext, draft: ClaimDraft | None = None) -> int:
    """Record a claim and give its id."""
    return save_claim(context, draft or a_claim(), request_id=new_request_id()).object_id


def a_nik(number: int) -> str:
    """Give the NIK of a made-up man of Manado, born on 1 January 1980."""
    return f"717101010180{number:04d}"


def paid(number: int, paid_on: date, amount: int, **changes: object) -> ClaimDraft:
    """Give a claim paid on a day; `number` names the person."""
    whole = ClaimComponent(code="X", name="Manfaat", amount=amount)
    draft = a_claim(
        participant_nik=a_nik(number),
        participant_name=f"PESERTA {number}",
        event_on=None,
        filed_on=None,
        complete_on=None,
        paid_on=paid_on,
        components=(whole,) if amount else (),
    )
    return replace(draft, **changes)  # type: ignore[arg-type]  # tests name fields freely


def loaded(context: AppContext, drafts: Sequence[ClaimDraft], digest: str = "berkas") -> None:
    """Store many paid claims at once, as a file of past claims does."""
    preview = ClaimFilePreview(
        source_name="klaim.xlsx",
        digest=digest,
        read=len(drafts),
        blank=0,
        ignored=0,
        claims=tuple(drafts),
        statuses=("PAID",) * len(drafts),
        issues=(),
    )
    import_claims(context, preview, request_id=new_request_id())
