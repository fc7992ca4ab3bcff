"""Is a document a service-measure announcement, of which type, and why.

A logistic model over readable features decides (weights in `data/detect_weights.json`, trained by tools/train_detect.py
on the documents in tests/detect); written rules tell the three types apart. docs/detection.md explains both.
"""

from __future__ import annotations

from watcher.detect.decide import THRESHOLD, classify
from watcher.detect.draft import Draft
from watcher.detect.forms import form_of

__all__ = ["THRESHOLD", "Draft", "classify", "form_of"]
