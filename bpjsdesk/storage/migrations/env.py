"""Alembic's door: run on the connection, and inside the transaction, that the caller holds."""

from alembic import context

if context.is_offline_mode():
    context.configure(dialect_name=context.config.get_main_option("dialect"), literal_binds=True)
else:
    context.configure(
        connection=context.config.attributes["connection"],
        target_metadata=context.config.attributes.get("target_metadata"),
        render_as_batch=True,
        transactional_ddl=True,
        compare_server_default=False,
    )

with context.begin_transaction():
    context.run_migrations()
