"""Three sites on loopback: the province's bureaus, and two that copy from them; what stands where, and since when."""

from __future__ import annotations

from datetime import date

from tests.month.articles import Article
from tests.sites import Site

NAMES = {"bureau": "省级部门动态", "paper": "大众日报", "portal": "企业服务平台"}


class Column:
    """One site's column: pages by number, and a list of them, the newest first."""

    def __init__(self, site: Site, name: str) -> None:
        self.site, self.name = site, name
        self.entries: dict[int, tuple[str, date]] = {}
        for number in range(900, 903):  # what stands there already
            self.publish(number, STANDING[number - 900], date(2026, 2, 20))

    def publish(self, number: int, article: Article, day: date) -> None:
        self.entries[number] = (article.title, day)
        credit = None if self.name == "bureau" else article.bureau
        self.site.set(f"/art/{number}.html", article.html(day, credit))
        self._list()

    def take_down(self, number: int) -> None:
        """The page answers 404, and the list has it no more."""
        del self.entries[number]
        self.site.remove(f"/art/{number}.html")
        self._list()

    def _list(self) -> None:
        newest = sorted(self.entries.items(), key=lambda entry: (entry[1][1], entry[0]), reverse=True)[:60]
        items = "".join(
            f"<li><a href='/art/{number}.html' title='{title}'>{title}</a><span>{day}</span></li>"
            for number, (title, day) in newest
        )
        head = f"<meta charset='utf-8'><title>{NAMES[self.name]}</title>"
        self.site.set("/list/", f"<html><head>{head}</head><body><ul class='list'>{items}</ul></body></html>")


STANDING = tuple(
    Article(title, "某市气象局", (text, "请各单位提前做好准备，市民出行注意安全，具体情况以当日发布为准。"))
    for title, text in (
        ("未来三天多云转晴", "受弱冷空气影响，未来三天我市以多云天气为主，最高气温缓慢回升。"),
        ("机关举办读书分享会", "机关党委组织干部职工交流读书体会，大家结合工作谈了收获。"),
        ("公务用车平台系统升级的说明", "平台将在周末升级，其间暂停预约，恢复时间另行告知。"),
    )
)
