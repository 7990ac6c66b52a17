"""What is wrong or doubtful in data: values with a place, never exceptions.

A :class:`Finding` says where, what was read, what was expected, why (rule and clause) and what to
do, in Chinese and English. Checks collect findings; doors (page, command line, API) only print
them.
"""

from guozi_core.findings._finding import Finding, Severity, blocking, in_place_order
from guozi_core.findings._locator import Locator, cell_name, column_letters
from guozi_core.findings._wording import Language, Wording

__all__ = [
    "Finding",
    "Language",
    "Locator",
    "Severity",
    "Wording",
    "blocking",
    "cell_name",
    "column_letters",
    "in_place_order",
]
