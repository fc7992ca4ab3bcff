"""The search index; a later version fills it"""

from alembic import op

from watcher.store.search import create

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create(op.get_bind())
