"""Acknowledged lines: how many a second go in, how long an answer takes, and how they come out beside plain ones."""

from . import fan_out
from .cases import in_turn
from .fan_out import RATIO_MAX, quotient, verdict
from .results import number, spread, with_failures
from .servers import Running

PUBLISH = {
    "publish-1": ("publish", {"senders": 1, "seconds": 3, "warmup": 2}),
    "publish-8": ("publish", {"senders": 8, "seconds": 3, "warmup": 2}),
}
TRIPS = {
    "trip-plain": ("pingpong", {"seconds": 3, "warmup": 1}),
    "trip-ack": ("pingpong", {"wire": "ack", "seconds": 3, "warmup": 1}),
}
COMPILERS = {"LINECAST_JAVA_OPTS": "-XX:TieredStopAtLevel=4"}
RATES_MIN = {"publish-1": 500_000, "publish-8": 1_000_000}
HEADS = ["what is run", "to reach", "acknowledged", "plain", "ratio", ""]


def cases(rounds):
    """How many loads there will be."""
    return rounds * (len(PUBLISH) + len(TRIPS) + fan_out.RUNS) + len(PUBLISH) + 1


def measure(suite, kind, rounds):
    """Rounds, each on a server of its own. At last one round with all of Java's compilers."""
    for index in range(rounds):
        try:
            with Running(kind) as server:
                one_round(suite, kind, server, index)
        except RuntimeError as failure:
            suite.fail(f"ack-publish-1-{index}", str(failure))
    compiled = {**PUBLISH, "trip-ack": TRIPS["trip-ack"]}
    in_turn(suite, "ack-compilers-{}", 0, kind, compiled, COMPILERS)


def one_round(suite, kind, server, index):
    """A server gets faster as it runs: who comes first takes turns, and of the long loads plain ones stand between the others."""

    def load(name, scenario, options, number=index):
        return suite.load(f"ack-{name}-{number}", kind, scenario, server, **options)

    turns = list(TRIPS) if index % 2 == 0 else list(reversed(TRIPS))
    for name in turns:
        load(name, *TRIPS[name])
    for name, case in PUBLISH.items():
        load(name, *case)
    fan_out.one_round(load, "fan-ack", "fan-plain", index, {"wire": "ack"})


def rows(r):
    return [publish_row(r, name) for name in PUBLISH] + [trip_row(r), *fan_out_rows(r), *compiler_rows(r)]


def publish_row(r, name):
    rounds = r.rounds(f"ack-{name}")
    senders = PUBLISH[name][1]["senders"]
    label = f"`publish`: lines of 20 bytes from {senders} connection{'s' if senders > 1 else ''}, {len(rounds)} rounds"
    key, least = "acknowledged_lines_per_second", RATES_MIN[name]
    return [label, f"≥ {least:,} lines/s", rounds.text(key, 0, " lines/s"), "–", "–", verdict(rounds.median(key), least, rounds, at_most=False)]


def trip_row(r):
    """A plain round trip is there and back; one way is told too, since an acknowledgement goes through the server once."""
    answers, plain = r.rounds("ack-trip-ack"), r.rounds("ack-trip-plain")
    ratio = quotient(answers, plain, "latency_p50_millis")
    one_way = number(plain.median("one_way_p50_millis") * 1000, 1)
    cells = [microseconds(answers, "latency_p50_millis"), f"{microseconds(plain, 'latency_p50_millis')} (one way {one_way} µs)"]
    return ["`pingpong`: from `SEND` to `SENT`, one line at a time, p50", f"≤ {RATIO_MAX} × plain", *cells, number(ratio, 2), verdict(ratio, RATIO_MAX, answers, plain)]


def microseconds(rounds, key):
    return with_failures(spread([value * 1000 for value in rounds.values(key)]) + " µs", rounds)


def fan_out_rows(r):
    return fan_out.rows(r, "ack-fan-ack", "ack-fan-plain", "4,000 clients")


def compiler_rows(r):
    """For information: what the optimizing compiler would give."""
    rates = [r.rounds(f"ack-compilers-{name}").text("acknowledged_lines_per_second", 0) for name in PUBLISH]
    trip = microseconds(r.rounds("ack-compilers-trip-ack"), "latency_p50_millis")
    return [["with all of Java's compilers: the three above", "–", f"{' and '.join(rates)} lines/s, {trip}", "–", "–", "–"]]
