"""`/deadlines` and `/trends`: what is due when, and how much is announced where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from typing import Final

from starlette.responses import Response

from watcher import choosing
from watcher.records.overviews import DueDay, MonthCount
from watcher.web import charts
from watcher.web.asked import BadAddress
from watcher.web.dues import coming
from watcher.web.pages import page
from watcher.web.shown import cut, region_name
from watcher.web.site import Asking
from watcher.web.views.listing import provinces, with_chosen

DAYS: Final = 180
MOST_DUE: Final = 120
MONTHS: Final = 12
MOST_REGIONS: Final = 15


def deadlines(asking: Asking) -> Response:
    codes = list(filter(None, map(str.strip, asking.request.query_params.getlist("region"))))
    try:
        regions = choosing.regions(codes)
    except ValueError as exc:
        raise BadAddress("region", str(exc)) from None
    found = coming(asking, timedelta(days=DAYS), MOST_DUE, regions)
    days = [(day, list(same)) for day, same in groupby(found, key=lambda one: one.due.day)]
    first = codes[0].ljust(6, "0") if codes else ""
    return page(
        asking,
        "deadlines",
        section="deadlines_page",
        days=days,
        region=first,
        others=codes[1:],
        codes=[("region", one) for one in codes],
        places=with_chosen(provinces(), first, region_name(first)),
        place=region_name,
        picture=_timeline([one.due for one in found], asking) if found else None,
    )


def _timeline(found: Sequence[DueDay], asking: Asking) -> object:
    points = [charts.Point("", (one.day - asking.today).days, f"{one.day} {cut(one.title or '', 40)}") for one in found]
    told = asking.words("due_told", n=len(found), days=DAYS)
    return charts.timeline(points, DAYS, asking.words["deadlines_page"], told)


def trends(asking: Asking) -> Response:
    counts = asking.store.overviews.by_month(_bounds(asking), asking.today)
    months = [
        (date(year, month, 1)) for year, month in charts.months_back(asking.today.year, asking.today.month, MONTHS)
    ]
    by_month = Counter(dict.fromkeys(months, 0))
    by_place: Counter[str] = Counter()
    for one in counts:
        by_month[one.month] += one.count
        by_place[_place(one, asking)] += one.count
    return page(
        asking,
        "trends",
        section="trends",
        months=[(month, by_month[month]) for month in months],
        places=by_place.most_common(MOST_REGIONS),
        by_month=_bars(by_month, asking),
        by_place=_across(by_place, asking),
        total=sum(by_month.values()),
    )


def _bounds(asking: Asking) -> list[datetime]:
    """The first moment of each of the last months in the reader's zone, and now."""
    today, zone = asking.today, asking.site.zone
    months = charts.months_back(today.year, today.month, MONTHS)
    starts = [datetime(year, month, 1, tzinfo=zone).astimezone(UTC) for year, month in months]
    return [*starts, asking.now + timedelta(seconds=1)]


def _place(one: MonthCount, asking: Asking) -> str:
    return region_name(f"{one.province}0000") if one.province else asking.words["no_region"]


def _bars(counts: Counter[date], asking: Asking) -> object:
    points = [charts.Point(f"{day:%m}", count, f"{day:%Y-%m}: {count}") for day, count in sorted(counts.items())]
    return charts.bars(points, asking.words["by_month"], _told(points))


def _across(counts: Counter[str], asking: Asking) -> object:
    most = counts.most_common(MOST_REGIONS)
    points = [charts.Point(cut(name, 10), count, f"{name}: {count}") for name, count in most]
    return charts.across(points, asking.words["by_region"], _told(points))


def _told(points: Sequence[charts.Point]) -> str:
    """The data in one sentence, for those who do not see the picture."""
    return "; ".join(one.told for one in points)
