"""Alembic runs this for every command: on the connection, and inside the transaction, that the caller hands in."""

from alembic import context

from bot.knowledge.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, transactional_ddl=False)
context.run_migrations()
