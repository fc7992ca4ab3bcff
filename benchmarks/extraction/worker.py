"""Does one library's work on one page after another, as told over standard input; one process an environment.

Started by path with an environment's own Python, so it imports nothing of ours but inside the product's methods.

In:  {"method": name, "path": file}, one a line      Out: {"ms": CPU time} or {"failed": reason}
"""

from __future__ import annotations

import json
import logging
import sys
import time
import warnings
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

Work = Callable[[], object]


def whole_extract(path: Path) -> Work:
    """The whole of `watcher extract`: bytes to a line of JSON. What it remembers of earlier pages is forgotten."""
    from watcher.extract import extract
    from watcher.read import read_document
    from watcher.render.contract import contract_line

    body = path.read_bytes()
    extract(read_document(body))  # loads all that is loaded on first use
    memories = _memories_of_pages()

    def work() -> str:
        for remembered in memories:
            remembered.cache_clear()
        return json.dumps(contract_line(path.name, extract(read_document(body))), ensure_ascii=False)

    return work


def _memories_of_pages() -> list[Any]:
    """The caches that hold pieces of pages; those with one or a few entries hold tables and stay."""
    modules = [module for name, module in sys.modules.items() if name.startswith("watcher.")]
    found = {id(value): value for module in modules for value in vars(module).values() if hasattr(value, "cache_clear")}
    return [each for each in found.values() if (each.cache_parameters()["maxsize"] or 0) >= 16]


def trafilatura_content(path: Path) -> Work:
    trafilatura, meta = import_module("trafilatura"), import_module("trafilatura.meta")

    html = _decoded(path)

    def work() -> object:
        meta.reset_caches()
        content: object = trafilatura.extract(html, include_comments=False)
        return content

    return work


def readability_content(path: Path) -> Work:
    readability = import_module("readability")
    html = _decoded(path)
    return lambda: readability.Document(html).summary()


def bs4_parse(path: Path) -> Work:
    from bs4 import BeautifulSoup

    html = _decoded(path)
    return lambda: BeautifulSoup(html, "lxml")


def lxml_parse(path: Path) -> Work:
    import lxml.html

    html = _decoded(path)
    return lambda: lxml.html.fromstring(html)


def our_figures(path: Path) -> Work:
    from watcher.extract.figures import find_figures

    text = path.read_text("utf-8")
    return lambda: find_figures(text)


def recognizers_figures(path: Path) -> Work:
    numbers, units = import_module("recognizers_number"), import_module("recognizers_number_with_unit")
    chinese = import_module("recognizers_text").Culture.Chinese
    text = path.read_text("utf-8")
    models = (
        units.recognize_currency,
        units.recognize_dimension,
        numbers.recognize_percentage,
        numbers.recognize_number,
    )
    return lambda: [model(text, chinese) for model in models]


def jionlp_figures(path: Path) -> Work:
    jionlp = import_module("jionlp")
    text = path.read_text("utf-8")
    return lambda: (jionlp.ner.extract_money(text, with_parsing=True), jionlp.ner.extract_time(text, with_parsing=True))


METHODS: dict[str, Callable[[Path], Work]] = {
    "watcher extract": whole_extract,
    "trafilatura": trafilatura_content,
    "readability-lxml": readability_content,
    "BeautifulSoup parse": bs4_parse,
    "lxml parse": lxml_parse,
    "watcher figures": our_figures,
    "recognizers-text": recognizers_figures,
    "jionlp": jionlp_figures,
}


def _decoded(path: Path) -> str:
    """The page as text: peers are spared the work of finding its charset."""
    body = path.read_bytes()
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return body.decode("gb18030", "replace")


def _measure(work: Work) -> float:
    """CPU time in milliseconds; the clock on the wall also counts what else the machine does."""
    start = time.process_time()
    work()
    return (time.process_time() - start) * 1000


def main() -> None:
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    answers, sys.stdout = sys.stdout, sys.stderr  # libraries that greet on standard output
    ready: dict[tuple[str, str], Work] = {}
    for line in sys.stdin:
        asked = json.loads(line)
        key = (asked["method"], asked["path"])
        try:
            if key not in ready:
                ready[key] = METHODS[asked["method"]](Path(asked["path"]))
                ready[key]()  # imports, tables and caches of patterns
            answer: dict[str, object] = {"ms": _measure(ready[key])}
        except Exception as exc:  # noqa: BLE001 - whatever a peer raises is its result
            answer = {"failed": f"{type(exc).__name__}: {exc}"[:200]}
        print(json.dumps(answer), file=answers, flush=True)


if __name__ == "__main__":
    main()
