import json
import pathlib
import tempfile
import unittest

from suite.results import NONE, Results, Rounds, faults, judged, spread, verdict_alone, verdict_beside

WARNING = "the load did not keep to its own schedule: what was measured may be the load itself"


def round_of(share=1.0, clean=True, p99=20.0, warnings=()):
    return {
        "asked_lines_per_second": 100,
        "lines_sent": 500,
        "deliveries_expected": 500 * 9,
        "deliveries_per_second": share * 900,
        "clean": clean,
        "verdict": "nothing was lost" if clean else "LINES WERE LOST OR WRONG",
        "latency_p99_millis": p99,
        "warnings": list(warnings),
    }


class FaultsTest(unittest.TestCase):
    def test_finds_none_in_a_good_round(self):
        self.assertEqual(faults(round_of(share=0.995)), [])

    def test_finds_that_not_all_came_in_time(self):
        self.assertIn("95.0%", faults(round_of(share=0.95))[0])

    def test_finds_that_lines_were_lost(self):
        self.assertEqual(faults(round_of(clean=False)), ["LINES WERE LOST OR WRONG"])

    def test_finds_what_could_not_be_run(self):
        self.assertEqual(faults({"failure": "refused"}), ["refused"])

    def test_asks_a_search_only_whether_it_found_a_rate(self):
        self.assertEqual(faults(round_of(share=0.5) | {"sustained_lines_per_second": 80}), [])


class VerdictTest(unittest.TestCase):
    good = Rounds([round_of(), round_of()])
    bad = Rounds([round_of(), round_of(share=0.8)])

    def test_is_met_where_all_rounds_were_good(self):
        self.assertEqual(verdict_beside(self.good, self.good, 1.05, 1.1), "**met**")

    def test_is_missed_by_a_share(self):
        self.assertEqual(verdict_beside(self.good, self.good, 1.21, 1.1), "**missed** by 10.0%")

    def test_is_missed_where_a_round_of_linecast_failed(self):
        self.assertEqual(verdict_beside(self.bad, self.good, 0.5, 1.1), "**missed**: linecast failed in 1 of 2 rounds")
        self.assertTrue(verdict_alone(self.bad, 0.5, 1.1).startswith("**missed**"))

    def test_tells_no_ratio_where_the_limit_failed(self):
        verdict = verdict_beside(self.good, self.bad, 0.05, 1.25, absolute=": p99 90 ms")
        self.assertNotIn("met", verdict)
        self.assertIn("the limit did not sustain it in 1 of 2 rounds; linecast did: p99 90 ms", verdict)

    def test_says_when_most_rounds_may_have_measured_the_load(self):
        bound = Rounds([round_of(warnings=[WARNING]), round_of(warnings=[WARNING]), round_of()])
        self.assertEqual(verdict_beside(self.good, bound, 1.0, 1.1), "**met**, load-bound")
        self.assertEqual(verdict_beside(self.good, Rounds([round_of(warnings=[WARNING]), round_of()]), 1.0, 1.1), "**met**")

    def test_is_none_where_nothing_was_measured(self):
        self.assertEqual(verdict_beside(Rounds([]), self.good, NONE, 1.1), "not measured")
        self.assertEqual(judged(NONE, 1.1), "not measured")

    def test_judges_what_should_be_high(self):
        self.assertEqual(judged(0.95, 0.9, at_most=False), "**met**")
        self.assertIn("missed", judged(0.85, 0.9, at_most=False))

    def test_shows_rounds_that_failed(self):
        self.assertEqual(self.bad.text("latency_p99_millis", 1, " ms"), "20.0 (20.0–20.0) ms; **1 of 2 rounds failed**")


class ResultsTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        results = {
            "crowd-limit-0": {"commit": "a", "v": 1},
            "crowd-limit-1": {"commit": "a", "v": 3},
            "crowd-limit-2": {"commit": "b", "v": None},
            "crowd-limit-sendfile-0": {"v": 9},
        }
        for name, result in results.items():
            (pathlib.Path(folder.name) / f"{name}.json").write_text(json.dumps(result))
        self.results = Results(folder.name)

    def test_takes_the_rounds_of_a_case_and_no_others(self):
        self.assertEqual(self.results.rounds("crowd-limit").values("v"), [1, 3])
        self.assertEqual(self.results.figure("crowd-limit", "v"), 2)

    def test_has_no_number_for_what_is_not_there(self):
        figure = self.results.figure("crowd-limit", "w")
        self.assertNotEqual(figure, figure)
        self.assertEqual(spread([]), "–")

    def test_knows_that_commits_are_mixed(self):
        self.assertEqual(self.results.commits(), ["a", "an unknown commit", "b"])
