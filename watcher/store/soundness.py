"""Whether what the database holds is sound: what the database itself can say, and what only watcher knows must hold.

Each look gives a line for each thing that is wrong, and what to do about it; nothing is changed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Any, Final

from sqlalchemy import select, text
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DatabaseError

from watcher.model import AnnouncementType
from watcher.query import Query, tag
from watcher.records.soundness import Flaw
from watcher.store import trigrams
from watcher.store.contents import tables_of
from watcher.store.engine import Database
from watcher.store.postgres import is_postgres, was_lost
from watcher.store.search import index_of
from watcher.store.upgrade import differences

_BACKUP: Final = "stop the service, move the database away, take a backup back: `watcher db restore FILE`"
_ANEW: Final = "`watcher db copy --to URL` into an empty database makes it anew"
_NAMED: Final = 5  # ids that a line names


def flaws(database: Database) -> Iterator[Flaw]:
    """All that is wrong, of one state of the database; where its storage is damaged, that alone."""
    with database.read() as session:
        for name in LOOKS:
            found = _looked(session.connection(), name)
            yield from found
            if found and name == "storage":
                return


def _looked(connection: Connection, name: str) -> list[Flaw]:
    """What a look finds; where what is damaged or missing breaks it off, that too, and the next look goes on."""
    found = []
    try:
        with connection.begin_nested():
            for one in LOOKS[name](connection):
                found.append(one)  # one by one: what was found before stays
    except DatabaseError as error:
        found.append(Flaw(name, f"could not be looked at to the end: {_said(error)}", _BACKUP))
    return found


def _said(error: DatabaseError) -> str:
    """The driver's first line; raises the error where it is that the server is away."""
    if was_lost(error.orig):
        raise error
    return str(error.orig).splitlines()[0]


def _storage(connection: Connection) -> Iterator[Flaw]:
    return _postgres(connection) if is_postgres(connection) else _sqlite(connection)


def _sqlite(connection: Connection) -> Iterator[Flaw]:
    try:
        for said in connection.execute(text("PRAGMA integrity_check(20)")).scalars():
            if said != "ok":
                yield Flaw("storage", " ".join(str(said).split()), _ANEW if "index" in said else _BACKUP)
    except DatabaseError as error:  # what is damaged keeps it from being looked at
        yield Flaw("storage", str(error.orig), _BACKUP)


def _postgres(connection: Connection) -> Iterator[Flaw]:
    """What a server knows of itself, and what its extension amcheck finds where it is there."""
    here = "relnamespace = current_schema()::regnamespace"
    broken = f"SELECT relname FROM pg_index JOIN pg_class ON oid = indexrelid WHERE NOT indisvalid AND {here}"
    for name in connection.execute(text(broken)).scalars():
        yield Flaw("storage", f"the index {name} is not valid", f"as its owner: REINDEX INDEX {name}")
    loose = "SELECT conname, conrelid::regclass::text FROM pg_constraint WHERE NOT convalidated"
    for name, owner in connection.execute(text(loose)):
        advice = f"as its owner: ALTER TABLE {owner} VALIDATE CONSTRAINT {name}"
        yield Flaw("storage", f"the constraint {name} was never checked", advice)
    failed = "SELECT checksum_failures FROM pg_stat_database WHERE datname = current_database()"
    if count := connection.execute(text(failed)).scalar():
        yield Flaw("storage", f"{count} pages failed their checksums", "look at the server's disk; take a backup back")
    damaged = dict(_damaged_tables(connection))
    for name, said in damaged.items():
        yield Flaw("storage", f"the table {name} is damaged: {said}", _BACKUP)
    if schema := _amcheck(connection):
        yield from _damaged_indexes(connection, schema, damaged)


def _damaged_tables(connection: Connection) -> Iterator[tuple[str, str]]:
    """Tables of which a page cannot be read, and what the server says of it."""
    quote = connection.dialect.identifier_preparer.quote
    for table in tables_of(connection):
        try:
            with connection.begin_nested():  # of whole rows, so that no index answers for the table
                connection.execute(text(f"SELECT count(one) FROM {quote(table.name)} AS one"))
        except DatabaseError as error:
            yield table.name, _said(error)


# Where the functions of amcheck are, if there are any that this user may call.
_AMCHECK: Final = """
SELECT quote_ident(nspname) FROM pg_proc p JOIN pg_namespace n ON n.oid = pronamespace
WHERE proname = 'bt_index_check' AND pronargs = 2 AND has_function_privilege(p.oid, 'EXECUTE') LIMIT 1
"""
_TREES: Final = """
SELECT c.oid, c.relname, o.relname FROM pg_index i JOIN pg_class c ON c.oid = indexrelid
JOIN pg_class o ON o.oid = indrelid JOIN pg_am ON pg_am.oid = c.relam
WHERE amname = 'btree' AND indisvalid AND c.relnamespace = current_schema()::regnamespace AND c.relpersistence = 'p'
ORDER BY c.relname
"""


def unseen(database: Database) -> str | None:
    """What `flaws` cannot look at in this database, and how it could; None where it looks at all."""
    if not database.is_postgres:
        return None
    with database.read() as session:
        if _amcheck(session.connection()):
            return None
    return (
        "the insides of B-trees: as a superuser, in this database: CREATE EXTENSION amcheck; "
        "GRANT EXECUTE ON FUNCTION bt_index_check(regclass, boolean) TO this user"
    )


def _amcheck(connection: Connection) -> str | None:
    found: str | None = connection.execute(text(_AMCHECK)).scalar()
    return found


def _damaged_indexes(connection: Connection, schema: str, damaged: Collection[str]) -> Iterator[Flaw]:
    """Indexes whose pages are not in order, or that lack a row of their table; but not those of damaged tables."""
    for oid, name, table in connection.execute(text(_TREES)).all():
        if table in damaged:
            continue
        try:
            with connection.begin_nested():
                connection.execute(text(f"SELECT {schema}.bt_index_check(:index, true)"), {"index": oid})
        except DatabaseError as error:
            yield Flaw("storage", f"the index {name} is damaged: {_said(error)}", f"as its owner: REINDEX INDEX {name}")


def _schema(connection: Connection) -> Iterator[Flaw]:
    for said in differences(connection):
        yield Flaw("schema", f"differs from what this version makes: {said}", _ANEW)


def _references(connection: Connection) -> Iterator[Flaw]:
    """Rows that refer to one that is not there."""
    for child in tables_of(connection):
        for key in sorted(child.foreign_keys, key=lambda one: one.parent.name):
            parent = key.column.table.alias()
            there = select(1).select_from(parent).where(parent.c[key.column.name] == key.parent).exists()
            lost = select(key.parent).where(key.parent.is_not(None), ~there).distinct().limit(_NAMED + 1)
            if ids := connection.execute(lost).scalars().all():
                where = f"{child.name}.{key.parent.name}"
                yield Flaw("references", f"{where} names {_listed(ids)}, which {key.column.table.name} lacks", _BACKUP)


# Numbers 1 to N, N being the current one: their number is unique for each announcement.
_REVISIONS: Final = """
SELECT a.id FROM announcements a LEFT JOIN revisions r ON r.announcement_id = a.id GROUP BY a.id, a.revision
HAVING count(r.id) <> a.revision OR min(r.number) <> 1 OR max(r.number) <> a.revision ORDER BY a.id LIMIT :most
"""
_PLACES: Final = """
SELECT a.id FROM announcements a WHERE NOT EXISTS (SELECT 1 FROM places p WHERE p.announcement_id = a.id)
ORDER BY a.id LIMIT :most
"""


def _revisions(connection: Connection) -> Iterator[Flaw]:
    yield from _asked(connection, _REVISIONS, "revisions", "texts are missing or too many of announcements {}", _BACKUP)
    yield from _asked(connection, _PLACES, "revisions", "announcements {} were found nowhere", _BACKUP)


_RETRY: Final = "`watcher deliveries retry ID` sends one again"
# By what they are found wrong: the ids, the line, what to do.
_OUTBOX: Final = (
    (
        "SELECT id FROM deliveries WHERE (status = 'sent') <> (sent_at IS NOT NULL) ORDER BY id LIMIT :most",
        "deliveries {} are not what they say: sent without a moment, or the other way round",
        _BACKUP,
    ),
    (
        "SELECT min(id) FROM deliveries WHERE key IS NOT NULL GROUP BY key HAVING count(DISTINCT subscription_id) > 1"
        " ORDER BY 1 LIMIT :most",
        "the messages of deliveries {} have a key that another subscription's have too",
        _BACKUP,
    ),
    (
        "SELECT d.id FROM deliveries d JOIN events e ON e.id = d.event_id WHERE d.status = 'waiting'"
        " AND e.announcement_id IS NOT NULL AND e.revision IS NOT NULL AND NOT EXISTS (SELECT 1 FROM revisions r"
        " WHERE r.announcement_id = e.announcement_id AND r.number = e.revision) ORDER BY d.id LIMIT :most",
        "deliveries {} wait to tell of a text that is not there",
        _BACKUP,
    ),
)


def _outbox(connection: Connection) -> Iterator[Flaw]:
    for query, line, advice in _OUTBOX:
        yield from _asked(connection, query, "outbox", line, advice)


def _search(connection: Connection) -> Iterator[Flaw]:
    """By the tag of its type each announcement is found in the index, and nothing else is.

    Migrations make the index in SQL, so that no model says what of it must be there.
    """
    if not connection.dialect.has_table(connection, "search"):
        yield Flaw("search", "there is no index", _ANEW)
        return
    if is_postgres(connection) and not connection.dialect.has_index(connection, "search", "search_terms"):
        yield Flaw("search", "lacks the index search_terms: searches are slow", f"as its owner: {trigrams.INDEX}")
    there: dict[str, set[int]] = {}
    for entry, kind in connection.execute(text("SELECT id, type FROM announcements")):
        there.setdefault(kind, set()).add(entry)
    index = index_of(connection)
    for kind in AnnouncementType:
        found = {entry for part in index.newest(Query(()), [[tag(kind)]]) for entry in part}
        wanted = there.get(kind, set())
        for ids, wrong in ((wanted - found, "is not in the index"), (found - wanted, "is in the index and is none")):
            if ids:
                yield Flaw("search", f"{kind} {wrong}: {_listed(sorted(ids))}", _ANEW)


def _asked(connection: Connection, query: str, subject: str, line: str, advice: str) -> Iterator[Flaw]:
    """A line with the ids that a query finds, where it finds some."""
    if ids := connection.execute(text(query), {"most": _NAMED + 1}).scalars().all():
        yield Flaw(subject, line.format(_listed(ids)), advice)


def _listed(ids: Sequence[Any]) -> str:
    return ", ".join(map(str, ids[:_NAMED])) + (" …" if len(ids) > _NAMED else "")


# What is looked at, in this order.
LOOKS: Final[dict[str, Callable[[Connection], Iterator[Flaw]]]] = {
    "storage": _storage,
    "schema": _schema,
    "references": _references,
    "revisions": _revisions,
    "outbox": _outbox,
    "search": _search,
}
