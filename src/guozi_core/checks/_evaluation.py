"""The checks of one statement, judged exactly."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from guozi_core.checks import _printed, _suspects
from guozi_core.checks._figures import Figures
from guozi_core.checks._model import Form
from guozi_core.checks._outcome import CheckOutcome, InvolvedFigure, Status
from guozi_core.findings import Wording
from guozi_core.formula import Computed, Reference, evaluate, in_english
from guozi_core.statements import ItemUnit, Moment, asked_in_english
from guozi_core.units import MoneyUnit, PeriodKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from guozi_core.checks._figures import ColumnFigures
    from guozi_core.checks._model import Assertion, Check, CheckRulebook, Reading, Tolerance
    from guozi_core.formula import Expression, NotComputable
    from guozi_core.statements import ItemDictionary, Scope, Statement, StatementBook
    from guozi_core.units import Period

_ZERO = Decimal(0)
_FEN_OF_YUAN = -2
_ODD_ONE_IN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Precision:
    """How finely the figures of a table are written.

    Parameters
    ----------
    unit : MoneyUnit
        The unit of the table.
    place : Decimal
        The last place in 元; None to see it from the figures of each check.
    filed : bool
        Whether the table is a form whose totals are sums of what stands in it.
    """

    unit: MoneyUnit
    place: Decimal | None = None
    filed: bool = False


def filed_precision(
    statement: Statement, dictionary: ItemDictionary, *, unit: MoneyUnit, places: int
) -> Precision:
    """Return how finely a filed form is written: in whole units where every amount is whole.

    Parameters
    ----------
    statement : Statement
        The figures in 元.
    dictionary : ItemDictionary
        Knows which lines are money.
    unit : MoneyUnit
        The unit of the form.
    places : int
        Decimals the form allows.

    Returns
    -------
    Precision
        With ``filed`` set.

    Examples
    --------
    >>> from guozi_core.statements import FigureKey, Scope, Statement, sample_dictionary
    >>> from guozi_core.units import Period
    >>> def form(yuan):
    ...     return Statement(enterprise="甲", period=Period.annual(2024), scope=Scope.SINGLE,
    ...                      figures={FigureKey("BS40", Moment.CLOSING): Decimal(yuan)})
    >>> filed_precision(form(50_000), sample_dictionary(), unit=MoneyUnit.WAN, places=2).place
    Decimal('1E+4')
    >>> filed_precision(form(50_100), sample_dictionary(), unit=MoneyUnit.WAN, places=2).place
    Decimal('1E+2')
    """
    whole = _yuan(unit)
    money = _money(statement, dictionary)
    place = whole if all(value % whole == 0 for value in money) else whole.scaleb(-places)
    return Precision(unit=unit, place=place, filed=True)


def printed_precision(
    statement: Statement, dictionary: ItemDictionary, *, unit: MoneyUnit
) -> Precision:
    """Return how finely printed statements are rounded: to the place that nearly all amounts use.

    Every line is rounded by itself, so that a printed sum may miss by half a place a line. One amount in
    twenty may have further digits: a line copied from elsewhere does not make the others exact.

    Parameters
    ----------
    statement : Statement
        The figures in 元.
    dictionary : ItemDictionary
        Knows which lines are money.
    unit : MoneyUnit
        The unit they were printed in.

    Returns
    -------
    Precision
        With ``filed`` not set.

    Examples
    --------
    >>> from guozi_core.statements import FigureKey, Scope, Statement, sample_dictionary
    >>> from guozi_core.units import Period
    >>> printed = Statement(
    ...     enterprise="甲", period=Period.annual(2024), scope=Scope.SINGLE,
    ...     figures={FigureKey("BS40", Moment.CLOSING): Decimal("50100"),
    ...              FigureKey("BS40", Moment.OPENING): Decimal("47000")},
    ... )
    >>> printed_precision(printed, sample_dictionary(), unit=MoneyUnit.WAN).place
    Decimal('1E+2')
    """
    place = _yuan(unit)
    amounts = list(_money(statement, dictionary))
    while place > _yuan(MoneyUnit.FEN):
        finer = sum(value % place != 0 for value in amounts)
        if finer * _ODD_ONE_IN <= len(amounts):
            break
        place = place.scaleb(-1)
    return Precision(unit=unit, place=place)


def _money(statement: Statement, dictionary: ItemDictionary) -> Iterator[Decimal]:
    return (
        value
        for key, value in statement.figures.items()
        if dictionary.by_code[key.item].unit is ItemUnit.MONEY
    )


def run(
    rulebook: CheckRulebook,
    book: StatementBook,
    period: Period,
    *,
    precision: Precision,
    form: Form | None = None,
    parameters: Mapping[str, Decimal] | None = None,
    inputs: Mapping[str, Decimal] | None = None,
    only: Iterable[str] | None = None,
) -> tuple[CheckOutcome, ...]:
    """Return every check of one statement, judged.

    Parameters
    ----------
    rulebook : CheckRulebook
        The checks.
    book : StatementBook
        The statements of one enterprise and scope; figures in 元.
    period : Period
        The statement that is checked.
    precision : Precision
        How finely its figures are written, which decides what rounding explains.
    form : Form, optional
        Flash report or final accounts; by default final where the period is a year.
    parameters : mapping of str to Decimal, optional
        Parameters of the rulebook that differ from their defaults.
    inputs : mapping of str to Decimal, optional
        Figures of other tables by the names of the rulebook; money in 元.
    only : iterable of str, optional
        Identifiers of the checks to judge; all by default.

    Returns
    -------
    tuple of CheckOutcome
        One for each assertion, in the order of the rulebook; those that say nothing are there as
        not applicable, with the reason.

    Raises
    ------
    KeyError
        If the book holds no statement of the period.
    """
    statement = book.statements[period]
    figures = Figures(rulebook, book, period, parameters=parameters or {}, inputs=inputs or {})
    if _printed.impairment_is_among_costs(statement):
        figures.set_fact("减值列为成本", Decimal(1))
    chosen = set(only) if only is not None else None
    judge = _Judge(
        figures,
        statement.scope,
        form or (Form.FINAL if period.kind is PeriodKind.YEAR else Form.FLASH),
        precision,
    )
    outcomes = [
        judge.outcome(check, assertion)
        for check in rulebook.checks
        if chosen is None or check.id in chosen
        for assertion in check.assertions
    ]
    return tuple(_suspects.name_suspects(outcomes, statement))


class _Judge:
    """Judges the assertions of one statement."""

    def __init__(self, figures: Figures, scope: Scope, form: Form, precision: Precision) -> None:
        self.figures = figures
        self.scope = scope
        self.form = form
        self.precision = precision
        self._assertions = {
            assertion.id: (check, assertion)
            for check in figures.rulebook.checks
            for assertion in check.assertions
        }

    def outcome(self, check: Check, assertion: Assertion) -> CheckOutcome:
        """Return one assertion, judged."""
        seen = self.figures.column(assertion.column, own=assertion.own)
        silent = CheckOutcome(
            check=check,
            assertion=assertion,
            status=Status.NOT_APPLICABLE,
            level=assertion.level[self.form],
            unit=self.precision.unit,
        )
        why = self._not_applicable(assertion, seen)
        if why is not None:
            return replace(silent, code=why[0], reason=why[1])
        if assertion.share is not None:
            return self._share(silent, seen)
        judged = self._sides(silent, seen)
        if not judged.failed:
            return judged
        others = self._other_readings(judged, seen)
        for other in others:
            if other.status is Status.PASSED:
                return other
        rights = [other.right for other in others if other.right is not None]
        return _printed.reconsider(judged, self.figures, other_rights=rights)

    def _not_applicable(
        self, assertion: Assertion, seen: ColumnFigures
    ) -> tuple[str, Wording | None] | None:
        """Return why an assertion is not judged, None where it is."""
        if self.form not in assertion.forms:
            return "form", Wording(zh="不适用于本类报表", en="not for this kind of report")
        if self.scope not in assertion.scopes:
            return "scope", Wording(zh="不适用于本口径", en="not for this scope")
        lacking = [table for table in assertion.tables if not self._table_there(assertion, table)]
        if lacking:
            tables = [self.figures.rulebook.tables[table] for table in lacking]
            return "table", Wording(
                zh=f"没有{'、'.join(table.zh for table in tables)}的数据",
                en=f"no data of the {', the '.join(table.en for table in tables)}",
            )
        line = assertion.line
        if line is not None and seen.value(line) is None:
            # Most lines of the dictionary are not in a statement: say so before anything else.
            return "missing", self._missing([line])
        missing = [one for one in assertion.requires if _value(one, seen) is None]
        if missing:
            return "missing", self._missing(name for one in missing for name in one.references)
        if any(_value(one, seen) is not None for one in assertion.without):
            return "condition", Wording(zh="由另一项核对", en="another part checks it")
        if assertion.when is not None:
            holds = evaluate(assertion.when, seen.value)
            if not isinstance(holds, Computed):
                return "missing", self._why(holds)
            if not holds.value:
                text = assertion.when.text
                english = in_english(text, self.figures.rulebook.english_of)
                return "condition", Wording(zh=f"不满足“{text}”", en=f"“{english}” does not hold")
        return None

    def _table_there(self, assertion: Assertion, table: str) -> bool:
        """Return whether an input of the table is given for this assertion."""
        sides = (*assertion.left.references, *assertion.right.references)
        if assertion.when is not None:
            sides = (*sides, *assertion.when.references)
        inputs = self.figures.rulebook.inputs
        named = [
            reference
            for reference in sides
            if (one := inputs.get(reference.name.partition("·")[0])) is not None
            and one.table == table
        ]
        return not named or any(self.figures.has_input(one.name) for one in named)

    def _sides(
        self, silent: CheckOutcome, seen: ColumnFigures, reading: Reading | None = None
    ) -> CheckOutcome:
        """Return the assertion with its sides computed and compared."""
        assertion = silent.assertion
        right_side = assertion.right if reading is None else reading.right
        left = evaluate(assertion.left, seen.value)
        if not isinstance(left, Computed):
            return replace(silent, code="missing", reason=self._why(left))
        if assertion.blanks_absent:
            right = seen.sum_of_present(right_side)
            reason: Wording | None = Wording(
                zh="右边各项均未填列", en="every figure on the right is blank"
            )
        else:
            result = evaluate(right_side, seen.value)
            right = result.number if isinstance(result, Computed) else None
            reason = self._why(result) if not isinstance(result, Computed) else None
        if right is None:
            return replace(silent, code="missing", reason=reason)
        addends = seen.involved(right_side)
        figures = tuple(dict.fromkeys((*seen.involved(assertion.left), *addends)))
        tolerance = self._tolerance(assertion.tolerance, figures, len(addends), right)
        difference = left.number - right
        return replace(
            silent,
            status=Status.PASSED
            if _agrees(assertion.relation, difference, tolerance)
            else Status.FAILED,
            left=left.number,
            right=right,
            difference=difference,
            tolerance=tolerance,
            figures=figures,
            reading=reading.key if reading is not None else "",
            reason=reading.title if reading is not None else None,
        )

    def _other_readings(self, failed: CheckOutcome, seen: ColumnFigures) -> list[CheckOutcome]:
        """Return the outcome of every other reading that is lawful here."""
        found: list[CheckOutcome] = []
        for reading in failed.assertion.readings:
            if reading.when is not None:
                lawful = evaluate(reading.when, seen.value)
                if not isinstance(lawful, Computed) or not lawful.value:
                    continue
            if reading.follows and not self._holds(reading.follows, failed.assertion.column):
                continue
            found.append(self._sides(failed, seen, reading))
        return found

    def _holds(self, followed: str, column: Moment | None) -> bool:
        """Return whether another assertion holds by the reading named."""
        name, _, key = followed.partition("/")
        check, assertion = self._assertions[
            f"{name}@{column.value}" if column is not None else name
        ]
        return self.outcome(check, assertion).reading == key

    def _share(self, silent: CheckOutcome, seen: ColumnFigures) -> CheckOutcome:
        """Return a check on how many lines meet a condition."""
        share = silent.assertion.share
        limit = self.figures.parameter(share.limit) if share is not None else None
        if share is None or limit is None:
            return silent
        compared, met = 0, 0
        for item, condition in zip(share.items, share.conditions, strict=True):
            if seen.value(Reference(item.name)) is None:
                continue
            result = evaluate(condition, seen.value)
            if isinstance(result, Computed):
                compared += 1
                met += bool(result.value)
        if compared < share.least:
            reason = Wording(
                zh=f"可比项目只有{compared}个，少于{share.least}个",
                en=f"only {compared} lines compare, fewer than {share.least}",
            )
            return replace(silent, code="missing", reason=reason)
        return replace(
            silent,
            status=Status.FAILED if met >= limit * compared else Status.PASSED,
            left=Decimal(met),
            right=Decimal(compared),
            difference=None,
            tolerance=limit,
            reason=Wording(
                zh=f"{compared}个可比项目中有{met}个与上期相差约一万倍",
                en=f"{met} of {compared} comparable lines differ about 10,000 times",
            ),
        )

    def _missing(self, references: Iterable[Reference]) -> Wording:
        """Return the sentence that names missing figures."""
        listed = list(dict.fromkeys(references))
        english_of = self.figures.rulebook.english_of
        return Wording(
            zh=f"缺少：{'、'.join(str(one) for one in listed)}",
            en="missing: "
            + ", ".join(asked_in_english(english_of(one.name), one.at) for one in listed),
        )

    def _why(self, result: NotComputable) -> Wording:
        """Return why a side has no value, the names of its formula in both languages."""
        if result.missing:
            return self._missing(result.missing)
        english = in_english(result.reason.en, self.figures.rulebook.english_of)
        return Wording(zh=result.reason.zh, en=english)

    def _tolerance(
        self,
        rule: Tolerance | None,
        figures: tuple[InvolvedFigure, ...],
        addends: int,
        right: Decimal,
    ) -> Decimal:
        """Return by how much the sides may differ, in 元."""
        if rule is None:
            return _ZERO
        if rule.absolute is not None:
            return rule.absolute
        unit = self.precision.unit
        place = self.precision.place
        if place is None:
            place = last_place(figures, unit)
        if rule.exact_when_filed and self.precision.filed and place < _yuan(unit):
            return _ZERO
        allowed = max(rule.least, rule.each * addends) * place
        if rule.most_yuan is not None and unit is MoneyUnit.YUAN:
            allowed = min(allowed, rule.most_yuan)
        return max(allowed, abs(right) * rule.relative)


def last_place(figures: Iterable[InvolvedFigure], unit: MoneyUnit) -> Decimal:
    """Return the last place to which figures are printed, in 元.

    Parameters
    ----------
    figures : iterable of InvolvedFigure
        Figures in 元, with the digits that were printed.
    unit : MoneyUnit
        The unit of the table.

    Returns
    -------
    Decimal
        The last place that most of them have (of equal numbers the coarser one): one unit where
        most are whole numbers, never less than 0.01 元. A single figure with more or fewer digits
        than its table has does not count.

    Examples
    --------
    >>> from guozi_core.statements import Moment, sample_dictionary
    >>> def printed(text):
    ...     value = Decimal(text).scaleb(4)
    ...     return InvolvedFigure("货币资金", sample_dictionary().by_code["BS01"], None, None, value)
    >>> last_place([printed("1230.19"), printed("6.190796"), printed("1224.00")], MoneyUnit.WAN)
    Decimal('1E+2')
    >>> last_place([printed("100"), printed("60"), printed("39.5")], MoneyUnit.WAN)
    Decimal('1E+4')
    """
    whole = _exponent(unit)
    counted = Counter(
        min(exponent, whole)
        for figure in figures
        if figure.item is None or figure.item.unit is ItemUnit.MONEY
        if isinstance(exponent := figure.value.as_tuple().exponent, int)
    )
    most = max(counted.values(), default=0)
    place = max((exponent for exponent, count in counted.items() if count == most), default=whole)
    return Decimal((0, (1,), max(place, _FEN_OF_YUAN)))


def _exponent(unit: MoneyUnit) -> int:
    """Return the power of ten that one unit is in 元."""
    return len(str(unit.fen)) - len(str(MoneyUnit.YUAN.fen))


def _yuan(unit: MoneyUnit) -> Decimal:
    return Decimal((0, (1,), _exponent(unit)))


def _agrees(relation: str, difference: Decimal, tolerance: Decimal) -> bool:
    if relation == "=":
        return abs(difference) <= tolerance
    return difference <= tolerance if relation == "≤" else -difference <= tolerance


def _value(expression: Expression, seen: ColumnFigures) -> Decimal | None:
    result = evaluate(expression, seen.value)
    return result.number if isinstance(result, Computed) else None
