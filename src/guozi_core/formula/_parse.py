"""From text to syntax tree: lark's LALR parser over a closed grammar, with limits.

Full-width signs are read as their plain twins one character for one character, so that a position
in an error is the position in the text as written.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import Any, NoReturn, cast

from lark import Lark, Token, UnexpectedInput

from guozi_core.findings import Wording
from guozi_core.formula._errors import FormulaError
from guozi_core.formula._functions import (
    AVERAGE,
    FUNCTIONS,
    MOMENTS,
    canonical,
    known_words,
)
from guozi_core.formula._names import nearest_name
from guozi_core.formula._nodes import (
    Call,
    Compare,
    Comparison,
    Expression,
    Figure,
    Logic,
    Negation,
    Node,
    Number,
    Product,
    Reference,
    Sum,
    children,
    walk,
)

#: A formula beyond these is refused, with the limit in the message.
MOST_CHARACTERS = 20_000
MOST_NODES = 1_000
MOST_DEPTH = 50
MOST_DIGITS = 60

_GRAMMAR = r"""
start: disjunction
?disjunction: conjunction (OR conjunction)*
?conjunction: inversion (AND inversion)*
?inversion: NOT inversion -> inverted
          | comparison
?comparison: sum [SIGN sum]
?sum: product ((PLUS | MINUS) product)*
?product: unary ((TIMES | DIVIDE) unary)*
?unary: MINUS unary -> negated
      | PLUS unary -> kept
      | atom
?atom: NUMBER PERCENT? -> number
     | NAME -> name
     | QUOTED -> quoted
     | NAME "(" [disjunction ("," disjunction)*] ")" -> call
     | "(" disjunction ")" -> bracket

%declare AND OR NOT
SIGN: "<=" | ">=" | "<>" | "!=" | "≠" | "≤" | "≥" | "<" | ">" | "=="| "="
PLUS: "+"
MINUS: "-"
TIMES: "*"
DIVIDE: "/"
PERCENT: "%"
NUMBER: /[0-9]+(\.[0-9]+)?/
NAME: /[A-Za-z_HAN][A-Za-z0-9_HAN、]*/
QUOTED: /「[^「」]{1,80}」/
%ignore /[ \t\r\n\u3000\u00a0]+/
""".replace("HAN", r"\u4e00-\u9fff\u3400-\u4dbf\uf900-\ufaff△☆▲")

_PLAIN = str.maketrans(
    "（）＋－−×＊÷／，＝＜＞％．０１２３４５６７８９", "()+--**//,=<>%.0123456789"
)
_WORDS = {"且": "AND", "and": "AND", "或": "OR", "or": "OR", "非": "NOT", "not": "NOT"}
_SIGNS: dict[str, Comparison] = {
    "=": "=",
    "==": "=",
    "<>": "≠",
    "!=": "≠",
    "≠": "≠",
    "<": "<",
    ">": ">",
    "<=": "≤",
    "≤": "≤",
    ">=": "≥",
    "≥": "≥",
}


def parse(text: str) -> Expression:
    """Return the formula written as ``text``.

    Parameters
    ----------
    text : str
        At most 20,000 characters, 1,000 nodes, 50 levels.

    Returns
    -------
    Expression
        The syntax tree with the text it was read from.

    Raises
    ------
    FormulaError
        If the text is no formula; code and position say where and why.

    Examples
    --------
    >>> [str(reference) for reference in parse("净利润 ÷ 平均(所有者权益合计) × 100").references]
    ['净利润', '期初(所有者权益合计)', '期末(所有者权益合计)']
    """
    if not text.strip():
        raise FormulaError(
            "FRM-EMPTY", position=1, message=Wording("公式为空", "the formula is empty")
        )
    if len(text) > MOST_CHARACTERS:
        raise _limit(MOST_CHARACTERS + 1, "字符", "characters", MOST_CHARACTERS)
    return _parse_cached(text)


@lru_cache(maxsize=4096)
def _parse_cached(text: str) -> Expression:
    plain = text.translate(_PLAIN)
    _refuse_what_is_never_allowed(plain)
    try:
        tree = _parser().parse(plain)
    except UnexpectedInput as error:
        raise _syntax(plain, error) from error
    node = _build(tree, text)
    _check_size(node)
    return Expression(text=text, node=node)


@lru_cache(maxsize=1)
def _parser() -> Lark:
    # 且, 或 and 非 are operators only where the whole word stands alone: see ``_keep``.
    return Lark(
        _GRAMMAR,
        parser="lalr",
        lexer="basic",
        propagate_positions=True,
        maybe_placeholders=False,
        lexer_callbacks={"NAME": _keep},
    )


def _keep(token: Token) -> Token:
    """Turn a name that is exactly 且, 或 or 非 into its operator: 非流动资产 stays a name."""
    kind = _WORDS.get(str(token))
    return token if kind is None else Token.new_borrow_pos(kind, str(token), token)


_NEVER = (
    (
        re.compile(r"\*\s*\*|\^|//|<<|>>"),
        "FRM-OPERATOR",
        Wording("不支持此运算符", "this operator is not allowed"),
    ),
    (
        re.compile(r"[\"'“”‘’`]"),
        "FRM-STRING",
        Wording("公式中不能有文字串", "text strings are not allowed"),
    ),
    (
        re.compile(r"[0-9](?:\.[0-9]+)?[eE][+-]?[0-9]"),
        "FRM-EXPONENT",
        Wording("不支持科学计数法", "exponents are not allowed"),
    ),
    (
        re.compile(
            r"[A-Za-z_\u4e00-\u9fff)\]]\s*\.|\.\s*[A-Za-z_]|:=|\[|\]|\{|\}|:|;|\\|@|\$|&|\||~|\?|!(?!=)"
        ),
        "FRM-ATTRIBUTE",
        Wording("公式中不能有此符号", "this sign is not allowed in a formula"),
    ),
)


def _refuse_what_is_never_allowed(plain: str) -> None:
    """Name what a programmer might try; everything else is a plain syntax error."""
    outside_quotes = re.sub(r"「[^「」]*」", lambda quoted: "一" * len(quoted.group()), plain)
    for pattern, code, message in _NEVER:
        match = pattern.search(outside_quotes)
        if match is not None:
            raise FormulaError(code, position=match.start() + 1, message=message)
    depth = 0
    for place, letter in enumerate(outside_quotes, start=1):
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if depth > MOST_DEPTH:
            raise _limit(place, "括号层", "levels of brackets", MOST_DEPTH)


def _syntax(plain: str, error: UnexpectedInput) -> FormulaError:
    position = error.pos_in_stream if error.pos_in_stream is not None else len(plain)
    position = min(max(position, 0), len(plain))
    shown = plain[position : position + 10] or "…"
    return FormulaError(
        "FRM-SYNTAX",
        position=position + 1,
        message=Wording(
            f"第{position + 1}个字符处不符合公式写法：“{shown}”",
            f"not a formula at character {position + 1}: “{shown}”",
        ),
    )


def _limit(position: int, zh: str, en: str, most: int) -> FormulaError:
    return FormulaError(
        "FRM-LIMIT",
        position=position,
        message=Wording(f"公式过大：{zh}数超过上限{most}", f"too large: more than {most} {en}"),
    )


def _check_size(node: Node) -> None:
    if sum(1 for _ in walk(node)) > MOST_NODES:
        raise _limit(1, "节点", "nodes", MOST_NODES)
    level = [node]
    depth = 0
    while level:
        depth += 1
        if depth > MOST_DEPTH:
            raise _limit(1, "嵌套层", "levels", MOST_DEPTH)
        level = [child for parent in level for child in children(parent)]


def _build(tree: Any, text: str) -> Node:
    """Turn lark's tree into nodes from the leaves up, without recursion."""
    builder = _Builder(text)
    built: dict[int, Node] = {}
    for subtree in tree.iter_subtrees():
        parts = [part if isinstance(part, Token) else built[id(part)] for part in subtree.children]
        built[id(subtree)] = builder.build(subtree, parts)
    return built[id(tree)]


class _Builder:
    """Build one node from the finished nodes under it."""

    def __init__(self, text: str) -> None:
        self.text = text

    def build(self, subtree: Any, parts: list[Any]) -> Node:
        start, end = subtree.meta.start_pos, subtree.meta.end_pos
        written = self.text[start:end]
        match subtree.data:
            case "start" | "kept" | "bracket":
                return cast("Node", parts[-1])
            case "number":
                return self._number(written, str(parts[0]), percent=len(parts) > 1)
            case "name":
                return Figure(text=written, reference=Reference(str(parts[0])))
            case "quoted":
                name = self.text[start + 1 : end - 1]
                return Figure(text=written, reference=Reference(name))
            case "negated":
                return Negation(text=written, operand=parts[1])
            case "inverted":
                return Logic(text=written, word="非", parts=(parts[1],))
            case "disjunction":
                return Logic(text=written, word="或", parts=tuple(parts[0::2]))
            case "conjunction":
                return Logic(text=written, word="且", parts=tuple(parts[0::2]))
            case "comparison":
                sign = _SIGNS[str(parts[1])]
                return Compare(text=written, sign=sign, left=parts[0], right=parts[2])
            case "sum":
                return Sum(text=written, terms=tuple(_signed(parts, first="+")))
            case "product":
                return Product(text=written, factors=tuple(_signed(parts, first="*")))
            case _:
                return self._call(written, start, str(parts[0]), parts[1:])

    def _number(self, written: str, digits: str, *, percent: bool) -> Number:
        if len(digits) > MOST_DIGITS:
            raise FormulaError(
                "FRM-NUMBER",
                position=1,
                message=Wording(
                    f"常数超过{MOST_DIGITS}位", f"a constant has more than {MOST_DIGITS} digits"
                ),
            )
        value = Decimal(digits)
        return Number(text=written, value=value.scaleb(-2) if percent else value)

    def _call(self, written: str, start: int, word: str, arguments: list[Node]) -> Node:
        name = canonical(word)
        if name is None:
            suggestion = nearest_name(word, known_words())
            hint = f"，是否为“{suggestion}”" if suggestion else ""
            raise FormulaError(
                "FRM-FUNCTION",
                position=start + 1,
                message=Wording(f"没有函数“{word}”{hint}", f"unknown function “{word}”"),
                suggestion=suggestion,
            )
        if name in MOMENTS or name == AVERAGE:
            return self._moment(written, start, name, arguments)
        function = FUNCTIONS[name]
        enough = len(arguments) >= function.least
        if not enough or (function.most is not None and len(arguments) > function.most):
            raise FormulaError(
                "FRM-ARGUMENTS",
                position=start + 1,
                message=Wording(
                    f"函数“{name}”的参数个数不对（{len(arguments)}个）",
                    f"function {name} does not take {len(arguments)} arguments",
                ),
            )
        return Call(text=written, function=name, arguments=tuple(arguments))

    def _moment(self, written: str, start: int, moment: str, arguments: list[Node]) -> Node:
        one = arguments[0] if len(arguments) == 1 else None
        if not isinstance(one, Figure) or one.reference.at:
            self._refuse_moment(moment, start)
        name = one.reference.name
        if moment != AVERAGE:
            return Figure(text=written, reference=Reference(name, moment))
        opening = Figure(text=f"期初({one.text})", reference=Reference(name, "期初"))
        closing = Figure(text=f"期末({one.text})", reference=Reference(name, "期末"))
        total = Sum(
            text=f"({opening.text} + {closing.text})", terms=(("+", opening), ("+", closing))
        )
        half = Number(text="2", value=Decimal(2))
        return Product(text=written, factors=(("*", total), ("/", half)))

    def _refuse_moment(self, moment: str, start: int) -> NoReturn:
        raise FormulaError(
            "FRM-ARGUMENTS",
            position=start + 1,
            message=Wording(
                f"“{moment}”的括号里只能是一个项目名称", f"{moment}(…) takes exactly one name"
            ),
        )


def _signed(parts: list[Any], *, first: str) -> list[tuple[Any, Node]]:
    signs = [first, *(str(sign) for sign in parts[1::2])]
    return list(zip(signs, parts[0::2], strict=True))
