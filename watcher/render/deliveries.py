"""A delivery for programs: the JSON of `watcher deliveries` and of the API. Pure."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from watcher.records.deliveries import DeliveryRecord


def delivery_json(record: DeliveryRecord) -> dict[str, object]:
    line = {name: value.isoformat() if isinstance(value, datetime) else value for name, value in asdict(record).items()}
    return {**line, "seen_to_accepted_s": record.seen_to_accepted_s}
