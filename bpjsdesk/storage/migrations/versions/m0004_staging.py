"""Lists in work: how far each has come, its repairs and decisions."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    _batch_intake()
    _batch_step()
    _batch_edit()
    _line_decision()


def _batch_intake() -> None:
    op.create_table(
        "batch_intake",
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(length=12), nullable=False),
        sa.Column("submitted_by", sa.Integer(), nullable=True),
        sa.Column("submitted_at", sa.String(length=25), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.String(length=25), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_batch_intake_batch_id")),
        sa.ForeignKeyConstraint(
            ["submitted_by"], ["app_user.id"], name=op.f("fk_batch_intake_submitted_by")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["app_user.id"], name=op.f("fk_batch_intake_decided_by")
        ),
        sa.PrimaryKeyConstraint("batch_id", name=op.f("pk_batch_intake")),
    )


def _batch_step() -> None:
    op.create_table(
        "batch_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(length=30), nullable=False),
        sa.Column("code", sa.String(length=30), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(length=25), nullable=False),
        sa.Column("undone_at", sa.String(length=25), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_batch_step_batch_id")),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_batch_step_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batch_step")),
        sa.UniqueConstraint("batch_id", "seq", name=op.f("uq_batch_step_batch_id_seq")),
    )


def _batch_edit() -> None:
    op.create_table(
        "batch_edit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("step_id", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["step_id"], ["batch_step.id"], name=op.f("fk_batch_edit_step_id")),
        sa.ForeignKeyConstraint(["line_id"], ["batch_line.id"], name=op.f("fk_batch_edit_line_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batch_edit")),
    )
    op.create_index("ix_batch_edit_step_id", "batch_edit", ["step_id"], unique=False)


def _line_decision() -> None:
    op.create_table(
        "line_decision",
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("step_id", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["line_id"], ["batch_line.id"], name=op.f("fk_line_decision_line_id")
        ),
        sa.ForeignKeyConstraint(
            ["step_id"], ["batch_step.id"], name=op.f("fk_line_decision_step_id")
        ),
        sa.PrimaryKeyConstraint("line_id", name=op.f("pk_line_decision")),
    )
    op.create_index("ix_line_decision_step_id", "line_decision", ["step_id"], unique=False)
