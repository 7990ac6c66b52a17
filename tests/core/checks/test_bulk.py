"""The kernel over columns answers as the exact evaluator does."""

from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.checks.samples import shipped_dictionary, shipped_rulebook, statement_of

from guozi_core.checks import Form, Precision, Status, bulk, example_case, run
from guozi_core.checks.bulk import Kernel
from guozi_core.statements import FigureKey, Moment, Scope, Statement, StatementBook
from guozi_core.units import MoneyUnit, Period

VERDICT = {Status.NOT_APPLICABLE: 0, Status.PASSED: 1, Status.FAILED: 2}
#: Lines that many rows use, with the columns they have.
CODES = [
    "BS40e", "BS14e", "BS37e", "BS71e", "BS52e", "BS70e", "BS91e", "BS89e", "BS90e", "BS95e",
    "BS01e", "BS01Re", "BS05e", "BS09e", "BS28e", "BS28Ge", "BS28De", "BS41e", "BS61e", "BS81e",
    "BS83e", "BS84e", "BS88e", "BS40o", "BS14o", "BS37o", "BS71o", "BS91o", "SP08e", "SP08o",
    "IS01c", "IS02c", "IS10c", "IS11c", "IS14c", "IS16c", "IS24c", "IS25c", "IS30c", "IS31c",
    "IS32c", "IS40c", "IS41c", "IS50c", "IS51c", "IS52c", "IS30p", "IS02p", "IS11p", "CF04c",
    "CF01c", "CF02c", "CF09c", "CF10c", "CF30c", "CF31c", "CF32c", "SP06c", "SP07c",
]  # fmt: skip


@pytest.fixture(scope="module")
def kernel() -> Kernel:
    return bulk.compile_kernel(shipped_rulebook())


#: Statements that need another lawful reading, or must not be given one.
READINGS = [
    {"IS01c": 100, "IS10c": 85, "IS11c": 80, "IS25c": 5, "IS30c": 15},
    {"IS01c": 100, "IS10c": 85, "IS11c": 85, "IS25c": 5, "IS30c": 15},
    {"IS01p": 100, "IS10p": 85, "IS11p": 80, "IS25p": 5, "IS30p": 15},
    {"BS41e": 40, "BS61e": 58, "BS49Ie": 5, "SP08e": 98},
    {"BS41e": 40, "BS61e": 58, "BS49Ie": 5, "BS63e": 9, "SP08e": 112},
    {"BS41e": 40, "BS61e": 58, "BS49Ie": 5, "SP08e": 90},
]


def nearly_right(rng: np.random.Generator, place: Decimal) -> Statement:
    """Return a statement whose totals miss their lines by a few halves of the last place."""
    unit = place.scaleb(-4)
    figures: dict[str, Decimal] = {
        code: int(rng.integers(-20, 2000)) * unit for code in CODES if rng.random() < 0.8
    }
    for code, addends in shipped_dictionary().addends.items():
        for letter in "eocp":
            there = [(one, figures.get(one.code + letter)) for one in addends]
            total = sum((one.sign * value for one, value in there if value is not None), Decimal(0))
            if rng.random() < 0.7 and f"{code}{letter}" in figures:
                figures[f"{code}{letter}"] = total + int(rng.integers(-6, 7)) * unit / 2
    return statement_of(figures)


def exact(kernel: Kernel, book: StatementBook, precision: Precision, form: Form) -> list[int]:
    outcomes = run(shipped_rulebook(), book, Period.annual(2024), precision=precision, form=form)
    judged = {outcome.assertion.id: VERDICT[outcome.status] for outcome in outcomes}
    return [judged[assertion.id] for assertion in kernel.assertions]


def in_bulk(
    kernel: Kernel, books: list[StatementBook], precision: Precision, form: Form
) -> list[list[int]]:
    assert precision.place is not None
    figures = bulk.figures_of(kernel, [(book, Period.annual(2024)) for book in books])
    verdicts = bulk.run_in_bulk(
        kernel,
        figures,
        places=np.full(len(books), int(precision.place * 100), dtype=np.int64),
        unit=precision.unit,
        form=form,
        scope=Scope.CONSOLIDATED,
        filed=precision.filed,
    )
    return verdicts.T.tolist()


@pytest.mark.parametrize(
    ("precision", "form"),
    [
        (Precision(unit=MoneyUnit.WAN, place=Decimal(10_000)), Form.FLASH),
        (Precision(unit=MoneyUnit.WAN, place=Decimal(100)), Form.FINAL),
        (Precision(unit=MoneyUnit.WAN, place=Decimal(100), filed=True), Form.FLASH),
        (Precision(unit=MoneyUnit.YUAN, place=Decimal(2)), Form.FINAL),
        (Precision(unit=MoneyUnit.YUAN, place=Decimal("0.02")), Form.FINAL),
    ],
    ids=["whole wan", "fen of wan", "filed", "yuan", "fen"],
)
def test_verdicts_are_those_of_the_exact_evaluator(
    kernel: Kernel, precision: Precision, form: Form
) -> None:
    rng = np.random.default_rng(20260101)
    assert precision.place is not None
    statements = [nearly_right(rng, precision.place) for _ in range(8)]
    statements += [statement_of(figures) for figures in READINGS]
    last = [replace(one, period=Period.annual(2023)) for one in reversed(statements)]
    books = [StatementBook.of(pair) for pair in zip(statements, last, strict=True)]

    found = in_bulk(kernel, books, precision, form)

    assert found == [exact(kernel, book, precision, form) for book in books]
    # The comparison is worth something only where all three verdicts occur.
    assert {verdict for verdicts in found for verdict in verdicts} == {0, 1, 2}


@settings(max_examples=8)
@given(
    figures=st.dictionaries(
        st.sampled_from(CODES), st.decimals(-(10**9), 10**9, places=2), max_size=len(CODES)
    )
)
def test_verdicts_agree_on_any_figures(kernel: Kernel, figures: dict[str, Decimal]) -> None:
    book = StatementBook.of([statement_of(figures)])
    precision = Precision(unit=MoneyUnit.WAN, place=Decimal(100))

    assert in_bulk(kernel, [book], precision, Form.FINAL) == [
        exact(kernel, book, precision, Form.FINAL)
    ]


def test_amounts_near_the_end_of_64_bits_are_judged_exactly(kernel: Kernel) -> None:
    huge = Decimal("92233720368540000.00")
    agreeing = {"BS40e": 2, "BS14e": 1, "BS37e": 1}
    figures = {
        FigureKey("BS14", Moment.CLOSING): huge,
        FigureKey("BS37", Moment.CLOSING): -huge,
        FigureKey("BS40", Moment.CLOSING): Decimal("0.02"),
        FigureKey("BS91", Moment.CLOSING): huge,
        FigureKey("BS89", Moment.CLOSING): -huge,
        FigureKey("BS90", Moment.CLOSING): -huge,
    }
    wide = replace(statement_of({}), figures=figures)
    precision = Precision(unit=MoneyUnit.YUAN, place=Decimal("0.01"))
    books = [StatementBook.of([one]) for one in (statement_of(agreeing), wide)]

    found = in_bulk(kernel, books, precision, Form.FINAL)

    assert found == [exact(kernel, book, precision, Form.FINAL) for book in books]
    place = [assertion.id for assertion in kernel.assertions].index("X03.BS91")
    # In 64 bits huge + huge + huge would wrap round and could look small.
    assert found[1][place] == bulk.FAILED


def test_examples_of_the_rulebook_have_the_same_verdicts(kernel: Kernel) -> None:
    rulebook = shipped_rulebook()
    precision = Precision(unit=MoneyUnit.WAN, place=Decimal(10_000))
    for check in rulebook.checks:
        for example in check.examples:
            case = example_case(rulebook, example)
            if case.parameters or case.period != Period.annual(2024):
                continue
            figures = bulk.figures_of(kernel, [(case.book, case.period)], inputs=[case.inputs])
            verdicts = bulk.run_in_bulk(
                kernel,
                figures,
                places=np.array([10**6], dtype=np.int64),
                unit=MoneyUnit.WAN,
                form=Form.FINAL,
                scope=Scope.CONSOLIDATED,
            )
            outcomes = run(
                rulebook, case.book, case.period, precision=precision, inputs=case.inputs
            )
            judged = {outcome.assertion.id: VERDICT[outcome.status] for outcome in outcomes}

            assert verdicts[:, 0].tolist() == [judged[a.id] for a in kernel.assertions], check.id


def test_only_what_is_no_weighted_sum_is_left_out(kernel: Kernel) -> None:
    left_out = {assertion.id.split(".")[0] for assertion in kernel.left_out}

    assert len(kernel.assertions) > 25 * len(kernel.left_out)
    assert left_out == {
        "X23", "X32", "X33", "X37", "X39", "X40", "X46", "X48", "X49", "X52", "X58", "X59", "X60",
        "X64", "X65", "X68", "X70", "X71", "X72", "X75",
    }  # fmt: skip


def test_every_line_named_exists(kernel: Kernel) -> None:
    rulebook = shipped_rulebook()
    known = set(shipped_dictionary().by_name)

    for column in kernel.columns:
        seen = column.name.partition("·")
        assert column.name in known or column.name in rulebook.inputs or seen[2] in known
