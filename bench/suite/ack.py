"""Acknowledged lines: how many a second go in, how long an answer takes, and how they come out beside plain ones."""

from . import machine
from .cases import in_turn
from .results import NONE, judged, marked, median, number, spread, with_failures
from .servers import Running

PUBLISH = {
    "publish-1": ("publish", {"senders": 1, "seconds": 3, "warmup": 2}),
    "publish-8": ("publish", {"senders": 8, "seconds": 3, "warmup": 2}),
}
TRIPS = {
    "trip-plain": ("pingpong", {"seconds": 3, "warmup": 1}),
    "trip-ack": ("pingpong", {"wire": "ack", "seconds": 3, "warmup": 1}),
}
FAN_OUT = {"connections": 4000, "rate": 40_000, "seconds": 5, "warmup": 3}
COMPILERS = {"LINECAST_JAVA_OPTS": "-XX:TieredStopAtLevel=4"}
RATES_MIN = {"publish-1": 500_000, "publish-8": 1_000_000}
RATIO_MAX = 1.3
HEADS = ["what is run", "to reach", "acknowledged", "plain", "ratio", ""]


def cases(rounds):
    """How many loads there will be."""
    return rounds * (len(PUBLISH) + len(TRIPS) + 2) + len(PUBLISH) + 1


def measure(suite, kind, rounds):
    """Rounds, each on a server of its own; who comes first takes turns. At last one round with all of Java's compilers."""
    line_bytes = None
    for index in range(rounds):
        try:
            with Running(kind) as server:
                line_bytes = one_round(suite, kind, server, index, line_bytes)
        except RuntimeError as failure:
            suite.fail(f"ack-publish-1-{index}", str(failure))
    compiled = {**PUBLISH, "trip-ack": TRIPS["trip-ack"]}
    in_turn(suite, "ack-compilers-{}", 0, kind, compiled, COMPILERS)


def one_round(suite, kind, server, index, line_bytes):
    """Returns how long plain lines must be to be as many bytes as acknowledged ones."""

    def load(name, scenario, options):
        return suite.load(f"ack-{name}-{index}", kind, scenario, server, **options)

    turns = list(TRIPS) if index % 2 == 0 else list(reversed(TRIPS))
    for name in turns:
        load(name, *TRIPS[name])
    for name, case in PUBLISH.items():
        load(name, *case)
    if index % 2 == 1 and line_bytes:
        load("fan-plain", "steady", FAN_OUT | {"line_bytes": line_bytes})
    numbered = load("fan-ack", "steady", FAN_OUT | {"wire": "ack"})
    line_bytes = round(bytes_each(numbered)) if numbered.get("deliveries_per_second") else line_bytes
    if index % 2 == 0 and line_bytes:
        load("fan-plain", "steady", FAN_OUT | {"line_bytes": line_bytes})
    elif not line_bytes:
        machine.say("  no plain lines beside them: how long these must be is not known")
    return line_bytes


def bytes_each(result):
    """What a delivery takes on the wire."""
    return result["received_megabytes_per_second"] * 1e6 / result["deliveries_per_second"]


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
    numbered, plain = r.rounds("ack-fan-ack"), r.rounds("ack-fan-plain")
    key = "latency_p99_millis"
    ratio = quotient(numbered, plain, key)
    deliveries = FAN_OUT["connections"] * FAN_OUT["rate"] / 1e6
    label = f"4,000 clients, {deliveries:.0f} M deliveries/s on one core: p99"
    p99 = [label, f"≤ {RATIO_MAX} × plain", numbered.text(key, 1, " ms"), plain.text(key, 1, " ms"), number(ratio, 2), verdict(ratio, RATIO_MAX, numbered, plain)]
    rates = [f"{number(rounds.median('received_megabytes_per_second') / 1000, 2)} GB/s, server's CPU {number(rounds.median('server_cpu_percent'), 0)} %" for rounds in (numbered, plain)]
    return [p99, ["  bytes that came", "equal", *rates, number(quotient(numbered, plain, "received_megabytes_per_second"), 2), "–"]]


def compiler_rows(r):
    """For information: what the optimizing compiler would give."""
    rates = [r.rounds(f"ack-compilers-{name}").text("acknowledged_lines_per_second", 0) for name in PUBLISH]
    trip = microseconds(r.rounds("ack-compilers-trip-ack"), "latency_p50_millis")
    return [["with all of Java's compilers: the three above", "–", f"{' and '.join(rates)} lines/s, {trip}", "–", "–", "–"]]


def quotient(ours, others, key):
    below = median(others.values(key))
    return median(ours.values(key)) / below if below > 0 else NONE


def verdict(value, bound, *several, at_most=True):
    """Of a figure that counts only if all rounds that it is made of were good."""
    if not all(len(rounds) for rounds in several):
        return "not measured"
    bad, all_rounds = sum(len(rounds.bad) for rounds in several), sum(len(rounds) for rounds in several)
    if bad:
        return f"**missed**: {bad} of {all_rounds} rounds failed"
    return judged(value, bound, at_most) + marked(*several)
