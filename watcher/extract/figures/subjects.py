"""What each figure is about, in the text's own words: the phrase before the number or the noun behind it.

A count names what is counted behind it (17名【专业人员】), every other kind what is measured before it
(【问题解决率】达到100%), an amount that is granted whom it is granted to.
A clause that says neither borrows: from the clauses ahead (对…的，按投资额的10%补助), or from the figure just before it
(同比增长9.3%).
"""

from __future__ import annotations

import re

from watcher.extract.figures import phrases, wording
from watcher.extract.figures.clause import Clause, around
from watcher.extract.figures.drafts import Draft, side_by_side
from watcher.extract.figures.grants import ONLY_GIVING, grant, is_grant, recipient_of
from watcher.extract.figures.heads import Rows
from watcher.model import FigureKind, Qualifier

_MEASURED = (FigureKind.PERCENT, FigureKind.RATIO, FigureKind.DURATION)
_PERSONS = ("名", "位", "人")
_TAKES_OBJECT = re.compile(
    r"(?:签订|新增|给予|予以|(?<!研发)投入|提供|安排|发放|推动|争取|设立|设置|规模|形成|获得|筹集|下达|拿出|减免|免收|享受|引用|具有|给予每年|拿到|接到|收到|签下|"
    r"对[^，]*的)了?(?:一笔)?[ ]?$|[一首这该]笔[ ]?$"
)
# 质押率可达评估价值的70%, 租金按市场价60%: what is measured stands before the verb of level.
_LEVEL = re.compile(
    r"^(.{2,}?)(?:可达|可?按(?!时|期|揭)|达到|控制在|(?:压缩|缩短|压减|降|减|提高)[至到]|(?<![行列作认])为(?!企业))[^，。]{2,}$"
)
_OF_FIGURES = re.compile(r"[，,、 ]*(?:同比|环比|[较比][^，,0-9]{1,6})?分别")
# What is done within a time: 市商务局10个工作日内｜复核.
_SETTLED = re.compile(
    r"(?:予以|全部|一次性|直接|即可|完成)?((?:初审|审核|复核|审定|审结|审批|办结|办理|受理|响应|答复|回复|反馈|回应|出具|换发|核发|发放|拨付|"
    r"到账|兑现|备案|公示|整改|处置|转办|交办|对接|上门|清偿|返还|送达|发证|登记|验收|评估)(?![的时率期]))"
)
_INVOLVES = re.compile(r"(?:涉及|覆盖|涵盖)[ ]?$")
_ATTRIBUTE = re.compile(r"的[ ]?$")
_THRESHOLD = re.compile(r"的|且|、[^，。]{2,20}的")
_PRODUCES = re.compile(r"年产$")
_FIGURE = re.compile(r"[0-9]")
_COMPARED = re.compile(r"[较比](?![例重率值])|同比|环比|[高低]于")


def subjects(text: str, drafts: list[Draft], rows: Rows) -> list[str | None]:
    """The subject of each draft; in a table the row lends its name.

    A list (5个、3个、1个工作日) is named as one, item by item where it is handed out.
    """
    named: list[str | None] = []
    last: str | None = None  # as the figures behind may borrow it: a gift's recipient without the gift
    while (index := len(named)) < len(drafts):
        size = side_by_side(text, drafts, index)
        clause = around(text, drafts, index, size, last, rows.at(drafts[index].bound.start))
        draft = drafts[index]
        names = _of_figures(text, drafts, named, size) or _aligned(clause, size)
        granted = is_grant(clause, draft)
        names = names or (_subject(clause, draft, granted=granted),) * size
        last = names[-1] or None
        if granted:
            names = tuple(grant(clause, draft, name) for name in names)
        elif clause.head:
            names = tuple(_with_column(name, clause) for name in names)
        elif draft.kind is FigureKind.DURATION:
            names = tuple(_with_deed(name, clause) for name in names)
        named += [name or None for name in names]
    return named


def _of_figures(text: str, drafts: list[Draft], named: list[str | None], size: int) -> tuple[str, ...]:
    """The names of as many figures before, where nothing but 分别 stands between: 1.2万吨、9.6亿元，分别占71%、68%."""
    first = len(named)
    if size == 1 or first < size:
        return ()
    gap = text[drafts[first - 1].bound.end : drafts[first].bound.start]
    near = phrases.same_sentence(text, drafts[first - size].bound.end, drafts[first].bound.start)
    names = tuple(filter(None, named[-size:]))
    return names if near and _OF_FIGURES.match(gap) and len(set(names)) == size else ()


def _aligned(clause: Clause, size: int) -> tuple[str, ...] | None:
    """The nouns that the items of a list are handed to: those that 分别 points at, or just as many before them."""
    if size == 1:
        return None
    if "分别" not in clause.before:  # 不捕率、不诉率同比上升11.5和9.2个百分点
        return phrases.aligned(clause.before, size, exactly=True)
    for words in (clause.before.rpartition("分别")[0], *clause.earlier[:2]):
        names = phrases.aligned(words, size) if words else None
        if names is not None:
            return names
    return None


def _subject(clause: Clause, draft: Draft, *, granted: bool) -> str:
    titled = clause.earlier[0].strip() if clause.titled else ""
    if titled and phrases.before(titled) == titled:  # 受益企业：326家
        return titled
    if draft.kind is FigureKind.RANK:
        return clause.last or phrases.before(clause.before)
    if draft.kind is FigureKind.COUNT:
        return _counted(clause, draft) or clause.last or clause.ahead()
    if granted:
        return recipient_of(clause, draft)
    return _measured(clause, draft)


def _counted(clause: Clause, draft: Draft) -> str:
    noun = phrases.after(clause.after, clause.before, person=draft.amount.words in _PERSONS)
    involved = _INVOLVES.search(clause.before)
    if involved is not None:  # 改革试点涉及17大类行业 counts the reach of what comes first
        lead = phrases.before(clause.before[: involved.start()])
        return lead if len(lead) >= 4 else (clause.last or noun) if len(noun) <= 3 else noun
    lead = phrases.before(clause.before, counted=True)
    if _ATTRIBUTE.search(clause.before) and len(lead) >= 4 >= len(noun):
        return lead
    bounded = draft.bound.qualifier is not Qualifier.EXACT
    if bounded and len(lead) >= 2 and _THRESHOLD.match(clause.after):  # 自主评价高级工50名以上的企业
        return lead
    return noun or lead


def _measured(clause: Clause, draft: Draft) -> str:
    before = _LEVEL.sub(r"\1", clause.before) if draft.kind in _MEASURED else clause.before
    lead, noun = phrases.before(before), phrases.after(clause.after, clause.before)
    if draft.kind is FigureKind.DURATION and clause.after.startswith("给予"):  # 连续三年给予租金补贴
        return phrases.after(clause.after.removeprefix("给予"), "") or lead
    if clause.taken and draft.kind in _MEASURED and clause.last:
        return _beyond(clause.before, clause.last) or clause.last
    if noun and (clause.taken or _PRODUCES.search(clause.before) or _object_follows(clause, draft, noun)):
        return noun
    if lead and not _COMPARED.match(clause.before.lstrip("、 分别")):
        return lead
    return _borrowed(clause, draft, noun) or lead


def _with_deed(name: str, clause: Clause) -> str:
    """What is done within a time behind what it is done to or by: 市商务局复核, 企业诉求办结."""
    deed = _SETTLED.match(clause.after)
    fits = deed is not None and deed[1] not in name and len(name) + len(deed[1]) <= phrases.LONGEST
    return name + deed[1] if deed and fits else name


def _with_column(name: str, clause: Clause) -> str:
    """A bare cell's row with what stands over its column, where that says more than 金额: 东江县创新型中小企业."""
    bare = not clause.after.strip() and len(clause.row) + 1 == len(clause.earlier) and not phrases.before(clause.before)
    fits = clause.head not in name and len(name) + len(clause.head) <= phrases.LONGEST
    return name + clause.head if bare and fits and not wording.SAYS_LITTLE.fullmatch(clause.head) else name


def _beyond(words: str, last: str) -> str:
    """What is measured of the things just counted: 13个【省级以上开发区】内【同类项目环评内容】精简40%."""
    place = words.find(last)
    rest = phrases.before(words[place + len(last) :].lstrip("内的中")) if place >= 0 else ""
    return rest if len(rest) >= 3 else ""


def _object_follows(clause: Clause, draft: Draft, noun: str) -> bool:
    """Whether the noun behind an amount is the object of the verb before it: 新增10亿元【授信额度】."""
    if draft.kind is FigureKind.PERCENT or draft.kind is FigureKind.RATIO:
        return False
    return (
        (len(noun) >= 3 or clause.before.endswith(("减免", "免收")))
        and not ONLY_GIVING.fullmatch(noun)
        and _TAKES_OBJECT.search(clause.before) is not None
    )


def _borrowed(clause: Clause, draft: Draft, noun: str) -> str | None:
    if clause.last and (draft.change is not None or clause.goes_on):
        return clause.last
    noun = noun or (phrases.behind(clause.after) if draft.kind in _MEASURED else "")
    if noun and not phrases.weak(noun):
        return noun
    if clause.earlier and not _FIGURE.search(clause.earlier[0]):
        return clause.ahead()
    return clause.last or clause.ahead() or noun
