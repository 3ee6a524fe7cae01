"""Lines on the web: how WebSockets and server-sent events come out beside plain lines of as many bytes."""

from . import fan_out
from .servers import Running

# At their lower rate events come to about as many bytes as the messages do.
CASES = {
    "ws": ("ws", fan_out.RATE, "4,000 WebSockets"),
    "sse": ("sse", 13_500, "4,000 clients of server-sent events"),
    "sse-fast": ("sse", fan_out.RATE, "as many"),
}
HEADS = ["what is run", "to reach", "on the web", "plain", "ratio", ""]


def cases(rounds):
    """How many loads there will be."""
    return rounds * len(CASES) * fan_out.RUNS


def measure(suite, kind, rounds):
    """Rounds, each on a server of its own."""
    for index in range(rounds):
        try:
            with Running(kind) as server:
                one_round(suite, kind, server, index)
        except RuntimeError as failure:
            suite.fail(f"web-ws-{2 * index}", str(failure))


def one_round(suite, kind, server, index):
    """Who comes first takes turns."""

    def load(name, scenario, options, number):
        return suite.load(f"{name}-{number}", kind, scenario, server, **options)

    turns = list(CASES) if index % 2 == 0 else list(reversed(CASES))
    for name in turns:
        wire, rate, _ = CASES[name]
        options = {"wire": wire, "web_port": server.web_port()}
        fan_out.one_round(load, f"web-{name}", f"web-{name}-plain", index, options, rate)


def rows(r):
    return [row for name in CASES for row in case_rows(r, name)]


def case_rows(r, name):
    """Where plain lines of as many bytes are too much as well, it says nothing of the web."""
    _, rate, label = CASES[name]
    figures, size = fan_out.rows(r, f"web-{name}", f"web-{name}-plain", label, rate)
    plain = r.rounds(f"web-{name}-plain")
    if plain and len(plain.bad) == len(plain):
        figures[-2:] = ["–", f"no ratio: plain lines of as many bytes failed in every round"]
    return [figures, size]
