"""Comprehensive evaluation of the city's enterprises: runs, results, rankings, score sheets.

A run takes a plan (``guozi_core.scoring.read_plan``) and a period, evaluates every enterprise from
its sealed figures and keeps the totals with what they rest on: versions, rulebook fingerprints,
panel scores, adjustments. A page shows an evaluation by computing it again from these; it must
come out the same.
"""
