"""Reference tables: rows seeded from `resources/seed/<table>.csv`, column for column."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Integer,
    Numeric,
    String,
    Table,
    Text,
)

from bpjsdesk.storage.schema import metadata


def _dated() -> tuple[Column[object], ...]:
    return (
        Column("valid_from", Date, nullable=False),
        Column("valid_to", Date),
        Column("legal_basis", String(40), nullable=False),
        Column("verified", Boolean, nullable=False),
    )


def _row_id() -> Column[int]:
    return Column("id", Integer, primary_key=True)


legal_basis = Table(
    "legal_basis",
    metadata,
    Column("code", String(40), primary_key=True),
    Column("title", String(200), nullable=False),
    Column("subject", String(300), nullable=False),
    Column("effective_from", Date),
    Column("note", Text, nullable=False),
)

region = Table(
    "region",
    metadata,
    Column("code", String(13), primary_key=True),
    Column("name", String(100), nullable=False),
    Column("level", Integer, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("parent_code", String(13), index=True),
    Column("valid_from", Date),
    Column("valid_to", Date),
)

region_history = Table(
    "region_history",
    metadata,
    Column("prefix", String(4), primary_key=True),
    Column("name", String(100), nullable=False),
    Column("note", Text, nullable=False),
)

category = Table(
    "category",
    metadata,
    Column("code", String(30), primary_key=True),
    Column("name", String(100), nullable=False),
    Column("default_segment", String(20), nullable=False),
    Column("default_programmes", String(40), nullable=False),
    Column("wage_base", BigInteger),
    *_dated(),
)

contribution_rate = Table(
    "contribution_rate",
    metadata,
    _row_id(),
    Column("programme", String(10), nullable=False),
    Column("segment", String(20), nullable=False),
    Column("sector", String(20), nullable=False),
    Column("risk_class", String(10), nullable=False),
    Column("payer_types_excluded", String(60), nullable=False),
    Column("basis", String(20), nullable=False),
    Column("value", Numeric(16, 4), nullable=False),
    Column("factor", Numeric(6, 4), nullable=False),
    Column("cap_wage", BigInteger),
    Column("note", Text, nullable=False),
    *_dated(),
)

contribution_bracket = Table(
    "contribution_bracket",
    metadata,
    _row_id(),
    Column("number", Integer, nullable=False),
    Column("income_from", BigInteger, nullable=False),
    Column("wage_base", BigInteger, nullable=False),
    *_dated(),
)

benefit_rule = Table(
    "benefit_rule",
    metadata,
    _row_id(),
    Column("programme", String(10), nullable=False),
    Column("code", String(40), nullable=False),
    Column("name", String(200), nullable=False),
    Column("basis", String(20), nullable=False),
    Column("value", Numeric(16, 4)),
    Column("cap", BigInteger),
    Column("condition", Text, nullable=False),
    *_dated(),
)

document_type = Table(
    "document_type",
    metadata,
    _row_id(),
    Column("programme", String(10), nullable=False),
    Column("code", String(20), nullable=False),
    Column("name", String(200), nullable=False),
    Column("requirement", String(20), nullable=False),
    Column("condition", Text, nullable=False),
    *_dated(),
)

deadline_rule = Table(
    "deadline_rule",
    metadata,
    _row_id(),
    Column("programme", String(20), nullable=False),
    Column("code", String(40), nullable=False),
    Column("name", String(200), nullable=False),
    Column("amount", Integer, nullable=False),
    Column("unit", String(20), nullable=False),
    Column("starts_at", String(60), nullable=False),
    *_dated(),
)

age_rule = Table(
    "age_rule",
    metadata,
    _row_id(),
    Column("code", String(20), nullable=False),
    Column("programme", String(20), nullable=False),
    Column("segment", String(20), nullable=False),
    Column("years", Integer, nullable=False),
    *_dated(),
)

issue_level = Table(
    "issue_level",
    metadata,
    _row_id(),
    Column("code", String(30), nullable=False),
    Column("level", String(10), nullable=False),
    Column("locked", Boolean, nullable=False),
    Column("reason", Text, nullable=False),
    *_dated(),
)

desil_limit = Table(
    "desil_limit",
    metadata,
    _row_id(),
    Column("category", String(30), nullable=False),
    Column("highest", Integer, nullable=False),
    *_dated(),
)

funding_source = Table(
    "funding_source",
    metadata,
    Column("code", String(30), primary_key=True),
    Column("name", String(120), nullable=False),
    Column("payer_type", String(20), nullable=False),
    *_dated(),
)

agreement_kind = Table(
    "agreement_kind",
    metadata,
    Column("code", String(30), primary_key=True),
    Column("name", String(120), nullable=False),
    Column("description", Text, nullable=False),
)

claim_status = Table(
    "claim_status",
    metadata,
    Column("code", String(20), primary_key=True),
    Column("name", String(60), nullable=False),
    Column("colour", String(10), nullable=False),
)

claim_move = Table(
    "claim_move",
    metadata,
    Column("from_status", ForeignKey("claim_status.code"), primary_key=True),
    Column("to_status", ForeignKey("claim_status.code"), primary_key=True),
    Column("requires", String(100), nullable=False),
)

end_reason = Table(
    "end_reason",
    metadata,
    Column("code", String(20), primary_key=True),
    Column("name", String(60), nullable=False),
    # nobody is a member after death, so months paid since are to be asked back
    Column("is_death", Boolean, nullable=False),
    # whose membership merely ran out is registered anew without a word
    Column("may_return", Boolean, nullable=False),
)

permission = Table(
    "permission",
    metadata,
    Column("role", String(20), primary_key=True),
    Column("command", String(40), primary_key=True),
)

column_synonym = Table(
    "column_synonym",
    metadata,
    Column("spelling", String(80), primary_key=True),
    Column("field", String(40), nullable=False),
)

sex_spelling = Table(
    "sex_spelling",
    metadata,
    Column("spelling", String(20), primary_key=True),
    Column("sex", String(1), nullable=False),
)

occupation_word = Table(
    "occupation_word",
    metadata,
    Column("word", String(60), primary_key=True),
    Column("kind", String(20), nullable=False),
)

# What the core system writes in its replies; of several that fit a refusal the first row counts.
core_word = Table(
    "core_word",
    metadata,
    _row_id(),
    Column("words", String(60), nullable=False),
    Column("meaning", String(30), nullable=False),
    *_dated(),
)

region_spelling = Table(
    "region_spelling",
    metadata,
    Column("spelling", String(100), primary_key=True),
    Column("code", ForeignKey("region.code"), nullable=False),
)

holiday = Table(
    "holiday",
    metadata,
    _row_id(),
    Column("day", Date, nullable=False),
    Column("name", String(160), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("decree", String(160), nullable=False),
    Column("verified", Boolean, nullable=False),
)

bank = Table(
    "bank",
    metadata,
    Column("code", String(20), primary_key=True),
    Column("name", String(120), nullable=False),
)

signatory = Table(
    "signatory",
    metadata,
    _row_id(),
    Column("institution", String(200), nullable=False),
    Column("name", String(160), nullable=False),
    Column("position", String(160), nullable=False),
    Column("identity_line", String(60), nullable=False),
    *_dated(),
    Column("version", Integer, nullable=False, server_default="1"),
)

SEEDED = (
    legal_basis,
    region,
    region_history,
    category,
    contribution_rate,
    contribution_bracket,
    benefit_rule,
    document_type,
    deadline_rule,
    age_rule,
    issue_level,
    desil_limit,
    funding_source,
    agreement_kind,
    claim_status,
    claim_move,
    end_reason,
    permission,
    column_synonym,
    sex_spelling,
    occupation_word,
    core_word,
    region_spelling,
    holiday,
    bank,
)
