"""Tables of lists in work: how far each has come, what was repaired, what was decided."""

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from bpjsdesk.storage.schema import metadata

batch_intake = Table(
    "batch_intake",
    metadata,
    Column("batch_id", ForeignKey("batch.id"), primary_key=True),
    Column("stage", String(12), nullable=False),
    Column("submitted_by", ForeignKey("app_user.id")),
    Column("submitted_at", String(25), nullable=False),
    Column("decided_by", ForeignKey("app_user.id")),
    Column("decided_at", String(25), nullable=False),
    Column("note", Text, nullable=False),
)

batch_step = Table(
    "batch_step",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("batch_id", ForeignKey("batch.id"), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("rule", String(30), nullable=False),
    Column("code", String(30), nullable=False),
    Column("note", Text, nullable=False),
    Column("rows", Integer, nullable=False),
    Column("user_id", ForeignKey("app_user.id"), nullable=False),
    Column("at", String(25), nullable=False),
    Column("undone_at", String(25), nullable=False),
    UniqueConstraint("batch_id", "seq"),
)

batch_edit = Table(
    "batch_edit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("step_id", ForeignKey("batch_step.id"), nullable=False),
    Column("line_id", ForeignKey("batch_line.id"), nullable=False),
    Column("before", Text, nullable=False),
    Index("ix_batch_edit_step_id", "step_id"),
)

line_decision = Table(
    "line_decision",
    metadata,
    Column("line_id", ForeignKey("batch_line.id"), primary_key=True),
    Column("step_id", ForeignKey("batch_step.id"), nullable=False),
    Column("outcome", String(10), nullable=False),
    Column("reason", Text, nullable=False),
    Index("ix_line_decision_step_id", "step_id"),
)
