"""An event of the service contract -> the `Message` that channels take: plain text, Markdown, HTML.

Beside the fields of the contract these are shown where an event has them: `type`, `measure_count`,
`document_number`, `deadlines` (`quote`, `date`), for a source what `standing` reads, for a digest `items` (events), for
mail `unsubscribe_url`, and `unreadable`: sources of the reader's (`title`, `since`) that cannot be read.
Everything that comes from a page is escaped by default in both marked-up forms.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from watcher.importance import group_of
from watcher.news import Message
from watcher.reasons import together
from watcher.render.alike import alike, merged
from watcher.render.card import LONGEST_TITLE, Card, Event, Setting, clean, mappings, web_address
from watcher.render.composing import card_of, cards_of, change_of, title_of
from watcher.render.forms import FORMS, OURS, Templates
from watcher.render.standing import moment
from watcher.render.wording import WORDINGS, Wording
from watcher.settings import Language

LONGEST_REASON = 400
Groups = tuple[tuple[str, tuple[Card, ...]], ...]


@dataclass(frozen=True, slots=True)
class Shared:
    """What all readers of one language are told alike; `groups` is empty but for a digest."""

    title: str
    card: Card
    groups: Groups


@dataclass(frozen=True, slots=True)
class View:
    """What the templates see; `groups` is empty but for a digest."""

    title: str
    card: Card
    groups: Groups
    reason: str | None
    unsubscribe_url: str | None
    unreadable: tuple[str, ...]  # sources, with since when
    list_url: str | None  # the page of all announcements in watcher
    words: Wording
    language: Language
    left_out: int = 0  # items of a digest for which a mail has no room

    @property
    def preheader(self) -> str:
        """What a mail program shows beside the subject: the first figures, or whom it is from."""
        card = self.card
        lines = card.figures or (self.groups[0][1][0].figures if self.groups else ())
        told = [f"{line.label}{self.words.colon}{line.text}" if line.label else line.text for line in lines[:3]]
        return " · ".join(told or card.byline)


def render_event(
    event: Event,
    *,
    language: Language = "zh",
    key: str,
    reason: str | None,
    timezone: str,
    now: datetime | None = None,
    forms: Collection[str] = FORMS,
    templates: Templates = OURS,
) -> Message:
    """Render one alert.

    Args:
        forms: those that are needed; the others stay empty.
        key: the delivery's key, the same over retries; it becomes the event's `delivery`.
        reason: why this reader gets it, as `match.matches` said.
        timezone: name of the zone in which moments are shown.
        now: from which the days until a deadline are counted; without it none are.
    Raises:
        TemplateError: one of the operator's `templates` failed.
    """
    setting = setting_of(language, timezone, now)
    view = view_of(event, shared_of(event, setting), setting, reason)
    return message_of(event, view, {form: templates.render(form, view) for form in forms}, key)


def setting_of(language: Language, timezone: str, now: datetime | None) -> Setting:
    today = now.astimezone(ZoneInfo(timezone)).date() if now else None
    return Setting(WORDINGS[language], timezone, today)


def message_of(event: Event, view: View, made: Mapping[str, str], key: str) -> Message:
    """The message whose forms are `made`."""
    return Message(
        title=view.title,
        text=made.get("txt", ""),
        markdown=made.get("md", ""),
        html=made.get("html", ""),
        event={**_worded(event, view.language), "delivery": key},
        key=key,
        language=view.language,
    )


def _worded(event: Event, language: Language) -> Event:
    """The event with the notes of its changes in `language`; they are stored in Chinese."""
    if language == "zh":
        return event
    words = WORDINGS[language]
    changes = [{**change, "note": change_of(change, words).text} for change in mappings(event.get("changes"))]
    parts = {"changes": changes, "items": [_worded(item, language) for item in mappings(event.get("items"))]}
    return {**event, **{name: part for name, part in parts.items() if name in event}}


def shared_of(event: Event, setting: Setting) -> Shared:
    words = setting.words
    card, cards = card_of(event, setting), cards_of(event, setting)
    is_digest = card.kind == "digest"
    if is_digest:
        card = replace(card, headline=_counted(cards, words))
    elif cards:
        card = alike(cards, words)
    groups = _groups(event, cards, words) if is_digest else ()
    return Shared(
        title=_digest_title(card, groups, len(cards), words) if is_digest else title_of(card, words),
        card=card,
        groups=groups,
    )


def view_of(event: Event, shared: Shared, setting: Setting, reason: str | None) -> View:
    """What one reader is told: `shared`, and what of his event is his own."""
    return View(
        title=shared.title,
        card=shared.card,
        groups=shared.groups,
        reason=clean(reason or _reason_of_items(event, setting.words.language), LONGEST_REASON) or None,
        unsubscribe_url=web_address(event.get("unsubscribe_url")),
        unreadable=tuple(_unreadable(one, setting) for one in mappings(event.get("unreadable"))),
        list_url=web_address(event.get("list_url")),
        words=setting.words,
        language=setting.words.language,
    )


def _reason_of_items(event: Event, language: Language) -> str:
    """What of his filter brought a reader the items of his digest, each of which has its own reason."""
    return together((clean(item.get("why")) for item in mappings(event.get("items"))), language)


def _unreadable(source: Event, setting: Setting) -> str:
    """某市局 工作动态（自 2026-03-02 09:00）."""
    words, since = setting.words, moment(source.get("since"), setting.timezone)
    name = clean(source.get("title") or source.get("source"), 60)
    return name + words.aside.format(text=f"{words.since} {since}") if since else name


def _digest_title(card: Card, groups: Groups, count: int, words: Wording) -> str:
    """【摘要】the most important item等3条: what a mail program or a telephone shows of it."""
    tag, first = words.tag.format(kind=card.tag), next((cards[0] for _, cards in groups if cards), None)
    if first is None:
        return tag + card.headline
    tail = words.and_others.format(n=count) if count > 1 else ""
    return tag + clean(first.headline, LONGEST_TITLE - len(tail)) + tail


def _counted(cards: list[Card], words: Wording) -> str:
    """What a digest is of: 2条新措施、1条有变动."""
    counts = Counter(card.kind for card in cards)
    return words.join.join(words.counted[kind].format(n=counts[kind]) for kind in words.counted if counts[kind])


def _groups(event: Event, cards: list[Card], words: Wording) -> Groups:
    """Group the items of a digest by region and type, as they are ordered; what was edited alike is one card.

    What the name of a group says, its cards do not repeat.
    """
    found: dict[str, list[Card]] = {}
    for item, card in zip(mappings(event.get("items")), cards, strict=True):
        region, kind = group_of(item)
        parts = list(filter(None, (clean(region, 40), words.types.get(kind, ""))))
        said = replace(card, byline=tuple(part for part in card.byline if part not in parts))
        found.setdefault(" · ".join(parts) or words.kinds.get(card.kind, card.tag), []).append(said)
    return tuple((name, tuple(merged(members, words))) for name, members in found.items())
