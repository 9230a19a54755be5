"""Tests of the tools themselves: `compare check`. They need gcc and take seconds."""
import pathlib
import socket
import ssl
import tempfile
import threading
import time
import types
import unittest

from . import acceptance, generator, report, targets
from .peers import all_peers, variant
from .places import CERTIFICATE, KEY
from .quick import table
from .results import Results
from .servers import Server
from .workloads import Workload

RIGHT = {'greeting': '220 hi', 'EHLO': '250-hi\r\n250 STARTTLS', 'STARTTLS': '220 go', 'MAIL': '250 ok', 'RCPT': '250 ok',
         'DATA': '354 go', 'content': '250 taken', 'QUIT': '221 bye'}


class Scripted:
    """A server that gives the replies it is told to; None closes the connection. One thread for each client."""

    def __init__(self, stall=0.0, **replies):
        self.replies, self.stall, self.accepted = {**RIGHT, **replies}, stall, 0
        self.pid = 0
        self.listener = socket.create_server(('127.0.0.1', 0), backlog=64)
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.listener.close()

    def _accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client):
        lines = client.makefile('rb')
        reply = self.replies['greeting']
        while reply is not None:
            try:
                client.sendall(reply.encode() + b'\r\n')
                line = lines.readline()
            except OSError:
                break
            verb = line[:8].strip().decode() if line.startswith(b'STARTTLS') else line[:4].strip().decode()
            reply = self.replies.get(verb)
            if verb == 'STARTTLS' and reply:
                client.sendall(reply.encode() + b'\r\n')
                context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
                context.load_cert_chain(CERTIFICATE, KEY)
                client = context.wrap_socket(client, server_side=True)
                lines = client.makefile('rb')
                reply = self.replies['EHLO'] if lines.readline() else None
            elif reply and reply.startswith('354'):
                client.sendall(reply.encode() + b'\r\n')
                while lines.readline() not in (b'.\r\n', b''):
                    pass
                time.sleep(self.stall)
                self.stall = 0
                reply = self.replies['content']
        client.close()


def messages(count, options='', connections=4):
    return Workload('check', f'-c {connections} -m {count} {options}', '')


def send(server, workload, seconds=20, rate=None):
    return generator.send(server, workload, 0, seconds, rate)


class TheGenerator(unittest.TestCase):
    def test_sends_so_many_messages_and_no_more(self):
        for options in ('-n 1', '-n 7', '-n 0', '-n 7 -P', '-n 0 -P', '-n 7 -s 300000', '-n 7 -s 300000 -P'):
            with self.subTest(options):
                server = Server(all_peers()['floor'])
                figures = send(server, messages(200, options))
                self.assertEqual((200, 200, 0), (figures['accepted'], figures['messages'], figures['errors']))
                self.assertEqual(200, server.stop())

    def test_counts_what_is_refused(self):
        for verb, reply in (('MAIL', '550 no'), ('RCPT', '450 later'), ('DATA', '554 no'), ('content', '552 too big'),
                            ('greeting', '554 go away'), ('EHLO', '500 what')):
            for options in ('-n 2', '-n 2 -P'):
                with self.subTest(verb=verb, options=options), Scripted(**{verb: reply}) as server:
                    figures = send(server, messages(20, options), seconds=.3)
                    self.assertGreater(figures['errors'], 0)
                    self.assertEqual(0, figures['accepted'])
                    self.assertIn('unexpected reply', figures['complaint'])

    def test_counts_a_wrong_reply(self):
        for verb, reply in (('MAIL', '251 ok'), ('DATA', '250 ok'), ('content', '354 go'), ('RCPT', 'ok'), ('QUIT', '250 ok')):
            with self.subTest(verb=verb), Scripted(**{verb: reply}) as server:
                self.assertGreater(send(server, messages(20, '-n 2'), seconds=.3)['errors'], 0)

    def test_counts_a_server_that_goes_away(self):
        for verb in ('MAIL', 'DATA', 'content'):
            with self.subTest(verb=verb), Scripted(**{verb: None}) as server:
                figures = send(server, messages(20, '-n 2'), seconds=.3)
                self.assertGreater(figures['errors'], 0)
                self.assertEqual(0, figures['accepted'])

    def test_speaks_starttls(self):
        with Scripted() as server:
            figures = send(server, messages(10, '-n 2 -T'))
            self.assertEqual((10, 0), (figures['accepted'], figures['errors']))

    def test_charges_a_stall_to_the_messages_that_were_due(self):
        with Scripted(stall=.5) as server:
            figures = send(server, Workload('check', '-c 1 -n 0 -x', ''), seconds=2, rate=100)
            self.assertEqual(0, figures['errors'])
            self.assertGreater(figures['messages'], 150)
            self.assertGreater(figures['p99_us'], 300_000)  # one of 200 stalled, but 50 were due by then

    def test_holds_connections_and_says_that_all_were_there(self):
        for is_tls in (False, True):
            with self.subTest(is_tls=is_tls), Scripted() as server:
                held = generator.Held(server, 10, is_tls)
                self.assertEqual(10, held.connections)
                self.assertEqual((0, ''), held.end())

    def test_tells_that_a_held_connection_was_refused(self):
        with Scripted(EHLO='421 full') as server:
            held = generator.Held(server, 10, False)
            self.assertEqual(0, held.connections)
            self.assertGreater(held.end()[0], 0)


class TheFloor(unittest.TestCase):
    def test_takes_the_known_messages(self):
        server = Server(all_peers()['floor'])
        acceptance.deliver_known_messages(server)
        self.assertEqual(len(acceptance.MESSAGES), server.stop())

    def test_finds_the_end_however_the_content_is_cut(self):
        content = b'a\r\n..\r\n\r\r\n.\r\r\n.b\r\n.\r\n'
        server = Server(all_peers()['floor'])
        for cut in range(1, len(content)):
            dialogue = acceptance.Dialogue(server.port)
            with dialogue.socket:
                dialogue.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                dialogue.hear(b'220', 'the greeting')
                dialogue.say(b'DATA\r\n', b'354', 'DATA')
                dialogue.socket.sendall(content[:cut])
                dialogue.say(content[cut:] + b'NOOP\r\n', b'250', 'content')
                dialogue.hear(b'250', 'NOOP')
        self.assertEqual(len(content) - 1, server.stop())


class TheKnownMessages(unittest.TestCase):
    def test_find_a_server_that_refuses_one(self):
        with Scripted(content='554 no') as server, self.assertRaises(acceptance.NotAccepted):
            acceptance.deliver_known_messages(server)


class TheResults(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.results = Results(pathlib.Path(self.folder.name))

    def add(self, workload, server, *microseconds, errors=0):
        for repetition, value in enumerate(microseconds):
            self.results.add('load', {'workload': workload, 'server': server, 'repetition': repetition, 'server_us': value,
                                      'rate': 1000, 'other_cores': 0, 'errors': errors, 'complaint': ''})

    def test_are_medians_and_ratios_of_runs_in_turn(self):
        self.add('b32', 'ours', 10, 40, 12)
        self.add('b32', 'smtp-sink', 20, 80, 12)
        self.assertEqual(12, self.results.median('load', 'b32', 'ours', 'server_us'))
        self.assertEqual(.5, self.results.ratio('load', 'b32', 'ours', 'smtp-sink', 'server_us'))

    def test_leave_out_what_went_wrong(self):
        self.add('b32', 'ours', 10, errors=3)
        self.assertIsNone(self.results.median('load', 'b32', 'ours', 'server_us'))
        self.assertIn('3 errors', self.results.failed('load', 'b32', 'ours'))

    def test_are_found_again_by_a_run_that_goes_on(self):
        self.add('b32', 'ours', 10)
        again = Results(self.results.folder)
        self.assertTrue(again.has('load', 'b32', 'ours', 0))
        self.assertFalse(again.has('load', 'b32', 'ours', 1))

    def test_meet_a_target_or_do_not(self):
        self.add('b32p', 'ours', 10)
        self.add('b32p', 'smtp-sink', 20)
        self.add('a32', 'ours', 50)
        self.add('a32', 'smtp-sink', 20)
        verdicts = {t.workload: targets.outcome(self.results, t).verdict for t in targets.TARGETS if t.against == ('smtp-sink',)}
        self.assertEqual(('met', 'not met', 'not measured'), (verdicts['b32p'], verdicts['a32'], verdicts['b32']))

    def test_make_a_page_that_names_what_is_missing(self):
        self.add('b32', 'ours', 10)
        peer = {'title': 'Ours', 'version': '1', 'missing': '', 'has_tls': True, 'cannot': {}}
        gone = {**peer, 'title': 'Gone', 'missing': 'it was not built'}
        facts = {'peers': {'ours': peer, 'gone': gone}, 'machine': {}, 'variants': [], 'heap': '',
                 'settings': {'repetitions': 1, 'seconds': 1, 'warm_up': 1, 'other_cores': 1, 'jvm_warm_up': 1,
                             'most_warm_up': 1, 'compiling_cores': 1, 'starts': 1}}
        out = self.results.folder / 'out'
        report.write(self.results, types.SimpleNamespace(facts=facts), out)
        first = {file.name: file.read_bytes() for file in out.iterdir()}
        self.assertIn('Gone is missing: it was not built', first['README.md'].decode())
        report.write(self.results, types.SimpleNamespace(facts=facts), out)
        self.assertEqual(first, {file.name: file.read_bytes() for file in out.iterdir()})

    def test_have_a_short_form(self):
        self.add('b32', 'ours', 10)
        self.add('b32', 'smtp-sink', 20)
        self.assertRegex(table(self.results, ['b32'], ['ours', 'smtp-sink']), r'smtp-sink +20\.0 .* ours 0\.50x')


class OurLibrary(unittest.TestCase):
    def test_takes_part_in_the_start_alone_and_is_what_libraries_are_compared_with(self):
        peers = all_peers()
        self.assertEqual([True, False, False], [peers['ours-library'].takes_part(w) for w in ('start', 'b32', 'idle')])
        self.assertTrue(peers['ours'].takes_part('b32'))
        self.assertEqual(['ours-library', 'ours'], [t.ours for t in targets.TARGETS if t.workload == 'start'])


class AFloorOfJava(unittest.TestCase):
    def test_is_measured_where_waiting_is_the_cost(self):
        peer = all_peers()['floor-java']
        self.assertEqual([True, False, False], [peer.is_able(w) for w in ('b32', 'c8', 'latency')])


class AVariant(unittest.TestCase):
    def test_with_another_provider_of_tls_takes_part_where_there_is_tls(self):
        peer = variant('native=--tls-provider tls.jar')
        self.assertEqual([True, True, False, False], [peer.takes_part(w) for w in ('e32', 'idle-tls', 'b32', 'idle')])

    def test_takes_variables_a_program_and_arguments(self):
        peer = variant("small=SIMPLESMTP_JAVA_OPTS='-Xmx64m -Xss1m' --max-size 1M")
        self.assertEqual('-Xmx64m -Xss1m', peer.environment()['SIMPLESMTP_JAVA_OPTS'])
        self.assertEqual(['--max-size', '1M'], peer.command(25, False)[-2:])
        self.assertIn('old.jar', ' '.join(variant('base=old.jar').command(25, False)))
