"""What a document is about, as far as it tells a body's series apart, by its title. Pure.

A bureau writes measures for firms every year and calls them by the year's occasion: 开门红, 助企纾困, 项目建设. These
are one series. What names a subject of its own (融资, 外贸, an industry) is another. A government writes of all
subjects, so that with it the firms and projects that are meant tell series apart, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from watcher.change.likeness import likeness, pieces
from watcher.extract.lines import KIND, NUMERAL
from watcher.extract.topics import vocabulary
from watcher.followups.titles import Title

# Of two names of an industry, what is common to take them for one (抹茶产业, 茶产业).
ALIKE: Final = 0.6

_YEARS: Final = re.compile(r"(?:20\d\d){1,2}(?:年度?)?版?|第?[一二三四]季度|[上下]半年|春节|第[一二三]批")
_COUNT: Final = re.compile(rf"{NUMERAL}[条项](?![目链])|若干条?")
# Words of purpose, of praise and of form: they say nothing of the subject.
_FILLER: Final = re.compile(
    r"进一步|全力以?赴?|全面|加快|加大|加强|深入|持续|切实|着力|大力|积极|更好|做好|继续|充分发挥|职能作用|依法|精准|"
    r"优化|强化|深化|促进|推动|推进|支持|服务|保障|助力|助推|护航|赋能|提升|提高|提振|扩大|稳定|稳住?|打造|建设|"
    r"落实|贯彻|实施|应对|参与|统筹|开展|规范|完善|创新(?=服务)|工作|高质量|健康|持续|稳进提质|提质增?[效量]?|升级|增效|"
    r"向好|回升|运行|发展|壮大|转型|[专]项|行动|政策|有关|一批|的|和|与|及|等|系统|全[市省县区]|我[市省县区]|超常规|工业强[市省县]"
)
_FIRMS: Final = re.compile(
    r"企业|经济|项目|市场主体|经营主体|营商环境|助企|惠企|纾困|解难|开门红|六稳|六保|复工复产|民营|中小微|小微|招商|双招双引|"
    r"增长|增产|稳产|要素|降本|减负|减轻负担|开局|起步|突破|攻坚|名城|疫情|暖企|社会|实体|大盘|共渡难关|发力"
)
_FIRM_TOPICS: Final = frozenset(("项目建设", "营商环境", "中小企业", "政务服务"))
# Too wide for a subject: 产业发展 is in every other title.
_NO_SUBJECT: Final = frozenset(("产业扶持",))
# For firms, too, these are a subject of their own: a bureau writes them beside its measures of the year.
_ALWAYS_OWN: Final = frozenset(("绿色金融", "金融支持"))
# What titles say in fewer letters than texts.
_IN_TITLES: Final = {"金融": "金融支持"}
_INDUSTRY: Final = re.compile(r"[\u4e00-\u9fff]{1,12}(?:产业链?|行业)")
_GOVERNMENT: Final = re.compile(r"人民政府|管理委员会|发展和改革|中共")
_KINDS: Final = re.compile(rf"(?:{KIND})+$")
_SHORTEST: Final = 2


@dataclass(frozen=True, slots=True)
class About:
    """`subjects` tell a document apart; `general`: it is for firms at large, whatever else it is about."""

    subjects: frozenset[str]
    general: bool


@lru_cache(maxsize=512)
def about(title: Title, body: str | None) -> About:
    """What the document of this title, by this body, is about."""
    rest = _KINDS.sub("", _COUNT.sub("", _YEARS.sub("", title.core.removesuffix("征求意见稿"))))
    government = body is None or _GOVERNMENT.search(body) is not None
    found: set[str] = set()
    for part in filter(None, _FILLER.sub(" ", rest).split()):
        found.update(_subjects(part, body or "", government=government))
    general = not _ALWAYS_OWN & found
    return About(frozenset(found), not found or (general and not government and _FIRMS.search(rest) is not None))


def go_together(one: About, other: About) -> bool:
    """Whether both may be of one series: a subject in common, or one without any and the other for firms at large."""
    if one.subjects and other.subjects:
        return any(_same(a, b) for a in one.subjects for b in other.subjects)
    return one.general and other.general


def _subjects(part: str, body: str, *, government: bool) -> Iterable[str]:
    if industry := _INDUSTRY.search(part):
        return (industry[0],)
    topics = {topic for topic, words in vocabulary().items() if any(word in part for word in words)} - _NO_SUBJECT
    topics |= {topic for word, topic in _IN_TITLES.items() if word in part}
    topics = topics if government else topics - _FIRM_TOPICS
    if topics:
        return topics
    unknown = _FIRMS.sub("", part)
    # Its own field distinguishes nothing of what a bureau does.
    own = unknown in body or len(unknown) < _SHORTEST
    return () if own or not government else (unknown,)


def _same(one: str, other: str) -> bool:
    return one in other or other in one or likeness(pieces(one), pieces(other)) >= ALIKE
