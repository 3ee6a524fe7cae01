"""The machine a run is on, and how commands are run there."""

import contextlib
import os
import pathlib
import platform
import re
import shutil
import statistics
import subprocess
import sys
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
SERVER_CORE, LOAD_CORE = "0", "1"
CONGESTION_CONTROL = pathlib.Path("/proc/sys/net/ipv4/tcp_congestion_control")


def say(text):
    print(f"bench: {text}", file=sys.stderr, flush=True)


def output(*command):
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip()


def java_home():
    home = output("bash", "-c", '. bin/find-java.sh; find_java javac && printf %s "$JAVA_FOUND"')
    return home or sys.exit("bench: there is no JDK 25; ./linecast says what to install")


def pinned(core, *command):
    """The command on one core, where there is more than one and something to pin with."""
    if shutil.which("taskset") and (os.cpu_count() or 1) > 1:
        return ["taskset", "-c", core, *command]
    return list(command)


def build():
    say("building")
    maven = ["mvn", "-q", "-B", "-ntp", "-Dquick", "-Dmaven.test.skip=true", "-pl", "bench,broker", "-am", "package"]
    subprocess.run(maven, cwd=ROOT, env=os.environ | {"JAVA_HOME": java_home()}, check=True)


def compile_limit(folder):
    """The C program's path, or None where there is no compiler."""
    if not shutil.which("gcc"):
        say("no gcc: the limit is left out (apt-get install gcc libc6-dev)")
        return None
    program = pathlib.Path(folder) / "limit"
    subprocess.run(["gcc", "-O2", "-o", program, ROOT / "bench/servers/limit.c"], check=True)
    return program


def read(path):
    try:
        return pathlib.Path(path).read_text(encoding="utf-8")
    except OSError:
        return ""


def describe():
    """Where and of what this is measured, for the page and for machine.json."""
    cpu = re.search(r"model name\s*: (.*)", read("/proc/cpuinfo"))
    memory = re.search(r"MemTotal:\s+(\d+)", read("/proc/meminfo"))
    release = read(f"{java_home()}/release")
    dirty = output("git", "status", "--porcelain", "-uno", "--", ".", ":!docs")
    return {
        "cpu": cpu[1] if cpu else platform.processor(),
        "cores": os.cpu_count(),
        "memory_gib": int(memory[1]) >> 20 if memory else 0,
        "kernel": f"{platform.system()} {platform.release().split('-')[0]}",
        "congestion_control": read(CONGESTION_CONTROL).strip(),
        "netdev_max_backlog": read("/proc/sys/net/core/netdev_max_backlog").strip(),
        "jdk": " ".join(re.findall(r'(?:IMPLEMENTOR|JAVA_RUNTIME_VERSION)="(.*)"', release)),
        "python": platform.python_version(),
        "commit": output("git", "rev-parse", "--short", "HEAD") + (" with changes" if dirty else ""),
        "date": time.strftime("%Y-%m-%d"),
    }


@contextlib.contextmanager
def same_congestion_control(wanted="cubic"):
    """While a run lasts, all servers get the congestion control that linecast and the limit ask for on loopback."""
    before = read(CONGESTION_CONTROL).strip()
    if before != wanted and not write_congestion_control(wanted):
        say(f"servers that do not ask for another get {before}: only root can set {CONGESTION_CONTROL}")
    elif before != wanted:
        say(f"{CONGESTION_CONTROL} is {wanted} until the end of the run, then {before} again")
    try:
        yield before
    finally:
        if read(CONGESTION_CONTROL).strip() != before:
            write_congestion_control(before)


def write_congestion_control(name):
    try:
        CONGESTION_CONTROL.write_text(name, encoding="ascii")
    except OSError:
        return False
    return True


class SwitchSampler(threading.Thread):
    """Context switches of all threads of a process, at intervals, while it is under load.

    The median of the rates between two looks leaves out the start, the end, and a look at which threads had ended.
    """

    def __init__(self, pid):
        super().__init__(daemon=True)
        self.pid = pid
        self.looks = []
        self.over = threading.Event()

    def run(self):
        wait = 0
        while not self.over.wait(wait):
            began = time.monotonic()
            self.looks.append((began, context_switches(self.pid)))
            # A look at thousands of threads takes time itself; it must not be what is seen.
            wait = max(0.5, 20 * (time.monotonic() - began))

    def stop(self):
        """Switches a second; None if there was too little to see."""
        self.over.set()
        self.join()
        pairs = zip(self.looks, self.looks[1:])
        rates = [(late[1] - early[1]) / (late[0] - early[0]) for early, late in pairs]
        return statistics.median(rates) if len(rates) >= 3 else None


def context_switches(pid):
    """Of all living threads of a process since they began, voluntary or not."""
    total = 0
    for status in pathlib.Path(f"/proc/{pid}/task").glob("*/status"):
        total += sum(int(n) for n in re.findall(r"ctxt_switches:\s+(\d+)", read(status)))
    return total
