"""What is sent. A connection that is kept sends 200 messages and is then replaced."""
import dataclasses


@dataclasses.dataclass(frozen=True)
class Workload:
    """Arguments of the generator, and what they mean."""

    name: str
    arguments: str
    title: str
    size: int = 1024
    connections: int = 32

    @property
    def is_tls(self):
        return '-T' in self.arguments.split()

    @property
    def is_exact(self):
        return '-x' in self.arguments.split()


def load(name, connections, rest, title, size=1024):
    return Workload(name, f'-c {connections} -s {size} {rest}', title, size, connections)


KIB, MIB = 1 << 10, 1 << 20
MAIN = [
    load('a32', 32, '-n 1', '1 KiB, a new connection for each message, 32 at once'),
    load('b32', 32, '-n 200', '1 KiB, connections kept, a command at a time, 32 at once'),
    load('b32p', 32, '-n 200 -P', 'as b32, pipelined'),
    load('c8', 8, '-n 200', '100 KiB, connections kept, 8 at once', 100 * KIB),
    load('d4', 4, '-n 50', '10 MiB, connections kept, 4 at once', 10 * MIB),
    load('e32', 32, '-n 1 -T', 'as a32 with STARTTLS: TLS 1.3, P-256, a full handshake for each message'),
    load('et4', 4, '-n 50 -T', 'as d4 with STARTTLS', 10 * MIB),
]
# The point of 32 connections is b32, and that of 10 MiB is d4.
CONNECTIONS = [load(f'n{n}', n, '-n 200', f'1 KiB, connections kept, {n} at once') for n in (8, 256, 1024)]
SIZES = [
    load('s1k', 4, '-n 200', '1 KiB, 4 at once'),
    load('s10k', 4, '-n 200', '10 KiB, 4 at once', 10 * KIB),
    load('s100k', 4, '-n 200', '100 KiB, 4 at once', 100 * KIB),
    load('s1m', 4, '-n 200', '1 MiB, 4 at once', MIB),
    load('s100m', 4, '-n 0 -x', '100 MiB, 4 at once', 100 * MIB),
]
LOADS = {w.name: w for w in MAIN + CONNECTIONS + SIZES}
CURVE_OF_CONNECTIONS = ['n8', 'b32', 'n256', 'n1024']
CURVE_OF_SIZES = ['s1k', 's10k', 's100k', 's1m', 'd4', 's100m']

# What is not a load of messages, by itself.
OTHERS = {
    'latency': 'b32 at half of the highest rate of the slower of ours and smtp-sink',
    'idle': 'connections open and idle',
    'idle-tls': 'the same after STARTTLS',
    'start': 'from the start of the process to the first 220',
    'start-tls': 'the same with a certificate for STARTTLS',
}
EVERYTHING = [*LOADS, *OTHERS]
