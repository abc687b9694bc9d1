"""Lists in work: letters, levels, words of occupations, decisions that come back, refused cells."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_TEXT, _WORDS = sa.Text(), sa.String(length=160)
# what was done to a list before its people were registered is not undone any more
_LAST_STEP = (
    "coalesce((SELECT max(s.seq) FROM batch_step s JOIN batch b ON b.id = s.batch_id "
    "WHERE s.batch_id = batch_intake.batch_id AND b.status NOT IN ('DRAFT', 'SUBMITTED')), 0)"
)
# until now every list was decided by the usual levels; one that nobody decided has none yet
_USUAL = (
    "coalesce((SELECT '{}' FROM batch b WHERE b.id = batch_intake.batch_id "
    "AND (b.status IN ('VALIDATED', 'UNDONE') OR b.accepted + b.ignored > 0)), '')"
)
# until now a row that was sent has always named somebody of the register
_OF_PERSON = (
    "coalesce((SELECT p.{} FROM person p JOIN batch_line l ON l.person_id = p.id "
    "WHERE l.id = core_answer.line_id), '')"
)


def upgrade() -> None:
    _issue_level()
    _occupation_word()
    _batch_letter()
    _line_decision_before()
    _add("sender_column", {"shown": (_WORDS, "heading")})
    _add("sender_value", {"shown": (_WORDS, "spelling")})
    _add("batch_intake", {"levels": (_TEXT, _USUAL), "settled_seq": (sa.Integer(), _LAST_STEP)})
    _drop_counters()
    _add(
        "core_answer",
        {
            "nik": (sa.String(length=16), _OF_PERSON.format("nik")),
            "name": (sa.String(length=100), _OF_PERSON.format("name")),
            "refused_cells": (_TEXT, "''"),
        },
    )


def _add(table: str, columns: Mapping[str, tuple[sa.types.TypeEngine[Any], str]]) -> None:
    """Add columns that are never empty, filled by an expression in the rows that are there."""
    with op.batch_alter_table(table) as changed:
        for name, (kind, _) in columns.items():
            changed.add_column(sa.Column(name, kind, nullable=True))
    filled = ", ".join(f"{name} = {expression}" for name, (_, expression) in columns.items())
    op.execute(f"UPDATE {table} SET {filled}")  # noqa: S608  # words of this file
    with op.batch_alter_table(table) as changed:
        for name, (kind, _) in columns.items():
            changed.alter_column(name, existing_type=kind, nullable=False)


def _drop_counters() -> None:
    """Leave out what is counted from the rows themselves."""
    with op.batch_alter_table("batch_intake") as table:
        table.drop_column("linked")
        table.drop_column("left_out")


def _issue_level() -> None:
    op.create_table(
        "issue_level",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=30), nullable=False),
        sa.Column("level", sa.String(length=10), nullable=False),
        sa.Column("locked", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("legal_basis", sa.String(length=40), nullable=False),
        sa.Column("verified", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_issue_level")),
    )


def _occupation_word() -> None:
    op.create_table(
        "occupation_word",
        sa.Column("word", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.PrimaryKeyConstraint("word", name=op.f("pk_occupation_word")),
    )


def _batch_letter() -> None:
    op.create_table(
        "batch_letter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("kind", sa.String(length=4), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(length=25), nullable=False),
        sa.Column("step_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_batch_letter_batch_id")),
        sa.ForeignKeyConstraint(
            ["step_id"], ["batch_step.id"], name=op.f("fk_batch_letter_step_id")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_batch_letter_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batch_letter")),
    )
    op.create_index("ix_batch_letter_batch_id", "batch_letter", ["batch_id"], unique=False)


def _line_decision_before() -> None:
    op.create_table(
        "line_decision_before",
        sa.Column("step_id", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("before_step_id", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["before_step_id"],
            ["batch_step.id"],
            name=op.f("fk_line_decision_before_before_step_id"),
        ),
        sa.ForeignKeyConstraint(
            ["line_id"], ["batch_line.id"], name=op.f("fk_line_decision_before_line_id")
        ),
        sa.ForeignKeyConstraint(
            ["step_id"], ["batch_step.id"], name=op.f("fk_line_decision_before_step_id")
        ),
        sa.PrimaryKeyConstraint("step_id", "line_id", name=op.f("pk_line_decision_before")),
    )
