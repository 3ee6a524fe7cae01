"""The journal in a file: lines kept a second beside bare SQLite, what keeping adds to an answer, and clients that resume."""

import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import threading
import time
import urllib.request

from . import machine
from .fan_out import verdict
from .results import NONE, number, spread
from .servers import PORT_FILE, Kind, Running

SHARE_MIN, RATE_MIN, GIGABYTES_MIN, LIVE_RATIO_MAX = 0.7, 150_000, 1.0, 2.0
WINDOW = 10_000  # lines of each sender that may be unanswered, as many as of the client library
PUBLISHERS = {"1": (1, WINDOW), "1-wide": (1, 8 * WINDOW), "8": (8, WINDOW)}  # how many, and the window of each
LINE_BYTES, RESUMED_LINE_BYTES = 20, 200
BARE_SECONDS, BARE_WARM_UP_SECONDS, RUN_SECONDS_MAX, STATUS_SECONDS_MAX = 6, 3, 300, 10
RATE = {"senders": 1, "rate": 1_000, "seconds": 10, "warmup": 10}
ANSWER_ROUNDS = 5
PUBLISH = {"seconds": 6, "warmup": 20}
REST_SECONDS = 5  # so that nobody waits for what the run before has left to the disk
COMPILERS = {"LINECAST_JAVA_OPTS": "-XX:TieredStopAtLevel=4"}  # as the launcher has them with a journal
LIVE = {"wire": "ack", "connections": 100, "rate": 100, "line_bytes": RESUMED_LINE_BYTES, "sample": 100, "seconds": 4, "warmup": 1}
WARM_UP_SECONDS = 10  # of the server, before live lines are measured alone
RESUMERS, RESUMED_LINES = 1_000, 100_000
SMALL_WINDOW = "1m"  # so that what is resumed has to be read from the file
DISK, MEMORY = "", "-in-memory"  # where the file is, as results are named
MEMORY_FOLDER = pathlib.Path("/dev/shm")  # files there have no disk that could stall
MEMORY_FOLDER_BYTES_MIN = 256 << 20
WRITTEN_LABEL = "the same until the server has them in the client's socket: p99, by its own status"
HEADS = ["on one core", "to reach", "figure", "beside it", "ratio", ""]


def cases(rounds):
    """For each kind of publishers bare SQLite in two ways and the server, and three of clients that resume, on a disk and in memory; three of answers."""
    return rounds * (3 * len(PUBLISHERS) + 3 * len(places())) + 3 * answer_rounds(rounds)


def answer_rounds(rounds):
    """More than of the rest, unless it is only tried out: a p99 hangs on single stalls of the disk."""
    return 1 if rounds == 1 else ANSWER_ROUNDS


def kind(folder, *more, web=False):
    """A server that keeps its lines in a file in a folder; in memory if there is none."""
    journal = ["--journal", f"sqlite:{folder / 'lines.db'}"] if folder else []
    port_words = lambda files: ["--web-port", 0, "--port-file", files / PORT_FILE] if web else ["--web-port", "off"]
    words = lambda port, files: [machine.ROOT / "linecast", "serve", "--port", port, "--event-loops", 1, *port_words(files), *journal, *more]
    return Kind("linecast, sqlite" if folder else "linecast, memory", words)


def folder(where=DISK):
    """On the disk of the checkout: where others put what is temporary, fsync often does nothing."""
    return tempfile.TemporaryDirectory(dir=machine.ROOT / "bench/target" if where == DISK else MEMORY_FOLDER)


def places():
    """Where the file can be."""
    fits = MEMORY_FOLDER.is_dir() and os.access(MEMORY_FOLDER, os.W_OK) and shutil.disk_usage(MEMORY_FOLDER).free >= MEMORY_FOLDER_BYTES_MIN
    return [DISK, MEMORY] if fits else [DISK]


def measure(suite, rounds):
    for index in range(answer_rounds(rounds)):
        answering(suite, index)
    for index in range(rounds):
        publishing(suite, index)
        for where in places():
            resuming(suite, where, index)
    if MEMORY not in places():
        machine.say(f"there is no {MEMORY_FOLDER} with {MEMORY_FOLDER_BYTES_MIN >> 20} MiB to write to: live lines with the file in memory are left out")


def publishing(suite, index):
    """What is compared stands side by side: transactions have as many lines as the server's had on the average."""
    for publishers, (senders, window) in PUBLISHERS.items():
        name, lines = f"journal-publish-{publishers}-{index}", senders * window
        try:
            with folder() as place, Running(kind(pathlib.Path(place), web=True)) as server:
                suite.load(name, server.kind, "publish", server, senders=senders, window=window, **PUBLISH)
                lines = transaction_lines(server)
        except (RuntimeError, OSError) as failure:
            suite.fail(name, str(failure))
        for how in ("rows", "runs"):
            bare(suite, f"journal-bare-{how}-{publishers}-{index}", how, lines)


def transaction_lines(server):
    """How many lines of the server's a transaction has had on the average, by its own metrics."""
    with urllib.request.urlopen(f"http://127.0.0.1:{server.web_port()}/metrics", timeout=STATUS_SECONDS_MAX) as answer:
        text = answer.read().decode()
    kept, commits = (float(re.search(rf"^linecast_{name}_total{{[^}}]*}} (\S+)", text, re.MULTILINE).group(1)) for name in ("lines_accepted", "journal_commits"))
    return max(1, round(kept / max(1, commits)))


def answering(suite, index):
    """A memory journal; then the one in a file, and bare SQLite at the same time on the same core and disk: what the disk does to one it does to both."""
    for keeps in (False, True):
        os.sync()
        time.sleep(REST_SECONDS)
        if keeps:
            beside = threading.Thread(target=committing, args=(suite, index))
            beside.start()
            on_server(suite, f"journal-answer-sqlite-{index}", "publish", RATE)
            beside.join()
        else:
            on_server(suite, f"journal-answer-memory-{index}", "publish", RATE, keeps=False)


def committing(suite, index):
    """Warms up while the load does."""
    time.sleep(max(0, RATE["warmup"] * suite.share - BARE_WARM_UP_SECONDS))
    bare(suite, f"journal-commit-{index}", "rows", 1, RATE["rate"])


def on_server(suite, name, scenario, options, keeps=True):
    with folder() as place:
        ours = kind(pathlib.Path(place) if keeps else None)
        return suite.load(name, ours, scenario, environment=COMPILERS, **options)


def resuming(suite, where, index):
    """Live lines without and with clients that read the whole file; these get what the live ones leave of the load's core."""
    with folder(where) as place:
        place = pathlib.Path(place)
        lines = max(1_000, round(RESUMED_LINES * suite.share))
        ours = kind(place, "--window", SMALL_WINDOW, web=True)
        try:
            fill(place, lines)
            with Running(ours) as server:
                suite.load(f"journal-live-alone{where}-{index}", ours, "steady", server, **(LIVE | {"warmup": WARM_UP_SECONDS}))
                keep_written(suite, f"journal-written-alone{where}-{index}", server)
                options = {"connections": RESUMERS, "lines": lines, "line_bytes": RESUMED_LINE_BYTES, "yields": True}
                resumers = threading.Thread(target=suite.load, args=(f"journal-resume{where}-{index}", ours, "resume", server), kwargs=options)
                resumers.start()
                suite.load(f"journal-live-beside{where}-{index}", ours, "steady", server, **LIVE)
                keep_written(suite, f"journal-written-beside{where}-{index}", server)
                if not resumers.is_alive() and suite.share == 1:
                    suite.fail(f"journal-live-beside{where}-{index}", "those who resume were done before the live lines were measured")
                resumers.join()
        except (RuntimeError, subprocess.CalledProcessError) as failure:
            suite.fail(f"journal-resume{where}-{index}", str(failure))


def keep_written(suite, name, server):
    """How long it took the server in the last five seconds to have a live line in a client's socket, as it says itself."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{server.web_port()}/api/status", timeout=STATUS_SECONDS_MAX) as answer:
            latency = json.load(answer)["channels"][0]["deliveryLatencyMillis"]
    except OSError as failure:
        return suite.fail(name, f"the server's status: {failure}")
    if latency is None:
        return suite.fail(name, "the server says that it has delivered nothing lately")
    return suite.keep(name, {"clean": True, "written_p99_millis": latency["p99"], "written_max_millis": latency["max"]})


def fill(place, lines):
    """A file of so many lines, more than the window has."""
    text = "".join(f"{i:0{RESUMED_LINE_BYTES - 1}}\n" for i in range(lines))
    command = [machine.ROOT / "linecast", "journal", "import", place / "lines.db"]
    subprocess.run(command, input=text, text=True, capture_output=True, check=True)


def bare(suite, name, how, lines, *rate):
    suite.tell(name)
    seconds = max(1, round((RATE["seconds"] if rate else BARE_SECONDS) * suite.share))
    with folder() as place:
        classes = machine.ROOT / "bench/target/dist/lib/*"
        java = [f"{machine.java_home()}/bin/java", "--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC", "-cp", classes]
        words = [*java, "io.linecast.sqlite.BareSqlite", pathlib.Path(place) / "lines.db", how, lines, LINE_BYTES, seconds, *rate]
        command = machine.pinned(machine.SERVER_CORE, *(str(word) for word in words))
        done = subprocess.run(command, capture_output=True, text=True, timeout=RUN_SECONDS_MAX, check=False)
    said = done.stdout.strip().split("\n")[-1]
    if done.returncode or not said.startswith("{"):
        return suite.fail(name, (done.stderr.strip().split("\n") or ["it said nothing"])[-1])
    return suite.keep(name, json.loads(said))


def rows(r):
    return [*(publish_row(r, publishers) for publishers in PUBLISHERS), *answer_rows(r), *resume_rows(r)]


def best(r, publishers):
    """Bare SQLite's, the better of both ways."""
    figures = {how: r.figure(f"journal-bare-{how}-{publishers}", "lines_per_second") for how in ("rows", "runs")}
    known = {how: figure for how, figure in figures.items() if figure == figure}
    how = max(known, key=known.get, default="runs")
    return how, figures[how]


def publish_row(r, publishers):
    senders, window = PUBLISHERS[publishers]
    ours, (how, limit) = r.rounds(f"journal-publish-{publishers}"), best(r, publishers)
    rate = ours.median("acknowledged_lines_per_second")
    ratio = rate / limit if limit > 0 else NONE
    bare_rounds = r.rounds(f"journal-bare-{how}-{publishers}")
    size = number(r.figure(f"journal-bare-{how}-{publishers}", "transaction_lines"), 0)
    who = f"{senders} sender{'s' if senders > 1 else ''} with {window:,} lines{' each' if senders > 1 else ''} unanswered"
    label = f"acknowledged as stored, pipelined, {who}, lines of {LINE_BYTES} bytes; beside it bare SQLite, transactions of as many lines as the server's ({size})"
    said = verdict(min(ratio / SHARE_MIN, rate / RATE_MIN), 1, ours, bare_rounds, at_most=False)
    return [label, f"≥ {SHARE_MIN} × and ≥ {RATE_MIN:,} lines/s", ours.text("acknowledged_lines_per_second", 0, " lines/s"), bare_rounds.text("lines_per_second", 0, " lines/s"), number(ratio, 2), said]


def answer_rows(r):
    ours, memory, commit = (r.rounds(f"journal-{name}") for name in ("answer-sqlite", "answer-memory", "commit"))
    added = ours.median("latency_p99_millis") - memory.median("latency_p99_millis")
    most = commit.median("commit_p99_millis")
    ratio = added / most if most > 0 else NONE
    label = f"answers at {RATE['rate']:,} lines/s"
    p50 = [f"{label}: p50; beside it a memory journal", "–", millis(ours, "latency_p50_millis"), millis(memory, "latency_p50_millis"), "–", "–"]
    p99 = [f"{label}: p99; beside it a memory journal", "–", millis(ours, "latency_p99_millis"), millis(memory, "latency_p99_millis"), "–", "–"]
    bare_text = f"{millis(commit, 'commit_p99_millis')} (p50 {millis(commit, 'commit_p50_millis')})"
    usual = ours.median("latency_p90_millis") - memory.median("latency_p90_millis")
    bare_usual = commit.median("commit_p90_millis")
    ninety = ["the same of the p90, which a stall of the disk now and then does not reach", "–", f"{number(usual, 2)} ms", millis(commit, "commit_p90_millis"), number(usual / bare_usual if bare_usual > 0 else NONE, 2), "–"]
    last = ["what the file adds to the p99; beside it the p99 of bare transactions of one line, as many a second, at the same time on the same core and disk", "≤ one group commit", f"{number(added, 2)} ms", bare_text, number(ratio, 2), verdict(ratio, 1, ours, memory, commit)]
    return [p50, p99, last, ninety]


def millis(rounds, key):
    return spread(rounds.values(key), 2) + " ms"


def resume_rows(r):
    resumed = r.rounds("journal-resume")
    rate = resumed.median("gigabytes_per_second")
    cpu = f"server's CPU {number(resumed.median('server_cpu_percent'), 0)} %"
    fed = [f"{RESUMERS:,} clients resume {RESUMED_LINES:,} lines of {RESUMED_LINE_BYTES} bytes each, from the file", f"≥ {GIGABYTES_MIN:.0f} GB/s", resumed.text("gigabytes_per_second", 2, " GB/s"), cpu, "–", verdict(rate, GIGABYTES_MIN, resumed, at_most=False)]
    live = f"live lines meanwhile, {LIVE['rate']} a second to {LIVE['connections']} clients: p99; beside it without the others"
    rows = [
        fed,
        ratio_row(r, live, "live", DISK, "latency_p99_millis"),
        ratio_row(r, WRITTEN_LABEL, "written", DISK, "written_p99_millis"),
    ]
    if any(MEMORY in name for name in r.all):
        rows.append(ratio_row(r, "live lines meanwhile, the file in memory, where no disk stalls: p99; beside it without the others", "live", MEMORY, "latency_p99_millis"))
        rows.append(ratio_row(r, WRITTEN_LABEL, "written", MEMORY, "written_p99_millis"))
    return rows


def ratio_row(r, label, what, where, key):
    """Beside clients that resume, and without; no good if these were not."""
    resumed = r.rounds(f"journal-resume{where}")
    alone, beside = (r.rounds(f"journal-{what}-{how}{where}") for how in ("alone", "beside"))
    ratio = beside.median(key) / alone.median(key) if alone.median(key) > 0 else NONE
    return [label, f"≤ {LIVE_RATIO_MAX:.0f} ×", millis(beside, key), millis(alone, key), number(ratio, 2), verdict(ratio, LIVE_RATIO_MAX, beside, alone, resumed)]
