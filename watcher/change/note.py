"""The change note: how much a change matters and the sentence that tells it, the same for every channel. Pure.

Significance comes from the field that changed, never from how much of the text did: each field has its weight and its
sentences here, and nothing else in watcher words a change.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Final

from watcher.model import Direction, FigureKind
from watcher.news import FieldChange
from watcher.settings import Language


class Weight(IntEnum):
    """How much a change matters: the heaviest one decides whether a revision is told, and is told first."""

    WORDING = 0  # told only to those who ask for it
    RECORD = 1  # what the document is called, who signs it, what hangs on it
    CONTENT = 2  # what it grants or asks
    TERMS = 3  # how much, how fast and until when
    STANDING = 4  # whether it holds at all


WEIGHTS: Final[Mapping[str, Weight]] = {
    "lifecycle": Weight.STANDING,
    "valid_until": Weight.TERMS,
    "in_force_from": Weight.TERMS,
    "deadlines": Weight.TERMS,
    "measures": Weight.TERMS,  # its amounts and days come and go with it, and are told behind it
    "measure_count": Weight.CONTENT,
    "document_title": Weight.RECORD,
    "title": Weight.RECORD,
    "issuer": Weight.RECORD,
    "document_number": Weight.RECORD,
    "attachments": Weight.RECORD,
    "text": Weight.WORDING,
}
# A reader asks first how much, by what share and how fast; then how many.
FIGURE_WEIGHTS: Final = {
    FigureKind.MONEY: Weight.TERMS,
    FigureKind.PERCENT: Weight.TERMS,
    FigureKind.DURATION: Weight.TERMS,
    FigureKind.RATIO: Weight.TERMS,
}


class Role(StrEnum):
    """What a part of a sentence is, for forms that mark it."""

    PLAIN = "plain"
    BEFORE = "before"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Part:
    text: str
    role: Role = Role.PLAIN


Note = tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Sentences:
    """The sentences of a field; a part in [] is left out where what it names is not known.

    `raised` and `lowered` (later and earlier, for days) are for values of which it is known which way they moved.
    """

    added: str
    removed: str
    changed: str
    raised: str = ""
    lowered: str = ""


def weight(change: FieldChange) -> Weight:
    if change.field.startswith("figure:"):
        return FIGURE_WEIGHTS.get(change.kind, Weight.CONTENT) if change.kind else Weight.CONTENT
    return WEIGHTS.get(change.field, Weight.RECORD)


def matters(changes: Iterable[FieldChange]) -> bool:
    """Whether there is more than other wording."""
    return any(weight(change) > Weight.WORDING for change in changes)


def by_weight(changes: Iterable[FieldChange]) -> tuple[FieldChange, ...]:
    """The heaviest first; of the same weight in the order given."""
    return tuple(sorted(changes, key=weight, reverse=True))


def kind_name(kind: FigureKind, language: Language) -> str:
    """What a figure is where nothing says what it is of: 金额."""
    return _WORDS[language].kinds[kind]


def sentence(change: FieldChange, language: Language = "zh") -> str:
    """The change note as text: 绿色改造项目由最高300万元提高到最高500万元."""
    return "".join(part.text for part in note(change, language))


def note(change: FieldChange, language: Language = "zh") -> Note:
    """The change note in parts, so that a form can mark the old and the new value."""
    words = _WORDS[language]
    values = {
        "before": change.before or "",
        "after": change.after or "",
        "subject": change.subject or "",
        "about": change.subject or (words.kinds[change.kind] if change.kind else words.number),
    }
    return tuple(_parts(_template(change, words), values))


def _template(change: FieldChange, words: _Words) -> str:
    said = _sentences(change, words)
    if change.before is None:
        return said.added
    if change.after is None:
        return said.removed
    moved = {Direction.INCREASE: said.raised, Direction.DECREASE: said.lowered, None: ""}[change.direction]
    return moved or said.changed


def _sentences(change: FieldChange, words: _Words) -> Sentences:
    if change.field.startswith("figure:"):
        own = {FigureKind.DURATION: words.spans, FigureKind.COUNT: words.counts}
        return own.get(change.kind, words.figures) if change.kind else words.figures
    return words.fields.get(change.field, words.others)


_OPTIONAL: Final = re.compile(r"\[([^\]]*)\]")
_SLOT: Final = re.compile(r"\{(\w+)\}")
_ROLES: Final = {"before": Role.BEFORE, "after": Role.AFTER}


def _parts(template: str, values: Mapping[str, str]) -> list[Part]:
    """The template filled in; neighbouring plain parts are one."""
    chosen = _OPTIONAL.sub(
        lambda match: match[1] if all(values[name] for name in _SLOT.findall(match[1])) else "", template
    )
    parts: list[Part] = []
    for index, piece in enumerate(_SLOT.split(chosen)):
        role = _ROLES.get(piece, Role.PLAIN) if index % 2 else Role.PLAIN
        text = values[piece] if index % 2 else piece
        if parts and role is Role.PLAIN and parts[-1].role is Role.PLAIN:
            text = parts.pop().text + text
        if text:
            parts.append(Part(text, role))
    return parts


@dataclass(frozen=True, slots=True)
class _Words:
    fields: Mapping[str, Sentences]
    figures: Sentences
    counts: Sentences
    spans: Sentences  # of time
    others: Sentences
    kinds: Mapping[FigureKind, str]
    number: str


_ZH: Final = _Words(
    fields={
        "lifecycle": Sentences("状态：{after}", "不再写明状态（原为{before}）", "状态由{before}变为{after}"),
        "valid_until": Sentences(
            "新写明有效期至{after}",
            "不再写明有效期（原至{before}）",
            "有效期由{before}改为{after}",
            raised="有效期由{before}延至{after}",
            lowered="有效期由{before}提前到{after}",
        ),
        "in_force_from": Sentences(
            "新写明自{after}起施行",
            "不再写明施行日期（原自{before}起）",
            "施行日期由{before}改为{after}",
            raised="施行日期由{before}推迟到{after}",
            lowered="施行日期由{before}提前到{after}",
        ),
        "deadlines": Sentences(
            "新增期限“{after}”[（{subject}）]",
            "删去期限“{before}”[（{subject}）]",
            "[“{subject}”的]期限由{before}改为{after}",
            raised="[“{subject}”的]期限由{before}延至{after}",
            lowered="[“{subject}”的]期限由{before}提前到{after}",
        ),
        "measures": Sentences("新增措施“{after}”", "删去措施“{before}”", "措施“{before}”改为“{after}”"),
        "measure_count": Sentences(
            "写明共{after}条措施",
            "不再写明条数（原为{before}条）",
            "措施由{before}条改为{after}条",
            raised="措施由{before}条增加到{after}条",
            lowered="措施由{before}条减少到{after}条",
        ),
        "title": Sentences("标题定为“{after}”", "标题“{before}”删去", "标题由“{before}”改为“{after}”"),
        "issuer": Sentences("写明发布机构{after}", "不再写明发布机构（原为{before}）", "发布机构由{before}改为{after}"),
        "document_title": Sentences(
            "写明文件名称《{after}》", "不再写明文件名称（原为《{before}》）", "文件名称由《{before}》改为《{after}》"
        ),
        "document_number": Sentences("新增文号{after}", "删去文号{before}", "文号由{before}改为{after}"),
        "attachments": Sentences("新增附件“{after}”", "删去附件“{before}”", "附件“{before}”换为“{after}”"),
        "text": Sentences("新增文字“{after}”", "删去文字“{before}”", "文字“{before}”改为“{after}”"),
    },
    figures=Sentences(
        "新增“{after}”（{about}）",
        "删去“{before}”（{about}）",
        "[{subject}：]“{before}”改为“{after}”",
        raised="{about}由{before}提高到{after}",
        lowered="{about}由{before}降低到{after}",
    ),
    counts=Sentences(
        "新增“{after}”（{about}）",
        "删去“{before}”（{about}）",
        "[{subject}：]“{before}”改为“{after}”",
        raised="{about}由{before}增加到{after}",
        lowered="{about}由{before}减少到{after}",
    ),
    spans=Sentences(
        "新增“{after}”（{about}）",
        "删去“{before}”（{about}）",
        "[{subject}：]“{before}”改为“{after}”",
        raised="{about}由{before}延长到{after}",
        lowered="{about}由{before}缩短到{after}",
    ),
    others=Sentences("新增“{after}”", "删去“{before}”", "“{before}”改为“{after}”"),
    kinds={
        FigureKind.MONEY: "金额",
        FigureKind.COUNT: "数量",
        FigureKind.PERCENT: "比例",
        FigureKind.DURATION: "时限",
        FigureKind.QUANTITY: "数量",
        FigureKind.RANK: "名次",
        FigureKind.RATIO: "比例",
    },
    number="数字",
)

_FIGURES_EN: Final = Sentences(
    "added: {after} ({about})",
    "removed: {before} ({about})",
    "{about}: {before} → {after}",
    raised="{about}: raised from {before} to {after}",
    lowered="{about}: lowered from {before} to {after}",
)
_EN: Final = _Words(
    fields={
        "lifecycle": Sentences(
            "status: {after}", "status no longer stated (was {before})", "status: {before} → {after}"
        ),
        "valid_until": Sentences(
            "now valid until {after}",
            "no end of validity stated any more (was {before})",
            "validity: {before} → {after}",
            raised="validity extended from {before} to {after}",
            lowered="validity cut from {before} to {after}",
        ),
        "in_force_from": Sentences(
            "now in force from {after}",
            "no first day stated any more (was {before})",
            "in force from: {before} → {after}",
            raised="in force from {after}, later than {before}",
            lowered="in force from {after}, earlier than {before}",
        ),
        "deadlines": Sentences(
            "deadline added: {after}[ ({subject})]",
            "deadline removed: {before}[ ({subject})]",
            "deadline[ ({subject})]: {before} → {after}",
            raised="deadline[ ({subject})] postponed from {before} to {after}",
            lowered="deadline[ ({subject})] brought forward from {before} to {after}",
        ),
        "measures": Sentences(
            "measure added: {after}",
            "measure dropped: {before}",
            "measure: {before} → {after}",
        ),
        "measure_count": Sentences(
            "now {after} measures", "number of measures no longer stated (was {before})", "measures: {before} → {after}"
        ),
        "title": Sentences("titled: {after}", "title removed: {before}", "title: {before} → {after}"),
        "issuer": Sentences("issuer: {after}", "issuer no longer stated (was {before})", "issuer: {before} → {after}"),
        "document_title": Sentences(
            "document: “{after}”",
            "document no longer named (was “{before}”)",
            "document: “{before}” → “{after}”",
        ),
        "document_number": Sentences(
            "document number {after}", "document number removed: {before}", "document number: {before} → {after}"
        ),
        "attachments": Sentences(
            "attachment added: {after}", "attachment removed: {before}", "attachment: {before} → {after}"
        ),
        "text": Sentences("wording added: {after}", "wording removed: {before}", "wording: {before} → {after}"),
    },
    figures=_FIGURES_EN,
    counts=_FIGURES_EN,
    spans=_FIGURES_EN,
    others=Sentences("added: {after}", "removed: {before}", "{before} → {after}"),
    kinds={
        FigureKind.MONEY: "amount",
        FigureKind.COUNT: "count",
        FigureKind.PERCENT: "share",
        FigureKind.DURATION: "time limit",
        FigureKind.QUANTITY: "quantity",
        FigureKind.RANK: "rank",
        FigureKind.RATIO: "ratio",
    },
    number="figure",
)

_WORDS: Final[Mapping[Language, _Words]] = {"zh": _ZH, "en": _EN}
