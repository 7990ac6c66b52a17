"""Cross-checks (勾稽关系): whether a statement agrees with itself, its neighbours, other tables.

A check is data: two sides in the formula language, how they must stand to each other, by how much
rounding may part them, and what a failure stops. :func:`run` judges one statement exactly and
explains every result; ``checks.bulk`` judges a whole city at once in whole 分 with the same
answers. Not for: reading files, deciding who must explain.

Entry points: :func:`read_rulebook`, :func:`run`, :func:`findings_of`. A new check is a new entry
of ``data/rulebooks/checks``; see ``docs/how-to/add-a-check.md``. No code changes.
"""

from guozi_core.checks._evaluation import (
    Precision,
    filed_precision,
    last_place,
    printed_precision,
    run,
)
from guozi_core.checks._examples import ExampleCase, example_case
from guozi_core.checks._model import (
    Assertion,
    Check,
    CheckRulebook,
    Example,
    Form,
    Input,
    Parameter,
    Reading,
    Share,
    Term,
    Tolerance,
)
from guozi_core.checks._outcome import CheckOutcome, InvolvedFigure, Status, Suspect
from guozi_core.checks._reading import read_rulebook
from guozi_core.checks._wording import amount, figure_amount, findings_of, place_of, sentence

__all__ = [
    "Assertion",
    "Check",
    "CheckOutcome",
    "CheckRulebook",
    "Example",
    "ExampleCase",
    "Form",
    "Input",
    "InvolvedFigure",
    "Parameter",
    "Precision",
    "Reading",
    "Share",
    "Status",
    "Suspect",
    "Term",
    "Tolerance",
    "amount",
    "example_case",
    "figure_amount",
    "filed_precision",
    "findings_of",
    "last_place",
    "place_of",
    "printed_precision",
    "read_rulebook",
    "run",
    "sentence",
]
