"""Warnings that a clerk has said to be in order, while the row's cells are those that were seen."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "ignored_warning",
        sa.Column("step_id", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=30), nullable=False),
        sa.Column("seen", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["step_id"], ["batch_step.id"], name=op.f("fk_ignored_warning_step_id_batch_step")
        ),
        sa.ForeignKeyConstraint(
            ["line_id"], ["batch_line.id"], name=op.f("fk_ignored_warning_line_id_batch_line")
        ),
        sa.PrimaryKeyConstraint("step_id", "line_id", "code", name=op.f("pk_ignored_warning")),
    )
    op.create_index("ix_ignored_warning_line_id", "ignored_warning", ["line_id"])
