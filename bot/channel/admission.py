"""Who may call, and how often: a limit for each conversation, one for each network address, and one for all together."""

from __future__ import annotations

import contextlib
import ipaddress
import math
import time
from collections.abc import Iterator

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from sanic.request import Request

from bot.channel.problems import CallRefused
from bot.channel.shared_counts import SharedCounts, free_when
from bot.config import Settings
from bot.telemetry import metrics

BUSY_RETRY_SECONDS = 5
"""When to come back where all places are taken: about as long as those who have one wait for their answers."""

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class Proxies:
    """The networks of the proxies that are believed."""

    def __init__(self, settings: Settings) -> None:
        self._networks = tuple(ipaddress.ip_network(one, strict=False) for one in settings.trusted_proxies.split())

    def have(self, address: Address) -> bool:
        """Whether an address is one of theirs."""
        return any(address in network for network in self._networks)

    def tell_tls(self, request: Request) -> bool:
        """Whether a call came to one of them by TLS."""
        peer = _address(request.ip)
        return peer is not None and self.have(peer) and request.headers.get("x-forwarded-proto") == "https"


class RateLimits:
    """Counts calls in a moving window of a minute: in Redis where there is one, else, and while it is away, in memory."""

    def __init__(self, settings: Settings) -> None:
        self._storage = MemoryStorage()
        self._limiter = MovingWindowRateLimiter(self._storage)
        self._shared = SharedCounts(settings.redis_url) if settings.redis_url else None
        self._proxies = Proxies(settings)
        self._limits: dict[str, RateLimitItem] = {
            "conversation": RateLimitItemPerMinute(settings.rate_limit),
            "address": RateLimitItemPerMinute(settings.address_rate_limit),
            "opening": RateLimitItemPerMinute(settings.new_conversations_limit),
            "returning": RateLimitItemPerMinute(settings.return_limit),
            "phrase": RateLimitItemPerMinute(settings.return_limit),
        }

    async def count(self, kind: str, caller: str) -> None:
        """Counts a call of a kind: by "conversation", "address", "opening", and for a pass-phrase "returning" (the
        address) and "phrase" (its first words). Raises CallRefused("too_fast")."""
        item = self._limits[kind]
        free_at = await self._shared.free_at(item, kind, caller) if self._shared else None
        if free_at is None:
            free_at = free_when(self._limiter, item, kind, caller)
        if free_at:
            seconds = max(1, math.ceil(free_at - time.time()))
            raise CallRefused("too_fast", headers={"Retry-After": str(seconds)}, seconds=seconds)

    async def forget(self, caller: str) -> None:
        """Drops what is known of a conversation."""
        self._limiter.clear(self._limits["conversation"], "conversation", caller)
        if self._shared:
            await self._shared.clear(self._limits["conversation"], "conversation", caller)

    def close(self) -> None:
        """Lets the threads end."""
        if self._shared:
            self._shared.close()

    def address_of(self, request: Request) -> str:
        """The network that a call comes from: an address, or the /64 that one household has of IPv6.

        A proxy that is trusted is asked for whom it calls, from the last one back: what stands before an address that is
        not trusted may be made up.
        """
        told = [part.strip() for part in ",".join(request.headers.getall("x-forwarded-for", [])).split(",")]
        found = _address(request.ip)
        while found is not None and told and self._proxies.have(found):
            found = _address(told.pop()) or found
        if isinstance(found, ipaddress.IPv6Address):
            return str(ipaddress.ip_network((found, 64), strict=False))
        return str(found)


class Places:
    """So many calls are worked on at once; whoever comes beyond that is told so at once, instead of everybody waiting."""

    def __init__(self, most: int) -> None:
        self._free = most

    @contextlib.contextmanager
    def one(self) -> Iterator[None]:
        """A place until the end of the block. Raises CallRefused("busy")."""
        if self._free <= 0:
            headers = {"Retry-After": str(BUSY_RETRY_SECONDS)}
            raise CallRefused("busy", headers=headers, seconds=BUSY_RETRY_SECONDS)
        self._free -= 1
        try:
            with metrics.AT_ONCE.track_inprogress():
                yield
        finally:
            self._free += 1


def _address(text: str) -> Address | None:
    try:
        found = ipaddress.ip_address(text.strip("[]"))
    except ValueError:
        return None
    mapped = found.ipv4_mapped if isinstance(found, ipaddress.IPv6Address) else None
    return mapped or found
