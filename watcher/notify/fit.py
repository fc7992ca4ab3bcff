"""Cut what is too long for a channel, at whole lines, and never the link or an item of a digest without saying so."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from watcher.news import Message

Measure = Callable[[str], int]


def in_bytes(text: str) -> int:
    return len(text.encode("utf-8", "replace"))


def chat_text(message: Message) -> str:
    """Return title and text as one; a headline that the title repeats stands once."""
    head, _, rest = message.text.partition("\n")
    body = rest if head and head in message.title else message.text
    return f"{message.title}\n{body}".strip()


def fit(message: Message, limit: int, measure: Measure = in_bytes) -> str:
    """Return the message as plain text of at most `limit`, counted by `measure`.

    A digest that is too long becomes a list of its headlines and links; one announcement loses lines at its end,
    but keeps its link.
    """
    text = chat_text(message)
    if measure(text) <= limit:
        return text
    items = message.event.get("items")
    if isinstance(items, list) and items:
        return _headlines(message.title, [item for item in items if isinstance(item, Mapping)], limit, measure)
    url = str(message.event.get("url") or "")
    tail = f"\n…\n{url}" if url and measure(url) < limit // 2 else "\n…"
    return _whole_lines(text, limit - measure(tail), measure) + tail


def _headlines(title: str, items: list[Mapping[str, object]], limit: int, measure: Measure) -> str:
    entries = [f"\n· {item.get('title') or ''}\n  {item.get('url') or ''}" for item in items]
    text = title
    for number, entry in enumerate(entries):
        rest = f"\n… +{len(entries) - number}"  # what a reader would otherwise not know to be missing
        room = limit - (measure(rest) if number < len(entries) - 1 else 0)
        if measure(text + entry) > room:
            return text + rest
        text += entry
    return text


def _whole_lines(text: str, limit: int, measure: Measure) -> str:
    kept = ""
    for line in text.splitlines():
        longer = f"{kept}\n{line}" if kept else line
        if measure(longer) > limit:
            break
        kept = longer
    return kept or _cut(text, limit, measure)


def _cut(text: str, limit: int, measure: Measure) -> str:
    """Return the longest beginning of `text` within `limit`, by bisection: measuring is linear."""
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if measure(text[:middle]) <= limit else (low, middle - 1)
    return text[:low]
