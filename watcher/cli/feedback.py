"""`watcher feedback`: a person's verdict, kept beside the computed one and exported as labelled data."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from watcher.cli.context import LARGEST, now, options_of, whole_id
from watcher.errors import UsageError

if TYPE_CHECKING:
    from watcher.model import Figure
    from watcher.records.announcements import Judgement, Opinion
    from watcher.store import Store


def feedback(
    context: typer.Context,
    id_: Annotated[int | None, typer.Argument(metavar="ID", parser=whole_id, show_default=False)] = None,
    relevant: Annotated[bool, typer.Option("--relevant", help="It is an announcement of service measures.")] = False,
    not_relevant: Annotated[bool, typer.Option("--not-relevant", help="It is none.")] = False,
    wrong_figure: Annotated[
        list[int] | None,
        typer.Option(metavar="N", min=1, max=LARGEST, help="Figure N, as `show` numbers them, is wrong."),
    ] = None,
    note: Annotated[str | None, typer.Option(help="Why, or any remark.")] = None,
    clear: Annotated[bool, typer.Option("--clear", help="Forget first what was said of it so far.")] = False,
    export: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Write all that was judged as labelled data.")
    ] = None,
) -> None:
    """Say whether an announcement is one, or which figure is wrong; or export what was said.

    Example: watcher feedback 12 --not-relevant --note "a penalty notice"

    Example: watcher feedback --export labelled/
    """
    from watcher.records.announcements import Judgement

    verdicts = [Judgement.RELEVANT] * relevant + [Judgement.NOT_RELEVANT] * not_relevant
    opinions = _opinions(verdicts, wrong_figure or [], note)
    options = options_of(context)
    if export is not None:
        if id_ is not None or opinions or clear:
            raise UsageError("--export writes all that was judged: give it no ID and no other option")
        _export(options.store(), export)
    elif id_ is None:
        raise UsageError("say of which announcement: `watcher feedback ID …`; `watcher list` shows the ids")
    elif len(verdicts) > 1:
        raise UsageError("--relevant and --not-relevant exclude each other")
    elif not opinions and not clear:
        raise UsageError("say what: --relevant, --not-relevant, --wrong-figure N, --note TEXT or --clear")
    else:
        _note(options.store(), id_, opinions, clear=clear)


def _opinions(verdicts: list[Judgement], wrong_figures: list[int], note: str | None) -> list[Opinion]:
    """What the options say; a note goes with each verdict, or stands alone."""
    from watcher.records.announcements import Judgement, Opinion

    said = [Opinion(verdict, note=note) for verdict in verdicts]
    said += [Opinion(Judgement.WRONG_FIGURE, number - 1, note) for number in wrong_figures]
    return said or ([Opinion(Judgement.NOTE, note=note)] if note else [])


def _note(store: Store | None, announcement_id: int, opinions: list[Opinion], *, clear: bool) -> None:
    history = store.lists.announcement(announcement_id) if store else None
    if store is None or history is None:
        raise UsageError(f"no announcement {announcement_id}; `watcher list` shows the ids")
    record = history.announcement
    store.feedback.add(announcement_id, record.revision, opinions, now(), anew=clear)
    if clear:
        print(f"announcement {announcement_id}: what was said before is forgotten")
    for opinion in opinions:
        said = wording(opinion, record.extraction.figures)
        print(f"announcement {announcement_id}, revision {record.revision}: {said}")


def wording(opinion: Opinion, figures: tuple[Figure, ...]) -> str:
    """An opinion in words; `figures` are those of the revision spoken of."""
    if opinion.figure is None:
        said = opinion.verdict.value.replace("_", " ")
    else:
        said = f"figure {opinion.figure + 1} {figures[opinion.figure].quote} is wrong"
    return f"{said}: {opinion.note}" if opinion.note else said


def _export(store: Store | None, folder: Path) -> None:
    from watcher.render.labelled import label, label_name, label_page, label_text

    judged = store.lists.judged() if store else ()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for one in judged:
            name = label_name(one)
            (folder / f"{name}.txt").write_text(label_page(one.document), encoding="utf-8", newline="\n")
            (folder / f"{name}.json").write_text(label_text(label(one)), encoding="utf-8", newline="\n")
    except OSError as exc:
        raise UsageError(f"--export {folder}: {exc.strerror or exc}") from exc
    print(f"{len(judged)} judged, written to {folder}" if judged else "Nothing was judged yet.")
