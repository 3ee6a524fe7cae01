"""The tables of the page: rows of text, from results."""

from .cases import FLAGS, FLAG_LOADS, FLOODS, LADDER, SPEED_LOADS, STUCK, slug
from .results import NONE, faults, judged, listeners, marked, median, number, spread, verdict_alone, verdict_beside, with_failures

OURS, LIMIT, COPIED = "linecast", "limit-sendfile", "limit-writev"
KIB = 1024
HEAP_BYTES_MAX, RESIDENT_BYTES_MAX = 1_100, 2_500
WINDOW_MEGABYTES = 64 * KIB * KIB / 1e6
SEGMENT_MEGABYTES = 4 * KIB * KIB / 1e6
SLACK_MEGABYTES = 16
STUCK_GROWTH_MAX = WINDOW_MEGABYTES + 2 * SEGMENT_MEGABYTES + SLACK_MEGABYTES
# What is compared: case, what was run, the figure's name and key, the bound, the limit's variant that it is judged by (the
# better one if none is named), decimals, the figure asked for beside the ratio.
COMPARED = (
    ("seed10", "`seed` at 10 lines/s: 4 processes × 1,000 clients, 40 K deliveries/s", "p99", "latency_p99_millis", 1.10, None, 1, 20),
    ("seed40", "`seed`: 4 processes × 1,000 clients, 40 lines/s, 160 K deliveries/s", "p99", "latency_p99_millis", 1.10, None, 1, None),
    ("chatter", "`chatter`: 4,000 clients, each sends; 160 M deliveries/s", "p99", "latency_p99_millis", 1.20, LIMIT, 1, 50),
    ("m400", "4,000 clients, one sends; 400 M deliveries/s", "p99", "latency_p99_millis", 1.25, LIMIT, 1, None),
    ("pingpong", "`pingpong`: 2 clients", "p50", "latency_p50_millis", 1.30, None, 4, None),
)
WHICH = {LIMIT: "limit, sendfile", None: "the better limit"}
HEADS_SPEED = ["what is run", "to reach", "linecast", "limit, sendfile", "limit, writev", "ratios", ""]


def table(heads, rows):
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)


def times(rounds):
    """How many rounds, and of how many seconds where they tell."""
    seconds = rounds.median("measured_seconds")
    text = f"{len(rounds)} rounds" if len(rounds) != 1 else "1 round"
    return f"{text} of {seconds:.0f} s" if seconds == seconds else text


def speed_rows(r):
    rows = [compared_row(r, *case) for case in COMPARED]
    rows += [flood_row(r, line_bytes) for line_bytes in FLOODS]
    return rows + stuck_rows(r) + idle_rows(r) + start_rows(r)


def compared_row(r, case, label, name, key, bound, by, decimals, absolute):
    ours, *limits = (r.rounds(f"speed-{case}-{server}") for server in (OURS, LIMIT, COPIED))
    figures = {server: rounds.median(key) for server, rounds in zip((LIMIT, COPIED), limits) if rounds and not rounds.bad}
    judge = by or min(figures, key=figures.get, default=LIMIT)
    said = f": {name} {number(ours.median(key), decimals)} ms" + (f", where {absolute} ms were asked for" if absolute else "")
    verdict = verdict_beside(ours, limits[judge == COPIED], ours.median(key) / figures.get(judge, NONE), bound, absolute=said)
    cells = [server.text(key, decimals, " ms") for server in (ours, *limits)]
    shown = ratios(NONE if ours.bad else ours.median(key), figures)
    return [f"{label}; {times(ours)}: {name}", f"≤ {bound:.2f} × {WHICH[by]}", *cells, shown, verdict]


def flood_row(r, line_bytes):
    """Judged by the limit's better variant."""
    ours, *limits = (r.rounds(f"flood-{line_bytes}-{server}") for server in (OURS, LIMIT, COPIED))
    values = [median([megabytes(result) for result in rounds.results]) for rounds in (ours, *limits)]
    figures = {server: value for server, value in zip((LIMIT, COPIED), values[1:]) if value > 0}
    judge = max(figures, key=figures.get, default=LIMIT)
    verdict = verdict_beside(ours, limits[judge == COPIED], values[0] / figures.get(judge, NONE), 0.9, at_most=False)
    cells = [with_failures(f"{number(value, 0)} MB/s", rounds) for value, rounds in zip(values, (ours, *limits))]
    label = f"`flood`: 4,000 clients, one sends lines of {line_bytes:,} bytes; one search, steps of 4 s: highest sustained"
    return [label, f"≥ 0.90 × {WHICH[None]}", *cells, ratios(values[0], figures), verdict]


def ratios(value, figures):
    """To either of the limit's variants."""
    return " / ".join(number(value / figures.get(server, NONE), 2) for server in (LIMIT, COPIED))


def megabytes(result):
    """That all clients together receive in a second, at the highest rate sustained."""
    return result.get("sustained_lines_per_second", NONE) * listeners(result) * result.get("line_bytes", NONE) / 1e6


def stuck_rows(r):
    ours, limit = r.rounds(f"stuck-{OURS}"), r.rounds(f"stuck-{LIMIT}")
    run = f"`stuck`: {STUCK['connections']} clients and {STUCK['connections'] // 3} more that never read, {STUCK['rate']:,} lines/s of {STUCK['line_bytes']:,} bytes; {times(ours)}"
    ratio = ours.median("healthy_p99_ratio")
    cells = [
        with_failures(f"{number(rounds.median('healthy_p99_millis_with'))} / {number(rounds.median('healthy_p99_millis_without'))} ms", rounds)
        for rounds in (ours, limit)
    ]
    delay = [f"{run}: the others' p99 with / without them", "≤ 1.10 × without", *cells, "–", f"{spread(ours.values('healthy_p99_ratio'), 2)}"]
    keys = [f"resident_megabytes_{moment}" for moment in ("before", "max", "after")]
    growth = max([result[keys[1]] - result[keys[0]] for result in ours.results if result.get(keys[1])], default=NONE)
    cells = ["{} / {} / {} MB".format(*(number(rounds.median(key), 0) for key in keys)) for rounds in (ours, limit)]
    memory = ["  resident memory before them / at most / at the end with them", f"+ ≤ {STUCK_GROWTH_MAX:.0f} MB ²", *cells, "–", f"+ {number(growth, 0)} MB"]
    return [[*delay, verdict_alone(ours, ratio, 1.1)], [*memory, verdict_alone(ours, growth, STUCK_GROWTH_MAX)]]


def idle_rows(r):
    idle = r.rounds(f"idle-{OURS}-{LADDER[0]}")
    rows = []
    for label, key, bound, unit, decimals in (
        (f"`idle`: {LADDER[0]:,} connections, {times(idle)}: all served in", "served_seconds", 2.0, "s", 2),
        ("  live heap a connection", "heap_bytes_per_connection", HEAP_BYTES_MAX, "bytes", 0),
        ("  resident memory a connection", "resident_bytes_per_connection", RESIDENT_BYTES_MAX, "bytes", 0),
    ):
        value = idle.median(key)
        verdict = verdict_of_bytes(idle, value, bound) if unit == "bytes" else verdict_alone(idle, value, bound)
        rows.append([label, f"≤ {bound:,.0f} {unit}", idle.text(key, decimals, f" {unit}"), "–", "–", "–", verdict])
    return rows


def verdict_of_bytes(rounds, value, bound):
    """The issue's KB can be read as 1,000 bytes or as 1,024; a figure between the two is told as one."""
    wider = bound * KIB / 1000
    if not rounds.bad and bound < value <= wider:
        return f"**met** if a KB is 1,024 bytes (≤ {wider:,.0f}), **missed** by {value / bound - 1:.1%} if it is 1,000"
    return verdict_alone(rounds, value, bound)


def start_rows(r):
    start = r.all.get("start", {})
    rows = []
    for label, key, bound in (("with", "seconds_with_cache", 0.3), ("without", "seconds_without_cache", 0.6)):
        values = start.get(key, [])
        cell = f"{spread(values, 2)} s"
        rows.append([f"start {label} the AOT cache, {len(values)} times: listening after", f"≤ {bound} s", cell, "–", "–", "–", judged(median(values), bound)])
    return rows


def trouble_rows(r):
    """What went astray in the speed runs, so that nobody needs to guess."""
    rows = []
    keys = ("deliveries_lost", "kernel_retransmitted_segments", "kernel_backlog_drops", "lateness_p99_millis", "load_busy_percent", "server_cpu_percent")
    for case in SPEED_LOADS:
        for name in (OURS, LIMIT, COPIED):
            rounds = r.rounds(f"speed-{case}-{name}")
            rows.append([case, name, *(spread(rounds.values(key), 1 if "millis" in key else 0) for key in keys)])
    return rows


def warnings(r):
    """What the load generator itself has to say, by warning: where, and in how many rounds."""
    found = {}
    for name in sorted({n.rpartition("-")[0] for n in r.all}):
        for result in r.rounds(name).results:
            for warning in result.get("warnings", []):
                found.setdefault(warning, {}).setdefault(name, []).append(result)
    lines = []
    for warning, names in sorted(found.items()):
        places = ", ".join(f"{name} ({len(marks)} of {len(r.rounds(name))})" for name, marks in names.items())
        lines.append(f"- {warning}: {places}")
    return "\n".join(lines) or "None."


def failures(r):
    """Every round that was no good, and every step of a search that could not be run at all."""
    lines = []
    for name, result in r.all.items():
        steps = [step for step in result.get("steps", []) if "failure" in step]
        said = faults(result)
        if "served" in result and result["server_log"]:
            said.append(f"no more than {result['served']:,} clients, one by one")
        for reason in dict.fromkeys(step["failure"] for step in steps):
            rates = ", ".join(f"{step['rate']:,}" for step in steps if step["failure"] == reason)
            said.append(f"at {rates} lines/s: {reason}")
        log = result.get("server_log", "").strip().split("\n")[-1]
        lines += [f"- {name}: {'; '.join(said)}" + (f" (the server: {log})" if log else "")] if said else []
    return "\n".join(lines) or "None."


def held(r, kind):
    """The most idle connections at which everybody heard a line, in every round."""
    for connections in LADDER:
        rounds = r.rounds(f"idle-{slug(kind)}-{connections}")
        if rounds and not rounds.bad:
            return connections
    return 0


def idle_kilobytes(r, kind):
    return r.figure(f"idle-{slug(kind)}-{held(r, kind)}", "resident_bytes_per_connection") / KIB


def sustained(r, kind):
    return r.figure(f"thousand-{slug(kind)}", "sustained_lines_per_second")


def stuck_words(result):
    """What the others get beside one that never reads: counted in lines, from the result itself."""
    if "failure" in result:
        return "failed ¹"
    each, scheduled = listeners(result), result.get("lines_scheduled", 0)
    if each != each:
        return "–"
    lines = result["deliveries_received"] / each
    if lines >= scheduled:
        return f"all {scheduled:,} lines, p99 {number(result.get('latency_p99_millis'))} ms"
    return f"stopped after {lines:,.0f} lines of {scheduled:,}"


def architecture_row(r, kind):
    name, most, rate = slug(kind), held(r, kind), sustained(r, kind)
    crowd = r.rounds(f"crowd-{name}")
    one_by_one = r.all.get(f"one-by-one-{name}", {}).get("served", 0)
    if not most and one_by_one:
        rates = [f"serves up to {one_by_one:,} clients, if they come one by one", "–"]
    else:
        rates = [number(rate, 0), number(rate * 999 / 1e6, 2) + " M"]
    one = r.rounds(f"one-stuck-{name}").results
    return [
        kind.name,
        f"{most:,}" + (" ¹" if most < LADDER[0] else ""),
        number(idle_kilobytes(r, kind)) + " KB",
        "failed ¹" if crowd.bad else number(crowd.median("latency_p99_millis")),
        number(crowd.median("server_cpu_percent"), 0) + " %",
        number(crowd.median("server_context_switches_per_second"), 0),
        rates[0] + marked(r.rounds(f"thousand-{name}")),
        rates[1],
        stuck_words(one[0]) if one else "–",
    ]


def flag_rows(r):
    rows = []
    for name in FLAGS:
        loads = [r.rounds(f"flags-{name}-{load}") for load in FLAG_LOADS]
        rows.append([name.replace("-", " "), *(rounds.text("latency_p99_millis") for rounds in loads), loads[-1].text("server_resident_megabytes", 0)])
    return rows


def part_rows(r):
    parts = r.all.get("parts", {}).get("parts", [])
    return [[part["name"], part["unit"], number(part["nanos_per_unit"], 2), number(part["bytes_per_unit"], 4), number(part["bytes_per_call"], 1)] for part in parts]
