#!/usr/bin/env python3
"""A stand-in for linecast's web port, to work on the page without a server and to test it.

    mock_server.py --uplot JAR-OR-FOLDER [--port 8235] [--rate 10000]

Serves the page of this source tree as it is now, its checks under /checks/, made-up lines and figures.
POST /mock/rate?lines=N, /mock/cut, /mock/renumber, /mock/refuse?status=503 (0: no more) and
/mock/condition?is=draining,overloaded,journal make it do what a server only does now and then.
"""

import argparse
import http.server
import json
import pathlib
import socket
import threading
import time
import urllib.parse
import zipfile

from mock_channel import Channel, status

HERE = pathlib.Path(__file__).resolve().parent
PAGE = HERE.parent.parent / "main/resources/io/linecast/server/web/page"
TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
# As strict as the page can bear: if it needs more one day, this shows it.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
    " base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
    " require-trusted-types-for 'script'; trusted-types 'none'"
)
HEARTBEAT_SECONDS = 15


class Handler(http.server.BaseHTTPRequestHandler):
    """One request after another of one connection, in a thread of its own."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        url = urllib.parse.urlsplit(self.path)
        query = dict(urllib.parse.parse_qsl(url.query))
        if self.server.refuse and not url.path.startswith(("/page/", "/webjars/")) and url.path != "/":
            self.problem(self.server.refuse, "Shutting down", "The server is stopping; it takes nothing new.")
        elif url.path == "/api/status":
            self.status_stream() if "event-stream" in self.headers.get("Accept", "") else self.json(self.server.status())
        elif self.channel_of(url.path):
            self.line_stream(self.channel_of(url.path), query)
        else:
            self.file(url.path)

    def do_POST(self):
        url = urllib.parse.urlsplit(self.path)
        query = dict(urllib.parse.parse_qsl(url.query))
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        channel = self.channel_of(url.path)
        if url.path.startswith("/mock/"):
            self.json(self.server.control(url.path.removeprefix("/mock/"), query))
        elif self.server.refuse:
            self.problem(self.server.refuse, "Too many lines", "This address sends faster than it may.", {"Retry-After": "7"})
        elif channel is None:
            self.problem(404, "No such channel", f"There is nothing at {url.path}.")
        else:
            self.json(self.server.publish(channel, body, self.headers))

    def channel_of(self, path):
        parts = path.strip("/").split("/")
        if parts == ["lines"]:
            return self.server.channels[0]
        if len(parts) == 3 and parts[0] == "channels" and parts[2] == "lines":
            name = urllib.parse.unquote(parts[1])
            return next((channel for channel in self.server.channels if channel.name == name), None)
        return None

    def file(self, path):
        name = "page/index.html" if path == "/" else path.strip("/")
        folder, _, rest = name.partition("/")
        if folder == "webjars":
            content = self.server.webjar(rest)
        else:
            root = {"page": PAGE, "checks": HERE}.get(folder)
            target = (root / rest).resolve() if root else None
            inside = target is not None and target.is_relative_to(root) and target.is_file()
            content = target.read_bytes() if inside else None
        if content is None:
            self.problem(404, "Not found", f"There is nothing at {path}.")
        else:
            self.answer(200, TYPES.get(pathlib.PurePath(name).suffix, "application/octet-stream"), content)

    def json(self, value):
        self.answer(200, "application/json", json.dumps(value).encode())

    def problem(self, code, title, detail, headers={}):
        document = {"type": "about:blank", "title": title, "status": code, "detail": detail}
        self.answer(code, "application/problem+json", json.dumps(document).encode(), headers)

    def answer(self, code, kind, content, headers={}):
        self.start(code, kind, {"Content-Length": str(len(content)), **headers})
        self.wfile.write(content)

    def start(self, code, kind, headers):
        self.send_response(code)
        common = {"Content-Type": kind, "Cache-Control": "no-cache", "Content-Security-Policy": POLICY}
        for name, value in {**common, "X-Content-Type-Options": "nosniff", **headers}.items():
            self.send_header(name, value)
        self.end_headers()

    def chunk(self, content):
        self.wfile.write(b"%x\r\n%b\r\n" % (len(content), content))

    def status_stream(self):
        self.start(200, "text/event-stream", {"Transfer-Encoding": "chunked"})
        cuts = self.server.cuts
        try:
            while self.server.cuts == cuts:
                self.chunk(b"data: %b\n\n" % json.dumps(self.server.status()).encode())
                time.sleep(1)
        except OSError:
            pass
        self.close_connection = True

    def line_stream(self, channel, query):
        last = self.headers.get("Last-Event-ID", "")
        epoch, _, number = last.rpartition("-")
        wanted = {"from": str(int(number) + 1), "epoch": epoch} if number else query
        self.start(200, "text/event-stream", {"Transfer-Encoding": "chunked"})
        with channel.changed:
            channel.listeners += 1
            position, renumbered = channel.position(wanted.get("from"), wanted.get("epoch"))
        self.chunk(b"retry: 1000\nid: %b-%d\n\n" % (channel.epoch.encode(), position))
        if renumbered:
            self.gap(int(wanted["from"]), None, "epoch")
        try:
            self.follow(channel, position)
        except OSError:
            pass
        finally:
            with channel.changed:
                channel.listeners -= 1
            self.close_connection = True

    def follow(self, channel, position):
        cuts = self.server.cuts
        while self.server.cuts == cuts:
            with channel.changed:
                epoch = channel.epoch
                gap, lines = channel.after(position)
                if not gap and not lines:
                    if not channel.changed.wait(HEARTBEAT_SECONDS):
                        self.chunk(b":\n\n")
                    continue
            if gap:
                self.gap(*gap, "slow")
            if lines:
                self.wfile.write(b"".join(event(epoch, number, text) for number, text in lines))
                position = lines[-1][0]

    def gap(self, first, last, reason):
        self.chunk(b"event: gap\ndata: %b\n\n" % json.dumps({"first": first, "last": last, "reason": reason}).encode())

    def log_message(self, *args):
        pass


def event(epoch, number, text):
    data = text.replace("\n", "\ndata: ")
    content = f"id: {epoch}-{number}\ndata: {data}\n\n".encode()
    return b"%x\r\n%b\r\n" % (len(content), content)


class Server(http.server.ThreadingHTTPServer):
    """Owns the channels. What is set from outside (`control`) is read at the next event."""

    daemon_threads = True

    def __init__(self, port, rate, uplot):
        super().__init__(("127.0.0.1", port), Handler)
        self.channels = [Channel("main", rate), Channel("weather", 0.5), Channel("a <b>hostile</b> & odd/name?", 0)]
        self.uplot = uplot
        self.started = time.time()
        self.cuts = 0
        self.refuse = 0
        self.conditions = set()
        self.sent = {}
        self.sending = threading.Lock()
        for channel in self.channels:
            threading.Thread(target=channel.generate, daemon=True).start()
        threading.Thread(target=self.tick, daemon=True).start()

    def tick(self):
        while True:
            time.sleep(1)
            for channel in self.channels:
                channel.tick()

    def status(self):
        return status(self.channels, self.started, self.conditions)

    def publish(self, channel, body, headers):
        """A repeated number gets the first's answer, and makes no second line."""
        key = headers.get("Linecast-Publisher"), headers.get("Linecast-Number")
        with self.sending:
            if None in key or key not in self.sent:
                texts = body.decode(errors="replace").removesuffix("\n").split("\n")
                first = channel.append(texts)
                self.sent[key] = {"first": first, "last": first + len(texts) - 1, "clients": channel.listeners}
            return self.sent[key]

    def control(self, what, query):
        if what == "cut":
            self.cuts += 1
            for channel in self.channels:
                with channel.changed:
                    channel.changed.notify_all()
        elif what == "renumber":
            self.control("cut", {})
            self.channels[0].renumber()
        elif what == "rate":
            self.channels[0].rate = float(query["lines"])
        elif what == "refuse":
            self.refuse = int(query["status"])
        elif what == "condition":
            self.conditions = set(query.get("is", "").split(","))
        return {"done": what}

    def webjar(self, path):
        """A file of the library whatever its version, as linecast serves it."""
        library, _, rest = path.partition("/")
        if library != "uplot":
            return None
        if self.uplot.is_dir():
            target = (self.uplot / rest).resolve()
            return target.read_bytes() if target.is_relative_to(self.uplot.resolve()) and target.is_file() else None
        with zipfile.ZipFile(self.uplot) as jar:
            prefix = "META-INF/resources/webjars/uplot/"
            names = [n for n in jar.namelist() if n.startswith(prefix) and n.removeprefix(prefix).partition("/")[2] == rest]
            return jar.read(names[0]) if names and rest else None

    def server_bind(self):
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        super().server_bind()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--uplot", type=pathlib.Path, required=True, help="uPlot's WebJar, or the folder that has its dist/")
    parser.add_argument("--port", type=int, default=8235, help="0: any; the first line printed says which")
    parser.add_argument("--rate", type=float, default=5, help="lines a second on the first channel")
    arguments = parser.parse_args()
    server = Server(arguments.port, arguments.rate, arguments.uplot)
    print(f"http://127.0.0.1:{server.server_address[1]}/", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
