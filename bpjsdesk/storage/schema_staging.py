"""Tables of lists in work: how far each has come, what was repaired, what was decided."""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from bpjsdesk.storage.schema import metadata

sender = Table(
    "sender",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(160), nullable=False, unique=True),
    Column("note", Text, nullable=False),
    Column("version", Integer, nullable=False),
)

sender_column = Table(
    "sender_column",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("sender_id", ForeignKey("sender.id"), nullable=False),
    Column("heading", String(160), nullable=False),
    Column("field", String(30), nullable=False),
    # as the sender writes it, for people; `heading` is the key by which it is found again
    Column("shown", String(160), nullable=False),
    UniqueConstraint("sender_id", "heading"),
)

sender_value = Table(
    "sender_value",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("sender_id", ForeignKey("sender.id"), nullable=False),
    Column("field", String(30), nullable=False),
    Column("spelling", String(160), nullable=False),
    Column("value", String(60), nullable=False),
    Column("shown", String(160), nullable=False),
    UniqueConstraint("sender_id", "field", "spelling"),
)

batch_intake = Table(
    "batch_intake",
    metadata,
    Column("batch_id", ForeignKey("batch.id"), primary_key=True),
    Column("stage", String(12), nullable=False),
    Column("sender_id", ForeignKey("sender.id")),
    Column("letter_no", String(60), nullable=False),
    Column("letter_on", Date),
    Column("submitted_by", ForeignKey("app_user.id")),
    Column("submitted_at", String(25), nullable=False),
    Column("decided_by", ForeignKey("app_user.id")),
    Column("decided_at", String(25), nullable=False),
    Column("note", Text, nullable=False),
    Column("levels", Text, nullable=False),
    # the last step when people were registered: what was done up to it is not undone any more
    Column("settled_seq", Integer, nullable=False),
)

# the letter that came with a list, as it was scanned; the newest of a batch counts
batch_letter = Table(
    "batch_letter",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("batch_id", ForeignKey("batch.id"), nullable=False),
    Column("name", String(160), nullable=False),
    Column("kind", String(4), nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("user_id", ForeignKey("app_user.id"), nullable=False),
    Column("at", String(25), nullable=False),
    # the step that an undo takes back with it
    Column("step_id", ForeignKey("batch_step.id")),
    Index("ix_batch_letter_batch_id", "batch_id"),
)

batch_sheet = Table(
    "batch_sheet",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("batch_id", ForeignKey("batch.id"), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("name", String(64), nullable=False),
    Column("joined", Boolean, nullable=False),
    Column("header_row", Integer, nullable=False),
    Column("first_row", Integer, nullable=False),
    Column("rows", Integer, nullable=False),
    Column("top", Text, nullable=False),
    UniqueConstraint("batch_id", "seq"),
)

batch_value = Table(
    "batch_value",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("batch_id", ForeignKey("batch.id"), nullable=False),
    Column("field", String(30), nullable=False),
    Column("spelling", String(160), nullable=False),
    Column("value", String(60), nullable=False),
    UniqueConstraint("batch_id", "field", "spelling"),
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
    # what a step that changed no cell has replaced, so that it can be undone
    Column("before", Text, nullable=False, default=""),
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

# what was decided of a row before a step has decided otherwise
line_decision_before = Table(
    "line_decision_before",
    metadata,
    Column("step_id", ForeignKey("batch_step.id"), primary_key=True),
    Column("line_id", ForeignKey("batch_line.id"), primary_key=True),
    Column("before_step_id", ForeignKey("batch_step.id"), nullable=False),
    Column("outcome", String(10), nullable=False),
    Column("reason", Text, nullable=False),
)

# warnings that a clerk has said to be in order, with the cells that were seen then, as JSON text;
# reason, who and when are those of the step
ignored_warning = Table(
    "ignored_warning",
    metadata,
    Column("step_id", ForeignKey("batch_step.id"), primary_key=True),
    Column("line_id", ForeignKey("batch_line.id"), primary_key=True),
    Column("code", String(30), primary_key=True),
    Column("seen", Text, nullable=False),
    Index("ix_ignored_warning_line_id", "line_id"),
)

core_answer = Table(
    "core_answer",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("line_id", ForeignKey("batch_line.id"), nullable=False, unique=True),
    Column("batch_id", ForeignKey("batch.id"), nullable=False),
    Column("sent_on", Date, nullable=False),
    Column("answered_on", Date),
    Column("accepted", Boolean),
    Column("reason", Text, nullable=False),
    Column("kpj", String(11), nullable=False),
    # whom the row named when it was sent: a refused row names nobody of the register any more
    Column("nik", String(16), nullable=False),
    Column("name", String(100), nullable=False),
    # the cells that were refused; the refusal holds the row until they change
    Column("refused_cells", Text, nullable=False),
    Index("ix_core_answer_batch_id", "batch_id"),
)

# which people are two; what was said last of a pair counts
person_pair = Table(
    "person_pair",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("first_nik", String(16), nullable=False),
    Column("second_nik", String(16), nullable=False),
    Column("decision", String(10), nullable=False),
    Column("seen", Text, nullable=False),
    Column("user_id", ForeignKey("app_user.id"), nullable=False),
    Column("at", String(25), nullable=False),
    # the step that an undo takes back with it
    Column("step_id", ForeignKey("batch_step.id")),
    Index("ix_person_pair_step_id", "step_id"),
)

person_merge = Table(
    "person_merge",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kept_id", ForeignKey("person.id"), nullable=False),
    Column("merged_id", ForeignKey("person.id"), nullable=False),
    # what moved to the kept person, and digests of both sides after it, as JSON by table
    Column("moved", Text, nullable=False),
    Column("digests", Text, nullable=False),
    # fields of the kept person that were empty and are not any more
    Column("filled", String(200), nullable=False),
    Column("reason", Text, nullable=False),
    Column("user_id", ForeignKey("app_user.id"), nullable=False),
    Column("at", String(25), nullable=False),
    Column("undone_at", String(25), nullable=False),
    Column("undone_by", ForeignKey("app_user.id")),
    Index("ix_person_merge_merged_id", "merged_id"),
    Index("ix_person_merge_kept_id", "kept_id"),
)

person_end = Table(
    "person_end",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("person_id", ForeignKey("person.id"), nullable=False),
    Column("reason", ForeignKey("end_reason.code"), nullable=False),
    Column("since", Date, nullable=False),
    Column("note", Text, nullable=False),
    Column("user_id", ForeignKey("app_user.id"), nullable=False),
    Column("at", String(25), nullable=False),
    Column("undone_at", String(25), nullable=False),
    Column("undone_by", ForeignKey("app_user.id")),
    Index("ix_person_end_person_id", "person_id"),
)

person_request = Table(
    "person_request",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("person_id", ForeignKey("person.id"), nullable=False),
    Column("field", String(10), nullable=False),
    Column("before", String(100), nullable=False),
    Column("after", String(100), nullable=False),
    Column("basis", Text, nullable=False),
    Column("asked_by", ForeignKey("app_user.id"), nullable=False),
    Column("asked_at", String(25), nullable=False),
    Column("decision", String(10), nullable=False),
    Column("decided_by", ForeignKey("app_user.id")),
    Column("decided_at", String(25), nullable=False),
    Column("note", Text, nullable=False),
    Index("ix_person_request_person_id", "person_id"),
    # who was asked for by an earlier NIK or name
    Index("ix_person_request_before", "field", "before"),
)

person_origin = Table(
    "person_origin",
    metadata,
    Column("person_id", ForeignKey("person.id", ondelete="CASCADE"), primary_key=True),
    # the row of a list that brought the person; no reference, rows in work may still go
    Column("line_id", Integer, nullable=False),
)

person_value = Table(
    "person_value",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("person_id", ForeignKey("person.id", ondelete="CASCADE"), nullable=False),
    Column("field", String(20), nullable=False),
    Column("before", String(300), nullable=False),
    Column("line_id", Integer, nullable=False),
    Column("user_id", ForeignKey("app_user.id"), nullable=False),
    Column("at", String(25), nullable=False),
    Index("ix_person_value_person_id", "person_id"),
)
