"""The exact meaning of a formula: decimals without loss, missing that stays missing.

Sums, differences and products are exact; only a quotient is rounded, to 60 significant digits,
far beyond any figure shown. A comparison therefore never depends on binary noise:
``0.1 + 0.2 = 0.3`` is true.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import (
    ROUND_FLOOR,
    Context,
    Decimal,
    DivisionByZero,
    Inexact,
    InvalidOperation,
    Overflow,
)

from guozi_core.findings import Wording
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
from guozi_core.units import plain, round_half_up

#: What a figure may be looked up with.
Values = Mapping[Reference, Decimal | None] | Callable[[Reference], Decimal | None]

_EXACT = Context(prec=2_000, Emax=10_000, Emin=-10_000, traps=[Inexact, InvalidOperation, Overflow])
_QUOTIENT = Context(prec=60, Emax=10_000, Emin=-10_000, traps=[DivisionByZero, InvalidOperation])


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One line of the arithmetic: the text of a part, its value and the parts under it.

    ``value`` is ``None`` where the part could not be computed or was not needed.
    """

    text: str
    value: Decimal | bool | None
    parts: tuple[Step, ...] = ()
    reference: Reference | None = None

    @property
    def shown(self) -> str:
        """The value as plain text."""
        if self.value is None:
            return "—"
        if isinstance(self.value, bool):
            return "是" if self.value else "否"
        return plain(self.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Computed:
    """A value, the arithmetic behind it, and the blanks that were read as zero on request."""

    value: Decimal | bool
    steps: Step
    filled: tuple[Reference, ...] = ()

    @property
    def number(self) -> Decimal:
        """The value as a number; a condition counts as 1 or 0."""
        return Decimal(int(self.value)) if isinstance(self.value, bool) else self.value


@dataclass(frozen=True, slots=True, kw_only=True)
class NotComputable:
    """No value: ``missing_value``, ``division_by_zero``, ``too_long`` or ``not_a_number``."""

    code: str
    reason: Wording
    missing: tuple[Reference, ...] = ()
    steps: Step | None = None


Result = Computed | NotComputable


class _UndefinedError(Exception):
    """A part has no value for a reason other than a missing figure."""

    def __init__(self, code: str, reason: Wording) -> None:
        self.code = code
        self.reason = reason
        super().__init__(reason.en)


def evaluate(expression: Expression, values: Values, *, blanks_as_zero: bool = False) -> Result:
    """Return the exact value of a formula, or why there is none.

    Parameters
    ----------
    expression : Expression
        The formula.
    values : mapping or callable
        The figure of each reference, in one unit; ``None`` (or absent) is missing.
    blanks_as_zero : bool
        Read missing figures as zero and list them in ``filled``.

    Returns
    -------
    Computed or NotComputable
        The value with its steps, or the reason with every missing figure.

    Examples
    --------
    >>> from guozi_core.formula import parse
    >>> evaluate(parse("0.1 + 0.2 = 0.3"), {}).value
    True
    >>> one, nothing = Decimal(1), Decimal(0)
    >>> evaluate(parse("甲 ÷ 乙"), {Reference("甲"): one, Reference("乙"): nothing}).code
    'division_by_zero'
    >>> [str(name) for name in evaluate(parse("甲 - 乙"), {Reference("甲"): one}).missing]
    ['乙']
    """
    lookup = values if callable(values) else values.get
    run = _Run(lookup, blanks_as_zero=blanks_as_zero)
    try:
        steps = run.step(expression.node)
    except _UndefinedError as error:
        return NotComputable(code=error.code, reason=error.reason)
    except (Inexact, Overflow):
        return NotComputable(
            code="too_long",
            reason=Wording("结果位数超过上限", "the result has more digits than can be held"),
        )
    if steps.value is None:
        names = tuple(dict.fromkeys(run.missing))
        listed = "、".join(str(name) for name in names)
        return NotComputable(
            code="missing_value",
            reason=Wording(f"缺少：{listed}", f"missing: {listed}"),
            missing=names,
            steps=steps,
        )
    return Computed(value=steps.value, steps=steps, filled=tuple(dict.fromkeys(run.filled)))


class _Run:
    """One evaluation: looks figures up and remembers what was missing or filled."""

    def __init__(
        self, lookup: Callable[[Reference], Decimal | None], *, blanks_as_zero: bool
    ) -> None:
        self.lookup = lookup
        self.blanks_as_zero = blanks_as_zero
        self.missing: list[Reference] = []
        self.filled: list[Reference] = []

    def step(self, node: Node) -> Step:
        match node:
            case Number():
                return Step(text=node.text, value=node.value)
            case Figure():
                return self._figure(node)
            case Negation():
                part = self.step(node.operand)
                value = None if part.value is None else _EXACT.minus(_number(part))
                return Step(text=node.text, value=value, parts=(part,))
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

    def _figure(self, node: Figure) -> Step:
        value = self.lookup(node.reference)
        if value is None:
            if not self.blanks_as_zero:
                self.missing.append(node.reference)
                return Step(text=node.text, value=None, reference=node.reference)
            self.filled.append(node.reference)
            value = Decimal(0)
        return Step(text=node.text, value=value, reference=node.reference)

    def _sum(self, node: Sum) -> Step:
        parts = tuple(self.step(term) for _, term in node.terms)
        if any(part.value is None for part in parts):
            return Step(text=node.text, value=None, parts=parts)
        total = Decimal(0)
        for (sign, _), part in zip(node.terms, parts, strict=True):
            number = _number(part)
            total = _EXACT.add(total, number) if sign == "+" else _EXACT.subtract(total, number)
        return Step(text=node.text, value=total, parts=parts)

    def _product(self, node: Product) -> Step:
        parts = tuple(self.step(factor) for _, factor in node.factors)
        for (sign, _), part in zip(node.factors, parts, strict=True):
            # A zero divisor is told even where another factor is missing.
            if sign == "/" and part.value is not None and _number(part) == 0:
                raise _UndefinedError(
                    "division_by_zero",
                    Wording(f"除数为零：{part.text}", f"division by zero: {part.text}"),
                )
        if any(part.value is None for part in parts):
            return Step(text=node.text, value=None, parts=parts)
        # Divide last: a × b ÷ c keeps every digit of a × b.
        numerator = denominator = Decimal(1)
        for (sign, _), part in zip(node.factors, parts, strict=True):
            if sign == "*":
                numerator = _EXACT.multiply(numerator, _number(part))
            else:
                denominator = _EXACT.multiply(denominator, _number(part))
        value = numerator if denominator == 1 else _QUOTIENT.divide(numerator, denominator)
        return Step(text=node.text, value=value, parts=parts)

    def _compare(self, node: Compare) -> Step:
        left, right = self.step(node.left), self.step(node.right)
        if left.value is None or right.value is None:
            return Step(text=node.text, value=None, parts=(left, right))
        return Step(
            text=node.text,
            value=_holds(node.sign, _number(left), _number(right)),
            parts=(left, right),
        )

    def _logic(self, node: Logic) -> Step:
        """Three-valued: one part can decide although another is missing."""
        parts = tuple(self.step(part) for part in node.parts)
        truths = [None if part.value is None else bool(part.value) for part in parts]
        value: bool | None
        if node.word == "非":
            value = None if truths[0] is None else not truths[0]
        else:
            deciding = node.word == "或"
            value = deciding if deciding in truths else None if None in truths else not deciding
        return Step(text=node.text, value=value, parts=parts)

    def _call(self, node: Call) -> Step:
        name = node.function
        if name == "若":
            return self._choice(node)
        if name == "有值":
            present = self._quietly(node.arguments[0])
            return Step(text=node.text, value=present.value is not None, parts=(present,))
        if name == "缺省":
            first = self._quietly(node.arguments[0])
            chosen = first if first.value is not None else self.step(node.arguments[1])
            return Step(text=node.text, value=chosen.value, parts=(first, chosen))
        if name == "现有合计":
            parts = tuple(self._quietly(argument) for argument in node.arguments)
            if all(part.value is None for part in parts):
                parts = tuple(self.step(argument) for argument in node.arguments)
            present_parts = [_number(part) for part in parts if part.value is not None]
            value = _total(present_parts) if present_parts else None
            return Step(text=node.text, value=value, parts=parts)
        parts = tuple(self.step(argument) for argument in node.arguments)
        if any(part.value is None for part in parts):
            return Step(text=node.text, value=None, parts=parts)
        result = _apply(name, [_number(part) for part in parts])
        return Step(text=node.text, value=result, parts=parts)

    def _choice(self, node: Call) -> Step:
        condition = self.step(node.arguments[0])
        if condition.value is None:
            return Step(text=node.text, value=None, parts=(condition,))
        chosen = self.step(node.arguments[1] if condition.value else node.arguments[2])
        return Step(text=node.text, value=chosen.value, parts=(condition, chosen))

    def _quietly(self, node: Node) -> Step:
        """Evaluate without counting what is missing: the caller has another way."""
        missing, filled, fill = list(self.missing), list(self.filled), self.blanks_as_zero
        self.blanks_as_zero = False
        try:
            return self.step(node)
        finally:
            self.missing, self.filled, self.blanks_as_zero = missing, filled, fill


def _number(part: Step) -> Decimal:
    value = part.value
    if isinstance(value, bool):
        return Decimal(int(value))
    if value is None or not value.is_finite():
        raise _UndefinedError(
            "not_a_number", Wording(f"不是数：{part.text}", f"not a number: {part.text}")
        )
    return value


def _holds(sign: str, left: Decimal, right: Decimal) -> bool:
    match sign:
        case "=":
            return left == right
        case "≠":
            return left != right
        case "<":
            return left < right
        case "≤":
            return left <= right
        case ">":
            return left > right
        case _:
            return left >= right


def _total(numbers: list[Decimal]) -> Decimal:
    total = Decimal(0)
    for number in numbers:
        total = _EXACT.add(total, number)
    return total


def _apply(name: str, numbers: list[Decimal]) -> Decimal:
    match name:
        case "最大":
            return max(numbers)
        case "最小":
            return min(numbers)
        case "绝对值":
            return abs(numbers[0])
        case "合计":
            return _total(numbers)
        case "四舍五入":
            places = numbers[1]
            if places != places.to_integral_value() or not 0 <= places <= 20:
                raise _UndefinedError(
                    "not_a_number",
                    Wording("小数位数应为0至20的整数", "decimals must be an integer from 0 to 20"),
                )
            return round_half_up(numbers[0], places=int(places))
        case "限制":
            return min(max(numbers[0], numbers[1]), numbers[2])
        case "取整":
            return numbers[0].to_integral_value(rounding=ROUND_FLOOR)
        case _:
            return _cube_root(numbers[0])


def _cube_root(number: Decimal) -> Decimal:
    """Return the real cube root, to 60 digits."""
    if number == 0:
        return Decimal(0)
    magnitude = _QUOTIENT.power(abs(number), _QUOTIENT.divide(Decimal(1), Decimal(3)))
    # One step of Newton's method takes the last digits that the rounded exponent left out.
    square = _QUOTIENT.multiply(magnitude, magnitude)
    rest = _QUOTIENT.subtract(_QUOTIENT.multiply(square, magnitude), abs(number))
    magnitude = _QUOTIENT.subtract(
        magnitude, _QUOTIENT.divide(rest, _QUOTIENT.multiply(Decimal(3), square))
    )
    nearest = round_half_up(magnitude, places=0)
    if nearest**3 == abs(number):
        magnitude = nearest
    return magnitude if number > 0 else -magnitude
