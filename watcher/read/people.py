"""Names of people in credits and bylines, also where they run together (孙康元苑红霞)."""

from __future__ import annotations

import re

# The surnames of more than about one in 100,000 people, after 《百家姓》 and the ministry's yearly reports on names.
_SINGLE = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付傅方邹熊白孟秦邱侯江尹薛"
    "闫雷龙黎史陶贺毛段郝顾龚邵万覃武钱戴严莫孔向常汤康易乔赖文欧樊兰殷施洪翁颜倪温季俞章鲁葛苗毕聂焦柳邢岳齐梅庄辛管祝左涂谷祁时舒耿牟卜路詹关凌费纪靳盛童欧阳包"
    "游申屈解柴鲍阮裴冉宫柯翟房成单尚车边穆蒲安连寇郎党戚苟申居甘甄娄窦宁饶桂霍符裘景元苑卫席臧应邬骆商艾班佘池冷占沙巩仇储宗闵明蓝项屠卓晏麻匡敖简仲荣喻刁桑丘邸隋栾荆"
    "庞牛尤谈路桂束历仝逄缑盖封芦练晁靖丰仓"
    "鄢楚虞鞠褚滕衡吉米楼晋古冀亓邝薄官占闻岑宿阎计华强郁全练初苍隗由伍鹿粟米帅揭缪嵇农年和才来从查国平花井丛么乐"
)
_COMPOUND = frozenset(
    (
        "欧阳",
        "司马",
        "诸葛",
        "上官",
        "皇甫",
        "尉迟",
        "公孙",
        "慕容",
        "令狐",
        "司徒",
        "东方",
        "夏侯",
        "长孙",
        "宇文",
        "端木",
        "澹台",
    )
)
_NOBODY = frozenset(
    (
        "佚名",
        "未知",
        "匿名",
        "管理员",
        "无",
        "暂无",
        "本站",
        "本网",
        "编辑",
        "网络",
        "小编",
        "记者",
        "通讯员",
        "原创",
        "阅读",
        "浏览",
        "点击",
        "打印",
        "分享",
        "字号",
        "字体",
        "来源",
        "时间",
    )
)
_BODY = re.compile(
    r"(?:局|厅|委|委员会|办|办公室|处|科|室|网|报|社|台|站|部|中心|公司|政府|院|所|会|组|大队|支队|司|集团|街道|学校)$"
)
_ROLE = re.compile(
    r"(?:本报|本台|本网|本刊|全媒体|融媒体?|首席|见习|实习|特约|特派|驻[\u4e00-\u9fff]{2,4})*"
    r"(?:记者|通讯员|撰稿人?|供稿人?|作者|摄影|文字?[/／]图?|图[/／]文?|摄)\s*[:：]?"
)
_SPLIT = re.compile(r"[、,，;；/／|｜\s&]+")
_HAN = re.compile(r"[\u4e00-\u9fff·]+")
_MOST = 12  # people one byline names


def is_name(text: str) -> bool:
    """Whether `text` has the shape of a Chinese person's name: a surname and one or two characters."""
    if text in _NOBODY or not _HAN.fullmatch(text):
        return False
    if text[:2] in _COMPOUND and 3 <= len(text) <= 4:
        return True
    return 2 <= len(text) <= 3 and text[0] in _SINGLE


def names(text: str, *, trusted: bool = False) -> tuple[str, ...]:
    """Return the people named in a credit's value or a byline, in order, each once.

    Args:
        text: only names, roles (记者, 通讯员 …) and separators; bodies are left out.
        trusted: the label says that these are authors, so that a rare surname or a pen name is taken as well.
    """
    found: list[str] = []
    for token in _SPLIT.split(_ROLE.sub(" ", text.strip("()（）[]【】◆■●▲□◇ ")))[: 4 * _MOST]:
        for name in _people_in(token.strip("。:：()（）"), trusted):
            if name not in found:
                found.append(name)
    return tuple(found[:_MOST])


# …宣 is how the publicity offices of bodies sign (税宣, 环宣).
def _people_in(token: str, trusted: bool) -> tuple[str, ...]:
    if not _HAN.fullmatch(token) or token in _NOBODY or token.endswith("宣"):
        return ()
    if is_name(token):
        return (token,)
    if 4 <= len(token) <= 30 and not (_BODY.search(token) and len(token) > 6):
        return _run_together(token)
    if trusted and 2 <= len(token) <= 4 and not _BODY.search(token):
        return (token,)
    return ()


def _run_together(token: str) -> tuple[str, ...]:
    """Cut a run of names so that every piece is one; of several ways the one with most names of three characters."""
    best: list[tuple[int, tuple[str, ...]] | None] = [None] * (len(token) + 1)
    best[0] = (0, ())
    for end in range(2, len(token) + 1):
        for size in (3, 2, 4):
            before = best[end - size] if end >= size else None
            piece = token[end - size : end] if end >= size else ""
            if before is None or not is_name(piece):
                continue
            score = before[0] + (2 if size == 3 else 0)
            current = best[end]
            if current is None or score > current[0]:
                best[end] = (score, (*before[1], piece))
    last = best[len(token)]
    return last[1] if last else ()
