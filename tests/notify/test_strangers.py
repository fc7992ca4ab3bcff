"""Addresses that strangers gave lead to the public internet or nowhere; the operator's lead where he says."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from tests.notify.conftest import Service
from watcher.errors import NotifyError
from watcher.fetch.trouble import Trouble
from watcher.news import Message
from watcher.notify import send
from watcher.notify.call import Call
from watcher.notify.post import MAX_ANSWER_BYTES
from watcher.notify.ways import Ways


async def refusal(to: str, message: Message) -> NotifyError:
    with pytest.raises(NotifyError) as caught:
        await send(to, message, public_only=True)
    assert "geheim" not in str(caught.value)
    return caught.value


async def test_the_operator_may_name_a_service_in_his_own_network(service: Service, message: Message) -> None:
    await send(f"json://{service.host}/hook", message)
    assert len(service.requests) == 1


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "2130706433", "0x7f.1"])
@pytest.mark.parametrize("scheme", ["json", "bark", "pushdeer"])
async def test_a_stranger_may_not(scheme: str, host: str, service: Service, message: Message) -> None:
    port = urlsplit(service.url).port
    error = await refusal(f"{scheme}://{host}:{port}/geheim", message)
    assert error.permanent
    assert service.requests == []


@pytest.mark.parametrize(
    "to",
    ["jsons://169.254.169.254/geheim", "json://metadata.google.internal/geheim", "json://10.0.0.8/?verify=no&x=geheim"],
)
async def test_nor_the_services_of_a_cloud(to: str, message: Message) -> None:
    assert (await refusal(to, message)).permanent


@pytest.mark.parametrize(
    "to",
    [
        "mailto://me:geheim@127.0.0.1?from=a@example.org&to=b@example.org",
        "form://127.0.0.1/geheim",
        "ntfy://127.0.0.1/geheim",
        "xml://127.0.0.1/geheim",
    ],
)
async def test_nor_may_he_name_what_is_sent_without_the_guard(to: str, message: Message) -> None:
    assert (await refusal(to, message)).permanent


async def test_a_name_that_nobody_knows_is_tried_again(message: Message) -> None:
    error = await refusal("json://no-such-host.invalid/geheim", message)
    assert (error.permanent, str(error)) == (False, "webhook: cannot be reached (dns)")


@pytest.mark.parametrize("addresses", [["127.0.0.1"], ["8.8.8.8", "10.0.0.8"], ["::ffff:127.0.0.1"]], ids=str)
async def test_what_the_name_leads_to_is_checked_at_the_connection(addresses: list[str], service: Service) -> None:
    async def resolve(_host: str, _port: int) -> list[str]:
        return addresses

    call = Call(f"http://hooks.example.org:{urlsplit(service.url).port}/", text="{}")
    with pytest.raises(Trouble, match="no public address"):
        await Ways(resolve).ask(call, MAX_ANSWER_BYTES, public_only=True)
    assert service.requests == []


async def test_a_proxy_of_the_environment_does_not_take_the_guards_place(
    service: Service, message: Message, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", service.url)
    await refusal("json://no-such-host.invalid/geheim", message)
    assert service.requests == []


async def test_an_answer_that_cannot_be_unpacked_does_not_make_a_message_go_twice(
    service: Service, message: Message
) -> None:
    service.headers["Content-Encoding"] = "gzip"
    await send(f"json://{service.host}/hook", message)
    assert len(service.requests) == 1
