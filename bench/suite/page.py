"""What is told: docs/benchmarks.md, from the results in a folder and a template, and its plots."""

import json
import pathlib
import re
import subprocess

from . import machine
from .cases import FLAGS, median, slug

NONE = float("nan")


class Results:
    """The results of a run by name; a figure that is not there is not a number."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.all = {file.stem: json.loads(file.read_text(encoding="utf-8")) for file in sorted(self.folder.glob("*.json"))}

    def figure(self, name, key):
        return self.all.get(name, {}).get(key, NONE)

    def rounds(self, name, key):
        """The values of all rounds of a case."""
        found = (r for n, r in self.all.items() if re.fullmatch(re.escape(name) + r"-\d+", n))
        return sorted(r[key] for r in found if key in r)

    def failure(self, name):
        return self.all.get(name, {}).get("failure", "" if name in self.all else "not run")


def idle_bytes(r, name):
    """Memory of an idle connection: what the process has grown by, or the heap where that was all there from the start."""
    for connections in (19_000, 4_000, 1_000):
        resident = r.figure(f"idle-{name}-{connections}", "resident_bytes_per_connection")
        if resident == resident:
            heap = r.figure(f"idle-{name}-{connections}", "heap_bytes_per_connection")
            return max(resident, heap if heap == heap else 0)
    return NONE


def number(value, decimals=1):
    return "–" if value != value else f"{value:,.{decimals}f}"


def spread(values, decimals=1):
    """The median, and from where to where."""
    if not values:
        return "–"
    if len(values) == 1:
        return number(values[0], decimals)
    return f"{number(median(values), decimals)} ({number(values[0], decimals)}–{number(values[-1], decimals)})"


def verdict(ratio, bound, at_most=True):
    if ratio != ratio:
        return "not measured"
    met = ratio <= bound if at_most else ratio >= bound
    return "**met**" if met else f"**missed** by {abs(ratio / bound - 1):.0%}"


def speed_rows(r):
    rows = []
    ours, limit, copied = "linecast", "limit-sendfile", "limit-writev"

    def compare(label, case, key, bound, decimals=1, unit="ms"):
        values = {name: r.rounds(f"speed-{case}-{name}", key) for name in (ours, limit, copied)}
        ratio = median(values[ours]) / median(values[limit])
        cells = [spread(values[name], decimals) + f" {unit}" for name in (ours, limit, copied)]
        rows.append([label, f"≤ {bound:.2f} × limit", *cells, f"{ratio:.2f}", verdict(ratio, bound)])

    compare("`seed` at 40 K deliveries/s: p99", "seed", "latency_p99_millis", 1.10)
    compare("`chatter`, 160 M deliveries/s: p99", "chatter", "latency_p99_millis", 1.20)
    compare("one sender, 160 M deliveries/s: p99", "m160", "latency_p99_millis", 1.20)
    compare("one sender, 400 M deliveries/s: p99", "m400", "latency_p99_millis", 1.25)
    compare("`pingpong`: p50", "pingpong", "latency_p50_millis", 1.30, 4)
    for line_bytes in (20, 200, 2000):
        values = [r.figure(f"flood-{line_bytes}-{name}", "sustained_lines_per_second") * line_bytes * 3999 / 1e6 for name in (ours, limit)]
        ratio = values[0] / values[1]
        label = f"`flood`, lines of {line_bytes:,} bytes: sustained"
        cells = [f"{number(value, 0)} MB/s" for value in values]
        rows.append([label, "≥ 0.90 × limit", *cells, "–", f"{ratio:.2f}", verdict(ratio, 0.9, at_most=False)])
    stuck = [r.figure(f"stuck-{name}", "healthy_p99_ratio") for name in (ours, limit)]
    cells = [
        f"{number(r.figure(f'stuck-{name}', 'healthy_p99_millis_with'), 1)} / {number(r.figure(f'stuck-{name}', 'healthy_p99_millis_without'), 1)} ms"
        for name in (ours, limit)
    ]
    rows.append(["`stuck`, 25 %: p99 with / without", "≤ 1.10 ×", *cells, "–", number(stuck[0], 2), verdict(stuck[0], 1.1)])
    idle = r.all.get("idle-linecast-19000", {})
    absolute = [
        ("19,000 connections: served", idle.get("served_seconds", NONE), 2.0, "s", 2),
        ("  heap a connection", idle.get("heap_bytes_per_connection", NONE), 1.1 * 1024, "bytes", 0),
        ("  resident memory a connection", idle.get("resident_bytes_per_connection", NONE), 2.5 * 1024, "bytes", 0),
        ("start, with the AOT cache", median(r.figure("start", "seconds_with_cache") if "start" in r.all else []), 0.3, "s", 2),
        ("start, without", median(r.figure("start", "seconds_without_cache") if "start" in r.all else []), 0.6, "s", 2),
    ]
    for label, value, bound, unit, decimals in absolute:
        rows.append([label, f"≤ {number(bound, 0 if bound > 10 else 1)} {unit}", f"{number(value, decimals)} {unit}", "–", "–", "–", verdict(value / bound, 1.0)])
    return rows


def trouble_rows(r):
    """What went astray in the speed runs, so that nobody needs to guess."""
    rows = []
    for case in ("seed", "chatter", "m160", "m400"):
        for name in ("linecast", "limit-sendfile", "limit-writev"):
            base = f"speed-{case}-{name}"
            keys = ("deliveries_lost", "kernel_retransmitted_segments", "kernel_backlog_drops", "lateness_p99_millis", "server_cpu_percent")
            rows.append([case, name, *(spread(r.rounds(base, key), 1 if "millis" in key else 0) for key in keys)])
    return rows


def architecture_rows(r, kinds):
    rows = []
    for kind in kinds:
        name = slug(kind)
        held = next((n for n in (19_000, 4_000, 1_000) if f"idle-{name}-{n}" in r.all and not r.failure(f"idle-{name}-{n}")), 0)
        first_failure = next((r.failure(f"idle-{name}-{n}") for n in (19_000, 4_000) if r.failure(f"idle-{name}-{n}") not in ("", "not run")), "")
        one = r.all.get(f"one-stuck-{name}", {})
        share = one.get("deliveries_received", NONE) / (400 * 6 * 198) if "deliveries_received" in one else NONE
        crowd = f"crowd-{name}"
        rows.append([
            kind.name,
            f"{held:,}" + (f" ¹" if first_failure else ""),
            number(idle_bytes(r, name) / 1024, 1) + " KB",
            number(r.figure(crowd, "latency_p99_millis")) if not r.failure(crowd) else "failed ¹",
            number(r.figure(crowd, "server_cpu_percent"), 0) + " %",
            number(r.figure(crowd, "context_switches_per_second"), 0),
            number(r.figure(f"thousand-{name}", "sustained_lines_per_second"), 0),
            number(r.figure(f"thousand-{name}", "sustained_lines_per_second") * 999 / 1e6, 2) + " M",
            number(min(1, share) * 100, 1) + " %" if share == share else (one.get("failure") or "–")[:40],
        ])
    return rows


def flag_rows(r):
    rows = []
    for name in FLAGS:
        cells = [number(r.figure(f"flags-{name}-{load}", "latency_p99_millis")) for load in ("chatter", "m400", "late")]
        rows.append([name.replace("-", " "), *cells, number(r.figure(f"flags-{name}-late", "server_resident_megabytes"), 0)])
    return rows


def table(heads, rows):
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)


def plot(*arguments):
    classes = machine.ROOT / "bench/target/dist/lib/*"
    command = [f"{machine.java_home()}/bin/java", "--enable-native-access=ALL-UNNAMED", "-cp", str(classes), "io.linecast.bench.Plots", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        machine.say(f"no plot {arguments[1]}: {done.stderr.strip().split(chr(10))[0]}")


def plots(r, kinds, folder):
    known = [kind for kind in kinds if f"crowd-{slug(kind)}" in r.all]
    curves = [f"{kind.name}={folder}/crowd-{slug(kind)}.json" for kind in known if not r.failure(f"crowd-{slug(kind)}")]
    plot("latency", folder / "crowd.svg", "4,000 clients, 10 lines a second", *curves)
    curves = [f"{name}={folder}/speed-chatter-{name}-0.json" for name in ("linecast", "limit-sendfile", "limit-writev")]
    plot("latency", folder / "chatter.svg", "4,000 clients, each sends 10 lines a second", *curves)
    rates = [(kind.name, r.figure(f"thousand-{slug(kind)}", "sustained_lines_per_second") * 999) for kind in known]
    bars = [f"{name}={value}" for name, value in rates if value > 0]
    plot("bars", folder / "sustained.svg", "Highest sustained with 1,000 clients", "deliveries a second", *bars)
    bars = []
    for kind in known:
        size = idle_bytes(r, slug(kind))
        bars += [f"{kind.name}={size / 1024}"] if size == size else []
    plot("bars", folder / "memory.svg", "Memory of an idle connection", "KB", *bars)


def write(folder, kinds, out, note):
    r = Results(folder)
    where = r.all.get("machine", {})
    plots(r, kinds, pathlib.Path(folder))
    speed_heads = ["", "to reach", "linecast", "limit, sendfile", "limit, writev", "ratio", ""]
    trouble_heads = ["load", "server", "lost", "segments sent again", "packets dropped", "load behind schedule, p99 ms", "server CPU %"]
    heads = ["", "connections held", "memory each", "p99 ms", "CPU", "context switches/s", "lines/s", "deliveries/s", "one stuck of 200: others get"]
    figures = {
        f"{case}_{slug(kind)}".replace("-", "_"): number(r.figure(f"{prefix}-{slug(kind)}", key), decimals)
        for case, prefix, key, decimals in (
            ("rate", "thousand", "sustained_lines_per_second", 0),
            ("p99", "crowd", "latency_p99_millis", 0),
            ("switches", "crowd", "context_switches_per_second", 0),
            ("cpu", "crowd", "server_cpu_percent", 0),
        )
        for kind in kinds
    }
    for kind in kinds:
        figures[f"memory_{slug(kind)}".replace("-", "_")] = number(idle_bytes(r, slug(kind)) / 1024, 1)
        one = r.all.get(f"one-stuck-{slug(kind)}", {}).get("deliveries_received", NONE)
        figures[f"share_{slug(kind)}".replace("-", "_")] = number(min(1, one / (400 * 6 * 198)) * 100, 0) if one == one else "–"
    template = (machine.ROOT / "bench/benchmarks.template.md").read_text(encoding="utf-8")
    failures = [f"- {name}: {result['failure']}" for name, result in r.all.items() if "failure" in result]
    out.write_text(
        template.format_map(
            Missing(
                figures,
                note=note,
                raw=pathlib.Path(folder).name,
                speed=table(speed_heads, speed_rows(r)),
                trouble=table(trouble_heads, trouble_rows(r)),
                flags=table(["", "`chatter`, seconds after the start: p99 ms", "then 400 M: p99 ms", "then `chatter` again, 15 s later: p99 ms", "memory MB"], flag_rows(r)),
                architectures=table(heads, architecture_rows(r, kinds)),
                failures="\n".join(failures) or "None.",
                **where,
            )
        ),
        encoding="utf-8",
    )
    machine.say(f"wrote {out}")


class Missing(dict):
    """A figure that was not measured is a dash."""

    def __missing__(self, key):
        return "–"
