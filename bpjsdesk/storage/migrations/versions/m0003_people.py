"""People, batches, memberships and claims of the first version."""

import sqlalchemy as sa
from alembic import op

from bpjsdesk.storage.dialect import append_only_statements, person_search_statements

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    _person()
    _claim()
    _batch()
    _claim_component()
    _claim_event()
    _batch_line()
    _membership()
    for statement in person_search_statements(op.get_context().dialect.name):
        op.execute(statement)
    for statement in append_only_statements(op.get_context().dialect.name, ("claim_event",)):
        op.execute(statement)


def _person() -> None:
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("nik", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("name_key", sa.String(length=100), nullable=False),
        sa.Column("birth_date", sa.Date(), nullable=True),
        sa.Column("birth_place", sa.String(length=100), nullable=False),
        sa.Column("sex", sa.String(length=1), nullable=False),
        sa.Column("address", sa.String(length=300), nullable=False),
        sa.Column("region_code", sa.String(length=13), nullable=True),
        sa.Column("phone", sa.String(length=20), nullable=False),
        sa.Column("occupation", sa.String(length=100), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("nik", name=op.f("uq_person_nik")),
    )
    op.create_index("ix_person_id_name_key", "person", ["id", "name_key"], unique=False)
    op.create_index("ix_person_name_key_id", "person", ["name_key", "id"], unique=False)


def _claim() -> None:
    op.create_table(
        "claim",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("programme", sa.String(length=10), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("participant_name", sa.String(length=100), nullable=False),
        sa.Column("kpj", sa.String(length=11), nullable=False),
        sa.Column("segment", sa.String(length=20), nullable=False),
        sa.Column("category", sa.String(length=30), nullable=False),
        sa.Column("region_code", sa.String(length=13), nullable=True),
        sa.Column("agreement_id", sa.Integer(), nullable=True),
        sa.Column("event_on", sa.Date(), nullable=True),
        sa.Column("filed_on", sa.Date(), nullable=True),
        sa.Column("complete_on", sa.Date(), nullable=True),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("payee_name", sa.String(length=100), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("source_digest", sa.String(length=64), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.String(length=25), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("status <> 'PAID' OR paid_on IS NOT NULL", name=op.f("ck_claim_paid")),
        sa.CheckConstraint("amount BETWEEN 0 AND 1000000000000", name=op.f("ck_claim_amount")),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_claim_agreement_id")
        ),
        sa.ForeignKeyConstraint(["category"], ["category.code"], name=op.f("fk_claim_category")),
        sa.ForeignKeyConstraint(["created_by"], ["app_user.id"], name=op.f("fk_claim_created_by")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_claim_person_id")),
        sa.ForeignKeyConstraint(
            ["region_code"], ["region.code"], name=op.f("fk_claim_region_code")
        ),
        sa.ForeignKeyConstraint(["status"], ["claim_status.code"], name=op.f("fk_claim_status")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim")),
        sa.UniqueConstraint("number", name=op.f("uq_claim_number")),
    )
    op.create_index(
        "ix_claim_agreement_paid",
        "claim",
        ["agreement_id", "status", "paid_on", "programme", "amount"],
        unique=False,
    )
    op.create_index("ix_claim_person_id", "claim", ["person_id"], unique=False)
    op.create_index(
        "ix_claim_report",
        "claim",
        ["status", "paid_on", "programme", "segment", "category", "region_code", "amount"],
        unique=False,
    )
    op.create_index("ix_claim_status_filed_on", "claim", ["status", "filed_on"], unique=False)


def _batch() -> None:
    op.create_table(
        "batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("quota_id", sa.Integer(), nullable=False),
        sa.Column("category", sa.String(length=30), nullable=False),
        sa.Column("source_name", sa.String(length=255), nullable=False),
        sa.Column("source_digest", sa.String(length=64), nullable=False),
        sa.Column("header", sa.Text(), nullable=False),
        sa.Column("registered_on", sa.Date(), nullable=False),
        sa.Column("from_month", sa.Date(), nullable=False),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("rates", sa.Text(), nullable=False),
        sa.Column("read", sa.Integer(), nullable=False),
        sa.Column("blank", sa.Integer(), nullable=False),
        sa.Column("ignored", sa.Integer(), nullable=False),
        sa.Column("accepted", sa.Integer(), nullable=False),
        sa.Column("held", sa.Integer(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.String(length=25), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("amount BETWEEN 0 AND 1000000000000", name=op.f("ck_batch_amount")),
        sa.CheckConstraint("read = blank + ignored + accepted + held", name=op.f("ck_batch_sum")),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_batch_agreement_id")
        ),
        sa.ForeignKeyConstraint(["category"], ["category.code"], name=op.f("fk_batch_category")),
        sa.ForeignKeyConstraint(["created_by"], ["app_user.id"], name=op.f("fk_batch_created_by")),
        sa.ForeignKeyConstraint(
            ["quota_id"], ["agreement_quota.id"], name=op.f("fk_batch_quota_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batch")),
        sa.UniqueConstraint("number", name=op.f("uq_batch_number")),
    )
    op.create_index(op.f("ix_batch_agreement_id"), "batch", ["agreement_id"], unique=False)


def _claim_component() -> None:
    op.create_table(
        "claim_component",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "amount BETWEEN 0 AND 1000000000000", name=op.f("ck_claim_component_amount")
        ),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["claim.id"], name=op.f("fk_claim_component_claim_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim_component")),
        sa.UniqueConstraint("claim_id", "seq", name=op.f("uq_claim_component_claim_id_seq")),
    )


def _claim_event() -> None:
    op.create_table(
        "claim_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(length=25), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("from_status", sa.String(length=20), nullable=False),
        sa.Column("to_status", sa.String(length=20), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_claim_event_claim_id")),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_claim_event_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim_event")),
    )
    op.create_index(op.f("ix_claim_event_claim_id"), "claim_event", ["claim_id"], unique=False)


def _batch_line() -> None:
    op.create_table(
        "batch_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("sheet", sa.String(length=64), nullable=False),
        sa.Column("row_no", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("codes", sa.String(length=300), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("cells", sa.Text(), nullable=False),
        sa.Column("first_cells", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(status = 'ACCEPTED') = (person_id IS NOT NULL)", name=op.f("ck_batch_line_person")
        ),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_batch_line_batch_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_batch_line_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batch_line")),
    )
    op.create_index(
        "ix_batch_line_batch_id_status", "batch_line", ["batch_id", "status"], unique=False
    )


def _membership() -> None:
    op.create_table(
        "membership",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("from_month", sa.Date(), nullable=False),
        sa.Column("to_month", sa.Date(), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.CheckConstraint("to_month >= from_month", name=op.f("ck_membership_period")),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_membership_batch_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_membership_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership")),
    )
    op.create_index("ix_membership_batch_id", "membership", ["batch_id"], unique=False)
    op.create_index(
        "uq_membership_active_start",
        "membership",
        ["person_id", "from_month"],
        unique=True,
        sqlite_where=sa.text("status = 'ACTIVE'"),
        postgresql_where=sa.text("status = 'ACTIVE'"),
    )
