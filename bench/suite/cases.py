"""How it is measured: runs of `linecast bench` against servers, each result kept as one JSON file."""

import json
import pathlib
import statistics
import subprocess
import tempfile
import time

from . import machine
from .servers import Running

RUN_SECONDS_MAX = 240
FIXED_HEAP = {"LINECAST_JAVA_OPTS": "-Xms256m -Xmx256m -XX:+AlwaysPreTouch"}


class Suite:
    """Runs cases and keeps their results in a folder; a case that fails is a result too."""

    def __init__(self, folder, share, total):
        self.folder = pathlib.Path(folder)
        self.share = share
        self.total = total
        self.done = 0
        self.commit = ""
        self.began = time.monotonic()

    def seconds(self, full):
        return max(1, round(full * self.share))

    def tell(self, name):
        spent = time.monotonic() - self.began
        self.done += 1
        left = f", about {spent / (self.done - 1) * (self.total - self.done + 1) / 60:.0f} min left" if self.done > 3 else ""
        machine.say(f"[{self.done}/{self.total}{left}] {name}")

    def keep(self, name, result):
        """Writes a result, with the commit it is of: parts of a run may be measured again later."""
        result = {"commit": self.commit} | result
        (self.folder / f"{name}.json").write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
        return result

    def load(self, name, kind, scenario, server=None, environment=None, **options):
        """One run of the load generator, against a server of its own unless one is given."""
        self.tell(name)
        try:
            if server is not None:
                return self.keep(name, self.bench(server, scenario, options))
            with Running(kind, **(environment or {})) as own:
                return self.keep(name, self.bench(own, scenario, options))
        except (RuntimeError, subprocess.TimeoutExpired) as failure:
            machine.say(f"  {failure}")
            return self.keep(name, {"failure": str(failure)[:300]})

    def bench(self, server, scenario, options):
        words = [w for key, value in options.items() for w in (f"--{key.replace('_', '-')}", str(value))]
        with tempfile.NamedTemporaryFile(suffix=".json") as report:
            command = [machine.ROOT / "linecast", "bench", f"127.0.0.1:{server.port}", "--scenario", scenario]
            command += ["--speak", server.kind.speak, "--json", report.name, *words]
            switches, began = machine.context_switches(server.process.pid), time.monotonic()
            done = subprocess.run(
                machine.pinned(machine.LOAD_CORE, *(str(word) for word in command)),
                capture_output=True, text=True, timeout=RUN_SECONDS_MAX, check=False,
            )
            spent = time.monotonic() - began
            if not pathlib.Path(report.name).stat().st_size:
                died = server.process.poll() is not None
                reason = f"the server has died: {server.words()}" if died else done.stderr.strip().split("\n")[-1]
                raise RuntimeError(reason)
            result = json.loads(pathlib.Path(report.name).read_text(encoding="utf-8"))
        result["server"] = server.kind.name
        result["context_switches_per_second"] = (machine.context_switches(server.process.pid) - switches) / spent
        return result


SPEED_LOADS = {
    "seed": ("seed", {"rate": 10}),
    "chatter": ("chatter", {}),
    "m160": ("steady", {"connections": 4000, "rate": 40_000}),
    "m400": ("steady", {"connections": 4000, "rate": 100_000}),
}


def slug(kind):
    return kind.name.replace(" ", "-").replace("(", "").replace(")", "").replace("--", "").lower()


def speed(suite, kinds, rounds):
    """The loads of the speed table, the servers in turn so that noise hits all alike; the third server once only."""
    times = {"seconds": suite.seconds(5), "warmup": suite.seconds(3)}
    for number in range(rounds):
        for kind in kinds if number == 0 else kinds[:2]:
            try:
                with Running(kind) as server:
                    for load, (scenario, options) in SPEED_LOADS.items():
                        suite.load(f"speed-{load}-{slug(kind)}-{number}", kind, scenario, server, **options, **times)
                    suite.load(f"speed-pingpong-{slug(kind)}-{number}", kind, "pingpong", server, seconds=suite.seconds(3), warmup=suite.seconds(2))
            except RuntimeError as failure:
                machine.say(str(failure))


def floods(suite, kinds):
    times = {"seconds": suite.seconds(4), "warmup": suite.seconds(2)}
    for line_bytes, rate in ((20, 60_000), (200, 8_000), (2000, 1_000)):
        for kind in kinds:
            suite.load(f"flood-{line_bytes}-{slug(kind)}", kind, "flood", rate=rate, line_bytes=line_bytes, **times)


def stuck_quarter(suite, kinds):
    for kind in kinds:
        suite.load(f"stuck-{slug(kind)}", kind, "stuck", seconds=suite.seconds(6), warmup=suite.seconds(5))


def comparison(suite, kinds):
    """The same ladder for everybody."""
    for kind in kinds:
        times = {"seconds": suite.seconds(5), "warmup": suite.seconds(2)}
        suite.load(f"crowd-{slug(kind)}", kind, "steady", connections=4000, rate=10, **times)
        environment = FIXED_HEAP if kind.name == "linecast" else {}
        for connections in (19_000, 4_000, 1_000):
            held = suite.load(f"idle-{slug(kind)}-{connections}", kind, "idle", environment=environment, connections=connections)
            if "failure" not in held:
                break
        short = {"seconds": suite.seconds(2), "warmup": suite.seconds(1)}
        suite.load(f"thousand-{slug(kind)}", kind, "flood", connections=1000, rate=kind.first_rate, **short)
        one = {"connections": 199, "stuck": 1, "rate": 400, "line_bytes": 3000}
        suite.load(f"one-stuck-{slug(kind)}", kind, "steady", **one, seconds=suite.seconds(6), warmup=0)


FLAGS = {
    "shipped": "",
    "all-compilers": "-XX:TieredStopAtLevel=4",
    "parallel-gc": "-XX:-UseSerialGC -XX:+UseParallelGC",
    "g1-gc": "-XX:-UseSerialGC -XX:+UseG1GC",
    "large-headers": "-XX:-UseCompactObjectHeaders",
}


def flags(suite, kind):
    """The same server with other flags of Java; each load early, and once more when it has long been running."""
    for name, options in FLAGS.items():
        try:
            with Running(kind, LINECAST_JAVA_OPTS=options) as server:
                early = {"seconds": suite.seconds(5), "warmup": suite.seconds(3)}
                suite.load(f"flags-{name}-chatter", kind, "chatter", server, **early)
                suite.load(f"flags-{name}-m400", kind, "steady", server, connections=4000, rate=100_000, **early)
                suite.load(f"flags-{name}-late", kind, "chatter", server, seconds=suite.seconds(5), warmup=suite.seconds(15))
        except RuntimeError as failure:
            machine.say(str(failure))


def start_times(suite, starts):
    """From the command to the port file, in seconds, with and without the cache of loaded classes."""
    suite.tell("start")
    results = {}
    for name, environment in (("with", {}), ("without", {"LINECAST_NO_AOT": "1"})):
        results[name] = [start_once(environment) for _ in range(starts)]
    suite.keep("start", {"seconds_with_cache": results["with"], "seconds_without_cache": results["without"]})


def start_once(environment):
    import os

    file = pathlib.Path(tempfile.mkdtemp()) / "port"
    began = time.monotonic()
    command = [machine.ROOT / "linecast", "serve", "--port", "0", "--port-file", file]
    process = subprocess.Popen(command, env=os.environ | environment, stderr=subprocess.DEVNULL)
    while not file.exists() and time.monotonic() - began < 30:
        time.sleep(0.002)
    spent = time.monotonic() - began
    process.terminate()
    process.wait()
    return spent


def median(values):
    return statistics.median(values) if values else float("nan")
