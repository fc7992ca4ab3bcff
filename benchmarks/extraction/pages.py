"""The pages that are measured: documents of our own in the weight of a real page, and saved ones where there are."""

from __future__ import annotations

import re
from pathlib import Path

from benchmarks.environments import ROOT

SIZE = 45_000  # bytes, about the median of government article pages
GOLD = ROOT / "tests" / "gold" / "dev"
SAVED = ROOT.parent / "shared" / "pages"

_COLUMNS = (
    "首页 机构概况 领导信息 内设机构 直属单位 政务公开 公开指南 公开年报 政策文件 政策解读 规划计划 财政信息 人事信息 "
    "建议提案 行政许可 行政处罚 办事服务 网上申报 结果公示 资料下载 常见问题 互动交流 局长信箱 在线访谈 意见征集 "
    "空气质量 水环境质量 环境公报 专题专栏 营商环境 新闻中心 工作动态 县区动态 图片新闻 通知公告 媒体关注 新闻发布会"
)
_RELATED = (
    "关于召开一季度例行新闻发布会的公告",
    "全市生态环境系统调度会议召开",
    "我市多家单位入选试点名单",
    "关于公示清洁生产审核名单的通知",
    "一图读懂优化营商环境若干措施",
    "市局组织工作组赴县区开展帮扶",
)
_SCRIPT = (
    "<script>(function(){var list=[],max=200;for(var i=0;i<max;i++){list.push({id:i,url:'/col/'+i+'/index.html'})}"
    "window.menu=function(id){var box=document.getElementById(id);if(!box){return false}box.style.display='block';"
    "return true}})();</script><style>.menu li{float:left;width:120px}.foot{clear:both;text-align:center}</style>"
)
_FOOT = (
    "<div class='foot'>主办：某市生态环境局 承办：某市环境信息中心 地址：某市东风路1号 邮编：100000 电话：010-00000000 "
    "网站标识码：1100000000 某ICP备00000000号</div>"
)
_STYLE = ' style="text-indent: 32pt; line-height: 28pt; font-family: 仿宋_GB2312, FangSong; font-size: 16pt"'
_PARAGRAPH = re.compile(r"<p(?:\s[^>]*)?>([^<>]*)</p>", re.IGNORECASE)
_BODY = re.compile(r"<body[^>]*>", re.IGNORECASE)


def padded(html: str, size: int = SIZE) -> str:
    """`html` as sites serve it, in `size` bytes: menus, lists of related articles, a footer, styled runs, scripts.

    Built to the saved pages of that size: about 400 elements, 75 links, 800 to 1,800 characters of text.
    """
    html = _PARAGRAPH.sub(rf"<p{_STYLE}><span{_STYLE}>\1</span></p>", html)
    opened = _BODY.search(html)
    start = opened.end() if opened else 0
    end = html.lower().rfind("</body>")
    end = end if end > start else len(html)
    columns = tuple(_COLUMNS.split())
    menus = f"<div class='nav'>{_list(columns, 'menu')}{_list(columns[:24], 'sub')}</div>"
    aside = f"<div class='side'><h3>相关新闻</h3>{_list(_RELATED, 'list')}</div>"
    missing = size - len(f"{html}{menus}{aside}{_FOOT}".encode())
    scripts = _SCRIPT * max(round(missing / len(_SCRIPT)), 0)
    return f"{html[:start]}{menus}{html[start:end]}{aside}{_FOOT}{scripts}{html[end:]}"


def _list(names: tuple[str, ...], style: str) -> str:
    items = (
        f'<li><a href="/col/{place:04d}/index.html" title="{name}" target="_blank">{name}</a></li>'
        for place, name in enumerate(names)
    )
    return f'<ul class="{style}">{"".join(items)}</ul>'


def write_ours(folder: Path) -> list[Path]:
    """Write the padded pages of the labelled documents to `folder`; those in other charsets than UTF-8 are left out."""
    written = []
    for source in sorted(GOLD.glob("*.html")):
        try:
            html = source.read_bytes().decode("utf-8")
        except UnicodeDecodeError:
            continue
        target = folder / source.name
        target.write_text(padded(html), "utf-8")
        written.append(target)
    return written


def saved() -> list[Path]:
    """Saved pages of real sites that hold an article; none where the folder is absent."""
    from watcher.errors import ReadError
    from watcher.read import read_document

    found = []
    for path in sorted(SAVED.glob("*.html")):
        try:
            text = read_document(path.read_bytes()).text
        except ReadError:
            continue
        if len(text) >= 200:
            found.append(path)
    return found


def write_texts(pages: list[Path], folder: Path) -> list[Path]:
    """Write the cleaned text of each page to `folder`, for what reads figures only."""
    from watcher.read import read_document

    written = []
    for page in pages:
        target = folder / f"{page.stem}.txt"
        target.write_text(read_document(page.read_bytes()).text, "utf-8")
        written.append(target)
    return written
