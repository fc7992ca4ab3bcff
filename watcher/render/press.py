"""Alerts rendered; of one that many readers are told, what they all see is made once."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Collection, Hashable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final, TypeVar

from watcher.news import Message
from watcher.render.card import Event, Setting
from watcher.render.forms import OURS, Templates
from watcher.render.message import Shared, View, message_of, setting_of, shared_of, view_of
from watcher.settings import Language

T = TypeVar("T")

# Alerts that are being told to one reader after the other, and of each what differs by why its readers get it.
KEPT: Final = 64
KEPT_EACH: Final = 16


@dataclass(slots=True)
class _Made:
    """`fields`: each part of the event as it was when it was told last, with its JSON."""

    shared: Shared
    fields: dict[str, tuple[object, str]] = field(default_factory=dict)
    texts: OrderedDict[Hashable, str] = field(default_factory=OrderedDict)

    def encoded(self, event: Event) -> dict[str, str]:
        """The JSON of each part of an event; made anew where it is not the very object that was told last."""
        found = {}
        for name, value in event.items():
            known = self.fields.get(name)
            if known is None or known[0] is not value:
                known = self.fields[name] = (value, json.dumps(value, ensure_ascii=False))
            found[name] = known[1]
        return found


class Press:
    """For one thread at a time."""

    def __init__(self, timezone: str, templates: Templates = OURS) -> None:
        self._timezone, self._templates = timezone, templates
        self._made: OrderedDict[Hashable, _Made] = OrderedDict()

    def message(
        self,
        event: Event,
        *,
        same: Hashable | None,
        language: Language,
        key: str,
        reason: str | None,
        now: datetime,
        forms: Collection[str],
    ) -> Message:
        """As `render_event`.

        Args:
            same: equal for events whose cards are; None where nothing is known to be.
        Raises:
            TemplateError: one of the operator's templates failed.
        """
        setting = setting_of(language, self._timezone, now)
        made = self._found(event, setting, same)
        view = view_of(event, made.shared, setting, reason)
        message = message_of(event, view, {form: self._text(form, view, made) for form in forms}, key)
        return message if same is None else replace(message, encoded=made.encoded(message.event))

    def _found(self, event: Event, setting: Setting, same: Hashable | None) -> _Made:
        if same is None:
            return _Made(shared_of(event, setting))
        key = (same, setting.words.language, setting.today)
        found = self._made.get(key)
        if found is None:
            found = _Made(shared_of(event, setting))
            _keep(self._made, key, found, KEPT)
        return found

    def _text(self, form: str, view: View, made: _Made) -> str:
        # Where a reader ends his alerts is his own address, and only the mail's HTML of ours shows it.
        own = view.unsubscribe_url if form == "html" or self._templates is not OURS else None
        key = (form, view.reason, view.unreadable, own)
        found = made.texts.get(key)
        if found is None:
            found = self._templates.render(form, view)
            _keep(made.texts, key, found, KEPT_EACH)
        return found


def _keep(kept: OrderedDict[Hashable, T], key: Hashable, value: T, most: int) -> None:
    kept[key] = value
    if len(kept) > most:
        kept.popitem(last=False)
