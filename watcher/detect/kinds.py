"""Which of the three types an announcement is, by points for form; the rules and their order stand in docs/detection.md.

A `measures_document` speaks as its issuer (heading, addressees, 制定如下措施, clauses, 自印发之日起); a `measures_news`
tells that it was issued (日前出台, 记者获悉, 《措施》提出); a `progress_report` tells what was done (截至目前, 累计, 成效).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from watcher.detect.draft import Draft
from watcher.model import AnnouncementType

_LEAD = 400
_WINDOW = 8000
_DOCUMENT_POINTS = 3.0


class _Sign(NamedTuple):
    points: float
    pattern: re.Pattern[str]
    meaning: str


def _sign(points: float, pattern: str, meaning: str) -> _Sign:
    return _Sign(points, re.compile(pattern), meaning)


_KIND_WORD = r"(?:措施|政策|意见|办法|通知|方案|细则|清单|公告|规定|决定|举措|条款|计划|指南|通告)"
_DOCUMENT_TITLE = (
    _sign(
        2.5,
        rf"(?:^|[厅局委会府院关部行办室处]\s*)关于.{{4,}}?{_KIND_WORD}(?:[（(][^）)]{{1,10}}[）)])?\s*$",
        "标题是公文题目",
    ),
    _sign(
        1.0,
        r"(?:若干|[0-9一二三四五六七八九十]条)?(?:政策)?(?:措施|意见|政策|细则|办法|清单)(?:[（(][^）)]{1,10}[）)])?\s*$",
        "标题以文种结尾",
    ),
    _sign(-4.0, r"解读|图解|一图读懂|问答|答记者问|出台|推出|发布会", "标题是新闻或解读"),
)
_DOCUMENT_LEAD = (
    _sign(2.0, r"(?m)^\s*(?:各|市|局机关|机关)[^。\n]{2,60}[:：]\s*$", "开头写明受文单位"),
    _sign(
        2.0,
        r"(?:制定|提出|出台|采取|推出)(?:了)?(?:如下|以下|本)[^。；\n]{0,12}(?:措施|政策|意见|举措|办法)|特?制定(?:本|如下|以下)|通知如下|公告如下|现印发给你们",
        "开头是公文用语",
    ),
    _sign(-2.5, r"记者|通讯员|本报讯|[日月]讯|获悉|从.{2,12}了解到|新闻发布会", "开头是新闻用语"),
    _sign(
        -1.5,
        r"(?:日前|近日|近期|今天|昨日|[0-9]{1,2}月[0-9]{1,2}日)[^。]{0,40}(?:出台|印发|发布|推出|召开|举行)",
        "开头报道出台",
    ),
)
_DOCUMENT_BODY = (
    _sign(
        1.5,
        r"自(?:印发|发布|公布|下发|[0-9]{4}年).{0,12}?起(?:施行|实施|执行)|有效期(?:至|到|[0-9一二三四五])|由.{2,30}?负责解释|遵照执行|认真贯彻(?:执行|落实)",
        "结尾写明施行和解释",
    ),
    _sign(
        1.0,
        r"(?m)^\s*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[)）]|[0-9]{1,2}[.、．])[\s\S]*?^\s*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[)）]|[0-9]{1,2}[.、．])",
        "分条列出",
    ),
    _sign(0.8, r"为(?:深入|全面|进一步|认真|贯彻|落实|切实|加快|推动|支持|优化)", "写明制定目的"),
)
_NEWS_TITLE = (
    _sign(2.5, r"出台|推出|发布|印发|打出|送出|公布|推行|上线|新政|新举措|将(?:实施|推出|开展)", "标题说出台"),
    _sign(2.0, r"解读|一图读懂|图解|问答|答记者问", "标题说解读"),
    _sign(
        0.8, r"[0-9一二三四五六七八九十]{1,3}[条项个](?!方面|案例).{0,8}(?:措施|举措|政策|实招|硬招)", "标题写明条数"
    ),
)
_NEWS_LEAD = (
    _sign(
        2.5,
        r"(?:日前|近日|近期|今天|昨日|昨天|[0-9]{1,2}日|最近|本周|刚刚)[^。]{0,60}(?:出台|印发|发布|推出|制定|下发|公布|实施)",
        "导语报道出台",
    ),
    _sign(1.0, r"记者|通讯员|获悉|讯", "新闻用语"),
    _sign(1.0, r"(?:正式|联合|全新|重磅|新近)(?:出台|印发|发布|推出)|(?:出台|印发|发布|推出)了?《", "报道发布文件"),
)
_NEWS_BODY = (
    _sign(1.2, r"(?:《[^》]{2,40}》|措施|通知|意见|政策|方案)(?:提出|明确|要求|规定|指出|从)", "转述文件内容"),
    _sign(0.6, r"将(?:对|为|给予|按|在|推动|继续|建立|实行|设立)", "写将要做的事"),
)
_PROGRESS_TITLE = (
    _sign(
        1.5,
        r"成效|工作总结|做法|经验|纪实|情况|走访|成绩|亮点|侧记|破解|跑出|点赞|缩影|见闻|回顾|进行时",
        "标题讲成效做法",
    ),
    _sign(
        1.0,
        r"坚持|聚焦|多措并举|助力|护航|打造|赋能|精准|持续|深化|全力|扎实|用心|当好|靠前|解难题|助推",
        "标题讲所做的服务",
    ),
)
_PROGRESS_LEAD = (
    _sign(
        1.5,
        r"今年以来|近年来|去年以来|[0-9]{4}年以来|上半年|一直以来|连日来|前三季度|过去一年|成立以来",
        "导语讲一段时间",
    ),
    _sign(1.5, r"新闻发布会|发布会|新闻通气会", "新闻发布会"),
    _sign(1.0, r"“[^”]{12,}”[^。]{0,40}(?:说|表示|感谢|介绍)|送来(?:的)?(?:锦旗|感谢信)|负责人", "从事例写起"),
)
_DONE = re.compile(
    r"截至|累计|已(?:为|有|经|完成|帮|建|发|办|走|组)|共(?:为|办|走|发|帮|解|受)|今年以来|近年来|下一步|成效|先后|解决了|办理了?[0-9]|走访.{0,6}[0-9]"
)


def kind_of(draft: Draft) -> tuple[AnnouncementType, str]:
    """The type of an announcement and the sentence that says why."""
    title, lead, text = draft.title or "", draft.text[:_LEAD], draft.text[:_WINDOW]
    document = _total((title, _DOCUMENT_TITLE), (lead, _DOCUMENT_LEAD), (text, _DOCUMENT_BODY))
    if document[0] >= _DOCUMENT_POINTS:
        return AnnouncementType.MEASURES_DOCUMENT, f"类型为措施文件：{document[1]}"
    news = _total((title, _NEWS_TITLE), (lead, _NEWS_LEAD), (text, _NEWS_BODY))
    progress = _total((title, _PROGRESS_TITLE), (lead, _PROGRESS_LEAD))
    done = min(3.0, 2.0 * len(_DONE.findall(text)) / max(1.0, len(text) / 500))
    if news[0] >= progress[0] + done:
        return AnnouncementType.MEASURES_NEWS, f"类型为措施报道：{news[1] or '转述措施'}"
    told = "、".join(part for part in (progress[1], "写已做的事" if done >= 1 else "") if part)
    return AnnouncementType.PROGRESS_REPORT, f"类型为工作成效：{told or '讲所做的工作'}"


def _total(*parts: tuple[str, tuple[_Sign, ...]]) -> tuple[float, str]:
    """The points of the signs found, and the meanings of those that speak for it."""
    found = [sign for text, signs in parts for sign in signs if sign.pattern.search(text)]
    return sum(sign.points for sign in found), "、".join(sign.meaning for sign in found if sign.points > 0)
