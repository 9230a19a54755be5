"""What is asked of our server, row by row, and what came out."""
import dataclasses

from .peers import LIBRARY

JAVA = ('subetha', 'james', 'greenmail')
NATIVE = 'ours-native'
US, P99, SECONDS, BYTES = 'server_us', 'p99_us', 'seconds', 'bytes_each'


@dataclasses.dataclass(frozen=True)
class Target:
    """Our figure over that of each of the others, or by itself if there are none, is to be no more than this."""

    workload: str
    against: tuple
    at_most: float
    column: str = US
    kind: str = 'load'
    ours: str = 'ours'
    unit: str = ''


@dataclasses.dataclass(frozen=True)
class Outcome:
    """Ratios by the name of the other server, or one figure under no name."""

    target: Target
    values: dict

    @property
    def worst(self):
        return max(self.values.values(), default=None)

    @property
    def verdict(self):
        if self.worst is None:
            return 'not measured'
        return 'met' if self.worst <= self.target.at_most else 'not met'


PLAIN = ('a32', 'b32', 'b32p', 'c8', 'd4')
TARGETS = [
    Target('a32', ('smtp-sink',), 1.1),
    Target('b32', ('smtp-sink',), 1.0),
    Target('b32p', ('smtp-sink',), .8),
    Target('c8', ('floor',), 2.2),
    Target('c8', ('smtp-sink',), .27),
    Target('d4', ('floor',), 2.0),
    Target('d4', ('smtp-sink',), .12),
    *(Target(w, ('go-smtp',), .85) for w in PLAIN),
    *(Target(w, JAVA, .5) for w in PLAIN),
    Target('e32', ('go-smtp',), 1.6),
    Target('e32', ('go-smtp',), .9, ours=NATIVE),
    Target('e32', JAVA, .55),
    Target('et4', ('go-smtp',), .2),
    Target('et4', JAVA, .5),
    Target('idle', (), 5, BYTES, 'idle', unit='KiB'),
    Target('idle-tls', (), 25, BYTES, 'idle', unit='KiB'),
    Target('start', ('subetha',), .5, SECONDS, 'start', ours=LIBRARY),
    Target('start', ('subetha',), .5, SECONDS, 'start'),
    Target('latency', ('smtp-sink',), 1.5, P99),
]


def outcome(results, target):
    """What came out, against those of the others of whom there are figures."""
    if not target.against:
        value = results.median(target.kind, target.workload, target.ours, target.column)
        return Outcome(target, {} if value is None else {'': value / 1024})
    ratios = {other: results.ratio(target.kind, target.workload, target.ours, other, target.column) for other in target.against}
    return Outcome(target, {other: ratio for other, ratio in ratios.items() if ratio is not None})
