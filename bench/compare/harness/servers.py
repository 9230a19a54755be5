"""A server under measurement: started, watched, ended."""
import contextlib
import os
import re
import shutil
import socket
import subprocess
import time
from pathlib import Path

from .places import CERTIFICATE, HERE, KEY, TARGET, java

PATIENCE = 60


class ServerFailed(Exception):
    """A server does not start or does not answer."""


def free_port():
    with socket.socket() as s:
        s.bind(('127.0.0.1', 0))
        return s.getsockname()[1]


class Server:
    """Runs from the constructor to stop()."""

    def __init__(self, peer, is_tls=False):
        self.peer, self.is_tls, self.port = peer, is_tls, free_port()
        self.accepted = 0  # messages for which its clients have heard 250
        if peer.name == 'haraka':
            configure_haraka(self.port, is_tls)
        self.log = TARGET / 'logs' / f'{peer.name}.log'
        self.log.parent.mkdir(exist_ok=True)
        with open(self.log, 'wb') as log:
            begun = time.monotonic()
            self.process = subprocess.Popen(peer.command(self.port, is_tls), stdout=log, stderr=log,
                                            stdin=subprocess.DEVNULL, env=peer.environment(), cwd=TARGET)
        self.seconds_to_greeting = self._wait_for_greeting(begun)

    @property
    def pid(self):
        return self.process.pid

    def _wait_for_greeting(self, begun):
        while time.monotonic() < begun + PATIENCE and self.process.poll() is None:
            with contextlib.suppress(OSError), socket.create_connection(('127.0.0.1', self.port), 1) as s:
                s.settimeout(PATIENCE)
                if s.recv(4) == b'220 ':
                    seconds = time.monotonic() - begun
                    s.sendall(b'QUIT\r\n')
                    return seconds
            time.sleep(.0005)
        self.stop()
        raise ServerFailed(f'{self.peer.name} did not start; see {self.log.name} in target/logs')

    def stop(self):
        """Ends it, and returns how many messages it says it has taken, if it counts them."""
        self.process.terminate()
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        shutil.rmtree(haraka_folder(self.port), ignore_errors=True)
        told = re.findall(r'^accepted (\d+)$', self.log.read_text(errors='replace'), re.MULTILINE)
        return int(told[-1]) if told else None

    def resident_kib(self):
        for line in open(f'/proc/{self.pid}/smaps_rollup'):
            if line.startswith('Rss:'):
                return int(line.split()[1])
        raise ServerFailed(f'{self.peer.name} has ended')

    def cpu_seconds(self):
        fields = open(f'/proc/{self.pid}/stat').read().rsplit(')', 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf('SC_CLK_TCK')

    def compiler_seconds(self):
        """CPU of the threads of a JVM that compile; 0 for others."""
        seconds = 0
        for thread in Path(f'/proc/{self.pid}/task').iterdir():
            with contextlib.suppress(OSError):
                name, fields = (thread / 'stat').read_text().split('(', 1)[1].rsplit(')', 1)
                if name.startswith(('C1 Compiler', 'C2 Compiler')):
                    seconds += (int(fields.split()[11]) + int(fields.split()[12])) / os.sysconf('SC_CLK_TCK')
        return seconds

    def collect(self):
        """Has a JVM collect its garbage, and returns the KiB of its heap that are in use then."""
        if not self.peer.is_jvm:
            return None
        self._jcmd('GC.run')
        used = re.search(r'used (\d+)K', self._jcmd('GC.heap_info'))
        return int(used.group(1)) if used else None

    def jvm_flags(self):
        """The collector and the heap that a JVM has chosen or was given."""
        flags = self._jcmd('VM.flags') if self.peer.is_jvm else ''
        return ' '.join(re.findall(r'-XX:(?:MaxHeapSize=\d+|\+Use\w+GC)\b', flags))

    def _jcmd(self, *command):
        try:
            return subprocess.run([java('jcmd'), str(self.pid), *command], capture_output=True, text=True, timeout=60).stdout
        except (OSError, subprocess.SubprocessError):
            return ''


def haraka_folder(port):
    return TARGET / f'haraka-{port}'


def configure_haraka(port, is_tls):
    """Haraka takes its settings from a folder."""
    folder = haraka_folder(port)
    config = folder / 'config'
    shutil.copytree(HERE / 'peers' / 'haraka', folder, dirs_exist_ok=True)
    (config / 'plugins').write_text('tls\ndiscard\n' if is_tls else 'discard\n')
    (config / 'smtp.ini').write_text(f'listen=127.0.0.1:{port}\nnodes=0\n[main]\nlisten=127.0.0.1:{port}\nnodes=0\n')
    defaults = (TARGET / 'haraka' / 'node_modules' / 'Haraka' / 'config' / 'connection.ini').read_text()
    (config / 'connection.ini').write_text(re.sub(r'(?m)^bytes=\d+$', 'bytes=209715200', defaults))
    if is_tls:
        shutil.copy(KEY, config / 'tls_key.pem')
        shutil.copy(CERTIFICATE, config / 'tls_cert.pem')
