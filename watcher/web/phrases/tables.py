"""The phrases of sources, deliveries, review, deadlines, trends, series and comparisons."""

from __future__ import annotations

from typing import Final

SOURCES: Final = {
    "sources_lead": (
        "每个栏目最近一次读取的情况；有问题的在前。",
        "How each column is; what needs a look comes first.",
    ),
    "state": ("状态", "State"),
    "last_read": ("最近读取", "Last read"),
    "entries": ("条目", "Entries"),
    "last_passes": ("最近各次", "Last passes"),
    "no_sources": ("还没有来源", "No sources yet"),
    "no_sources_hint": ("在 sources.yaml 中添加。", "Add some in sources.yaml."),
    "its_announcements": ("它的公告", "Its announcements"),
    "state_since": ("状态自", "In this state since"),
    "retry_at": ("下次再试", "Asked again at"),
    "usual_seconds": ("通常用时", "Usually takes"),
    "every": ("频率", "Every"),
    "time": ("时间", "Time"),
    "result": ("结果", "Result"),
    "found_in_pass": ("新增或变动", "New or changed"),
    "took": ("用时", "Took"),
    "pass_read": ("已读", "read"),
    "pass_seconds": ("各次读取用时（秒）", "Seconds of each pass"),
    "no_passes": ("还没有读取过。", "Not read yet."),
    "passes_told": (
        "最近{n}次：失败{failed}次，新增或变动{found}条",
        "Last {n} passes: {failed} failed, {found} new or changed",
    ),
    "state_new": ("待读", "not read yet"),
    "state_ok": ("正常", "well"),
    "state_slow": ("变慢", "slow"),
    "state_silent": ("久无更新", "silent"),
    "state_moved": ("已迁移", "moved"),
    "state_layout_changed": ("版式已变", "layout changed"),
    "state_blocked": ("被拒绝", "blocked"),
    "state_failing": ("读不到", "failing"),
    "state_off": ("已停用", "off"),
}
DELIVERIES: Final = {
    "deliveries_lead": (
        "每一条提醒发给了谁、结果如何；地址已遮盖。",
        "Who was told what, and what became of it; addresses are masked.",
    ),
    "all": ("全部", "All"),
    "delivery_waiting": ("待发", "waiting"),
    "delivery_sent": ("已送达", "sent"),
    "delivery_failed": ("失败", "failed"),
    "delivery_settled": ("无需再发", "settled"),
    "what": ("内容", "What"),
    "to_whom": ("订阅", "Subscription"),
    "tries": ("试了{n}次", "{n} tries"),
    "after_sight": ("发现后 {span}", "{span} after first sight"),
    "no_deliveries": ("没有送达记录", "No deliveries"),
}
REVIEW: Final = {
    "review_lead": (
        "差一点被认作公告的页面。判断会保存，并可导出为标注数据。",
        "Pages that almost counted. Verdicts are kept, and can be exported as labelled data.",
    ),
    "no_review": ("没有待审的页面", "Nothing to review"),
    "note": ("备注（可不填）", "Note (may be empty)"),
    "is_relevant": ("是措施公告", "It is one"),
    "is_not_relevant": ("不是", "It is none"),
    "said_relevant": ("判为：是措施公告", "judged: it is one"),
    "said_not_relevant": ("判为：不是", "judged: it is none"),
    "said_wrong_figure": ("数字有误", "wrong figure"),
    "said_note": ("备注", "note"),
    "verdict": ("人工判断", "A person's verdict"),
    "wrong_figure": ("有误的数字", "A wrong figure"),
    "no_wrong_figure": ("选择数字", "Choose a figure"),
    "say_wrong": ("报告有误", "Report it"),
}
TIMES: Final = {
    "deadlines_lead": ("未来半年内要办的事。", "What is to be done within half a year."),
    "no_deadlines": ("没有将到的期限", "Nothing is due"),
    "due_told": ("未来{days}天内有{n}项期限", "{n} deadlines within {days} days"),
    "trends_lead": (
        "过去12个月的{n}条公告，按发布日期计；没有日期的按发现时间计。",
        "{n} announcements of the past 12 months, by publication; those without a date by when they were found.",
    ),
    "by_month": ("按月", "By month"),
    "by_region": ("按地区", "By region"),
    "month": ("月份", "Month"),
    "no_region": ("未注明", "not stated"),
}
BESIDE: Final = {
    "series_lead": (
        "一个机构历年的措施：条数、关键数字和逐年变化。",
        "A body's measures year after year: how many, the figures, and what moved.",
    ),
    "issuer_hint": ("机构或地名，如：济南市生态环境局", "A body or a place: 济南市生态环境局"),
    "no_series": ("没有找到该机构的措施", "No measures of this body"),
    "no_series_hint": ("请写机构全称，或只写地名。", "Give its full name, or a place alone."),
    "document_one": ("文件", "Document"),
    "not_stored": ("文件本身未收录", "the document itself is not stored"),
    "measures_over_years": ("措施条数", "Number of measures"),
    "compare_before": ("与上一份对照", "Compare with the one before"),
    "compare": ("两条对照", "Side by side"),
    "how_moved": ("变化", "Change"),
    "moved_same": ("相同", "same"),
    "moved_changed": ("改写", "changed"),
    "moved_raised": ("↑", "↑"),
    "moved_lowered": ("↓", "↓"),
    "moved_added": ("新增", "added"),
    "moved_dropped": ("删去", "dropped"),
    "moved_alone": ("另一篇未提", "not in the other"),
}
