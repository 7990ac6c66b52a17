"""A formula over columns: one number per enterprise, thousands at a time, in ``float64``.

Columns come with masks of what is present. The result is as near to the exact value as binary
numbers allow; a condition is decided only where the two sides are clearly apart, and the rows
where they are not are listed so that the caller evaluates those exactly (:func:`~.evaluate`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from guozi_core.formula._nodes import (
    Call,
    Compare,
    Expression,
    Figure,
    Logic,
    Negation,
    Node,
    Number,
    Product,
    Reference,
    Sum,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

FloatVector = npt.NDArray[np.float64]
BoolVector = npt.NDArray[np.bool_]

#: Relative distance below which a binary comparison is not trusted.
DOUBTFUL = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """The result of a column program.

    Parameters
    ----------
    values : array, shape (n,)
        The numbers (1 or 0 for a condition); undefined where ``valid`` is false.
    valid : array of bool, shape (n,)
        Where there is a value.
    zero_divisor : array of bool, shape (n,)
        Where there is none because a divisor is zero.
    doubtful : array of bool, shape (n,)
        Where a comparison was too close to call in binary: evaluate these rows exactly.
    """

    values: FloatVector
    valid: BoolVector
    zero_divisor: BoolVector
    doubtful: BoolVector


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnProgram:
    """A formula ready to run over columns."""

    expression: Expression

    def __call__(
        self, columns: Mapping[Reference, tuple[FloatVector, BoolVector]], *, rows: int
    ) -> Columns:
        """Return the formula's value in every row.

        Parameters
        ----------
        columns : mapping of Reference to (values, present)
            Each of shape ``(rows,)``; a reference that is absent is missing everywhere.
        rows : int
            Number of rows.

        Returns
        -------
        Columns
            Values with their masks.
        """
        run = _Run(columns, rows)
        with np.errstate(all="ignore"):
            values, valid = run.column(self.expression.node)
        valid = valid & np.isfinite(values) & ~run.zero_divisor
        return Columns(
            values=values, valid=valid, zero_divisor=run.zero_divisor, doubtful=run.doubtful
        )


def compile_columns(expression: Expression) -> ColumnProgram:
    """Return a program that evaluates ``expression`` over columns.

    Parameters
    ----------
    expression : Expression
        Any formula.

    Returns
    -------
    ColumnProgram
        Callable with columns and the number of rows.

    Examples
    --------
    >>> from guozi_core.formula import parse
    >>> program = compile_columns(parse("收入 ÷ 成本"))
    >>> present = np.array([True, True, True])
    >>> answer = program({Reference("收入"): (np.array([1.0, 3.0, 2.0]), present),
    ...                   Reference("成本"): (np.array([2.0, 2.0, 0.0]), present)}, rows=3)
    >>> answer.values[answer.valid].tolist(), answer.zero_divisor.tolist()
    ([0.5, 1.5], [False, False, True])
    """
    return ColumnProgram(expression=expression)


class _Run:
    def __init__(
        self, columns: Mapping[Reference, tuple[FloatVector, BoolVector]], rows: int
    ) -> None:
        self.columns = columns
        self.rows = rows
        self.zero_divisor: BoolVector = np.zeros(rows, dtype=np.bool_)
        self.doubtful: BoolVector = np.zeros(rows, dtype=np.bool_)
        self.reached: BoolVector = np.ones(rows, dtype=np.bool_)

    def column(self, node: Node) -> tuple[FloatVector, BoolVector]:
        match node:
            case Number():
                return np.full(self.rows, float(node.value)), np.ones(self.rows, dtype=np.bool_)
            case Figure():
                return self._figure(node.reference)
            case Negation():
                values, valid = self.column(node.operand)
                return -values, valid
            case Sum():
                return self._sum(node)
            case Product():
                return self._product(node)
            case Compare():
                return self._compare(node)
            case Logic():
                return self._logic(node)
            case Call():
                return self._call(node)

    def _figure(self, reference: Reference) -> tuple[FloatVector, BoolVector]:
        found = self.columns.get(reference)
        if found is None:
            return np.zeros(self.rows), np.zeros(self.rows, dtype=np.bool_)
        return found

    def _sum(self, node: Sum) -> tuple[FloatVector, BoolVector]:
        total, valid = np.zeros(self.rows), np.ones(self.rows, dtype=np.bool_)
        for sign, term in node.terms:
            values, present = self.column(term)
            total = total + values if sign == "+" else total - values
            valid = valid & present
        return total, valid

    def _product(self, node: Product) -> tuple[FloatVector, BoolVector]:
        numerator, denominator = np.ones(self.rows), np.ones(self.rows)
        valid = np.ones(self.rows, dtype=np.bool_)
        for sign, factor in node.factors:
            values, present = self.column(factor)
            if sign == "*":
                numerator = numerator * values
            else:
                denominator = denominator * values
                self.zero_divisor |= present & (values == 0) & self.reached
            valid = valid & present
        return np.divide(numerator, denominator), valid

    def _compare(self, node: Compare) -> tuple[FloatVector, BoolVector]:
        left, left_present = self.column(node.left)
        right, right_present = self.column(node.right)
        valid = left_present & right_present
        scale = np.maximum(np.abs(left), np.abs(right))
        self.doubtful |= (
            valid & self.reached & (np.abs(left - right) <= DOUBTFUL * scale) & (scale > 0)
        )
        comparisons: dict[str, Any] = {
            "=": np.equal,
            "≠": np.not_equal,
            "<": np.less,
            "≤": np.less_equal,
            ">": np.greater,
            "≥": np.greater_equal,
        }
        return comparisons[node.sign](left, right).astype(np.float64), valid

    def _logic(self, node: Logic) -> tuple[FloatVector, BoolVector]:
        parts = [self.column(part) for part in node.parts]
        if node.word == "非":
            values, valid = parts[0]
            return 1.0 - (values != 0), valid
        deciding = node.word == "或"
        decided = np.zeros(self.rows, dtype=np.bool_)
        all_valid = np.ones(self.rows, dtype=np.bool_)
        for values, valid in parts:
            decided |= valid & ((values != 0) == deciding)
            all_valid &= valid
        truth = decided if deciding else ~decided
        return truth.astype(np.float64), decided | all_valid

    def _call(self, node: Call) -> tuple[FloatVector, BoolVector]:
        if node.function == "若":
            return self._choice(node)
        parts = [self.column(argument) for argument in node.arguments]
        values = [part[0] for part in parts]
        masks = [part[1] for part in parts]
        everywhere = np.logical_and.reduce(masks)
        match node.function:
            case "有值":
                return masks[0].astype(np.float64), np.ones(self.rows, dtype=np.bool_)
            case "缺省":
                return np.where(masks[0], values[0], values[1]), masks[0] | masks[1]
            case "现有合计":
                present = [
                    np.where(mask, column, 0.0) for column, mask in zip(values, masks, strict=True)
                ]
                return np.sum(present, axis=0), np.logical_or.reduce(masks)
            case "最大":
                return np.maximum.reduce(values), everywhere
            case "最小":
                return np.minimum.reduce(values), everywhere
            case "合计":
                return np.sum(values, axis=0), everywhere
            case "绝对值":
                return np.abs(values[0]), everywhere
            case "限制":
                return np.minimum(np.maximum(values[0], values[1]), values[2]), everywhere
            case "开立方":
                return np.cbrt(values[0]), everywhere
            case "取整":
                self.doubtful |= everywhere & (np.abs(values[0] - np.rint(values[0])) < DOUBTFUL)
                return np.floor(values[0]), everywhere
            case _:
                scale = np.power(10.0, values[1])
                scaled = np.abs(values[0]) * scale
                self.doubtful |= everywhere & (np.abs(scaled - np.floor(scaled) - 0.5) < 1e-6)
                return np.sign(values[0]) * np.floor(scaled + 0.5) / scale, everywhere

    def _choice(self, node: Call) -> tuple[FloatVector, BoolVector]:
        """Only the chosen branch may complain about a zero divisor or a close comparison."""
        condition, known = self.column(node.arguments[0])
        chosen = known & (condition != 0)
        outer = self.reached
        self.reached = outer & chosen
        yes, yes_valid = self.column(node.arguments[1])
        self.reached = outer & known & ~chosen
        no, no_valid = self.column(node.arguments[2])
        self.reached = outer
        return np.where(chosen, yes, no), known & np.where(chosen, yes_valid, no_valid)
