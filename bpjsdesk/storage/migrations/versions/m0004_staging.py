"""Lists in work: senders, how far each list has come, its repairs and decisions."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    _issue_level()
    _occupation_word()
    _sender()
    _sender_column()
    _sender_value()
    _batch_intake()
    _batch_sheet()
    _batch_step()
    _batch_letter()
    _batch_value()
    _batch_edit()
    _line_decision()
    _line_decision_before()
    _core_answer()


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


def _sender() -> None:
    op.create_table(
        "sender",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sender")),
        sa.UniqueConstraint("name", name=op.f("uq_sender_name")),
    )


def _sender_column() -> None:
    op.create_table(
        "sender_column",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sender_id", sa.Integer(), nullable=False),
        sa.Column("heading", sa.String(length=160), nullable=False),
        sa.Column("field", sa.String(length=30), nullable=False),
        sa.Column("shown", sa.String(length=160), nullable=False),
        sa.ForeignKeyConstraint(
            ["sender_id"], ["sender.id"], name=op.f("fk_sender_column_sender_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sender_column")),
        sa.UniqueConstraint(
            "sender_id", "heading", name=op.f("uq_sender_column_sender_id_heading")
        ),
    )


def _sender_value() -> None:
    op.create_table(
        "sender_value",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sender_id", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(length=30), nullable=False),
        sa.Column("spelling", sa.String(length=160), nullable=False),
        sa.Column("value", sa.String(length=60), nullable=False),
        sa.Column("shown", sa.String(length=160), nullable=False),
        sa.ForeignKeyConstraint(
            ["sender_id"], ["sender.id"], name=op.f("fk_sender_value_sender_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sender_value")),
        sa.UniqueConstraint(
            "sender_id", "field", "spelling", name=op.f("uq_sender_value_sender_id_field_spelling")
        ),
    )


def _batch_intake() -> None:
    op.create_table(
        "batch_intake",
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(length=12), nullable=False),
        sa.Column("sender_id", sa.Integer(), nullable=True),
        sa.Column("letter_no", sa.String(length=60), nullable=False),
        sa.Column("letter_on", sa.Date(), nullable=True),
        sa.Column("linked", sa.Integer(), nullable=False),
        sa.Column("left_out", sa.Integer(), nullable=False),
        sa.Column("submitted_by", sa.Integer(), nullable=True),
        sa.Column("submitted_at", sa.String(length=25), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.String(length=25), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("levels", sa.Text(), nullable=False),
        sa.Column("settled_seq", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_batch_intake_batch_id")),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["app_user.id"], name=op.f("fk_batch_intake_decided_by")
        ),
        sa.ForeignKeyConstraint(
            ["sender_id"], ["sender.id"], name=op.f("fk_batch_intake_sender_id")
        ),
        sa.ForeignKeyConstraint(
            ["submitted_by"], ["app_user.id"], name=op.f("fk_batch_intake_submitted_by")
        ),
        sa.PrimaryKeyConstraint("batch_id", name=op.f("pk_batch_intake")),
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


def _batch_sheet() -> None:
    op.create_table(
        "batch_sheet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("joined", sa.Boolean(), nullable=False),
        sa.Column("header_row", sa.Integer(), nullable=False),
        sa.Column("first_row", sa.Integer(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("top", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_batch_sheet_batch_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batch_sheet")),
        sa.UniqueConstraint("batch_id", "seq", name=op.f("uq_batch_sheet_batch_id_seq")),
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
        sa.Column("before", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_batch_step_batch_id")),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_batch_step_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batch_step")),
        sa.UniqueConstraint("batch_id", "seq", name=op.f("uq_batch_step_batch_id_seq")),
    )


def _batch_value() -> None:
    op.create_table(
        "batch_value",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(length=30), nullable=False),
        sa.Column("spelling", sa.String(length=160), nullable=False),
        sa.Column("value", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_batch_value_batch_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batch_value")),
        sa.UniqueConstraint(
            "batch_id", "field", "spelling", name=op.f("uq_batch_value_batch_id_field_spelling")
        ),
    )


def _batch_edit() -> None:
    op.create_table(
        "batch_edit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("step_id", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["line_id"], ["batch_line.id"], name=op.f("fk_batch_edit_line_id")),
        sa.ForeignKeyConstraint(["step_id"], ["batch_step.id"], name=op.f("fk_batch_edit_step_id")),
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


def _core_answer() -> None:
    op.create_table(
        "core_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("accepted", sa.Boolean(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("kpj", sa.String(length=11), nullable=False),
        sa.Column("nik", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("refused_cells", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_core_answer_batch_id")),
        sa.ForeignKeyConstraint(
            ["line_id"], ["batch_line.id"], name=op.f("fk_core_answer_line_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_answer")),
        sa.UniqueConstraint("line_id", name=op.f("uq_core_answer_line_id")),
    )
    op.create_index("ix_core_answer_batch_id", "core_answer", ["batch_id"], unique=False)
