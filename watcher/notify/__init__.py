"""Hand one `Message` to one channel, or raise `NotifyError`.

An address (`to`) is an apprise URL and holds secrets: only `mask(to)` may be shown. The channel library is loaded when
the first address is opened, so that listing subscriptions costs nothing.
"""

from __future__ import annotations

from watcher.errors import NotifyError
from watcher.news import Message
from watcher.notify.naming import RedactingFilter, channel_name, mask

__all__ = ["RedactingFilter", "channel_name", "check_address", "mask", "send"]


def check_address(to: str) -> None:
    """Check that a channel can be made of `to`, without sending anything.

    Raises:
        NotifyError: permanent, with what to do.
    """
    from watcher.notify.address import open_channel

    open_channel(to)


async def send(to: str, message: Message, *, public_only: bool = False) -> None:
    """Send `message` to one address and return when the service has accepted it.

    Args:
        public_only: the address is a stranger's: what it names must be of the public internet, and be asked by us.
    Raises:
        NotifyError: it was not accepted; `permanent` where trying again cannot help.
    """
    from watcher.notify.abroad import send_slack, send_telegram
    from watcher.notify.address import open_channel, scheme_of
    from watcher.notify.chat import SENDERS
    from watcher.notify.mail import send_mail
    from watcher.notify.other import send_other
    from watcher.notify.post import Channel
    from watcher.notify.webhook import send_json

    abroad = {"tgram": send_telegram, "slack": send_slack}
    ours = {**SENDERS, **abroad, "json": send_json, "jsons": send_json}
    theirs = {"mailto": send_mail, "mailtos": send_mail}
    scheme = scheme_of(to)
    if public_only and scheme not in ours:
        raise NotifyError(f"{channel_name(to)}: only the operator may name such an address", permanent=True)
    sender = (ours | theirs).get(scheme, send_other)
    await sender(Channel(open_channel(to), to, public_only), message)
