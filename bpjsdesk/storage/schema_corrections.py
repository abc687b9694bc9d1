"""Tables of what follows acceptance: debts of held rows, error workbooks, later lists."""

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, String, Table, Text

from bpjsdesk.storage.schema import metadata

# whoever sees to the held rows of a batch, until none is left or the rest is written off
batch_debt = Table(
    "batch_debt",
    metadata,
    Column("batch_id", ForeignKey("batch.id"), primary_key=True),
    Column("owner_id", ForeignKey("app_user.id"), nullable=False),
    Column("due_on", Date, nullable=False),
    Column("reason", Text, nullable=False),
    # so many rows are not waited for any longer; more of them are a debt again
    Column("written_off_rows", Integer, nullable=False),
    Column("written_off_by", ForeignKey("app_user.id")),
    Column("written_off_at", String(25), nullable=False),
    Column("written_off_why", Text, nullable=False),
)

# each error workbook that left the office
batch_round = Table(
    "batch_round",
    metadata,
    Column("batch_id", ForeignKey("batch.id"), primary_key=True),
    Column("round", Integer, primary_key=True),
    Column("rows", Integer, nullable=False),
    Column("file_name", String(255), nullable=False),
    Column("user_id", ForeignKey("app_user.id"), nullable=False),
    Column("at", String(25), nullable=False),
)

# people who came with a later list of the same sender, after the batch was accepted
batch_follow = Table(
    "batch_follow",
    metadata,
    Column("batch_id", ForeignKey("batch.id"), primary_key=True),
    Column("follows_id", ForeignKey("batch.id"), nullable=False),
    Index("ix_batch_follow_follows_id", "follows_id"),
)
