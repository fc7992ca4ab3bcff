"""The story of a page as it is printed: the outcome first, then each step in order of time, a label each."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, datetime
from enum import IntEnum, auto
from itertools import groupby
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from watcher.cli.tables import console, local, show_table
from watcher.counted import counted
from watcher.records.pages import PageStatus

if TYPE_CHECKING:
    from watcher.account import Account, Untold
    from watcher.cli.why import Story
    from watcher.model import Verdict
    from watcher.records.absences import Gone
    from watcher.records.announcements import RevisionRecord
    from watcher.records.lifecycle import Saying
    from watcher.records.pages import PageRecord
    from watcher.records.stories import Attempt, Compared, PageStory, Telling, Told

Row = tuple[str, str]


class Turn(IntEnum):
    """What comes first of what has one moment."""

    SEEN = auto()
    MOVED = auto()
    READ = auto()
    REVISION = auto()
    SAID = auto()
    GONE = auto()
    BELIEVED = auto()
    BACK = auto()
    TOLD = auto()


Step = tuple[datetime, Turn, list[Row]]
LAST: Final = datetime.max.replace(tzinfo=UTC)  # how it stands now
RELATIONS: Final = {
    "copy": "the same as announcement {}",
    "other_stage": "not the same as announcement {}: one of the two is a draft",
    "other_names": "not the same as announcement {}: other names",
    "other_numbers": "not the same as announcement {}: other numbers",
    "collection": "not the same as announcement {}: one of the two sets out what another place does, too",
    "other_headline": "not the same as announcement {}: its site shows the text under two headlines",
}
# Attempts that are shown of a delivery, the last of them; --json has all.
MOST_ATTEMPTS: Final = 10
MOST_SAID: Final = 20  # as with attempts, of what a page says of other documents


def print_story(story: Story, zone: ZoneInfo) -> None:
    """Print it; readable in 80 columns."""
    console().print(Text(story.outcome, "bold"), soft_wrap=not console().is_terminal)
    rows = list(_rows(story, zone))
    print()
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True, min_width=8)
    grid.add_column(overflow="fold")
    for label, text in rows:
        words = text.lstrip()
        grid.add_row(Text(label, "dim"), Padding(Text(words), (0, 0, 0, len(text) - len(words))))
    show_table(grid)


def _rows(story: Story, zone: ZoneInfo) -> Iterator[Row]:
    if story.account is not None:
        record = story.account.history.announcement
        yield "title", record.extraction.title or "(no title)"
        yield "url", record.url
        if record.status != "active":
            yield "status", f"{record.status}, {local(record.last_changed, zone)}"
    steps = [*_of_pages(story, zone), *(_of_account(story.account, zone) if story.account else ())]
    for _, _, rows in sorted(steps, key=lambda step: step[:2]):
        yield from rows


def _of_pages(story: Story, zone: ZoneInfo) -> Iterator[Step]:
    """What stands of each page; a verdict that several have is told of the first."""
    judged: list[Verdict] = []
    for page in sorted(story.pages, key=lambda one: one.read_at or one.page.first_seen):
        at = page.read_at or page.page.first_seen
        yield page.page.first_seen, Turn.SEEN, list(_seen(page, zone))
        if page.page.readdressed_at is not None:
            yield page.page.readdressed_at, Turn.MOVED, list(_moved(page.page, zone))
        rows = list(_read(page, zone))
        if rows and len(story.pages) > 1:
            rows.insert(1, ("", f"  {page.page.url}"))
        if page.verdict is not None and page.verdict not in judged:
            judged.append(page.verdict)
            rows += _verdict(page.verdict, story.account)
        if page.compared is not None:
            rows.append(("compared", _comparison(page.compared)))
        yield at, Turn.READ, [*rows, *_says(page)]
        if page.problem:
            yield LAST, Turn.READ, list(_failed(page, zone))


def _of_account(account: Account, zone: ZoneInfo) -> Iterator[Step]:
    """What became of the announcement, whatever page it is from."""
    told = {telling.revision for telling, _ in account.tellings}
    for one in account.history.revisions:
        yield one.seen_at, Turn.REVISION, list(_revision(one, told, zone))
    for saying in account.course.sayings:
        yield saying.seen_at, Turn.SAID, list(_saying(saying, zone))
    for gone in account.course.gone:
        yield from _gone(gone, zone)
    for telling, untold in account.tellings:
        yield telling.at, Turn.TOLD, list(_telling(telling, untold, zone))


# --- told ----------------------------------------------------------------------------------------------------------


def _telling(telling: Telling, untold: Sequence[Untold], zone: ZoneInfo) -> Iterator[Row]:
    yield "told", f"{telling.kind}  {local(telling.at, zone)}  found in {telling.source}"
    for told in telling.told:
        yield from _delivery(told, zone)
    yield from (("", f"  not {names}: {why}") for names, why in _grouped(untold))


def _grouped(untold: Sequence[Untold]) -> Iterator[tuple[str, str]]:
    """Those with the same reason in one line."""
    ordered = sorted(untold, key=lambda one: one.why)
    for why, same in groupby(ordered, key=lambda one: one.why):
        yield ", ".join(one.subscription for one in same), why


def _delivery(told: Told, zone: ZoneInfo) -> Iterator[Row]:
    delivery = told.delivery
    yield "", f"  {delivery.subscription}: {_became(told, zone)}  ({delivery.reason})"
    shown = told.attempts[-MOST_ATTEMPTS:]
    if len(shown) < len(told.attempts):
        yield "", f"    … {len(told.attempts) - len(shown)} attempts before"
    for attempt in shown:
        yield "", f"    {_attempt(attempt, zone)}"


def _became(told: Told, zone: ZoneInfo) -> str:
    delivery = told.delivery
    if delivery.status == "sent":
        return f"sent {local(delivery.sent_at, zone)}"
    if delivery.status == "failed":
        return f"failed: {delivery.last_error}"
    if delivery.status == "settled":
        return "settled: nothing was left to tell"
    if told.held:
        return f"held: its channel refuses; `watcher subscriptions resume {delivery.subscription}` sends it"
    if told.paused:
        return f"waits: `watcher subscriptions resume {delivery.subscription}` lets it go"
    due = max(filter(None, (delivery.due_at, told.again_at)))
    return f"waits, due {local(due, zone)}"


def _attempt(attempt: Attempt, zone: ZoneInfo) -> str:
    return f"{_to_the_second(attempt.at, zone)}  {attempt.error or 'accepted'}"


def _to_the_second(at: datetime, zone: ZoneInfo) -> str:
    return at.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S")


# --- seen, read, decided -------------------------------------------------------------------------------------------


def _seen(story: PageStory, zone: ZoneInfo) -> Iterator[Row]:
    page = story.page
    baseline = "  (baseline)" if page.baseline else ""
    if story.led_by is not None:
        yield "seen", f"{local(page.first_seen, zone)}  named as its original by a page of {page.source}{baseline}"
        yield "", f"  {story.led_by}"
    else:
        yield "seen", f"{local(page.first_seen, zone)}  in the list of {page.source}{baseline}"
        yield "", f"  {page.title}" + (f"  {page.listed.isoformat()}" if page.listed else "")
    yield "", f"  {page.url}"


def _moved(page: PageRecord, zone: ZoneInfo) -> Iterator[Row]:
    yield "moved", f"{local(page.readdressed_at, zone)}  the list of {page.source} has it at this address, no more at"
    yield "", f"  {page.former}"


def _failed(story: PageStory, zone: ZoneInfo) -> Iterator[Row]:
    page = story.page
    again = page.next_check_at if page.status is PageStatus.READ else page.next_try_at
    then = f"again at {local(again, zone)}" if again else "not tried again"
    tries = f"{counted(page.attempts, 'try', 'tries')}, " if page.attempts else ""
    yield "failed", f"{story.problem}  ({tries}{then})"
    yield "", f"  {page.url}"


def _read(story: PageStory, zone: ZoneInfo) -> Iterator[Row]:
    answered = story.answered
    if answered is not None:
        kind = answered.media_type or "no type given"
        charset = f" in {answered.charset}" if answered.charset else ""
        yield "read", f"{local(story.read_at, zone)}  HTTP {answered.status}, {kind}, {answered.size:,} bytes"
        yield "", f"  as {answered.format}{charset}: {answered.characters:,} characters of text"
    elif story.verdict is not None:
        yield "read", "how is not known: an older watcher read it"
    for file in story.page.files:
        yield "", f"  file {file.name}: {f'not read: {file.unread.message}' if file.unread else 'read'}"
    if story.page.next_check_at and not story.problem:
        yield "", f"  looked at again from {local(story.page.next_check_at, zone)}"


def _verdict(verdict: Verdict, account: Account | None) -> Iterator[Row]:
    kept = ""
    if account is not None and not verdict.announcement:
        stored = account.history.announcement.extraction.verdict
        kept = ": kept as the announcement that it was" if stored.announcement else " (near miss)"
    yield "verdict", f"{verdict.type}, score {verdict.score:.2f}{kept}"
    yield from (("", f"  {reason}") for reason in verdict.reasons)


def _comparison(found: Compared) -> str:
    words = f" ({found.words})" if found.words else ""
    link = ", one links the other" if found.linked else ""
    relation = RELATIONS[found.relation].format(found.announcement)
    return f"{relation}{words}; {found.shared:.0%} of the pieces shared, {found.copied:.0%} word for word{link}"


def _revision(one: RevisionRecord, told: Collection[int], zone: ZoneInfo) -> Iterator[Row]:
    from watcher.change.note import sentence

    silent = "  (nobody was told of it)" if one.number > 1 and one.number not in told else ""
    again = f"  read again {local(one.reread_at, zone)}" if one.reread_at else ""
    yield "revision", f"{one.number}  {local(one.seen_at, zone)}{again}{silent}"
    yield from (("", f"  {sentence(change)}") for change in one.changes)
    for capture in one.captures:
        place = capture.location
        yield "", f"  kept in archive/{place.file} at {place.offset}" if place else f"  not kept: {capture.problem}"


# --- gone, repealed ------------------------------------------------------------------------------------------------


def _gone(gone: Gone, zone: ZoneInfo) -> Iterator[Step]:
    """A page that was missing: since when, when that was believed, when it was there again."""
    listed = f"  in the list of {', '.join(gone.sources)}" if gone.sources else ""
    where = ("", f"  {gone.url}")
    yield gone.since, Turn.GONE, [("missing", f"{local(gone.since, zone)}{listed}"), where]
    if gone.believed_at:
        taken = f"{local(gone.believed_at, zone)}  missing for a day: taken for gone"
        yield gone.believed_at, Turn.BELIEVED, [("gone", taken), where]
    if gone.back_at:
        yield gone.back_at, Turn.BACK, [("back", local(gone.back_at, zone)), where]


def _saying(saying: Saying, zone: ZoneInfo) -> Iterator[Row]:
    """What another page says of the document."""
    by = f", announcement {saying.announcement}" if saying.announcement else ""
    yield saying.statement.fate.value, f"{local(saying.seen_at, zone)}  says a page in the list of {saying.source}{by}"
    yield "", f"  “{saying.statement.quote}”"
    yield "", f"  {saying.page_title}"
    yield "", f"  {saying.url}"


def _says(page: PageStory) -> Iterator[Row]:
    """What a page says of other documents."""
    for one in page.says[:MOST_SAID]:
        means = f"announcement {one.means}" if one.means is not None else "none that is stored"
        yield "says", f"{one.statement.fate.value}, of {means}: “{one.statement.quote}”"
    if len(page.says) > MOST_SAID:
        yield "", f"  … and of {len(page.says) - MOST_SAID} more"
