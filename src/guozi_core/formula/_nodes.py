"""The syntax tree: small frozen nodes, each remembering the text it was read from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

Comparison = Literal["=", "≠", "<", "≤", ">", "≥"]


class Reference(NamedTuple):
    """A figure by name, at a moment (empty: the figure's own default moment)."""

    name: str
    at: str = ""

    def __str__(self) -> str:
        return f"{self.at}({self.name})" if self.at else self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A constant."""

    text: str
    value: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A named figure."""

    text: str
    reference: Reference


@dataclass(frozen=True, slots=True, kw_only=True)
class Negation:
    """Unary minus."""

    text: str
    operand: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """Terms with their signs; flat, so that a long sum is not deep."""

    text: str
    terms: tuple[tuple[Literal["+", "-"], Node], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """Factors and divisors from left to right."""

    text: str
    factors: tuple[tuple[Literal["*", "/"], Node], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Compare:
    """One comparison of two numbers."""

    text: str
    sign: Comparison
    left: Node
    right: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Logic:
    """且, 或 (any number of parts) or 非 (one part)."""

    text: str
    word: Literal["且", "或", "非"]
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A function of the list, by its canonical Chinese name."""

    text: str
    function: str
    arguments: tuple[Node, ...]


Node = Number | Figure | Negation | Sum | Product | Compare | Logic | Call


def children(node: Node) -> tuple[Node, ...]:
    """Return the nodes directly under ``node``."""
    match node:
        case Negation():
            return (node.operand,)
        case Sum():
            return tuple(term for _, term in node.terms)
        case Product():
            return tuple(factor for _, factor in node.factors)
        case Compare():
            return (node.left, node.right)
        case Logic():
            return node.parts
        case Call():
            return node.arguments
        case _:
            return ()


def walk(node: Node) -> Iterator[Node]:
    """Yield ``node`` and all nodes under it, without recursion."""
    waiting = [node]
    while waiting:
        current = waiting.pop()
        yield current
        waiting.extend(reversed(children(current)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Expression:
    """A parsed formula.

    Parameters
    ----------
    text : str
        The formula as it was written.
    node : Node
        Its syntax tree.
    """

    text: str
    node: Node

    @property
    def references(self) -> tuple[Reference, ...]:
        """The figures it needs, in order of first appearance, without repetition."""
        found = (node.reference for node in walk(self.node) if isinstance(node, Figure))
        return tuple(dict.fromkeys(found))

    @property
    def divides(self) -> bool:
        """Whether a quotient or a root may have been rounded on the way to the value."""
        return any(
            (isinstance(node, Product) and any(sign == "/" for sign, _ in node.factors))
            or (isinstance(node, Call) and node.function == "开立方")
            for node in walk(self.node)
        )

    @property
    def is_condition(self) -> bool:
        """Whether the formula answers yes or no rather than a number."""
        node = self.node
        return isinstance(node, Compare | Logic) or (
            isinstance(node, Call) and node.function == "有值"
        )
