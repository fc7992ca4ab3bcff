"""What people said of an announcement as labelled data: a page and its label, in the form of tests/gold/README.md.

A label holds what was computed, without offsets, and where a person said otherwise what the person said. Its `judged`
tells the two apart. Where person and rules differ on what the document is, the fields that only an announcement has are
left out: nobody said what they should be.
"""

from __future__ import annotations

import json
from typing import Any, Final

from watcher.detect.draft import Draft
from watcher.detect.kinds import kind_of
from watcher.model import AnnouncementType, Document
from watcher.records.announcements import Judged, Judgement
from watcher.render.contract import contract_line

Json = dict[str, Any]

_RELEVANCE: Final = (Judgement.RELEVANT, Judgement.NOT_RELEVANT)
_COMPUTED_ONLY: Final = frozenset({"score", "reasons", "text"})
_OF_ANNOUNCEMENTS: Final = frozenset({"document_title", "measure_count", "measures"})
_OFFSETS: Final = frozenset({"start", "end"})


def label_name(judged: Judged) -> str:
    """The name of page and label without suffix; the same over exports, and over databases by the source's id."""
    return f"{judged.announcement.source}_{judged.announcement.id:05}"


def label_page(document: Document) -> str:
    """The cleaned text under its title and the fields of its page, as a site prints them and `read` reads them back."""
    credit = document.credit
    stated = (
        ("发布时间", document.published and document.published.isoformat()),
        ("来源", credit.name),
        ("作者", " ".join(credit.authors)),
        ("发布机构", document.publisher),
        ("发文字号", document.document_number),
        ("有效期至", document.valid_until and document.valid_until.isoformat()),
        ("原文链接", credit.original_url),
    )
    fields = "    ".join(f"{name}：{value}" for name, value in stated if value)
    parts = [_title_above(document), fields, document.text]
    return "\n\n".join(part for part in parts if part) + "\n"


def _title_above(document: Document) -> str:
    """The title, unless the text begins with it as an official document's does."""
    title = document.title or ""
    opening = "".join(document.text[: 2 * len(title) + 100].split())
    return "" if opening.startswith("".join(title.split())) else title


def label(judged: Judged) -> Json:
    """The label of the page that `label_page` gives."""
    computed: Json = contract_line(f"{label_name(judged)}.txt", judged.announcement.extraction)
    figures = [_without(figure, _OFFSETS) for figure in computed["figures"]]
    wrong, type_ = _wrong_figures(judged), _type(judged)
    made = {
        **_without(computed, _COMPUTED_ONLY),
        "announcement": type_ is not AnnouncementType.OTHER,
        "type": type_.value,
        "measures": [_without(measure, _OFFSETS) for measure in computed["measures"]],
        "deadlines": [_without(deadline, _OFFSETS) for deadline in computed["deadlines"]],
        "figures": [figure for position, figure in enumerate(figures) if position not in wrong],
    }
    if made["announcement"] != computed["announcement"]:
        made = _without(made, _OF_ANNOUNCEMENTS)
        for item in (*made["figures"], *made["deadlines"]):
            item["measure"] = None
    marked = [{**figures[position], "note": note} for position, note in wrong.items()]
    return {**made, "judged": _judged(judged, marked)}


def _type(judged: Judged) -> AnnouncementType:
    """The person's verdict where there is one; an announcement that the rules missed is typed by its form."""
    extraction, verdict = judged.announcement.extraction, _relevance(judged)
    if verdict is Judgement.NOT_RELEVANT:
        return AnnouncementType.OTHER
    if verdict is Judgement.RELEVANT and not extraction.verdict.announcement:
        return kind_of(Draft(title=extraction.title, text=extraction.text))[0]
    return extraction.verdict.type


def _relevance(judged: Judged) -> Judgement | None:
    """What was said last, of whichever revision."""
    verdicts = [one.opinion.verdict for one in judged.feedback]
    return next((verdict for verdict in reversed(verdicts) if verdict in _RELEVANCE), None)


def _wrong_figures(judged: Judged) -> dict[int, str | None]:
    """The wrong figures of the revision spoken of last, with why: in another revision they stand elsewhere."""
    here = [one.opinion for one in judged.feedback if one.revision == judged.announcement.revision]
    return {opinion.figure: opinion.note for opinion in here if opinion.figure is not None}


def _judged(judged: Judged, wrong_figures: list[Json]) -> Json:
    """What the person said, for those who review the label."""
    record, relevance = judged.announcement, _relevance(judged)
    return {
        "url": record.url,
        "revision": record.revision,
        "at": judged.feedback[-1].at.isoformat(),
        "computed": record.extraction.verdict.type.value,
        "verdict": relevance and relevance.value,
        "wrong_figures": wrong_figures,
        "notes": list(dict.fromkeys(one.opinion.note for one in judged.feedback if one.opinion.note)),
    }


def _without(item: Json, names: frozenset[str]) -> Json:
    return {name: value for name, value in item.items() if name not in names}


def label_text(made: Json) -> str:
    """A label as a file: a field a line, and an item a line in lists of items."""
    lines = [f" {_json(name)}: {_field(value)}" for name, value in made.items()]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _field(value: object) -> str:
    if isinstance(value, list) and any(isinstance(item, dict) for item in value):
        return "[\n" + ",\n".join(f"  {_json(item)}" for item in value) + "\n ]"
    return _json(value)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
