"""The log: every change is one leaf of a Merkle tree, written in the same transaction.

Services call :func:`guozi.audit.services.record`; the leaves are written last, just before commit,
by the transaction that holds the log's head (:func:`guozi.audit.services.audited`). If they cannot
be written, the change does not happen. Receipts and exports carry proofs that anyone can verify
without the server (``verify_log.py``).
"""
