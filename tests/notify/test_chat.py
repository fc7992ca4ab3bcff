"""Chat services on loopback: what they are sent, and that HTTP 200 with an error inside is a failure."""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import replace

import pytest

from tests.notify.conftest import Service
from watcher.errors import NotifyError
from watcher.news import Message
from watcher.notify import chat, send

FEISHU_TOKEN = "11112222-aaaa-bbbb-cccc-333344445555"
ADDRESSES = {
    "dingtalk": "dingtalk://SECtop@tokentoken/",
    "feishu": f"feishu://{FEISHU_TOKEN}",
    "lark": f"lark://{FEISHU_TOKEN}",
    "wecombot": "wecombot://693a91f6-7xxx-4bc4-97a0-0ec2sifa5aaa",
    "schan": "schan://SCT1234Tabcdef",
}


@pytest.fixture(autouse=True)
def _aimed_at_loopback(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, endpoint in chat.ENDPOINTS.items():
        path = "/" + endpoint.split("/", 3)[3]
        monkeypatch.setitem(chat.ENDPOINTS, name, f"{service.url}{path}")


def bark(service: Service) -> str:
    return f"bark://{service.host}/devicekey?sound=bell"


ACCEPTED = {
    "dingtalk": {"errcode": 0, "errmsg": "ok"},
    "feishu": {"code": 0, "msg": "success"},
    "lark": {"code": 0, "msg": "success"},
    "wecombot": {"errcode": 0, "errmsg": "ok"},
    "schan": {"code": 0, "message": ""},
    "bark": {"code": 200, "message": "success"},
    "pushdeer": {"code": 0, "content": {}},
}
REFUSED = [
    ("dingtalk", {"errcode": 310000, "errmsg": "keywords not in content"}, True),
    ("dingtalk", {"errcode": 130101, "errmsg": "send too fast"}, False),
    ("feishu", {"code": 19021, "msg": "sign match fail or timestamp is not within one hour"}, True),
    ("feishu", {"code": 11232, "msg": "frequency limited"}, False),
    ("lark", {"code": 19001, "msg": "param invalid: incoming webhook access token invalid"}, True),
    ("wecombot", {"errcode": 93000, "errmsg": "invalid webhook url"}, True),
    ("wecombot", {"errcode": 45009, "errmsg": "api freq out of limit"}, False),
    ("schan", {"code": 40001, "message": "bad pushkey"}, True),
    ("bark", {"code": 400, "message": "failed to get device token"}, True),
    ("pushdeer", {"code": 80501, "error": "key does not exist"}, True),
    ("dingtalk", {"unknown": 1}, False),
]


def address(name: str, service: Service) -> str:
    own = {"bark": bark(service), "pushdeer": f"pushdeer://{service.host}/pushkey"}
    return own.get(name) or ADDRESSES[name]


@pytest.mark.parametrize("name", ACCEPTED)
async def test_an_accepted_message_is_sent_once(name: str, service: Service, message: Message) -> None:
    service.says(ACCEPTED[name])

    await send(address(name, service), message)

    [request] = service.requests
    assert "由30个工作日压减到20个工作日" in (
        request.body.decode() if name not in {"schan", "pushdeer"} else request.form["desp"]
    )


@pytest.mark.parametrize(("name", "answer", "permanent"), REFUSED)
async def test_an_error_inside_http_200_is_a_failure(
    name: str, answer: dict[str, object], permanent: bool, service: Service, message: Message
) -> None:
    service.says(answer)

    with pytest.raises(NotifyError) as caught:
        await send(address(name, service), message)

    assert caught.value.permanent is permanent


@pytest.mark.parametrize(
    ("name", "answer", "content"),
    [
        ("dingtalk", {"errcode": 430102, "errmsg": "不合适的文本"}, True),
        ("dingtalk", {"errcode": 310000, "errmsg": "keywords not in content"}, True),
        ("dingtalk", {"errcode": 310000, "errmsg": "sign not match"}, False),
        ("dingtalk", {"errcode": 400102, "errmsg": "the robot was stopped"}, False),
        ("feishu", {"code": 19024, "msg": "Key Words Not Found"}, True),
        ("feishu", {"code": 19021, "msg": "sign match fail"}, False),
        ("wecombot", {"errcode": 45002, "errmsg": "content size out of limit"}, True),
        ("wecombot", {"errcode": 93000, "errmsg": "invalid webhook url"}, False),
    ],
)
async def test_a_final_refusal_says_whether_the_content_is_meant(
    name: str, answer: dict[str, object], content: bool, service: Service, message: Message
) -> None:
    service.says(answer)

    with pytest.raises(NotifyError) as caught:
        await send(address(name, service), message)

    assert (caught.value.permanent, caught.value.content) == (True, content)


@pytest.mark.parametrize("answer", [b"<html>ok</html>", b"[]", b"", b"null", b'{"errcode": false}'])
async def test_an_answer_that_says_nothing_is_tried_again(answer: bytes, service: Service, message: Message) -> None:
    service.answer = answer

    with pytest.raises(NotifyError) as caught:
        await send(ADDRESSES["dingtalk"], message)

    assert not caught.value.permanent


@pytest.mark.parametrize(("status", "permanent"), [(500, False), (429, False), (404, False), (400, True), (302, True)])
async def test_http_errors_say_whether_to_retry(
    status: int, permanent: bool, service: Service, message: Message
) -> None:
    service.says({"errcode": 0}, status)
    service.headers["Location"] = service.url + "/elsewhere"

    with pytest.raises(NotifyError, match=str(status)) as caught:
        await send(ADDRESSES["dingtalk"], message)

    assert caught.value.permanent is permanent
    assert len(service.requests) == 1
    assert "tokentoken" not in str(caught.value)


async def test_dingtalk_is_signed_and_gets_markdown(service: Service, message: Message) -> None:
    service.says(ACCEPTED["dingtalk"])

    await send(ADDRESSES["dingtalk"], message)

    [request] = service.requests
    timestamp, sign = request.query["timestamp"][0], request.query["sign"][0]
    digest = hmac.new(b"SECtop", f"{timestamp}\nSECtop".encode(), hashlib.sha256).digest()
    assert base64.b64decode(sign) == digest
    assert request.query["access_token"] == ["tokentoken"]
    assert request.json["markdown"] == {"title": message.title, "text": message.markdown}


async def test_feishu_gets_a_card_whose_head_is_the_headline(service: Service, message: Message) -> None:
    service.says(ACCEPTED["feishu"])

    await send(ADDRESSES["feishu"], message)

    [request] = service.requests
    assert request.json == {
        "msg_type": "interactive",
        "card": {
            "header": {"title": {"tag": "plain_text", "content": "海州市出台18条措施"}, "template": "green"},
            "elements": [{"tag": "markdown", "content": "- 首次申领办理时限：**由30个工作日压减到20个工作日**"}],
        },
    }


async def test_feishu_is_signed_where_the_address_has_a_secret(service: Service, message: Message) -> None:
    service.says(ACCEPTED["feishu"])

    await send(ADDRESSES["feishu"] + "?secret=geheim", message)

    [request] = service.requests
    key = f"{request.json['timestamp']}\ngeheim".encode()
    assert base64.b64decode(request.json["sign"]) == hmac.new(key, b"", hashlib.sha256).digest()
    assert request.path == f"/open-apis/bot/v2/hook/{FEISHU_TOKEN}"


async def test_wecom_gets_at_most_4096_bytes_with_the_link(service: Service, message: Message) -> None:
    service.says(ACCEPTED["wecombot"])
    lines = (f"- 第{number}条 支持项目建设" for number in range(200))
    long = replace(message, markdown="\n".join(("### 标题", "", *lines, "", "[查看原文](https://gov.example/a)")))

    await send(ADDRESSES["wecombot"], long)

    [request] = service.requests
    content = request.json["markdown"]["content"]
    assert 4000 < len(content.encode()) <= 4096
    assert content.startswith("### 标题\n\n· 第0条 支持项目建设\n")
    assert content.endswith("\n\n…\n\n[查看原文](https://gov.example/a)")


async def test_a_digest_that_is_too_long_becomes_headlines(service: Service, message: Message) -> None:
    service.says(ACCEPTED["wecombot"])
    items = [{"title": f"第{number}号公告", "url": f"https://gov.example/{number}"} for number in range(150)]
    digest = replace(message, markdown="很长" * 2000, event={"kind": "digest", "items": items})

    await send(ADDRESSES["wecombot"], digest)

    [request] = service.requests
    content = request.json["markdown"]["content"]
    shown = content.count("号公告")
    assert 4000 < len(content.encode()) <= 4096
    assert "· [第3号公告](https://gov.example/3)\n" in content
    assert content.endswith(f"…另有{150 - shown}条：watcher list")


async def test_bark_shows_a_headline_that_the_title_cut_once_and_whole(service: Service, message: Message) -> None:
    service.says(ACCEPTED["bark"])

    await send(bark(service), replace(message, title="【新措施】海州市出台1…"))

    [request] = service.requests
    assert request.json["title"] == "【新措施】海州市出台18条措施"
    assert request.json["body"].startswith("首次申领办理时限")


async def test_serverchan_shows_a_headline_once(service: Service, message: Message) -> None:
    service.says(ACCEPTED["schan"])

    await send(ADDRESSES["schan"], message)

    [request] = service.requests
    assert request.form["title"] == message.title
    assert request.form["desp"].startswith("- 首次申领办理时限")


async def test_bark_gets_its_options(service: Service, message: Message) -> None:
    service.says(ACCEPTED["bark"])

    await send(bark(service), message)

    [request] = service.requests
    assert request.path == "/push"
    assert request.json["title"] == message.title
    assert message.title not in request.json["body"]
    assert request.json["body"].startswith("首次申领办理时限")
    assert {name: request.json[name] for name in ("device_key", "sound", "url")} == {
        "device_key": "devicekey",
        "sound": "bell.caf",
        "url": "https://gov.example/a",
    }
