"""A few known messages, each of whose replies is looked at before a server is measured."""
import socket

MESSAGES = {
    'an empty one': b'',
    'a line': b'Subject: one\r\n\r\nHello\r\n',
    'lines that begin with dots': b'Subject: dots\r\n\r\n..\r\n..leading\r\n...\r\n',
    'the longest line': b'Subject: long\r\n\r\n' + b'x' * 998 + b'\r\n',
    '64 KiB': b'Subject: big\r\n\r\n' + (b'y' * 62 + b'\r\n') * 1024,
}


class NotAccepted(Exception):
    """A server answered otherwise than it must."""


class Dialogue:
    """A client that waits for each reply."""

    def __init__(self, port):
        self.socket = socket.create_connection(('127.0.0.1', port), 20)
        self.file = self.socket.makefile('rb')

    def hear(self, code, about):
        while True:
            line = self.file.readline()
            if not line.startswith(code):
                raise NotAccepted(f'{about}: {line.decode(errors="replace").strip() or "closed"}')
            if line[3:4] != b'-':
                return

    def say(self, text, code, about):
        self.socket.sendall(text)
        self.hear(code, about)


def deliver_known_messages(server):
    """Sends each message; all of them must be taken."""
    dialogue = Dialogue(server.port)
    with dialogue.socket:
        dialogue.hear(b'220', 'the greeting')
        dialogue.say(b'EHLO client.bench.example\r\n', b'250', 'EHLO')
        for about, content in MESSAGES.items():
            dialogue.say(b'MAIL FROM:<sender@bench.example>\r\n', b'250', 'MAIL')
            dialogue.say(b'RCPT TO:<rcpt@bench.example>\r\n', b'250', 'RCPT')
            dialogue.say(b'DATA\r\n', b'354', 'DATA')
            dialogue.say(content + b'.\r\n', b'250', about)
            server.accepted += 1
        dialogue.say(b'RSET\r\n', b'250', 'RSET')
        dialogue.say(b'QUIT\r\n', b'221', 'QUIT')
