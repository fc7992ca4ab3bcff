"""An address -> the channel library's plugin; refused in words that say what to do and never hold the address."""

from __future__ import annotations

import difflib
import logging
from importlib import import_module
from typing import Any, Final

import apprise
from apprise.exception import AppriseException
from apprise.manager_plugins import NotificationManager

from watcher.errors import NotifyError
from watcher.notify.naming import RedactingFilter, channel_name

# At DEBUG these libraries log whole addresses, tokens included.
for _name in ("apprise", "urllib3", "requests"):
    logging.getLogger(_name).setLevel(logging.INFO)
logging.getLogger("apprise").addFilter(RedactingFilter())

ADVICE = "docs/subscriptions.md shows one of each kind"

# Where the library keeps the services that we send to ourselves; any other it finds by loading all 130 (0.15 s).
_PLUGINS: Final = {
    "json": "custom_json.NotifyJSON",
    "jsons": "custom_json.NotifyJSON",
    "mailto": "email.NotifyEmail",
    "mailtos": "email.NotifyEmail",
    "dingtalk": "dingtalk.NotifyDingTalk",
    "feishu": "feishu.NotifyFeishu",
    "lark": "lark.NotifyLark",
    "wecombot": "wecombot.NotifyWeComBot",
    "schan": "serverchan.NotifyServerChan",
    "bark": "bark.NotifyBark",
    "barks": "bark.NotifyBark",
    "tgram": "telegram.NotifyTelegram",
    "slack": "slack.NotifySlack",
    "ntfy": "ntfy.NotifyNtfy",
    "ntfys": "ntfy.NotifyNtfy",
    "pushdeer": "pushdeer.NotifyPushDeer",
    "pushdeers": "pushdeer.NotifyPushDeer",
}


def asset() -> Any:
    """Return the library's settings: nothing kept on disk, no redirects, no threads of its own, our name."""
    return apprise.AppriseAsset(
        app_id="watcher",
        app_desc="watcher",
        app_url="",
        storage_mode="memory",
        http_redirects=False,
        service_timeout=0,  # with one it would wait in one of its six threads; `other` has its own
    )


def open_channel(to: str) -> Any:
    """Return the library's plugin for an address.

    Raises:
        NotifyError: permanent; the address is of no known kind, lacks something, or names several recipients.
    """
    try:
        plugin = _made(to)
        recipients = 0 if plugin is None else len(plugin)
    except (AppriseException, TypeError, ValueError, AttributeError) as exc:
        raise NotifyError(f"{channel_name(to)}: the address is not complete; {ADVICE}", permanent=True) from exc
    if plugin is None:
        raise NotifyError(_unusable(to), permanent=True)
    _check_recipients(plugin, channel_name(to), recipients)
    return plugin


def _made(to: str) -> Any | None:
    """What the library makes of an address; None where it makes nothing of it."""
    module, _, name = _PLUGINS.get(scheme_of(to), "").rpartition(".")
    if not module:
        return apprise.Apprise.instantiate(to, asset=asset(), suppress_exceptions=False)
    service = getattr(import_module(f"apprise.plugins.{module}"), name)
    # As `instantiate` does it: a # before a channel's name is no fragment.
    parts = service.parse_url(to.replace("/#", "/%23"))
    return service(**parts, asset=asset(), tag=set()) if parts else None


def bare_host(host: str) -> str:
    """A host without the brackets in which the library leaves an IPv6 address; sockets take it without."""
    return host.removeprefix("[").removesuffix("]")


def scheme_of(to: str) -> str:
    """The kind of channel that an address names: what stands before ://."""
    return to.partition("://")[0].strip().lower()


def _unusable(to: str) -> str:
    scheme, separator, _ = to.partition("://")
    if not separator:  # perhaps a bare token: not to be repeated
        return f"expected an address such as mailtos://… or json://… ({ADVICE})"
    scheme = scheme.strip().lower()
    known: list[str] = NotificationManager().schemas()  # type: ignore[no-untyped-call]
    if scheme in known:
        return f"{channel_name(to)}: the address is not complete; {ADVICE}"
    near = difflib.get_close_matches(scheme[:20], known, n=1)
    suggestion = f"; did you mean {near[0]}://?" if near else ""
    return f"no channel is called '{scheme[:20]}'{suggestion} ({ADVICE})"


def _check_recipients(plugin: Any, channel: str, recipients: int) -> None:
    """Refuse several recipients: when one of them fails, a retry would tell the others twice."""
    is_mail = channel == "mail"
    if (is_mail or channel == "bark") and not plugin.targets:
        raise NotifyError(f"{channel}: expected a recipient, such as ?to=name@example.org; {ADVICE}", permanent=True)
    several = recipients > 1 and channel != "dingtalk"  # there they are only the people to mention
    if several or (is_mail and (plugin.cc or plugin.bcc)):
        advice = "expected one recipient; write a subscription for each"
        raise NotifyError(f"{channel}: {advice}", permanent=True)
    if channel == "bark" and plugin.encryption_key:
        raise NotifyError("bark: encrypted pushes are not supported; leave out ?key=", permanent=True)
