"""How one answer reads by other rules than those that it was stored by. Pure.

Unlike `diff`, which tells a reader what an editor changed, everything is told that would be stored otherwise. Since the
text is mostly the same, items are matched by their words and their place in it.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from watcher import codec
from watcher.model import Document, Extraction, Verdict
from watcher.news import FieldChange
from watcher.records.lifecycle import Statement

Read = tuple[Document, Extraction]
Item = Mapping[str, Any]
Pair = tuple[Item | None, Item | None]

# The lists of an extraction: what one item is called, and which of its fields holds its words.
_ITEMS: Final = {
    "figures": ("figure", "quote"),
    "deadlines": ("deadline", "quote"),
    "measures": ("measure", "heading"),
    "cited_documents": ("cited", "title"),
}
_WITHOUT_SPAN: Final = frozenset({"cited_documents"})
_VERDICT: Final = frozenset({"type", "score", "reasons", "near_miss"})
_SPAN: Final = frozenset({"start", "end"})


def differences(before: Read, after: Read) -> tuple[FieldChange, ...]:
    """What is read differently, the verdict first; () where nothing is."""
    (old_page, old), (new_page, new) = before, after
    found = [*_verdict(old.verdict, new.verdict), *_fields(old, new)]
    if old.text != new.text:
        found.append(FieldChange("text", f"{len(old.text)} characters", f"{len(new.text)} characters"))
    told = {change.field for change in found}
    pages = codec.encode_document(old_page), codec.encode_document(new_page)
    return (*found, *(change for change in _unequal(*pages) if change.field not in told))


def said_otherwise(old: Sequence[Statement], new: Sequence[Statement]) -> tuple[FieldChange, ...]:
    """What a page is read to say of other documents that it was not, or the other way round."""
    before, after = ({(one.fate, frozenset(one.name.keys)): one for one in said} for said in (old, new))
    gone = [FieldChange("lifecycle", _statement(before[key]), None) for key in before.keys() - after.keys()]
    fresh = [FieldChange("lifecycle", None, _statement(after[key])) for key in after.keys() - before.keys()]
    return (*_sorted(gone), *_sorted(fresh))


def _sorted(changes: Iterable[FieldChange]) -> list[FieldChange]:
    return sorted(changes, key=lambda one: (one.before or "", one.after or ""))


def _statement(one: Statement) -> str:
    return f"{one.fate.value}: {one.name.written}"


def _verdict(old: Verdict, new: Verdict) -> Iterator[FieldChange]:
    """The first of type, score and reasons that differs: the others follow from it."""
    shown = (
        ("type", _type(old), _type(new)),
        ("score", f"{old.score:g}", f"{new.score:g}"),
        ("reasons", _only(old.reasons, new.reasons), _only(new.reasons, old.reasons)),
    )
    for field, before, after in shown:
        if before != after:
            yield FieldChange(field, before, after)
            return


def _only(these: Sequence[str], those: Sequence[str]) -> str:
    return "；".join(one for one in these if one not in those)


def _type(verdict: Verdict) -> str:
    return f"{verdict.type.value} (near miss)" if verdict.near_miss else verdict.type.value


def _fields(old: Extraction, new: Extraction) -> Iterator[FieldChange]:
    before, after = codec.encode_extraction(old), codec.encode_extraction(new)
    yield from _unequal(before, after, without=_VERDICT | _ITEMS.keys())
    same_text = old.text == new.text
    for name, (singular, key) in _ITEMS.items():
        for pair in _pairs(before[name], after[name], key, by_span=same_text and name not in _WITHOUT_SPAN):
            # In another text the same words stand elsewhere.
            yield from _item_change(singular, key, pair, frozenset() if same_text else _SPAN)


def _unequal(before: Item, after: Item, *, without: frozenset[str] = frozenset()) -> Iterator[FieldChange]:
    for name, old in before.items():
        if name not in without and old != after[name]:
            yield FieldChange(name, _shown(old), _shown(after[name]))


def _pairs(before: Sequence[Item], after: Sequence[Item], key: str, *, by_span: bool) -> Iterator[Pair]:
    """Items of the same words, in their order; of the rest those that overlap; the rest alone."""
    waiting: defaultdict[str, deque[Item]] = defaultdict(deque)
    for item in before:
        waiting[item[key]].append(item)
    added = []
    for item in after:
        if waiting[item[key]]:
            yield waiting[item[key]].popleft(), item
        else:
            added.append(item)
    left = {id(item) for items in waiting.values() for item in items}
    dropped = [item for item in before if id(item) in left]
    yield from _overlapping(dropped, added) if by_span else _alone(dropped, added)


def _alone(dropped: Iterable[Item], added: Iterable[Item]) -> Iterator[Pair]:
    yield from ((item, None) for item in dropped)
    yield from ((None, item) for item in added)


def _overlapping(dropped: Sequence[Item], added: Sequence[Item]) -> Iterator[Pair]:
    """Those that share a place of the text in pairs, all in the order of the text."""
    rest = deque(sorted(added, key=_start))
    for item in sorted(dropped, key=_start):
        while rest and rest[0]["end"] <= item["start"]:
            yield None, rest.popleft()
        yield item, rest.popleft() if rest and rest[0]["start"] < item["end"] else None
    yield from ((None, item) for item in rest)


def _start(item: Item) -> int:
    start: int = item["start"]
    return start


def _item_change(singular: str, key: str, pair: Pair, ignored: frozenset[str]) -> Iterator[FieldChange]:
    """`figure:企业` 300万元 -> 最高300万元; or, where the words are the same, `figure:300万元 subject` 企业 -> 园区."""
    old, new = pair
    if old is None or new is None or old[key] != new[key]:
        about = (new or {}).get("subject") or (old or {}).get("subject")
        field = f"{singular}:{about}" if about else singular
        yield FieldChange(field, old[key] if old else None, new[key] if new else None)
        return
    for name, value in old.items():
        if name not in ignored and value != new[name]:
            yield FieldChange(f"{singular}:{old[key]} {name}", _shown(value), _shown(new[name]))


def _shown(value: Any) -> str | None:
    """A value of the contract's JSON for people; None where there is none."""
    if isinstance(value, dict):
        return ", ".join(f"{name} {shown}" for name, part in value.items() if (shown := _shown(part))) or None
    if isinstance(value, list):
        return "、".join(filter(None, map(_shown, value))) or None
    return None if value is None else str(value)
