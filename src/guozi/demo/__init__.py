"""The example city: invented enterprises whose statements articulate, loaded by ``guozi demo``.

:mod:`guozi.demo.city` says who there is, :mod:`guozi.demo.statements` what they report. Both are pure:
the same seed gives the same city to the last 分, and neither needs Django or a database.
"""
