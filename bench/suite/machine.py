"""The machine a run is on, and how commands are run there."""

import os
import pathlib
import platform
import re
import shutil
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
SERVER_CORE, LOAD_CORE = "0", "1"


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
    maven = ["mvn", "-q", "-B", "-ntp", "-Dquick", "-Dmaven.test.skip=true", "-pl", "bench", "-am", "package"]
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
        "congestion_control": read("/proc/sys/net/ipv4/tcp_congestion_control").strip(),
        "netdev_max_backlog": read("/proc/sys/net/core/netdev_max_backlog").strip(),
        "jdk": " ".join(re.findall(r'(?:IMPLEMENTOR|JAVA_RUNTIME_VERSION)="(.*)"', release)),
        "python": platform.python_version(),
        "commit": output("git", "rev-parse", "--short", "HEAD") + (" with changes" if dirty else ""),
        "date": time.strftime("%Y-%m-%d"),
    }


def context_switches(pid):
    """Of all threads of a process since they began."""
    total = 0
    for status in pathlib.Path(f"/proc/{pid}/task").glob("*/status"):
        total += sum(int(n) for n in re.findall(r"ctxt_switches:\s+(\d+)", read(status)))
    return total
