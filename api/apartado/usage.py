"""What this process was asked for, and how long it took: counts for ``/metrics``.

A dictionary and a list of numbers, because this stands in the way of every request: two look-ups
and two additions. Addresses come out of a fixed list, so nobody can make the counts grow.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator

Sample = tuple[str, dict[str, str], float]

BOUNDS = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0)
"""Upper bounds in seconds of the histogram's buckets; above the last is +Inf."""

ELSEWHERE = "other"


class Usage:
    """Requests by address and status, and how long answers took by address.

    ``streams`` last as long as their readers stay, which says nothing of answers.
    """

    def __init__(self, addresses: list[str], streams: Collection[str] = ()) -> None:
        self._streams = streams
        self._requests: dict[tuple[str, int], int] = {}
        self._buckets = {address: [0] * (len(BOUNDS) + 1) for address in [*addresses, ELSEWHERE]}
        self._seconds = dict.fromkeys(self._buckets, 0.0)

    def note(self, address: str, status: int, seconds: float) -> None:
        """One request was answered; status 0: the client went away first."""
        if address not in self._buckets:
            address = ELSEWHERE
        key = (address, status)
        self._requests[key] = self._requests.get(key, 0) + 1
        if address in self._streams:
            return
        self._buckets[address][bisect_left(BOUNDS, seconds)] += 1
        self._seconds[address] += seconds

    def requests(self) -> Iterator[Sample]:
        """How many, by address and status."""
        for (address, status), count in sorted(self._requests.items()):
            yield "", {"address": address, "status": str(status)}, count

    def durations(self) -> Iterator[Sample]:
        """The histogram, of addresses that were asked for."""
        for address, buckets in self._buckets.items():
            total = sum(buckets)
            if total == 0:
                continue
            below = 0
            for bound, count in zip(BOUNDS, buckets, strict=False):
                below += count
                yield "_bucket", {"address": address, "le": str(bound)}, below
            yield "_bucket", {"address": address, "le": "+Inf"}, total
            yield "_sum", {"address": address}, self._seconds[address]
            yield "_count", {"address": address}, total
