"""What may stand behind a number and make it an amount: money, per cent, times, physical units, classifiers.

Tables only, and the look-up. Sources: GB 3100/3101-93 (SI units and their Chinese names), ISO 4217 (currencies), the 名词、量词配合表 of
《现代汉语八百词》 for classifiers, and for 家次, 人次, 标准箱 and the like the wording of the yearly statistical bulletins (统计公报).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from watcher.model import FigureKind

ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Unit:
    """`name` is what the contract prints; the number is multiplied by `factor` to be in it."""

    kind: FigureKind
    name: str
    factor: Decimal = ONE


_CURRENCIES = {
    "元": "CNY",
    "元人民币": "CNY",
    "人民币": "CNY",
    "块钱": "CNY",
    "美元": "USD",
    "欧元": "EUR",
    "英镑": "GBP",
    "日元": "JPY",
    "港元": "HKD",
    "港币": "HKD",
    "澳门元": "MOP",
    "新台币": "TWD",
    "韩元": "KRW",
    "卢布": "RUB",
    "新加坡元": "SGD",
    "新元": "SGD",
    "澳元": "AUD",
    "加元": "CAD",
    "瑞士法郎": "CHF",
    "泰铢": "THB",
    "林吉特": "MYR",
}

_PERCENT = {
    "%": ONE,
    "％": ONE,
    "个百分点": ONE,
    "百分点": ONE,
    "成": Decimal(10),
    "折": Decimal(10),
}

_RATIOS = {"‰": Decimal("0.001")}
_RENAMED = dict.fromkeys(("个基点", "BP", "bp", "BPs"), "基点")

_DURATIONS = {
    "workday": "个工作日 工作日 个工作天 工作天",
    "day": "天 日 个自然日 自然日 个日历天 日历天 个日历日 日历日 个交易日 个昼夜",
    "month": "个月 个自然月 个月份",
    "year": "年 周年 个年度 个会计年度 个纳税年度 个自然年度 个自然年 个完整会计年度 个保险年度 个年头",
    "hour": "小时 个小时 个钟头 钟头 个工作小时 工作小时",
    "minute": "分钟",
    "second": "秒 秒钟",
    "week": "周 星期 个星期 个周",
    "quarter": "个季度",
}

_PHYSICAL = """
米 公里 千米 厘米 毫米 微米 纳米 海里 英里 英寸 延米 车公里 公里/小时 km cm mm m
平方米 平方公里 平方千米 平方厘米 平方 平米 公顷 亩 亩次 ㎡ m2 m² km2 km² ㎢
立方米 立方 立方厘米 标准立方米 标方 升 毫升 加仑 m3 m³ Nm3 L mL
吨 公斤 千克 克 毫克 微克 斤 载重吨 总吨 蒸吨 吨标准煤 吨标煤 吨煤 吨二氧化碳 吨二氧化碳当量 吨公里 人公里 t kg g mg μg ug
瓦 千瓦 兆瓦 吉瓦 千伏安 兆伏安 W kW KW MW GW TW kVA KVA MVA MWp GWp
千瓦时 兆瓦时 吉瓦时 度 kWh KWh MWh GWh TWh 焦 千焦 兆焦 吉焦 GJ MJ kJ 千卡
摄氏度 ℃ °C 分贝 dB dB(A) 千帕 兆帕 帕 kPa MPa Pa 千伏 伏 安 kV KV
毫克/升 毫克/立方米 微克/立方米 微克/升 毫克/千克 mg/L mg/l mg/m3 mg/m³ mg/Nm3 mg/Nm³ μg/m3 μg/m³ ug/m3 ug/m³ μg/L µg/m3 µg/m³ mg/kg ppm ppb
TB PB EB GB MB Mbps Gbps 兆 PFLOPS EFLOPS EFlops Pflops
"""

_CLASSIFIERS = """
个 名 位 人 家 户 口 件 项 次 场 处 座 辆 台 套 条 支 艘 架 只 头 匹 羽 株 棵 期 批 种 类 款 例 起 宗 栋 幢 间 层 道 门 本 册 部 篇
张 枚 块 片 团 队 组 对 双 席 单 笔 封 所 届 轮 回 列 节 盏 根 颗 粒 箱 桶 包 袋 瓶 盒 幅 尊 眼 孔 面 把 集 页 字 则 份 宗 档 挂 辆份 期次 杆
大类 中类 小类 人次 户次 家次 车次 架次 班次 批次 件次 场次 台次 项次 头次 辆次 艘次 列次 例次 条次 笔次 单次 家户 频次 人份
台套 台(套) 台（套） 台/套 套(台) 套（台） 标准箱 标箱 TEU 人天 人月 位次 个位次 周岁 岁 分 学时 课时 学分 个学时 个课时 个工位 款次 公里次 头只 只羽 户人 亿次 车位 床位
倍 基点 家(次) 人(次) 户(次) 件(次) 项(次) 场(次) 个(次) 家（次） 人（次） 户（次） 件（次） 项（次） 场（次） 个（次） 家/次 人/次 户/次
"""


def _table() -> dict[str, Unit]:
    units = {name: Unit(FigureKind.COUNT, name) for name in _CLASSIFIERS.split()}
    units |= {name: Unit(FigureKind.QUANTITY, name) for name in _PHYSICAL.split()}
    units |= {name: Unit(FigureKind.MONEY, code) for name, code in _CURRENCIES.items()}
    units |= {name: Unit(FigureKind.PERCENT, "%", factor) for name, factor in _PERCENT.items()}
    units |= {name: Unit(FigureKind.RATIO, "1", factor) for name, factor in _RATIOS.items()}
    units |= {words: Unit(FigureKind.COUNT, name) for words, name in _RENAMED.items()}
    for code, names in _DURATIONS.items():
        units |= {name: Unit(FigureKind.DURATION, code) for name in names.split()}
    return units


UNITS = _table()
_LENGTHS: dict[str, tuple[int, ...]] = {
    first: tuple(sorted({len(name) for name in UNITS if name[0] == first}, reverse=True))
    for first in {n[0] for n in UNITS}
}

# What follows some units and makes another word of them: 3部门, 12条件, 2家庭, 三成果, 5名单, 三元材料.
_OTHER_WORD = {
    "个": "体别性税",
    "名": "单录称义为额",
    "位": "数于一置列移",
    "人": "工才民力均类行物口大",
    "家": "庭电居具政禽畜委纺装",
    "户": "籍外均型口主",
    "口": "岸号径子腔",
    "件": "均",
    "项": "目",
    "次": "年产月生级贷要污日氯元性",
    "场": "景地所馆",
    "处": "理置罚于分方级",
    "台": "账湾风账",
    "套": "餐",
    "条": "件例款目",
    "支": "付持行线出部",
    "架": "构",
    "头": "部",
    "期": "间限货末",
    "批": "复准发示量零",
    "种": "植子业养源",
    "类": "似别",
    "款": "项",
    "例": "如会行外",
    "层": "次级面",
    "门": "槛诊户类店",
    "本": "科级地市省县次级",
    "部": "门委分署队",
    "片": "区",
    "团": "队体",
    "队": "伍",
    "组": "织建成合长",
    "对": "象于",
    "单": "位元独价",
    "所": "有在得属需",
    "轮": "次训换",
    "回": "收",
    "节": "能约点",
    "面": "积向对",
    "集": "中群体团",
    "份": "额",
    "档": "次",
    "包": "括含",
    "把": "手",
    "列": "入",
    "起": "点重",
    "间": "隔接",
    "分": "之类别子为级管厂行公支局布析",
    "成": "立果效为功员本品熟长都就套交",
    "元": "化结材素旦宇月",
    "周": "期末边围",
    "年": "代均份级龄薪产末初底会货检报轮鉴",
    "天": "然津",
    "日": "常均前起",
    "升": "级学降",
    "米": "粉",
    "克": "服",
    "安": "全徽",
    "兆": "瓦帕",
    "斤": "两",
    "亩": "均",
    "吨": "位",
    "焦": "化点",
    "秒": "批办",
    "折": "算旧",
    "箱": "式",
    "席": "位",
    "道": "路",
    "双": "方向",
    "根": "据本",
    "只": "有要需能",
}
_BLANKS = " \u3000\t\xa0"


def after_blanks(text: str, place: int) -> int:
    """The next place that holds no blank; at most two are skipped, as typesetting leaves them between number and unit."""
    for _ in range(2):
        if place < len(text) and text[place] in _BLANKS:
            place += 1
    return place


def unit_at(text: str, place: int) -> tuple[Unit, str, int] | None:
    """The longest unit written at `place`: what it means, its words, its end. 度 counts only as 度电."""
    place = after_blanks(text, place)
    first = text[place : place + 1]
    for length in _LENGTHS.get(first, ()):
        name = text[place : place + length]
        unit = UNITS.get(name)
        if unit is not None and _stands_alone(text, name, place + len(name)):
            return unit, name, place + len(name)
    return None


def _stands_alone(text: str, name: str, end: int) -> bool:
    following = text[end : end + 1]
    if name == "度":
        return following == "电"
    if name[-1].isascii() and name[-1].isalnum():
        return not (following.isascii() and following.isalnum())
    return not following or following not in _OTHER_WORD.get(name, "")
