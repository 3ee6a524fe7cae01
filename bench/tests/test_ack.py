import unittest

from suite import ack, fan_out
from suite.results import Rounds

from .test_page import results


def publish(rate, clean=True):
    return {"acknowledged_lines_per_second": rate, "clean": clean, "verdict": "every line" if clean else "LINES WERE LOST OR WRONG", "warnings": []}


def fan(p99, megabytes=5_000.0, clean=True):
    return {
        "asked_lines_per_second": 40_000,
        "lines_sent": 100,
        "deliveries_expected": 400_000,
        "deliveries_per_second": 160e6,
        "received_megabytes_per_second": megabytes,
        "latency_p99_millis": p99,
        "clean": clean,
        "warnings": [],
    }


class AckTest(unittest.TestCase):
    def test_makes_rows_of_nothing(self):
        for row in ack.rows(results()):
            self.assertEqual(len(row), len(ack.HEADS))
            self.assertIn(row[-1], ("not measured", "–"))

    def test_judges_rates_by_the_least(self):
        r = results(ack_publish_1_0=publish(600_000), ack_publish_1_1=publish(550_000), ack_publish_8_0=publish(900_000))
        self.assertEqual(ack.publish_row(r, "publish-1")[-1], "**met**")
        self.assertEqual(ack.publish_row(r, "publish-8")[-1], "**missed** by 10.0%")

    def test_judges_no_figure_of_a_round_that_was_not_clean(self):
        r = results(ack_publish_1_0=publish(600_000), ack_publish_1_1=publish(600_000, clean=False))
        self.assertEqual(ack.publish_row(r, "publish-1")[-1], "**missed**: 1 of 2 rounds failed")
        r = results(ack_fan_ack_0=fan(20), ack_fan_plain_0=fan(20, clean=False))
        self.assertEqual(ack.fan_out_rows(r)[0][-1], "**missed**: 1 of 2 rounds failed")

    def test_compares_with_plain_lines(self):
        r = results(ack_fan_ack_0=fan(24), ack_fan_plain_0=fan(20))
        self.assertEqual(ack.fan_out_rows(r)[0][-2:], ["1.20", "**met**"])
        r = results(ack_fan_ack_0=fan(30), ack_fan_plain_0=fan(20))
        self.assertEqual(ack.fan_out_rows(r)[0][-2:], ["1.50", "**missed** by 15.4%"])

    def test_says_nothing_where_half_is_not_there(self):
        self.assertEqual(ack.fan_out_rows(results(ack_fan_ack_0=fan(24)))[0][-1], "not measured")

    def test_shows_both_ways_to_read_a_round_trip(self):
        plain = {"latency_p50_millis": 0.020, "one_way_p50_millis": 0.010, "clean": True}
        r = results(ack_trip_ack_0={"latency_p50_millis": 0.012, "clean": True}, ack_trip_plain_0=plain)
        row = ack.trip_row(r)
        self.assertIn("one way 10.0 µs", row[3])
        self.assertEqual(row[-2:], ["0.60", "**met**"])

    def test_makes_plain_lines_as_long_as_numbered_ones(self):
        self.assertEqual(round(fan_out.bytes_each(fan(20, megabytes=5_280.0))), 33)

    def test_measures_as_many_loads_as_it_says(self):
        self.assertEqual(ack.cases(3), 3 * 8 + 3)

    def test_marks_a_figure_that_may_be_the_loads(self):
        warning = "the load hardly ever had nothing to do: what was measured may be the load itself"
        bound = Rounds([{"clean": True, "warnings": [warning]}])
        self.assertEqual(fan_out.verdict(1.0, 1.3, bound), "**met**, load-bound")
