"""A short look, for those who change something and want to see what it did."""
from .workloads import LOADS, OTHERS


def shown(value):
    if value is None:
        return '-'
    return f'{value:.0f}' if value >= 100 else f'{value:.1f}' if value >= 10 else f'{value:.2f}'


def spread(results, workload, server):
    values = [float(row['server_us']) for row in results.of('load', workload, server)]
    return f'{shown(min(values))}..{shown(max(values))}' if values else ''


def table(results, workloads, servers):
    """Medians with their spread, and what ours is of each."""
    lines = []
    ours = [name for name in servers if name.split('-')[0] == 'ours']
    for workload in workloads:
        kind, column, unit = FIGURES.get(workload, ('load', 'server_us', 'us of server CPU for each message'))
        title = LOADS[workload].title if workload in LOADS else OTHERS[workload]
        lines += ['', f'{workload}: {title}; {unit}']
        for server in servers:
            median = results.median(kind, workload, server, column)
            failed = results.failed(kind, workload, server)
            ratios = [f'{name} {results.ratio(kind, workload, name, server, column) or 0:.2f}' for name in ours if name != server]
            rate = results.median(kind, workload, server, 'rate') if kind == 'load' else None
            extra = f'{spread(results, workload, server):>16} {shown(rate):>9}/s' if kind == 'load' else ''
            lines.append(f'  {server:18} {shown(median):>9} {extra}   {", ".join(f"{ratio}x" for ratio in ratios) if median else failed}')
    return '\n'.join(lines)


FIGURES = {
    'latency': ('load', 'p99_us', 'p99 in us'),
    'idle': ('idle', 'bytes_each', 'resident bytes for each'),
    'idle-tls': ('idle', 'bytes_each', 'resident bytes for each'),
    'start': ('start', 'seconds', 'seconds'),
    'start-tls': ('start', 'seconds', 'seconds'),
}
