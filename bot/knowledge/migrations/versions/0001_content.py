"""The curated content."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "content_meta",
        sa.Column("key", sa.String(40), primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )
    op.create_table(
        "sources",
        sa.Column("id", sa.String(80), primary_key=True),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("publisher", sa.Text),
        sa.Column("year", sa.Integer),
        sa.Column("url", sa.Text),
        sa.Column("checked", sa.String(20), nullable=False),
    )
    op.create_table(
        "articles",
        sa.Column("id", sa.String(80), primary_key=True),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("short", sa.Text, nullable=False),
        sa.Column("evidence", sa.String(20), nullable=False),
        sa.Column("checked_on", sa.Date, nullable=False),
        sa.Column("table", sa.JSON),
        sa.Column("see_also", sa.JSON, nullable=False),
        sa.Column("exercises", sa.JSON, nullable=False),
    )
    op.create_table(
        "sections",
        sa.Column("article_id", sa.String(80), sa.ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("key", sa.String(20), primary_key=True),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("general_advice", sa.Boolean, nullable=False),
    )
    op.create_table(
        "article_sources",
        sa.Column("article_id", sa.String(80), sa.ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("section", sa.String(20), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("source_id", sa.String(80), sa.ForeignKey("sources.id"), nullable=False),
    )
    op.create_table(
        "exercises",
        sa.Column("id", sa.String(80), primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("position", sa.Text, nullable=False),
        sa.Column("targets", sa.Text, nullable=False),
        sa.Column("aka", sa.JSON, nullable=False),
        sa.Column("steps", sa.JSON, nullable=False),
        sa.Column("dose", sa.JSON, nullable=False),
        sa.Column("cautions", sa.JSON, nullable=False),
        sa.Column("easier", sa.Text),
        sa.Column("harder", sa.Text),
        sa.Column("sources", sa.JSON, nullable=False),
        sa.Column("general_advice", sa.Boolean, nullable=False),
        sa.Column("checked_on", sa.Date, nullable=False),
        sa.Column("image", sa.Text),
        sa.Column("image_alt", sa.Text),
    )
    op.create_table(
        "red_flags",
        sa.Column("id", sa.String(80), primary_key=True),
        sa.Column("condition", sa.Text, nullable=False),
        sa.Column("urgency", sa.String(20), nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("tell", sa.JSON, nullable=False),
        sa.Column("questions", sa.JSON, nullable=False),
        sa.Column("verification", sa.Text, nullable=False),
        sa.Column("sources", sa.JSON, nullable=False),
        sa.Column("screen_order", sa.Integer, nullable=False),
        sa.Column("ask_first", sa.Boolean, nullable=False),
        sa.Column("line", sa.String(20), nullable=False),
        sa.Column("direct", sa.JSON, nullable=False),
        sa.Column("concepts", sa.JSON, nullable=False),
    )
    op.create_table(
        "help_lines",
        sa.Column("region", sa.String(8), primary_key=True),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("emergency", sa.JSON, nullable=False),
        sa.Column("same_day", sa.JSON),
        sa.Column("crisis", sa.JSON),
        sa.Column("poison", sa.JSON),
    )


def downgrade() -> None:
    for table in (
        "help_lines",
        "red_flags",
        "exercises",
        "article_sources",
        "sections",
        "articles",
        "sources",
        "content_meta",
    ):
        op.drop_table(table)
