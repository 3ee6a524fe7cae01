"""4,000 clients that hear lines in another way than as plain ones, in turn with plain lines of as many bytes."""

from . import machine
from .results import NONE, judged, marked, median, number

LOAD = {"connections": 4000, "seconds": 5, "warmup": 3}
RATE = 40_000
RATIO_MAX = 1.3
RUNS = 4  # of each round


def one_round(load, name, plain_name, index, options, rate=RATE):
    """A server gets faster as it runs: plain ones stand between the others."""
    first, second = 2 * index, 2 * index + 1
    ours = LOAD | {"rate": rate}
    heard = load(name, "steady", ours | options, first)
    if heard.get("deliveries_per_second"):
        plain = ours | {"line_bytes": round(bytes_each(heard))}
        load(plain_name, "steady", plain, first)
        load(plain_name, "steady", plain, second)
    else:
        machine.say("  no plain lines beside them: how long these must be is not known")
    load(name, "steady", ours | options, second)


def bytes_each(result):
    """What a delivery takes on the wire."""
    return result["received_megabytes_per_second"] * 1e6 / result["deliveries_per_second"]


def rows(r, name, plain_name, what, rate=RATE):
    """Two, of which the second shows that as many bytes came."""
    ours, plain = r.rounds(name), r.rounds(plain_name)
    key = "latency_p99_millis"
    ratio = quotient(ours, plain, key)
    deliveries = LOAD["connections"] * rate / 1e6
    label = f"{what}, {deliveries:.0f} M deliveries/s on one core, {len(ours)} rounds: p99"
    p99 = [label, f"≤ {RATIO_MAX} × plain", ours.text(key, 1, " ms"), plain.text(key, 1, " ms"), number(ratio, 2), verdict(ratio, RATIO_MAX, ours, plain)]
    rates = [f"{number(rounds.median('received_megabytes_per_second') / 1000, 2)} GB/s, server's CPU {number(rounds.median('server_cpu_percent'), 0)} %" for rounds in (ours, plain)]
    return [p99, ["  bytes that came", "equal", *rates, number(quotient(ours, plain, "received_megabytes_per_second"), 2), "–"]]


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
