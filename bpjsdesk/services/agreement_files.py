"""Agreements as JSON files: reading one, and the schema that describes them."""

from datetime import date
from pathlib import Path

from bpjsdesk.domain.agreements import (
    AgreementDraft,
    Contact,
    Duty,
    Funding,
    Party,
    QuotaDraft,
    Tranche,
)
from bpjsdesk.services.json_files import ObjectReader, read_object
from bpjsdesk.services.json_schema import (
    DAY,
    MONTH,
    REGION,
    RUPIAH,
    TEXT,
    YEAR,
    Schema,
    array_of,
    code_of,
    count,
    document,
    record,
)


def read_agreement_file(path: Path) -> AgreementDraft:
    """Read one agreement.

    Raises: FormProblems naming each faulty field; UserError with a JSON_… code.
    """
    fields = read_object(path)
    draft = AgreementDraft(
        kind=fields.text("kind", required=True),
        title=fields.text("title", required=True),
        region_code=fields.optional_text("region_code"),
        signed_on=fields.day("signed_on"),
        signed_place=fields.text("signed_place"),
        valid_from=fields.day("valid_from"),
        valid_to=fields.day("valid_to"),
        renews_id=fields.whole("renews_id"),
        amends_id=fields.whole("amends_id"),
        protected_since=fields.whole("protected_since"),
        scope=fields.text("scope"),
        notes=fields.text("notes"),
        parties=tuple(_party(party) for party in fields.objects("parties")),
        quotas=tuple(_quota(quota) for quota in fields.objects("quotas")),
        funding=tuple(_funding(funding) for funding in fields.objects("funding")),
        tranches=tuple(_tranche(tranche) for tranche in fields.objects("tranches")),
        legal_basis=fields.texts("legal_basis"),
        duties=tuple(_duty(duty) for duty in fields.objects("duties")),
        contacts=tuple(_contact(contact) for contact in fields.objects("contacts")),
    )
    fields.end()
    fields.refuse()
    return draft


def agreement_schema() -> Schema:
    """Describe the file in JSON Schema 2020-12."""
    clause = record({"party_role_no": count(), "text": TEXT}, required=("party_role_no", "text"))
    return document(
        "Perjanjian BPJS Desk",
        {
            "kind": code_of("agreement_kind"),
            "title": TEXT,
            "region_code": REGION,
            "signed_on": DAY,
            "signed_place": TEXT,
            "valid_from": DAY,
            "valid_to": DAY,
            "renews_id": count(),
            "amends_id": count(),
            "protected_since": YEAR,
            "scope": TEXT,
            "notes": TEXT,
            "parties": array_of(_party_schema()),
            "quotas": array_of(_quota_schema()),
            "funding": array_of(_funding_schema()),
            "tranches": array_of(_tranche_schema()),
            "legal_basis": array_of(TEXT),
            "duties": array_of(clause),
            "contacts": array_of(clause),
        },
        required=("kind", "title"),
    )


def _party(fields: ObjectReader) -> Party:
    party = Party(
        role_no=fields.whole("role_no", required=True) or 0,
        institution=fields.text("institution", required=True),
        number=fields.text("number"),
        signatory_name=fields.text("signatory_name"),
        signatory_position=fields.text("signatory_position"),
        signatory_basis=fields.text("signatory_basis"),
        office_address=fields.text("office_address"),
    )
    fields.end()
    return party


def _quota(fields: ObjectReader) -> QuotaDraft:
    quota = QuotaDraft(
        category=fields.text("category", required=True),
        programmes=fields.texts("programmes"),
        heads=fields.whole("heads", required=True) or 0,
        months=fields.whole("months", required=True) or 0,
        # a missing month is a fault of the file already; any day keeps the draft whole till then
        from_month=fields.month("from_month", required=True) or date.min,
        payer_type=fields.text("payer_type", required=True),
        sector=fields.text("sector") or "OTHER",
        wage_base=fields.whole("wage_base"),
    )
    fields.end()
    return quota


def _funding(fields: ObjectReader) -> Funding:
    funding = Funding(
        source=fields.text("source", required=True),
        fiscal_year=fields.whole("fiscal_year"),
        reference=fields.text("reference"),
        amount=fields.whole("amount") or 0,
    )
    fields.end()
    return funding


def _tranche(fields: ObjectReader) -> Tranche:
    tranche = Tranche(
        label=fields.text("label", required=True),
        due_on=fields.day("due_on"),
        amount=fields.whole("amount") or 0,
        paid_on=fields.day("paid_on"),
        paid_amount=fields.whole("paid_amount") or 0,
    )
    fields.end()
    return tranche


def _duty(fields: ObjectReader) -> Duty:
    role_no, text = _clause(fields)
    return Duty(party_role_no=role_no, text=text)


def _contact(fields: ObjectReader) -> Contact:
    role_no, text = _clause(fields)
    return Contact(party_role_no=role_no, text=text)


def _clause(fields: ObjectReader) -> tuple[int, str]:
    clause = fields.whole("party_role_no", required=True) or 0, fields.text("text", required=True)
    fields.end()
    return clause


def _party_schema() -> Schema:
    fields = {
        "role_no": count(),
        "institution": TEXT,
        "number": TEXT,
        "signatory_name": TEXT,
        "signatory_position": TEXT,
        "signatory_basis": TEXT,
        "office_address": TEXT,
    }
    return record(fields, required=("role_no", "institution"))


def _quota_schema() -> Schema:
    fields = {
        "category": code_of("category"),
        "programmes": array_of(code_of("contribution_rate", column="programme")),
        "heads": count(),
        "months": count(),
        "from_month": MONTH,
        "payer_type": code_of("funding_source", column="payer_type"),
        "sector": code_of("contribution_rate", column="sector"),
        "wage_base": RUPIAH,
    }
    return record(
        fields, required=("category", "programmes", "heads", "months", "from_month", "payer_type")
    )


def _funding_schema() -> Schema:
    fields = {
        "source": code_of("funding_source"),
        "fiscal_year": YEAR,
        "reference": TEXT,
        "amount": RUPIAH,
    }
    return record(fields, required=("source",))


def _tranche_schema() -> Schema:
    fields = {
        "label": TEXT,
        "due_on": DAY,
        "amount": RUPIAH,
        "paid_on": DAY,
        "paid_amount": RUPIAH,
    }
    return record(fields, required=("label",))
