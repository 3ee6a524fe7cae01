import json
import pathlib
import tempfile
import unittest

from suite import page, prose, tables
from suite.results import NONE, Results, Rounds
from suite.servers import Kind

KIND = Kind("ncat --broker", None)


def results(**by_name):
    with tempfile.TemporaryDirectory() as folder:
        for name, result in by_name.items():
            (pathlib.Path(folder) / f"{name.replace('_', '-')}.json").write_text(json.dumps(result))
        return Results(folder)


class ProseTest(unittest.TestCase):
    def test_answers_as_the_figures_do(self):
        self.assertIn("not by being asynchronous", prose.answer({prose.ASYNC: 150, prose.THREADS: 160, prose.VIRTUAL: 210}))
        self.assertIn("by a factor of 2.0", prose.answer({prose.ASYNC: 400, prose.THREADS: 160, prose.VIRTUAL: 200}))
        self.assertIn("do not answer", prose.answer({prose.ASYNC: NONE, prose.THREADS: 160}))

    def test_says_about_the_same_only_of_what_is(self):
        same = {prose.ASYNC: 150, prose.THREADS: 160, prose.VIRTUAL: 170}
        self.assertIn("about the same", prose.naive_rates(same))
        self.assertIn("by a factor of 2.0", prose.naive_rates(same | {prose.VIRTUAL: 300}))

    def test_boasts_only_of_what_is_faster(self):
        rates = {prose.OURS: 300_000, prose.VIRTUAL: 200, prose.LIMIT: 320_000}
        self.assertIn("1,500 times", prose.ours_beside_naive(rates))
        self.assertNotIn("times", prose.ours_beside_naive(rates | {prose.OURS: 100}))

    def test_wonders_at_mosquitto_only_if_it_stays_behind(self):
        rates = {"redis": 6_000, "nats": 5_000}
        self.assertIn("why", prose.brokers(rates | {"mosquitto": 100}))
        self.assertNotIn("why", prose.brokers(rates | {"mosquitto": 5_500}))
        self.assertEqual(prose.brokers({}), "")

    def test_takes_where_threads_are_enough_from_the_weaker(self):
        self.assertIn("below about 100,000 a second", prose.good_enough({prose.THREADS: 161, prose.VIRTUAL: 218}, 19_000))

    def test_tells_who_was_held_up(self):
        sent = {"lines_sent": 2000, "lines_scheduled": 2000, "deliveries_expected": 2000 * 198, "latency_p99_millis": 4}
        stopped, all_came = sent | {"deliveries_received": 1356 * 198}, sent | {"deliveries_received": 2000 * 198}
        by_all = (prose.ASYNC, prose.THREADS, prose.VIRTUAL, prose.OURS)
        text = prose.stuck_answer(dict.fromkeys(by_all, stopped) | {prose.OURS: all_came})
        self.assertIn("asyncio: stopped after 1,356 lines of 2,000", text)
        self.assertIn("linecast: all 2,000 lines, p99 4.0 ms", text)
        self.assertIn("Asynchrony does not help", text)
        self.assertIn("Nobody was held up", prose.stuck_answer(dict.fromkeys(by_all, all_came)))
        self.assertNotIn("Nobody", prose.stuck_answer({prose.OURS: all_came}))

    def test_says_whether_packets_were_dropped(self):
        self.assertIn("No packet", prose.drops(results(speed_m400_linecast_0={"kernel_backlog_drops": 0})))
        self.assertIn("12 packets", prose.drops(results(speed_m400_linecast_0={"kernel_backlog_drops": 12})))

    def test_says_what_unread_lines_would_have_cost(self):
        self.assertIn("14.4 GB", prose.unread([{"lines_sent": 48_000, "line_bytes": 3000, "stuck": 100}]))
        self.assertEqual(prose.unread([{"failure": "refused"}]), "")

    def test_says_what_a_delivery_allocates(self):
        part = {"unit": "delivery", "parameters": {"clients": "4000"}, "bytes_per_unit": 0.016}
        self.assertIn("0.0160 bytes", prose.parts_say([part]))
        self.assertIn("more than the design allows", prose.parts_say([part | {"bytes_per_unit": 24.0}]))


class TablesTest(unittest.TestCase):
    def test_tells_how_many_clients_a_server_is_good_for(self):
        failed = {"failure": "the server has died"}
        r = results(idle_ncat_broker_19000_0=failed, idle_ncat_broker_4000_0={"clean": True}, thousand_ncat_broker_0=failed)
        self.assertEqual(tables.held(r, KIND), 4_000)
        r = results(idle_ncat_broker_1000_0=failed, one_by_one_ncat_broker={"served": 900}, thousand_ncat_broker_0=failed)
        self.assertEqual(tables.held(r, KIND), 0)
        self.assertIn("serves up to 900 clients, if they come one by one", tables.architecture_row(r, KIND))

    def test_judges_by_the_better_limit_where_none_is_named(self):
        def p99(millis):
            return {"clean": True, "latency_p99_millis": millis, "measured_seconds": 5.0}

        loads = {"seed10": "seed10", "chatter": "chatter"}
        r = results(
            **{f"speed_{load}_linecast_0": p99(30) for load in loads},
            **{f"speed_{load}_limit_sendfile_0": p99(40) for load in loads},
            **{f"speed_{load}_limit_writev_0": p99(20) for load in loads},
        )
        seed, _, chatter = tables.speed_rows(r)[:3]
        self.assertEqual(seed[5:], ["0.75 / 1.50", "**missed** by 36.4%"])
        self.assertEqual(chatter[5:], ["0.75 / 1.50", "**met**"])

    def test_judges_a_flood_by_the_better_limit(self):
        def flood(rate):
            return {"clean": True, "sustained_lines_per_second": rate, "lines_sent": 1, "deliveries_expected": 3_999, "line_bytes": 200}

        r = results(
            flood_200_linecast_0=flood(8_000),
            flood_200_limit_sendfile_0=flood(8_000),
            flood_200_limit_writev_0=flood(10_000),
        )
        row = tables.flood_row(r, 200)
        self.assertEqual(row[5:], ["1.00 / 0.80", "**missed** by 11.1%"])

    def test_lists_every_failure_with_what_the_server_said(self):
        steps = [{"rate": 100, "failure": "closed"}, {"rate": 50, "failure": "closed"}, {"rate": 25}]
        r = results(thousand_a_0={"steps": steps, "sustained_lines_per_second": 25}, crowd_a_0={"failure": "died", "server_log": "why\nFD_SET"})
        self.assertIn("thousand-a-0: at 100, 50 lines/s: closed", tables.failures(r))
        self.assertIn("crowd-a-0: died (the server: FD_SET)", tables.failures(r))

    def test_counts_warnings_by_rounds(self):
        r = results(speed_a_0={"warnings": ["late"]}, speed_a_1={"warnings": []}, machine={"cpu": ""})
        self.assertEqual(tables.warnings(r), "- late: speed-a (1 of 2)")

    def test_tells_both_readings_of_a_kilobyte(self):
        good = Rounds([{"clean": True}])
        self.assertIn("if a KB is 1,024", tables.verdict_of_bytes(good, 1_121, 1_100))
        self.assertEqual(tables.verdict_of_bytes(good, 1_050, 1_100), "**met**")
        self.assertIn("missed", tables.verdict_of_bytes(good, 1_200, 1_100))

    def test_makes_a_page_of_nothing(self):
        for rows in (tables.speed_rows, tables.trouble_rows, tables.flag_rows, tables.part_rows):
            rows(results())
        self.assertEqual(tables.failures(results()), "None.")


class PageTest(unittest.TestCase):
    def test_names_the_commit_once(self):
        where = {"commit": "a1", "date": "2026-01-01"}
        self.assertEqual(page.provenance(results(start=where), where), "Commit a1, 2026-01-01.")

    def test_warns_of_results_of_several_commits(self):
        where = {"commit": "a1", "date": "2026-01-01"}
        self.assertIn("must not be compared", page.provenance(results(start=where, other={"commit": "b2"}), where))
        self.assertIn("must not be compared", page.provenance(results(start={"commit": "a1 with changes"}), where))

    def test_has_a_value_for_every_name_in_the_template(self):
        import string

        names = {name for _, name, _, _ in string.Formatter().parse(page.TEMPLATE.read_text(encoding="utf-8")) if name}
        machine_names = {"cpu", "cores", "memory_gib", "kernel", "netdev_max_backlog", "jdk", "python"}
        told = names - machine_names - set(prose.sentences(results(), []))
        source = pathlib.Path(page.__file__).read_text(encoding="utf-8")
        self.assertEqual([name for name in told if f'"{name}"' not in source], [])
