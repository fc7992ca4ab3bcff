"""The days by which something is to be done: 2023年3月底前, 今年一季度, 到2025年, 年底前.

No deadlines are the start of something (6月1日起), what is past or measured (截至6月底, 同比), what recurs
(每年6月底前), a period (2023年至2025年), the end of a rule's validity, and dates inside the titles of documents.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from watcher.extract.columns import cells
from watcher.extract.lines import Line, read_numeral
from watcher.extract.periods import month_end, plan_end
from watcher.model import Deadline
from watcher.read.dates import read_date


@dataclass(frozen=True, slots=True)
class Setting:
    """What the words of a deadline leave open: the year they speak in, and since when things lie in the past."""

    year: int | None
    published: date | None = None
    lays_down: bool = False


_FORM: Final = re.compile(
    r"""(?=[到至\d今本明后次翌第上下一二三四五六七八九十年底末内月这“"])  # refuse most places at a glance
    (?:(?P<until>[到至])\s?)?
    (?!一(?:月|季度?)一)  # 一月一调度 is a rhythm
    (?:(?:(?P<year>(?<!\d)20\d\d)\s?年|(?P<relative>今年|本年|明年|后年|次年|翌年))\s?)?
    (?:(?P<month>(?<![\d.十])(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九]))\s?月份?\s?
            (?:(?P<day>[1-3]?\d)\s?[日号](?:\s?\d{1,2}(?:[:：]\d{2}|[时点]))?|(?P<part>底|末|上旬|中旬|下旬))?
      |第?(?P<quarter>[一二三四1-4])\s?季度(?P<quarter_end>底|末)?
      |(?P<half>[上下])半年
      |(?P<year_end>年\s?[底末终内]|(?<=年)[底末终内]|(?<=年\s)[底末终内])
      |(?P<month_end>(?:本|这个)?月(?:底|末))
      |[“"]?十(?P<plan>[一二三四五六七八九])五[”"]?(?:规划|时期|期)?(?:末|底)
      |(?(year)|(?!))
    )
    (?P<before>\s?(?:之前|以前|前(?![期三两往述]|提(?![交出供请报升高]))|内|截止))?""",
    re.VERBOSE,
)
_ISO: Final = re.compile(r"20\d\d[-/.]\d{1,2}[-/.]\d{1,2}")  # as workbooks keep a day
_DASH: Final = re.compile(r"\d\s?[—–~～至-]{1,2}$")
_TITLE: Final = re.compile(r"《[^《》]{0,150}》")
_BEGINS: Final = re.compile(r"\s?(?:起|以来|以后|之后|后(?!续)|开始|期间|同期|至|到(?!位)|[—–~～-]|度|的)")
_LEADS_OFF: Final = re.compile(
    r"(?:[自从由较比与同每各逐去上往历近当截前]|截止|早在|(?:去|上|前|每|往|次|翌|当|同|历)年的?"
    r"|[\d一二两三四五六七八九十几数多][、—–~～-]?|[—–~～-])\s?$"
)
_ITEM: Final = re.compile(r"(?:[一二三四五六七八九十]{1,3}|\d{1,2})[、.．]\s?")
_RANGE: Final = re.compile(r"[\d年月日号度旬底末起]\s?$")
_VALIDITY: Final = re.compile(r"(?:有效期|执行|施行|实施期|试行|期限|延续|延长|延期|顺延)[^，。；]{0,12}$")
_CLOSES: Final = re.compile(r"截[止至](?:日期|时间)?(?:为|是|到|[:：])?\s?$")
# 截至 that opens a clause or is followed by results reports what was reached by then.
_REPORTS_FROM: Final = re.compile(r"(?:^|[。；;，,\s（(、])截[止至]到?\s?$")
_RESULT: Final = re.compile(r"\s?[，,]?\s?(?:已|共|累计|全[省市县区州旗国]|实现了|完成了)")
_CLOSING: Final = re.compile(r"\s?(?:为止|止|截止|[。；）)]|$)")
_BIDDING: Final = re.compile(r"(?:投标|开标|竞标|应标|响应文件|磋商|谈判|询价|报价)[^，。；]{0,16}$")
# The second of two periods with one task: 6月底前、明年上半年分别完成.
_AND: Final = re.compile(r"\s?[、和及与，,]\s?")
_EACH: Final = re.compile(r"\s?(?:要|将|须|应)?分别")
_RECURS: Final = re.compile(r"每年|逐年|当年|年度|首次|首年")
_CLAUSE_START: Final = re.compile(r"(?:^|[。；;，,:：\s）)])$|(?:[于在将]|力争|争取|计划|确保|拟|预计)\s?$")
_TASK: Final = re.compile(
    r"\s?[，,]|\s?(?:要|将|再|还|拟|计划|预计|继续|力争|争取|确保|全面|基本|全部|完成|启动|实现|建成|开展|组织|印发|出台"
    r"|制定|开工|投产|竣工|推出|形成|新增|培育|达到)"
)
# 6月投运, 三季度投产: what is finished then, wherever in its clause the month stands.
_FINISHED: Final = re.compile(
    r"\s?(?:建成|投运|投产|投用|竣工|完工|通车|通航|试运营|投入(?:使用|运[行营])|上线|启用|挂牌|印发|出台)(?!了|的)"
)
_PAST: Final = re.compile(
    r"同比|环比|已(?:经|完成|建成|实现|达|开工|启动|全部|有\d)|累计|较去年|增长了|完成了|实现了|以来|达到了"
)
# A period under way when the page came out: its tasks are told from its results by a word of intent.
_FUTURE: Final = re.compile(r"将|力争|争取|计划|确保|预计|拟|再|继续|下一步|要(?![求素闻])|(?:完成|实现|启动)(?!了)")
# What a bare period may qualify instead of opening a task: 一季度经济运行, 三季度“开门红”.
_NOUN: Final = re.compile(
    r"\s?(?:[“”\"、（(·《\x00/]|$|经济|生产|外贸|进出口|地区|工作|任务|数据|指标|报告|分析|会议|形势|业绩|税收|财政|利润|各|平均|为|是)"
)
_TARGET: Final = re.compile(r"(?:提[高升]|降低?|增加?|扩大|压[减缩])[到至](?!了)|达到(?!了)|突破(?!了)")
# 一季度出口额达1000万元以上的，给予奖励: the period of a condition.
_CONDITION: Final = re.compile(r"[^，。；]{2,40}的[，,、]")
_MEASURED: Final = re.compile(r"同比|环比|累计")
_RELATIVE: Final = {"今年": 0, "本年": 0, "明年": 1, "后年": 2, "次年": 1, "翌年": 1}
_THIRDS: Final = {"上旬": 10, "中旬": 20}
_HALVES: Final = {"上": 6, "下": 12}
_TOO_EARLY_DAYS: Final = 30  # before a period's end nobody reports its results
_LOOK_BACK: Final = 24
_SENTENCE: Final = 80


def find_deadlines(lines: Sequence[Line], setting: Setting) -> tuple[Deadline, ...]:
    """The deadlines of a text, in order of appearance; `measure` is left for the outline to say."""
    return tuple(deadline for cell, due in cells(lines) for deadline in _in_line(cell, setting, due=due))


def _in_line(line: Line, setting: Setting, *, due: bool) -> Iterator[Deadline]:
    """The deadlines of a line or a cell; `due`: what fills it is one by the head of its column."""
    if due and (stamped := read_date(line.content)) and _ISO.fullmatch(line.content):
        if setting.published is None or stamped >= setting.published:
            yield Deadline(line.content, line.start, line.end, stamped)
        return
    content = _TITLE.sub(lambda match: "\x00" * len(match[0]), line.content)
    last: re.Match[str] | None = None  # the deadline before
    for match in _FORM.finditer(content):
        day = _date(match, setting)
        if day is None:
            continue
        headed = due and match[0].strip() == content.strip() and not _is_past(content, match, day, setting)
        if headed or _is_deadline(content, match, day, setting) or _shares_task(content, last, match, day, setting):
            last = match
            begin = match.start() if _names_goal(match) else _after_until(match)
            yield Deadline(content[begin : match.end()], line.start + begin, line.start + match.end(), day)
        if match["year"] and day.year >= (setting.year or 0) and not _is_goal_or_range(content, match):
            setting = replace(setting, year=day.year)  # 2025年3月底前…，6月底前…: the second is of the same year


def _is_goal_or_range(content: str, match: re.Match[str]) -> bool:
    """Whether a year is no setting for what follows: a goal's (到2030年) or a range's end (2023—2025年)."""
    return _names_goal(match) or _DASH.search(content[max(0, match.start() - 3) : match.start()]) is not None


def _after_until(match: re.Match[str]) -> int:
    return match.start() + len(match["until"] or "")


# --- which day is meant ---


def _date(match: re.Match[str], setting: Setting) -> date | None:
    if match["plan"]:
        return plan_end(10 + (read_numeral(match["plan"]) or 0))
    year = int(match["year"]) if match["year"] else setting.year
    if year is None:
        return None
    day = _in_year(match, year + _RELATIVE.get(match["relative"], 0), setting.published)
    named = match["year"] or match["relative"]
    ahead = setting.lays_down or _marks_end(match)
    if day and ahead and not named and setting.published and _is_over(day, setting.published):
        return _in_year(match, year + 1, setting.published)
    return day


def _is_over(day: date, published: date) -> bool:
    """Whether a day without a year was past when the page came out at a year's end: it speaks of the next year."""
    return published.month >= 11 and day < published and day.month <= 6


def _in_year(match: re.Match[str], year: int, published: date | None) -> date | None:
    """The last day of the period that `match` names in `year`; None for days that do not exist."""
    if match["month"]:
        return _in_month(match, year, read_numeral(match["month"]) or 0)
    if match["quarter"]:
        return month_end(year, 3 * (read_numeral(match["quarter"]) or 0))
    if match["half"]:
        return month_end(year, _HALVES[match["half"]])
    if match["month_end"]:
        return month_end(published.year, published.month) if published else None
    return date(year, 12, 31)


def _in_month(match: re.Match[str], year: int, month: int) -> date | None:
    last = month_end(year, month)
    day = int(match["day"]) if match["day"] else _THIRDS.get(match["part"], last.day)
    return last.replace(day=day) if 1 <= day <= last.day else None


# --- whether something is to be done by it ---


def _is_deadline(content: str, match: re.Match[str], day: date, setting: Setting) -> bool:
    before = content[max(0, match.start() - _LOOK_BACK) : match.start()]
    if _ITEM.fullmatch(before):
        before = ""  # 三、2025年底前: the number is the item's
    if _BEGINS.match(content, match.end()):
        return False
    if _BIDDING.search(before):
        return False
    if _CLOSES.search(before + (match["until"] or "")) and match["day"]:
        return not _reports(content, match, before)
    if match["relative"] in {"次年", "翌年"} and not _is_settled_next_year(content, match, setting):
        return False
    if _LEADS_OFF.search(before) or (match["until"] and (_RANGE.search(before) or _VALIDITY.search(before))):
        return False
    if _is_past(content, match, day, setting):
        return False
    return _marks_end(match) or _opens_task(content, match, day, setting)


def _reports(content: str, match: re.Match[str], before: str) -> bool:
    """Whether 截至 a day tells what was reached by it (截至6月30日已办结27件) and not when something closes."""
    if _CLOSING.match(content, match.end()) or match["before"]:
        return False
    return _RESULT.match(content, match.end()) is not None or _REPORTS_FROM.search(before) is not None


def _is_settled_next_year(content: str, match: re.Match[str], setting: Setting) -> bool:
    """Whether 次年 follows one year and not each one that a rule may meet: 达标的次年, 当年…次年 recur."""
    sentence = re.split("[。；;]", content[max(0, match.start() - _SENTENCE) : match.start()])[-1]
    opens = _CLAUSE_START.search(sentence) is not None
    return opens and not setting.lays_down and _RECURS.search(sentence) is None


def _shares_task(content: str, last: re.Match[str] | None, match: re.Match[str], day: date, setting: Setting) -> bool:
    """Whether a period without a mark of its own stands beside a deadline whose task is 分别 theirs."""
    if last is None or not _AND.fullmatch(content, last.end(), match.start()):
        return False
    return _EACH.match(content, match.end()) is not None and not _is_past(content, match, day, setting)


def _marks_end(match: re.Match[str]) -> bool:
    return bool(match["before"] or match["plan"] or match["quarter_end"] or match["part"] in ("底", "末"))


def _opens_task(content: str, match: re.Match[str], day: date, setting: Setting) -> bool:
    """Whether words that mark no end stand before a task: 一季度，印发方案; 年底建成; 年内再走访百家."""
    before = content[max(0, match.start() - _LOOK_BACK) : match.start()]
    task = _TASK.match(content, match.end()) is not None
    if match["day"]:
        return False
    if match["month_end"] or (match["year_end"] and not match[0].endswith("内")):
        return task or bool(match["year"] or match["relative"]) or _sets_target(content, match, day, setting)
    if not (match["month"] or match["quarter"] or match["half"] or match["year_end"]):
        return task and _names_goal(match)
    if match["until"] is None and not _CLAUSE_START.search(before):
        ahead = setting.published is not None and _first_day(match, day) > setting.published
        return ahead and not match["year_end"] and _FINISHED.match(content, match.end()) is not None
    if _CONDITION.match(content, match.end()):
        return False
    if setting.lays_down or setting.published is None:
        return task or (setting.lays_down and not _NOUN.match(content, match.end()))
    early = (day - setting.published).days > _TOO_EARLY_DAYS and not match["year_end"]
    if early or _first_day(match, day) > setting.published:
        return not _NOUN.match(content, match.end())
    return _FUTURE.search(_sentence(content, match)) is not None


def _sets_target(content: str, match: re.Match[str], day: date, setting: Setting) -> bool:
    """年底研发机构覆盖率提高到60%, where the year's end is still to come."""
    ahead = setting.published is not None and day >= setting.published
    return ahead and _TARGET.search(_sentence(content, match)) is not None


def _first_day(match: re.Match[str], last: date) -> date:
    """The first day of the period that ends on `last`."""
    months = 1 if match["month"] else 3 if match["quarter"] else 6 if match["half"] else 12
    return date(last.year, last.month - months + 1, 1)


def _sentence(content: str, match: re.Match[str]) -> str:
    """The words around a match up to the next full stops, within reach."""
    before = re.split("[。；]", content[max(0, match.start() - _SENTENCE) : match.start()])[-1]
    return before + re.split("[。；]", content[match.end() : match.end() + _SENTENCE])[0]


def _names_goal(match: re.Match[str]) -> bool:
    """到2025年: a bare year is a deadline by its 到 alone, which belongs to the quote."""
    return bool(match["until"] and match["year"]) and match.end() == match.end("year") + 1


def _is_past(content: str, match: re.Match[str], day: date, setting: Setting) -> bool:
    """Whether the words look back: a report's day before it came out, or the results of a period."""
    sentence = re.split("[。；]", content[match.end() : match.end() + _SENTENCE])[0]
    if setting.published and day >= setting.published:
        return not match["before"] and _MEASURED.search(sentence) is not None
    if setting.published and not setting.lays_down:
        return True
    # Measures may be put online in the year after; what they say of earlier years is background.
    if setting.year and day.year < setting.year - bool(match["before"]):
        return True
    return _PAST.search(sentence) is not None
