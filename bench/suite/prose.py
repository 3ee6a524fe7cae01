"""The sentences of the page that depend on what was measured: each says what its figures say, whichever way they went."""

import math

from .cases import CROWD, slug
from .results import NONE, number
from .tables import COMPARED, COPIED, FLOODS, LIMIT, OURS, held, idle_kilobytes, listeners, megabytes, stuck_words, sustained

ASYNC, THREADS, VIRTUAL = "asyncio-task-per-client", "thread-per-client", "virtual-thread-per-client"
NAIVE = {ASYNC: "one asyncio task a client", THREADS: "one platform thread a client", VIRTUAL: "one virtual thread a client"}
ALIKE = 1.25  # further apart than that is not "about the same"


def sentences(r, kinds):
    """By the name they have in the template."""
    by_slug = {slug(kind): kind for kind in kinds}
    rates = {name: sustained(r, kind) for name, kind in by_slug.items()}
    return {
        "answer": answer(rates),
        "naive_rates": naive_rates(rates),
        "ours_beside_naive": ours_beside_naive(rates),
        "brokers": brokers(rates),
        "stuck_answer": stuck_answer({name: one_stuck(r, name) for name in by_slug}),
        "switches": switches(r),
        "memory": memory({name: idle_kilobytes(r, kind) for name, kind in by_slug.items()}),
        "good_enough": good_enough(rates, held(r, by_slug[THREADS]) if THREADS in by_slug else 0),
        "highest": highest(r),
        "better_than_limit": better_than_limit(r),
        "drops": drops(r),
        "unread": unread(r.rounds(f"stuck-{OURS}").results),
        "parts_say": parts_say(r.all.get("parts", {}).get("parts", [])),
    }


def known(values):
    return [value for value in values if value == value]


def listed(items):
    return ", ".join(items[:-1]) + " and " + items[-1] if len(items) > 1 else "".join(items)


def answer(rates):
    """Asynchronous against the better of the two with threads."""
    tasks, threads = rates.get(ASYNC, NONE), max(known([rates.get(THREADS, NONE), rates.get(VIRTUAL, NONE)]), default=NONE)
    if not tasks > 0 or not threads > 0:
        return "These figures do not answer: not all of the servers that it takes were measured."
    if tasks <= ALIKE * threads:
        return "These figures answer: **not by being asynchronous.**"
    return f"These figures answer: **here, by a factor of {tasks / threads:.1f}.**"


def naive_rates(rates):
    found = {name: rates.get(name, NONE) for name in NAIVE}
    told = listed([f"{words} {number(found[name], 0)} lines/s" for name, words in NAIVE.items()])
    some = known(found.values())
    if not some or min(some) <= 0:
        return f"Of three servers that write each line to each client in turn, with 1,000 clients: {told}."
    apart = max(some) / min(some)
    how = "about the same" if apart <= ALIKE else f"rates that differ by a factor of {apart:.1f}"
    return f"Three servers that write each line to each client in turn sustain {how} with 1,000 clients: {told}."


def ours_beside_naive(rates):
    ours, best = rates.get(OURS, NONE), max(known(rates.get(name, NONE) for name in NAIVE), default=NONE)
    text = f"{number(ours, 0)} lines/s"
    if ours > best > 0:
        text += f", {ours / best:,.0f} times the best of the three"
    return f"{text}, where a C program without any of its safeguards has {number(rates.get(LIMIT, NONE), 0)}"


def brokers(rates):
    redis, nats, mosquitto = (rates.get(name, NONE) for name in ("redis", "nats", "mosquitto"))
    text = []
    if known([redis, nats]):
        text.append(
            f"Redis ({number(redis, 0)} lines/s) and NATS ({number(nats, 0)}) queue bytes for each client, so that one call can"
            " carry several lines; they copy each line into each client's buffer for it."
        )
    if mosquitto == mosquitto:
        behind = mosquitto < min(known([redis, nats]), default=0) / 2
        text.append(f"Mosquitto sustains {number(mosquitto, 0)} lines/s" + ("; why it stays so far behind was not looked into." if behind else "."))
    return " ".join(text)


def one_stuck(r, name):
    results = r.rounds(f"one-stuck-{name}").results
    return results[0] if results else {}


def stuck_answer(results):
    """With one client of 200 that never reads: what the others get."""
    names = {"asyncio": ASYNC, "a thread per client": THREADS, "virtual threads": VIRTUAL, "linecast": OURS}
    words = {label: stuck_words(results.get(name, {})) for label, name in names.items()}
    told = "; ".join(f"{label}: {word}" for label, word in words.items())
    stopped = [label for label, word in words.items() if word.startswith("stopped")]
    if not stopped:
        return f"{told}." + (" Nobody was held up." if all(word.startswith("all") for word in words.values()) else "")
    why = "A thread that waits in a write to one client sends nothing to those after it, and neither does a task that waits for it to drain."
    kept = words["linecast"].startswith("all")
    both = "asyncio" in stopped and "a thread per client" in stopped
    return f"{told}. {why}" + (" Asynchrony does not help; not waiting does." if kept and both else "")


def switches(r):
    names = {"platform threads": THREADS, "virtual threads": VIRTUAL, "asyncio": ASYNC, "linecast": OURS}
    told = listed([f"{number(r.figure(f'crowd-{name}', 'server_context_switches_per_second'), 0)} a second with {label}" for label, name in names.items()])
    threads, ours = (r.figure(f"crowd-{name}", "server_cpu_percent") for name in (THREADS, OURS))
    if threads != threads or ours != ours:
        return f"{told}."
    text = f"{told}; the CPU it takes in all is {number(threads, 0)} % of a core with platform threads and {number(ours, 0)} % with linecast."
    return text + (" A thread per client is asleep unless *its* client sends." if threads <= 1.5 * ours else "")


def memory(kilobytes):
    names = {"a platform thread": THREADS, "a virtual thread": VIRTUAL, "an asyncio task": ASYNC, "linecast": OURS}
    return listed([f"{number(kilobytes.get(name, NONE))} KB with {label}" for label, name in names.items()])


def rounded_down(value):
    """To one figure."""
    if not value > 0:
        return "–"
    unit = 10 ** math.floor(math.log10(value))
    return f"{value // unit * unit:,.0f}"


def good_enough(rates, clients):
    """Up to where the weakest of the naive servers held, in this run."""
    least = min(known([rates.get(THREADS, NONE), rates.get(VIRTUAL, NONE)]), default=NONE)
    deliveries = f"lines × clients stays below about {rounded_down(least * (1_000 - 1))} a second (on one core of this machine)"
    return f"{deliveries}, where clients number no more than it was tried with here ({clients:,})"


def highest(r):
    best = max(known([result_rate(result) for result in r.rounds(f"flood-20-{OURS}").results]), default=NONE)
    return f"{number(best / 1e6, 0)} million deliveries a second (`flood`, 20 bytes)"


def result_rate(result):
    return result.get("sustained_lines_per_second", NONE) * listeners(result)


def better_than_limit(r):
    """In which rows linecast's figure is the better one."""
    better = []
    for case, _, _, key, *_ in COMPARED:
        limits = known(r.figure(f"speed-{case}-{server}", key) for server in (LIMIT, COPIED))
        if r.figure(f"speed-{case}-{OURS}", key) < min(limits, default=NONE):
            better.append(f"`{case}`")
    for line_bytes in FLOODS:
        ours, *limits = (max(known(megabytes(x) for x in r.rounds(f"flood-{line_bytes}-{server}").results), default=NONE) for server in (OURS, LIMIT, COPIED))
        if ours > max(known(limits), default=NONE):
            better.append(f"`flood` of {line_bytes:,} bytes")
    if not better:
        return "In no row is linecast's figure better than that of the limit's better variant."
    return (
        f"Where linecast's figure is the better one ({listed(better)}), it has not beaten the kernel: either the two are as good as"
        " the same, or a better C program could be written."
    )


def drops(r):
    dropped = sum(result.get("kernel_backlog_drops") or 0 for name, result in r.all.items() if name.startswith("speed-"))
    if not dropped:
        return "No packet was dropped for want of room in a core's input queue."
    return f"{dropped:,} packets were dropped because a core's input queue (`netdev_max_backlog`) was full, and sent again: latency pays for it."


def parts_say(parts):
    """The most that a delivery allocates where many clients make the cost of a run of lines negligible."""
    many = [part for part in parts if part["unit"] == "delivery" and part["parameters"].get("clients") == str(CROWD["connections"])]
    if not many:
        return "Not measured."
    most = max(part["bytes_per_unit"] for part in many)
    if most < 0.5:
        return f"With {CROWD['connections']:,} clients {most:.4f} bytes are allocated a delivery, which is per run of lines and not per client."
    return f"With {CROWD['connections']:,} clients {most:.1f} bytes are allocated a delivery: more than the design allows for."


def unread(results):
    """What clients that never read would cost a server that keeps their lines for each."""
    if not any("stuck" in result for result in results):
        return ""
    result = next(result for result in results if "stuck" in result)
    gigabytes = result["lines_sent"] * result["line_bytes"] * result["stuck"] / 1e9
    return f" Kept for each of the {result['stuck']}, what was sent to them would have been {gigabytes:.1f} GB."
