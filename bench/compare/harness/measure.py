"""Takes the figures: servers in turn, warmed up, and again if other programs disturbed."""
import dataclasses
import resource
import sys
import time

from . import acceptance, generator
from .acceptance import NotAccepted
from .servers import Server, ServerFailed
from .workloads import LOADS

TRIES = 6  # the last counts, disturbed or not
QUIET_AFTER = 3  # seconds to wait for other programs to end
SPARE = 1.2  # times the rate are the least a server must be able to do, for its latency to be stable
PAUSE = 1  # seconds until memory has settled
WARM_UP_SHARES = {'a32': 2, 'e32': 3}  # connections take the longest to warm up, handshakes above all


@dataclasses.dataclass(frozen=True)
class Settings:
    """How much is measured."""

    repetitions: int = 5
    warm_up: float = .5
    seconds: float = 2
    jvm_warm_up: float = 12
    most_warm_up: float = 150
    compiling_cores: float = .05
    other_cores: float = .3
    connections: int = 20_000
    tls_connections: int = 5_000
    idle_warm_up: float = 6
    idle_repetitions_of_peers: int = 3
    starts: int = 9


class Measuring:
    """Adds to results what is not there yet."""

    def __init__(self, results, settings):
        self.results, self.settings = results, settings

    def loads(self, peers, workloads, is_tls):
        """The messages, and the latencies: all servers run, and one at a time is sent to."""
        wanted = [w for w in workloads if w in LOADS and LOADS[w].is_tls == is_tls]
        if not is_tls and 'latency' in workloads:
            wanted.append('latency')
        able = [p for p in peers if p.tls or not is_tls]
        todo = [p for p in able if any(self._lacks(w, p) for w in wanted)]
        servers = {}
        try:
            for peer in todo:
                loads = dict.fromkeys('b32' if w == 'latency' else w for w in wanted)
                self._start_warm(peer, list(loads), is_tls, servers)
            for workload in wanted:
                if workload == 'latency':
                    self._latencies(servers.values())
                else:
                    self._load(LOADS[workload], servers.values())
        finally:
            for server in servers.values():
                self._stop(server, 'tls' if is_tls else 'plain')

    def _lacks(self, workload, peer):
        repetitions = range(self.settings.repetitions)
        return peer.is_able(workload) and not all(self.results.has('load', workload, peer.name, n) for n in repetitions)

    def _start_warm(self, peer, workloads, is_tls, servers):
        try:
            server = servers[peer.name] = Server(peer, is_tls)
            acceptance.deliver_known_messages(server)
        except (ServerFailed, NotAccepted, OSError) as e:
            self._complain(peer, 'tls' if is_tls else 'plain', e)
            if peer.name in servers:
                servers.pop(peer.name).stop()
            return
        loads = [LOADS[w] for w in workloads if peer.is_able(w) and not LOADS[w].is_exact]
        self._warm_up(server, loads or [LOADS['s1m']], self.settings.jvm_warm_up, self.settings.most_warm_up)

    def _warm_up(self, server, workloads, longest, most=0):
        """At least once, and until the compilers of a JVM are quiet, for what they do is not the price of a message."""
        seconds = min(longest, server.peer.warm_up)
        shares = sum(WARM_UP_SHARES.get(w.name, 1) for w in workloads)
        end = time.monotonic() + most
        is_compiling = True
        while is_compiling:
            compiled, begun = server.compiler_seconds(), time.monotonic()
            for workload in workloads:
                generator.send(server, workload, 0, round(seconds * WARM_UP_SHARES.get(workload.name, 1) / shares, 2))
            now = time.monotonic()
            cores = (server.compiler_seconds() - compiled) / (now - begun)
            is_compiling = cores > self.settings.compiling_cores and now + seconds < end
        if server.peer.is_jvm:
            print(f'warm     {server.peer.name}: its compilers take {cores:.2f} cores now', flush=True)

    def _stop(self, server, phase):
        flags = server.jvm_flags()
        counted = server.stop()
        is_wrong = counted is not None and counted != server.accepted
        complaint = 'another number than its clients were told' if is_wrong else ''
        self.results.add('acceptance', {'phase': phase, 'server': server.peer.name, 'acknowledged': server.accepted,
                                        'counted': counted, 'jvm': flags, 'complaint': complaint})
        if complaint:
            print(f'{server.peer.name}: took {counted} messages, acknowledged {server.accepted}', file=sys.stderr)

    def _complain(self, peer, phase, error):
        print(f'{peer.name}: {error}', file=sys.stderr)
        self.results.add('acceptance', {'phase': phase, 'server': peer.name, 'acknowledged': 0, 'complaint': error})

    def _load(self, workload, servers):
        for repetition in range(self.settings.repetitions):
            for server in servers:
                if not server.peer.is_able(workload.name) or self.results.has('load', workload.name, server.peer.name, repetition):
                    continue
                self._one(workload.name, workload, server, repetition)

    def _one(self, name, workload, server, repetition, rate=None):
        for attempt in range(TRIES):
            if attempt:
                time.sleep(QUIET_AFTER)
            figures = generator.send(server, workload, self.settings.warm_up, self.settings.seconds, rate)
            if figures['errors'] or figures['other_cores'] <= self.settings.other_cores:
                break
        self.results.add('load', {**figures, 'workload': name, 'server': server.peer.name, 'repetition': repetition})
        if figures['errors']:
            print(f'{name} {server.peer.name}: {figures["errors"]} errors: {figures["complaint"]}', file=sys.stderr)
        else:
            print(f'{name:8} {repetition} {server.peer.name:16} {figures["server_us"]:10.1f} us  {figures["rate"]:9.0f} a second  '
                  f'p99 {figures["p99_us"]:7.0f} us  others {figures["other_cores"]:.2f} cores', flush=True)

    def _latencies(self, servers):
        """At half of the highest rate of the slower of ours and smtp-sink; who cannot keep up is left out."""
        servers = [server for server in servers if server.peer.is_able('latency')]
        highest = {server.peer.name: self._highest_rate(server) for server in servers}
        compared = [highest[name] for name in ('ours', 'smtp-sink') if name in highest] or highest.values()
        rate = round(min(compared) / 2) if highest else 0
        for repetition in range(self.settings.repetitions):
            for server in servers:
                keeps_up = highest[server.peer.name] > rate * SPARE
                if keeps_up and not self.results.has('load', 'latency', server.peer.name, repetition):
                    self._one('latency', LOADS['b32'], server, repetition, rate)

    def _highest_rate(self, server):
        return self.results.median('load', 'b32', server.peer.name, 'rate') or generator.send(server, LOADS['b32'], 1, 2)['rate']

    def idle(self, peers, is_tls):
        """Each server by itself, in a process of its own."""
        name, connections = ('idle-tls', self.settings.tls_connections) if is_tls else ('idle', self.settings.connections)
        limit = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
        connections = min(connections, limit - 200)
        for repetition in range(self.settings.repetitions):
            for peer in peers:
                is_enough = not peer.is_ours and repetition >= self.settings.idle_repetitions_of_peers
                is_able = (peer.tls or not is_tls) and peer.takes_part(name)
                if is_able and not is_enough and not self.results.has('idle', name, peer.name, repetition):
                    row = self._idle_once(peer, is_tls, connections)
                    self.results.add('idle', {**row, 'workload': name, 'server': peer.name, 'repetition': repetition})
                    print(f'{name:8} {repetition} {peer.name:16} {row}', flush=True)

    def _idle_once(self, peer, is_tls, connections):
        try:
            server = Server(peer, is_tls)
        except ServerFailed as e:
            return {'errors': 1, 'complaint': e}
        try:
            loads = [LOADS['e32']] if is_tls else [LOADS['a32'], LOADS['b32']]
            self._warm_up(server, loads, self.settings.idle_warm_up)
            return hold(server, connections, is_tls)
        finally:
            server.stop()

    def start(self, peers, is_tls):
        """Each server in turn; the first round is not kept, as files come from the disk then."""
        name = 'start-tls' if is_tls else 'start'
        peers = [peer for peer in peers if (peer.tls or not is_tls) and peer.takes_part(name)]
        for repetition in range(-1, self.settings.starts):
            for peer in peers:
                if self.results.has('start', name, peer.name, max(repetition, 0)):
                    continue
                try:
                    server = Server(peer, is_tls)
                    row = {'seconds': round(server.seconds_to_greeting, 4), 'cpu_seconds': server.cpu_seconds(),
                           'resident_kib': server.resident_kib(), 'errors': 0}
                    server.stop()
                except ServerFailed as e:
                    row = {'errors': 1, 'complaint': e}
                if repetition >= 0:
                    self.results.add('start', {**row, 'workload': name, 'server': peer.name, 'repetition': repetition})
                    print(f'{name:8} {repetition} {peer.name:16} {row}', flush=True)

    def everything(self, peers, workloads):
        """All that is wanted of the names in workloads.EVERYTHING."""
        self.loads(peers, workloads, is_tls=False)
        self.loads(peers, workloads, is_tls=True)
        for is_tls, suffix in ((False, ''), (True, '-tls')):
            if f'idle{suffix}' in workloads:
                self.idle(peers, is_tls)
            if f'start{suffix}' in workloads:
                self.start(peers, is_tls)


def settled(server):
    """The memory of a server after collections, and the part of it that is a JVM's heap in use."""
    for _ in range(2 if server.peer.is_jvm else 1):
        heap = server.collect()
        time.sleep(PAUSE)
    return server.resident_kib(), heap


def hold(server, connections, is_tls):
    """What connections cost that are open and silent."""
    before, heap_before = settled(server)
    held = generator.Held(server, connections, is_tls)
    after, heap_after = settled(server)
    cpu, begun = server.cpu_seconds(), time.monotonic()
    time.sleep(2)
    idle_cores = (server.cpu_seconds() - cpu) / (time.monotonic() - begun)
    errors, complaint = held.end()
    count = max(held.connections, 1)
    if held.connections < connections:
        errors, complaint = errors + 1, f'held {held.connections} of {connections}: {complaint}'
    heap = round((heap_after - heap_before) * 1024 / count) if heap_before is not None else None
    return {'connections': held.connections, 'before_kib': before, 'after_kib': after,
            'bytes_each': round((after - before) * 1024 / count), 'heap_bytes_each': heap,
            'idle_cores': round(idle_cores, 4), 'errors': errors, 'complaint': complaint}
