"""Formulas that are weighted sums, as exact coefficients: what bulk kernels multiply with.

A figure read with ``缺省(X, 0)`` counts as nothing where it is blank; such references are listed
apart so that a kernel can treat blanks the same way.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from guozi_core.formula._nodes import (
    Call,
    Expression,
    Figure,
    Negation,
    Node,
    Number,
    Product,
    Reference,
    Sum,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LinearForm:
    """``constant + Σ coefficient × figure``.

    Parameters
    ----------
    coefficients : dict of Reference to Fraction
        Exact weights; a figure that cancels out keeps the weight 0, because it is still needed.
    constant : Fraction
        The part without figures, in the unit of the figures.
    optional : frozenset of Reference
        Figures whose blank counts as nothing.
    """

    coefficients: dict[Reference, Fraction]
    constant: Fraction
    optional: frozenset[Reference]


def linear_form(expression: Expression | Node) -> LinearForm | None:
    """Return the formula as a weighted sum, or ``None`` if it is none.

    Parameters
    ----------
    expression : Expression or Node
        A formula or one side of a comparison.

    Returns
    -------
    LinearForm or None
        Exact coefficients.

    Examples
    --------
    >>> from guozi_core.formula import parse
    >>> form = linear_form(parse("资产 - 2 × (负债 + 权益)"))
    >>> {str(name): str(weight) for name, weight in form.coefficients.items()}
    {'资产': '1', '负债': '-2', '权益': '-2'}
    """
    node = expression.node if isinstance(expression, Expression) else expression
    return _form(node)


def _form(node: Node) -> LinearForm | None:
    match node:
        case Number():
            return LinearForm(coefficients={}, constant=Fraction(node.value), optional=frozenset())
        case Figure():
            return LinearForm(
                coefficients={node.reference: Fraction(1)},
                constant=Fraction(0),
                optional=frozenset(),
            )
        case Negation():
            return _combine([(Fraction(-1), node.operand)])
        case Sum():
            return _combine(
                [(Fraction(1 if sign == "+" else -1), term) for sign, term in node.terms]
            )
        case Product():
            return _product(node)
        case Call():
            return _call(node)
        case _:
            return None


def _combine(terms: list[tuple[Fraction, Node]]) -> LinearForm | None:
    coefficients: dict[Reference, Fraction] = {}
    constant = Fraction(0)
    optional: set[Reference] = set()
    required: set[Reference] = set()
    for weight, term in terms:
        form = _form(term)
        if form is None:
            return None
        constant += weight * form.constant
        optional |= form.optional
        required |= form.coefficients.keys() - form.optional
        for reference, coefficient in form.coefficients.items():
            coefficients[reference] = (
                coefficients.get(reference, Fraction(0)) + weight * coefficient
            )
    if optional & required:
        # Needed in one place and optional in another: one weight cannot say that.
        return None
    return LinearForm(coefficients=coefficients, constant=constant, optional=frozenset(optional))


def _product(node: Product) -> LinearForm | None:
    scale = Fraction(1)
    inner: LinearForm | None = None
    for sign, factor in node.factors:
        form = _form(factor)
        if form is None:
            return None
        if not form.coefficients:
            if sign == "/" and form.constant == 0:
                return None
            scale *= form.constant if sign == "*" else 1 / form.constant
        elif inner is None and sign == "*":
            inner = form
        else:
            return None
    if inner is None:
        return LinearForm(coefficients={}, constant=scale, optional=frozenset())
    return LinearForm(
        coefficients={name: weight * scale for name, weight in inner.coefficients.items()},
        constant=inner.constant * scale,
        optional=inner.optional,
    )


def _call(node: Call) -> LinearForm | None:
    if node.function == "合计":
        return _combine([(Fraction(1), argument) for argument in node.arguments])
    if node.function == "缺省":
        figure, other = node.arguments
        if isinstance(figure, Figure) and isinstance(other, Number) and other.value == 0:
            return LinearForm(
                coefficients={figure.reference: Fraction(1)},
                constant=Fraction(0),
                optional=frozenset([figure.reference]),
            )
    return None
