"""What must hold after a campaign, whatever the store and however many processes."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tests.campaign.bureau import Bureau
from tests.campaign.channels import Box

# (item, revision, subscription): each revision that was stored is what its reader was told, or a later one is.
BEHIND = """SELECT count(*) FROM announcements a CROSS JOIN subscriptions s
    LEFT JOIN standings k ON k.announcement_id = a.id AND k.subscription_id = s.id
    WHERE (a.revision > 1 OR a.id > {baseline}) AND coalesce(k.revision, 0) < a.revision"""
UNSENT = "SELECT count(*) FROM deliveries WHERE status NOT IN ('sent', 'settled')"


def nothing_lost(bureau: Bureau, boxes: Mapping[str, Box], baseline: int, count: Callable[[str], int]) -> None:
    """Every article after the baseline, and the last edit of it, was told to every reader."""
    assert len(bureau.amounts) == bureau.count
    told = range(baseline + 1, bureau.count + 1)
    for name, box in boxes.items():
        missing = [number for number in told if bureau.title(number) not in box.told]
        assert not missing, f"{name} was never told of {missing}"
        stale = [number for number in told if f"{bureau.amounts[number]}万元" not in box.told[bureau.title(number)][-1]]
        assert not stale, f"{name} was not told how these stand: {stale}"
    assert count(BEHIND.format(baseline=baseline)) == 0
    assert count(UNSENT) == 0


def little_doubled(boxes: Mapping[str, Box], kills: int) -> None:
    """A kill doubles at most what was in flight: one message a reader."""
    assert sum(box.doubles for box in boxes.values()) <= kills * len(boxes)


def table(boxes: Mapping[str, Box]) -> str:
    """What each channel was sent."""
    lines = [f"{'channel':9}{'accepted':>9}{'refused':>9}{'doubled':>9}{'articles told':>15}"]
    for name, box in boxes.items():
        lines.append(f"{name:9}{len(box.keys):>9}{box.refused:>9}{box.doubles:>9}{len(box.told):>15}")
    return "\n".join(lines)
