from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.sites import Answer, Fault, Site
from watcher.heartbeat import Heartbeat


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as served:
        yield served


async def test_it_is_called_after_each_good_cycle_only(site: Site) -> None:
    site.set("/ping", Answer(200))
    heart = Heartbeat(site.url("/ping"))
    cycles = [(0, 1, True), (0, 30, True), (1, 60, False), (1, 90, True), (1, 90, False)]  # failures, rounds
    for failures, rounds, called in cycles:
        site.requests.clear()
        await heart.beat(failures, rounds)
        assert bool(site.requests) is called


@pytest.mark.parametrize("answer", [Answer(500), Answer(fault=Fault.CLOSE), Answer(302, headers=(("Location", "/x"),))])
async def test_one_that_cannot_be_reached_is_logged_without_its_address(
    site: Site, answer: Answer, caplog: pytest.LogCaptureFixture
) -> None:
    site.set("/secret", answer)
    await Heartbeat(site.url("/secret")).call()
    (line,) = [one for one in caplog.messages if "heartbeat" in one]
    assert line.startswith("heartbeat failed")
    assert "secret" not in line
    assert [request.path for request in site.requests] == ["/secret"]
