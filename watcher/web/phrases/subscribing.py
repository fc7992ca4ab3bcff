"""The phrases of subscribing, confirming and unsubscribing, in pages and in the mail."""

from __future__ import annotations

from typing import Final

SUBSCRIBE: Final = {
    "subscribe_lead": (
        "有新措施时发邮件告诉你。先看看会收到什么；确认邮件里的链接点开后才生效。",
        "A mail when there are new measures. See first what you would get; it begins with the link in a mail to you.",
    ),
    "email": ("邮箱", "Mail address"),
    "places_hint": (
        "省、市、县的名称或六位代码，如 山东省潍坊市、370783；可写几个，用顿号隔开。空着即全国。",
        "Names or codes of provinces, cities, counties: 山东省潍坊市, 370783; several with commas. None: anywhere.",
    ),
    "bodies_hint": ("发布机构的名称，可写几个", "Names of the bodies that issue it, several with commas"),
    "keywords": ("关键词（任一，空格分开）", "Keywords (any of these, blanks between)"),
    "unwanted": ("不要含这些词的", "None that has one of these words"),
    "figure_conditions": ("数字条件（每行一条，任一满足）", "Conditions on figures (one a line, any of them)"),
    "figure_hint": (
        "如 money >= 100万、percent >= 50、duration <= 10 workday",
        "Such as money >= 100万, percent >= 50, duration <= 10 workday",
    ),
    "remind": ("截止前几天提醒", "Days before a deadline"),
    "mail_language": ("邮件的语言", "Language of the mails"),
    "in_zh": ("中文", "Chinese (中文)"),
    "in_en": ("英文（English）", "English"),
    "at_time": ("几点", "At"),
    "weekday": ("星期几", "On"),
    "day_mon": ("周一", "Monday"),
    "day_tue": ("周二", "Tuesday"),
    "day_wed": ("周三", "Wednesday"),
    "day_thu": ("周四", "Thursday"),
    "day_fri": ("周五", "Friday"),
    "day_sat": ("周六", "Saturday"),
    "day_sun": ("周日", "Sunday"),
    "excluding": ("不含 {what}", "without {what}"),
    "days_before": ("提前 {days} 天", "{days} days before"),
    "mail_daily": ("每天 {time} 一封", "one mail a day, {time}"),
    "mail_weekly": ("每{day} {time} 一封", "one mail a week, {day} {time}"),
    "means": ("订阅内容：{what}", "You would be told of: {what}"),
    "look_at_fields": ("有几处要改，见各栏下的说明。", "Something is to be mended; it is said beside each field."),
    "no_such_region": (
        "没有“{written}”这个地区：请写全称（山东省潍坊市）或六位代码。",
        "There is no place “{written}”: write its whole name (山东省潍坊市) or its code.",
    ),
    "many_regions": (
        "“{written}”不止一处，请写其一的全称或代码：{alike}",
        "There are several places “{written}”, write the whole name or code of one: {alike}",
    ),
    "bad_choice": ("没有这个选项。", "There is no such choice."),
    "choose_one": ("至少选一项。", "Choose one at least."),
    "too_much": ("最多 {most} 个，每个不超过 {longest} 字。", "At most {most}, of at most {longest} characters each."),
    "bad_figure": (
        "读不懂“{line}”。写成“种类 符号 数字单位”，如 money >= 100万、duration <= 10 workday、quantity >= 100 吨。",
        "“{line}” is no condition: {why}",
    ),
    "bad_time": ("请写时间，如 08:30。", "Give a time such as 08:30."),
    "bad_remind": ("请写天数，如 14 3，最多 {most} 天。", "Give days such as 14 3, at most {most}."),
    "what_on": ("告诉我", "Tell me of"),
    "on_new": ("新公告", "new ones"),
    "on_changed": ("有变动的", "changes"),
    "on_wording": ("只改了文字的", "edits of wording alone"),
    "on_repost": ("被转载的", "known ones that another site carries too"),
    "on_withdrawn": ("被撤下的", "what is withdrawn"),
    "on_deadline": ("将到的期限", "deadlines that come near"),
    "when": ("何时", "When"),
    "deliver_instant": ("随时", "at once"),
    "deliver_hourly": ("每小时一封", "one mail an hour"),
    "deliver_daily": ("每天一封", "one mail a day"),
    "deliver_weekly": ("每周一封", "one mail a week"),
    "preview": ("先看看", "Preview"),
    "send_confirmation": ("发确认邮件", "Send the confirmation"),
    "preview_count": (
        "过去{window}天会有 {n} 条提醒，约每周 {week} 封邮件（按已收录的 {days} 天、最近 {most} 条公告的发布日期算）。",
        "{n} alerts in the past {window} days, about {week} mails a week (by what is stored of {days} days; "
        "of the newest {most}, by publication).",
    ),
    "bad_email": ("请填写一个完整的邮箱地址。", "Give one complete mail address."),
    "check_mail": ("请查收邮件", "Look into your mailbox"),
    "check_mail_hint": (
        "确认邮件已发往 {to}，三天内点开其中的链接即生效。没有收到就看看垃圾箱。",
        "A mail is on its way to {to}: its link makes the subscription, for three days. If none comes, look into spam.",
    ),
    "mail_failed": ("确认邮件没有发出", "The confirmation could not be sent"),
    "mail_failed_hint": (
        "邮件服务器暂时不接受，请稍后再试。",
        "The mail server does not take it at the moment; try later.",
    ),
    "mail_refused": ("这个邮箱不收信", "This mailbox takes no mail"),
    "mail_refused_hint": (
        "收件服务器拒收了发往该地址的确认邮件。请检查地址有没有写错、邮箱是否已满，或换一个邮箱。",
        "The confirmation to this address was refused. Look whether it is written right and not full, or take another.",
    ),
    "no_mail": (
        "本站没有设置发信服务器，不能在网页上订阅。",
        "No mail server is set up here, so nobody can subscribe on this page.",
    ),
    "no_mail_hint": (
        "管理员可在 sources.yaml 的 settings 中写明 mail。",
        "The operator can name one: mail under settings.",
    ),
    "no_way_back": (
        "本站没有设置对外的网址，邮件里就没有退订的链接，因此不能在网页上订阅。",
        "This page has no public address, so mails could hold no link that ends them: nobody can subscribe on it.",
    ),
    "no_way_back_hint": (
        "管理员可在 sources.yaml 的 settings 中写明 public_url。",
        "The operator can name one: public_url under settings.",
    ),
    "confirm": ("确认订阅", "Confirm the subscription"),
    "confirm_lead": ("以下提醒将发往 {to}：", "To {to} will be told:"),
    "confirmed": ("订阅已生效", "You are subscribed"),
    "confirmed_hint": (
        "有符合的公告时会发邮件给你；每封邮件里都有退订链接。",
        "A mail comes when something matches; every one has a link that ends it.",
    ),
    "confirmed_paused": ("订阅已登记，但处于暂停状态", "The subscription is kept, but paused"),
    "confirmed_paused_hint": (
        "目前不会发邮件：管理员暂停了它，或这个邮箱退回过邮件。请联系管理员恢复。",
        "No mail comes: it was paused by the operator, or this mailbox refused mails. Ask the operator to resume it.",
    ),
    "link_used": ("这个链接已用过，订阅此后已退订", "This link was used, and the subscription has ended since"),
    "link_used_hint": (
        "想再收到提醒，请重新订阅，会收到新的确认邮件。",
        "To be told again, subscribe anew: a new link is mailed.",
    ),
    "link_void": ("链接无效或已过期", "This link is void or too old"),
    "link_void_hint": ("请重新订阅。", "Subscribe anew."),
    "mail_title": ("请确认订阅：惠企措施观察", "Please confirm: Measures for Enterprises"),
    "mail_text": (
        "有人（应该是你）用这个邮箱订阅了惠企措施提醒：{what}。\n\n点开下面的链接确认，三天内有效：\n{url}\n\n不是你的话，不用理会这封邮件。",
        "Somebody, presumably you, subscribed this address to alerts of measures for enterprises: {what}.\n\n"
        "Confirm with this link, for three days:\n{url}\n\nIf it was not you, do nothing.",
    ),
    "everything": ("全部公告", "everything"),
    "unsubscribe": ("退订", "Unsubscribe"),
    "unsubscribe_lead": ("不再向 {to} 发送这些提醒：", "Send no more of these to {to}:"),
    "unsubscribed": ("已退订", "You are unsubscribed"),
    "unsubscribed_hint": ("不会再有邮件发来。", "No more mails will come."),
}
