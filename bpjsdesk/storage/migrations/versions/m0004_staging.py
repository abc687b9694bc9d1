"""Lists in work: senders, how far each list has come, its repairs and decisions."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    _sender()
    _sender_column()
    _sender_value()
    _batch_intake()
    _batch_sheet()
    _batch_step()
    _batch_value()
    _batch_edit()
    _line_decision()
    _core_answer()
    _person_pair()
    _person_merge()
    _person_end()
    _person_request()


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
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_core_answer_batch_id")),
        sa.ForeignKeyConstraint(
            ["line_id"], ["batch_line.id"], name=op.f("fk_core_answer_line_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_answer")),
        sa.UniqueConstraint("line_id", name=op.f("uq_core_answer_line_id")),
    )
    op.create_index("ix_core_answer_batch_id", "core_answer", ["batch_id"], unique=False)


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
        sa.UniqueConstraint(
            "first_nik", "second_nik", name=op.f("uq_person_pair_first_nik_second_nik")
        ),
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
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(length=25), nullable=False),
        sa.Column("undone_at", sa.String(length=25), nullable=False),
        sa.ForeignKeyConstraint(["kept_id"], ["person.id"], name=op.f("fk_person_merge_kept_id")),
        sa.ForeignKeyConstraint(
            ["merged_id"], ["person.id"], name=op.f("fk_person_merge_merged_id")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_person_merge_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_merge")),
    )
    op.create_index("ix_person_merge_kept_id", "person_merge", ["kept_id"], unique=False)
    op.create_index("ix_person_merge_merged_id", "person_merge", ["merged_id"], unique=False)


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
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_person_end_person_id")),
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
