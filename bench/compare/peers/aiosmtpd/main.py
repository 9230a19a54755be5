"""aiosmtpd with a handler that keeps nothing: PORT [KEY CERT]."""
import asyncio
import signal
import ssl
import sys

from aiosmtpd.smtp import SMTP


class Discarding:
    accepted = 0

    async def handle_DATA(self, server, session, envelope):
        self.accepted += 1
        return '250 OK'


async def main(port, key=None, cert=None):
    tls = None
    if key:
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(cert, key)
    handler, ended, loop = Discarding(), asyncio.Event(), asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGTERM, ended.set)
    await loop.create_server(
        lambda: SMTP(handler, hostname='bench.example', tls_context=tls, loop=loop, data_size_limit=200 << 20),
        '127.0.0.1', int(port), backlog=4096)
    await ended.wait()
    print('accepted', handler.accepted, flush=True)


asyncio.run(main(*sys.argv[1:]))
