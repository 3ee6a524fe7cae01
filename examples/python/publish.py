#!/usr/bin/env python3
"""Publishes the lines of its input, and waits until each is acknowledged.

usage: publish.py HOST PORT [PUBLISHER]

Exit code 0 means that the server has acknowledged every line. A connection that breaks is made anew, and
what was unanswered is sent again under its old numbers: nothing is lost, and nothing is doubled.
"""

import collections
import os
import secrets
import select
import sys
import time

from linecast import die, end, keep_connected, leave

WINDOW = 1000  # lines unanswered at most. The server can repeat its last 10,000 answers, and no older one.


class Publisher:
    def __init__(self, name):
        self.name = name  # outlives the connection: under it, the server knows a repeated number again
        self.epoch = None  # of the server's numbering; None until it has answered once
        self.number = 0  # of the line sent last
        self.unanswered = collections.deque()  # (number, line), the oldest first
        self.waiting = collections.deque()  # lines read and not sent yet
        self.part = b""  # the beginning of a line whose end has not been read yet
        self.input_ended = False
        self.acknowledged = self.refused = self.highest = self.connections = 0

    def hello(self):
        return f"listen=no publisher={self.name}"

    def publish(self, connection, answer):
        self.take_answer(answer)
        out = bytearray(b"".join(b"SEND %d %s\n" % sent for sent in self.unanswered))  # repeats come first: numbers rise
        part, heard, patience = b"", time.monotonic(), connection.gettimeout()
        connection.setblocking(False)
        while self.unanswered or self.waiting or not self.input_ended:
            while self.waiting and len(self.unanswered) < WINDOW:
                self.number += 1
                self.unanswered.append((self.number, self.waiting.popleft()))
                out += b"SEND %d %s\n" % self.unanswered[-1]
            # Whoever waits for one thing at a time comes to a stop: the server does not read from a client that
            # lets its answers lie, and it asks a silent one for a sign of life while that waits for input.
            hungry = not self.waiting and not self.input_ended and len(self.unanswered) < WINDOW
            sources = [connection, sys.stdin] if hungry else [connection]
            readable, writable, _ = select.select(sources, [connection] if out else [], [], 1)
            if sys.stdin in readable:
                self.read_input()
            if writable:
                del out[: connection.send(out)]
            if connection in readable:
                chunk = connection.recv(65536)
                if not chunk:
                    raise ConnectionError("closed by the server")
                heard = time.monotonic()
                *lines, part = (part + chunk).split(b"\n")
                for line in lines:
                    out += self.react(line)
            elif patience and time.monotonic() - heard > patience:
                raise TimeoutError("the server is silent")
        leave(connection)

    def take_answer(self, answer):
        self.connections += 1
        last = int(answer["last"])
        if self.epoch is None:
            self.number = last  # numbers rise: a lower one would be taken for a repeat
        else:
            # The highest number that can be our own. What we sent again would be taken for a repeat of what
            # somebody else has sent.
            ours = self.number if answer["epoch"] == self.epoch else self.number - len(self.unanswered)
            if last > ours:
                die("somebody else has published under this name")
            if self.unanswered and (answer["epoch"] != self.epoch or last < self.highest):
                count = len(self.unanswered)
                print(f"the server has lost its memory: {count} lines may be heard twice", file=sys.stderr)
        self.epoch = answer["epoch"]

    def read_input(self):
        try:
            chunk = os.read(sys.stdin.fileno(), 65536)
        except BlockingIOError:
            return  # somebody else has taken what there was
        except OSError as problem:  # not for keep_connected(), which would take it for a broken connection
            die(f"cannot read the input: {problem}")
        *lines, self.part = (self.part + chunk).split(b"\n")
        self.waiting.extend(lines)
        if not chunk:
            self.input_ended = True
            if self.part:
                self.waiting.append(self.part)  # a last line without its LF

    def react(self, line):
        """Deals with a line of the server's; returns what there is to say to it."""
        verb, _, rest = line.partition(b" ")
        if verb == b"PING":
            return b"PONG " + rest + b"\n"
        if verb == b"BYE":
            end(rest.decode("latin-1"))
        if verb in (b"SENT", b"FAIL"):
            number, text = rest.decode("latin-1").split(" ", 1)
            if int(number) != self.unanswered.popleft()[0]:  # answers come in the order of the lines
                die(f"an answer out of order: {line!r}")
            if verb == b"SENT":
                self.acknowledged += 1
                self.highest = int(number)
            else:
                self.refused += 1
                print(f"line {self.acknowledged + self.refused} is refused: {text}", file=sys.stderr)
        return b""

    def summary(self):
        return (f"acknowledged {self.acknowledged}, refused {self.refused}, unanswered {len(self.unanswered)}, "
                f"connections {self.connections}")


if len(sys.argv) not in (3, 4) or not sys.argv[2].isdigit():
    print("usage: publish.py HOST PORT [PUBLISHER]", file=sys.stderr)
    sys.exit(2)
publisher = Publisher(sys.argv[3] if len(sys.argv) == 4 else secrets.token_hex(8))
try:
    keep_connected(sys.argv[1], int(sys.argv[2]), publisher.hello, publisher.publish)
except KeyboardInterrupt:
    sys.exit(130)
finally:
    print(publisher.summary(), file=sys.stderr)
sys.exit(1 if publisher.refused else 0)
