"""What is told: docs/benchmarks.md, from the results in a folder and a template, and its plots."""

import os
import pathlib
import subprocess

from . import ack, journal, kafka, machine, prose, tables, tls, web
from .cases import CROWD, FIXED_HEAP, ONE_STUCK, SAMPLE, SAMPLE_AT_40, slug
from .results import Results, median
from .tables import table

TEMPLATE = machine.ROOT / "bench/benchmarks.template.md"
TEMPLATES = {part: machine.ROOT / f"bench/benchmarks-{part}.template.md" for part in ("tls", "journal", "kafka")}  # with a page of their own
HEADS_TROUBLE = ["load", "server", "lost", "segments sent again", "packets dropped", "load behind schedule, p99 ms", "load's turns with work, %", "server CPU %"]
HEADS_SERVERS = ["", "connections held", "memory each", "p99 ms", "CPU", "context switches/s", "lines/s", "deliveries/s", "one stuck of 200: the others get"]
HEADS_FLAGS = ["", "`chatter`, seconds after the start: p99 ms", "then 400 M: p99 ms", "then `chatter` after 8 s more: p99 ms", "memory MB"]


def plot(*arguments):
    classes = machine.ROOT / "bench/target/dist/lib/*"
    command = [f"{machine.java_home()}/bin/java", "--enable-native-access=ALL-UNNAMED", "-cp", str(classes), "io.linecast.bench.Plots", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        machine.say(f"no plot {arguments[1]}: {done.stderr.strip().split(chr(10))[0]}")


def middle_round(r, case, folder):
    """The file of the round whose p99 is nearest to the median of all."""
    key = "latency_p99_millis"
    found = {name: result[key] for name, result in r.all.items() if name.startswith(f"{case}-") and name[len(case) + 1 :].isdigit() and result.get(key)}
    name = min(found, key=lambda each: abs(found[each] - median(list(found.values()))), default=None)
    return f"{folder}/{name}.json" if name else None


def plots(r, kinds, folder):
    curves = {kind.name: middle_round(r, f"crowd-{slug(kind)}", folder) for kind in kinds}
    plot("latency", folder / "crowd.svg", "4,000 clients, 10 lines a second", *(f"{name}={file}" for name, file in curves.items() if file))
    curves = {name: middle_round(r, f"speed-chatter-{name}", folder) for name in (tables.OURS, tables.LIMIT, tables.COPIED)}
    plot("latency", folder / "chatter.svg", "4,000 clients, each sends 10 lines a second", *(f"{name}={file}" for name, file in curves.items() if file))
    rates = [(kind.name, tables.sustained(r, kind) * 999) for kind in kinds]
    plot("bars", folder / "sustained.svg", "Highest sustained with 1,000 clients", "deliveries a second", *(f"{name}={rate}" for name, rate in rates if rate > 0))
    sizes = [(kind.name, tables.idle_kilobytes(r, kind)) for kind in kinds]
    plot("bars", folder / "memory.svg", "Resident memory of an idle connection", "KB", *(f"{name}={size}" for name, size in sizes if size == size))


def provenance(r, where):
    """The commit and date once; loudly, if the results are not all of it."""
    commits = r.commits()
    if commits == [where.get("commit")] and "with changes" not in commits[0]:
        return f"Commit {commits[0]}, {where['date']}."
    return f"**These results are of {', '.join(commits)}, not of one commit as it was committed: they must not be compared or published.**"


def congestion_control(where):
    now, before = where.get("congestion_control"), where.get("congestion_control_before")
    return f"{now} (set for the run; the system's own is {before})" if before and before != now else f"{now}, the system's own"


def write(folder, kinds, out, note, template=TEMPLATE):
    folder = pathlib.Path(folder)
    r = Results(folder)
    where = r.all.get("machine", {})
    measured = [kind for kind in kinds if any(name.startswith(f"crowd-{slug(kind)}-") for name in r.all)]
    if template is TEMPLATE:
        plots(r, measured, folder)
    values = {
        "note": note,
        "provenance": provenance(r, where),
        "congestion": congestion_control(where),
        "raw": folder.name,
        "root": os.path.relpath(machine.ROOT, out.parent),
        "sample": f"{SAMPLE_AT_40:,} or {SAMPLE:,}",
        "crowd_seconds": CROWD["seconds"],
        "stuck_seconds": ONE_STUCK["seconds"],
        "idle_flags": FIXED_HEAP,
        "speed": table(tables.HEADS_SPEED, tables.speed_rows(r)),
        "trouble": table(HEADS_TROUBLE, tables.trouble_rows(r)),
        "warnings": tables.warnings(r),
        "acknowledged": table(ack.HEADS, ack.rows(r)),
        "web": table(web.HEADS, web.rows(r)),
        "tls": table(tls.HEADS, tls.rows(r)),
        "journal": table(journal.HEADS, journal.rows(r)),
        "kafka": table(kafka.HEADS, kafka.rows(r)),
        "tls_bound": tls.bound_sentence(r),
        "flags": table(HEADS_FLAGS, tables.flag_rows(r)),
        "architectures": table(HEADS_SERVERS, [tables.architecture_row(r, kind) for kind in measured]),
        "failures": tables.failures(r),
        "parts": table(["part", "for each", "ns", "bytes allocated", "bytes a call"], tables.part_rows(r)),
    }
    text = template.read_text(encoding="utf-8").format_map(Missing(where | values | prose.sentences(r, measured)))
    out.write_text(text, encoding="utf-8")
    machine.say(f"wrote {out}")


class Missing(dict):
    """A figure that was not measured is a dash."""

    def __missing__(self, key):
        return "–"
