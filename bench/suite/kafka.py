"""The journal in Kafka: round trips beside Kafka's own clients, acknowledged lines a second, and a cluster of many clients."""

import base64
import contextlib
import json
import os
import pathlib
import socket
import subprocess
import tempfile
import time
import uuid

from . import machine
from .fan_out import verdict
from .results import NONE, number, spread

BROKERS, NODES, CLIENTS_EACH = 3, 10, 15_000
RATIO_MAX, RATE_MIN = 1.5, 100_000
LINE_BYTES, TRIP_SECONDS = 100, 10
PUBLISH = {"senders": 4, "window": 4096, "seconds": 10, "warmup": 10}
CROWD = {"rate": 1, "line_bytes": LINE_BYTES, "seconds": 1, "warmup": 0}  # one line
START_SECONDS, RUN_SECONDS_MAX = 90, 600
TOPIC = "lines"
HEADS = ["", "to reach", "figure", "beside it", "ratio", ""]
SMALL_HEAP = "-Xmx384m"


def cases(rounds):
    """Two of round trips in each way, the lines published, and two crowds."""
    return rounds * 7


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def await_words(process, log, words):
    deadline = time.monotonic() + START_SECONDS
    while words not in log.read_text(errors="replace"):
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"a process did not start: {log.read_text(errors='replace')[-500:]}")
        time.sleep(0.1)


class Processes(contextlib.ExitStack):
    """Programs that run until this ends; what they say goes into files of a folder on the checkout's disk."""

    def __init__(self):
        super().__init__()
        self.folder = pathlib.Path(self.enter_context(tempfile.TemporaryDirectory(dir=machine.ROOT / "bench/target")))

    def start(self, name, words, **environment):
        log = self.folder / f"{name}.log"
        with log.open("w") as out:
            process = subprocess.Popen([str(word) for word in words], env=os.environ | environment, stdin=subprocess.DEVNULL, stdout=out, stderr=out)
        self.callback(self.stop, process)
        return process, log

    @staticmethod
    def stop(process):
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def kafka(processes, count):
    """Starts so many brokers, a process each; returns where they are."""
    seats = [(index + 1, free_port(), free_port()) for index in range(count)]
    nodes = ",".join(f"{each}:{port}:{controller}" for each, port, controller in seats)
    cluster = base64.urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=")
    classes = machine.ROOT / "broker/target/dist/lib/*"
    java = [f"{machine.java_home()}/bin/java", "-Xmx512m", "-XX:+UseSerialGC", "-cp", classes, "io.linecast.broker.SmallKafka"]
    started = []
    for each, _, _ in seats:
        folder = processes.folder / f"broker{each}"
        started.append(processes.start(f"broker{each}", [*java, "--folder", folder, "--id", each, "--nodes", nodes, "--cluster", cluster]))
    for process, log in started:
        await_words(process, log, "kafka at")
    return ",".join(f"127.0.0.1:{port}" for _, port, _ in seats)


def nodes(processes, brokers, count, replicas, *more):
    """Starts so many servers on one topic; returns where they are."""
    started, places = [], []
    for index in range(count):
        port = free_port()
        journal = ["--journal", f"kafka:{brokers}/{TOPIC}", "--kafka-replication", replicas]
        words = [machine.ROOT / "linecast", "serve", "--port", port, "--event-loops", 1, "--web-port", "off", *journal, *more]
        started.append(processes.start(f"node{index}", words, LINECAST_JAVA_OPTS=SMALL_HEAP))
        places.append(f"127.0.0.1:{port}")
        if index == 0:
            await_words(*started[0], "listening")  # it makes the topic
    for each in started:
        await_words(*each, "listening")
    return places


def measure(suite, rounds):
    for index in range(rounds):
        guarded(suite, f"kafka-round-{index}", lambda: one_round(suite, index))
    for count in (1, NODES):
        guarded(suite, f"kafka-crowd-{count}-0", lambda: crowd(suite, count, rounds))


def guarded(suite, name, run):
    try:
        run()
    except (RuntimeError, subprocess.SubprocessError) as failure:
        suite.fail(name, str(failure))


def one_round(suite, index):
    """What is compared stands side by side, on the same brokers."""
    with Processes() as processes:
        brokers = kafka(processes, BROKERS)
        (place,) = nodes(processes, brokers, 1, BROKERS)
        seconds = max(1, round(TRIP_SECONDS * suite.share))
        ways = {"bare": ["kafka", f"{brokers}/bare", BROKERS], "line": ["lines", place]}
        one, other = ways if index % 2 == 0 else reversed(ways)
        # So that brokers that become faster or slower do so for both alike.
        for turn, name in enumerate((one, other, other, one)):
            trips(suite, f"kafka-trip-{name}-{2 * index + turn // 2}", [*ways[name], LINE_BYTES, seconds])
        bench(suite, f"kafka-publish-{index}", [place, "--scenario", "publish"], dict(PUBLISH))


def trips(suite, name, words):
    suite.tell(name)
    classes = machine.ROOT / "bench/target/dist/lib/*"
    java = [f"{machine.java_home()}/bin/java", "-XX:+UseSerialGC", "-cp", classes, "io.linecast.kafka.RoundTrips"]
    done = subprocess.run([str(word) for word in [*java, *words]], capture_output=True, text=True, timeout=RUN_SECONDS_MAX, check=False)
    lines = done.stdout.strip().split("\n")
    if done.returncode or not lines[-1].startswith("{"):
        return suite.fail(name, (done.stderr.strip().split("\n") or ["it said nothing"])[-1])
    return suite.keep(name, json.loads(lines[-1]))


def crowd(suite, count, rounds):
    """A line to all clients of so many servers on one broker."""
    with Processes() as processes:
        places = nodes(processes, kafka(processes, 1), count, 1)
        processes_each = 2 if count == 1 else 1  # one alone would spin on a core that others need
        load = count * processes_each
        options = CROWD | {"connections": count * CLIENTS_EACH, "processes": load, "senders": load}
        for index in range(rounds):
            bench(suite, f"kafka-crowd-{count}-{index}", [",".join(places), "--full"], dict(options))


def bench(suite, name, words, options):
    """The load takes what processors the others leave it: they share all cores."""
    suite.tell(name)
    for key in ("seconds", "warmup"):
        options[key] = round(options[key] * suite.share) or options[key]
    flags = [word for key, value in options.items() for word in (f"--{key.replace('_', '-')}", value)]
    report = pathlib.Path(machine.ROOT / "bench/target") / f"{name}.json"
    report.unlink(missing_ok=True)
    command = ["nice", "-n", "5", machine.ROOT / "linecast", "bench", *words, *flags, "--no-progress", "--json", report]
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, timeout=RUN_SECONDS_MAX, check=False)
    if not report.exists():
        return suite.fail(name, (done.stderr.strip().split("\n") or ["it said nothing"])[-1])
    return suite.keep(name, json.loads(report.read_text()))


def rows(r):
    return [*(trip_row(r, percentile) for percentile in ("p50", "p99")), publish_row(r), *crowd_rows(r)]


def millis(rounds, key, digits=2):
    return spread(rounds.values(key), digits) + " ms"


def trip_row(r, percentile):
    ours, bare = r.rounds("kafka-trip-line"), r.rounds("kafka-trip-bare")
    key = f"latency_{percentile}_millis"
    ratio = ours.median(key) / bare.median(key) if bare.median(key) > 0 else NONE
    label = f"publish → hear, one line at a time, {BROKERS} brokers: {percentile}; beside it the clients of Kafka alone"
    return [label, f"≤ {RATIO_MAX} ×", millis(ours, key), millis(bare, key), number(ratio, 2), verdict(ratio, RATIO_MAX, ours, bare)]


def publish_row(r):
    ours = r.rounds("kafka-publish")
    key = "acknowledged_lines_per_second"
    label = f"acknowledged lines through one node, {PUBLISH['senders']} senders, lines of 20 bytes, {BROKERS} brokers, all on these cores"
    return [label, f"≥ {RATE_MIN:,} lines/s", ours.text(key, 0, " lines/s"), "–", "–", verdict(ours.median(key), RATE_MIN, ours, at_most=False)]


def crowd_rows(r):
    one, all_nodes = r.rounds("kafka-crowd-1"), r.rounds(f"kafka-crowd-{NODES}")
    found = []
    for words, key in (("half of all have it", "latency_p50_millis"), ("99 % have it", "latency_p99_millis"), ("the last one has it", "latency_max_millis")):
        ratio = all_nodes.median(key) / one.median(key) if one.median(key) > 0 else NONE
        label = f"a line to {NODES * CLIENTS_EACH:,} clients of {NODES} nodes: {words}; beside it one node's {CLIENTS_EACH:,}"
        found.append([label, "–", millis(all_nodes, key, 0), millis(one, key, 0), number(ratio, 1), "–"])
    return found
