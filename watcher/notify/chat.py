"""Chat services that answer HTTP 200 even when they refuse a message: the answer's own code decides.

The library's plugins take 200 for success, so that a wrong token or keyword would lose alerts without a word.
Here its plugins only read the address; sending and checking is ours.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from watcher.errors import NotifyError
from watcher.news import Message
from watcher.notify.call import Call
from watcher.notify.dialects import DINGTALK, FEISHU, WECOM
from watcher.notify.fit import fit_body, fit_marked, heading_of, in_bytes, in_json, whole_title
from watcher.notify.post import Channel, answered, post
from watcher.render.card import leads_to

ENDPOINTS = {
    "dingtalk": "https://oapi.dingtalk.com/robot/send",
    "feishu": "https://open.feishu.cn/open-apis/bot/v2/hook/{token}",
    "lark": "https://open.larksuite.com/open-apis/bot/v2/hook/{token}",
    "wecombot": "https://qyapi.weixin.qq.com/cgi-bin/webhook/send",
    "schan": "https://sctapi.ftqq.com/{token}.send",
}

# Limits of the services' own documentation, in bytes of UTF-8. 钉钉 and 飞书 count the whole request (20,000): this is
# less what stands around the text. Bark's is that of Apple's push service, less the rest.
DINGTALK_BYTES = 18_500
FEISHU_BYTES = 18_000
WECOM_BYTES = 4096
SERVERCHAN_BYTES = 30_000
SERVERCHAN_TITLE = 32  # characters
BARK_BYTES = 3000

# Codes that the services document as final: a wrong token or signature, a robot that was stopped.
# Every other code is retried, since giving up on an unknown one could lose an alert.
FINAL_CODES = {
    "dingtalk": frozenset({300001, 300005, 310000, 400101, 400102, 400105, 400106}),
    "feishu": frozenset({19001, 19021, 19022, 19036}),
    "lark": frozenset({19001, 19021, 19022, 19036}),
    "wecombot": frozenset({40008, 40058, 93000, 93004, 93008}),
    "schan": frozenset({40001}),
    "bark": frozenset({400}),
    "pushdeer": frozenset({80501}),
}
# Of what one message says, and not of the robot: words or links that are not allowed, its length, or a keyword that it
# lacks. Documented as final too.
CONTENT_CODES = {
    "dingtalk": frozenset({430101, 430102, 430103, 430104}),
    "feishu": frozenset({19024, 230025, 230028, 230099}),
    "lark": frozenset({19024, 230025, 230028, 230099}),
    "wecombot": frozenset({44004, 45002}),
}
# 钉钉 has one code for a keyword that a message lacks, for a wrong signature, and for an address that is not allowed.
DINGTALK_SECURITY = 310000


# Of the head of a card of 飞书.
COLOURS = {
    "new": "green", "restored": "green", "source_recovered": "green", "changed": "orange", "wording": "orange",
    "deadline": "red", "source_trouble": "red", "withdrawn": "grey",
    "delivery_trouble": "red", "delivery_recovered": "green",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Verdict:
    """Where a service's answer holds its code, the code for success, and its words."""

    code: str
    success: int
    words: str


async def _send(channel: Channel, service: str, call: Call, verdict: Verdict) -> None:
    answer = answered(service, await post(channel, service, call))
    code = answer.get(verdict.code)
    if code == verdict.success and not isinstance(code, bool):
        return
    words = " ".join(str(answer.get(verdict.words) or "").split())[:160]
    content = code in CONTENT_CODES.get(service, ()) or (code == DINGTALK_SECURITY and "keyword" in words)
    raise NotifyError(
        f"{service}: refused with code {code}: {words}", permanent=code in FINAL_CODES[service], content=content
    )


def _signature(secret: str, timestamp: str, *, keyed: bool) -> str:
    """Sign as DingTalk does (secret as key), or as Feishu does (all of it as key, nothing as text)."""
    text = f"{timestamp}\n{secret}".encode()
    key, content = (secret.encode(), text) if keyed else (text, b"")
    return base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode()


async def send_dingtalk(channel: Channel, message: Message) -> None:
    plugin = channel.plugin
    params = {"access_token": plugin.token}
    if plugin.secret:
        timestamp = str(int(time.time() * 1000))
        params |= {"timestamp": timestamp, "sign": _signature(plugin.secret, timestamp, keyed=True)}
    text = fit_marked(message, DINGTALK, DINGTALK_BYTES, in_json)
    body: dict[str, object] = {"msgtype": "markdown", "markdown": {"title": message.title, "text": text}}
    if plugin.targets:
        body["at"] = {"atMobiles": list(plugin.targets)}
    call = Call(ENDPOINTS["dingtalk"], body=body, params=params, verify=plugin.verify_certificate)
    await _send(channel, "dingtalk", call, Verdict("errcode", 0, "errmsg"))


async def send_feishu(channel: Channel, message: Message) -> None:
    """Feishu and Lark, one protocol on two hosts; `?secret=` of the address turns the signature on.

    A card: the only kind of message of theirs that shows Markdown.
    """
    plugin, to = channel.plugin, channel.to
    service = "lark" if to.lower().startswith("lark") else "feishu"
    body: dict[str, object] = {"msg_type": "interactive", "card": feishu_card(message)}
    if secret := parse_qs(urlsplit(to).query).get("secret", [""])[0]:
        timestamp = str(int(time.time()))
        body |= {"timestamp": timestamp, "sign": _signature(secret, timestamp, keyed=False)}
    call = Call(ENDPOINTS[service].format(token=plugin.token), body=body, verify=plugin.verify_certificate)
    await _send(channel, service, call, Verdict("code", 0, "msg"))


def feishu_card(message: Message) -> dict[str, object]:
    """A card with the headline as its head, in the colour of the alert's kind."""
    colour = COLOURS.get(str(message.event.get("kind")), "blue")
    text = fit_marked(message, FEISHU, FEISHU_BYTES, in_json, headed=False)
    return {
        "header": {"title": {"tag": "plain_text", "content": heading_of(message)}, "template": colour},
        "elements": [{"tag": "markdown", "content": text}],
    }


async def send_wecom(channel: Channel, message: Message) -> None:
    plugin = channel.plugin
    body = {"msgtype": "markdown", "markdown": {"content": fit_marked(message, WECOM, WECOM_BYTES)}}
    call = Call(ENDPOINTS["wecombot"], body=body, params={"key": plugin.key}, verify=plugin.verify_certificate)
    await _send(channel, "wecombot", call, Verdict("errcode", 0, "errmsg"))


async def send_serverchan(channel: Channel, message: Message) -> None:
    plugin = channel.plugin
    title, text = message.title[:SERVERCHAN_TITLE], message.markdown
    if in_bytes(text) > SERVERCHAN_BYTES:
        text = fit_body(message, SERVERCHAN_BYTES)
    elif text.startswith("#") and heading_of(message) in title:
        text = text.partition("\n")[2].lstrip()
    form = {"title": title, "desp": text}
    call = Call(ENDPOINTS["schan"].format(token=plugin.token), form=form, verify=plugin.verify_certificate)
    await _send(channel, "schan", call, Verdict("code", 0, "message"))


async def send_bark(channel: Channel, message: Message) -> None:
    plugin = channel.plugin
    options = {name: getattr(plugin, name) for name in ("sound", "level", "group", "icon") if getattr(plugin, name)}
    url = plugin.click or leads_to(message.event)
    body = {
        "device_key": plugin.targets[0],
        "title": whole_title(message),
        "body": fit_body(message, BARK_BYTES),
        **({"url": url} if url else {}),
        **options,
    }
    auth = (plugin.user, plugin.password or "") if plugin.user else None
    call = Call(plugin.notify_url, body=body, auth=auth, verify=plugin.verify_certificate)
    await _send(channel, "bark", call, Verdict("code", 200, "message"))


async def send_pushdeer(channel: Channel, message: Message) -> None:
    plugin = channel.plugin
    scheme, port = ("https", 443) if plugin.secure else ("http", 80)
    host = plugin.host or "api2.pushdeer.com"
    form = {"pushkey": plugin.push_key, "type": "markdown", "text": message.title, "desp": message.markdown}
    url = f"{scheme}://{host}:{plugin.port or port}/message/push"
    call = Call(url, form=form, verify=plugin.verify_certificate)
    await _send(channel, "pushdeer", call, Verdict("code", 0, "error"))


SENDERS: dict[str, Callable[[Channel, Message], Awaitable[None]]] = {
    "dingtalk": send_dingtalk,
    "feishu": send_feishu,
    "lark": send_feishu,
    "wecombot": send_wecom,
    "schan": send_serverchan,
    "bark": send_bark,
    "barks": send_bark,
    "pushdeer": send_pushdeer,
    "pushdeers": send_pushdeer,
}
