"""The full official name of a body that a text names in short: 市生态环境局 on a page of 潍坊 is 潍坊市生态环境局.

Refuses to invent: a level without a division at hand has no name, and a zone keeps the name it was given.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from watcher.data import divisions
from watcher.extract.gazetteer import Place, find_places, places_of_host, resolve
from watcher.extract.organs import BODY, Body, find_strangers

# Official names behind the short ones. Order matters: longer stems first.
_WRITTEN_OUT = tuple(
    (re.compile(pattern), name)
    for pattern, name in (
        (r"^(?:发改委|发展改革委|发展和改革委|发展改革委员会)(?!员)", "发展和改革委员会"),
        (r"^(?:发改|发展改革)局", "发展和改革局"),
        (r"^(?:人社|人力社保|人力资源社会保障)(?=[局厅])", "人力资源和社会保障"),
        (r"^(?:工信|工业信息化)(?=[局厅委])", "工业和信息化"),
        (r"^(?:经信|经济信息化)(?=[局厅委])", "经济和信息化"),
        (r"^科技(?=[局厅委])", "科学技术"),
        (r"^(?:住建|住房城乡建设)(?=[局厅委])", "住房和城乡建设"),
        (r"^(?:市场监管|市监)局", "市场监督管理局"),
        (r"^(?:卫健委|卫生健康委)(?!员)", "卫生健康委员会"),
        (r"^医保局", "医疗保障局"),
        (r"^(?:文旅|文化旅游)(?=[局厅])", "文化和旅游"),
        (r"^国资委", "国有资产监督管理委员会"),
        (r"^城管局", "城市管理局"),
        (r"^自规局", "自然资源和规划局"),
        (r"^环保(?=[局厅])", "环境保护"),
        (r"^工商局", "工商行政管理局"),
        (r"^质监局", "质量技术监督局"),
        (r"^食药监局", "食品药品监督管理局"),
        (r"^药监局", "药品监督管理局"),
        (r"^国土局", "国土资源局"),
        (r"^安监局", "安全生产监督管理局"),
        (r"^卫计委", "卫生和计划生育委员会"),
        (r"^地方金融监管局", "地方金融监督管理局"),
        (r"^政府", "人民政府"),
        (r"^工商联$", "工商业联合会"),
        (r"管委会", "管理委员会"),
        (r"管委$", "管理委员会"),
        (r"(?<=[一-龥])委$", "委员会"),
    )
)


# Branches of national bodies that sign with the short place: 青岛海关, 浙江海事局.
_NAMED_SHORT = ("海关", "海事局", "银保监局", "证监局")
_MINISTRIES = {
    "工信部": "工业和信息化部",
    "人社部": "人力资源和社会保障部",
    "人力资源社会保障部": "人力资源和社会保障部",
    "住建部": "住房和城乡建设部",
    "住房城乡建设部": "住房和城乡建设部",
    "科技部": "科学技术部",
}
_PARENT_NAMES = {"人民银行": "中国人民银行", "金融监管总局": "国家金融监督管理总局", "税务总局": "国家税务总局"}


# How many times as much a known division must be spoken of to be the home of a text that also names a stranger's body.
_OUTWEIGHS = 2
# Characters at the head of a text whose places count three times.
_LEAD = 300


class Home(NamedTuple):
    """Where the document is at home.

    `weights` has codes of divisions, ancestors counted in; `strangers` the places that the tables lack, by level.
    """

    weights: Counter[str]
    strangers: Mapping[str, tuple[str, int]] = MappingProxyType({})

    @property
    def named(self) -> tuple[str, ...]:
        """The places without a code."""
        return tuple(name for name, _ in self.strangers.values())

    def of_level(self, level: str) -> str | None:
        """The heaviest division that `level` (市 in 市生态环境局) may stand for; of equals the inner."""
        table = divisions.load()
        fits = [code for code in self.weights if code in table.by_code and _fits(table.by_code[code].name, code, level)]
        return max(fits, key=lambda code: (self.weights[code], not code.endswith("00")), default=None)

    def stranger_of(self, level: str) -> str:
        """The place without a code that `level` stands for, where no division is named much more often."""
        name, weight = self.strangers.get(level, ("", 0))
        code = self.of_level(level)
        return name if code is None or self.weights[code] <= _OUTWEIGHS * weight else ""


def home_of(
    title: str | None,
    windows: tuple[str, str],
    *,
    publisher: str | None,
    site: str | None,
    credit: str | None = None,
) -> Home:
    """Weigh every division that metadata, title and text name; each also counts for what it lies in."""
    named: Counter[str] = Counter()
    mentions: list[tuple[Place, int]] = []
    for part, weight in ((publisher, 8), (site, 8), (title, 8)):
        places = find_places(part or "")
        mentions += [(place, weight) for place in places if not place.weak or (part is title and place.start == 0)]
    for window, lead in zip(windows, (_LEAD, 0), strict=True):
        mentions += [(place, 3 if place.start < lead else 1) for place in find_places(window) if not place.weak]
    named.update(places_of_host(site) if site and "." in site else {})
    for place, weight in mentions:
        if len(place.codes) == 1:
            named[place.codes[0]] += weight
    context = Counter(named)
    for place, weight in mentions:
        code = resolve(place.codes, context) if len(place.codes) > 1 else None
        if code:
            named[code] += weight
    weights: Counter[str] = Counter()
    for code, weight in named.items():
        for division in divisions.load().parents(code):
            weights[division.code] += weight
    told = "\n".join(filter(None, (title, publisher, credit)))
    return Home(weights, _strangers(told, windows))


def _strangers(told: str, windows: tuple[str, str]) -> dict[str, tuple[str, int]]:
    """Of each level the place without a code that bodies are most often of, weighed as known places are."""
    found: dict[str, tuple[str, int]] = {}
    parts = ((told, 8), (windows[0][:_LEAD], 3), (windows[0][_LEAD:], 1), (windows[1], 1))
    for name, level in find_strangers((told, *windows)):
        weight = sum(part.count(name) * times for part, times in parts)
        found[level] = max(found.get(level, ("", 0)), (name, weight), key=lambda one: one[1])
    return found


def full_name(text: str, body: Body, home: Home) -> str | None:
    """`body` as its sign says: short places and departments written out, the province before a city left out."""
    department = _written_out(body.name)
    if body.place is not None:
        return _place_name(text, body, home) + department
    if body.unknown:
        return _with_tax(body.unknown, department)
    if not body.level:
        return _national(body.name)
    if stranger := home.stranger_of(body.level):
        return _with_tax(stranger, department)
    code = home.of_level(body.level)
    if code is None:
        return None
    table = divisions.load()
    name = _chain(table.by_code[code].name, code, table)
    return _with_tax(name, department)


def _with_tax(place: str, department: str) -> str:
    """A tax bureau signs with its parent's name first."""
    return ("国家税务总局" if department == "税务局" else "") + place + department


def _fits(name: str, code: str, level: str) -> bool:
    """Whether a body of `level` may be the division's: 市 stands for prefectures too, 省 for autonomous regions."""
    if code.endswith("0000"):
        return name.endswith(level) or (level == "省" and name.endswith("自治区"))
    return name.endswith(level) or (level == "市" and name.endswith(("州", "盟", "地区")))


def _national(name: str) -> str:
    """国家发改委, 市场监管总局, 工信部 by their full names."""
    if name.startswith("国家"):
        return f"国家{_written_out(name.removeprefix('国家'))}"
    if name in ("市场监管总局", "税务总局", "金融监管总局"):
        return {"市场监管总局": "国家市场监督管理总局", **_PARENT_NAMES}[name]
    for short, full in _MINISTRIES.items():
        name = name.replace(short, full)
    return name


def _written_out(department: str) -> str:
    for pattern, name in _WRITTEN_OUT:
        department = pattern.sub(name, department)
    return department


def _place_name(text: str, body: Body, home: Home) -> str:
    place = body.place
    assert place is not None
    table = divisions.load()
    written = text[place.start : place.end]
    code = resolve(place.codes, home.weights)
    parent = _PARENT_NAMES.get(body.parent, body.parent)
    if code is None or place.zone or body.name in _NAMED_SHORT:
        return parent + written
    own = table.by_code[code].name
    autonomous = written.endswith(("州", "旗")) and place.short  # 恩施州 is how the prefecture's own bureaus sign
    if place.short and not autonomous and body.parent in ("", "国家税务总局", "中共") and not _is_zone(body.name):
        last = next((short for short in table.by_code[code].shorts if written.endswith(short)), "")
        written = written[: len(written) - len(last)] + own
    tax = "国家税务总局" if body.name.endswith("税务局") and "国家" not in body.name else ""
    return (parent or tax) + _chain(written, code, table)


def _chain(written: str, code: str, table: divisions.Divisions) -> str:
    """The place as a body's sign has it: no province before a city, but the city before its district."""
    province, *rest = table.parents(code)
    for name in (province.name, *province.shorts):
        below = written.removeprefix(name)
        # 吉林市 is no 市 of 吉林: what is left must be a name.
        if rest and below != written and find_places(below) and not province.name.endswith("市"):
            written = below
            break
    above = table.parents(code)[-2:-1]
    own = table.by_code[code].name
    if written == own and own.endswith("区") and above and not above[0].name.endswith(("省", "自治区")):
        return above[0].name + written
    return written


def _is_zone(department: str) -> bool:
    return BODY.match(department) is None
