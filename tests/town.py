"""A small bureau's column on a loopback site: a list of entries and their articles, in our own words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from tests.sites import Site

TODAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)

# (title, paragraphs): the first is an announcement with two figures, the second is nothing of ours.
MEASURES = (
    "某市生态环境局出台8条措施支持企业绿色发展",
    "为进一步优化营商环境，服务企业高质量发展，某市生态环境局近日印发《支持企业绿色发展若干措施》，推出8条措施。",
    "一、优化环评审批。对符合条件的项目实行告知承诺制，环评报告表审批时限压缩到{days}个工作日。",
    "二、加大资金支持。对实施绿色改造的企业给予奖补，最高{amount}万元。",
    "三、强化绿色金融。推动银行加大绿色信贷投放，帮助企业降低融资成本。",
    "四、推行包容审慎监管。对首次轻微违法且及时改正的企业，依法不予行政处罚。",
)
BULLETIN = (
    "二月份城市环境空气质量状况",
    "二月份，全市环境空气质量优良天数比例与上年同期持平，主要污染物浓度保持稳定。",
    "各区县按空气质量综合指数排名，结果在市局网站公布，供公众查询。",
)


def article(paragraphs: tuple[str, ...], published: date = TODAY, **values: object) -> str:
    title, *body = (part.format(**{"days": 15, "amount": 300, **values}) for part in paragraphs)
    text = "".join(f"<p>{part}</p>" for part in body)
    info = f"<div class='info'>发布时间：{published} 来源：某市生态环境局</div>"
    return page(f"{title}_某市生态环境局", f"<h1>{title}</h1>{info}<div class='content'>{text}</div>")


def listing(entries: Iterable[tuple[int, str, date | None]], older: str | None = None) -> str:
    """A list of (number, title, date), the newest first, and a link to an older page."""
    items = "".join(
        f"<li><a href='/art/{number}.html' title='{title}'>{title}</a><span>{day or ''}</span></li>"
        for number, title, day in entries
    )
    pager = f"<div class='page'><a href='{older}'>下一页</a></div>" if older else ""
    return page("工作动态", f"<ul class='list'>{items}</ul>{pager}")


def page(title: str, body: str) -> str:
    return f"<html><head><meta charset='utf-8'><title>{title}</title></head><body>{body}</body></html>"


class Column:
    """The articles of a column by number; `publish` adds or edits one and renews the list."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.entries: dict[int, tuple[str, date]] = {}

    def publish(
        self, number: int, paragraphs: tuple[str, ...] = MEASURES, published: date = TODAY, **values: object
    ) -> None:
        self.entries[number] = (f"{paragraphs[0]}（{number}）", published)
        self.site.set(f"/art/{number}.html", article(paragraphs, published, **values))
        self.renew()

    def renew(self, newest: int = 20) -> None:
        """The newest entries on the first page, each later page with as many older ones."""
        ordered = [(number, *self.entries[number]) for number in sorted(self.entries, reverse=True)]
        pages = [ordered[at : at + newest] for at in range(0, len(ordered), newest)]
        for index, page in enumerate(pages):
            older = self.address(index + 1) if index + 1 < len(pages) else None
            self.site.set(self.address(index), listing(page, older))

    def listing(self) -> str:
        """All entries on one page."""
        return listing((number, *self.entries[number]) for number in sorted(self.entries, reverse=True))

    @staticmethod
    def address(index: int) -> str:
        return f"/list/index_{index}.html" if index else "/list/"


def days_ago(days: int) -> date:
    return TODAY - timedelta(days=days)
