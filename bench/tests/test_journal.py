"""Tests of what bench/run tells of the journal."""
import io
import pathlib
import string
import types
import unittest
import unittest.mock

from suite import journal, page

from .test_page import results


def published(rate):
    return {"clean": True, "acknowledged_lines_per_second": rate}


def late(p99, p50=0.1, p90=0.2):
    return {"clean": True, "latency_p50_millis": p50, "latency_p90_millis": p90, "latency_p99_millis": p99}


class JournalTest(unittest.TestCase):
    def test_makes_rows_of_nothing(self):
        rows = journal.rows(results())
        self.assertEqual(len(rows), 10)
        for row in rows:
            self.assertEqual(len(row), len(journal.HEADS))
        self.assertEqual([row[-1] for row in rows], ["not measured"] * 3 + ["–"] * 2 + ["not measured", "–"] + ["not measured"] * 3)

    def test_judges_by_the_better_of_bare_sqlites_ways(self):
        bare = {"journal_bare_rows_1_0": {"lines_per_second": 400_000}, "journal_bare_runs_1_0": {"lines_per_second": 200_000}}
        self.assertEqual(journal.publish_row(results(journal_publish_1_0=published(300_000), **bare), "1")[-2:], ["0.75", "**met**"])
        self.assertEqual(journal.publish_row(results(journal_publish_1_0=published(200_000), **bare), "1")[-2:], ["0.50", "**missed** by 28.6%"])

    def test_does_not_mix_a_wide_window_with_the_usual_one(self):
        r = results(journal_publish_1_0=published(150_000), journal_publish_1_wide_0=published(300_000), journal_bare_runs_1_wide_0={"lines_per_second": 400_000})
        usual, wide = journal.publish_row(r, "1"), journal.publish_row(r, "1-wide")
        self.assertEqual((usual[2], usual[-1]), ("150,000 lines/s", "not measured"))
        self.assertIn("1 sender with 80,000 lines unanswered", wide[0])
        self.assertEqual(wide[2:], ["300,000 lines/s", "400,000 lines/s", "0.75", "**met**"])

    def test_knows_the_size_of_the_servers_transactions(self):
        text = '# TYPE linecast_lines_accepted counter\nlinecast_lines_accepted_total{channel="main"} 9.0E4\nlinecast_journal_commits_total{channel="main"} 30\n'
        server = types.SimpleNamespace(web_port=lambda: 1)
        with unittest.mock.patch("urllib.request.urlopen", lambda *_, **__: io.BytesIO(text.encode())):
            self.assertEqual(journal.transaction_lines(server), 3_000)

    def test_wants_so_many_lines_a_second_however_slow_bare_sqlite_is(self):
        r = results(journal_publish_8_0=published(75_000), journal_bare_runs_8_0={"lines_per_second": 80_000})
        self.assertEqual(journal.publish_row(r, "8")[-2:], ["0.94", "**missed** by 50.0%"])

    def test_adds_one_group_commit_at_most(self):
        commit = {"commit_p50_millis": 1, "commit_p90_millis": 2, "commit_p99_millis": 4}
        r = results(journal_answer_sqlite_0=late(3.5), journal_answer_memory_0=late(0.5), journal_commit_0=commit)
        self.assertEqual(journal.answer_rows(r)[-2][2:], ["3.00 ms", "4.00 ms (p50 1.00 ms)", "0.75", "**met**"])
        r = results(journal_answer_sqlite_0=late(8.5), journal_answer_memory_0=late(0.5), journal_commit_0=commit)
        self.assertEqual(journal.answer_rows(r)[-2][-1], "**missed** by 100.0%")

    def test_tells_of_what_is_usual_beside_what_is_seldom(self):
        r = results(journal_answer_sqlite_0=late(200, p90=1.7), journal_answer_memory_0=late(0.5, p90=0.2), journal_commit_0={"commit_p90_millis": 1})
        self.assertEqual(journal.answer_rows(r)[-1][2:], ["1.50 ms", "1.00 ms", "1.50", "–"])

    def test_judges_who_resumes_and_who_is_beside(self):
        resumed = {"clean": True, "gigabytes_per_second": 1.5, "server_cpu_percent": 99}
        r = results(journal_resume_0=resumed, journal_live_alone_0=late(2), journal_live_beside_0=late(5))
        fed, live, _ = journal.resume_rows(r)  # none of a file in memory
        self.assertEqual(fed[-1], "**met**")
        self.assertEqual(live[-2:], ["2.50", "**missed** by 25.0%"])

    def test_tells_the_servers_part_of_what_live_lines_take(self):
        told = lambda p99: {"clean": True, "written_p99_millis": p99}
        resumed = {"clean": True}
        r = results(journal_written_alone_0=told(2), journal_written_beside_0=told(3), journal_resume_0=resumed)
        self.assertEqual(journal.resume_rows(r)[2][-2:], ["1.50", "**met**"])
        r = results(journal_written_alone_0=told(2), journal_written_beside_0={"failure": "the server's status: refused"}, journal_resume_0=resumed)
        self.assertEqual(journal.resume_rows(r)[2][-1], "**missed**: 1 of 3 rounds failed")

    def test_tells_of_a_file_in_memory_by_itself(self):
        r = results(journal_live_alone_in_memory_0=late(2), journal_live_beside_in_memory_0=late(3), journal_live_alone_0=late(2), journal_live_beside_0=late(50))
        rows = journal.resume_rows(r)
        self.assertEqual([rows[1][-2], rows[3][-2]], ["25.00", "1.50"])
        self.assertEqual(rows[3][-1], "not measured", "nobody is known to have resumed")
        r = results(journal_resume_in_memory_0={"failure": "the server did not start"})
        self.assertEqual([row[-1] for row in journal.resume_rows(r)], ["not measured"] * 5)

    def test_counts_its_cases(self):
        places = len(journal.places())
        self.assertEqual([journal.cases(1), journal.cases(3)], [9 + 3 * places + 3, 3 * (9 + 3 * places) + 5 * 3])  # answers have rounds of their own

    def test_has_a_value_for_every_name_in_its_template(self):
        text = page.TEMPLATES["journal"].read_text(encoding="utf-8")
        names = {name for _, name, _, _ in string.Formatter().parse(text) if name}
        self.assertIn("journal", names)
        source = pathlib.Path(page.__file__).read_text(encoding="utf-8")
        machine_names = {"cpu", "cores", "memory_gib", "kernel", "jdk"}
        self.assertEqual([name for name in names - machine_names if f'"{name}"' not in source], [])
