"""Counts of the text's own parts: 6个方面, 四项制度, 15条措施 tell how a text is built.

Source of the nouns: the rhetorical parts that the extraction contract leaves out, and their synonyms in the headings
of plans and work reports.
"""

from __future__ import annotations

import re
from decimal import Decimal

from watcher.extract.figures.amounts import Amount
from watcher.extract.figures.context import Context

# A document divides itself into a few parts; sixty is more than the longest list of measures in the texts read for
# this.
_MOST_PARTS = Decimal(60)
_GENERIC = frozenset(("个", "项", "条", "套", "种", "大类", "类", "张", "本", "道", "步", "点", "句", "件"))
# Nouns that name nothing but a part of a text or of its argument, whatever follows them.
_ALWAYS = re.compile(
    r"环节(?:展开|发力|入手|发挥|着手|集中|同时|全面)|"
    r"(?:方面|步骤|阶段|层面|“?组合拳|维度|角度|原则|特点|亮点|字|话)|(?:大|实|要)?件?(?:事|事情|实事)(?![务项业宜故])|"
    r"建议(?=[，。：:]|$)"
)
# Nouns that do so where the phrase ends with them: 五项重点任务, but not 五项任务书.
_HEADS = (
    "(?<!整改)措施|举措|制度|机制|行动|任务|要求|阶段|抓手|条件|情形之一|条款|部分|章节|重点|目标|体系|关键|导向|领域|板块|"
    "关系|转变|统筹|坚持|确保|"
    "到位|结合|清单|专项|战略|攻坚战|提升|保障|优势|强化|工作|承诺|意见|内容|程序|过程|渠道|途径|维护|意识|自信|确立|"
    "务必|先行|示范|模式|方式"
)
_HEAD = re.compile(
    rf"的?[\u4e00-\u9fff]{{0,4}}?(?:{_HEADS})"
    r"(?=[，。；：、,;:!！?？）)”\"\s0-9]|$|的|中|来|入手|发力|着手|着力|全面|同|要|进行|予以)"
)
_MEASURES = re.compile(r"[^，。；：、,;\s《》“”]{0,8}?(?<!整改)(?:措施|举措|硬招|实招|新政|干货)")
# 5大类24条, 共4部分15条: the parts that a text is divided into, and then its 条.
# 涉及5大类24项行业 counts what is outside.
_DIVIDED = re.compile(r"[0-9一二三四五六七八九十](?:个|大)?(?:部分|方面|大类|板块|章)[ ，,、]?共?$")
# 《…意见》共27条, 方案共分18条: 条 in a clause of their own, with the document named just before.
_IN_ALL = re.compile(
    r"(?:》|措施|举措|政策|意见|方案|办法|条例|规定|细则|清单)[^。；\n0-9]{0,20}?(?:一?共|总共|合计|总计|全文|包括|包含|分为)(?:计|有|分)?$"
)
_SMALLER = re.compile(r"[0-9一二三四五六七八九十](?:个?(?:部分|方面)|大?类|条)[，、]?$")
_THEN_ARTICLES = re.compile(
    r"[，、]?[0-9一二三四五六七八九十]{1,3}条(?=[0-9，。；、）)]|$|[^，。；0-9]{0,6}(?:措施|举措|政策))"
)
_MEASURES_BEFORE = re.compile(r"(?:(?<!整改)措施|举措|政策|新政|[0-9]个部分)[ ]?$")


def rhetorical(context: Context, amount: Amount) -> str | None:
    if amount.words == "档" and amount.chinese:  # 按三档补助: the steps that the text has just told
        return "文章自身的方面、步骤或任务"
    if _own_articles(context, amount):
        return "文件自身的措施条数"
    if amount.high is None or amount.high > _MOST_PARTS or amount.words not in _GENERIC:
        return None
    text, end = context.text, amount.end
    if amount.words in ("条", "项"):
        measures = _MEASURES.match(text, end, end + 14) or _MEASURES_BEFORE.search(context.before(amount, 6))
        if measures:
            return "文件自身的措施条数"
    if _ALWAYS.match(text, end, end + 6) or (
        amount.words not in ("点", "句", "件") and _HEAD.match(text, end, end + 14)
    ):
        return "文章自身的方面、步骤或任务"
    return None


def _own_articles(context: Context, amount: Amount) -> bool:
    """Whether the amount is of the parts of the document spoken of, and no noun says otherwise (24条线路).

    Parts told from the large to the small may be more than `_MOST_PARTS`: 5大类24条80项措施.
    """
    if amount.words in ("类", "大类"):
        return _THEN_ARTICLES.match(context.text, amount.end, amount.end + 18) is not None
    smaller = amount.words in ("条", "项") and _SMALLER.search(context.before(amount, 5))
    if smaller and _MEASURES.match(context.text, amount.end, amount.end + 14):
        return True
    if amount.words != "条":
        return False
    following = context.after(amount)
    ends = not following or following in "，,。；;、：:）)\n " or following.isdigit()
    return ends and bool(_DIVIDED.search(context.before(amount, 8)) or _IN_ALL.search(context.before(amount, 34)))
