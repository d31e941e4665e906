"""Who asks in, out how long they have to wait, where they asked more often in a minute than they may."""

import math
import re
import time
from ipaddress import IPv4Address, IPv6Address, ip_address
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from limits import RateLimitItemPerMinute
    from limits.strategies import FixedWindowRateLimiter

_MINUTE = 60
# Who asks is counted in one of so many places, so that no number of addresses fills the memory. Two that come to share a
# place share what they may; which two, nobody can choose, for Python's hashes are other ones in each process.
_PLACES = 8192
_WITH_PORT = re.compile(r"([0-9.]+):[0-9]+|\[([0-9A-Fa-f:.]+)\](?::[0-9]+)?")


class Allowance:
    """So many times a minute for each; from the first time on, a minute long. Any thread may ask."""

    def __init__(self, a_minute: int) -> None:
        self._a_minute = a_minute
        self._made: tuple[FixedWindowRateLimiter, RateLimitItemPerMinute] | None = None
        self._making = Lock()

    def take(self, who: str) -> int | None:
        """Count one more, and return None where that is allowed, else in how many seconds it will be."""
        limiter, allowed = self._limit()
        place = _place(who)
        return None if limiter.hit(allowed, place) else _wait(limiter, allowed, place)

    def wait(self, who: str) -> int | None:
        """Return what ``take`` would, and count nothing."""
        limiter, allowed = self._limit()
        place = _place(who)
        return None if limiter.test(allowed, place) else _wait(limiter, allowed, place)

    def _limit(self) -> "tuple[FixedWindowRateLimiter, RateLimitItemPerMinute]":
        """Return what counts, and what it allows."""
        with self._making:
            if self._made is None:
                # Not with this module: they are a twentieth of a start.
                from limits import RateLimitItemPerMinute
                from limits.storage import MemoryStorage
                from limits.strategies import FixedWindowRateLimiter

                self._made = FixedWindowRateLimiter(MemoryStorage()), RateLimitItemPerMinute(self._a_minute)
            return self._made


def prepare() -> None:
    """Import what counts, so that who is counted first need not wait for it."""
    Allowance(1).wait("")


def _wait(limiter: "FixedWindowRateLimiter", allowed: "RateLimitItemPerMinute", place: str) -> int | None:
    wait = limiter.get_window_stats(allowed, place).reset_time - time.time()
    if wait > _MINUTE:
        # The clock was set back, and would keep them waiting as long.
        limiter.clear(allowed, place)
        return None
    return max(1, math.ceil(wait))


def _place(who: str) -> str:
    return str(hash(who) % _PLACES)


def counted_as(address: str) -> str:
    """Return for whom an address is counted: of the newer kind one person has a whole block, of 64 bits."""
    found = _read(address)
    if isinstance(found, IPv6Address):
        found = IPv6Address(int(found) >> 64 << 64)
    return str(found or address)


def is_loopback(address: str) -> bool:
    """Return whether who asks is on this machine."""
    found = _read(address)
    return found is not None and found.is_loopback


def _read(address: str) -> IPv4Address | IPv6Address | None:
    """Return an address as such, one of the older kind also where it is written as one of the newer; None for what is none.

    Some proxies tell the port as well, which is another one for each connection.
    """
    if with_port := _WITH_PORT.fullmatch(address):
        address = with_port[1] or with_port[2]
    try:
        found = ip_address(address)
    except ValueError:
        return None
    mapped = found.ipv4_mapped if isinstance(found, IPv6Address) else None
    return mapped or found
