"""The page: tables of medians, the targets, how it was measured and with what."""
import re
import shutil

from . import plots, targets
from .measure import TRIES
from .quick import shown
from .results import COLUMNS
from .text import METHOD, REPEAT, TOP
from .workloads import CONNECTIONS, LOADS, MAIN, SIZES


def table(head, rows, right=1):
    """A Markdown table whose columns from the given one on are figures."""
    rule = ['---' if i < right else '--:' for i in range(len(head))]
    return '\n'.join('| ' + ' | '.join(cells) + ' |' for cells in (head, rule, *rows))


def figure(value):
    """Three digits that count, with commas."""
    if value is None:
        return '-'
    return f'{float(f"{value:.3g}"):,.0f}' if value >= 100 else shown(value)


def jvm(flags):
    """The heap and the collector of a JVM, such as: heap 1,024 MiB, G1."""
    heap, collector = re.search(r'MaxHeapSize=(\d+)', flags), re.search(r'\+Use(\w+)GC', flags)
    return f'heap {int(heap.group(1)) >> 20:,} MiB, {collector.group(1)}' if heap and collector else flags


class Page:
    """Writes what a folder of results says."""

    def __init__(self, results, facts):
        self.results, self.facts = results, facts
        self.peers = facts['peers']
        self.present = [name for name, peer in self.peers.items() if not peer['missing']]

    def title(self, name):
        return self.peers[name]['title'] if name in self.peers else name

    def cell(self, kind, workload, server, column, scale=1.0):
        value = self.results.median(kind, workload, server, column)
        if value is not None:
            return figure(value * scale)
        peer = self.peers[server]
        if workload in peer['cannot'] or self.results.failed(kind, workload, server):
            return 'fails'
        is_tls = workload.endswith('-tls') or workload in LOADS and LOADS[workload].is_tls
        return 'no TLS' if is_tls and not peer['has_tls'] else '-'

    def by_server(self, kind, columns, least=1):
        """A row for each server that has so many figures; a column is a heading, a workload, a column and a scale."""
        rows = [[self.title(name), *(self.cell(kind, w, name, c, scale) for _, w, c, scale in columns)] for name in self.present]
        rows = [row for row in rows if sum(cell[0].isdigit() for cell in row[1:]) >= least]
        return table(['server', *(heading for heading, *_ in columns)], rows) if rows else 'Not measured.'

    def cpu(self):
        return self.by_server('load', [(w.name, w.name, 'server_us', 1) for w in MAIN])

    def rates(self):
        return self.by_server('load', [(w.name, w.name, 'rate', 1) for w in MAIN])

    def latency(self):
        columns = (('p50', 'p50_us'), ('p99', 'p99_us'), ('p99.9', 'p999_us'), ('CPU for each', 'server_us'))
        return self.by_server('load', [(heading, 'latency', column, 1) for heading, column in columns])

    def latency_rate(self):
        rates = [self.results.median('load', 'latency', name, 'rate') for name in self.present]
        return figure(max((rate for rate in rates if rate), default=None))

    def idle(self):
        kib = 1 / 1024
        return self.by_server('idle', [('plain, KiB', 'idle', 'bytes_each', kib), ('heap of it', 'idle', 'heap_bytes_each', kib),
                                       ('TLS, KiB', 'idle-tls', 'bytes_each', kib), ('heap of it', 'idle-tls', 'heap_bytes_each', kib)])

    def held(self, workload):
        counts = [self.results.median('idle', workload, name, 'connections') for name in self.present]
        return f'{max((count for count in counts if count), default=0):,.0f}'

    def start(self):
        return self.by_server('start', [('plain, ms', 'start', 'seconds', 1000), ('CPU, ms', 'start', 'cpu_seconds', 1000),
                                        ('resident, MiB', 'start', 'resident_kib', 1 / 1024),
                                        ('with TLS, ms', 'start-tls', 'seconds', 1000), ('CPU, ms', 'start-tls', 'cpu_seconds', 1000)])

    def curves(self):
        connections = [LOADS['n8'], LOADS['b32'], *CONNECTIONS[1:]]
        sizes = [*SIZES[:-1], LOADS['d4'], SIZES[-1]]
        by_connections = self.by_server('load', [(f'{w.connections:,} connections', w.name, 'server_us', 1) for w in connections], least=2)
        by_size = self.by_server('load', [(w.title.split(',')[0], w.name, 'server_us', (1 << 20) / w.size) for w in sizes], least=3)
        return by_connections, by_size

    def targets(self):
        rows = []
        for target in targets.TARGETS:
            outcome = targets.outcome(self.results, target)
            against = 'each Java peer' if target.against == targets.JAVA else ', '.join(map(self.title, target.against)) or '-'
            values = ', '.join(self.target_value(target, *pair) for pair in outcome.values.items())
            limit = f'{target.at_most:g} {target.unit}' if target.unit else f'{target.at_most:.2f}'
            ours = (' (program)' if target.workload == 'start' else '') if target.ours == 'ours' else f' ({target.ours.partition("-")[2]})'
            rows.append([target.workload + ours, against, limit, values or '-', outcome.verdict])
        return table(['workload', 'against', 'at most', 'measured', 'target'], rows, right=5)

    def target_value(self, target, other, value):
        name = f'{self.title(other)} ' if len(target.against) > 1 else ''
        return f'{name}{value:.2f} {target.unit}'.strip()

    def missing(self):
        notes = [f'- {peer["title"]} is missing: {peer["missing"]}.' for peer in self.peers.values() if peer['missing']]
        for name in self.present:
            notes += [f'- {self.title(name)} {why} ({w}).' for w, why in self.peers[name]['cannot'].items()]
            for kind in ('load', 'idle', 'start'):
                failures = {r['workload']: self.results.failed(kind, r['workload'], name) for r in self.results.rows[kind]}
                notes += [f'- {self.title(name)} fails in {w}: {why.replace("|", "/")}' for w, why in failures.items() if why]
        complaints = [r for r in self.results.rows['acceptance'] if r['complaint']]
        notes += [f'- {self.title(r["server"])} ({r["phase"]}): {r["complaint"]}' for r in complaints]
        return '\n'.join(notes) or 'No peer is missing, and none failed.'

    def acceptance(self):
        rows = self.results.rows['acceptance']
        acknowledged = sum(int(r['acknowledged']) for r in rows)
        counted = [r for r in rows if r['counted']]
        wrong = [r for r in counted if r['counted'] != r['acknowledged']]
        agree = 'agree with that' if not wrong else f'do not agree with that: {", ".join(r["server"] for r in wrong)}'
        disturbed = [r for r in self.results.rows['load'] if float(r['other_cores'] or 0) > self.facts['settings']['other_cores']]
        return (f'{acknowledged:,} messages were sent and acknowledged; the {len({r["server"] for r in counted})} servers whose '
                f'handlers count {agree}. {len(disturbed)} of {len(self.results.rows["load"])} runs of the load were disturbed by '
                f'other programs {TRIES} times in a row and stand here all the same.')

    def workloads(self):
        return table(['workload', 'what is sent'], [[w.name, w.title] for w in MAIN], right=2)

    def machine(self):
        rows = [[key, value] for key, value in self.facts['machine'].items() if value]
        jvms = {r['server']: jvm(r['jvm']) for r in self.results.rows['acceptance'] if r['jvm']}
        for name in self.present:
            version = ', '.join(filter(None, (self.peers[name]['version'], jvms.get(name))))
            rows.append([self.title(name), version or '-'])
        return table(['what', 'version'], rows, right=2)

    def text(self, has_notes=False):
        settings = self.facts['settings']
        by_connections, by_size = self.curves()
        parts = [
            TOP, self.cpu(), self.missing(), '## The targets', targets_text(has_notes), self.targets(),
            '## Latency', f'Microseconds of a message in b32, at {self.latency_rate()} messages a second: half of the highest rate of '
            'the slower of simplesmtp and smtp-sink. Servers that cannot keep up with that are left out.', self.latency(),
            '## Idle connections', f'Resident memory for each of {self.held("idle")} plain connections and {self.held("idle-tls")} '
            'with TLS, beyond that of the process before them.', self.idle(),
            '## From the start of the process to the first 220', self.start(),
            '## Curves', '![CPU by connections and by size](curves.svg)',
            'Microseconds of server CPU for each message of 1 KiB, by connections:', by_connections,
            'The same for each MiB, by the size of messages, over 4 connections:', by_size,
            '## Messages a second', 'As far as the generator, which shares the machine, lets the server come:', self.rates(),
            '## Method', self.workloads(), METHOD.format(**settings, heap=self.facts['heap']), self.acceptance(),
            '## Machine and versions', self.machine(), '## Repeat it', REPEAT.format(variants=self.variants()),
        ]
        return '\n\n'.join(part.strip() for part in parts) + '\n'

    def variants(self):
        return ''.join(f" --variant '{definition}'" for definition in self.facts['variants'])


def targets_text(has_notes):
    notes = 'What was tried, and where the rest of the time goes: [notes](notes.md). ' if has_notes else ''
    return notes + ('Ratios of our figure to that of the other server, each the median of the ratios of runs that followed each other. '
            'For b32, say, 0.90 means that a message costs simplesmtp nine tenths of what it costs the other.')


def write(results, run, folder):
    """Writes the page, the plots and the results into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    page = Page(results, run.facts)
    (folder / 'README.md').write_text(page.text((folder / 'notes.md').exists()))
    for kind in COLUMNS:
        if results.file(kind).exists():
            shutil.copyfile(results.file(kind), folder / f'{kind}.csv')
    plots.draw(results, run.facts['peers'], folder)
