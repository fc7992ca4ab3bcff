"""Train `watcher/data/detect_weights.json` on the labelled documents in tests/detect/train.jsonl.

Usage: train_detect.py DATE

Logistic regression by gradient descent with an L2 penalty towards a weak prior, standard library only, without chance:
the same documents give the same weights. A feature's weight keeps the sign that its meaning has (praise of service
cannot speak against, a tender cannot speak for), so that a hundred documents are enough. Prints the F1 of a
cross-validation over five parts and, with what is trained on all, of the test documents.
"""

from __future__ import annotations

import hashlib
import json
import math
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from watcher.detect import THRESHOLD, Draft  # noqa: E402
from watcher.detect.features import measure  # noqa: E402

FOLDER = ROOT / "tests" / "detect"
OUTPUT = ROOT / "watcher" / "data" / "detect_weights.json"
SPEAKS_FOR = {
    "title_serve", "title_measure", "title_issue", "serve", "enterprise", "act", "done", "stated_count", "numbered",
    "names_document", "limits", "grants", "press", "for_enterprises",
}  # fmt: skip
PENALTY, PRIOR, RATE, ROUNDS = 0.005, 0.4, 1.0, 2500

Example = tuple[dict[str, float], bool]


def examples(name: str) -> list[Example]:
    """The features and the label of every document in tests/detect/`name`."""
    found = []
    for line in (FOLDER / name).read_text("utf-8").splitlines():
        document = json.loads(line)
        features = measure(Draft(title=document["title"], text=document["text"]))
        found.append(({key: feature.value for key, feature in features.items()}, document["type"] != "other"))
    return found


def probability(weights: dict[str, float], features: dict[str, float]) -> float:
    log_odds = weights["bias"] + sum(weights[name] * value for name, value in features.items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, log_odds))))


def train(data: list[Example]) -> dict[str, float]:
    """The weights that fit `data`, each with the sign of its meaning."""
    weights = dict.fromkeys(("bias", *data[0][0]), 0.0)
    for _ in range(ROUNDS):
        slope = {name: PENALTY * (weight - prior(name)) for name, weight in weights.items()}
        slope["bias"] = 0.0
        for features, label in data:
            error = (probability(weights, features) - label) / len(data)
            slope["bias"] += error
            for name, value in features.items():
                slope[name] += error * value
        for name in weights:
            weights[name] = signed(name, weights[name] - RATE * slope[name])
    return weights


def prior(name: str) -> float:
    """What is believed of a feature that the documents say nothing about."""
    return PRIOR if name in SPEAKS_FOR else -PRIOR


def signed(name: str, weight: float) -> float:
    if name == "bias":
        return weight
    return max(0.0, weight) if name in SPEAKS_FOR else min(0.0, weight)


def f1(weights: dict[str, float], data: list[Example]) -> tuple[int, int, int]:
    """Right, labelled and found announcements."""
    found = [probability(weights, features) >= THRESHOLD for features, _ in data]
    right = sum(one and label for one, (_, label) in zip(found, data, strict=True))
    return right, sum(label for _, label in data), sum(found)


def show(name: str, counts: tuple[int, int, int]) -> None:
    right, labelled, found = counts
    print(f"{name}: F1 {2 * right / (labelled + found):.3f} ({right} right of {labelled} labelled, {found} found)")


def main(day: str) -> None:
    data = examples("train.jsonl")
    parts = [([e for i, e in enumerate(data) if i % 5 != k], data[k::5]) for k in range(5)]
    folds = [f1(train(rest), part) for rest, part in parts]
    show("cross-validation", (sum(f[0] for f in folds), sum(f[1] for f in folds), sum(f[2] for f in folds)))
    weights = train(data)
    show("test documents", f1(weights, examples("test.jsonl")))
    digest = hashlib.sha256((FOLDER / "train.jsonl").read_bytes()).hexdigest()
    table = {
        "about": "Weights of watcher/detect, written by tools/train_detect.py",
        "date": day,
        "documents": len(data),
        "sha256": digest,
        "weights": {name: round(weight, 3) for name, weight in weights.items()},
    }
    OUTPUT.write_text(json.dumps(table, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
