"""Enterprises and departments, what they are called and classed as, and whom they belong to.

An enterprise is one row keyed by its unified social credit code (统一社会信用代码). Everything
about it that changes (names, classifications, hierarchies) is a dated fact with two clocks: when
it was true (``valid``) and since when it was known (``known``). A correction closes the known
range of the old fact and adds a new one, so any past answer can be given again.

Entry points: :mod:`guozi.registry.selectors` to read, :mod:`guozi.registry.services` to change.
Shares and property-rights registration do not belong here. :mod:`guozi.registry.credit_code`
needs neither Django nor a database.
"""
