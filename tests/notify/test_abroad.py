"""Telegram and Slack, played on loopback: what they get, and what they say of it."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from apprise.plugins.telegram import NotifyTelegram

from tests.notify.conftest import Service
from watcher.errors import NotifyError
from watcher.news import Message
from watcher.notify import abroad, send

HOOK = "slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ"
BOT = "slack://xoxb-1234-1234-abc124/measures"


@pytest.fixture
def telegram(service: Service, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(NotifyTelegram, "notify_url", f"{service.url}/bot")
    service.says({"ok": True, "result": {}})
    return "tgram://123456789:abcdefg_hijklmnop/12315544/"


@pytest.fixture
def slack(service: Service, monkeypatch: pytest.MonkeyPatch) -> Service:
    monkeypatch.setitem(abroad.SLACK_HOOKS, "hook", f"{service.url}/services")
    monkeypatch.setattr(abroad, "SLACK_API", f"{service.url}/api/chat.postMessage")
    return service


async def test_telegram_gets_its_own_html(telegram: str, service: Service, message: Message) -> None:
    await send(
        telegram, replace(message, markdown="### 标题\n\n\\<b\\>不是标记 5 < 6\n\n[原文](https://gov.example/a?b&c)")
    )

    [request] = service.requests
    assert request.path == "/bot123456789:abcdefg_hijklmnop/sendMessage"
    assert request.json == {
        "chat_id": 12315544,
        "text": '<b>标题</b>\n\n&lt;b&gt;不是标记 5 &lt; 6\n\n<a href="https://gov.example/a?b&amp;c">原文</a>',
        "parse_mode": "HTML",
        "disable_notification": False,
        "link_preview_options": {"is_disabled": True},
    }


async def test_telegram_takes_4096_characters_and_counts_some_twice(
    telegram: str, service: Service, message: Message
) -> None:
    await send(
        telegram,
        replace(message, markdown="### 标题\n\n" + "𠀀𠀀𠀀𠀀𠀀𠀀。" * 400 + "\n\n[原文](https://gov.example/a)"),
    )

    text = service.requests[-1].json["text"]
    assert 4050 < len(text.encode("utf-16-le")) // 2 <= 4096
    assert text.endswith('。…\n\n…\n\n<a href="https://gov.example/a">原文</a>')


@pytest.mark.parametrize(
    ("answer", "status", "permanent"),
    [
        ({"ok": False, "error_code": 401, "description": "Unauthorized"}, 401, True),
        ({"ok": False, "error_code": 403, "description": "Forbidden: bot was blocked by the user"}, 403, True),
        ({"ok": False, "error_code": 404, "description": "Not Found"}, 404, True),
        ({"ok": False, "error_code": 400, "description": "Bad Request: chat not found"}, 400, True),
        ({"ok": False, "error_code": 502, "description": "Bad Gateway"}, 502, False),
        ({"error": "a gateway says so of /bot123456789:abcdefg_hijklmnop/"}, 404, False),
        ({"ok": False, "error_code": 404, "description": "a proxy's own"}, 403, False),
        ({"ok": False, "error_code": 429, "description": "Too Many Requests: retry after 5"}, 429, False),
        ({"ok": False, "description": "a proxy says so"}, 200, False),
        ([], 200, False),
    ],
)
async def test_telegram_that_refuses(
    telegram: str, service: Service, message: Message, answer: object, status: int, permanent: bool
) -> None:
    service.says(answer, status)

    with pytest.raises(NotifyError, match="telegram") as caught:
        await send(telegram, message)

    assert caught.value.permanent is permanent
    assert "abcdefg" not in str(caught.value)
    if isinstance(answer, dict) and answer.get("error_code") == status:  # what Telegram says itself is shown
        assert str(caught.value) == f"telegram: HTTP {status}: {answer['description']}"


@pytest.mark.parametrize(
    ("said", "content"),
    [
        ("Bad Request: message is too long", True),
        ("Bad Request: can't parse entities", True),
        ("Bad Request: chat not found", False),
        ("Bad Request: not enough rights to send text messages", False),
    ],
)
async def test_a_400_of_telegram_says_whether_the_message_or_the_chat_is_meant(
    telegram: str, service: Service, message: Message, said: str, content: bool
) -> None:
    service.says({"ok": False, "error_code": 400, "description": said}, 400)

    with pytest.raises(NotifyError) as caught:
        await send(telegram, message)

    assert (caught.value.permanent, caught.value.content) == (True, content)


async def test_a_gateway_before_telegram_ends_nothing(telegram: str, service: Service, message: Message) -> None:
    service.answer, service.status = b"<html>404 /bot123456789:abcdefg_hijklmnop/</html>", 404

    with pytest.raises(NotifyError) as caught:
        await send(telegram, message)

    assert (str(caught.value), caught.value.permanent) == ("telegram: HTTP 404", False)


async def test_a_bot_without_a_chat_has_nobody_to_write_to(service: Service, message: Message) -> None:
    with pytest.raises(NotifyError, match="names a chat") as caught:
        await send("tgram://123456789:abcdefg_hijklmnop/", message)

    assert caught.value.permanent
    assert service.requests == []


async def test_slack_gets_its_own_marks_and_calls_nobody(slack: Service, message: Message) -> None:
    slack.answer = b"ok"
    hostile = "### 标题\n\n- <!channel> \\*x\\* **5条** 与 & [原文](https://gov.example/a)"

    await send(HOOK, replace(message, markdown=hostile))

    [request] = slack.requests
    assert request.path == "/services/T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ"
    assert request.json == {
        "text": "*标题*\n\n• &lt;!channel&gt; ＊x＊ *5条* 与 &amp; <https://gov.example/a|原文>",
        "mrkdwn": True,
        "link_names": False,
        "unfurl_links": False,
        "unfurl_media": False,
    }


async def test_slack_as_a_bot_names_its_channel(slack: Service, message: Message) -> None:
    slack.says({"ok": True})

    await send(BOT, message)

    [request] = slack.requests
    assert (request.path, request.json["channel"]) == ("/api/chat.postMessage", "#measures")
    assert request.headers["authorization"] == "Bearer xoxb-1234-1234-abc124"


@pytest.mark.parametrize(
    ("to", "answer", "permanent"),
    [
        (HOOK, b"no_text", False),
        (HOOK, b"", False),
        (BOT, json.dumps({"ok": False, "error": "invalid_auth"}).encode(), True),
        (BOT, json.dumps({"ok": False, "error": "channel_not_found"}).encode(), True),
        (BOT, json.dumps({"ok": False, "error": "ratelimited"}).encode(), False),
        (BOT, b"ok", False),
    ],
)
async def test_slack_that_refuses_with_200(
    slack: Service, message: Message, to: str, answer: bytes, permanent: bool
) -> None:
    slack.answer = answer

    with pytest.raises(NotifyError, match="slack") as caught:
        await send(to, message)

    assert caught.value.permanent is permanent
    assert "TIiajkdnlazkcOXrIdevi7FQ" not in str(caught.value)


@pytest.mark.parametrize(
    ("status", "answer", "shown", "permanent"),
    [
        (410, "channel_is_archived", ": channel_is_archived", True),
        (404, "no_service\n", ": no_service", True),
        (404, "channel_not_found", ": channel_not_found", True),
        (403, "invalid_token", ": invalid_token", True),
        (403, "action_prohibited", ": action_prohibited", True),
        (403, "<html>/services/T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ</html>", "", False),
        (404, "", "", False),
        (410, "", "", True),
        (500, "channel_is_archived", ": channel_is_archived", False),
        (500, "rollup_error", "", False),
    ],
)
async def test_a_hook_that_is_gone(
    slack: Service, message: Message, status: int, answer: str, shown: str, permanent: bool
) -> None:
    slack.answer, slack.status = answer.encode(), status

    with pytest.raises(NotifyError) as caught:
        await send(HOOK, message)

    assert (str(caught.value), caught.value.permanent) == (f"slack: HTTP {status}{shown}", permanent)
