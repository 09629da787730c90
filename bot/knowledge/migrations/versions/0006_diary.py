"""The walking diary, pass-phrases, and the keys of other devices."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def _conversation(**more: bool) -> sa.Column:
    of = sa.ForeignKey("conversations.id", ondelete="CASCADE")
    return sa.Column("conversation_id", sa.String(40), of, nullable=False, **more)


def upgrade() -> None:
    op.create_table(
        "diary_entries",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        _conversation(),
        sa.Column("id", sa.String(44), nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("minutes", sa.Integer),
        sa.Column("pain", sa.Integer),
        sa.Column("later", sa.Integer),
        sa.Column("note", sa.String(80), nullable=False),
        sa.UniqueConstraint("conversation_id", "id", name="uq_diary_entries_id"),
    )
    op.create_table(
        "diary_before",
        _conversation(primary_key=True),
        sa.Column("message_id", sa.String(80), nullable=False),
        sa.Column("entries", sa.JSON, nullable=False),
    )
    op.create_table(
        "phrases",
        _conversation(primary_key=True),
        sa.Column("locator", sa.String(64), nullable=False, unique=True),
        sa.Column("phrase_hash", sa.String(200), nullable=False),
    )
    op.create_table(
        "more_keys",
        sa.Column("token_hash", sa.String(128), primary_key=True),
        _conversation(),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_more_keys_conversation_id", "more_keys", ["conversation_id"])


def downgrade() -> None:
    for table in ("more_keys", "phrases", "diary_before", "diary_entries"):
        op.drop_table(table)
