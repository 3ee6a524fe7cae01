"""How it is measured: runs of `linecast bench` against servers, each result kept as one JSON file."""

import json
import os
import pathlib
import socket
import subprocess
import tempfile
import time

from . import machine
from .servers import Running

RUN_SECONDS_MAX = 240
LOG_CHARACTERS = 300
# Low rates have few lines, so many connections are read to have enough to tell a percentile from: as many as the load
# can read without being what is measured.
SAMPLE = 1000
SAMPLE_AT_40 = 100
FIXED_HEAP = "-Xms256m -Xmx256m"
STARTS = 10


class Suite:
    """Runs cases and keeps their results in a folder; a case that fails is a result too."""

    def __init__(self, folder, share, commit):
        self.folder = pathlib.Path(folder)
        self.share = share
        self.total = 0
        self.done = 0
        self.failed = []
        self.commit = commit
        self.began = time.monotonic()

    def tell(self, name):
        spent = time.monotonic() - self.began
        self.done += 1
        left = f", about {spent / (self.done - 1) * (self.total - self.done + 1) / 60:.0f} min left" if self.done > 3 else ""
        machine.say(f"[{self.done}/{self.total}{left}] {name}")

    def keep(self, name, result):
        """Writes a result, with the commit it is of and the time: the page must not mix those of several."""
        result = {"commit": self.commit, "time": time.strftime("%Y-%m-%d %H:%M:%S")} | result
        (self.folder / f"{name}.json").write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
        return result

    def fail(self, name, reason, log=""):
        machine.say(f"  {reason}")
        self.failed.append(name)
        return self.keep(name, {"failure": reason[:LOG_CHARACTERS], "server_log": log})

    def load(self, name, kind, scenario, server=None, environment=None, watched=False, yields=False, **options):
        """One run of the load generator, against a server of its own unless one is given; watched: count its context switches; yields: it has what others leave of their core."""
        self.tell(name)
        try:
            if server is not None:
                return self.bench(name, server, scenario, options, watched, yields)
            with Running(kind, **(environment or {})) as own:
                return self.bench(name, own, scenario, options, watched, yields)
        except RuntimeError as failure:
            return self.fail(name, str(failure))

    def command(self, server, scenario, report, options):
        shorter = {key: max(1, round(value * self.share)) for key, value in options.items() if key in ("seconds", "warmup") and value}
        words = [word for key, value in (options | shorter).items() for word in (f"--{key.replace('_', '-')}", value)]
        target = [machine.ROOT / "linecast", "bench", f"127.0.0.1:{server.port}", "--scenario", scenario]
        command = [*target, "--speak", server.kind.speak, "--json", report, *words]
        return machine.pinned(machine.LOAD_CORE, *(str(word) for word in command))

    def bench(self, name, server, scenario, options, watched, yields):
        sampler = machine.SwitchSampler(server.process.pid)
        with tempfile.NamedTemporaryFile(suffix=".json") as report:
            command = [*(["nice", "-n", "19"] if yields else []), *self.command(server, scenario, report.name, options)]
            if watched:
                sampler.start()
            try:
                done = subprocess.run(command, capture_output=True, text=True, timeout=RUN_SECONDS_MAX, check=False)
            except subprocess.TimeoutExpired:
                return self.fail(name, f"not done after {RUN_SECONDS_MAX} s", server.words())
            finally:
                switches = sampler.stop() if watched else None
            text = pathlib.Path(report.name).read_text(encoding="utf-8")
        if not text:
            died = server.process.poll() is not None
            reason = "the server has died" if died else done.stderr.strip().split("\n")[-1]
            return self.fail(name, reason.removeprefix(f"linecast bench: 127.0.0.1:{server.port}: "), server.words())
        result = json.loads(text) | {"server": server.kind.name}
        if watched:
            result["server_context_switches_per_second"] = switches
        return self.keep(name, result if result["clean"] else result | {"server_log": server.words()})


SPEED_LOADS = {
    "seed10": ("seed", {"rate": 10, "sample": SAMPLE, "seconds": 20, "warmup": 1}),
    "seed40": ("seed", {"sample": SAMPLE_AT_40, "seconds": 6, "warmup": 1}),
    "chatter": ("chatter", {"seconds": 5, "warmup": 2}),
    "m400": ("steady", {"connections": 4000, "rate": 100_000, "seconds": 10, "warmup": 2}),
    "pingpong": ("pingpong", {"seconds": 3, "warmup": 1}),
}
# 144 MB to each: who reads nothing falls behind more than two windows of 64 MiB. The load adds a third as many that do not.
STUCK = {"connections": 210, "rate": 4000, "line_bytes": 3000, "seconds": 10, "warmup": 2}
FLOODS = {20: 60_000, 200: 8_000, 2000: 1_000}  # line length: first rate
CROWD = {"connections": 4000, "rate": 10, "sample": SAMPLE, "seconds": 15, "warmup": 1}
ONE_STUCK = {"connections": 199, "stuck": 1, "rate": 400, "line_bytes": 3000, "seconds": 5, "warmup": 0}
LADDER = (19_000, 4_000, 1_000)
ONE_BY_ONE_STEP, ONE_BY_ONE_SECONDS = 100, 3
FLAGS = {
    "shipped": "",
    "all-compilers": "-XX:TieredStopAtLevel=4",
    "parallel-gc": "-XX:-UseSerialGC -XX:+UseParallelGC",
}
FLAG_LOADS = {
    "chatter": ("chatter", {"seconds": 3, "warmup": 2}),
    "m400": ("steady", {"connections": 4000, "rate": 100_000, "seconds": 5, "warmup": 1}),
    "late": ("chatter", {"seconds": 3, "warmup": 8}),
}


def slug(kind):
    return kind.name.replace(" ", "-").replace("(", "").replace(")", "").replace("--", "").lower()


def in_turn(suite, prefix, number, kind, loads, environment=None):
    """Loads one after the other on one server."""
    try:
        with Running(kind, **(environment or {})) as server:
            for load, (scenario, options) in loads.items():
                suite.load(f"{prefix.format(load)}-{number}", kind, scenario, server, **options)
    except RuntimeError as failure:
        for load in loads:
            suite.tell(prefix.format(load))
            suite.fail(f"{prefix.format(load)}-{number}", str(failure))


def speed(suite, kinds, rounds):
    """The loads of the speed table, the servers in turn so that noise hits all alike."""
    for number in range(rounds):
        for kind in kinds:
            in_turn(suite, f"speed-{{}}-{slug(kind)}", number, kind, SPEED_LOADS)


def floods(suite, kinds):
    for line_bytes, rate in FLOODS.items():
        for kind in kinds:
            name = f"flood-{line_bytes}-{slug(kind)}-0"
            suite.load(name, kind, "flood", rate=rate, line_bytes=line_bytes, seconds=4, warmup=1)


def stuck_quarter(suite, kinds, rounds):
    """The first server each round, the others once."""
    for number in range(rounds):
        for kind in kinds if number == 0 else kinds[:1]:
            suite.load(f"stuck-{slug(kind)}-{number}", kind, "stuck", **STUCK)


def comparison(suite, kinds, rounds):
    """The same ladder for everybody; the first is asked about memory several times."""
    for kind in kinds:
        suite.load(f"crowd-{slug(kind)}-0", kind, "steady", watched=True, **CROWD)
        climb(suite, kind, rounds if kind is kinds[0] else 1)
        # Steps of a second or two would see the kernel's buffers fill rather than the server sustain.
        suite.load(f"thousand-{slug(kind)}-0", kind, "flood", connections=1000, rate=kind.first_rate, seconds=3, warmup=1)
        suite.load(f"one-stuck-{slug(kind)}-0", kind, "steady", **ONE_STUCK)


def climb(suite, kind, rounds):
    """How many idle clients a server holds, and what they cost."""
    environment = {"LINECAST_JAVA_OPTS": FIXED_HEAP} if kind.name == "linecast" else {}
    for connections in LADDER:
        names = [f"idle-{slug(kind)}-{connections}-{number}" for number in range(rounds)]
        held = [suite.load(name, kind, "idle", environment=environment, connections=connections) for name in names]
        if not any("failure" in result for result in held):
            return
    if kind.speak == "lines":
        one_by_one(suite, kind)


def one_by_one(suite, kind):
    """How many a server serves that come in one after the other: the load's may be too many at once for its queue."""
    suite.tell(f"one-by-one-{slug(kind)}")
    clients, served = [], 0
    try:
        with Running(kind) as server:
            try:
                while len(clients) < LADDER[-1] + ONE_BY_ONE_STEP and hears(clients):
                    served = len(clients)
                    for _ in range(ONE_BY_ONE_STEP):
                        clients.append(socket.create_connection(("127.0.0.1", server.port), timeout=ONE_BY_ONE_SECONDS))
                        time.sleep(0.002)
            except OSError as failure:
                machine.say(f"  {failure}")
            suite.keep(f"one-by-one-{slug(kind)}", {"served": served, "server_log": server.words()})
    except RuntimeError as failure:
        suite.fail(f"one-by-one-{slug(kind)}", str(failure))
    finally:
        for client in clients:
            client.close()


def hears(clients):
    """Whether a line of the first reaches all others."""
    line = b"hear\n"
    if clients:
        clients[0].sendall(line)
    return all(client.recv(len(line), socket.MSG_WAITALL) == line for client in clients[1:])


def flags(suite, kind, rounds):
    """The same server with other flags of Java, in turn; each load early, and once more when it has run for a while."""
    for number in range(rounds):
        for name, options in FLAGS.items():
            in_turn(suite, f"flags-{name}-{{}}", number, kind, FLAG_LOADS, {"LINECAST_JAVA_OPTS": options})


def start_times(suite, starts):
    """From the command to the port file, in seconds, with and without the cache of loaded classes."""
    suite.tell("start")
    times = {
        f"seconds_{name}_cache": [start_once(environment) for _ in range(starts)]
        for name, environment in (("with", {}), ("without", {"LINECAST_NO_AOT": "1"}))
    }
    suite.keep("start", times)


def start_once(environment):
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "port"
        began = time.monotonic()
        command = [machine.ROOT / "linecast", "serve", "--port", "0", "--web-port", "off", "--port-file", file]
        process = subprocess.Popen(command, env=os.environ | environment, stderr=subprocess.DEVNULL)
        while not file.exists() and time.monotonic() - began < 30:
            time.sleep(0.002)
        spent = time.monotonic() - began
        process.terminate()
        process.wait()
    return spent


def parts(suite):
    """The engine's parts by themselves, with JMH."""
    suite.tell("parts")
    short = ["-wi", "1", "-i", "1", "-r", "200ms"] if suite.share < 1 else []
    with tempfile.NamedTemporaryFile(suffix=".json") as report:
        command = [machine.ROOT / "bench/parts", "--out", report.name, *short]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            suite.fail("parts", (done.stderr or done.stdout).strip()[-LOG_CHARACTERS:])
        else:
            suite.keep("parts", json.loads(pathlib.Path(report.name).read_text(encoding="utf-8")))
