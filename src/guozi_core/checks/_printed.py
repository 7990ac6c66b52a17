"""Sums as they are printed: in file order, with lines nobody understood.

A sum over the dictionary's lines may fail although nothing is wrong: a line has a name the
dictionary does not know, a line stands in another section than usual, a part is printed as a line
of its own, or the file leaves lines out. Before such a failure is reported the printed lines are
read in order:

1. Lines count in the total they stand under, those not understood among them. If that agrees, the
   sum holds.
2. Parts that usually stand under another line (应付利息 under 其他应付款) may be printed as lines of
   their own, and the two lines behind a combined one (应收票据及应收账款) as parts of it.
3. If counting lines that were not understood, with either sign, would make the sum agree, it
   fails only because of them: somebody must explain, nothing is stopped.
4. If a subtotal the sum needs is not printed at all, or no line stands under the total, the sum
   says nothing.

Everything else is a failure as it stands.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from guozi_core.checks._outcome import CheckOutcome, Status
from guozi_core.findings import Severity, Wording
from guozi_core.statements import ItemKind, Moment, StatementKind, fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from guozi_core.checks._figures import Figures
    from guozi_core.statements import Item, ItemDictionary, Line, Statement

_ZERO = Decimal(0)
#: Totals printed above their lines; all others stand below them.
_ABOVE = {"IS01", "IS10"}
#: Losses that newer forms print after costs, with their sign, and former ones among them.
_IMPAIRMENT = {"IS24", "IS25"}
#: Lines without which costs that are not totalled cannot be complete.
_COSTS_NEED = ("IS14", "IS16")
#: A total over fewer lines than this says nothing about what else stands under it.
_FEWEST_LINES = 2
#: More lines than this are not tried in every combination.
_MOST_TRIED = 8


class _Placed(NamedTuple):
    """A printed line with the table and the column it belongs to."""

    line: Line
    kind: StatementKind | None
    moment: Moment


class _Entry(NamedTuple):
    """What a line adds to the total it stands under."""

    line: Line
    amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reach:
    """The lines that stand under a total.

    Parameters
    ----------
    sure : tuple of _Entry
        Lines understood, with their sign.
    optional : tuple of _Entry
        Amounts that another lawful way of printing would add.
    unknown : tuple of _Entry
        Lines not understood, as they count where they stand.
    apart : tuple of Line
        Lines not understood that do not count where they stand (其中, or under another total).
    """

    sure: tuple[_Entry, ...]
    optional: tuple[_Entry, ...]
    unknown: tuple[_Entry, ...]
    apart: tuple[Line, ...]


def impairment_is_among_costs(statement: Statement) -> bool:
    """Return whether impairment stands among costs in a statement that totals none."""
    before: Item | None = None
    for line in statement.lines:
        item = line.item
        if item is None or line.moment is not Moment.CURRENT:
            continue
        if item.code == "IS10":
            return False
        if item.code in _IMPAIRMENT and line.value is not None:
            return before is not None and before.parent == "IS10"
        if item.parent in {"IS10", "IS30"}:
            before = item
    return False


def reconsider(
    failed: CheckOutcome, figures: Figures, *, other_rights: Sequence[Decimal] = ()
) -> CheckOutcome:
    """Return a failed sum, judged once more by the lines as printed.

    Parameters
    ----------
    failed : CheckOutcome
        A failed assertion.
    figures : Figures
        The figures and the statement.
    other_rights : sequence of Decimal
        The right side by other lawful readings.

    Returns
    -------
    CheckOutcome
        Passed, failed but only to be explained, not applicable, or unchanged.
    """
    statement, assertion = figures.statement, failed.assertion
    if statement is None or not statement.lines:
        return failed
    dictionary = figures.rulebook.dictionary
    item = dictionary.by_code.get(assertion.item)
    if item is None or failed.left is None:
        return failed
    moment = assertion.column or (Moment.CLOSING if item.kind is ItemKind.STOCK else Moment.CURRENT)
    lines = [
        one
        for one in _placed(statement, dictionary)
        if one.kind is item.statement and one.moment is moment
    ]
    if assertion.part_of:
        return _part_or_line(failed, item, lines, figures)
    if assertion.relation != "=" or not assertion.blanks_absent:
        return failed
    printed = _PrintedSum(dictionary, statement, figures.rulebook.combined, item, lines, moment)
    return printed.judge(failed, other_rights)


def _placed(statement: Statement, dictionary: ItemDictionary) -> Iterator[_Placed]:
    """Yield the lines; one that is not understood belongs where its neighbours do.

    Between the last line of one table and the first of the next it may belong to either, and is
    yielded for both.
    """
    neighbours = _neighbours(statement.lines, dictionary)
    following = list(reversed(list(_neighbours(statement.lines[::-1], dictionary))))
    for line, before, after in zip(statement.lines, neighbours, following, strict=True):
        if line.item is not None or line.statement is not None:
            yield _Placed(line, line.statement, line.moment)
            continue
        for kind, moment in dict.fromkeys((before, after)):
            if kind is not None:
                # Without a column of its own a line is read as a balance.
                flow = moment is not None and line.moment is Moment.CLOSING
                yield _Placed(line, kind, moment if flow and moment is not None else line.moment)


def _neighbours(
    lines: Sequence[Line], dictionary: ItemDictionary
) -> Iterator[tuple[StatementKind | None, Moment | None]]:
    """Yield for each line the table and column of the nearest understood line before it."""
    kind: StatementKind | None = None
    moment: Moment | None = None
    for line in lines:
        if line.item is not None:
            kind, moment = line.item.statement, line.moment
        elif line.heading is not None:
            heading = dictionary.by_code[line.heading]
            if heading.statement is not kind:
                kind = heading.statement
                moment = Moment.CLOSING if heading.kind is ItemKind.STOCK else Moment.CURRENT
        yield kind, moment


def _part_or_line(
    failed: CheckOutcome, part: Item, lines: Sequence[_Placed], figures: Figures
) -> CheckOutcome:
    """Lower the level where a part larger than its line may be a line of its own (no 其中).

    It cannot be one where it is named by its code, or where the total above adds up without it.
    """
    for line, _, moment in lines:
        if line.item is None or line.item.code != part.code:
            continue
        named_by_code = fold(line.printed).key.upper() == part.code
        if fold(line.printed).of_which or named_by_code:
            return failed
        if _adds_up_without(failed, part, lines, moment, figures):
            return failed
        reason = Wording(
            zh=f"“{line.printed}”前未标“其中”，可能单独列示",
            en=f"“{line.printed}” is not marked as a part and may be a line of its own",
        )
        return replace(failed, level=Severity.EXPLAIN, reason=reason)
    return failed


def _adds_up_without(
    failed: CheckOutcome,
    part: Item,
    lines: Sequence[_Placed],
    moment: Moment,
    figures: Figures,
) -> bool:
    """Return whether the total over the line that holds a part is the sum of the other lines."""
    dictionary, statement = figures.rulebook.dictionary, figures.statement
    holder = dictionary.by_code[part.parent] if part.parent is not None else None
    if statement is None or holder is None or holder.parent is None:
        return False
    total = dictionary.by_code[holder.parent]
    printed = _PrintedSum(dictionary, statement, figures.rulebook.combined, total, lines, moment)
    return printed.adds_up(failed)


class _PrintedSum:
    """One total and the lines around it."""

    def __init__(
        self,
        dictionary: ItemDictionary,
        statement: Statement,
        combined: dict[str, tuple[str, ...]] | object,
        total: Item,
        lines: Sequence[_Placed],
        moment: Moment,
    ) -> None:
        self.dictionary = dictionary
        self.statement = statement
        self.combined = combined if isinstance(combined, dict) else {}
        self.total = total
        self.moment = moment
        self.lines = [one.line for one in lines]
        self.printed = {line.item.code for line in self.lines if line.item is not None}

    def judge(self, failed: CheckOutcome, other_rights: Sequence[Decimal]) -> CheckOutcome:
        """Return the failed sum, judged by the printed lines."""
        sums_up = bool(failed.assertion.total) or self.total.code == "IS30"
        reach = self._reach(sums_up=sums_up)
        if failed.left is None or failed.right is None or reach is None:
            return failed
        allowed = self._allowed(failed, reach)
        bases = [failed.right, *other_rights]
        in_order = self.total.statement is not StatementKind.INCOME_STATEMENT
        if sums_up and (in_order or self.total.code in _ABOVE):
            bases.append(_total(reach.sure))
        counted = _total(reach.unknown)
        for right in bases:
            for entries in _subsets(reach.optional):
                for more, unknown in ((counted, reach.unknown), (_ZERO, ())):
                    read = right + _total(entries) + more
                    if abs(failed.left - read) <= allowed:
                        return self._holds(failed, read, (*entries, *unknown))
        not_understood = (*(entry.line for entry in reach.unknown), *reach.apart)
        if not_understood and any(
            self._explained(failed.left - right, not_understood, allowed) for right in bases
        ):
            return self._only_explain(failed, not_understood)
        return self._incomplete(failed, reach) or self._with_unknown(failed, reach)

    def adds_up(self, failed: CheckOutcome) -> bool:
        """Return whether the total is the sum of the lines that surely stand under it."""
        said = self.statement.figure(self.total.code, self.moment)
        reach = self._reach(sums_up=True)
        if said is None or reach is None or len(reach.sure) < _FEWEST_LINES:
            return False
        read = _total(reach.sure) + _total(reach.unknown)
        return abs(said - read) <= self._allowed(failed, reach)

    def _allowed(self, failed: CheckOutcome, reach: _Reach) -> Decimal:
        """Return the tolerance, widened for the lines that count beside the dictionary's."""
        rule = failed.assertion.tolerance
        tolerance = failed.tolerance or _ZERO
        known = sum(figure.item is not self.total for figure in failed.figures)
        if rule is None or rule.absolute is not None or not known:
            return tolerance
        place = tolerance / max(rule.least, rule.each * known)
        count = max(known, len(reach.sure)) + len(reach.unknown) + len(reach.optional)
        return max(tolerance, place * max(rule.least, rule.each * count))

    def _reach(self, *, sums_up: bool) -> _Reach | None:
        """Return the lines under the total, None where it is not printed."""
        place = next((n for n, line in enumerate(self.lines) if self._is_total(line)), None)
        if place is None:
            return None
        if not sums_up:
            # The parts stand anywhere; a line not understood may be any of them.
            unknown = [line for line in self.lines if line.item is None or self._dropped(line)]
            apart = tuple(line for line in unknown if line.value is not None)
            return _Reach(sure=(), optional=(), unknown=(), apart=apart)
        if self.total.code in _ABOVE:
            return self._sort(list(self._below(place)))
        return self._sort(self._above(place))

    def _is_total(self, line: Line) -> bool:
        return line.item is not None and line.item.code == self.total.code

    def _below(self, place: int) -> Iterator[Line]:
        """Yield the lines printed after a total that stands above its lines."""
        for line in self.lines[place + 1 :]:
            if line.item is not None and not self._under(line.item):
                return
            yield line

    def _above(self, place: int) -> list[Line]:
        """Return the lines between the last total that is no part of this one and the total."""
        found: list[Line] = []
        for line in self.lines[:place]:
            item = line.item
            if item is not None and item.code in self.dictionary.addends and not self._under(item):
                found.clear()
            else:
                found.append(line)
        return found

    def _under(self, item: Item) -> bool:
        return self.total.code in self.dictionary.ancestors(item.code)

    def _sort(self, lines: list[Line]) -> _Reach:
        """Sort the lines under the total: a printed subtotal takes the place of its lines."""
        sure: list[_Entry] = []
        optional: list[_Entry] = []
        unknown: list[_Entry] = []
        apart: list[Line] = []
        before: Item | None = None
        for line in lines:
            item = line.item
            if item is None or self._dropped(line):
                if line.heading is None and line.value is not None:
                    sign = self._sign_here(line, before)
                    if sign:
                        unknown.append(_Entry(line, sign * line.value))
                    else:
                        apart.append(line)
                continue
            before = _zone(before, item)
            if item.code in self.dictionary.addends and not item.of_which:
                below = [e for e in (*sure, *unknown) if self._inside(e.line, item)]
                apart.extend(entry.line for entry in unknown)
                sure = [entry for entry in sure if entry not in below]
                unknown.clear()
                optional.clear()
            if line.value is None:
                continue
            amount = self._sign(item) * line.value
            if item.of_which:
                if not fold(line.printed).of_which:
                    optional.append(_Entry(line, amount))
                continue
            sure.append(_Entry(line, amount))
            if any(
                item.code in parts and one in self.printed for one, parts in self.combined.items()
            ):
                optional.append(_Entry(line, -amount))
        return _Reach(
            sure=tuple(sure), optional=tuple(optional), unknown=tuple(unknown), apart=tuple(apart)
        )

    def _inside(self, line: Line, subtotal: Item) -> bool:
        """Return whether a line above a printed subtotal belongs to it."""
        if line.item is None:
            return True
        return subtotal.code in self.dictionary.ancestors(line.item.code) or not self._under(
            line.item
        )

    def _dropped(self, line: Line) -> bool:
        """Return whether a figure was left out because the line is printed twice differently."""
        return (
            line.item is not None
            and line.value is not None
            and self.statement.figure(line.item.code, line.moment) is None
        )

    def _sign(self, item: Item) -> int:
        """Return with which sign a line enters the total."""
        sign = 1
        for code in self.dictionary.ancestors(item.code):
            if code == self.total.code:
                return sign
            sign *= self.dictionary.by_code[code].sign
        return item.sign

    def _sign_here(self, line: Line, before: Item | None) -> int:
        """Return with which sign a line not understood counts where it stands; 0 for not at all."""
        name = fold(line.printed)
        if name.of_which:
            return 0
        if name.subtracted:
            return -1
        if self.total.statement is not StatementKind.INCOME_STATEMENT or self.total.code in _ABOVE:
            return 1
        if before is None:
            return 0
        for section in ("IS10", "IS01"):
            if section in self.dictionary.ancestors(before.code) and section != self.total.code:
                # It counts in the total printed above it, else straight in the profit.
                straight = section not in self.printed
                return (-1 if section == "IS10" else 1) * straight
        return before.sign if before.parent == self.total.code else 0

    def _holds(
        self, failed: CheckOutcome, right: Decimal, entries: Sequence[_Entry]
    ) -> CheckOutcome:
        """Return the sum as passed, saying how it was read."""
        names = "、".join(dict.fromkeys(entry.line.printed for entry in entries))
        reason = Wording(
            zh=f"按印出的顺序加总{f'，计入{names}' if names else ''}",
            en=f"added up as printed{f', with {names}' if names else ''}",
        )
        return replace(
            failed,
            status=Status.PASSED,
            right=right,
            difference=None if failed.left is None else failed.left - right,
            reading="printed",
            reason=reason,
            lines=tuple(entry.line for entry in entries if entry.line.item is None),
        )

    def _with_unknown(self, failed: CheckOutcome, reach: _Reach) -> CheckOutcome:
        """Return the failed sum with the lines not understood counted where they stand."""
        if not reach.unknown or failed.left is None or failed.right is None:
            return failed
        names = "、".join(dict.fromkeys(entry.line.printed for entry in reach.unknown))
        right = failed.right + _total(reach.unknown)
        return replace(
            failed,
            right=right,
            difference=failed.left - right,
            reason=Wording(zh=f"已计入未能识别的{names}", en=f"with {names}, not understood"),
            lines=tuple(entry.line for entry in reach.unknown),
        )

    def _explained(self, difference: Decimal, lines: Sequence[Line], allowed: Decimal) -> bool:
        """Return whether some of the lines, with either sign, make up the difference."""
        values = [line.value for line in lines if line.value is not None]
        if len(values) > _MOST_TRIED:
            return True
        return any(
            abs(difference - sum((s * v for s, v in zip(signs, values, strict=True)), _ZERO))
            <= allowed
            for signs in product((0, 1, -1), repeat=len(values))
        )

    def _only_explain(self, failed: CheckOutcome, lines: Sequence[Line]) -> CheckOutcome:
        """Return the sum as failed only because of lines not understood."""
        names = "、".join(dict.fromkeys(line.printed for line in lines))
        reason = Wording(
            zh=f"有未能识别的项目（{names}），合计数不能核对",
            en=f"lines were not understood ({names}); the sum cannot be checked",
        )
        return replace(failed, level=Severity.EXPLAIN, reason=reason, lines=tuple(lines))

    def _incomplete(self, failed: CheckOutcome, reach: _Reach) -> CheckOutcome | None:
        """Return the sum as not applicable where the file does not hold what it needs."""
        if not failed.assertion.total and self.total.code != "IS30":
            return None
        addends = self.dictionary.addends.get(self.total.code, ())
        needed = [item for item in addends if item.code in self.dictionary.addends]
        if self.total.code == "IS30":
            costs = "IS10" not in self.printed
            needed = [self.dictionary.by_code[code] for code in _COSTS_NEED if costs]
        lacking = [item for item in needed if item.code not in self.printed]
        others = [item for item in addends if item not in needed]
        if not lacking and others and not any(item.code in self.printed for item in others):
            lacking = [item for item in others if item.use.value == "general"]
        if not lacking and not needed and not reach.sure and not reach.unknown:
            lacking = [self.total]
        if not lacking:
            return None
        zh, en = "、".join(i.name for i in lacking), ", ".join(i.english for i in lacking)
        return replace(
            failed,
            status=Status.NOT_APPLICABLE,
            code="printed",
            reason=Wording(zh=f"文件中没有印出所需的行：{zh}", en=f"lines not in the file: {en}"),
        )


def _zone(before: Item | None, item: Item) -> Item:
    """Return the line that tells the section: impairment printed among costs does not end them."""
    among = before is not None and before.parent == "IS10" and item.code in _IMPAIRMENT
    return before if among and before is not None else item


def _total(entries: Sequence[_Entry]) -> Decimal:
    return sum((entry.amount for entry in entries), _ZERO)


def _subsets(entries: Sequence[_Entry]) -> Iterator[tuple[_Entry, ...]]:
    """Yield every choice of the entries, smallest first; few are ever there."""
    chosen = entries[:_MOST_TRIED]
    for mask in sorted(range(1 << len(chosen)), key=int.bit_count):
        yield tuple(entry for bit, entry in enumerate(chosen) if mask >> bit & 1)
