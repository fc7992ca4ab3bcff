"""What happens in the month, day by day, and which alert each happening owes to a reader who asked for all of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from tests.month.articles import Article, announcements
from tests.month.site import STANDING, Column

START = date(2026, 3, 1)
DAYS = 32  # until the last of it is seen


@dataclass(frozen=True, slots=True)
class Happening:
    """`day` counts from the start, in halves; `owed` is (kind, title, words of the change), None where none is."""

    day: float
    what: str
    does: Callable[[Mapping[str, Column]], None]
    owed: tuple[str, str, str] | None = None


def script() -> list[Happening]:
    """40 articles, 25 reposts, 10 edits (4 of substance), 3 withdrawals, 2 returns, and one correction."""
    articles = announcements()
    days = [1 + 0.5 * index for index in range(len(articles))]
    happenings = [_published(day, number, one) for number, (day, one) in enumerate(zip(days, articles, strict=True))]
    happenings += [_reposted(days[number], number, articles[number]) for number in range(25)]
    happenings += [*_chrome(days, articles), *_wording(days, articles), *_substance(days, articles)]
    happenings += [*_withdrawn(days, articles), *_returned(days, articles)]
    happenings += [Happening(day, "bulletin", _bulletin(day)) for day in range(3, DAYS, 3)]
    happenings.append(_correction(articles[36]))
    return sorted(happenings, key=lambda one: one.day)


def _published(day: float, number: int, article: Article) -> Happening:
    return Happening(day, "article", _puts("bureau", number, article, day), ("new", article.title, ""))


def _puts(column: str, number: int, article: Article, day: float) -> Callable[[Mapping[str, Column]], None]:
    on = START + timedelta(days=int(day))
    return lambda columns: columns[column].publish(number, article, on)


def _bulletin(day: int) -> Callable[[Mapping[str, Column]], None]:
    """What is no news to anybody keeps each column's rhythm."""

    def publish(columns: Mapping[str, Column]) -> None:
        for column in columns.values():
            column.publish(800 + day, STANDING[day % len(STANDING)], START + timedelta(days=day))

    return publish


def _reposted(day: float, number: int, article: Article) -> Happening:
    """Copies as sites make them: as it is, with a note above, under another title, cut at the end."""
    copy = (
        article,
        replace(article, note=f"编者按：本文转自{article.bureau}，供有需要的企业查阅。"),
        replace(article, title=f"（转载）{article.title}"),
        replace(article, paragraphs=article.paragraphs[:-1]),
    )[number % 4]
    # Every sixth stands on the copying site first.
    later = 0.0 if number % 6 == 5 else 0.5 + number % 3
    return Happening(day + later, "repost", _puts("paper" if number % 2 else "portal", number, copy, day + later))


def _chrome(days: list[float], articles: list[Article]) -> list[Happening]:
    wraps = ("浏览次数：1024", "相关链接：市政府网站", "扫一扫在手机打开当前页", "网站地图 联系我们 今天是星期三")
    return [
        Happening(
            days[number] + 2, "chrome", _puts("bureau", number, replace(articles[number], wrap=wrap), days[number])
        )
        for number, wrap in enumerate(wraps)
    ]


def _wording(days: list[float], articles: list[Article]) -> list[Happening]:
    edits = []
    for number in (4, 5):
        article = articles[number]
        closing = article.paragraphs[-1]
        edited = article.edited(closing, f"{closing[:-1]}，欢迎社会各界监督。")
        edits.append(Happening(days[number] + 2, "wording", _puts("bureau", number, edited, days[number])))
    return edits


def _substance(days: list[float], articles: list[Article]) -> list[Happening]:
    """The first amount, time limit or share of an article becomes another one."""
    edits = []
    for number in (26, 27, 28, 29):
        article = articles[number]
        before, after = _figure_of(article)
        edited = article.edited(before, after)
        does = _puts("bureau", number, edited, days[number])
        edits.append(Happening(days[number] + 2, "substance", does, ("changed", article.title, after)))
    return edits


WITHDRAWN = (30, 31, 32)


def _withdrawn(days: list[float], articles: list[Article]) -> list[Happening]:
    """Pages that the bureau takes down; nobody has copied them."""

    def take_down(number: int) -> Callable[[Mapping[str, Column]], None]:
        return lambda columns: columns["bureau"].take_down(number)

    return [
        Happening(days[number] + 2, "withdrawal", take_down(number), ("withdrawn", articles[number].title, ""))
        for number in WITHDRAWN
    ]


def _returned(days: list[float], articles: list[Article]) -> list[Happening]:
    """One comes back as it was, another with one other number, which is no alert beside that of its return."""
    first, second = WITHDRAWN[:2]
    before, after = _figure_of(articles[second])
    edited = articles[second].edited(before, after)
    same = _puts("bureau", first, articles[first], days[first])
    other = _puts("bureau", second, edited, days[second])
    return [
        Happening(26, "return", same, ("restored", articles[first].title, "")),
        Happening(26, "return", other, ("restored", articles[second].title, after)),
    ]


def _figure_of(article: Article) -> tuple[str, str]:
    import re

    found = re.search(r"(?:最高|奖励|补助)(\d+)万元|(\d+)个工作日内", "".join(article.paragraphs))
    assert found is not None
    number = found[1] or found[2]
    return found[0], found[0].replace(number, str(int(number) + 5))


def _correction(article: Article) -> Happening:
    """A second page of the same text, with one other number: it looks like a repost and is none."""
    before, after = _figure_of(article)
    corrected = replace(article.edited(before, after), title=f"{article.title}（更正）")
    return Happening(26, "correction", _puts("bureau", 100, corrected, 26), ("new", corrected.title, ""))
