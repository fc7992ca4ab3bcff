"""The phrases of subscribing, confirming and unsubscribing, in pages and in the mail."""

from __future__ import annotations

from typing import Final

SUBSCRIBE: Final = {
    "subscribe_lead": (
        "有新措施时发邮件告诉你。先看看会收到什么；确认邮件里的链接点开后才生效。",
        "A mail when there are new measures. See first what you would get; it begins with the link in a mail to you.",
    ),
    "email": ("邮箱", "Mail address"),
    "keywords": ("关键词（任一，空格分开）", "Keywords (any of these, blanks between)"),
    "what_on": ("告诉我", "Tell me of"),
    "on_new": ("新公告", "new ones"),
    "on_changed": ("有变动的", "changes"),
    "on_deadline": ("将到的期限", "deadlines that come near"),
    "when": ("何时", "When"),
    "deliver_instant": ("随时", "at once"),
    "deliver_daily": ("每天 08:30 一封", "one mail a day, 08:30"),
    "deliver_weekly": ("每周一 08:30 一封", "one mail a week, Monday 08:30"),
    "preview": ("先看看", "Preview"),
    "send_confirmation": ("发确认邮件", "Send the confirmation"),
    "preview_count": (
        "过去{days}天会有 {n} 条提醒，约每周 {week} 封邮件（按最近{most}条公告的发布日期算）。",
        "{n} alerts in the past {days} days, about {week} mails a week (of the newest {most}, by publication).",
    ),
    "bad_email": ("请填写一个完整的邮箱地址。", "Give one complete mail address."),
    "bad_form": ("这样订阅不行：{why}", "This cannot be subscribed to: {why}"),
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
