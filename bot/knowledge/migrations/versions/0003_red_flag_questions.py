"""The question that confirms a red flag, and the flags that an urgent one may rise to."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("red_flags") as table:
        table.add_column(sa.Column("ask", sa.Text, nullable=False, server_default=""))
        table.add_column(sa.Column("raised_by", sa.JSON, nullable=False, server_default="[]"))


def downgrade() -> None:
    with op.batch_alter_table("red_flags") as table:
        table.drop_column("raised_by")
        table.drop_column("ask")
