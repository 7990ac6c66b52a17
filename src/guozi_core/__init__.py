"""Pure computations of Guozi: units, rules, statements, indicators, scores, proofs.

Runs with Django uninstalled. Nothing here reads a file, a clock, the environment or a source of
randomness: everything a computation needs is an argument, everything it finds is its result.
"""
