"""Gets everything ready: the generator, the floor, a certificate, and the peers from the registries."""
import json
import os
import shutil
import subprocess

from . import peers
from .places import CERTIFICATE, HERE, KEY, JAVA_HOME, KEYSTORE, LAUNCHER, ROOT, TARGET, java

JAVA_MAINS = {'subetha': 'SubEthaPeer', 'james': 'JamesPeer', 'greenmail': 'GreenMailPeer'}
WARNINGS = ('-O2', '-Wall', '-Wextra', '-Werror')
COPY = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies'


class BuildFailed(Exception):
    """A peer could not be made; the message is one line."""


def run(*command, env=None, cwd=None):
    TARGET.mkdir(exist_ok=True)
    with open(TARGET / 'build.log', 'a') as log:
        try:
            subprocess.run([str(word) for word in command], stdout=log, stderr=log, stdin=subprocess.DEVNULL, check=True,
                           env=dict(os.environ, **(env or {})), cwd=cwd, timeout=900)
        except (OSError, subprocess.SubprocessError) as e:
            raise BuildFailed(f'{command[0]} failed, see build.log in target') from e


def is_current(product, sources):
    return product.exists() and all(source.stat().st_mtime <= product.stat().st_mtime for source in sources)


def build_generator():
    sources = sorted((HERE / 'gen').iterdir())
    if not is_current(TARGET / 'gen', sources):
        files = [file for file in sources if file.suffix == '.c']
        run('gcc', *WARNINGS, '-o', TARGET / 'gen', *files, '-lssl', '-lcrypto')


def build_floor():
    source = HERE / 'floor' / 'floor.c'
    if not is_current(TARGET / 'floor', [source]):
        run('gcc', *WARNINGS, '-o', TARGET / 'floor', source)


def make_certificate():
    """One P-256 key for all, in the forms that they take."""
    if KEYSTORE.exists():
        return
    run('openssl', 'genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256', '-out', KEY)
    run('openssl', 'req', '-new', '-x509', '-key', KEY, '-days', '3650', '-subj', '/CN=bench.example', '-out', CERTIFICATE)
    run('openssl', 'pkcs12', '-export', '-inkey', KEY, '-in', CERTIFICATE, '-out', KEYSTORE, '-passout', 'pass:bench',
        '-name', 'bench')


def build_java(name):
    pom, folder, sources = HERE / 'peers' / 'java' / f'{name}.xml', TARGET / name, HERE / 'peers' / 'java'
    files = [sources / 'Peer.java', sources / f'{JAVA_MAINS[name]}.java']
    if is_current(folder / 'classes' / f'{JAVA_MAINS[name]}.class', [pom, *files]):
        return
    shutil.rmtree(folder, ignore_errors=True)
    run('mvn', '-B', '-ntp', '-q', '-f', pom, COPY, f'-DoutputDirectory={folder}/lib', '-DincludeScope=runtime')
    run(java('javac'), '-d', folder / 'classes', '-cp', f'{folder}/lib/*', *files)


def build_java_floor():
    folder, sources = TARGET / 'floor-java', HERE / 'peers' / 'java'
    files = [sources / 'Peer.java', sources / 'FloorPeer.java']
    if not is_current(folder / 'classes' / 'FloorPeer.class', files):
        run(java('javac'), '-d', folder / 'classes', *files)


def build_go():
    source = HERE / 'peers' / 'go-smtp' / 'main.go'
    if is_current(TARGET / 'go-smtp', [source]):
        return
    gopath = {'GOPATH': '/usr/share/gocode', 'GO111MODULE': 'off', 'GOFLAGS': '', 'GOCACHE': str(TARGET / 'go-cache')}
    run('go', 'build', '-o', TARGET / 'go-smtp', source, env=gopath)


def build_node(name):
    package, folder = HERE / 'peers' / name / 'package.json', TARGET / name
    if is_current(folder / 'node_modules' / '.package-lock.json', [package]):
        return
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(package, folder)
    run('npm', 'install', '--no-audit', '--no-fund', '--no-package-lock', cwd=folder)


def build_library():
    """The main of our library, against the jar that the launcher's build has left."""
    run(LAUNCHER, '--version', env=dict(SIMPLESMTP_JAVA_HOME=str(JAVA_HOME)))
    jars = [jar for jar in (ROOT / 'core' / 'target').glob('simplesmtp-*.jar') if not jar.stem.endswith(('-sources', '-javadoc'))]
    if not jars:
        raise BuildFailed('the jar of the library is not there')
    folder, sources = TARGET / peers.LIBRARY, HERE / 'peers' / 'java'
    shutil.rmtree(folder, ignore_errors=True)
    (folder / 'lib').mkdir(parents=True)
    library = shutil.copy(jars[0], folder / 'lib')
    run(java('javac'), '-d', folder / 'classes', '-cp', library, sources / 'Peer.java', sources / 'OursPeer.java')


def build_ours(peer):
    """The launcher builds by itself what is not current, and the library with it."""
    if peer.name == peers.LIBRARY:
        build_library()
        return
    run(*peer.plain[:peer.plain.index('sink')], '--version', env=peer.environment())


BUILDS = {
    'floor': build_floor,
    'floor-java': build_java_floor,
    'go-smtp': build_go,
    'subetha': lambda: build_java('subetha'),
    'james': lambda: build_java('james'),
    'greenmail': lambda: build_java('greenmail'),
    'smtp-server': lambda: build_node('smtp-server'),
    'haraka': lambda: build_node('haraka'),
}


def build(wanted):
    """Makes what these peers need, and remembers why one could not be made."""
    TARGET.mkdir(exist_ok=True)
    (TARGET / 'build.log').write_text('')
    build_generator()
    make_certificate()
    failures = peers.build_failures()
    for peer in wanted:
        failures.pop(peer.name, None)
        try:
            if peer.is_ours:
                build_ours(peer)
            elif peer.name in BUILDS:
                BUILDS[peer.name]()
        except BuildFailed as e:
            failures[peer.name] = str(e)
    (TARGET / 'missing.json').write_text(json.dumps(failures, indent=2))
