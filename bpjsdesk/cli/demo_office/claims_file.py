"""Write past claims into a workbook as a branch would have kept them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from bpjsdesk.cli.demo_office.people import Village
from bpjsdesk.cli.demo_office.sheets import Heading, PlainCell, PlainSheet, write_workbook
from bpjsdesk.domain.claims import ClaimDraft

HEADINGS: Mapping[str, int] = MappingProxyType(
    {
        "NO": 6,
        "NIK": 20,
        "NAMA PESERTA": 30,
        "PROGRAM": 12,
        "SEGMEN": 10,
        "KATEGORI PESERTA": 22,
        "KELURAHAN": 20,
        "KECAMATAN": 20,
        "KAB/KOTA": 18,
        "TANGGAL KEJADIAN": 18,
        "TGL PENGAJUAN": 16,
        "TGL LENGKAP": 16,
        "TGL BAYAR": 16,
        "JUMLAH DIBAYARKAN": 20,
        "JENIS MANFAAT": 36,
    }
)
SEGMENTS = MappingProxyType({"SELF_EMPLOYED": "BPU", "WAGE_EARNER": "PU"})
UNREADABLE_AMOUNT = "empat puluh dua juta"
UNKNOWN_PROGRAMME = "JXX"
SPOILT = 2
AMOUNT_AT, PROGRAMME_AT = 13, 3


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimSheet:
    """The claims of one sheet; the last `SPOILT` of a spoilt sheet cannot be read."""

    name: str
    city: str
    claims: Sequence[ClaimDraft]
    is_spoilt: bool = False


def write_claims(
    path: Path,
    sheets: Sequence[ClaimSheet],
    villages: Mapping[str, Village],
    categories: Mapping[str, str],
) -> None:
    """Write claims, a sheet each; `categories` maps codes to names.

    Raises: EnvironmentProblem when the file cannot be written.
    """
    write_workbook(
        path,
        [
            PlainSheet(
                name=sheet.name,
                rows=list(_rows(sheet, villages, categories)),
                widths=tuple(HEADINGS.values()),
                merged_rows=(1,),
            )
            for sheet in sheets
        ],
    )


def _rows(
    sheet: ClaimSheet, villages: Mapping[str, Village], categories: Mapping[str, str]
) -> Iterator[Sequence[PlainCell]]:
    yield [Heading(f"DAFTAR PEMBAYARAN KLAIM · {sheet.city.upper()} · DATA REKAAN")]
    yield []
    yield [Heading(heading) for heading in HEADINGS]
    readable = len(sheet.claims) - (SPOILT if sheet.is_spoilt else 0)
    for number, claim in enumerate(sheet.claims, start=1):
        row = _row(number, claim, villages[claim.region_code or ""], sheet.city)
        row[5] = categories[claim.category]
        if number > readable:
            row[AMOUNT_AT] = UNREADABLE_AMOUNT
            row[PROGRAMME_AT] = UNKNOWN_PROGRAMME
        yield row
    total: list[PlainCell] = [None, "JUMLAH", *[None] * (AMOUNT_AT - 2)]
    yield [*total, sum(claim.amount for claim in sheet.claims)]


def _row(number: int, claim: ClaimDraft, village: Village, city: str) -> list[PlainCell]:
    names = [component.name for component in claim.components]
    return [
        number,
        claim.participant_nik,
        claim.participant_name,
        claim.programme.value,
        SEGMENTS[claim.segment],
        claim.category,
        village.name,
        village.district,
        city,
        claim.event_on,
        claim.filed_on,
        claim.complete_on,
        claim.paid_on,
        claim.amount,
        names[0] if len(names) == 1 else None,
    ]
