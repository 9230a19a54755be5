"""The two plots, as SVG that is the same for the same results."""
import re

import matplotlib

matplotlib.use('svg')
import matplotlib.pyplot as plt  # noqa: E402 (the backend comes first)
from matplotlib.ticker import FuncFormatter  # noqa: E402

from .quick import shown  # noqa: E402
from .workloads import CURVE_OF_CONNECTIONS, CURVE_OF_SIZES, LOADS, MAIN  # noqa: E402

# Ink and colours of middling brightness, which can be read on white and on black.
INK = '#7a7f87'
OURS, OTHERS, FLOOR = '#e8590c', '#4f8fc0', '#8f959e'
LINES = ['#4f8fc0', '#8f959e', '#5a9e4b', '#b07cc6', '#c79a2b', '#3aa6a0', '#c8648c', '#7b87d6', '#9a7b5f']
LOG_FROM = 30  # times the least bar, from which on the least would be too short to see
STYLE = {
    'svg.hashsalt': 'simplesmtp', 'svg.fonttype': 'none', 'font.family': 'sans-serif', 'font.size': 10,
    'text.color': INK, 'axes.labelcolor': INK, 'axes.edgecolor': INK, 'xtick.color': INK, 'ytick.color': INK,
    'axes.spines.top': False, 'axes.spines.right': False,
}


def save(figure, file):
    """Without a date, and without ids that differ from time to time."""
    figure.savefig(file, transparent=True, metadata={'Date': None, 'Creator': None})
    plt.close(figure)


def colour(name, index=0, is_line=False):
    if name.split('-')[0] == 'ours':
        return OURS
    return FLOOR if name.startswith('floor') else LINES[index % len(LINES)] if is_line else OTHERS


def bars(axes, results, workload, peers):
    """One workload: a bar for each server that has a figure."""
    values = [(name, results.median('load', workload.name, name, 'server_us')) for name in peers]
    values = [(name, value) for name, value in values if value]
    least, most = min(value for _, value in values), max(value for _, value in values)
    is_log = most > LOG_FROM * least
    start = least / 2.5 if is_log else 0
    for position, (name, value) in enumerate(values):
        axes.barh(position, value - start, left=start, color=colour(name), height=.72)
        axes.annotate(f'{value:,.0f}' if value >= 100 else shown(value), (value, position), (5, 0), textcoords='offset points',
                      va='center', fontsize=9)
    axes.set_yticks(range(len(values)), [peers[name]['title'] for name, _ in values])
    axes.set_ylim(len(peers) - .4, -.6)
    if is_log:
        axes.set_xscale('log')
    axes.set_xlim(start, most * 2 if is_log else most * 1.15)
    axes.xaxis.set_visible(False)
    axes.tick_params(axis='y', length=0)
    axes.spines['bottom'].set_visible(False)
    title = re.sub(r', \d+ at once$', '', workload.title.split(': ')[0])
    axes.set_title(f'{workload.name}: {title}{", log scale" if is_log else ""}', fontsize=10, loc='left')


def draw_cpu(results, peers, file):
    workloads = [w for w in MAIN if any(results.of('load', w.name, name) for name in peers)]
    rows = max((len(workloads) + 1) // 2, 1)
    figure, grid = plt.subplots(rows, 2, figsize=(11, 2.9 * rows), squeeze=False, layout='constrained')
    figure.suptitle('Server CPU for each message, microseconds: less is better', fontsize=12)
    for axes in grid.flat[len(workloads):]:
        axes.set_visible(False)
    for axes, workload in zip(grid.flat, workloads):
        bars(axes, results, workload, peers)
    figure.get_layout_engine().set(w_pad=.1, h_pad=.08)
    save(figure, file)


def line(axes, results, points, peers, scale):
    """A curve for each server that has at least two of the points: (workload, x)."""
    for index, name in enumerate(peers):
        found = [(x, results.median('load', workload, name, 'server_us'), workload) for workload, x in points]
        found = [(x, value * scale(LOADS[workload])) for x, value, workload in found if value]
        if len(found) > 1:
            axes.plot(*zip(*found), marker='o', markersize=4, label=peers[name]['title'], color=colour(name, index, is_line=True),
                      linewidth=2.6 if name == 'ours' else 1.4, linestyle='--' if name.startswith('ours-') else '-')


def size_name(size):
    return f'{size >> 20:,} MiB' if size >= 1 << 20 else f'{size >> 10} KiB'


def draw_curves(results, peers, file):
    figure, (left, middle, right) = plt.subplots(1, 3, figsize=(13, 4.6), layout='constrained')
    by_connections = [(name, LOADS[name].connections) for name in CURVE_OF_CONNECTIONS]
    by_size = [(name, LOADS[name].size) for name in CURVE_OF_SIZES]
    line(left, results, by_connections, peers, lambda w: 1)
    line(middle, results, by_size, peers, lambda w: 1)
    line(right, results, by_size, peers, lambda w: (1 << 20) / w.size)
    left.set_title('for each message of 1 KiB, by connections', fontsize=10, loc='left')
    middle.set_title('for each message, by its size', fontsize=10, loc='left')
    right.set_title('for each MiB, by the size of messages', fontsize=10, loc='left')
    for axes, ticks, name in ((left, by_connections, '{:,}'.format), (middle, by_size, size_name), (right, by_size, size_name)):
        axes.set_xscale('log')
        axes.set_yscale('linear' if axes is left else 'log')
        axes.set_xticks([x for _, x in ticks], [name(x) for _, x in ticks], rotation=0 if axes is left else 35)
        axes.minorticks_off()
        axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f'{value:,.10g}'))
        axes.grid(axis='y', color=INK, alpha=.25, linewidth=.6)
    left.set_ylim(bottom=0)
    figure.suptitle('Server CPU, microseconds', fontsize=12)
    handles, labels = middle.get_legend_handles_labels()
    figure.legend(handles, labels, loc='lower center', ncol=6, frameon=False)
    figure.get_layout_engine().set(rect=(0, .08, 1, .92), w_pad=.1, h_pad=.08)  # the legend has the rest
    save(figure, file)


def draw(results, peers, folder):
    present = {name: peer for name, peer in peers.items() if not peer['missing']}
    with plt.rc_context(STYLE):
        draw_cpu(results, present, folder / 'cpu.svg')
        draw_curves(results, present, folder / 'curves.svg')
