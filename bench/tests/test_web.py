"""Tests of what bench/run tells of lines on the web."""
import pathlib
import tempfile
import unittest

from suite import fan_out, web
from suite.servers import PORT_FILE, Running

from .test_ack import fan
from .test_page import results


class Loads:
    """A suite that runs nothing, and remembers what it was to run."""

    def __init__(self, result):
        self.result = result
        self.names = []
        self.options = []

    def load(self, name, kind, scenario, server, **options):
        self.names.append(name)
        self.options.append(options)
        return self.result


class Server:
    def web_port(self):
        return 4711


class WebTest(unittest.TestCase):
    def test_makes_rows_of_nothing(self):
        rows = web.rows(results())
        self.assertEqual(len(rows), 2 * len(web.CASES))
        for row in rows:
            self.assertEqual(len(row), len(web.HEADS))
            self.assertIn(row[-1], ("not measured", "–"))

    def test_compares_each_with_its_own_plain_lines(self):
        r = results(web_ws_0=fan(24), web_ws_plain_0=fan(20), web_sse_0=fan(30), web_sse_plain_0=fan(20), web_sse_fast_0=fan(9))
        rows = web.rows(r)
        self.assertEqual(rows[0][-2:], ["1.20", "**met**"])
        self.assertEqual(rows[2][-2:], ["1.50", "**missed** by 15.4%"])
        self.assertEqual(rows[4][-1], "not measured")

    def test_judges_no_figure_of_a_round_that_was_not_clean(self):
        r = results(web_ws_0=fan(20), web_ws_1=fan(20, clean=False), web_ws_plain_0=fan(20))
        self.assertEqual(web.rows(r)[0][-1], "**missed**: 1 of 3 rounds failed")

    def test_tells_no_ratio_where_plain_lines_are_too_much_as_well(self):
        late = fan(9_000) | {"deliveries_per_second": 110e6}
        r = results(web_sse_fast_0=late, web_sse_fast_plain_0=late, web_ws_0=late, web_ws_plain_0=late, web_ws_plain_1=fan(20))
        rows = web.rows(r)
        self.assertEqual(rows[4][-2:], ["–", "no ratio: plain lines of as many bytes failed in every round"])
        self.assertEqual(rows[0][-1], "**missed**: 2 of 3 rounds failed")

    def test_tells_how_many_deliveries_are_asked_for(self):
        labels = [row[0] for row in web.rows(results())[::2]]
        self.assertIn("4,000 WebSockets, 160 M deliveries/s", labels[0])
        self.assertIn("54 M deliveries/s", labels[1])
        self.assertIn("160 M deliveries/s", labels[2])

    def test_puts_plain_lines_of_as_many_bytes_between_the_others(self):
        loads = Loads(fan(20, megabytes=3_360.0))
        web.one_round(loads, None, Server(), 0)
        self.assertEqual(loads.names[:4], ["web-ws-0", "web-ws-plain-0", "web-ws-plain-1", "web-ws-1"])
        self.assertEqual(loads.options[0]["wire"], "ws")
        self.assertEqual(loads.options[0]["web_port"], 4711)
        self.assertEqual(loads.options[1]["line_bytes"], 21)
        self.assertNotIn("wire", loads.options[1])
        self.assertEqual({options["rate"] for options in loads.options[4:8]}, {13_500})

    def test_takes_turns(self):
        loads = Loads(fan(20))
        web.one_round(loads, None, Server(), 1)
        self.assertEqual(loads.names[0], "web-sse-fast-2")
        self.assertEqual(loads.names[-1], "web-ws-3")

    def test_measures_nothing_beside_what_could_not_be_run(self):
        loads = Loads({"failure": "refused"})
        web.one_round(loads, None, Server(), 0)
        self.assertEqual(loads.names[:2], ["web-ws-0", "web-ws-1"])

    def test_measures_as_many_loads_as_it_says(self):
        loads = Loads(fan(20))
        for index in range(3):
            web.one_round(loads, None, Server(), index)
        self.assertEqual(len(loads.names), web.cases(3))
        self.assertEqual(len(set(loads.names)), web.cases(3))
        self.assertEqual(fan_out.RUNS, 4)

    def test_finds_the_web_port(self):
        with tempfile.TemporaryDirectory() as folder:
            (pathlib.Path(folder) / PORT_FILE).write_text("1234\n1235=ships\nweb=8234\n")
            server = Running.__new__(Running)
            server.folder = type("Folder", (), {"name": folder})
            self.assertEqual(server.web_port(), 8234)
