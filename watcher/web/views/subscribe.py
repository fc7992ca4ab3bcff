"""`/subscribe` with its preview and its confirmation by mail, and `/unsubscribe/TOKEN` (RFC 8058)."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from watcher import choosing, notify
from watcher.errors import NotifyError
from watcher.extract.topics import vocabulary
from watcher.histories import of_late
from watcher.news import EventKind, Message
from watcher.preview import WINDOW, Preview, preview
from watcher.recipients import addressed, mailbox, masked
from watcher.records.announcements import AnnouncementRecord
from watcher.settings import Subscription
from watcher.threads import in_store
from watcher.web.clients import known_client
from watcher.web.forms import check, session_of, with_session
from watcher.web.meaning import describe
from watcher.web.pages import page
from watcher.web.places import suggestions
from watcher.web.problems import Problem
from watcher.web.served import Refused, asked
from watcher.web.shown import Item, item
from watcher.web.site import Asking, Form
from watcher.web.wishes import Wish
from watcher.web.wishing import EVENTS, LANGUAGES, RHYTHMS, WEEKDAYS, read, unfilled
from watcher.web.words import Words

log = logging.getLogger("watcher.web")

# A preview reads the texts of the newest.
MOST: Final = 150
SHOWN: Final = 5
NOTHING: Final[Mapping[str, Problem]] = {}
READER: Final = "unsubscribed by its reader"
# What a confirmation says of the subscription as it then stands, and the status of the answer.
STANDING: Final = {"active": ("confirmed", 200), "paused": ("confirmed_paused", 200), "ended": ("link_used", 410)}


def form(asking: Asking) -> Response:
    return _form(asking, unfilled(asking.language))


def _form(asking: Asking, form: Form, problems: Mapping[str, Problem] = NOTHING, **found: object) -> Response:
    """The form as it is filled in, with what is wrong beside each field."""
    if asking.site.read_only:
        raise Refused(404)
    session = session_of(asking)
    values = {"preview": None, **found}
    response = page(
        asking,
        "subscribe",
        status=400 if problems else 200,
        section="subscribe",
        form=form,
        wrong={field: asking.words(one.phrase, **one.values) for field, one in problems.items()},
        places=suggestions(),
        choices=choices(asking.words),
        no_mail=_no_mail(asking),
        seal=asking.site.seals.form(session),
        most=MOST,
        window=WINDOW.days,
        **values,
    )
    return with_session(asking, response, session)


def _no_mail(asking: Asking) -> str:
    """The phrase that says why nobody can subscribe here; "" where all can."""
    options = asking.site.settings.options
    if options.page_mail is not None:
        return ""
    return "no_mail" if options.mail is None else "no_way_back"


def choices(words: Words) -> dict[str, list[tuple[str, str]]]:
    """The values of each field that has a menu or boxes, and what they are called."""
    return {
        "type": [(one, words.alert.types[one]) for one in choosing.TYPES],
        "topic": [(one, one) for one in vocabulary()],
        "on": [(one, words[f"on_{one}"]) for one in EVENTS],
        "deliver": [(one, words[f"deliver_{one}"]) for one in RHYTHMS],
        "weekday": [(one, words[f"day_{one}"]) for one in WEEKDAYS],
        "language": [(one, words[f"in_{one}"]) for one in LANGUAGES],
    }


async def sent(request: Request) -> Response:
    """POST `/subscribe`: a preview, or the mail with the link that confirms."""
    asking = await asked(request)
    response, mail = await in_store(_asked_for, asking)
    if mail is None:
        return response
    try:
        await notify.send(*mail)
    except NotifyError as exc:
        to, _ = mail
        log.warning("confirmation to=%s error=%s", notify.mask(to), exc)
        what, status = ("mail_failed", 503) if exc.recipient is None else ("mail_refused", 400)
        return await in_store(_told, asking, what, status)
    return response


def _asked_for(asking: Asking) -> tuple[Response, tuple[str, Message] | None]:
    check(asking)
    (wish, problems), words = read(asking.form, asking.language), asking.words
    server, sends = asking.site.settings.options.page_mail, asking.form.get("do") != "preview"
    if sends and not wish.has_address:
        problems["email"] = Problem("bad_email")
    if problems:
        return _form(asking, asking.form, problems), None
    subscription = wish.subscription()
    if not sends:
        meaning = describe(subscription, words)
        return _form(asking, asking.form, preview=_preview(asking, subscription), meaning=meaning), None
    if server is None:
        return _told(asking, _no_mail(asking), 503), None
    if not asking.site.limit.passes(_counted(asking, wish), asking.now):
        raise Refused(429)
    link = f"{asking.base}/confirm/{asking.site.seals.link(wish.for_link(asking.now))}"
    chosen = Words(wish.language)
    mail = _mail(describe(subscription, chosen), link, chosen)
    return _told(asking, "check_mail", to=wish.email), (addressed(server, wish.email), mail)


@dataclass(frozen=True, slots=True)
class Foretold:
    """What the form shows of a preview: its counts, and the newest alerts, each with its kind."""

    found: Preview
    newest: tuple[tuple[EventKind, Item, AnnouncementRecord], ...]

    @property
    def a_week(self) -> str:
        week = self.found.a_week
        return f"{week:.0f}" if week >= 1.5 else f"{week:.1f}"


def _preview(asking: Asking, subscription: Subscription) -> Foretold:
    histories = of_late(asking.store, subscription, asking.now, MOST)
    regions = {source.id: source.region for source in asking.site.settings.sources}
    found = preview(subscription, histories, regions, asking.now, asking.site.zone.key)
    records = {one.announcement.id: one.announcement for one in histories}
    shown = [(one.kind, records[one.announcement]) for one in found.alerts[:SHOWN]]
    return Foretold(found, tuple((kind, item(record, asking.words, asking.today), record) for kind, record in shown))


def _counted(asking: Asking, wish: Wish) -> frozenset[str]:
    """For whom a confirmation counts: the address that is written to, and who asks where he is known."""
    client = asking.request.client
    asks = known_client(client.host if client else None, asking.request.headers, asking.site.access)
    return frozenset({wish.email.lower(), *filter(None, [asks])})


def _mail(what: str, link: str, words: Words) -> Message:
    text = words("mail_text", what=what, url=link)
    html = "".join(f"<p>{escape(part)}</p>" for part in text.split("\n\n")).replace(
        escape(link), f'<a href="{escape(link)}">{escape(link)}</a>'
    )
    return Message(words["mail_title"], text, text, html, {"kind": "confirmation"}, key=link)


def confirm(asking: Asking) -> Response:
    """GET shows what is about to be, since mail programs open links; POST does it."""
    content = asking.site.seals.opened(asking.path["token"])
    server = asking.site.settings.options.page_mail
    found = Wish.from_link(content) if content else None
    if found is None or server is None:
        return _told(asking, "link_void", 410)
    wish, asked_at = found
    subscription = wish.subscription()
    if asking.request.method != "POST":
        what = describe(subscription, asking.words)
        return page(asking, "confirm", section="subscribe", wish=wish, what=what)
    made = asking.store.subscribers.confirm(subscription, asked_at, asking.now)
    what, status = STANDING[made.status]
    return _told(asking, what, status)


def unsubscribe(asking: Asking) -> Response:
    """GET asks, POST ends it: by the button of the page, or by one click in a mail program, as often as it likes."""
    token = asking.path["token"]
    if asking.request.method == "POST":
        ended = asking.store.subscribers.end_by_token(token, asking.now, READER)
        return _told(asking, "unsubscribed") if ended else _told(asking, "link_void", 404)
    found = asking.store.subscribers.by_token(token)
    if found is None:
        return _told(asking, "link_void", 404)
    if found.status == "ended":
        return _told(asking, "unsubscribed")
    to = mailbox(found.subscription.to)
    return page(
        asking,
        "unsubscribe",
        to=masked(to) if to else notify.channel_name(found.subscription.to),  # the server is the operator's affair
        what=describe(found.subscription, asking.words),
    )


def _told(asking: Asking, what: str, status: int = 200, **values: str) -> Response:
    """A page that says one thing."""
    words = asking.words
    return page(asking, "told", status=status, heading=words[what], hint=words(f"{what}_hint", **values))
