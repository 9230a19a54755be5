"""Compares SMTP servers: what a message costs each of them, under one load, on one machine."""
import argparse
import contextlib
import fcntl
import shutil
import signal
import sys
import time
import unittest
from pathlib import Path

from . import build, peers, quick, report
from .machine import Run
from .measure import Measuring, Settings
from .places import DOCUMENTS, RESULTS, TARGET
from .results import Results
from .workloads import CONNECTIONS, EVERYTHING, SIZES

WARM_UP = 'seconds of load before a JVM is measured'
ON_CURVES = ('floor', 'smtp-sink', 'go-smtp', 'subetha', 'james')


def names(text):
    return text.split(',')


def workloads(text):
    unknown = [name for name in names(text) if name not in EVERYTHING]
    if unknown:
        raise argparse.ArgumentTypeError(f'there is no workload {unknown[0]}; there are {", ".join(EVERYTHING)}')
    return names(text)


def chosen(arguments):
    """The peers that were asked for, with the variants of ours next to it; what they need is built."""
    known = peers.all_peers()
    variants = [peers.variant(definition) for definition in arguments.variant]
    known = {'ours': known.pop('ours'), **{v.name: v for v in variants}, **known}
    wanted = arguments.peers or list(known)
    unknown = [name for name in wanted if name not in known]
    if unknown:
        sys.exit(f'compare: there is no peer {unknown[0]}; there are {", ".join(known)}')
    wanted += [v.name for v in variants if v.name not in wanted]
    build.build([known[name] for name in wanted])
    for name in wanted:
        if known[name].missing():
            print(f'missing: {name}: {known[name].missing()}', file=sys.stderr)
    return [known[name] for name in wanted]


def present(peers_wanted):
    return [peer for peer in peers_wanted if not peer.missing()]


def run_quick(arguments):
    folder = TARGET / 'quick'
    shutil.rmtree(folder, ignore_errors=True)
    results = Results(folder)
    settings = Settings(repetitions=arguments.repetitions, seconds=arguments.seconds, jvm_warm_up=arguments.jvm_warm_up, most_warm_up=0,
                        other_cores=arguments.other_cores, starts=arguments.repetitions, connections=arguments.connections,
                        tls_connections=min(arguments.connections, Settings.tls_connections))
    servers = present(chosen(arguments))
    Measuring(results, settings).everything(servers, arguments.workloads)
    print(quick.table(results, arguments.workloads, [peer.name for peer in servers]))


def run_all(arguments):
    begun = time.monotonic()
    if arguments.anew:
        shutil.rmtree(RESULTS, ignore_errors=True)
    results, facts = Results(RESULTS), Run(RESULTS)
    wanted = chosen(arguments)
    settings = Settings(repetitions=arguments.repetitions, jvm_warm_up=arguments.jvm_warm_up, other_cores=arguments.other_cores)
    facts.begin(settings, arguments.variant, wanted)
    measuring, servers = Measuring(results, settings), present(wanted)
    slow_curves = [*(w.name for w in CONNECTIONS), *(w.name for w in SIZES)]
    measuring.everything(servers, [w for w in arguments.workloads if w not in slow_curves])
    measuring.everything([p for p in servers if p.is_ours or p.name in ON_CURVES], [w for w in arguments.workloads if w in slow_curves])
    print(f'measured in {(time.monotonic() - begun) / 60:.0f} minutes')
    report.write(results, facts, arguments.out)


def run_report(arguments):
    facts = Run(RESULTS)
    if not facts.facts:
        sys.exit('compare: nothing was measured yet')
    report.write(Results(RESULTS), facts, arguments.out)


def run_check(_):
    build.build([])
    build.build_floor()
    suite = unittest.defaultTestLoader.loadTestsFromName('harness.check')
    sys.exit(not unittest.TextTestRunner(verbosity=2).run(suite).wasSuccessful())


@contextlib.contextmanager
def alone():
    """Two comparisons at once would measure each other."""
    TARGET.mkdir(exist_ok=True)
    with open(TARGET / 'lock', 'w') as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print('compare: waiting for another comparison', file=sys.stderr)
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def parser():
    top = argparse.ArgumentParser(prog='compare', description=__doc__)
    commands = top.add_subparsers(dest='command', required=True)
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument('-p', '--peers', type=names, help='servers, separated by commas')
    common.add_argument('--other-cores', type=float, default=Settings.other_cores,
                        help='what other programs may use; a run in which they use more is repeated')
    common.add_argument('--variant', action='append', default=[], metavar='LABEL=...', help=peers.variant.__doc__)
    look = commands.add_parser('quick', parents=[common], help='a short look at some peers and workloads')
    look.add_argument('-w', '--workloads', type=workloads, default=['b32p', 'c8'], help='separated by commas')
    look.add_argument('-r', '--repetitions', type=int, default=3)
    look.add_argument('-t', '--seconds', type=float, default=2, help='of the window that is measured')
    look.add_argument('--jvm-warm-up', type=float, default=10, help=WARM_UP)
    look.add_argument('-n', '--connections', type=int, default=20_000, help='that are held idle')
    look.set_defaults(run=run_quick)
    out = argparse.ArgumentParser(add_help=False)
    out.add_argument('-o', '--out', type=Path, default=DOCUMENTS, help='where the page is written (default: docs/benchmarks)')
    everything = commands.add_parser('run', parents=[common, out], help='measures everything that is not measured yet, and writes the page')
    everything.add_argument('-w', '--workloads', type=workloads, default=EVERYTHING, help='separated by commas')
    everything.add_argument('-r', '--repetitions', type=int, default=5)
    everything.add_argument('--jvm-warm-up', type=float, default=Settings.jvm_warm_up,
                            help=f'{WARM_UP}, again and again until its compilers are quiet')
    everything.add_argument('--anew', action='store_true', help='forgets what was measured')
    everything.set_defaults(run=run_all)
    commands.add_parser('report', parents=[out], help='writes the page from what was measured').set_defaults(run=run_report)
    commands.add_parser('check', help='tests the generator, the floor and the harness themselves').set_defaults(run=run_check)
    return top


def main():
    arguments = parser().parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # by way of what ends the servers
    with alone():
        arguments.run(arguments)


main()
