"""What publish.py and listen.py share: the hello and its answer, and a new connection when one breaks."""

import secrets
import socket
import sys
import time

ATTEMPTS = 10  # to connect again, in a row
PASSING = ("idle", "overload", "shutting-down")  # reasons for an end that another attempt may not meet


def keep_connected(host, port, hello, talk):
    """Runs talk(connection, answer) to its end, over a new connection whenever one breaks (an OSError).

    hello() gives the parameters for the next connection's hello.
    """
    failures, met = 0, False
    while True:
        try:
            with socket.create_connection((host, port), timeout=10) as connection:
                answer = greet(connection, hello())
                failures, met = 0, True
                return talk(connection, answer)
        except OSError as problem:
            # What never worked is more likely a mistake than an outage.
            if not met or failures == ATTEMPTS:
                die(f"cannot talk to {host}:{port}: {problem}")
            print(f"connecting again: {problem}", file=sys.stderr)
        time.sleep(min(5, 0.1 * 2**failures))
        failures += 1


def greet(connection, parameters):
    """Makes the connection an acknowledged one; returns the parameters of the answer."""
    nonce, deadline = secrets.token_hex(8), time.monotonic() + 10
    connection.sendall(f"LINECAST/1 {nonce} {parameters}\n".encode())
    # Unbuffered, so that what comes after the answer is left to whoever reads next.
    with connection.makefile("rb", buffering=0) as stream:
        for line in stream:
            if time.monotonic() > deadline:
                break
            words = line.decode("latin-1").split()
            # Other lines are other people's: until the server has read the hello we are a plain client. None
            # of them can look like the answer, because nobody else knows the nonce.
            if words[:2] == ["LINECAST/1", nonce]:
                if words[2] != "ok":
                    end(" ".join(words[3:]))
                answer = dict(word.split("=", 1) for word in words[3:])
                # The server breaks a silence after a heartbeat. Two without a word: it is gone.
                connection.settimeout(2 * int(answer["heartbeat"]) or None)
                return answer
    raise ConnectionError("no answer to the hello")


def end(reason):
    """The server has ended it: for now, or for good."""
    if reason.split()[0] in PASSING:
        raise ConnectionError(f"the server says: {reason}")
    die(f"the server says: {reason}")


def die(text):
    print(text, file=sys.stderr)
    sys.exit(1)


def leave(connection):
    """Ends in an orderly way. Everything has been dealt with, so that whatever goes wrong now costs nothing."""
    try:
        connection.settimeout(10)
        connection.sendall(b"QUIT\n")
        while connection.recv(65536):  # up to the BYE and the end
            pass
    except OSError:
        pass
