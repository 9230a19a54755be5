"""A short look, for those who change something and want to see what it did."""
from .workloads import LOADS, OTHERS


def shown(value):
    if value is None:
        return '-'
    return f'{value:.0f}' if value >= 100 else f'{value:.1f}' if value >= 10 else f'{value:.2f}'


def spread(results, workload, server):
    values = [float(row['server_us']) for row in results.of('load', workload, server)]
    return f'{shown(min(values))}..{shown(max(values))}' if values else ''


FIGURES = {
    'latency': ('load', 'p99_us', 'p99 in us'),
    'idle': ('idle', 'bytes_each', 'resident bytes for each'),
    'idle-tls': ('idle', 'bytes_each', 'resident bytes for each'),
    'start': ('start', 'seconds', 'seconds'),
    'start-tls': ('start', 'seconds', 'seconds'),
}


def row(results, workload, server, ours):
    """The median, with its spread and rate if it is of messages, and what ours is of it; or why there is none."""
    kind, column, _ = FIGURES.get(workload, ('load', 'server_us', ''))
    median = results.median(kind, workload, server, column)
    if median is None:
        return results.failed(kind, workload, server) or 'not measured'
    ratios = {name: results.ratio(kind, workload, name, server, column) for name in ours if name != server}
    compared = ', '.join(f'{name} {ratio:.2f}x' for name, ratio in ratios.items() if ratio is not None)
    rate = f'{shown(results.median(kind, workload, server, "rate"))}/s' if kind == 'load' else ''
    return f'{shown(median):>9} {spread(results, workload, server):>16} {rate:>11}   {compared}'


def table(results, workloads, servers):
    """What was measured, as text."""
    lines = []
    ours = [name for name in servers if name.split('-')[0] == 'ours']
    for workload in workloads:
        unit = FIGURES.get(workload, ('', '', 'us of server CPU for each message'))[2]
        title = LOADS[workload].title if workload in LOADS else OTHERS[workload]
        lines += ['', f'{workload}: {title}; {unit}']
        lines += [f'  {server:18} {row(results, workload, server, ours)}' for server in servers]
    return '\n'.join(lines)
