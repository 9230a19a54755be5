"""What was measured with what: the machine, the versions, the settings."""
import dataclasses
import json
import os
import platform
import re
import sys
from pathlib import Path

from .peers import HEAP
from .places import JAVA_HOME, ROOT, java, output_of


def first_match(file, pattern):
    match = re.search(pattern, Path(file).read_text(), re.MULTILINE)
    return match.group(1) if match else ''


def machine():
    memory = int(first_match('/proc/meminfo', r'^MemTotal: +(\d+)')) >> 20
    is_virtual = 'hypervisor' in Path('/proc/cpuinfo').read_text()
    return {
        'processor': first_match('/proc/cpuinfo', r'^model name\s*: (.+)$') or platform.machine(),
        'cores': f'{os.cpu_count()}{" of a virtual machine" if is_virtual else ""}',
        'memory': f'{memory} GiB',
        'system': first_match('/etc/os-release', r'^PRETTY_NAME="(.+)"'),
        'kernel': re.match(r'[\d.]+', platform.release()).group(),
        'Java': first_match(JAVA_HOME / 'release', r'^IMPLEMENTOR_VERSION="(.+)"') or output_of(java(), '-version'),
        'gcc': output_of('gcc', '-dumpfullversion'),
        'OpenSSL': ' '.join(output_of('openssl', 'version').split()[1:2]),
        'Go': output_of('go', 'version').removeprefix('go version go'),
        'Node.js': output_of('node', '--version'),
        'Python': platform.python_version(),
    }


def product():
    """The last commit that changed what is measured, and whether something is not committed."""
    parts = ('pom.xml', 'simplesmtp', 'core/pom.xml', 'core/src/main', 'app/pom.xml', 'app/src/main')
    commit = output_of('git', 'log', '-1', '--format=%h', '--', *parts, cwd=ROOT)
    is_changed = output_of('git', 'status', '--porcelain', '--', *parts, cwd=ROOT)
    return f'{commit}, with changes that are not committed' if is_changed else commit


class Run:
    """Facts about a comparison, kept beside its results."""

    def __init__(self, folder):
        self.file = folder / 'run.json'
        self.facts = json.loads(self.file.read_text()) if self.file.exists() else {}

    def begin(self, settings, variants, peers):
        """Notes what is measured now; ends the program if the results that are there are of something else."""
        now = {'machine': machine(), 'product': product(), 'settings': dataclasses.asdict(settings),
               'variants': variants, 'heap': HEAP}
        for key, value in now.items():
            if self.facts and self.facts[key] != value:
                sys.exit(f'compare: the results in target are of another {key}; --anew starts again')
        known = self.facts.get('peers', {})
        self.facts = {**now, 'peers': {**known, **{p.name: self._describe(p) for p in peers}}}
        self.file.parent.mkdir(parents=True, exist_ok=True)
        self.file.write_text(json.dumps(self.facts, indent=2, ensure_ascii=False) + '\n')

    @staticmethod
    def _describe(peer):
        missing = peer.missing()
        version = '' if missing else product() if peer.name == 'ours' else peer.version()
        return {'title': peer.title, 'version': version, 'missing': missing, 'has_tls': bool(peer.tls), 'cannot': peer.cannot}
