"""A bureau that publishes and edits its articles by a seeded plan, each different from all others."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date

from tests.sites import Site
from tests.town import article, listing

TRADES = (
    "装备制造",
    "新型建材",
    "生物医药",
    "现代物流",
    "纺织服装",
    "海洋渔业",
    "软件服务",
    "食品加工",
    "化工园区",
    "文化旅游",
)
HELP = (
    "环评审批",
    "排污许可",
    "绿色金融",
    "技术改造",
    "用工招聘",
    "市场开拓",
    "融资担保",
    "用地保障",
    "创新研发",
    "信用修复",
)
WAYS = (
    "对符合条件的{trade}项目实行告知承诺制，{help}时限压缩到{days}个工作日。",
    "建立{trade}企业服务专员制度，{help}事项由专人全程帮办。",
    "推行{help}一网通办，{trade}企业一次提交材料即可办结。",
    "对首次轻微违法并及时改正的{trade}企业，依法不予处罚，并指导{help}。",
    "组织专家到{trade}企业上门服务，就{help}提供免费咨询{days}场。",
    "设立{trade}专项资金，{help}支出按{days}%给予补助。",
)


class Bureau:
    """Its lists show all articles, each one of them; `amounts` is what each article says now."""

    def __init__(self, site: Site, seed: int, count: int, lists: Sequence[str] = ("/list/",)) -> None:
        self.site, self.chance, self.count, self.lists = site, random.Random(seed), count, lists
        self.amounts: dict[int, int] = {}
        self.days: dict[int, date] = {}
        self.edits = 0
        self._money = iter(range(101, 101 + 20 * count))  # no two edits are alike

    def publish(self, how_many: int, day: date) -> None:
        for _ in range(min(how_many, self.count - len(self.amounts))):
            number = len(self.amounts) + 1
            self.days[number] = day
            self._write(number)
        self._renew()

    def edit(self, how_many: int) -> None:
        for number in self.chance.sample(sorted(self.amounts), min(how_many, len(self.amounts))):
            self._write(number)
            self.edits += 1

    @staticmethod
    def title(number: int) -> str:
        return f"某市出台第{number}号助企若干措施"

    def _write(self, number: int) -> None:
        self.amounts[number] = next(self._money)
        own = random.Random(number)  # an article keeps its words when its amount is edited
        trade, *helps = own.choice(TRADES), *own.sample(HELP, 4)
        ways = own.sample(WAYS, 4)
        body = (
            f"为服务{trade}企业高质量发展，某市生态环境局印发第{number}号若干措施，推出5条措施。",
            f"一、加大资金支持。对{trade}企业给予奖补，最高{self.amounts[number]}万元。",
            *(
                f"{numeral}、{way.format(trade=trade, help=helps[at], days=own.randint(3, 60))}"
                for at, (numeral, way) in enumerate(zip("二三四五", ways, strict=True))
            ),
        )
        self.site.set(f"/art/{number}.html", article((self.title(number), *body), self.days[number]))

    def _renew(self) -> None:
        newest = sorted(self.amounts, reverse=True)
        for place, path in enumerate(self.lists):
            its_own = [number for number in newest if number % len(self.lists) == place]
            self.site.set(path, listing((number, self.title(number), self.days[number]) for number in its_own))
