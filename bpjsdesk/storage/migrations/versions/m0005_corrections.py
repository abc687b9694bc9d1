"""What follows acceptance: debts of held rows, error workbooks sent, batches that follow."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    _batch_debt()
    _batch_round()
    _batch_follow()


def _batch_debt() -> None:
    op.create_table(
        "batch_debt",
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("written_off_rows", sa.Integer(), nullable=False),
        sa.Column("written_off_by", sa.Integer(), nullable=True),
        sa.Column("written_off_at", sa.String(length=25), nullable=False),
        sa.Column("written_off_why", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_batch_debt_batch_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["app_user.id"], name=op.f("fk_batch_debt_owner_id")),
        sa.ForeignKeyConstraint(
            ["written_off_by"], ["app_user.id"], name=op.f("fk_batch_debt_written_off_by")
        ),
        sa.PrimaryKeyConstraint("batch_id", name=op.f("pk_batch_debt")),
    )


def _batch_round() -> None:
    op.create_table(
        "batch_round",
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(length=255), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(length=25), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_batch_round_batch_id")),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_batch_round_user_id")),
        sa.PrimaryKeyConstraint("batch_id", "round", name=op.f("pk_batch_round")),
    )


def _batch_follow() -> None:
    op.create_table(
        "batch_follow",
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("follows_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_batch_follow_batch_id")),
        sa.ForeignKeyConstraint(
            ["follows_id"], ["batch.id"], name=op.f("fk_batch_follow_follows_id")
        ),
        sa.PrimaryKeyConstraint("batch_id", name=op.f("pk_batch_follow")),
    )
    op.create_index("ix_batch_follow_follows_id", "batch_follow", ["follows_id"], unique=False)
