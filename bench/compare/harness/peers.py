"""The servers that are compared, how each is started, and which of them are here."""
import dataclasses
import json
import os
import shlex
import shutil
from pathlib import Path

from . import places
from .places import CERTIFICATE, HERE, KEY, KEYSTORE, LAUNCHER, TARGET, java, output_of
from .workloads import LOADS

JVM_WARM_UP = 24  # seconds of load at a time, until its compilers are quiet
HEAP = '-Xmx1g'
LIBRARY = 'ours-library'
WITH_TLS = (*(w.name for w in LOADS.values() if w.is_tls), 'idle-tls', 'start-tls')


@dataclasses.dataclass(frozen=True)
class Peer:
    """One server, started anew for each part of a comparison."""

    name: str
    title: str
    plain: tuple  # the command; {port} is filled in
    tls: tuple = ()  # the same with STARTTLS; empty if it has none
    env: tuple = ()
    needs: tuple = ()  # files that a build makes
    is_jvm: bool = False
    warm_up: float = 2
    version: object = None  # a function
    cannot: dict = dataclasses.field(default_factory=dict)  # workload -> why
    only: tuple = ()  # the workloads that it takes part in; empty for all

    @property
    def is_ours(self):
        return self.name.split('-')[0] == 'ours'

    def takes_part(self, workload):
        return workload in self.only if self.only else True

    def is_able(self, workload):
        return self.takes_part(workload) and workload not in self.cannot

    def command(self, port, is_tls):
        words = self.tls if is_tls else self.plain
        return [str(word).replace('{port}', str(port)) for word in words]

    def environment(self):
        """Every JVM gets the same heap; what a command line says, or the launcher, comes before it."""
        env = dict(os.environ, SIMPLESMTP_JAVA_HOME=str(places.JAVA_HOME), JAVA_HOME=str(places.JAVA_HOME))
        if self.is_jvm:
            env['JDK_JAVA_OPTIONS'] = HEAP
        env.update(self.env)
        return env

    def missing(self):
        """Why it cannot be started, or nothing."""
        for file in self.needs:
            if not Path(file).exists():
                return build_failures().get(self.name, f'{Path(file).name} is not there')
        program = self.plain[0]
        return '' if shutil.which(str(program)) else f'{Path(program).name} is not installed'


def build_failures():
    file = TARGET / 'missing.json'
    return json.loads(file.read_text()) if file.exists() else {}


SINK = ('--quiet', '--listen', '127.0.0.1:{port}', '--max-size', '200M', '--max-connections', '30000',
        '--max-connections-per-client', '30000')
SINK_TLS = ('--tls-cert', CERTIFICATE, '--tls-key', KEY)


def ours(name='ours', title='simplesmtp', program=(LAUNCHER,), arguments=(), env=(), version=lambda: ''):
    """Our own server, started as a user would, from its launcher."""
    start = (*program, 'sink', *SINK)
    return Peer(name, title, (*start, '--no-tls', *arguments), (*start, *SINK_TLS, *arguments), env, is_jvm=True,
                warm_up=JVM_WARM_UP, version=version)


def variant(definition):
    """Our server in another way: LABEL=[NAME=VALUE ...] [PROGRAM] [ARGUMENT ...]. PROGRAM is a jar, or the
    launcher of another checkout."""
    label, _, rest = definition.partition('=')
    words, env = shlex.split(rest), []
    while words and words[0].partition('=')[0].isidentifier() and '=' in words[0]:
        env.append(tuple(words.pop(0).split('=', 1)))
    program = (LAUNCHER,)
    if words and words[0].endswith(('.jar', '/simplesmtp')):
        file = Path(words.pop(0)).resolve()
        program = (java(), '-jar', file) if file.suffix == '.jar' else (file,)
    version = ' '.join(['another build' if program != (LAUNCHER,) else '', *('='.join(pair) for pair in env), *words]).strip()
    peer = ours(f'ours-{label}', f'simplesmtp ({label})', program, tuple(words), tuple(env), lambda: version)
    return dataclasses.replace(peer, only=WITH_TLS) if '--tls-provider' in words else peer


def in_java(name, title, main, has_tls=True):
    start = (java(), '-cp', f'{TARGET}/{name}/classes:{TARGET}/{name}/lib/*', main, '{port}')
    return Peer(name, title, start, (*start, KEYSTORE) if has_tls else (), is_jvm=True, warm_up=JVM_WARM_UP,
                needs=(f'{TARGET}/{name}/classes/{main}.class',), version=lambda: maven_version(name))


def ours_library():
    """Our library in a small main, as the libraries of others are measured; only to see how it starts."""
    peer = in_java(LIBRARY, 'simplesmtp (library)', 'OursPeer', has_tls=False)
    return dataclasses.replace(peer, version=lambda: 'of this commit', only=('start',))


def java_floor():
    """Only for short messages, where waiting is the cost: it looks at each octet of the content."""
    peer = in_java('floor-java', 'floor (Java)', 'FloorPeer', has_tls=False)
    return dataclasses.replace(peer, version=lambda: 'of this commit', only=('a32', 'b32', 'b32p'))


def maven_version(name):
    """The version that the pom of the peer asks for first."""
    return (HERE / 'peers' / 'java' / f'{name}.xml').read_text().split('<version>')[2].split('<')[0]


def node_version(folder, package):
    file = TARGET / folder / 'node_modules' / package / 'package.json'
    return json.loads(file.read_text())['version'] if file.exists() else ''


def debian_version(package):
    return output_of('dpkg-query', '-W', '-f', '${Version}', package)


def with_keys(start):
    return {'plain': start, 'tls': (*start, KEY, CERTIFICATE)}


def same(start):
    return {'plain': start, 'tls': start}


def all_peers():
    """Every peer by its name, ours first."""
    sink = ('smtp-sink', *(('-u', 'nobody') if os.getuid() == 0 else ()), '-m', '30000', '127.0.0.1:{port}', '4096')
    haraka = ('node', TARGET / 'haraka' / 'node_modules' / 'Haraka' / 'bin' / 'haraka', '-c')
    node = TARGET / 'smtp-server'
    peers = [
        ours(),
        ours_library(),
        Peer('floor', 'floor', (TARGET / 'floor', '{port}'), needs=(TARGET / 'floor',), version=lambda: 'of this commit'),
        java_floor(),
        Peer('smtp-sink', 'smtp-sink (Postfix)', sink, version=lambda: debian_version('postfix')),
        Peer('go-smtp', 'go-smtp', **with_keys((TARGET / 'go-smtp', '{port}')), needs=(TARGET / 'go-smtp',),
             version=lambda: debian_version('golang-github-emersion-go-smtp-dev')),
        in_java('subetha', 'SubEthaSMTP', 'SubEthaPeer'),
        in_java('james', 'Apache James', 'JamesPeer'),
        in_java('greenmail', 'GreenMail', 'GreenMailPeer', has_tls=False),
        Peer('smtp-server', 'smtp-server (Node.js)', **with_keys(('node', HERE / 'peers' / 'smtp-server' / 'main.js', '{port}')),
             env=(('NODE_PATH', f'{node}/node_modules'),), needs=(node / 'node_modules' / 'smtp-server',), warm_up=8,
             version=lambda: node_version('smtp-server', 'smtp-server')),
        Peer('aiosmtpd', 'aiosmtpd', **with_keys(('/usr/bin/python3', HERE / 'peers' / 'aiosmtpd' / 'main.py', '{port}')),
             needs=('/usr/lib/python3/dist-packages/aiosmtpd',), warm_up=3, version=lambda: debian_version('python3-aiosmtpd')),
        Peer('haraka', 'Haraka', **same((*haraka, TARGET / 'haraka-{port}')),
             needs=(haraka[1],), warm_up=8, version=lambda: node_version('haraka', 'Haraka'),
             cannot={'b32p': 'refuses commands that follow the content in a pipeline'}),
    ]
    return {peer.name: peer for peer in peers}
