"""Conditions that are nothing but tests of single figures against numbers, all of which must hold."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from guozi_core.formula._nodes import Call, Compare, Figure, Logic, Negation, Node, Number

if TYPE_CHECKING:
    from guozi_core.formula._nodes import Expression, Reference

_TURNED = {"<": ">", ">": "<", "≤": "≥", "≥": "≤", "=": "=", "≠": "≠"}


class FigureTest(NamedTuple):
    """One test of one figure.

    Attributes
    ----------
    reference : Reference
        Which figure.
    sign : str
        ``<``, ``≤``, ``>``, ``≥``, ``=``, ``≠``; ``present`` and ``missing`` ask only whether there
        is a figure.
    number : Decimal
        What it is compared with.
    """

    reference: Reference
    sign: str
    number: Decimal = Decimal(0)


def figure_tests(expression: Expression) -> tuple[FigureTest, ...] | None:
    """Return the tests a condition consists of, ``None`` if it is more than such tests.

    A condition holds exactly where all its tests hold; a comparison of a missing figure does not.

    Parameters
    ----------
    expression : Expression
        A condition.

    Returns
    -------
    tuple of FigureTest or None
        Ready for a loop over columns.

    Examples
    --------
    >>> from guozi_core.formula import parse
    >>> [(test.reference.name, test.sign) for test in figure_tests(parse("分母 ≤ 0 且 非 有值(数值)"))]
    [('分母', '≤'), ('数值', 'missing')]
    >>> figure_tests(parse("分子 + 1 > 0")) is None
    True
    """
    return _of(expression.node)


def _of(node: Node) -> tuple[FigureTest, ...] | None:
    match node:
        case Logic(word="且"):
            parts = [_of(part) for part in node.parts]
            if any(part is None for part in parts):
                return None
            return tuple(test for part in parts if part is not None for test in part)
        case Logic(word="非", parts=(Call(function="有值", arguments=(Figure() as figure,)),)):
            return (FigureTest(figure.reference, "missing"),)
        case Call(function="有值", arguments=(Figure() as figure,)):
            return (FigureTest(figure.reference, "present"),)
        case Compare(left=Figure() as figure):
            number = _number(node.right)
            return None if number is None else (FigureTest(figure.reference, node.sign, number),)
        case Compare(right=Figure() as figure):
            number = _number(node.left)
            sign = _TURNED[node.sign]
            return None if number is None else (FigureTest(figure.reference, sign, number),)
    return None


def _number(node: Node) -> Decimal | None:
    match node:
        case Number():
            return node.value
        case Negation(operand=Number() as number):
            return -number.value
    return None
