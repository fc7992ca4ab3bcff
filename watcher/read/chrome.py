"""Which lines are the site's and not the article's: buttons, share bars, footers, disclaimers, related links.

Lines are judged one by one here; `trim` decides with their neighbours.
"""

from __future__ import annotations

import re
from functools import lru_cache

from watcher.read import labels
from watcher.read.dates import find_date, is_only_date

_WORDS = (
    "打印本页 打印此页 打印页面 打印文章 打印本文 我要打印 打印 关闭窗口 关闭本页 关闭此页 关闭页面 我要关闭 "
    "关闭 返回首页 返回顶部 返回列表 返回上页 返回上一页 返回 回到顶部 回首页 网站首页 首页 上一页 下一页 "
    "上一篇 下一篇 上一条 下一条 尾页 末页 分享到 分享至 分享 一键分享 微信好友 微信 新浪微博 腾讯微博 微博 "
    "朋友圈 QQ空间 QQ好友 QQ 人人网 豆瓣 收藏本页 加入收藏 收藏 设为首页 字号 字体 大小 大 中 小 超大 默认 "
    "特大 较大 繁体中文 简体中文 繁体版 繁体 简体 繁 简 无障碍浏览 无障碍阅读 无障碍 长者模式 长者助手 适老化 "
    "关怀版 适老版 TOP Top top Aa A+ A- A 放大 缩小 正常 点赞 赞 评论 复制链接 复制 下载 导出 朗读 语音播报 "
    "语音朗读 听全文 纠错 我要纠错 网页纠错 扫一扫 视力保护色 保护视力色 背景色 白 登录 注册 搜索 网站地图 "
    "站点地图 联系我们 关于我们 网站声明 版权声明 法律声明 隐私声明 隐私政策 帮助 RSS订阅 RSS English EN "
    "移动版 手机版 电脑版 客户端 官方微信 官方微博 微信公众号 更多 更多>> MORE 展开 收起 全文 人 次 关注我们 "
    "投稿 广告服务 网站简介 免责声明 友情链接 相关附件 附件下载 相关文章 相关新闻 相关链接 相关信息 相关阅读 "
    "文件下载"
)
# Possessive, so that "大小大小…" is not tried in every way.
_ONLY_WORDS = re.compile(
    "(?:"
    + "|".join(re.escape(word) for word in sorted(_WORDS.split(), key=len, reverse=True))
    + r"|[\s\d|｜丨/·•、:：;，,。.\[\]【】〖〗()（）<>《》＞»«→←-])++"
)
_BUTTON_LINE_MAX = 60

# A short line that begins so is chrome, wherever it stands.
_BEGINS = re.compile(
    r"[\s【\[（(〖*]{0,3}(?:扫一扫|扫码|扫描二维码|用微信扫|微信扫|长按|上[一1][篇条则]|下[一1][篇条则]|前一篇"
    r"|后一篇|返回[\u4e00-\u9fff]{1,12}(?:[｜|\s]|$)|点击.{0,8}关注|(?:点|戳).{0,4}蓝[字色]|长按.{0,10}(?:识别"
    r"|关注)|[-—\s]{0,6}(?:END|End|THE END|完)[-—\s]{0,6}$|责任编辑|责编|值班编辑|审核[:：]|校对[:：]"
    r"|初审|复审|终审|编辑[:：]|编审[:：]|监制[:：]|分享到|分享让更多|浏览次数|阅读次数|点击次数|点击[数量率]"
    r"|访问量|公开方式|信息公开[选属]|(?:您?(?:现在|当前)?(?:的|所在)?(?:位置|所在)(?:是|于|为)?|所在位置"
    r"|当前栏目)\s?[:：]"
    r"|欢迎(?:您|访问|光临|来到|关注|订阅|下载)|今天是|【?字[号体][:：]|字体大小|打印(?:本页|此页|文章)?[|｜\s]"
    r"|版权所有|Copyright|copyright|©|COPYRIGHT|本文(?:关键词|标签)|标签[:：]|关键[词字][:：]|相关附件|附件下载"
    r"|附件[:：]?$|相关(?:文章|链接|新闻|附件)[:：]?$"
    r"|点击(?:图片)?(?:进入|下载)?(?:查看|观看)(?:更多|原图|大图)|图片来源|点击收听|(?:原标题|原题)[:：]|打开微信"
    r"|手机(?:扫码|浏览|查看)|请使用微信|我要(?:评论|留言|纠错|打印)|您是第|主办[:：]|承办[:：]|主办单位"
    r"|承办单位[:：]|技术支持|网站标识码"
    r"|(?:抄送|抄报|报|送|发)[:：]|(?:[（(]?共印|印数[:：]?)\s?\d+\s?份"  # the imprint below an official document
    r"|政府网站标识码|网站管理|网站维护|运行维护|建议使用|推荐使用|本站由|本网站由|备案号)"
)
# A line with one of these is a site's footer, whatever else it says.
_FOOTER = re.compile(
    r"(?=[ICA公网版不互最浏备])"  # refuses most places at a glance; patterns that mind no case have no such look
    r"(?:ICP备|ICP证|公网安备|网安备|版权所有|网站标识码|Copyright|All Rights Reserved|不良信息举报"
    r"|互联网新闻信息服务|最佳(?:浏览|分辨率)|浏览器(?:浏览|访问)|备案(?:序)?号)",
    re.IGNORECASE,
)
_OF_THE_SITE = re.compile(r"本[网站]|本公众号|本平台|本网站|我[网站]|网站")
_DISCLAIMS = re.compile(
    r"版权|免责|侵权|侵犯|转载|稿酬|著作权|不代表|观点|真实性|不.{0,12}责任|概不.{0,12}责任|保留.{0,12}责任|立场|删除|授权|著作人|权利人"
)
_DISCLAIMER = re.compile(
    r"[【\[（(*]?\s?(?:版权(?:及|与)?免责声明|版权(?:声明|说明|提示)|免责(?:声明|申明)|特别(?:声明|提示|提醒)"
    r"|郑重声明|声明|重要提示|转载(?:声明|请注明))\s?[\]】）)]?\s?[:：]?"
)
# The line that opens what is after the article.
_AFTER = re.compile(
    r"[\s【\[（(〖▌■●◆|*#]{0,3}(?:延伸阅读|相关阅读|推荐阅读|扩展阅读|拓展阅读|相关(?:新闻|文章|报道|链接|推荐"
    r"|资讯|内容|信息|文件|解读|政策|稿件|专题|主题)|热[门点](?:新闻|文章|推荐|资讯|排行|关注|阅读)|猜你喜欢"
    r"|为[你您]推荐|最新(?:新闻|文章|资讯|推荐|发布)"
    r"|精彩推荐|今日(?:热点|头条|推荐)|图片新闻|编辑推荐|大家都在看|上一篇|下一篇|上一条|下一条|网友评论"
    r"|往期(?:推荐|回顾|精选|内容)|精彩回顾|发表评论|相关稿件|我要评论|友情链接|网站声明|关注我们|责任编辑)"
)
_AFTER_MAX = 60
_CONTACT = re.compile(
    r"电话|传真|邮编|邮政编码|地址|邮箱|E-?mail|QQ|微信|办公区|主办|主管|承办|协办|运营|网址|客服|热线|监督|举报"
    r"|工作时间|服务时间|联系人|网站|有限公司$|研究院$|中心$|委员会$|人民政府$|[厅局办]$",
    re.IGNORECASE,
)
_NAVIGATION = re.compile(r"\s?(?:>{1,2}|＞|»|›|/|→|丨|\||｜|·|\s{2,})\s?")
_HOME = re.compile(r"首\s?页|位置|当前所在|Home", re.IGNORECASE)
SENTENCE = re.compile(r"[。；！？]")
_ENDS_SENTENCE = re.compile(r"[。；！？][”’」』）)】]?\s?$")


def is_prose(text: str) -> bool:
    """Whether `text` reads as running text: a sentence, or long with commas."""
    if SENTENCE.search(text) and len(text) >= 12:
        return True
    return len(text) >= 40 and ("，" in text or "," in text or "、" in text)


def is_paragraph(text: str) -> bool:
    """A sentence, or longer than headlines are: those carry commas, too."""
    return ("。" in text and len(text) >= 12) or "；" in text or (len(text) > 90 and is_prose(text))


def ends_sentence(text: str) -> bool:
    return _ENDS_SENTENCE.search(text[-6:]) is not None


def is_disclaimer(text: str) -> bool:
    """Whether `text` speaks of the site's rights and duties and not of the matter."""
    if _DISCLAIMER.match(text):
        return _OF_THE_SITE.search(text) is not None or len(text) < 40 or len(_DISCLAIMS.findall(text[:1000])) >= 2
    found = {match[0] for match in _DISCLAIMS.finditer(text[:1000])}
    return len(found) >= 2 and _OF_THE_SITE.search(text) is not None and len(text) <= 500


@lru_cache(maxsize=4096)  # a line is judged by several steps, and pages repeat their menus
def is_chrome(text: str) -> bool:
    """Whether the line is the site's own on its face: buttons, place in the site, footer, disclaimer."""
    if len(text) <= _BUTTON_LINE_MAX and _ONLY_WORDS.fullmatch(text) and re.search(r"[^\W\d_]", text):
        return True
    return is_furniture(text) or is_breadcrumb(text) or is_disclaimer(text) or is_label_line(text)


def is_furniture(text: str) -> bool:
    """Whether the line names what a page or a print has around its text: who edited it, whom it is sent to, whose
    site it is."""
    if len(text) <= 120 and _BEGINS.match(text) and not (SENTENCE.search(text) and len(text) > 60):
        return True
    return len(text) <= 300 and _FOOTER.search(text) is not None


def is_breadcrumb(text: str) -> bool:
    """首页 > 新闻 > 要闻."""
    if len(text) > 150 or not _HOME.search(text[:20]):
        return False
    return any(mark in text for mark in (">", "＞", "»", "›", "/", "→", "--", "-", "|")) and not SENTENCE.search(text)


_PATH = re.compile(r"[^\s>›»]\s?(?:>{1,2}|[›»＞])\s?(?=[^\s>›»])")


def is_menu(text: str) -> bool:
    """首页 | 要闻 | 专题 | 视频: four or more short pieces in a row, five where only blanks part them.

    Also a path without a label: 局网站 > 公开 > 文件.
    """
    if any(mark in text for mark in ">›»＞") and len(_PATH.findall(text)) >= 2 and not SENTENCE.search(text):
        return True
    if re.search(r"\d", text):
        return False
    pieces = [piece for piece in _NAVIGATION.split(text.strip()) if piece]
    words = text.split()
    return (len(pieces) >= 4 and max(map(len, pieces)) <= 8) or (len(words) >= 5 and max(map(len, words)) <= 6)


def is_label_line(text: str) -> bool:
    """A line that is only fields about the article (发布时间：… 来源：…); other words before them make it text."""
    found = labels.fields(text) if len(text) <= 300 else ()
    if not found or SENTENCE.search(text[:-1]):
        return False
    if all(_may_be_text(item) for item in found):
        return False
    rest = labels.before_labels(text).strip(" \t|｜-（([【")
    longest = 40 if find_date(rest) else 20
    return len(rest) <= longest and not re.search(r"[，,]", rest)


def _may_be_text(item: labels.Labelled) -> bool:
    """Whether a field may as well be an article's own line, as 时间：9月6日上午 is a notice's.

    日期 with a whole day is a field, and so is 时间 with one in figures: events spell theirs out.
    """
    if item.label in {"时间", "日期"} and is_only_date(item.value):
        return item.label == "时间" and "年" in item.value
    return item.field in {"title", "until"} or item.label in {"时间", "日期", "文字", "记者"}


def is_contact(text: str) -> bool:
    """A line as footers carry them: telephone, address, who runs the site."""
    return len(text) <= 120 and _CONTACT.search(text) is not None


def opens_after(text: str) -> bool:
    """Whether the line begins what follows an article: related links, next article, disclaimer, the link to the
    original."""
    if len(text) <= _AFTER_MAX and _AFTER.match(text):
        return True
    return is_disclaimer(text) or any(item.field == "original" for item in labels.fields(text[:200]))
