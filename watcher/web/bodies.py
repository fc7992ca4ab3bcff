"""The bodies that a reader means by a name, with their announcements: behind series."""

from __future__ import annotations

from collections.abc import Sequence

from watcher import choosing
from watcher.followups.bodies import body_asked
from watcher.records.announcements import AnnouncementRecord
from watcher.web.asked import BadAddress
from watcher.web.site import Asking

LONGEST_NAME = 60
# A place has a few dozen bodies; of one that has more, those with most announcements.
MOST_BODIES = 12


def issued(asking: Asking) -> Sequence[tuple[str, tuple[AnnouncementRecord, ...]]]:
    """Each body that `issuer` (and `region`) of the address mean, with its announcements; () where there are none.

    Raises:
        BadAddress: no body is named, or the region is none.
    """
    asked = asking.request.query_params
    issuer, code = asked.get("issuer", "").strip(), asked.get("region", "").strip()
    if not issuer or len(issuer) > LONGEST_NAME:
        raise BadAddress("issuer", "expected the name of a body or a place")
    try:
        region = choosing.region(code).ljust(6, "0") if code else None
    except ValueError as exc:
        raise BadAddress("region", str(exc)) from None
    meant, lists = body_asked(issuer, region), asking.store.lists
    bodies = dict.fromkeys([*meant.names, *(body for place in meant.places for body in lists.issuers(place))])
    found = ((body, lists.issued(body)) for body in list(bodies)[:MOST_BODIES])
    return [(body, records) for body, records in found if records]
