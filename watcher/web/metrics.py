"""`/metrics` for Prometheus: what the passes of this process did, and what stands in the store at the moment."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from statistics import quantiles
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from watcher.health.level import usual
from watcher.news import RunReport
from watcher.records.sources import SourceRecord, SourceState
from watcher.store import Store

TYPE: Final = "text/plain; version=0.0.4"
BUCKETS: Final = (0.1, 0.3, 1, 3, 10, 30, 100, 300)
# Of how late alerts are the last day is told, as `watcher doctor` does.
LOOK_BACK: Final = timedelta(days=1)
WELL: Final = frozenset({SourceState.OK, SourceState.SLOW, SourceState.SILENT})


class Meter:
    """Counts the passes of a running service; a process that makes none has nothing to count."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._checks = Counter("watcher_checks", "Passes over sources", ["result"], registry=self.registry)
        self._seconds = Histogram("watcher_check_seconds", "Time of a pass", buckets=BUCKETS, registry=self.registry)
        self._found = Counter("watcher_found", "What passes found", ["kind"], registry=self.registry)

    def count(self, report: RunReport) -> None:
        if report.busy:
            return
        self._checks.labels("failed" if report.problem else "unchanged" if report.not_modified else "read").inc()
        self._seconds.observe(report.took_s)
        for kind in ("opened", "new", "changed", "reposts", "withdrawn", "restored", "near_misses"):
            self._found.labels(kind).inc(getattr(report, kind))


def exposition(store: Store, now: datetime, meter: Meter | None) -> bytes:
    """The text of `/metrics`."""
    registry = CollectorRegistry()
    registry.register(_Stored(store, now))
    counted: bytes = generate_latest(meter.registry) if meter else b""
    stored: bytes = generate_latest(registry)
    return counted + stored


class _Stored(Collector):
    def __init__(self, store: Store, now: datetime) -> None:
        self._store, self._now = store, now

    def collect(self) -> Iterator[GaugeMetricFamily]:
        overviews = self._store.overviews
        yield _by(("type", "status"), "watcher_announcements", "Stored announcements", overviews.announcements())
        yield _by(("status",), "watcher_deliveries", "Deliveries by state", overviews.deliveries())
        oldest = overviews.oldest_due()
        age = max((self._now - oldest).total_seconds(), 0) if oldest else 0.0
        yield GaugeMetricFamily("watcher_delivery_queue_age_seconds", "How long the oldest delivery is due", age)
        yield from self._delays()
        yield from _sources(self._store.sources())

    def _delays(self) -> Iterator[GaugeMetricFamily]:
        told = "From first sight to acceptance, of the last day's alerts"
        family = GaugeMetricFamily("watcher_alert_delay_seconds", told, labels=["quantile"])
        delays = self._store.delays.since(self._now - LOOK_BACK)
        if delays:
            spread = quantiles(delays, n=20, method="inclusive") if len(delays) > 1 else [delays[0]] * 19
            for name, value in (("0.5", spread[9]), ("0.95", spread[18]), ("1", delays[-1])):
                family.add_metric([name], value)
        yield family


def _sources(records: tuple[SourceRecord, ...]) -> Iterator[GaugeMetricFamily]:
    """Of each source that is checked: whether it is well, when it was last read, how long its list takes."""
    up = GaugeMetricFamily("watcher_source_up", "1: read and well", labels=["source", "state"])
    read = GaugeMetricFamily("watcher_source_last_read_timestamp_seconds", "Last successful pass", labels=["source"])
    took = GaugeMetricFamily("watcher_source_fetch_seconds", "How long its list usually takes", labels=["source"])
    failures = GaugeMetricFamily("watcher_source_failures", "Passes in a row that failed", labels=["source"])
    for one in records:
        if not (one.configured and one.enabled):
            continue
        up.add_metric([one.id, one.health.state.value], float(one.health.state in WELL))
        failures.add_metric([one.id], one.health.failures)
        if one.health.last_ok:
            read.add_metric([one.id], one.health.last_ok.timestamp())
        if (seconds := usual(one.usual.seconds)) is not None:
            took.add_metric([one.id], seconds)
    yield from (up, read, took, failures)


def _by(labels: tuple[str, ...], name: str, told: str, counts: dict[tuple[str, ...], int]) -> GaugeMetricFamily:
    family = GaugeMetricFamily(name, told, labels=labels)
    for values, count in counts.items():
        family.add_metric(values, count)
    return family
