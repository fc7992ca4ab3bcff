"""The JSON of an alert, as the service contract has it."""

from __future__ import annotations

from watcher.events import MOST_FIGURES, announcement_event
from watcher.extract import extract
from watcher.model import Document
from watcher.news import EventKind


def test_figures_that_a_reader_looks_for_come_first() -> None:
    text = "某市对368家企业实行专员服务，办理时限由20个工作日缩短至7个工作日，给予最高200万元补助。"
    found = extract(Document(title="某市出台5条措施助企", text=text))
    event = announcement_event(EventKind.NEW, "http://a.example/1", "a", found)
    assert [figure["quote"] for figure in event["figures"]] == [
        "最高200万元",
        "由20个工作日缩短至7个工作日",
        "368家",
    ]


def test_a_table_of_thousands_of_numbers_does_not_choke_the_channel() -> None:
    text = "\n".join(f"{year}号企业投资{year}万元。" for year in range(1000, 2000))
    found = extract(Document(title="某市企业投资表", text=text))
    assert len(found.figures) > MOST_FIGURES
    event = announcement_event(EventKind.NEW, "http://a.example/1", "a", found)
    assert len(event["figures"]) == MOST_FIGURES
