"""The register of workers: reasons to end, who did and undid it, where each value came from."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

# reasons of ends as every office starts with them
_REASONS = (
    ("MENINGGAL", "Meninggal dunia", "TRUE", "FALSE"),
    ("PINDAH", "Pindah dari wilayah mitra", "FALSE", "FALSE"),
    ("JADI_PU", "Menjadi pekerja penerima upah", "FALSE", "FALSE"),
    ("ASN", "ASN, TNI, atau Polri", "FALSE", "FALSE"),
    ("GANDA", "Terdaftar ganda", "FALSE", "FALSE"),
    ("MENGUNDURKAN_DIRI", "Mengundurkan diri", "FALSE", "FALSE"),
    ("AKHIR_PERIODE", "Akhir periode", "FALSE", "TRUE"),
)
# until now the reasons were words of the program
_EARLIER_REASONS = (
    ("DECEASED", "MENINGGAL"),
    ("MOVED", "PINDAH"),
    ("WAGE_EARNER", "JADI_PU"),
    ("CIVIL_SERVANT", "ASN"),
    ("DUPLICATE", "GANDA"),
    ("RESIGNED", "MENGUNDURKAN_DIRI"),
    ("PERIOD_ENDED", "AKHIR_PERIODE"),
)


def upgrade() -> None:
    _end_reason()
    _person_pair()
    _person_merge()
    _person_end()
    _person_origin()
    _person_value()
    _ways_from_a_person()


def _end_reason() -> None:
    op.create_table(
        "end_reason",
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("is_death", sa.Boolean(), nullable=False),
        sa.Column("may_return", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_end_reason")),
    )
    for code, name, is_death, may_return in _REASONS:
        # a file without an office is still to be filled, by the founding
        op.execute(
            "INSERT INTO end_reason (code, name, is_death, may_return) "  # noqa: S608  # words of this file
            f"SELECT '{code}', '{name}', {is_death}, {may_return} "
            "WHERE EXISTS (SELECT 1 FROM office)"
        )


def _person_pair() -> None:
    # what was said last of a pair counts, so a pair may stand there more than once
    with op.batch_alter_table("person_pair") as table:
        table.drop_constraint("uq_person_pair_first_nik_second_nik", type_="unique")


def _person_merge() -> None:
    with op.batch_alter_table("person_merge") as table:
        table.add_column(sa.Column("filled", sa.String(length=200), nullable=True))
        table.add_column(sa.Column("undone_by", sa.Integer(), nullable=True))
    op.execute("UPDATE person_merge SET filled = ''")
    with op.batch_alter_table("person_merge") as table:
        table.alter_column("filled", existing_type=sa.String(length=200), nullable=False)
        table.create_foreign_key(
            op.f("fk_person_merge_undone_by"), "app_user", ["undone_by"], ["id"]
        )


def _person_end() -> None:
    for earlier, code in _EARLIER_REASONS:
        op.execute(f"UPDATE person_end SET reason = '{code}' WHERE reason = '{earlier}'")  # noqa: S608  # words of this file
    with op.batch_alter_table("person_end") as table:
        table.add_column(sa.Column("undone_by", sa.Integer(), nullable=True))
        table.create_foreign_key(op.f("fk_person_end_reason"), "end_reason", ["reason"], ["code"])
        table.create_foreign_key(op.f("fk_person_end_undone_by"), "app_user", ["undone_by"], ["id"])


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
    op.create_index("ix_person_request_before", "person_request", ["field", "before"], unique=False)
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
