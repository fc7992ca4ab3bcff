"""How much of answers is held at a time, and that whoever waits has his turn."""

from __future__ import annotations

import asyncio

import pytest

from watcher.room import Room, Share


async def soon(*tasks: asyncio.Task[None]) -> list[bool]:
    """Which of them are done once all that can go on has gone on."""
    for _ in range(20):
        await asyncio.sleep(0)
    return [task.done() for task in tasks]


async def test_who_wants_more_waits_until_something_is_freed() -> None:
    room = Room(100)
    with room.share() as first, room.share() as second:
        with room.share() as third:
            await first.wait()
            first.hold(10)
            third.hold(90)
            waiting = asyncio.create_task(second.wait())
            assert (await soon(waiting), room.held) == ([False], 100)
        assert (await soon(waiting), room.held) == ([True], 10)
    assert room.held == 0


async def test_the_first_to_come_goes_on_to_its_end() -> None:
    room, done = Room(100), []

    async def article(share: Share, name: int) -> None:
        for _ in range(3):
            await share.wait()
            await asyncio.sleep(0)
            share.hold(60)
        done.append(name)

    async def opened(name: int) -> None:
        with room.share() as share:
            await article(share, name)

    await asyncio.wait_for(asyncio.gather(*map(opened, range(9))), 60)
    assert sorted(done) == list(range(9))
    assert room.held == 0


async def test_one_that_is_not_begun_keeps_nobody_waiting() -> None:
    room = Room(100)
    with room.share(), room.share() as second:
        second.hold(500)
        await asyncio.wait_for(second.wait(), 60)


async def test_what_fails_or_is_broken_off_frees_what_it_held() -> None:
    room = Room(100)

    async def waits() -> None:
        with room.share() as share:
            await share.wait()

    with pytest.raises(ValueError, match="x"), room.share() as share:  # noqa: PT012  what follows is of the block
        share.hold(100)
        waiting = asyncio.create_task(waits())
        assert await soon(waiting) == [False]
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
        raise ValueError("x")
    assert room.held == 0
