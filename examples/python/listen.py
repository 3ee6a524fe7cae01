#!/usr/bin/env python3
"""Writes the lines of a channel to its output, byte for byte.

usage: listen.py HOST PORT [--count N]

A connection that breaks is made anew and goes on where the last one ended: each line comes once. Lines that
will never come are told of on the error output. After N lines it leaves in an orderly way; 0: never.
"""

import argparse
import os
import sys

from linecast import end, keep_connected, leave


class Listener:
    def __init__(self, count):
        self.left = count or None  # lines still to come; None: no end
        self.epoch = None  # names the numbering that self.next is of: a server that starts anew begins a new one
        self.next = None  # the number of the first line that we have not dealt with
        self.out = bytearray()  # lines taken and not written yet

    def hello(self):
        return f"from={self.next} epoch={self.epoch}" if self.epoch else "from=new"

    def hear(self, connection, answer):
        if self.epoch is None:
            self.epoch, self.next = answer["epoch"], int(answer["next"])
            print(f"listening from line {self.next} on", file=sys.stderr)
        part = b""
        while self.left != 0:
            chunk = connection.recv(65536)
            if not chunk:
                raise ConnectionError("closed by the server")
            # The beginning of a line waits for its end. If the connection breaks first, it is dropped: the
            # next connection brings the line again, from its beginning.
            *lines, part = (part + chunk).split(b"\n")
            before = self.next
            try:
                for line in lines:
                    self.take(line, connection, answer)
            finally:
                self.write()
            if self.next not in (before, 1):  # 1: nothing yet of a new numbering
                # Only now: DONE says that a line is dealt with, not that it has arrived. It is for all
                # lines up to its number, so that one for all that came together is enough.
                connection.sendall(b"DONE %d\n" % (self.next - 1))
        leave(connection)

    def take(self, line, connection, answer):
        verb, _, rest = line.partition(b" ")
        if verb == b"LINE" and self.left != 0:
            number, _, text = rest.partition(b" ")
            self.out += text + b"\n"
            self.next = int(number) + 1
            if self.left:
                self.left -= 1
        elif verb == b"GAP":
            first, last, reason = rest.decode().split(" ")
            print(f"gap: lines {first} to {last} will not come: {reason}", file=sys.stderr)
            if reason == "epoch":  # the server has begun a new numbering, and sends what it has of that
                self.epoch, self.next = answer["epoch"], int(answer["oldest"])
            else:
                self.next = int(last) + 1
        elif verb == b"PING":
            connection.sendall(b"PONG " + rest + b"\n")
        elif verb == b"BYE":
            end(rest.decode("latin-1"))

    def write(self):
        try:
            sys.stdout.buffer.write(self.out)
            sys.stdout.buffer.flush()
        except OSError as problem:
            # A broken pipe: whoever read our output (such as head) has had enough. Not for keep_connected(), which
            # would take it for a broken connection; and the ordinary exit would try to write once more.
            enough = isinstance(problem, BrokenPipeError)
            os.write(2, b"" if enough else f"cannot write: {problem}\n".encode())
            os._exit(0 if enough else 1)
        self.out.clear()


def whole(text):
    if not (text.isascii() and text.isdigit()):
        raise ValueError
    return int(text)


parser = argparse.ArgumentParser(description="Writes the lines of a channel to its output.")
parser.add_argument("host", metavar="HOST")
parser.add_argument("port", metavar="PORT", type=int)
parser.add_argument("--count", type=whole, metavar="N", help="leave after so many lines")
arguments = parser.parse_args()
listener = Listener(arguments.count)
try:
    keep_connected(arguments.host, arguments.port, listener.hello, listener.hear)
except KeyboardInterrupt:
    sys.exit(130)
