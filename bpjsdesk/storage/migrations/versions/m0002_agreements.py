"""The office, its users and history, and agreements of the first version."""

import sqlalchemy as sa
from alembic import op

from bpjsdesk.storage.dialect import append_only_statements

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    _app_user()
    _audit_entry()
    _agreement()
    _office()
    _request_log()
    _agreement_clause()
    _agreement_funding()
    _agreement_party()
    _agreement_quota()
    _agreement_tranche()
    for statement in append_only_statements(op.get_context().dialect.name, ("audit_entry",)):
        op.execute(statement)


def _app_user() -> None:
    op.create_table(
        "app_user",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("display_name", sa.String(length=120), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.String(length=25), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_app_user")),
        sa.UniqueConstraint("name", name=op.f("uq_app_user_name")),
    )


def _audit_entry() -> None:
    op.create_table(
        "audit_entry",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.String(length=25), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("user_name", sa.String(length=60), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("command", sa.String(length=40), nullable=False),
        sa.Column("object_kind", sa.String(length=20), nullable=False),
        sa.Column("object_id", sa.Integer(), nullable=True),
        sa.Column("object_version", sa.Integer(), nullable=True),
        sa.Column("request_id", sa.String(length=64), nullable=False),
        sa.Column("result", sa.String(length=20), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("previous_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_audit_entry")),
    )


def _agreement() -> None:
    op.create_table(
        "agreement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("title", sa.String(length=500), nullable=False),
        sa.Column("region_code", sa.String(length=13), nullable=True),
        sa.Column("stage", sa.String(length=20), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("signed_place", sa.String(length=120), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("renews_id", sa.Integer(), nullable=True),
        sa.Column("amends_id", sa.Integer(), nullable=True),
        sa.Column("protected_since", sa.Integer(), nullable=True),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.String(length=25), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "valid_to IS NULL OR valid_from IS NULL OR valid_to >= valid_from",
            name=op.f("ck_agreement_period"),
        ),
        sa.ForeignKeyConstraint(
            ["amends_id"], ["agreement.id"], name=op.f("fk_agreement_amends_id")
        ),
        sa.ForeignKeyConstraint(
            ["created_by"], ["app_user.id"], name=op.f("fk_agreement_created_by")
        ),
        sa.ForeignKeyConstraint(["kind"], ["agreement_kind.code"], name=op.f("fk_agreement_kind")),
        sa.ForeignKeyConstraint(
            ["region_code"], ["region.code"], name=op.f("fk_agreement_region_code")
        ),
        sa.ForeignKeyConstraint(
            ["renews_id"], ["agreement.id"], name=op.f("fk_agreement_renews_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement")),
    )
    op.create_index(op.f("ix_agreement_renews_id"), "agreement", ["renews_id"], unique=False)


def _office() -> None:
    op.create_table(
        "office",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("institution", sa.String(length=120), nullable=False),
        sa.Column("address", sa.String(length=300), nullable=False),
        sa.Column("phone", sa.String(length=60), nullable=False),
        sa.Column("website", sa.String(length=120), nullable=False),
        sa.Column("place", sa.String(length=60), nullable=False),
        sa.Column("region_code", sa.String(length=13), nullable=True),
        sa.Column("paper", sa.String(length=4), nullable=False),
        sa.Column("practice", sa.Boolean(), nullable=False),
        sa.Column("requests_text", sa.Text(), nullable=False),
        sa.Column("seed_digest", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["region_code"], ["region.code"], name=op.f("fk_office_region_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office")),
    )


def _request_log() -> None:
    op.create_table(
        "request_log",
        sa.Column("request_id", sa.String(length=64), nullable=False),
        sa.Column("command", sa.String(length=40), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("object_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(length=25), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_request_log_user_id")),
        sa.PrimaryKeyConstraint("request_id", name=op.f("pk_request_log")),
    )


def _agreement_clause() -> None:
    op.create_table(
        "agreement_clause",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("party_role_no", sa.Integer(), nullable=True),
        sa.Column("content", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_agreement_clause_agreement_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_clause")),
        sa.UniqueConstraint(
            "agreement_id", "kind", "seq", name=op.f("uq_agreement_clause_agreement_id_kind_seq")
        ),
    )


def _agreement_funding() -> None:
    op.create_table(
        "agreement_funding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=30), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=True),
        sa.Column("reference", sa.String(length=160), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "amount BETWEEN 0 AND 1000000000000", name=op.f("ck_agreement_funding_amount")
        ),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_agreement_funding_agreement_id")
        ),
        sa.ForeignKeyConstraint(
            ["source"], ["funding_source.code"], name=op.f("fk_agreement_funding_source")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_funding")),
        sa.UniqueConstraint(
            "agreement_id", "seq", name=op.f("uq_agreement_funding_agreement_id_seq")
        ),
    )


def _agreement_party() -> None:
    op.create_table(
        "agreement_party",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("role_no", sa.Integer(), nullable=False),
        sa.Column("institution", sa.String(length=200), nullable=False),
        sa.Column("number", sa.String(length=120), nullable=False),
        sa.Column("signatory_name", sa.String(length=160), nullable=False),
        sa.Column("signatory_position", sa.String(length=160), nullable=False),
        sa.Column("signatory_basis", sa.String(length=200), nullable=False),
        sa.Column("office_address", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_agreement_party_agreement_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_party")),
        sa.UniqueConstraint(
            "agreement_id", "role_no", name=op.f("uq_agreement_party_agreement_id_role_no")
        ),
    )


def _agreement_quota() -> None:
    op.create_table(
        "agreement_quota",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("category", sa.String(length=30), nullable=False),
        sa.Column("segment", sa.String(length=20), nullable=False),
        sa.Column("programmes", sa.String(length=40), nullable=False),
        sa.Column("heads", sa.Integer(), nullable=False),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("from_month", sa.Date(), nullable=False),
        sa.Column("payer_type", sa.String(length=20), nullable=False),
        sa.Column("sector", sa.String(length=20), nullable=False),
        sa.Column("wage_base", sa.BigInteger(), nullable=True),
        sa.Column("rates", sa.Text(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("verified", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "amount BETWEEN 0 AND 1000000000000", name=op.f("ck_agreement_quota_amount")
        ),
        sa.CheckConstraint("heads >= 0 AND months > 0", name=op.f("ck_agreement_quota_heads")),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_agreement_quota_agreement_id")
        ),
        sa.ForeignKeyConstraint(
            ["category"], ["category.code"], name=op.f("fk_agreement_quota_category")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_quota")),
        sa.UniqueConstraint(
            "agreement_id", "seq", name=op.f("uq_agreement_quota_agreement_id_seq")
        ),
    )


def _agreement_tranche() -> None:
    op.create_table(
        "agreement_tranche",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=120), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("paid_amount", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "amount BETWEEN 0 AND 1000000000000", name=op.f("ck_agreement_tranche_amount")
        ),
        sa.CheckConstraint(
            "paid_amount BETWEEN 0 AND 1000000000000", name=op.f("ck_agreement_tranche_paid_amount")
        ),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_agreement_tranche_agreement_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_tranche")),
        sa.UniqueConstraint(
            "agreement_id", "seq", name=op.f("uq_agreement_tranche_agreement_id_seq")
        ),
    )
