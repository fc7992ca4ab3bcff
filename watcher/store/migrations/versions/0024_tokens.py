"""A token that ends a subscription, and when one ended"""

import secrets

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

SUBSCRIPTIONS = sa.table("subscriptions", sa.column("id"), sa.column("token"))


def upgrade() -> None:
    op.add_column("subscriptions", sa.Column("token", sqlmodel.sql.sqltypes.AutoString(), nullable=True))
    op.add_column("subscriptions", sa.Column("ended_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
    connection = op.get_bind()
    for (name,) in connection.execute(sa.select(SUBSCRIPTIONS.c.id)).all():
        of_it = SUBSCRIPTIONS.update().where(SUBSCRIPTIONS.c.id == name)
        connection.execute(of_it.values(token=secrets.token_urlsafe(32)))
    op.create_index("ix_subscriptions_token", "subscriptions", ["token"], unique=True)
