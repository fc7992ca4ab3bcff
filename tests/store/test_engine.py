from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import text
from sqlalchemy.engine import make_url

from tests.store.examples import NOW, source, subscription
from watcher.errors import StoreError
from watcher.store import Store
from watcher.store.engine import VERSIONS, Database, make_engine
from watcher.store.upgrade import configuration

COUNT_UP = """
import sys
from sqlalchemy import text
from watcher.store.engine import Database
database = Database.open(sys.argv[1])
for _ in range(int(sys.argv[2])):
    with database.write() as session:
        seen = session.connection().execute(text("SELECT count FROM counter")).scalar_one()
        session.connection().execute(text("UPDATE counter SET count = :next"), {"next": seen + 1})
"""


def test_a_new_database_is_readable_by_its_owner_only(tmp_path: Path) -> None:
    store = Store.open(f"sqlite:///{tmp_path}/deep/state/watcher.db")
    store.sync_sources([source()], NOW)
    modes = {path.name: path.stat().st_mode & 0o777 for path in (tmp_path / "deep/state").iterdir()}
    store.close()
    assert modes["watcher.db"] == 0o600
    assert set(modes.values()) == {0o600}


def test_finding_an_absent_database_creates_nothing(tmp_path: Path) -> None:
    assert Store.find(f"sqlite:///{tmp_path}/state/watcher.db") is None
    assert not list(tmp_path.iterdir())


def test_models_and_migrations_agree(address: str, store: Store) -> None:
    engine = make_engine(make_url(address))
    with engine.begin() as connection:
        command.check(configuration(connection))  # raises where they differ
    engine.dispose()
    assert store.sources()


def test_the_known_versions_are_those_of_the_migrations() -> None:
    scripts = ScriptDirectory.from_config(configuration())
    assert tuple(script.revision for script in reversed(list(scripts.walk_revisions()))) == VERSIONS


def test_a_newer_database_is_refused_and_left_alone(address: str, store: Store) -> None:
    store.close()
    engine = make_engine(make_url(address))
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match=r"schema 9999, this watcher knows \d+ at most.*--database-url"):
        Store.open(address)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one() == "9999"
    engine.dispose()


def test_what_is_no_database_is_refused_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "watcher.db"
    path.write_text("not a database, but long enough to be taken for one\n" * 100)
    with pytest.raises(StoreError, match=r"database .*watcher.db: file is not a database; move it away") as caught:
        Store.open(f"sqlite:///{path}")
    assert "\n" not in str(caught.value)


def test_a_state_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file where the folder should be")
    with pytest.raises(StoreError, match=r"database .*state: File exists; name a place"):
        Store.open(f"sqlite:///{tmp_path}/state/watcher.db")


def test_no_error_shows_a_parameter(store: Store) -> None:
    with pytest.raises(StoreError) as caught, store._database.write() as session:
        session.connection().execute(
            text("INSERT INTO subscriptions (id, \"to\") VALUES ('ops', :to)"), {"to": "json://secret-token"}
        )
    assert "secret-token" not in str(caught.value) + repr(caught.value.__cause__)


def test_several_processes_that_start_at_once_make_one_database(address: str) -> None:
    code = "import sys; from watcher.store import Store; Store.open(sys.argv[1]).close()"
    started = [subprocess.Popen([sys.executable, "-c", code, address]) for _ in range(3)]
    assert [process.wait(60) for process in started] == [0, 0, 0]
    Store.open(address).close()


def test_three_processes_that_read_and_write_lose_nothing(address: str, store: Store) -> None:
    database = Database.open(address)
    with database.write() as session:
        session.connection().execute(text("CREATE TABLE counter AS SELECT 0 AS count"))
    started = [subprocess.Popen([sys.executable, "-c", COUNT_UP, address, "150"]) for _ in range(3)]
    assert [process.wait(120) for process in started] == [0, 0, 0]
    with database.read() as session:
        assert session.connection().execute(text("SELECT count FROM counter")).scalar_one() == 450
    database.close()
    assert store.sources()


def test_threads_share_one_store(store: Store) -> None:
    def add(number: int) -> None:
        store.add_subscription(subscription(f"thread-{number}"), NOW)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(add, range(40)))
    assert len(store.subscriptions()) == 41


def test_an_up_to_date_database_is_opened_without_alembic(address: str, store: Store) -> None:
    code = (
        "import sys; from watcher.store import Store; Store.open(sys.argv[1]).sources(); "
        "sys.exit('alembic' in sys.modules)"
    )
    assert store.sources()
    assert subprocess.run([sys.executable, "-c", code, address], check=False).returncode == 0
