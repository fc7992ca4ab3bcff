"""The API answers what its description says, whatever it is asked."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import httpx
import jsonschema
import pytest
import schemathesis
from schemathesis import Case
from starlette.types import ASGIApp

from tests.web import examples
from tests.web.examples import ALL, HOSTILE, earlier, edited, hostile, near_miss, published, whole
from watcher.query import parse_query
from watcher.store import Store
from watcher.web.access import Access
from watcher.web.api.description import description
from watcher.web.application import application
from watcher.web.seals import Seals
from watcher.web.site import Site

SCHEMA = schemathesis.openapi.from_dict(description("http://127.0.0.1:8080"))
SCHEMA.config.generation.update(max_examples=15)


@SCHEMA.hook
def map_query(_context: object, query: Any) -> Any:
    """A search needs a word, which no pattern of JSON Schema says in short."""
    words = query.get("query") if isinstance(query, dict) else None
    if isinstance(words, str) and words.strip() == words != "" and not is_search(words):
        return {**query, "query": "企业"}
    return query


def is_search(text: str) -> bool:
    try:
        return bool(parse_query(text))
    except ValueError:
        return False


def fill(store: Store) -> Store:
    before = whole()
    published(store, before, 1, at=earlier(3), told=ALL)
    edited(store, before, whole(before.text.replace("300万元", "500万元"), "最高奖补500万元"), at=earlier(2))
    published(store, whole(title="乙"), 2, source="province", at=earlier(1))
    published(store, near_miss(), 3)
    for number, word in enumerate(HOSTILE, 10):
        published(store, hostile(word), number)
    return store


@pytest.fixture
def filled(store: Store) -> Store:
    return fill(store)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ASGIApp]:
    """A filled site that stays for all that is asked of it."""
    folder = tmp_path_factory.mktemp("api")
    store = Store.open(f"sqlite:///{folder}/watcher.db")
    store.sync_sources(examples.SOURCES, examples.NOW)
    store.sync_subscriptions(examples.SUBSCRIPTIONS, examples.NOW)
    fill(store)
    yield application(Site(store, examples.settings(folder), lambda: examples.NOW, Access(), Seals(b"k" * 32)))
    store.close()


@SCHEMA.parametrize()
def test_every_answer_is_as_described(case: Case[Any], app: ASGIApp) -> None:
    case.call_and_validate(app=app, base_url="http://127.0.0.1:8080")


async def objects(web: httpx.AsyncClient, path: str) -> Any:
    answer = await web.get(path)
    assert answer.status_code == 200, answer.text
    return answer.json()


PATHS = [
    "/api/v1/announcements",
    "/api/v1/announcements?near_misses=1",
    "/api/v1/announcements/1",
    "/api/v1/announcements/1?revision=1",
    "/api/v1/figures?kind=money",
    "/api/v1/sources",
    "/api/v1/deliveries?status=waiting",
    "/api/v1/compare?a=1&b=2",
    "/api/v1/series?issuer=某市生态环境局",
]


@pytest.mark.parametrize("path", PATHS)
async def test_what_is_stored_is_answered_as_described(web: httpx.AsyncClient, filled: Store, path: str) -> None:
    assert filled
    described = description("http://127.0.0.1")
    route = path.partition("?")[0].replace("announcements/1", "announcements/{id}")
    schema = described["paths"][route]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    found = await objects(web, path)
    jsonschema.validate(found, {**schema, "components": described["components"]})
    assert found.get("items", [found])


async def test_a_list_goes_on_with_its_cursor(web: httpx.AsyncClient, filled: Store) -> None:
    assert filled
    seen: list[int] = []
    path = "/api/v1/announcements?limit=2"
    while path:
        found = await objects(web, path)
        seen += [one["id"] for one in found["items"]]
        path = f"/api/v1/announcements?limit=2&after={found['next']}" if found["next"] else ""
    assert sorted(seen) == sorted(one["id"] for one in (await objects(web, "/api/v1/announcements"))["items"])
    assert len(seen) == len(set(seen))


async def test_deliveries_go_on_and_show_no_secret(web: httpx.AsyncClient, filled: Store) -> None:
    assert filled
    first = await objects(web, "/api/v1/deliveries?limit=1")
    second = await objects(web, f"/api/v1/deliveries?limit=1&after={first['next']}")
    assert second["next"] is None
    assert {one["subscription"] for part in (first, second) for one in part["items"]} == {"ops", "ding"}
    for path in PATHS:
        text = (await web.get(path)).text
        assert not any(secret in text for secret in ("topsecret", "SECRETSECRET", "TOKENTOKEN", "team@example"))


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/v1/announcements/99", 404),
        ("/api/v1/announcements/x", 400),
        ("/api/v1/announcements?limit=101", 400),
        ("/api/v1/announcements?limit=0", 400),
        ("/api/v1/announcements?city=370700", 400),
        ("/api/v1/sources?limit=1", 400),
        ("/api/v1/figures?kind=x", 400),
        ("/api/v1/deliveries?status=x", 400),
        ("/api/v1/compare?a=1", 400),
        ("/api/v1/compare?a=1&b=99", 404),
        ("/api/v1/series", 400),
        ("/api/v1/nothing", 404),
    ],
)
async def test_a_mistake_is_a_problem(web: httpx.AsyncClient, filled: Store, path: str, status: int) -> None:
    assert filled
    answer = await web.get(path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == status


@pytest.mark.parametrize("path", PATHS)
async def test_a_parameter_that_an_address_does_not_have_is_named(
    web: httpx.AsyncClient, filled: Store, path: str
) -> None:
    assert filled
    answer = await web.get(f"{path}{'&' if '?' in path else '?'}regoin=370000")
    assert answer.status_code == 400
    assert answer.json()["detail"].startswith("regoin: expected ")


async def test_nothing_is_written_by_the_api(web: httpx.AsyncClient) -> None:
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        assert (await web.request(method, "/api/v1/announcements")).status_code == 405


async def test_who_has_it_already_is_told_so(web: httpx.AsyncClient, filled: Store) -> None:
    assert filled
    tag = (await web.get("/api/v1/announcements")).headers["etag"]
    assert (await web.get("/api/v1/announcements", headers={"If-None-Match": tag})).status_code == 304


async def test_the_description_is_served(web: httpx.AsyncClient) -> None:
    served = await objects(web, "/api/openapi.json")
    assert served == json.loads(json.dumps(description("http://127.0.0.1:8080")))
