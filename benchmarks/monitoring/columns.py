"""The pages that are watched: columns of short lists as government sites have them, and their articles, from a seed."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from benchmarks.extraction.pages import padded

ENTRIES: Final = 20
LIST_BYTES: Final = 30_000
ARTICLE_BYTES: Final = 12_000

_TOWNS: Final = (
    "临江",
    "安平",
    "东湖",
    "永宁",
    "青川",
    "河口",
    "新丰",
    "石泉",
    "云溪",
    "长岭",
    "白塔",
    "南屏",
    "清源",
    "望海",
    "高台",
    "松林",
)
_BODIES: Final = (
    "生态环境局",
    "市场监督管理局",
    "税务局",
    "交通运输局",
    "商务局",
    "自然资源局",
    "水务局",
    "科技局",
)
_AIMS: Final = (
    "支持企业稳定发展",
    "方便企业办事",
    "减轻企业负担",
    "促进绿色转型",
    "保障项目用地",
    "帮助小微企业融资",
)
_ORDINARY: Final = (
    "召开月度工作例会",
    "举办开放日活动",
    "开展安全检查",
    "通报监测结果",
    "组织业务培训",
    "走访基层单位",
)
_LAST_DAY: Final = date(2026, 10, 28)


@dataclass(slots=True)
class Column:
    """One list, newest first; `serial` counts the entries it ever had."""

    number: int
    entries: list[tuple[int, str, date]] = field(default_factory=list)
    serial: int = 0

    def __post_init__(self) -> None:
        chance = random.Random(self.number)
        for age in range(ENTRIES - 1, -1, -1):
            self.serial += 1
            day = _LAST_DAY - timedelta(days=3 * age + chance.randrange(3))
            self.entries.insert(0, (self.serial, _title(chance, self.serial), day))

    def publish(self, today: date) -> str:
        """Put a new announcement on top; returns its title, which no other has."""
        self.serial += 1
        chance = random.Random(self.number * 1_000 + self.serial)
        title = (
            f"{_place(chance)}推出{chance.randint(21, 99)}条措施{chance.choice(_AIMS)}（{self.number}-{self.serial}）"
        )
        self.entries = [(self.serial, title, today), *self.entries[:-1]]
        return title

    def list_html(self) -> str:
        place = _place(random.Random(self.number))
        items = "".join(
            f'<li><a href="/c/{self.number}/{serial}.html" title="{title}" target="_blank">{title}</a>'
            f"<span>{day:%Y-%m-%d}</span></li>"
            for serial, title, day in self.entries
        )
        body = f'<div class="crumbs">当前位置：首页 &gt; 工作动态</div><ul class="news">{items}</ul>'
        return padded(_html(f"工作动态 - {place}", "", body), LIST_BYTES)

    def article_html(self, serial: int) -> str | None:
        """The article behind an entry; None where the list holds none of that number."""
        found = next((entry for entry in self.entries if entry[0] == serial), None)
        if found is None:
            return None
        _, title, day = found
        chance = random.Random(self.number * 1_000 + serial + 1)
        paragraphs = "".join(f"<p>{_paragraph(chance, place)}</p>" for place in range(8))
        head = f'<meta name="ArticleTitle" content="{title}"><meta name="PubDate" content="{day:%Y-%m-%d} 09:30">'
        body = f'<h1>{title}</h1><div>发布时间：{day:%Y-%m-%d} 来源：本局</div><div class="text">{paragraphs}</div>'
        return padded(_html(title, head, body), ARTICLE_BYTES)


def _html(title: str, head: str, body: str) -> str:
    head = f'<meta charset="utf-8"><title>{title}</title>{head}'
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"


def _place(chance: random.Random) -> str:
    return f"{chance.choice(_TOWNS)}市{chance.choice(_BODIES)}"


def _title(chance: random.Random, serial: int) -> str:
    if serial % 3:
        return f"{_place(chance)}{chance.choice(_ORDINARY)}（第{serial}期）"
    return f"{_place(chance)}出台{chance.randint(6, 20)}条措施{chance.choice(_AIMS)}"


def _paragraph(chance: random.Random, place: int) -> str:
    return (
        f"{'一二三四五六七八'[place]}、{chance.choice(_AIMS)}。"
        f"对符合条件的企业给予最高{chance.randint(10, 900)}万元补助，"
        f"办理时限由{chance.randint(15, 30)}个工作日压缩至{chance.randint(1, 10)}个工作日，"
        f"全年服务企业不少于{chance.randint(100, 5000)}家，"
        f"材料精简{chance.randint(20, 80)}%，由牵头科室会同有关单位负责落实。"
    )
