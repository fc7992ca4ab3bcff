"""What a terminal shows: Rich tables and plain lines; no colour and no cut cells when the output is no terminal.

Labels are English, as all of the command line; what pages say stays as they say it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.table import Table
from rich.text import Text

from watcher.records.lifecycle import Fate
from watcher.records.names import Role

if TYPE_CHECKING:
    from watcher.model import Attachment, Extraction, Origin
    from watcher.query import Span
    from watcher.records.announcements import AnnouncementRecord
    from watcher.records.lifecycle import Saying
    from watcher.records.names import Links

# What became of a document, as it is called here and by offices.
STATES: Final = {
    Fate.REPEALED: "repealed 已废止",
    Fate.REPLACED: "replaced 已废止",
    Fate.LAPSED: "lapsed 已失效",
    Fate.SUPERSEDED: "superseded 不一致的以新文件为准",
    Fate.FINAL: "final text is there 已正式印发",
}
# Wide enough that nothing is folded where the output is a file or a pipe.
PIPE_WIDTH = 400
# Columns that a table of everything needs; where there are fewer, on a terminal or by what the environment says, what
# can be spared is left out.
WIDE = 110


def console(*, stderr: bool = False) -> Console:
    stream = sys.stderr if stderr else sys.stdout
    width = None if stream.isatty() or _columns() else PIPE_WIDTH
    return Console(file=stream, highlight=False, markup=False, width=width)


def _columns() -> bool:
    """Whether the environment says how wide the output is; Rich then goes by it."""
    return os.environ.get("COLUMNS", "").isdecimal()


def table(headings: Sequence[str], rows: Iterable[Sequence[str | Text]], *, stretch: int | None = None) -> Table:
    """A table without frames; column `stretch` takes the space that is left and folds."""
    made = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    for index, heading in enumerate(headings):
        # Rich breaks a word rather than a table: a heading is never narrower than itself.
        made.add_column(
            heading,
            overflow="fold",
            no_wrap=index != stretch,
            min_width=len(heading),
            ratio=1 if index == stretch else None,
        )
    for row in rows:
        made.add_row(*(Text(cell) if isinstance(cell, str) else cell for cell in row))
    return made


def show_table(made: Table) -> None:
    """Print a table; into a file or a pipe without the blanks that fill its last column."""
    out = console()
    if out.is_terminal:
        out.print(made)
        return
    with out.capture() as captured:
        out.print(made)
    print("\n".join(line.rstrip() for line in captured.get().splitlines()))


def marked(text: str, spans: Iterable[Span], style: str = "") -> Text:
    """`text` with what a query found in it standing out."""
    made = Text(text, style)
    for start, end in spans:
        made.stylize("not dim bold red", start, end)
    return made


def local(moment: datetime | None, zone: ZoneInfo) -> str:
    return moment.astimezone(zone).strftime("%Y-%m-%d %H:%M") if moment else "-"


def link_lines(links: Links) -> Iterator[Text]:
    """The stored announcements that one names, then those that name it, a line each."""
    words = {Role.REPORTS: ("about", "report"), Role.CITES: ("cites", "citing")}
    for direction, found in enumerate((links.names, links.named_by)):
        for link in found:
            day = link.to.published.isoformat() if link.to.published else "-"
            yield Text(f"{words[link.role][direction]:8}{link.to.id}  {day}  {link.to.title or link.written}")


def state_lines(record: AnnouncementRecord, day: date) -> Iterator[Text]:
    """How the document stands, then what else pages say of it, a line each."""
    from watcher.lifecycle.lifespan import lifecycle_of

    found = lifecycle_of(record, day)
    if found is not None and found.by is None:
        yield _state_line(found.state, found.since, found.quote, None)
    for saying in record.sayings:
        yield _state_line(saying.statement.fate, saying.published, saying.statement.quote, saying)


def _state_line(state: Fate, since: date | None, quote: str | None, by: Saying | None) -> Text:
    parts = [STATES[state]]
    parts += [since.isoformat()] if since else []
    parts += [f"“{quote}”"] if quote else []
    parts += [by.url] if by else []
    parts += [f"(announcement {by.announcement})"] if by and by.announcement else []
    return Text("  ".join(parts))


def print_extraction(found: Extraction, *, explain: bool = False) -> None:
    """One extraction as a page for a reader: what it is, then its figures, deadlines and measures."""
    out = console()
    out.print(Text(found.title or "(no title)", "bold"), soft_wrap=True)
    facts = Table.grid(padding=(0, 2, 0, 0))
    for label, value in extraction_facts(found):
        facts.add_row(Text(f"  {label}", "dim"), Text(value))
    show_table(facts)
    print_findings(out, found)
    if explain and found.rejected:
        rows = [(one.quote, str(one.start), one.reason) for one in found.rejected]
        _section(out, "Numbers left out", table(("quote", "at", "why"), rows, stretch=2))
    out.print()


def print_findings(out: Console, found: Extraction) -> None:
    """Figures, deadlines, measures and cited documents, each only where there are any."""
    if found.figures:
        rows = [
            (str(number), one.quote, one.subject or "", str(one.measure or ""), _where(one.origin))
            for number, one in enumerate(found.figures, 1)
        ]
        _section(out, "Figures", _with_origins(("", "quote", "about", "measure", "in"), rows, stretch=2))
    if found.deadlines:
        dates = [(one.date.isoformat(), one.quote, _place(one.measure), _where(one.origin)) for one in found.deadlines]
        _section(out, "Deadlines", _with_origins(("date", "quote", "", "in"), dates))
    if found.measures:
        headings = [(str(one.number), one.heading, _where(one.origin)) for one in found.measures]
        _section(out, "Measures", _with_origins(("", "heading", "in"), headings, stretch=1))
    if found.cited_documents:
        _section(out, "Cited", Text("\n".join(f"《{one.title}》" for one in found.cited_documents)))


def _place(measure: int | None) -> str:
    return f"in measure {measure}" if measure is not None else ""


def _where(origin: Origin | None) -> str:
    """The file and the page of it that something was found in; "" for the article's own page."""
    if origin is None:
        return ""
    return " ".join(filter(None, [origin.file, f"p. {origin.page}" if origin.page else None]))


def _with_origins(headings: Sequence[str], rows: Sequence[Sequence[str]], *, stretch: int | None = None) -> Table:
    """A table whose last column tells the origins; without it where all is from the article's own page."""
    if any(row[-1] for row in rows):
        return table(headings, rows, stretch=stretch)
    return table(headings[:-1], [row[:-1] for row in rows], stretch=stretch)


def _section(out: Console, heading: str, content: Table | Text) -> None:
    out.print()
    out.print(Text(heading, "bold"))
    if isinstance(content, Table):
        show_table(content)
    else:
        out.print(content, soft_wrap=True)


def extraction_facts(found: Extraction) -> list[tuple[str, str]]:
    """(label, value) of what is known of a document, in reading order."""
    verdict = found.verdict
    kind = verdict.type.value + (" (near miss)" if verdict.near_miss else "")
    facts = [
        ("type", f"{kind}, score {verdict.score:.2f}"),
        ("published", found.published and found.published.isoformat()),
        ("issuer", found.issuer),
        ("region", found.region and f"{found.region.name} {found.region.code}"),
        ("document", found.document_title and f"《{found.document_title}》"),
        ("number", found.document_number),
        ("measures", _measures(found)),
        ("credit", " ".join(filter(None, [found.credit.name, "、".join(found.credit.authors)]))),
        ("original", found.credit.original_url),
        ("topics", "、".join(found.topics)),
        ("valid until", found.valid_until and found.valid_until.isoformat()),
        ("files", "\n".join(map(_file, found.attachments))),
        ("why", "\n".join(verdict.reasons)),
    ]
    return [(label, value) for label, value in facts if value]


def _measures(found: Extraction) -> str | None:
    if found.measure_count is None:
        return None
    return f"{found.measure_count}" if found.measures else f"{found.measure_count}, not listed one by one"


def _file(attachment: Attachment) -> str:
    unread = attachment.unread
    return f"{attachment.name} (not read: {unread.message})" if unread else attachment.name
