"""Telegram and Slack, in their own marks. The library's plugins only read the address.

Its plugin for Slack takes `<!channel>` in a page's words for ours, and calls everybody; that for Telegram splits a long
message inside its marks.
"""

from __future__ import annotations

import re
from typing import Any, Final

from watcher.errors import NotifyError
from watcher.news import Message
from watcher.notify.call import Call
from watcher.notify.dialects import SLACK, TELEGRAM
from watcher.notify.fit import fit_marked, in_utf16
from watcher.notify.other import send_other
from watcher.notify.post import Channel, StatusError, answered, post

TELEGRAM_CHARACTERS = 4096
# Longer ones are cut in two by Slack, inside their marks.
SLACK_CHARACTERS = 3900

SLACK_HOOKS = {"hook": "https://hooks.slack.com/services", "gov-hook": "https://hooks.slack-gov.com/services"}
SLACK_API = "https://slack.com/api/chat.postMessage"
# What Slack's documentation calls a wrong token, channel or right; every other refusal is tried again.
SLACK_FINAL = frozenset(
    {"invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired", "missing_scope"}
    | {"channel_not_found", "not_in_channel", "is_archived", "restricted_action", "no_permission"}
)
# What a hook answers in plain text with 403 or 404 when it, its channel or its team is gone (api.slack.com, "Sending
# messages using incoming webhooks", errors); its 400 and 410 are final anyway.
SLACK_HOOK_FINAL = frozenset(
    {"no_service", "no_service_id", "no_team", "team_disabled", "invalid_token"}
    | {"channel_is_archived", "channel_not_found", "action_prohibited", "posting_to_general_channel_denied"}
)
# A wrong token, a chat that the bot was thrown out of or blocked in, a token that is none (core.telegram.org/bots/api).
TELEGRAM_FINAL = frozenset({401, 403, 404})
GONE = frozenset({403, 404})
# What Slack says of a message; its hooks say so by a status.
SLACK_CONTENT = frozenset({"msg_too_long", "no_text"})
# By which words Telegram's 400 says that the chat is meant, or a right in it, and not the message.
_OF_THE_CHAT: Final = re.compile(r"\b(?:chat|peer|group|rights|thread|topic)", re.I)


async def send_telegram(channel: Channel, message: Message) -> None:
    plugin = channel.plugin
    if not plugin.targets:
        raise NotifyError("telegram: the address names a chat: tgram://BOT_TOKEN/CHAT_ID", permanent=True)
    chat, topic = plugin.targets[0]
    body = {
        "chat_id": chat,
        "text": fit_marked(message, TELEGRAM, TELEGRAM_CHARACTERS, in_utf16),
        "parse_mode": "HTML",
        "disable_notification": bool(plugin.silent),
        "link_preview_options": {"is_disabled": not plugin.preview},
        **({"message_thread_id": topic} if topic else {}),
    }
    call = Call(f"{plugin.notify_url}{plugin.bot_token}/sendMessage", body=body, verify=plugin.verify_certificate)
    try:
        answer = answered("telegram", await post(channel, "telegram", call))
    except StatusError as refusal:
        said = _telegram_said(refusal)
        if said is None:
            raise
        content = refusal.content and _OF_THE_CHAT.search(said) is None
        raise refusal.explained(said, final=refusal.status in TELEGRAM_FINAL, content=content) from refusal
    if answer.get("ok") is not True:
        raise NotifyError(f"telegram: refused: {_words(answer.get('description'))}")


def _telegram_said(refusal: StatusError) -> str | None:
    """Why Telegram itself refuses; None where a gateway does, whose page has no `error_code`."""
    try:
        answer = answered("telegram", refusal.answer)
    except NotifyError:
        return None
    own = answer.get("ok") is False and answer.get("error_code") == refusal.status
    return _words(answer.get("description")) if own else None


async def send_slack(channel: Channel, message: Message) -> None:
    """A web hook, or a bot with its token; the hooks of workflows, which have fields of their own, by the library."""
    plugin = channel.plugin
    if plugin.mode in SLACK_HOOKS:
        await _to_hook(channel, message)
    elif plugin.mode == "bot":
        await _as_bot(channel, message)
    else:
        await send_other(channel, message)


async def _to_hook(channel: Channel, message: Message) -> None:
    plugin = channel.plugin
    url = f"{SLACK_HOOKS[plugin.mode]}/{plugin.token_a}/{plugin.token_b}/{plugin.token_c}"
    call = Call(url, body=_slack_body(plugin, message), verify=plugin.verify_certificate)
    try:
        answer = await post(channel, "slack", call)
    except StatusError as refusal:
        said = refusal.answer.strip().decode("ascii", "replace")
        if said not in SLACK_HOOK_FINAL:
            raise
        raise refusal.explained(said, final=refusal.status in GONE, content=False) from refusal
    if answer.strip() != b"ok":
        raise NotifyError(f"slack: refused: {_words(answer.decode('utf-8', 'replace'))}", unsure=True)


async def _as_bot(channel: Channel, message: Message) -> None:
    plugin = channel.plugin
    headers = {"Authorization": f"Bearer {plugin.access_token}"}
    body = _slack_body(plugin, message)
    call = Call(SLACK_API, body=body, headers=headers, verify=plugin.verify_certificate)
    answer = answered("slack", await post(channel, "slack", call))
    if answer.get("ok") is not True:
        error = _words(answer.get("error"))
        raise NotifyError(f"slack: refused: {error}", permanent=error in SLACK_FINAL, content=error in SLACK_CONTENT)


def _slack_body(plugin: Any, message: Message) -> dict[str, Any]:
    """Nothing in it names people or channels, nor unfolds a page."""
    text = fit_marked(message, SLACK, SLACK_CHARACTERS, len)
    place = str(plugin.channels[0] or "")  # a hook has one of its own
    channel = place.removeprefix("+") if place[:1] in "+@#" else f"#{place}"
    body = {"text": text, "mrkdwn": True, "link_names": False, "unfurl_links": False, "unfurl_media": False}
    return {**body, "channel": channel} if place else body


def _words(said: object) -> str:
    return " ".join(str(said or "").split())[:160]
