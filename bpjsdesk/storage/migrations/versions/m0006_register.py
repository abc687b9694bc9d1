"""The register of workers: who is one or two, ends, requests, and where each value came from."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    _person_pair()
    _person_merge()
    _end_reason()
    _person_end()
    _person_request()
    _person_origin()
    _person_value()
    _ways_from_a_person()


def _person_pair() -> None:
    op.create_table(
        "person_pair",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("first_nik", sa.String(length=16), nullable=False),
        sa.Column("second_nik", sa.String(length=16), nullable=False),
        sa.Column("decision", sa.String(length=10), nullable=False),
        sa.Column("seen", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(length=25), nullable=False),
        sa.Column("step_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["step_id"], ["batch_step.id"], name=op.f("fk_person_pair_step_id")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_person_pair_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_pair")),
    )
    op.create_index("ix_person_pair_step_id", "person_pair", ["step_id"], unique=False)


def _person_merge() -> None:
    op.create_table(
        "person_merge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kept_id", sa.Integer(), nullable=False),
        sa.Column("merged_id", sa.Integer(), nullable=False),
        sa.Column("moved", sa.Text(), nullable=False),
        sa.Column("digests", sa.Text(), nullable=False),
        sa.Column("filled", sa.String(length=200), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(length=25), nullable=False),
        sa.Column("undone_at", sa.String(length=25), nullable=False),
        sa.Column("undone_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["kept_id"], ["person.id"], name=op.f("fk_person_merge_kept_id")),
        sa.ForeignKeyConstraint(
            ["merged_id"], ["person.id"], name=op.f("fk_person_merge_merged_id")
        ),
        sa.ForeignKeyConstraint(
            ["undone_by"], ["app_user.id"], name=op.f("fk_person_merge_undone_by")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_person_merge_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_merge")),
    )
    op.create_index("ix_person_merge_kept_id", "person_merge", ["kept_id"], unique=False)
    op.create_index("ix_person_merge_merged_id", "person_merge", ["merged_id"], unique=False)


def _end_reason() -> None:
    op.create_table(
        "end_reason",
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("is_death", sa.Boolean(), nullable=False),
        sa.Column("may_return", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_end_reason")),
    )


def _person_end() -> None:
    op.create_table(
        "person_end",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(length=25), nullable=False),
        sa.Column("undone_at", sa.String(length=25), nullable=False),
        sa.Column("undone_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_person_end_person_id")),
        sa.ForeignKeyConstraint(["reason"], ["end_reason.code"], name=op.f("fk_person_end_reason")),
        sa.ForeignKeyConstraint(
            ["undone_by"], ["app_user.id"], name=op.f("fk_person_end_undone_by")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_person_end_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_end")),
    )
    op.create_index("ix_person_end_person_id", "person_end", ["person_id"], unique=False)


def _person_request() -> None:
    op.create_table(
        "person_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(length=10), nullable=False),
        sa.Column("before", sa.String(length=100), nullable=False),
        sa.Column("after", sa.String(length=100), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.String(length=25), nullable=False),
        sa.Column("decision", sa.String(length=10), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.String(length=25), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["app_user.id"], name=op.f("fk_person_request_asked_by")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["app_user.id"], name=op.f("fk_person_request_decided_by")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_person_request_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_request")),
    )
    op.create_index("ix_person_request_person_id", "person_request", ["person_id"], unique=False)
    op.create_index("ix_person_request_before", "person_request", ["field", "before"], unique=False)


def _person_origin() -> None:
    op.create_table(
        "person_origin",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_person_origin_person_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_person_origin")),
    )
    # until now a person came with the first row that names it
    op.execute(
        "INSERT INTO person_origin (person_id, line_id) SELECT person_id, min(id) "
        "FROM batch_line WHERE person_id IS NOT NULL GROUP BY person_id"
    )


def _person_value() -> None:
    op.create_table(
        "person_value",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(length=20), nullable=False),
        sa.Column("before", sa.String(length=300), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(length=25), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_person_value_person_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_person_value_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_value")),
    )
    op.create_index("ix_person_value_person_id", "person_value", ["person_id"], unique=False)


def _ways_from_a_person() -> None:
    there = sa.text("person_id IS NOT NULL")
    op.create_index(
        "ix_batch_line_person_id",
        "batch_line",
        ["person_id"],
        unique=False,
        sqlite_where=there,
        postgresql_where=there,
    )
    op.create_index("ix_membership_person_id", "membership", ["person_id"], unique=False)
    op.create_index("ix_audit_entry_object", "audit_entry", ["object_id", "command"], unique=False)
