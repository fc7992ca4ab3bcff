"""`/deliveries`: what was sent, waits or failed; addresses masked."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlencode

from starlette.responses import Response

from watcher import choosing, notify
from watcher.web.asked import delivery_status, number
from watcher.web.pages import page
from watcher.web.site import Asking

PAGE: Final = 50


def deliveries(asking: Asking) -> Response:
    asked = asking.request.query_params
    status = delivery_status(asked.get("status"))
    before = number(asked["after"], name="after") if asked.get("after") else None
    found = asking.store.deliveries(status, PAGE + 1, before)
    following = urlencode({"status": status or "", "after": found[PAGE - 1].id}) if len(found) > PAGE else None
    counts = {name: count for (name,), count in asking.store.overviews.deliveries().items()}
    addresses = {one.subscription.id: notify.mask(one.subscription.to) for one in asking.store.subscriptions()}
    return page(
        asking,
        "deliveries",
        section="deliveries",
        records=found[:PAGE],
        chosen=status,
        statuses=choosing.DELIVERY_STATUSES,
        counts=counts,
        addresses=addresses,
        older=following,
    )
