"""The grammar of Chinese quantities: text -> figures with exact quotes, and the numbers that are none, with the reason.

numbers with units -> ranges and shared units -> refused or kept -> bounds -> changes -> subjects
  amounts, units         groups                  rejects, ranks    qualifiers  changes    subjects
"""

from __future__ import annotations

from watcher.extract.figures.scan import FigureScan, find_figures

__all__ = ["FigureScan", "find_figures"]
