"""A message as it is sent: what is due to a reader and what is known beside it, rendered for his channel."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from watcher.completing import Event, completed
from watcher.errors import TemplateError
from watcher.news import Message
from watcher.notify.naming import forms_of
from watcher.records.deliveries import Batch
from watcher.render.forms import OURS, Templates
from watcher.render.press import Press
from watcher.settings import Options
from watcher.threads import on_cpu

log = logging.getLogger("watcher.deliver")


@dataclass(frozen=True, slots=True)
class Gathered:
    """What a message says beside its event.

    By announcement, how it stands; the key of the message that it follows; silent sources.
    """

    beside: Mapping[int, Event]
    follows: str | None
    unreadable: Sequence[dict[str, object]]


class Writer:
    """`templates`: the operator's, in the place of ours."""

    def __init__(self, options: Options, templates: Templates | None) -> None:
        self._options = options
        self._press = Press(options.timezone, templates or OURS)

    async def message(self, batch: Batch, gathered: Gathered, now: datetime) -> Message:
        """One announcement takes less than the way to a thread and back (0.2 ms); a digest may take long."""
        if "items" in batch.event:
            return await on_cpu(self._rendered, batch, gathered, now)
        return self._rendered(batch, gathered, now)

    def _rendered(self, batch: Batch, gathered: Gathered, now: datetime) -> Message:
        options, reader = self._options, batch.subscription
        event = completed(batch.event, gathered.beside, gathered.unreadable, options.public_url, batch.token)
        stands = json.dumps([event.get("status"), event.get("lifecycle")])
        render = partial(
            Press.message,
            event=event,
            same=batch.plain and (batch.plain.announcement, batch.plain.revision, stands),
            language=reader.language,
            key=batch.key,
            reason=batch.reason,
            now=now,
            forms=forms_of(reader.to),
        )
        try:
            message = render(self._press)
        except TemplateError as error:  # an alert in our form is better than none
            log.error("template subscription=%s fell back to the one of watcher: %s", reader.id, error)
            message = render(Press(options.timezone))
        return replace(message, subscription=reader.id, follows=gathered.follows)
