"""The verdict: the model's score against the threshold, the type by rules, the reasons in the order of their weight."""

from __future__ import annotations

import json
import math
from functools import lru_cache

from watcher import data
from watcher.detect.draft import Draft
from watcher.detect.features import Feature, measure
from watcher.detect.forms import form_of
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
    log_odds = _log_odds(features, weights)
    words = _logistic(log_odds)
    form = form_of(draft)
    score = round(min(words, form.at_most) if form else words, 4)
    total = _total(log_odds, words, score)
    if score < THRESHOLD:
        reasons = ((form.evidence,) if form else ()) + _reasons(features, weights, AnnouncementType.OTHER, log_odds)
        return Verdict(AnnouncementType.OTHER, score, (*reasons, total), near_miss=score >= NEAR_MISS)
    kind, why = kind_of(draft)
    return Verdict(kind, score, (*_reasons(features, weights, kind, log_odds), total, why))


def _total(log_odds: float, words: float, score: float) -> str:
    """The sum behind the score, against the threshold."""
    told = f"合计 {log_odds:+.1f}，得分{words:.2f}"
    bounded = f"，按页面形式计{score:.2f}" if score < round(words, 4) else ""
    return f"{told}{bounded}，{'达到' if score >= THRESHOLD else '未达到'}{THRESHOLD:g}"


@lru_cache(maxsize=1)
def load_weights() -> dict[str, float]:
    """Feature -> weight, with `bias`."""
    table: dict[str, float] = json.loads(data.read_table("detect_weights.json"))["weights"]
    return table


def _log_odds(features: dict[str, Feature], weights: dict[str, float]) -> float:
    return weights["bias"] + sum(weights.get(name, 0.0) * feature.value for name, feature in features.items())


def _logistic(log_odds: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, log_odds))))


def _reasons(
    features: dict[str, Feature], weights: dict[str, float], kind: AnnouncementType, log_odds: float
) -> tuple[str, ...]:
    """The evidence behind the score: what spoke for the outcome first, then what spoke against it, marked as such.

    What is printed adds up to the sum that is printed: the model's constant and what is left over are lines, too.
    """
    moves = {name: weights.get(name, 0.0) * feature.value for name, feature in features.items()}
    if moves["for_enterprises"] > 0:  # one reason for the three, which stand on the same words
        moves["for_enterprises"] += moves.pop("serve") + moves.pop("enterprise")
    sign = -1 if kind is AnnouncementType.OTHER else 1
    told = sorted((name for name in moves if abs(moves[name]) >= _TELLS), key=lambda name: -sign * moves[name])
    found = tuple(f"{features[name].evidence} {moves[name]:+.1f}" for name in told[:_REASONS])
    shown = (weights["bias"], *(moves[name] for name in told[:_REASONS]))
    rest = round(round(log_odds, 1) - sum(round(one, 1) for one in shown), 1)
    others = (f"其余 {rest:+.1f}",) if rest else ()
    return (*(found or ("没有服务措施的迹象",)), f"基准 {weights['bias']:+.1f}", *others)
