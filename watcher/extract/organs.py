"""Where a text names a public body: a place or a level (市, 省), then words of departments, then 局, 厅, 委员会 …

The grammar is built from the words that department names are made of, so that one rule reads 市场监督管理局 and
政务服务和数据管理局. A body needs a place, a level or a national name before it: 生态环境部门 is none.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Sequence
from typing import NamedTuple

from watcher.extract.gazetteer import Place, find_places
from watcher.extract.strangers import Reading, before_level

_WORDS = (
    "生态|环境|环保|保护|市场|监督|管理|监管|人力|人社|社保|资源|社会|保障|发展|改革|发改|工业|信息化|信息|工信|经信|经济|科学|技术|科技|财政|"
    "商务|住房|住建|城乡|城市|城管|建设|规划|自规|交通|运输|自然|国土|公安|司法|民政|农业|农村|农牧|农机|林业|草原|畜牧|兽医|水利|水务|渔业|海洋|"
    "文化|旅游|文旅|文广|旅体|广电|广播|电视|体育|教育|新闻出版|版权|电影|卫生|健康|卫健|卫计|计划|生育|医疗|医保|应急|安全|生产|"
    "审计|统计|能源|粮食|物资|储备|执法|综合|行政|审批|服务|政务|数据|大数据|政数|金融|地方|工作|国有|资产|国资|退役|军人|事务|外事|"
    "民族|宗教|知识产权|药品|食品|质量|工商|园林|绿化|市容|邮政|气象|消防|救援|营商|民营|中小|企业|投资|促进|招商|口岸|物流|港航|"
    "港口|航运|铁路|通信|机关|乡村|振兴|扶贫|开发|公共|交易|公积金|残疾人|保险|民委|督导|知识|商事|海事|质监|食药监|药监|安监|就业|创业|人才|税务|国家|地税|国税|市监|和|与|及"
)
STEM = rf"(?:{_WORDS}){{1,9}}"
_OFFICE = (
    r"(?:人民)?政府(?:办公厅|办公室)?(?!新闻|采购|网|门户|研究[室院中所]|投资|债|工作报告|购买|服务|引导|信息公开|补)"
)
_COURT = r"(?:高级|中级|铁路运输|海事|知识产权)?人民(?:法院|检察院)"
_UNIONS = (
    "总工会|工商业联合会|工商联|残疾人联合会|妇女联合会|供销合作社|银保监局|银保监分局|证监局|外汇局|网信办|发改委|卫健委|国资委|"
    "住建委|经信委|行政公署(?:办公室)?|行署(?:办公室)?|(?:口岸|金融|政务|营商|外事|信访)办(?![理法公事])"
)
_BODY = (
    rf"(?:(?:人民)?政府{STEM}办公室|{_OFFICE}|{_COURT}|{STEM}(?:委员会|厅|局(?![限部势面])|办公室|中心(?![城区镇村])|总队|支队|委(?![托派任员会以屈]))|{_UNIONS}|"
    r"海关(?![总署监特])|税务局)"
)
BODY = re.compile(_BODY)
# A bare level before it (市生态环境局); what ends in a level too (潍坊市) is told apart by the places.
_LEVEL_BODY = re.compile(rf"[省市县区州盟旗]({_BODY})")
# After a place: the committee of a zone or its branch of a department, with the zone's name in between.
_ZONE_BODY = re.compile(
    r"(?:[一-龥]{0,14}?(?:区|新城|港|园|岛|城))?(?:管理委员会|管委会?)(?:办公室)?|[一-龥]{0,12}?(?:开发区|高新区|经开区|新区)"
    rf"(?:{STEM}局|税务局)"
)
# After a province, a city or county that no table has: 浙江省南湖市商务局.
_UNKNOWN_BODY = re.compile(rf"([一-龥]{{2,3}}[市县])({_BODY})")
# After a full place, a department of words that the list above lacks: 不动产登记中心, 数字经济局.
_ANY_BODY = re.compile(
    r"(?:(?![的在对向将为与由被了是召推印开举出等各每全多某内]|发(?!展))[一-龥]){2,12}?"
    r"(?:局(?![限部势面])|(?<![大展餐客业乐宴议门前])厅|委员会|(?:登记|服务|管理|事务|促进|交易|保障)中心)"
)
# After a national body and a place: 中国人民银行 + 济南 + 分行.
_BRANCH = re.compile(
    r"(?:省|市|自治区)?(?:分行|中心支行|支行)|特派员办事处|营业管理部|监管局|监管分局|分局|税务局|调查总队|调查队|局|委员会|委"
)
_PARENTS = (
    "国家税务总局", "中国人民银行", "人民银行", "国家金融监督管理总局", "金融监管总局", "税务总局",
    "中国银行保险监督管理委员会",
    "中国银保监会", "国家外汇管理局", "中国证券监督管理委员会", "中国证监会", "国家统计局", "国家能源局",
    "中华人民共和国", "中共",
)  # fmt: skip
_TRADE_ZONE = re.compile(r"中国[（(][一-龥]{2,4}[)）]自由贸易试验区$")
_MINISTRIES = (
    "生态环境|环境保护|财政|商务|科技|科学技术|教育|民政|司法|公安|水利|自然资源|国土资源|农业农村|农业|交通运输|"
    "应急管理|文化和旅游|文化|住房城乡建设|住房和城乡建设|人力资源社会保障|人力资源和社会保障|工业和信息化|工信|退役军人事务|人社|住建"
)
_FIRST = "".join(sorted({name[0] for name in _MINISTRIES.split("|")} | set("国海最中市税金")))
NATIONAL = re.compile(
    rf"(?=[{_FIRST}])(?:"  # refuses most places at a glance
    rf"国务院(?:办公厅)?|国家{STEM}(?:总局|局|委员会|委|署)(?:办公厅)?|(?:{_MINISTRIES})部(?:办公厅)?(?![门署分位委队长级件属落])|海关总署|"
    r"最高人民(?:法院|检察院)|中国人民银行|中国(?:证监会|银保监会)|(?:市场监管|税务|金融监管)总局)"
)
# 潍坊市生态环境局 + 奎文分局, 温州市公安局 + 交通警察支队.
_SUB_OFFICE = re.compile(
    r"(?:交通警察|交警|出入境管理|治安管理|网络安全保卫)[总支大]队|([一-龥]{2,7}?)(?:区|县|市)?(?:分局|税务所)"
)
# 各市生态环境局, 市、县生态环境局, 县级, 两级 …: no one body.
_ZONE_ENDS = ("新区", "发区", "经开区", "园区", "范区", "验区", "税区", "作区")
_GENERIC_BEFORE = tuple("各、级和及等全省市县区州盟旗")


class Body(NamedTuple):
    """A mention `text[start:end]`: `place` before `name`, or a bare `level` (市生态环境局), or neither (national)."""

    start: int
    end: int
    name: str  # the part after the place: 生态环境局
    place: Place | None = None
    level: str = ""
    parent: str = ""  # 国家税务总局 before the place
    branch: Place | None = None  # 奎文 of 奎文分局
    unknown: str = ""  # 南湖市, before `name`: a place that no table has


def find_bodies(text: str, named: Collection[str] = ()) -> list[Body]:
    """Every body that `text` names, in order, none inside another. Linear in its length.

    `named` are places without a code that are known to be places.
    """
    places = find_places(text)
    ends = {place.end for place in places}
    found = [_after_place(text, place, places) for place in places]
    for match in _LEVEL_BODY.finditer(text):
        if match.start() + 1 not in ends and not _is_generic(text, match.start()):
            found.append(_of_level(text, match, named))
    found += [Body(match.start(), match.end(), match[0]) for match in NATIONAL.finditer(text)]
    bodies: list[Body] = []
    for body in sorted((body for body in found if body), key=lambda body: (body.start, -body.end)):
        if not bodies or body.start >= bodies[-1].end:
            bodies.append(body)
    return bodies


def find_strangers(parts: Sequence[str]) -> list[tuple[str, str]]:
    """Each place without a code that a body of `parts` bears the name of, with its level; said again in any part."""
    joined, at = "\n".join(parts), 0
    found = []
    for part in parts:
        ends = {place.end for place in find_places(part)}
        for match in _LEVEL_BODY.finditer(part):
            if match.start() + 1 not in ends and not _is_generic(part, match.start()):
                name = before_level(joined, at + match.start()).name
                found += [(name + match[0][0], match[0][0])] if name else []
        at += len(part) + 1
    return found


def _is_generic(text: str, start: int) -> bool:
    """Whether a level is of no one body: 各市、县税务局 are all of a kind, 高新区服务中心 is a zone's.

    市委、市政府 are one city's.
    """
    if text.endswith(_ZONE_ENDS, 0, start + 1):
        return True
    return text[start - 1 : start] in _GENERIC_BEFORE and not text.endswith("委、", 0, start)


def is_national(name: str) -> bool:
    """Whether `name` begins with a national body and no place follows it."""
    match = NATIONAL.match(name)
    return bool(match) and not any(place.start >= (match.end() if match else 0) for place in find_places(name))


def _of_level(text: str, match: re.Match[str], named: Collection[str]) -> Body | None:
    """市生态环境局, 我市生态环境局, 自治区生态环境厅; None where what stands before may be a name or a word."""
    start = match.start()
    stranger = before_level(text, start, named)
    if stranger.reading is Reading.UNSURE:
        return None
    if stranger.name:
        place = stranger.name + match[0][0]
        return Body(start - len(stranger.name), match.end(), match[1], level=match[0][0], unknown=place)
    if text.endswith("自治", 0, start):
        return Body(start - 2, match.end(), match[1], level="省")
    return Body(start - text.endswith(("我", "本", "该"), 0, start), match.end(), match[1], level=match[0][0])


def _after_place(text: str, place: Place, places: Sequence[Place]) -> Body | None:
    """The body that `place` is the first part of: a department, a zone's committee, a branch of a national body."""
    parent = _parent_before(text, place.start)
    match = _BRANCH.match(text, place.end) if parent else None
    match = match or BODY.match(text, place.end) or _ZONE_BODY.match(text, place.end)
    stranger = _UNKNOWN_BODY.match(text, place.end) if match is None and place.codes[0].endswith("0000") else None
    if stranger:
        return Body(place.end, stranger.end(), stranger[2], level=stranger[1][-1], unknown=stranger[1])
    if match is None and not place.weak and not place.short:
        match = _ANY_BODY.match(text, place.end)
    if match is None:
        return None
    return _with_branch(text, Body(place.start - len(parent), match.end(), match[0], place, parent=parent), places)


def _parent_before(text: str, start: int) -> str:
    trade = _TRADE_ZONE.search(text, max(0, start - 20), start)
    return trade[0] if trade else next((parent for parent in _PARENTS if text.endswith(parent, 0, start)), "")


def _with_branch(text: str, body: Body, places: Sequence[Place]) -> Body:
    """`body` lengthened by its own branch office where one follows."""
    match = _SUB_OFFICE.match(text, body.end) if body.name.endswith("局") and body.place else None
    if match is None:
        return body
    at = bisect_left(places, (body.end,))
    branch = places[at] if at < len(places) and places[at].start == body.end else None
    return body._replace(end=match.end(), name=text[body.end - len(body.name) : match.end()], branch=branch)
