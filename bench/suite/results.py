"""What the results of a run say: rounds that were no good, medians, and whether a figure is what it should be."""

import json
import pathlib
import re
import statistics

NONE = float("nan")
SUSTAINED_SHARE = 0.99
LOAD_BOUND = "what was measured may be the load itself"


def faults(result):
    """Why a result must not count as a good one; empty if it may."""
    if "failure" in result:
        return [result["failure"]]
    found = []
    if not result.get("clean", True):
        found.append(result.get("verdict", "lines were lost or wrong"))
    share = received_share(result)
    if share < SUSTAINED_SHARE:
        found.append(f"{share:.1%} of the deliveries asked for")
    return found


def received_share(result):
    """Deliveries a second, of those the schedule asked for; not a number where there is no schedule."""
    asked = result.get("asked_lines_per_second", 0) * listeners(result)
    if "sustained_lines_per_second" in result or not asked > 0:
        return NONE
    return (result.get("deliveries_per_second") or 0) / asked


def listeners(result):
    """How many clients should get each line; not a number if none was sent."""
    sent = result.get("lines_sent", 0)
    return result["deliveries_expected"] / sent if sent else NONE


class Rounds:
    """All rounds of a case at one server."""

    def __init__(self, results):
        self.results = results
        self.bad = [result for result in results if faults(result)]

    def __len__(self):
        return len(self.results)

    def values(self, key):
        """In order, of all rounds that have it, good or not."""
        return sorted(result[key] for result in self.results if result.get(key) is not None)

    def median(self, key):
        return median(self.values(key))

    def text(self, key, decimals=1, unit=""):
        return with_failures(spread(self.values(key), decimals) + unit, self)

    @property
    def load_bound(self):
        """Whether most rounds say that the load may be what was measured."""
        marked = [r for r in self.results if any(LOAD_BOUND in warning for warning in r.get("warnings", []))]
        return 2 * len(marked) > len(self)


class Results:
    """The results of a run by name."""

    def __init__(self, folder):
        files = sorted(pathlib.Path(folder).glob("*.json"))
        self.all = {file.stem: json.loads(file.read_text(encoding="utf-8")) for file in files}

    def rounds(self, name):
        return Rounds([r for n, r in self.all.items() if re.fullmatch(re.escape(name) + r"-\d+", n)])

    def figure(self, name, key):
        """The median of a case's rounds that could be run; not a number if there was none."""
        return Rounds([r for r in self.rounds(name).results if "failure" not in r]).median(key)

    def commits(self):
        """What the results are of; more than one must not be compared."""
        return sorted({result.get("commit") or "an unknown commit" for result in self.all.values()})


def median(values):
    return statistics.median(values) if values else NONE


def number(value, decimals=1):
    return "–" if value is None or value != value else f"{value:,.{decimals}f}"


def spread(values, decimals=1):
    """The median, and from where to where."""
    if len(values) < 2:
        return number(median(values), decimals)
    return f"{number(median(values), decimals)} ({number(min(values), decimals)}–{number(max(values), decimals)})"


def with_failures(text, rounds):
    return f"{text}; **{len(rounds.bad)} of {len(rounds)} rounds failed**" if rounds.bad else text


def judged(value, bound, at_most=True):
    if value != value:
        return "not measured"
    met = value <= bound if at_most else value >= bound
    return "**met**" if met else f"**missed** by {abs(value / bound - 1):.1%}"


def verdict_alone(rounds, value, bound):
    """On a figure that has no other beside it."""
    if rounds.bad:
        return f"**missed**: {len(rounds.bad)} of {len(rounds)} rounds failed"
    return judged(value, bound) + marked(rounds)


def verdict_beside(ours, limit, ratio, bound, at_most=True, absolute=""):
    """On a ratio, which says something only if the rounds of both were good; else what can still be said."""
    if not ours or not limit:
        return "not measured"
    if ours.bad:
        return f"**missed**: linecast failed in {len(ours.bad)} of {len(ours)} rounds"
    if limit.bad:
        return f"no ratio: the limit did not sustain it in {len(limit.bad)} of {len(limit)} rounds; linecast did{absolute}"
    return judged(ratio, bound, at_most) + marked(ours, limit)


def marked(*several):
    return ", load-bound" if any(rounds.load_bound for rounds in several) else ""
