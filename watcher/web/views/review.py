"""`/review`: what almost counted, for a person's verdict; and the verdict on any announcement."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from starlette.responses import RedirectResponse, Response

from watcher.errors import UsageError
from watcher.records.announcements import Judgement, Opinion
from watcher.web.asked import BadAddress, Choice, cursor, number
from watcher.web.forms import check, session_of, with_session
from watcher.web.pages import page
from watcher.web.served import Refused
from watcher.web.shown import item
from watcher.web.site import Asking

PAGE: Final = 20
LONGEST_NOTE: Final = 500
VERDICTS: Final = {"relevant": Judgement.RELEVANT, "not_relevant": Judgement.NOT_RELEVANT, "note": Judgement.NOTE}


def review(asking: Asking) -> Response:
    choice = replace(Choice.of(asking.request.query_params.multi_items()), near_misses=True)
    found = asking.store.lists.announcements(choice.filter(asking.now, PAGE + 1))
    records, session = found[:PAGE], session_of(asking)
    older = choice.address("/review", after=cursor(records[-1])) if len(found) > PAGE else None
    rows = [(item(one, asking.words, asking.today), one) for one in records]
    said = asking.store.overviews.said([one.id for one in records])
    response = page(
        asking, "review", section="review", rows=rows, older=older, said=said, seal=asking.site.seals.form(session)
    )
    return with_session(asking, response, session)


def verdict(asking: Asking) -> Response:
    """POST `/announcements/ID/verdict`: what a person says of the revision that he was shown; back to the form.

    A note that is empty says nothing, and nothing is stored.
    """
    check(asking)
    entry = number(asking.path["id"])
    history = asking.store.lists.announcement(entry)
    if history is None:
        raise Refused(404)
    current = history.announcement.revision
    shown = number(asking.form["revision"], name="revision") if asking.form.get("revision") else current
    if shown not in {one.number for one in history.revisions}:
        raise Refused(404)
    opinion = _opinion(asking)
    if opinion.verdict is not Judgement.NOTE or opinion.note:
        try:
            asking.store.feedback.add(entry, shown, [opinion], asking.now)
        except UsageError:
            raise BadAddress("figure", "expected the number of a figure") from None
    older = "" if shown == current else f"?revision={shown}"
    there = "/review" if asking.form.get("from") == "review" else f"/announcements/{entry}{older}#verdict"
    return RedirectResponse(there, 303)


def _opinion(asking: Asking) -> Opinion:
    form = asking.form
    note = form.get("note", "").strip()[:LONGEST_NOTE] or None
    if form.get("verdict") == Judgement.WRONG_FIGURE.value:
        return Opinion(Judgement.WRONG_FIGURE, number(form.get("figure", ""), name="figure") - 1, note)
    said = VERDICTS.get(form.get("verdict", ""))
    if said is None:
        raise BadAddress("verdict", "expected relevant, not_relevant, note or wrong_figure")
    return Opinion(said, note=note)
