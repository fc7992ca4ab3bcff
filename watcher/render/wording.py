"""The fixed words of an alert, in Chinese and English. Official terms stay Chinese in both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from watcher.reasons import REASONS
from watcher.settings import Language


@dataclass(frozen=True, slots=True)
class Wording:
    """A count in English may have two forms, "{n} measure|{n} measures": `counting` takes the one that fits."""

    language: Language
    kinds: Mapping[str, str]
    tag: str  # a kind, as it stands before a headline
    aside: str  # what stands behind something, in brackets
    counted: Mapping[str, str]  # "{n} …" in the headline of a digest
    types: Mapping[str, str]
    valid_until: str
    credited: str  # in the place of an issuer that is not known
    figures: str
    more_figures: str
    changes: str
    deadlines: str
    listed_measures: str
    figure: str
    link: str
    listing_link: str
    item_link: str
    seen_at: str
    original: str
    gone: str
    answers: Mapping[str, str]  # by which a site says that a page is gone
    back: str
    same: str
    said_by: str
    resembles: str  # an announcement of the same words
    titled: str  # a title among words
    another: str  # one without a title
    numbers: str  # behind it, which differ
    reason: str
    since: str
    hint: str
    again: str
    was: str
    meanwhile: str
    span: str
    missed: str
    read_on: str
    added: str
    none_added: str
    all_read: str
    waiting: str
    gap: str
    baseline: str
    stop: str  # between two statements
    refused_for_good: str
    not_accepted: str
    channel: str
    channel_said: str
    resume: str  # what to do of the subscription "{id}" that is paused
    look: str
    unsubscribe: str
    unreadable: str  # before the names of sources
    join: str
    colon: str
    measures: str
    by: str
    until: str
    due: str
    today: str
    tomorrow: str
    days_left: str
    over: str
    task: str
    page: str
    alike: str  # the headline of "{n}" announcements that were edited in the same way
    pages: str
    more_pages: str
    more_items: str  # of a digest that is cut for a chat
    and_others: str  # behind the first of "{n}" items in the title of a digest
    unread: str  # before the name of a file
    unread_because: Mapping[str, str]  # by code; "" for all others
    status: str
    ended: Mapping[str, str]  # how a document stands that holds no more, or is gone
    standing: str  # "{kind}" of an event, of a document that "{stands}" so
    fates: Mapping[str, str]  # what became of a document, by how an event says it

    def counting(self, words: str, n: int) -> str:
        one, _, many = words.partition("|")
        return (many if many and n != 1 else one).format(n=n)


ZH = Wording(
    language="zh",
    kinds={
        "new": "新措施",
        "changed": "有变动",
        "wording": "文字有修改",
        "repost": "有转载",
        "withdrawn": "已撤下",
        "restored": "已恢复",
        "source_trouble": "来源异常",
        "source_recovered": "来源恢复",
        "delivery_trouble": "投递异常",
        "delivery_recovered": "投递恢复",
        "deadline": "截止提醒",
        "digest": "摘要",
    },
    tag="【{kind}】",
    aside="（{text}）",
    counted={
        "new": "{n}条新措施",
        "changed": "{n}条有变动",
        "wording": "{n}条文字有修改",
        "repost": "{n}条有转载",
        "withdrawn": "{n}条已撤下",
        "restored": "{n}条已恢复",
        "source_trouble": "{n}个来源异常",
        "source_recovered": "{n}个来源恢复",
        "delivery_trouble": "{n}项投递异常",
        "delivery_recovered": "{n}项投递恢复",
        "deadline": "{n}项将截止",
    },
    types=REASONS["zh"].type_names,
    valid_until="有效期至",
    credited="来源：{name}",
    figures="关键数字",
    more_figures="另有 {n} 个数字，见原文",
    changes="变动",
    deadlines="期限",
    listed_measures="措施",
    figure="数字",
    link="查看原文",
    listing_link="打开栏目",
    item_link="详情与历史版本",
    seen_at="又见于",
    original="原文",
    gone="自 {since} 起打不开（{answer}），一天后再看仍是如此；当时的文字和附件已留存",
    answers={"http_404": "404", "http_410": "410", "not_found": "页面不存在"},
    back="自 {since} 起曾打不开，现已恢复",
    same="，内容没有变动",
    said_by="见",
    resembles="与{name}文字相同，数字不同",
    titled="《{title}》",
    another="另一则公告",
    numbers="：{changed}",
    reason="为什么收到",
    since="自",
    hint="建议",
    again="下次 {time} 再试，已连续失败{n}次",
    was="此前",
    meanwhile="期间",
    span="{since} 至 {until}",
    missed="补读",
    read_on="期间照常读取",
    added="期间新增{n}条",
    all_read="已全部补上",
    none_added="期间没有新条目",
    waiting="{n}条待下次读取",
    gap="更早的条目可能未读到，请打开栏目核对",
    baseline="列表按首次读取处理，其中的条目不作提醒，请打开栏目核对",
    stop="；",
    refused_for_good="通道拒收，订阅已暂停",
    not_accepted="通道一直未接收，仍在重试",
    channel="通道",
    channel_said="答复",
    resume="排除原因后运行 `watcher subscriptions resume {id}`，积压的提醒随后送达",
    look="用 `watcher deliveries` 查看原因；恢复后积压的提醒会自动送达",
    unsubscribe="退订",
    unreadable="以下来源目前无法读取，没有消息不等于没有发布",
    join="、",
    colon="：",
    measures="{n}条措施",
    by="{date} 前",
    until="截止",
    due="{date}，{left}",
    today="今天截止",
    tomorrow="明天截止",
    days_left="还有{n}天",
    over="已过期",
    task="事项",
    page="第{n}页",
    alike="{n}条公告有同样的修改",
    pages="涉及公告",
    more_pages="另有 {n} 条",
    more_items="…另有{n}条：{where}",
    and_others="等{n}条",
    unread="附件未读",
    unread_because={
        "needs_ocr": "扫描件，需要OCR",
        "encrypted": "有密码",
        "unsupported": "格式不支持",
        "too_large": "过大",
        "too_many": "附件过多",
        "stays_away": "一天以上无法下载",
        "": "未能读取",
    },
    status="状态",
    ended={"repealed": "已废止", "replaced": "已废止", "lapsed": "已失效", "withdrawn": "已撤下"},
    standing="{kind}·{stands}",
    fates={word: word for word in ("废止", "失效", "废止，另有新文件", "与新文件不一致的以新文件为准")},
)

EN = Wording(
    language="en",
    kinds={
        "new": "New",
        "changed": "Changed",
        "wording": "Reworded",
        "repost": "Reposted",
        "withdrawn": "Withdrawn",
        "restored": "Restored",
        "source_trouble": "Source trouble",
        "source_recovered": "Source recovered",
        "delivery_trouble": "Not delivered",
        "delivery_recovered": "Delivered again",
        "deadline": "Deadline",
        "digest": "Digest",
    },
    tag="[{kind}] ",
    aside=" ({text})",
    counted={
        "new": "{n} new",
        "changed": "{n} changed",
        "wording": "{n} reworded",
        "repost": "{n} reposted",
        "withdrawn": "{n} withdrawn",
        "restored": "{n} restored",
        "source_trouble": "{n} in trouble",
        "source_recovered": "{n} recovered",
        "delivery_trouble": "{n} not delivered",
        "delivery_recovered": "{n} delivered again",
        "deadline": "{n} due",
    },
    types=REASONS["en"].type_names,
    valid_until="valid until",
    credited="credited to {name}",
    figures="Key figures",
    more_figures="{n} more figure in the original|{n} more figures in the original",
    changes="What changed",
    deadlines="Deadlines",
    listed_measures="Measures",
    figure="figure",
    link="Read the original",
    listing_link="Open the column",
    item_link="Details and earlier versions",
    seen_at="Also at",
    original="Original",
    gone="Gone since {since} ({answer}), and still so a day later; its text and files are kept",
    answers={"http_404": "404", "http_410": "410", "not_found": "the page says that it does not exist"},
    back="Was gone since {since} and is there again",
    same=", unchanged",
    said_by="See",
    resembles="The same words as {name}, other numbers",
    titled="“{title}”",
    another="another announcement",
    numbers=": {changed}",
    reason="Why you get this",
    since="since",
    hint="What to do",
    again="asked again at {time}; failures in a row: {n}",
    was="It was",
    meanwhile="From",
    span="{since} to {until}",
    missed="Caught up",
    read_on="it was read all the while",
    added="entries new meanwhile: {n}",
    all_read="all of them",
    none_added="nothing new meanwhile",
    waiting="waiting for the next pass: {n}",
    gap="older ones may have been missed: open the column",
    baseline="its list was taken as a first reading, nobody is told of what stands in it: open the column",
    stop="; ",
    refused_for_good="refused for good: the subscription is paused",
    not_accepted="nothing was accepted for long; it is tried again",
    channel="Channel",
    channel_said="It said",
    resume="mend it, then `watcher subscriptions resume {id}` sends what waits",
    look="`watcher deliveries` shows why; what waits is sent when it accepts again",
    unsubscribe="Unsubscribe",
    unreadable="These cannot be read now; that nothing comes from them means nothing",
    join=", ",
    colon=": ",
    measures="{n} measure|{n} measures",
    by="by {date}",
    until="Until",
    due="{date}, {left}",
    today="today",
    tomorrow="tomorrow",
    days_left="in {n} days",
    over="over",
    task="To do",
    page="p. {n}",
    alike="{n} announcements edited in the same way",
    pages="Which",
    more_pages="{n} more",
    more_items="… and {n} more: {where}",
    and_others=" and others, {n} in all",
    unread="File not read",
    unread_because={
        "needs_ocr": "a scan: needs OCR",
        "encrypted": "has a password",
        "unsupported": "format not supported",
        "too_large": "too large",
        "too_many": "too many files",
        "stays_away": "not to be had for a day",
        "": "could not be read",
    },
    status="Status",
    ended={"repealed": "repealed", "replaced": "replaced", "lapsed": "lapsed", "withdrawn": "withdrawn"},
    standing="{kind}, {stands}",
    fates={
        "废止": "repealed",
        "失效": "lapsed",
        "废止，另有新文件": "repealed, and replaced by another document",
        "与新文件不一致的以新文件为准": "where it differs from a newer document, the newer one holds",
    },
)

WORDINGS: Mapping[Language, Wording] = {"zh": ZH, "en": EN}
