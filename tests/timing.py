"""What a piece of work costs in CPU time, for tests that it grows no faster than it may."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable


def cpu_seconds(work: Callable[[], object]) -> float:
    """CPU time of this process for `work`.

    Without collections of garbage: they look through all that earlier tests have left, which is no cost of the work.
    """
    gc.disable()
    try:
        began = time.process_time()
        work()
        return time.process_time() - began
    finally:
        gc.enable()
