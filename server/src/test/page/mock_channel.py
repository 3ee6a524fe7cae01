"""Channels for the page's mock server: they make lines at a rate, and figures that look like a server's."""

import collections
import math
import threading
import time

KEPT_LINES = 20_000

# What a page must show as text and nothing else, among lines that are harmless.
HOSTILE = [
    "<script>document.title = 'broken in'</script>",
    "<img src=x onerror=\"document.title = 'broken in'\">",
    "\u202egnp.exe \u2066 turned around \u0007\u001b[31mred",
    "a carriage return\nwithin a line",
    "Z\u0351\u036b\u0343a\u0302l\u0349g\u0354o\u0322 " * 8,
    "word" * 12_000,
    "",
    "\U0001f6a2 \u05e9\u05dc\u05d5\u05dd \u4f60\u597d",
]


class Channel:
    """Its lines have numbers from 1. All fields belong to whoever holds `changed`."""

    def __init__(self, name, rate):
        self.name = name
        self.rate = rate
        self.epoch = "e1"
        self.next = 1
        self.kept = collections.deque(maxlen=KEPT_LINES)
        self.changed = threading.Condition()
        self.listeners = 0
        self.accepted_by_second = collections.deque([0, 0], maxlen=2)

    def append(self, texts):
        """The number of the first."""
        with self.changed:
            first = self.next
            for text in texts:
                self.kept.append((self.next, text))
                self.next += 1
            self.accepted_by_second[-1] += len(texts)
            self.changed.notify_all()
            return first

    def renumber(self):
        """As a server without a journal that was started again."""
        with self.changed:
            self.epoch = "e" + str(int(self.epoch[1:]) + 1)
            self.next = 1
            self.kept.clear()
            self.changed.notify_all()

    def position(self, wanted, epoch):
        """The last line before those that a listener asks for, and whether it asked for another epoch's."""
        oldest = self.next - len(self.kept)
        if wanted in (None, "new"):
            return self.next - 1, False
        if wanted == "oldest" or (epoch is not None and epoch != self.epoch):
            return oldest - 1, wanted != "oldest"
        number = int(wanted)
        return (max(oldest, self.next + number) if number < 0 else number) - 1, False

    def after(self, position):
        """The lines after a position, and the gap before them if there is one. Held: `changed`."""
        oldest = self.next - len(self.kept)
        gap = (position + 1, oldest - 1) if position + 1 < oldest else None
        missing = self.next - 1 - max(position, oldest - 1)
        lines = [self.kept[at] for at in range(len(self.kept) - missing, len(self.kept))] if missing > 0 else []
        return gap, lines

    def generate(self):
        """For ever, in a thread of its own: a batch every fiftieth of a second at most."""
        owed = 0.0
        before = time.monotonic()
        while True:
            time.sleep(0.02)
            now = time.monotonic()
            owed += self.rate * (now - before)
            before = now
            many = int(owed)
            owed -= many
            if many > 0:
                self.append([self.text(self.next + at) for at in range(many)])

    @staticmethod
    def text(number):
        if number % 50 == 0:
            return HOSTILE[number // 50 % len(HOSTILE)]
        wave = math.sin(number / 40)
        return f"!AIVDM,1,1,,{'AB'[number % 2]},buoy-{number % 37},lat={48 + wave:.5f},lon={-4 + wave:.5f},seq={number}"

    def tick(self):
        self.accepted_by_second.append(0)


def status(channels, started, conditions):
    """A snapshot in the shape of `/api/status`. What the mock cannot know is made up, and moves."""
    now = time.time()
    sway = 1 + 0.3 * math.sin(now / 7)
    return {
        "version": "0.1.0-mock",
        "uptimeSeconds": int(now - started),
        "draining": "draining" in conditions,
        "overloaded": "overloaded" in conditions,
        "connections": {
            "plain": 3999,
            "acknowledged": 212,
            "websocket": 57,
            "events": sum(channel.listeners for channel in channels),
            "http": 1,
        },
        "limited": {"max-connections": 0, "max-per-address": 40, "handshake-time": 3, "max-memory": 0},
        "channels": [channel_figures(channel, sway, "journal" in conditions) for channel in channels],
        "slowest": [slow_client(at, channels[0].name, sway) for at in range(7)],
        "closed": [closed_client(at, now) for at in range(5)],
    }


def channel_figures(channel, sway, trouble):
    accepted = channel.accepted_by_second[0]
    return {
        "name": channel.name,
        "epoch": channel.epoch,
        "next": channel.next,
        "oldest": channel.next - len(channel.kept),
        "linesPerSecond": accepted,
        "deliveriesPerSecond": accepted * 3999,
        "windowBytes": 64 * 2**20,
        "keptBytes": min(64 * 2**20, channel.next * 72),
        "clients": 4268 if channel.name == "main" else 3,
        "lagBytesMax": int(accepted * 300 * sway),
        "deliveryLatencyMillis": {"p50": 0.41 * sway, "p99": 2.6 * sway, "max": 17 * sway**3} if accepted else None,
        "journal": journal_figures(accepted, trouble),
    }


def journal_figures(accepted, trouble):
    return {
        "kind": "sqlite",
        "working": not trouble,
        "trouble": "cannot write /var/lib/linecast/lines.db: no space left on device" if trouble else None,
        "waitingBytes": int(accepted * 7),
        "lagLines": 0,
        "failures": 1 if trouble else 0,
        "oldest": 1,
    }


def slow_client(at, channel, sway):
    return {
        "address": f"192.0.2.{17 + at}:{41_000 + 13 * at}" if at else "[2001:db8:85a3::8a2e:370:7334]:50112",
        "wire": ["plain", "acknowledged", "events", "websocket"][at % 4],
        "channel": channel,
        "lagLines": int(18_000 * sway / (at + 1)),
        "lagBytes": int(1_300_000 * sway / (at + 1)),
        "lagMillis": 840 * sway / (at + 1),
        "sendQueueBytes": None if at == 3 else 262_144 // (at + 1),
    }


def closed_client(at, now):
    iso = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(now - 40 * (at + 1)))
    return {
        "address": f"198.51.100.{9 + at}:{52_000 + at}",
        "wire": ["plain", "websocket", "acknowledged"][at % 3],
        "reason": ["slow", "idle", "quit", "reset by peer", "bad-verb <b>"][at % 5],
        "at": iso,
    }
