"""Claims as JSON files: reading one, and the schema that describes them."""

from pathlib import Path

from bpjsdesk.domain.claims import ClaimComponent, ClaimDraft, Programme
from bpjsdesk.services.json_files import ObjectReader, read_object
from bpjsdesk.services.json_schema import (
    DAY,
    REGION,
    RUPIAH,
    TEXT,
    Schema,
    array_of,
    choice,
    code_of,
    count,
    document,
    record,
)


def read_claim_file(path: Path) -> ClaimDraft:
    """Read one claim; a segment that is left out becomes the usual one of the category.

    Raises: FormProblems naming each faulty field; UserError with a JSON_… code.
    """
    fields = read_object(path)
    draft = ClaimDraft(
        programme=Programme(fields.choice("programme", _programmes())),
        participant_nik=fields.text("participant_nik", required=True),
        participant_name=fields.text("participant_name", required=True),
        category=fields.text("category", required=True),
        segment=fields.text("segment"),
        kpj=fields.text("kpj"),
        agreement_id=fields.whole("agreement_id"),
        region_code=fields.optional_text("region_code"),
        event_on=fields.day("event_on"),
        filed_on=fields.day("filed_on"),
        complete_on=fields.day("complete_on"),
        paid_on=fields.day("paid_on"),
        payee_name=fields.text("payee_name"),
        note=fields.text("note"),
        components=tuple(_component(component) for component in fields.objects("components")),
    )
    fields.end()
    fields.refuse()
    return draft


def claim_schema() -> Schema:
    """Describe the file in JSON Schema 2020-12."""
    component = record({"code": TEXT, "name": TEXT, "amount": RUPIAH}, required=("name", "amount"))
    return document(
        "Klaim BPJS Desk",
        {
            "programme": choice(_programmes()),
            "participant_nik": {"type": "string", "pattern": "^[0-9]{16}$"},
            "participant_name": TEXT,
            "category": code_of("category"),
            "segment": code_of("category", column="default_segment"),
            "kpj": TEXT,
            "agreement_id": count(),
            "region_code": REGION,
            "event_on": DAY,
            "filed_on": DAY,
            "complete_on": DAY,
            "paid_on": DAY,
            "payee_name": TEXT,
            "note": TEXT,
            "components": array_of(component),
        },
        required=("programme", "participant_nik", "participant_name", "category"),
    )


def _programmes() -> tuple[str, ...]:
    return tuple(programme.value for programme in Programme)


def _component(fields: ObjectReader) -> ClaimComponent:
    component = ClaimComponent(
        code=fields.text("code"),
        name=fields.text("name", required=True),
        amount=fields.whole("amount", required=True) or 0,
    )
    fields.end()
    return component
