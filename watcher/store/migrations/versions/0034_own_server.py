"""Who subscribed on the page is stored with his address alone, no more with the mail server and its password"""

import re

import sqlalchemy as sa
from alembic import op

from watcher.recipients import by_own_server, mailbox

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

# The names that the page gives its subscriptions; all were made with the server of `settings.mail`.
_OF_THE_PAGE = re.compile(r"web-[0-9a-f]{16}")


def upgrade() -> None:
    rows = sa.table("subscriptions", sa.column("id"), sa.column("to"), sa.column("origin"))
    connection = op.get_bind()
    made = sa.select(rows.c.id, rows.c.to).where(rows.c.origin == "cli", rows.c.id.like("web-%"))
    for name, to in connection.execute(made).all():
        reader = mailbox(to)
        if reader is not None and _OF_THE_PAGE.fullmatch(name):
            connection.execute(sa.update(rows).where(rows.c.id == name).values(to=by_own_server(reader)))
