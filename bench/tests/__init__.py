"""Tests of what bench/run tells of its results: python3 -m unittest, in bench/."""
