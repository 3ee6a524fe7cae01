"""TLS: what a server sends on its core, beside what BoringSSL itself seals there and beside plain lines; and handshakes."""

import json
import re
import subprocess

from . import machine
from .results import NONE, median, number, spread
from .servers import EVERY_LIMIT, Running, linecast_beside_tls

SHARE_MIN = 0.7
UNCHANGED_MIN = 0.95  # two runs of the same differ by as much
SEAL_SECONDS, FAN_OUT_SECONDS, HANDSHAKE_SECONDS = 4, 8, 4
CLIENTS, LINE_BYTES = 400, 200
RUN_SECONDS_MAX = 120
HEADS = ["on one core", "to reach", "figure", "of what BoringSSL seals", "of `openssl speed`", ""]
PER_SECOND = "megabytes_per_second"
PER_CORE = "megabytes_per_server_second"  # for each second that the server's core computed

# What fans out, and how its server is started.
FAN_OUTS = {"tls": (True, ()), "plain": (False, ()), "limits": (False, EVERY_LIMIT)}


def cases(rounds):
    return rounds * (2 + len(FAN_OUTS) + 2)


def measure(suite, rounds):
    for index in range(rounds):
        one_round(suite, index)


def one_round(suite, index):
    """What is compared stands side by side: who comes first takes turns."""
    case(suite, f"tls-seal-{index}", machine.SERVER_CORE, lambda: ["seal", seconds(suite, SEAL_SECONDS)])
    suite.tell(f"tls-openssl-{index}")
    suite.keep(f"tls-openssl-{index}", openssl_speed(seconds(suite, SEAL_SECONDS)))
    for name in list(FAN_OUTS) if index % 2 == 0 else reversed(FAN_OUTS):
        fan_out = lambda server: [*target(server), CLIENTS, LINE_BYTES, seconds(suite, FAN_OUT_SECONDS)]
        on_server(suite, f"tls-fan-out-{name}-{index}", linecast_beside_tls(*FAN_OUTS[name]), lambda server: ["fan-out", *fan_out(server)])
    for name in ("full", "resumed"):
        shake = lambda server: ["handshakes", *target(server), name, seconds(suite, HANDSHAKE_SECONDS)]
        on_server(suite, f"tls-handshakes-{name}-{index}", linecast_beside_tls(True), shake)


def seconds(suite, most):
    return max(1, round(most * suite.share))


def target(server):
    return [server.port, server_pid(server), server.certificate() or "-"]


def server_pid(server):
    """The launcher has become the server."""
    return server.process.pid


def on_server(suite, name, kind, words):
    try:
        with Running(kind) as server:
            case(suite, name, machine.LOAD_CORE, lambda: words(server), server)
    except RuntimeError as failure:
        suite.fail(name, str(failure))


def case(suite, name, core, words, server=None):
    suite.tell(name)
    classes = machine.ROOT / "bench/target/dist/lib/*"
    flags = ["--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-XX:+UseSerialGC"]
    java = [f"{machine.java_home()}/bin/java", *flags, "-cp", classes, "io.linecast.bench.tls.TlsMain", *words()]
    command = machine.pinned(core, *(str(word) for word in java))
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=RUN_SECONDS_MAX, check=False)
    except subprocess.TimeoutExpired:
        return suite.fail(name, f"not done after {RUN_SECONDS_MAX} s", server.words() if server else "")
    lines = done.stdout.strip().split("\n")
    if done.returncode or not lines[-1].startswith("{"):
        return suite.fail(name, (done.stderr.strip().split("\n") or ["it said nothing"])[-1], server.words() if server else "")
    return suite.keep(name, json.loads(lines[-1]))


def openssl_speed(time):
    """What the system's own OpenSSL seals, without records."""
    command = ["openssl", "speed", "-evp", "aes-128-gcm", "-bytes", "16384", "-seconds", str(time)]
    try:
        said = subprocess.run(machine.pinned(machine.SERVER_CORE, *command), capture_output=True, text=True, check=False).stdout
    except OSError:
        return {"failure": "no openssl (apt-get install openssl)"}
    found = re.search(r"([0-9.]+)k\s*$", said)
    return {PER_SECOND: float(found[1]) / 1000} if found else {"failure": "openssl speed said nothing"}


def rows(r):
    seal, speed = r.figure("tls-seal", PER_SECOND), r.figure("tls-openssl", PER_SECOND)
    secure, plain, limits = (r.figure(f"tls-fan-out-{name}", PER_CORE) for name in FAN_OUTS)
    unchanged = f"≥ {UNCHANGED_MIN} × plain lines without them"
    return [
        ["BoringSSL by itself: TLS 1.3 records of 16 KiB, AES-128-GCM, memory to memory", "", megabytes(r, "tls-seal"), "1", number(quotient(seal, speed), 2), ""],
        ["`openssl speed -evp aes-128-gcm`, 16 KiB", "", megabytes(r, "tls-openssl"), number(quotient(speed, seal), 2), "1", ""],
        fan_out_row(r, "tls", f"TLS to {CLIENTS} clients", f"≥ {SHARE_MIN} × what BoringSSL seals", seal, speed, verdict(r, "tls", quotient(secure, seal), SHARE_MIN)),
        fan_out_row(r, "plain", f"plain lines to {CLIENTS} clients", "", seal, speed, ""),
        fan_out_row(r, "limits", "the same with every limit on, none of them reached", unchanged, seal, speed, limits_verdict(r, quotient(limits, plain))),
        handshake_row(r, "full", "TLS handshakes, P-256, with connecting and a line"),
        handshake_row(r, "resumed", "the same, sessions resumed"),
    ]


def fan_out_row(r, name, label, bound, seal, speed, last):
    case_name = f"tls-fan-out-{name}"
    figure = r.figure(case_name, PER_CORE)
    cpu = number(r.figure(case_name, "server_cpu_percent"), 0)
    text = f"{megabytes(r, case_name, PER_CORE)}, server's CPU {cpu} %"
    return [f"{label}, lines of {LINE_BYTES} bytes, as they were before they were sealed", bound, text, number(quotient(figure, seal), 2), number(quotient(figure, speed), 2), last]


def handshake_row(r, name, label):
    rounds = r.rounds(f"tls-handshakes-{name}")
    each = spread(rounds.values("handshakes_per_server_second"), 0)
    return [label, "", f"{each} for each second that the core computes", "", "", ""]


def megabytes(r, name, key=PER_SECOND):
    return spread(r.rounds(name).values(key), 0) + " MB/s"


def quotient(value, of):
    return value / of if of > 0 else NONE


def verdict(r, name, share, least):
    rounds = r.rounds(f"tls-fan-out-{name}")
    if not rounds or share != share:
        return "not measured"
    if rounds.bad:
        return f"**missed**: {len(rounds.bad)} of {len(rounds)} rounds failed"
    return "**met**" if share >= least else f"**missed** by {1 - share / least:.1%}"


def limits_verdict(r, share):
    said = verdict(r, "limits", share, UNCHANGED_MIN)
    return f"{number(share, 2)} ×, {said}" if share == share else said


def bound_sentence(r):
    """What could be reached at best: both have to be done by the same core."""
    seal = r.figure("tls-seal", PER_SECOND)
    plain = r.figure("tls-fan-out-plain", PER_CORE)
    best = 1 / (1 / seal + 1 / plain) if seal > 0 and plain > 0 else NONE
    ours = r.figure("tls-fan-out-tls", PER_CORE)
    return (
        f"Sealing and sending are done by the same core. One that seals as fast as BoringSSL does and sends as fast as plain lines are sent "
        f"would come to {number(best, 0)} MB/s, {number(quotient(best, seal), 2)} of what BoringSSL seals; "
        f"what the server comes to is {number(quotient(ours, best), 2)} of that."
    )
