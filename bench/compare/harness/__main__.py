"""The command line."""
import argparse
import shutil
import sys

from . import build, peers, quick
from .measure import Measuring, Settings
from .places import RESULTS, TARGET
from .results import Results
from .workloads import EVERYTHING, LOADS


def names(text):
    return text.split(',')


def workloads(text):
    unknown = [name for name in names(text) if name not in EVERYTHING]
    if unknown:
        raise argparse.ArgumentTypeError(f'there is no workload {unknown[0]}; there are {", ".join(EVERYTHING)}')
    return names(text)


def chosen(arguments):
    """The peers that were asked for, with the variants of ours next to it, and those of them that are missing."""
    known = peers.all_peers()
    variants = [peers.variant(definition) for definition in arguments.variant]
    known = {'ours': known.pop('ours'), **{v.name: v for v in variants}, **known}
    wanted = arguments.peers or list(known)
    unknown = [name for name in wanted if name not in known]
    if unknown:
        sys.exit(f'compare: there is no peer {unknown[0]}; there are {", ".join(known)}')
    wanted += [v.name for v in variants if v.name not in wanted]
    build.build(wanted)
    present = [known[name] for name in wanted if not known[name].missing()]
    for name in wanted:
        if known[name].missing():
            print(f'missing: {name}: {known[name].missing()}', file=sys.stderr)
    return present


def run_quick(arguments):
    folder = TARGET / 'quick'
    shutil.rmtree(folder, ignore_errors=True)
    results = Results(folder)
    settings = Settings(repetitions=arguments.repetitions, seconds=arguments.seconds, jvm_warm_up=arguments.jvm_warm_up,
                        starts=arguments.repetitions, connections=arguments.connections,
                        tls_connections=min(arguments.connections, Settings.tls_connections))
    present = chosen(arguments)
    Measuring(results, settings).everything(present, arguments.workloads)
    print(quick.table(results, arguments.workloads, [peer.name for peer in present]))


def parser():
    top = argparse.ArgumentParser(prog='compare', description=__doc__)
    commands = top.add_subparsers(dest='command', required=True)
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument('-p', '--peers', type=names, help='servers, separated by commas')
    common.add_argument('--variant', action='append', default=[], metavar='LABEL=...', help=peers.variant.__doc__)
    look = commands.add_parser('quick', parents=[common], help='a short look at some peers and workloads')
    look.add_argument('-w', '--workloads', type=workloads, default=['b32p', 'c8'], help='separated by commas')
    look.add_argument('-r', '--repetitions', type=int, default=3)
    look.add_argument('-t', '--seconds', type=float, default=2, help='of the window that is measured')
    look.add_argument('--jvm-warm-up', type=float, default=10, help='seconds of load before a JVM is measured')
    look.add_argument('-n', '--connections', type=int, default=20_000, help='that are held idle')
    look.set_defaults(run=run_quick)
    return top


def main():
    arguments = parser().parse_args()
    arguments.run(arguments)


main()
