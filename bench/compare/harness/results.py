"""What was measured: a file of CSV for each kind of figure, with a line for each repetition, in a folder."""
import csv
import statistics

COLUMNS = {
    'load': ['workload', 'server', 'repetition', 'server_us', 'server_system_us', 'generator_us', 'rate', 'messages', 'seconds',
             'p50_us', 'p99_us', 'p999_us', 'server_cores', 'generator_cores', 'other_cores', 'peak_kib', 'errors', 'complaint'],
    'idle': ['workload', 'server', 'repetition', 'connections', 'before_kib', 'after_kib', 'bytes_each', 'heap_bytes_each',
             'idle_cores', 'errors', 'complaint'],
    'start': ['workload', 'server', 'repetition', 'seconds', 'cpu_seconds', 'resident_kib', 'errors', 'complaint'],
    'acceptance': ['phase', 'server', 'acknowledged', 'counted', 'jvm', 'complaint'],
}


class Results:
    """The rows of a comparison; add() writes at once, so that a run that was broken off can go on."""

    def __init__(self, folder):
        self.folder = folder
        self.rows = {kind: self._read(kind) for kind in COLUMNS}

    def file(self, kind):
        return self.folder / f'{kind}.csv'

    def _read(self, kind):
        if not self.file(kind).exists():
            return []
        with open(self.file(kind), newline='') as file:
            return list(csv.DictReader(file))

    def add(self, kind, row):
        row = {column: '' if row.get(column) is None else str(row[column]) for column in COLUMNS[kind]}
        self.folder.mkdir(parents=True, exist_ok=True)
        is_new = not self.file(kind).exists()
        with open(self.file(kind), 'a', newline='') as file:
            writer = csv.DictWriter(file, COLUMNS[kind], lineterminator='\n')
            if is_new:
                writer.writeheader()
            writer.writerow(row)
        self.rows[kind].append(row)

    def has(self, kind, workload, server, repetition):
        return any(r['workload'] == workload and r['server'] == server and r['repetition'] == str(repetition)
                   for r in self.rows[kind])

    def servers(self):
        """Every server of which something is known, in the order of the rows."""
        return list(dict.fromkeys(row['server'] for kind in COLUMNS for row in self.rows[kind]))

    def of(self, kind, workload, server):
        """The repetitions that went well."""
        return [r for r in self.rows[kind] if r['workload'] == workload and r['server'] == server and r['errors'] == '0']

    def failed(self, kind, workload, server):
        """Why there is no figure, or nothing."""
        rows = [r for r in self.rows[kind] if r['workload'] == workload and r['server'] == server and r['errors'] != '0']
        return f'{rows[0]["errors"]} errors: {rows[0]["complaint"]}' if rows else ''

    def median(self, kind, workload, server, column):
        values = [float(r[column]) for r in self.of(kind, workload, server) if r[column]]
        return statistics.median(values) if values else None

    def ratio(self, kind, workload, server, other, column):
        """The median of the ratios, each of two servers in the same repetition, so in turn."""
        ours = {r['repetition']: r for r in self.of(kind, workload, server)}
        theirs = {r['repetition']: r for r in self.of(kind, workload, other)}
        ratios = [float(ours[n][column]) / float(theirs[n][column]) for n in ours if n in theirs and float(theirs[n][column])]
        return statistics.median(ratios) if ratios else None
