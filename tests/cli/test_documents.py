"""Where `watcher extract` reads a document: what may cost more than its length does it in a process with limits."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.read.making import docx, packed, paragraph, pdf, xlsx
from watcher.cli.documents import SMALL_TEXT, Request, read_one

SENTENCE = "对通过验收的企业给予最高300万元奖励。"
PAGE = (
    f"<html><body><p>{SENTENCE}</p><p>{'请各单位遵照执行，并做好宣传，确保落到实处。' * 2}</p></body></html>".encode()
)
# Prints the quotes found, and which of the libraries at issue are loaded in the process that was asked.
ASK = """
import sys
from watcher.cli.documents import Request, read_one
found = read_one(Request(sys.argv[1], None, None)).extraction
libraries = ("watcher.workers", "pypdfium2", "python_calamine", "watcher.read.docx", "watcher.read.zipped")
print([one.quote for one in found.figures], *(name for name in libraries if name in sys.modules))
"""


@pytest.mark.parametrize(
    ("name", "body", "loaded"),
    [
        ("a.html", PAGE, ""),
        ("a.txt", SENTENCE.encode(), ""),
        ("a.pdf", pdf([SENTENCE]), " watcher.workers"),
        ("a.docx", docx(paragraph(SENTENCE)), " watcher.workers"),
        ("a.xlsx", xlsx(("奖励", SENTENCE)), " watcher.workers"),
        ("a.zip", packed(("a.txt", SENTENCE.encode())), " watcher.workers"),
        ("long.html", PAGE + b" " * SMALL_TEXT, " watcher.workers"),
    ],
)
def test_only_pages_and_texts_of_common_size_are_read_in_the_process_that_is_asked(
    tmp_path: Path, name: str, body: bytes, loaded: str
) -> None:
    (tmp_path / name).write_bytes(body)
    done = subprocess.run([sys.executable, "-c", ASK, str(tmp_path / name)], capture_output=True, text=True, check=True)
    assert done.stdout == f"['最高300万元']{loaded}\n"


def test_what_is_wrong_with_a_file_is_told_from_its_worker(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf([SENTENCE])[:200])
    result = read_one(Request(str(tmp_path / "a.pdf"), None, None))
    assert result.error == ("not_a_pdf", "the file is no PDF that can be opened")
