"""The verdict: the model's score against the threshold, the type by rules, the reasons in the order of their weight."""

from __future__ import annotations

import json
import math
from functools import lru_cache

from watcher import data
from watcher.detect.draft import Draft
from watcher.detect.features import Feature, measure
from watcher.detect.kinds import kind_of
from watcher.model import AnnouncementType, Verdict

THRESHOLD = 0.5
# An `other` from here on is kept for review (docs/detection.md).
NEAR_MISS = 0.2
_REASONS = 8
# A feature that moves the log-odds by less explains nothing.
_TELLS = 0.15


def classify(draft: Draft) -> Verdict:
    """Whether `draft` announces service measures, its type, and the evidence, the strongest first."""
    features = measure(draft)
    weights = load_weights()
    score = round(_logistic(_log_odds(features, weights)), 4)
    if score < THRESHOLD:
        reasons = _reasons(features, weights, AnnouncementType.OTHER)
        return Verdict(AnnouncementType.OTHER, score, reasons, near_miss=score >= NEAR_MISS)
    kind, why = kind_of(draft)
    return Verdict(kind, score, (*_reasons(features, weights, kind), why))


@lru_cache(maxsize=1)
def load_weights() -> dict[str, float]:
    """Feature -> weight, with `bias`."""
    table: dict[str, float] = json.loads(data.read_table("detect_weights.json"))["weights"]
    return table


def _log_odds(features: dict[str, Feature], weights: dict[str, float]) -> float:
    return weights["bias"] + sum(weights.get(name, 0.0) * feature.value for name, feature in features.items())


def _logistic(log_odds: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, log_odds))))


def _reasons(features: dict[str, Feature], weights: dict[str, float], kind: AnnouncementType) -> tuple[str, ...]:
    """The evidence behind the score: what spoke for the outcome first, then what spoke against it, marked as such."""
    moves = {name: weights.get(name, 0.0) * feature.value for name, feature in features.items()}
    if moves["for_enterprises"] > 0:  # one reason for the three, which stand on the same words
        moves["for_enterprises"] += moves.pop("serve") + moves.pop("enterprise")
    sign = -1 if kind is AnnouncementType.OTHER else 1
    told = sorted((name for name in moves if abs(moves[name]) >= _TELLS), key=lambda name: -sign * moves[name])
    return tuple(f"{features[name].evidence} {moves[name]:+.1f}" for name in told[:_REASONS]) or ("没有服务措施的迹象",)
