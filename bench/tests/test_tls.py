"""Tests of what bench/run tells of TLS."""
import unittest

from suite import tls

from .test_page import results


def rate(value, **more):
    return {"megabytes_per_second": value, "megabytes_per_server_second": value, "clean": True} | more


class TlsTest(unittest.TestCase):
    def test_makes_rows_of_nothing(self):
        rows = tls.rows(results())
        self.assertEqual(len(rows), 7)
        for row in rows:
            self.assertEqual(len(row), len(tls.HEADS))
        self.assertEqual(rows[2][-1], "not measured")
        self.assertIn("–", tls.bound_sentence(results()))

    def test_judges_by_what_boringssl_seals_in_the_same_run(self):
        r = results(tls_seal_0=rate(1_000), tls_openssl_0=rate(500), tls_fan_out_tls_0=rate(700), tls_fan_out_plain_0=rate(4_000))
        rows = tls.rows(r)
        self.assertEqual(rows[2][-3:], ["0.70", "1.40", "**met**"])
        r = results(tls_seal_0=rate(1_000), tls_fan_out_tls_0=rate(350))
        self.assertEqual(tls.rows(r)[2][-1], "**missed** by 50.0%")

    def test_compares_the_limits_with_none(self):
        r = results(tls_fan_out_plain_0=rate(4_000), tls_fan_out_limits_0=rate(3_900))
        self.assertEqual(tls.rows(r)[4][-1], "0.97 ×, **met**")
        r = results(tls_fan_out_plain_0=rate(4_000), tls_fan_out_limits_0=rate(1_900))
        self.assertEqual(tls.rows(r)[4][-1], "0.47 ×, **missed** by 50.0%")

    def test_says_what_could_be_reached_at_best(self):
        r = results(tls_seal_0=rate(4_000), tls_fan_out_tls_0=rate(1_000), tls_fan_out_plain_0=rate(4_000))
        self.assertIn("would come to 2,000 MB/s, 0.50 of what", tls.bound_sentence(r))
        self.assertIn("is 0.50 of that", tls.bound_sentence(r))

    def test_judges_no_round_whose_lines_were_wrong(self):
        r = results(tls_seal_0=rate(1_000), tls_fan_out_tls_0=rate(900), tls_fan_out_tls_1=rate(900) | {"clean": False})
        self.assertEqual(tls.rows(r)[2][-1], "**missed**: 1 of 2 rounds failed")
