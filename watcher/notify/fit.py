"""Cut what is too long for a channel at the end of a line or sentence; never its link, nor an item of a digest unsaid.

Pure. A message is taken apart first (`marked`) and cut as words, so that no mark, escape or address of a service is.
"""

from __future__ import annotations

import itertools
import json
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from watcher.inert import inert
from watcher.news import Message
from watcher.notify.dialects import Dialect, write
from watcher.notify.marked import Block, Form, Span, blocks_of, shortened
from watcher.render.card import leads_to
from watcher.render.wording import WORDINGS

Measure = Callable[[str], int]

_SENTENCE: Final = re.compile(r"[。；！？!?;][”’」』）)]*")
# Of a text that has no sentence, and of the headline of an item.
_LONGEST_TITLE: Final = 120
# The lines that stay: one why it comes, one of sources. What else begins so was written by a page.
FEET: Final = 2
# How much of a headline a title that cuts it shows at least; less may be the same by chance.
_SHORTEST_PART: Final = 4
# Where the rest of a digest is found without a web page.
COMMAND: Final = "watcher list"


def in_bytes(text: str) -> int:
    return len(text.encode("utf-8", "replace"))


def in_json(text: str) -> int:
    """Bytes of a text inside a body of JSON: a line break counts two."""
    return in_bytes(json.dumps(text, ensure_ascii=False)) - 2


def in_utf16(text: str) -> int:
    """As Telegram counts: a character outside the basic plane is two."""
    return len(text.encode("utf-16-le", "replace")) // 2


def chat_text(message: Message) -> str:
    """Return title and text as one; a headline that the title repeats stands once, whole."""
    head, _, rest = message.text.partition("\n")
    title = whole_title(message)
    body = rest if head and head in title else message.text
    return f"{title}\n{body}".strip()


def whole_title(message: Message) -> str:
    """The title with the headline that the text begins with in full, where the title cuts it."""
    head = message.text.partition("\n")[0]
    cut, dots, after = message.title.rpartition("…")
    if dots:
        for start in range(len(cut) - _SHORTEST_PART + 1):
            if head.startswith(cut[start:]):
                return cut[:start] + head + after
    return message.title


def fit(message: Message, limit: int, measure: Measure = in_bytes) -> str:
    """Return the message as plain text of at most `limit`, counted by `measure`.

    A digest that is too long becomes a list of its headlines and links; one announcement loses lines at its end,
    the last one at a sentence, but keeps its link. Either keeps why it comes, and which sources are silent.
    """
    text = chat_text(message)
    if measure(text) <= limit:
        return text
    body, feet = _parted(text, message)
    end = "".join(_at_most(f"\n\n{foot}", limit // 4, measure) for foot in feet)
    return _shorter(message, body, limit - measure(end), measure) + end


def _shorter(message: Message, text: str, limit: int, measure: Measure) -> str:
    if items := _items(message):
        return _headlines(message, items, limit, measure)
    url = leads_to(message.event)
    tail = f"\n…\n{url}" if url and measure(url) < limit // 2 else "\n…"
    return _whole_lines(text, limit - measure(tail), measure) + tail


def fit_body(message: Message, limit: int) -> str:
    """As `fit`, in bytes, for a service that shows `whole_title` by itself."""
    head, _, body = fit(message, limit + in_bytes(message.title)).partition("\n")
    return body or head


def fit_marked(
    message: Message, dialect: Dialect, limit: int, measure: Measure = in_bytes, *, headed: bool = True
) -> str:
    """Return the message in the marks of a service, cut as `fit` cuts; not `headed`: without `heading_of`."""
    blocks = blocks_of(message.markdown)
    if not headed and blocks and blocks[0].form is Form.HEADING:
        blocks = blocks[1:]

    def fits(chosen: Sequence[Block]) -> bool:
        return measure(write(chosen, dialect)) <= limit

    if fits(blocks):
        return write(blocks, dialect)
    feet = [_a_quarter(block, fits) for block in _feet(message, blocks)]

    def fits_above(chosen: Sequence[Block]) -> bool:
        return fits([*chosen, *feet])

    rest = blocks[: len(blocks) - len(feet)]
    cut = _some_headlines(message, fits_above) if _items(message) else _some_blocks(message, rest, fits_above)
    return write([*cut, *feet], dialect)


def heading_of(message: Message) -> str:
    """The heading that a message begins with, or its title."""
    blocks = blocks_of(message.markdown)
    return blocks[0].text if blocks and blocks[0].form is Form.HEADING else message.title


def _is_foot(message: Message, text: str) -> bool:
    """Whether a line is one that stays however little else is shown: why it comes, which sources are silent."""
    words = WORDINGS[message.language]
    return text.startswith((words.reason + words.colon, words.unreadable + words.colon))


def _parted(text: str, message: Message) -> tuple[str, tuple[str, ...]]:
    """A text, and the lines at its end that stay."""
    lines = text.rstrip().split("\n")
    feet: list[str] = []
    while lines and len(feet) < FEET and (_is_foot(message, lines[-1]) or not lines[-1].strip()):
        if last := lines.pop().strip():
            feet.append(last)
    return "\n".join(lines), tuple(reversed(feet))


def _feet(message: Message, blocks: Sequence[Block]) -> Sequence[Block]:
    """The blocks at the end that stay."""
    last = itertools.takewhile(
        lambda one: one.form is Form.QUOTE and _is_foot(message, one.text), blocks[: -FEET - 1 : -1]
    )
    return [*last][::-1]


def _at_most(line: str, limit: int, measure: Measure) -> str:
    return line if measure(line) <= limit else _cut(line, limit - measure("…"), measure) + "…"


def _a_quarter(block: Block, fits: Callable[[Sequence[Block]], bool]) -> Block:
    """A block, cut where four of it would not fit."""
    cut = block
    for length in range(len(block.text), 0, -8):
        if fits([cut] * 4):
            break
        cut = shortened(block, _between_characters(block.text, length))
    return cut


def _some_blocks(message: Message, blocks: Sequence[Block], fits: Callable[[Sequence[Block]], bool]) -> list[Block]:
    """As many blocks as fit before those that lead on: to the original, and to the page in watcher."""
    targets = [str(message.event[name]) for name in ("url", "item_url") if message.event.get(name)]
    links = [block for block in blocks if any(block.links_to(url) for url in targets)]
    tail = [Block(Form.TEXT, (Span("…"),)), *links]
    if not fits(tail):  # addresses of thousands of characters lead nowhere in a chat
        tail = tail[:1]
    kept: list[Block] = []
    for block in blocks:
        if block in links:
            continue
        if not fits([*kept, block, *tail]):
            part = next((one for one in _beginnings(block) if fits([*kept, one, *tail])), None)
            kept += [part] if part else []
            break
        kept.append(block)
    return [*kept, *tail]


def _beginnings(block: Block) -> Iterator[Block]:
    """A block cut at the end of each sentence, the longest first; of a headline, wherever it must be."""
    ends = [found.end() for found in _SENTENCE.finditer(block.text)]
    if block.form is Form.HEADING:
        ends += range(min(len(block.text), _LONGEST_TITLE), 0, -4)
    yield from (shortened(block, _between_characters(block.text, end)) for end in sorted(ends, reverse=True))


def _some_headlines(message: Message, fits: Callable[[Sequence[Block]], bool]) -> list[Block]:
    items = _items(message)
    kept = [Block(Form.HEADING, (Span(message.title),))]
    leads = _list_page(message)
    if leads and not fits([*kept, _rest(message, len(items), leads)]):
        leads = None
    for number, (title, url) in enumerate(items):
        item = Block(Form.ITEM, (Span(title, url=url),))
        more = [] if number == len(items) - 1 else [_rest(message, len(items), leads)]
        if not fits([*kept, item, *more]):
            return [*kept, _rest(message, len(items) - number, leads)]
        kept.append(item)
    return kept


def _rest(message: Message, count: int, leads: str | None) -> Block:
    """…另有12条：LINK, where a reader finds what he is not shown."""
    said = WORDINGS[message.language].more_items.format(n=count, where="")
    return Block(Form.TEXT, (Span(said), Span(leads or COMMAND, url=leads)))


def _list_page(message: Message) -> str | None:
    """The page of all announcements; None where the web page is not reached from outside."""
    url = _one_line(message.event.get("list_url"))
    return url if re.match(r"https?://\S", url) else None


def _items(message: Message) -> list[tuple[str, str | None]]:
    """Headline and address of each item; in a digest, where they are of several kinds, with its kind."""
    items = message.event.get("items")
    words = WORDINGS[message.language]
    found = []
    for item in filter(lambda one: isinstance(one, Mapping), items if isinstance(items, list) else []):
        kind = words.kinds.get(str(item.get("kind"))) if message.event.get("kind") == "digest" else None
        said = _one_line(item.get("title"))[:_LONGEST_TITLE] or _one_line(item.get("url"))
        link = leads_to(item)
        found.append((f"{words.tag.format(kind=kind)}{said}" if kind else said, link))
    return found


def _one_line(value: object) -> str:
    return " ".join(inert(str(value or "")).split())


def _headlines(message: Message, items: Sequence[tuple[str, str | None]], limit: int, measure: Measure) -> str:
    entries = [f"\n· {name}\n  {url or ''}".rstrip() for name, url in items]
    text, leads, words = message.title, _list_page(message), WORDINGS[message.language]
    if leads and measure(f"{text}\n{words.more_items.format(n=len(entries), where=leads)}") > limit // 2:
        leads = None
    for number, entry in enumerate(entries):
        # What a reader would otherwise not know to be missing.
        rest = "\n" + words.more_items.format(n=len(entries) - number, where=leads or COMMAND)
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
            ends = [found.end() for found in _SENTENCE.finditer(line)]
            parts = (f"{kept}\n{line[:end]}" if kept else line[:end] for end in reversed(ends))
            kept = next((part for part in parts if measure(part) <= limit), kept)
            break
        kept = longer
    return kept or _cut(text, limit, measure)


def _cut(text: str, limit: int, measure: Measure) -> str:
    """Return the longest beginning of `text` within `limit`, by bisection: measuring is linear."""
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if measure(text[:middle]) <= limit else (low, middle - 1)
    return text[: _between_characters(text, low)]


def _between_characters(text: str, end: int) -> int:
    """Not after `end`, and not between a letter and the accents over it."""
    while 0 < end < len(text) and (unicodedata.combining(text[end]) or "\ufe00" <= text[end] <= "\ufe0f"):
        end -= 1
    return end
