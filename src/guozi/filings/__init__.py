"""Periodic statements on their way: draft, check, submit, sign, accept.

A draft is private to the enterprise (the self-check room). Submitting runs the cross-checks, seals the
figures as a version with its content hash and issues a receipt. A version never changes: review moves its
state, a correction is a new version. Every figure knows the file, sheet and cell it came from.

Start with :mod:`guozi.filings.models`; :mod:`guozi.filings.books` turns stored figures into what the
engines compute on; :mod:`guozi.filings.services` holds every change.
"""
