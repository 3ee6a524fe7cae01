"""What is measured: linecast, the architectures it is compared with, and rivals where they are installed."""

import os
import pathlib
import shutil
import socket
import subprocess
import tempfile
import time
from dataclasses import dataclass, field

from . import machine

START_SECONDS = 20
STOP_SECONDS = 10
FILES_MAX = 20_000
PORT_FILE = "port"


@dataclass
class Kind:
    """A sort of server: how one is started on a port, and what it speaks."""

    name: str
    command: object  # of a port and a folder for its files
    speak: str = "lines"
    first_rate: int = 1_000  # lines/s at which the search for the highest begins
    program: str = ""  # where it may have to be installed
    package: str = ""
    environment: dict = field(default_factory=dict)
    certificate: str = ""  # the file in its folder that it writes one to, if it speaks TLS


class Running:
    """A server process on its core; a context manager that ends it."""

    def __init__(self, kind, **environment):
        self.kind = kind
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.folder = tempfile.TemporaryDirectory()
        words = kind.command(self.port, pathlib.Path(self.folder.name))
        command = machine.pinned(machine.SERVER_CORE, *(str(word) for word in words))
        self.log = tempfile.TemporaryFile()
        self.process = subprocess.Popen(
            command, env=os.environ | kind.environment | environment, stdout=self.log, stderr=self.log
        )
        deadline = time.monotonic() + START_SECONDS
        while not self.listens():
            if time.monotonic() > deadline or self.process.poll() is not None:
                self.__exit__()
                raise RuntimeError(f"{kind.name} did not start: {self.words()}")
            time.sleep(0.02)
        time.sleep(0.5)

    def listens(self):
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def web_port(self):
        """As its port file says."""
        lines = (pathlib.Path(self.folder.name) / PORT_FILE).read_text(encoding="ascii").split()
        return next(int(line.removeprefix("web=")) for line in lines if line.startswith("web="))

    def certificate(self):
        """Where its certificate is; empty if it speaks no TLS."""
        return pathlib.Path(self.folder.name) / self.kind.certificate if self.kind.certificate else ""

    def words(self):
        """The last of what it said."""
        self.log.seek(0)
        return self.log.read()[-300:].decode(errors="replace").strip()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.folder.cleanup()


def linecast():
    command = lambda port, _: [machine.ROOT / "linecast", "serve", "--port", port, "--event-loops", 1, "--web-port", "off"]
    return Kind("linecast", command, first_rate=200_000)


EVERY_LIMIT = (
    *("--max-per-address", 10_000, "--accept-rate", 20_000, "--accept-rate-per-address", 10_000, "--max-handshakes", 10_000),
    *("--max-lines-rate", 1_000_000_000, "--max-bytes-rate", 1_000_000_000, "--max-memory", "512m", "--idle-timeout", 3600),
)


def linecast_beside_tls(secure, limits=()):
    """By TLS or not, else the same: with a line of history, which a client's ticket comes with, and with time for listeners that verify."""
    name = "certificate.pem" if secure else ""
    command = lambda port, folder: [
        *[machine.ROOT / "linecast", "serve", "--port", port, "--event-loops", 1, "--web-port", "off"],
        *["--history", 1, "--window", "512m"],
        *([f"--tls-self-signed={folder / name}"] if secure else []),
        *limits,
    ]
    return Kind("linecast, TLS" if secure else "linecast", command, certificate=name)


def linecast_on_web():
    """With a web port as well."""
    command = lambda port, folder: [
        *[machine.ROOT / "linecast", "serve", "--port", port, "--event-loops", 1],
        *["--web-port", 0, "--port-file", folder / PORT_FILE],
    ]
    return Kind("linecast", command, first_rate=200_000)


def limit(program, variant):
    return Kind(f"limit ({variant})", lambda port, _: [program, port, variant], first_rate=200_000)


def architectures():
    java = f"{machine.java_home()}/bin/java"
    source = machine.ROOT / "bench/servers/ThreadPerClient.java"
    asyncio = machine.ROOT / "bench/servers/asyncio_server.py"
    return [
        Kind("thread per client", lambda port, _: [java, "-Xmx2g", source, port], first_rate=150),
        Kind("virtual thread per client", lambda port, _: [java, "-Xmx2g", source, port, "--virtual"], first_rate=150),
        Kind("asyncio task per client", lambda port, _: ["python3", asyncio, port], first_rate=150),
    ]


def mosquitto(port, folder):
    """Without a bound of what it queues for a client that does not read."""
    config = folder / "mosquitto.conf"
    words = ["allow_anonymous true", "persistence false", "max_queued_messages 0", "set_tcp_nodelay true", "log_type none"]
    config.write_text("\n".join([f"listener {port} 127.0.0.1", *words, ""]), encoding="ascii")
    return ["mosquitto", "-c", config]


def redis(port, _):
    """Without a bound of what it buffers for a client; unprotected, or it would refuse the load's second address, 127.0.0.2."""
    words = ["--port", port, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--maxclients", FILES_MAX - 100]
    return ["redis-server", *words, "--client-output-buffer-limit", "pubsub 0 0 0", "--tcp-backlog", 4096, "--protected-mode", "no"]


RIVALS = [
    Kind("ncat --broker", lambda port, _: ["ncat", "--broker", "-l", "127.0.0.1", port, "-m", FILES_MAX], "lines", 100, "ncat", "ncat"),
    Kind("Redis", redis, "redis", 4_000, "redis-server", "redis-server"),
    Kind("NATS", lambda port, _: ["nats-server", "-a", "127.0.0.1", "-p", port], "nats", 4_000, "nats-server", "nats-server"),
    Kind("Mosquitto", mosquitto, "mqtt", 200, "mosquitto", "mosquitto"),
]


def rivals(may_install):
    """Those that are installed, or can be; says which are left out."""
    there = []
    for kind in RIVALS:
        program = kind.program
        if not shutil.which(program, path=os.environ["PATH"] + ":/usr/sbin") and may_install:
            install(kind.package)
        if shutil.which(program, path=os.environ["PATH"] + ":/usr/sbin"):
            there.append(kind)
        else:
            machine.say(f"{kind.name} is left out: {program} is not installed (apt-get install {kind.package})")
    os.environ["PATH"] += ":/usr/sbin"
    return there


def install(package):
    """By apt-get, where it may; without the service that some packages start."""
    if not shutil.which("apt-get") or os.geteuid() != 0:
        return
    machine.say(f"installing {package}")
    policy = pathlib.Path("/usr/sbin/policy-rc.d")
    ours = not policy.exists()
    if ours:
        policy.write_text("#!/bin/sh\nexit 101\n", encoding="ascii")
        policy.chmod(0o755)
    try:
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "check": False}
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        for words in (["update"], ["install", "-y", "--no-install-recommends", package]):
            subprocess.run(["apt-get", "-qq", *words], env=environment, **quiet)
    finally:
        if ours:
            policy.unlink()
