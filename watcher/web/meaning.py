"""What a subscription means, in words."""

from __future__ import annotations

from watcher.news import EventKind
from watcher.settings import Subscription
from watcher.web.shown import region_name
from watcher.web.words import Words


def describe(subscription: Subscription, words: Words) -> str:
    """山东省 · 措施文件 · 环评、绿色金融 · 不含 招聘 · 新公告、有变动的 · 每天 08:30 一封"""
    where, join = subscription.where, words.alert.join.join
    asked = (
        join(region_name(one.ljust(6, "0")) or one for one in where.regions),
        join(words.alert.types.get(one, one) for one in where.types),
        join(where.topics),
        join(where.issuers),
        join((*where.keywords.any, *where.keywords.all)),
        words("excluding", what=join(where.keywords.none)) if where.keywords.none else "",
        join(where.figures),
        join(where.sources),
    )
    told = join(words.any(f"on_{kind.value}", words.alert.kinds[kind]) for kind in subscription.on)
    how = (told, _reminds(subscription, words), _when(subscription.deliver, words))
    return " · ".join([*(filter(None, asked) if any(asked) else (words["everything"],)), *filter(None, how)])


def _reminds(subscription: Subscription, words: Words) -> str:
    if EventKind.DEADLINE not in subscription.on:
        return ""
    return words("days_before", days=words.alert.join.join(map(str, subscription.remind)))


def _when(deliver: str, words: Words) -> str:
    rhythm, *rest = deliver.split()
    if rhythm == "weekly":
        return words("mail_weekly", day=words[f"day_{rest[0]}"], time=rest[1])
    return words("mail_daily", time=rest[0]) if rhythm == "daily" else words[f"deliver_{rhythm}"]
