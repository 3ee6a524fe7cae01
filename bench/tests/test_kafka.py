"""Tests of what bench/run tells of the journal in Kafka."""
import unittest

from suite import kafka

from .test_page import results


def trip(millis):
    return {"clean": True, "latency_p50_millis": millis, "latency_p99_millis": 2 * millis}


class KafkaTest(unittest.TestCase):
    def test_round_trips_are_judged_beside_the_bare_clients(self):
        r = results(kafka_trip_line_0=trip(3), kafka_trip_bare_0=trip(2))
        for row in kafka.rows(r)[:2]:
            self.assertEqual("1.50", row[4])
            self.assertIn("met", row[5])

    def test_a_slower_one_is_missed(self):
        r = results(kafka_trip_line_0=trip(4), kafka_trip_bare_0=trip(2))
        self.assertIn("missed", kafka.rows(r)[0][5])

    def test_a_crowd_is_told_beside_one_node(self):
        one = trip(10) | {"latency_max_millis": 30}
        many = trip(100) | {"latency_max_millis": 330}
        r = results(kafka_crowd_1_0=one, kafka_crowd_10_0=many)
        last = kafka.rows(r)[-1]
        self.assertIn("150,000 clients of 10 nodes", last[0])
        self.assertEqual(["330 ms", "30 ms", "11.0"], [last[2], last[3], last[4]])

    def test_what_was_not_measured_is_a_dash(self):
        for row in kafka.rows(results()):
            self.assertEqual(len(kafka.HEADS), len(row))
