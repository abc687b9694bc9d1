"""The JSON files that the command line reads, as a user would write them."""

import json
from pathlib import Path
from typing import Any

AGREEMENT: dict[str, Any] = {
    "kind": "COOPERATION",
    "title": "Perlindungan Pekerja Rentan di Kota Manado",
    "region_code": "71.71",
    "signed_on": "2025-12-15",
    "signed_place": "Kantor Wali Kota Manado",
    "valid_from": "2026-01-01",
    "valid_to": "2026-12-31",
    "scope": "Pendaftaran, iuran, dan pelayanan klaim.",
    "parties": [
        {
            "role_no": 1,
            "institution": "Pemerintah Kota Manado",
            "number": "560/PKS/1/2026",
            "signatory_name": "Wali Kota",
            "signatory_position": "Wali Kota Manado",
        },
        {
            "role_no": 2,
            "institution": "BPJS Ketenagakerjaan Cabang Manado",
            "number": "PER/1/012026",
            "signatory_name": "Kepala Kantor",
            "signatory_position": "Kepala Kantor Cabang",
        },
    ],
    "quotas": [
        {
            "category": "VULNERABLE",
            "programmes": ["JKK", "JKM"],
            "heads": 100,
            "months": 12,
            "from_month": "2026-01",
            "payer_type": "APBD",
        }
    ],
    "funding": [{"source": "APBD", "fiscal_year": 2026, "amount": 20_160_000}],
    "tranches": [{"label": "Tahap I", "due_on": "2026-02-10", "amount": 10_080_000}],
    "legal_basis": ["PP 44 Tahun 2015"],
    "duties": [{"party_role_no": 1, "text": "Membayar iuran."}],
    "contacts": [{"party_role_no": 2, "text": "Loket, (0431) 000000"}],
}
CLAIM: dict[str, Any] = {
    "programme": "JKM",
    "participant_nik": "7171015203800001",
    "participant_name": "ANI CONTOH",
    "category": "VULNERABLE",
    "region_code": "71.71.07.1001",
    "event_on": "2026-10-01",
    "filed_on": "2026-10-05",
    "complete_on": "2026-10-06",
    "paid_on": "2026-10-20",
    "components": [{"code": "LUMP_SUM", "name": "Santunan kematian", "amount": 42_000_000}],
}


def written(path: Path, content: object) -> Path:
    """Write a JSON file."""
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return path
