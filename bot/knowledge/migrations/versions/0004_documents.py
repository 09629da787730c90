"""Content as documents; content is loaded anew from its files, so nothing is carried over. A row to try writing on."""

import importlib

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

BEFORE = ("help_lines", "red_flags", "exercises", "article_sources", "sections", "articles", "sources")


def upgrade() -> None:
    for table in BEFORE:
        op.drop_table(table)
    op.execute("DELETE FROM content_meta")
    op.create_table(
        "documents",
        sa.Column("kind", sa.String(20), primary_key=True),
        sa.Column("id", sa.String(120), primary_key=True),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_table(
        "write_probe",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("count", sa.Integer, nullable=False),
    )
    op.execute("INSERT INTO write_probe (id, count) VALUES (1, 0)")


def downgrade() -> None:
    for table in ("write_probe", "documents", "content_meta"):
        op.drop_table(table)
    for earlier in ("0001_content", "0003_red_flag_questions"):
        importlib.import_module(f"bot.knowledge.migrations.versions.{earlier}").upgrade()
