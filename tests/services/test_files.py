"""Agreements and claims as JSON files: the worked examples, the schema, every kind of fault."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from bpjsdesk.domain.agreements import Funding, Party, QuotaDraft, Tranche
from bpjsdesk.domain.claims import ClaimComponent, Programme
from bpjsdesk.domain.problems import FormProblems
from bpjsdesk.errors import UserError
from bpjsdesk.services.agreement_files import agreement_schema, read_agreement_file
from bpjsdesk.services.agreements import get_agreement, save_agreement
from bpjsdesk.services.claim_files import claim_schema, read_claim_file
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext

AGREEMENT: dict[str, Any] = {
    "$schema": "agreement.schema.json",
    "kind": "COOPERATION",
    "title": "Perlindungan Jaminan Sosial Ketenagakerjaan bagi Pekerja Rentan di Kota Manado",
    "region_code": "71.71",
    "signed_on": "2023-11-27",
    "signed_place": "Kantor Wali Kota Manado",
    "valid_from": "2023-11-27",
    "valid_to": "2024-11-26",
    "protected_since": 2021,
    "scope": "Pendaftaran, pembayaran iuran, dan pelayanan manfaat JKK dan JKM.",
    "parties": [
        {
            "role_no": 1,
            "institution": "Pemerintah Kota Manado",
            "number": "560/D.14/PKS/XI/2023",
            "signatory_name": "Wali Kota Contoh",
            "signatory_position": "Wali Kota Manado",
        },
        {
            "role_no": 2,
            "institution": "BPJS Ketenagakerjaan Cabang Sulawesi Utara",
            "number": "PER/127/112023",
        },
    ],
    "quotas": [
        {
            "category": "VULNERABLE",
            "programmes": ["JKK", "JKM"],
            "heads": 27500,
            "months": 12,
            "from_month": "2023-12",
            "payer_type": "APBD",
        },
        {
            "category": "NON_ASN",
            "programmes": ["JKK", "JKM"],
            "heads": 4800,
            "months": 12,
            "from_month": "2023-12",
            "payer_type": "APBD",
            "wage_base": 2000000,
        },
    ],
    "funding": [{"source": "APBD", "fiscal_year": 2024, "amount": 6166080000}],
    "tranches": [{"label": "Tahap I Des 2023", "due_on": "2023-12-10", "amount": 589776000}],
    "legal_basis": ["PP 44 Tahun 2015", "Inpres 2 Tahun 2021"],
    "duties": [{"party_role_no": 1, "text": "Menganggarkan dan membayar iuran."}],
    "contacts": [{"party_role_no": 2, "text": "Loket pelayanan, (0431) 000000"}],
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
    "payee_name": "BUDI CONTOH",
    "components": [
        {"code": "LUMP_SUM", "name": "Santunan kematian", "amount": 20000000},
        {"code": "PERIODIC", "name": "Santunan berkala", "amount": 12000000},
        {"code": "FUNERAL", "name": "Biaya pemakaman", "amount": 10000000},
    ],
}


@pytest.fixture
def written(tmp_path: Path) -> Callable[[object], Path]:
    """Write a value, or a text as it stands, to a file."""

    def write(value: object) -> Path:
        path = tmp_path / "berkas.json"
        path.write_text(value if isinstance(value, str) else json.dumps(value), "utf-8")
        return path

    return write


def test_the_example_agreement_is_read_and_can_be_recorded(
    office: AppContext, written: Callable[[object], Path]
) -> None:
    draft = read_agreement_file(written(AGREEMENT))
    assert (draft.signed_on, draft.valid_to) == (date(2023, 11, 27), date(2024, 11, 26))
    assert draft.parties[1] == Party(
        role_no=2,
        institution="BPJS Ketenagakerjaan Cabang Sulawesi Utara",
        number="PER/127/112023",
    )
    assert draft.quotas[1] == QuotaDraft(
        category="NON_ASN",
        programmes=("JKK", "JKM"),
        heads=4800,
        months=12,
        from_month=date(2023, 12, 1),
        payer_type="APBD",
        wage_base=2_000_000,
    )
    assert draft.funding == (Funding(source="APBD", fiscal_year=2024, amount=6_166_080_000),)
    assert draft.tranches[0] == Tranche(
        label="Tahap I Des 2023", due_on=date(2023, 12, 10), amount=589_776_000
    )
    answer = save_agreement(office, draft, request_id=new_request_id())
    assert get_agreement(office, answer.object_id).amount == 5_544_000_000 + 622_080_000


def test_the_example_claim_is_read(written: Callable[[object], Path]) -> None:
    draft = read_claim_file(written(CLAIM))
    assert (draft.programme, draft.amount, draft.segment) == (Programme.JKM, 42_000_000, "")
    assert draft.components[2] == ClaimComponent(
        code="FUNERAL", name="Biaya pemakaman", amount=10_000_000
    )


@pytest.mark.parametrize(
    ("schema", "example"), [(agreement_schema(), AGREEMENT), (claim_schema(), CLAIM)]
)
def test_schemas_are_valid_and_agree_with_the_examples(
    schema: dict[str, Any], example: dict[str, Any]
) -> None:
    checker = jsonschema.Draft202012Validator
    checker.check_schema(schema)
    checker(schema).validate(example)
    json.dumps(schema)
    for broken in (example | {"tilte": "x"}, {}, example | {"region_code": 5}):
        assert not checker(schema).is_valid(broken)


def _quota(**changes: object) -> dict[str, Any]:
    return AGREEMENT | {"quotas": [AGREEMENT["quotas"][0] | changes]}


@pytest.mark.parametrize(
    ("value", "field", "code"),
    [
        (AGREEMENT | {"tilte": "x"}, "tilte", "FIELD_UNKNOWN"),
        (AGREEMENT | {"title": None}, "title", "FIELD_MISSING"),
        (AGREEMENT | {"title": 5}, "title", "FIELD_TYPE"),
        (AGREEMENT | {"title": "a\u0000b"}, "title", "TEXT_INVALID"),
        (AGREEMENT | {"title": "a\ud800b"}, "title", "TEXT_INVALID"),
        (AGREEMENT | {"renews_id": True}, "renews_id", "FIELD_TYPE"),
        (AGREEMENT | {"renews_id": 10**40}, "renews_id", "NUMBER_TOO_LARGE"),
        (AGREEMENT | {"signed_on": "27-11-2023"}, "signed_on", "DATE_FORMAT"),
        (AGREEMENT | {"signed_on": "20231127"}, "signed_on", "DATE_FORMAT"),
        (AGREEMENT | {"signed_on": "0023-11-27"}, "signed_on", "DATE_FORMAT"),
        (AGREEMENT | {"parties": {}}, "parties", "FIELD_TYPE"),
        (AGREEMENT | {"parties": [5]}, "parties.0", "FIELD_TYPE"),
        (AGREEMENT | {"legal_basis": [5]}, "legal_basis.0", "FIELD_TYPE"),
        (_quota(from_month="2023-13"), "quotas.0.from_month", "MONTH_FORMAT"),
        (_quota(from_month=None), "quotas.0.from_month", "FIELD_MISSING"),
        (_quota(heads=12.5), "quotas.0.heads", "FIELD_TYPE"),
        (_quota(hedas=1), "quotas.0.hedas", "FIELD_UNKNOWN"),
    ],
)
def test_a_faulty_agreement_file_names_its_field(
    written: Callable[[object], Path], value: object, field: str, code: str
) -> None:
    with pytest.raises(FormProblems) as refused:
        read_agreement_file(written(value))
    assert [(each.field, each.code) for each in refused.value.problems] == [(field, code)]
    assert field in refused.value.message


def test_a_faulty_claim_file_names_every_field(written: Callable[[object], Path]) -> None:
    with pytest.raises(FormProblems) as refused:
        read_claim_file(written(CLAIM | {"programme": "JKN", "components": [{"name": "x"}]}))
    assert [(each.field, each.code) for each in refused.value.problems] == [
        ("programme", "CHOICE_UNKNOWN"),
        ("components.0.amount", "FIELD_MISSING"),
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{", "JSON_INVALID"),
        ("", "JSON_INVALID"),
        ("[" * 100_000, "JSON_INVALID"),
        ('{"renews_id": NaN}', "JSON_INVALID"),
        ("[]", "JSON_NOT_OBJECT"),
        ('{"kind": "A", "kind": "B"}', "JSON_KEY_TWICE"),
        ('{"parties": [{"role_no": 1, "role_no": 2}]}', "JSON_KEY_TWICE"),
    ],
)
def test_a_file_that_is_no_json_object_is_refused(
    written: Callable[[object], Path], text: str, code: str
) -> None:
    with pytest.raises(UserError) as refused:
        read_agreement_file(written(text))
    assert refused.value.code == code


def test_a_file_in_another_encoding_or_missing_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "berkas.json"
    with pytest.raises(UserError, match="JSON_NOT_READABLE"):
        read_agreement_file(path)
    path.write_bytes('{"kind": "é"}'.encode("utf-16"))
    with pytest.raises(UserError, match="JSON_NOT_READABLE"):
        read_agreement_file(path)
