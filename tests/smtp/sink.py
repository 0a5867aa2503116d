#!/usr/bin/python3
"""A mail server for the tests, and for nothing else.

    sink.py FOLDER [--cert PEM --key PEM] [--user NAME --password SECRET]

Listens on loopback, on ports that the system chooses, and prints them as one line of JSON:

    {"plain": 41001, "starttls": 41002, "tls": 41003}

* plain:    no encryption; a login only if --user is given
* starttls: nothing but STARTTLS before encryption, then a login (needs --cert)
* tls:      encrypted from the first byte, then a login (needs --cert)

Each letter becomes a file FOLDER/0001.eml, FOLDER/0002.eml, …, renamed into place when complete;
its envelope is in the headers X-Envelope-From and X-Envelope-To, and X-Sink-Port names the way it came.

The file FOLDER/control tells how to behave, from the next command on; without it, everything is taken:

    refuse     RCPT is answered 550      tempfail   RCPT is answered 451
    hang       DATA is never answered    drop       the connection is closed at DATA

Ends when standard input is closed, so that it never outlives its test.
"""

import argparse
import asyncio
import json
import os
import ssl
import sys

try:
    from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword
except ImportError:
    sys.exit("aiosmtpd is missing: apt-get install python3-aiosmtpd, and run this with /usr/bin/python3")


class Sink:
    """Takes letters, or does not, as the control file says."""

    def __init__(self, folder, way):
        self.folder = folder
        self.way = way

    def control(self):
        try:
            with open(os.path.join(self.folder, "control"), encoding="ascii") as file:
                return file.read().strip()
        except FileNotFoundError:
            return ""

    async def handle_RCPT(self, server, session, envelope, address, options):
        behaviour = self.control()
        if behaviour == "refuse":
            return "550 5.1.1 no such mailbox"
        if behaviour == "tempfail":
            return "451 4.7.1 greylisted, try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        behaviour = self.control()
        if behaviour == "hang":
            await asyncio.Event().wait()
        if behaviour == "drop":
            server.transport.abort()
            return "421 bye"
        head = (
            f"X-Envelope-From: {envelope.mail_from}\r\n"
            f"X-Envelope-To: {','.join(envelope.rcpt_tos)}\r\n"
            f"X-Sink-Port: {self.way}\r\n"
        )
        self.keep(head.encode("utf-8") + envelope.original_content)
        return "250 OK"

    def keep(self, letter):
        number = 1 + sum(1 for name in os.listdir(self.folder) if name.endswith(".eml"))
        path = os.path.join(self.folder, f"{number:04}.eml")
        with open(path + ".part", "wb") as file:
            file.write(letter)
        os.rename(path + ".part", path)


def authenticator(user, password):
    """Takes one user with one password, by PLAIN or LOGIN."""

    def check(server, session, envelope, mechanism, data):
        right = (
            isinstance(data, LoginPassword)
            and data.login == user.encode()
            and data.password == password.encode()
        )
        return AuthResult(success=right, handled=False)

    return check


async def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("folder")
    arguments.add_argument("--cert")
    arguments.add_argument("--key")
    arguments.add_argument("--user")
    arguments.add_argument("--password", default="")
    given = arguments.parse_args()

    login = {}
    if given.user:
        login = {"authenticator": authenticator(given.user, given.password), "auth_required": True}

    def server(way, **options):
        return lambda: SMTP(Sink(given.folder, way), hostname="sink.test", ident="sink", **login, **options)

    loop = asyncio.get_running_loop()
    listeners = {"plain": await loop.create_server(server("plain", auth_require_tls=False), "127.0.0.1", 0)}
    if given.cert:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(given.cert, given.key)
        listeners["starttls"] = await loop.create_server(
            server("starttls", tls_context=context, require_starttls=True), "127.0.0.1", 0
        )
        # aiosmtpd does not see that the connection is encrypted already.
        listeners["tls"] = await loop.create_server(
            server("tls", auth_require_tls=False), "127.0.0.1", 0, ssl=context
        )
    ports = {way: listener.sockets[0].getsockname()[1] for way, listener in listeners.items()}
    print(json.dumps(ports), flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    os._exit(0)


asyncio.run(main())
