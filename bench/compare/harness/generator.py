"""Runs the load generator against a server."""
import json
import subprocess

from .places import GENERATOR

TOO_MANY_ERRORS = 1001


def send(server, workload, warm_up, seconds, rate=None):
    """One run; the figures that the generator prints, with "errors" of at least 1 if not all went well."""
    command = [GENERATOR, '-p', server.pid, '-w', warm_up, '-t', seconds, *workload.arguments.split()]
    if rate:
        command += ['-r', rate]
    run = subprocess.run([*map(str, command), str(server.port)], capture_output=True, text=True, timeout=600)
    try:
        figures = json.loads(run.stdout)
    except ValueError:
        figures = {'accepted': 0, 'messages': 0, 'errors': TOO_MANY_ERRORS}
    if not figures['messages'] and not figures['errors'] and warm_up + seconds > 1:
        figures['errors'] = 1
    server.accepted += figures['accepted']
    figures['complaint'] = ' / '.join(run.stderr.strip().splitlines()[:2])
    return figures


class Held:
    """Connections that are held open and idle until end()."""

    def __init__(self, server, connections, is_tls):
        command = [GENERATOR, '-I', '-c', connections, *(['-T'] if is_tls else []), server.port]
        self.process = subprocess.Popen([str(word) for word in command], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE, text=True)
        self.connections = json.loads(self.process.stdout.readline() or '{"held": 0}')['held']

    def end(self):
        """Has each connection say QUIT, and returns how many did not end well, and why."""
        out, complaint = self.process.communicate(timeout=120)
        errors = json.loads(out)['errors'] if out.strip() else TOO_MANY_ERRORS
        return errors, ' / '.join(complaint.strip().splitlines()[:2])
