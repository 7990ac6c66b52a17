"""``guozi demo``: build the example city if the database is empty, then serve it."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import numpy as np

from guozi.cli import _platform, _progress, serve
from guozi_core.findings import Wording

if TYPE_CHECKING:
    import argparse
    from decimal import Decimal

    from guozi.demo.summary import Summary
    from guozi_core.findings import Language

_EXISTS = Wording(
    "数据库中已有企业，不再装入示例城市。",
    "The database holds enterprises already; the example city is not built again.",
)


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--seed", type=int, default=20260101, help="20260101")
    parser.add_argument("--city", default="云泽市", metavar="NAME", help="云泽市")
    parser.add_argument(
        "--no-serve", action="store_true", help="只装入，不启动网页 | build only, serve nothing"
    )
    parser.add_argument("--port", type=int, default=serve.DEFAULT_PORT, help="8000")


def run(arguments: argparse.Namespace) -> int:
    """Build the city unless enterprises are there, show it, serve it."""
    _platform.start(migrate=True)
    from guozi.demo import build, evaluations, summary  # noqa: PLC0415 - need Django

    language: Language = arguments.lang
    at = datetime.now(UTC)
    bar = _progress.Bar(language)
    rng = np.random.default_rng(arguments.seed)
    try:
        build.build(rng=rng, name=arguments.city, at=at, progress=bar)
    except build.CityExistsError:
        print(_EXISTS.in_language(language), file=sys.stderr)
    if build.is_there() and not evaluations.is_evaluated(build.NAME):
        evaluations.evaluate(rng, name=build.NAME, at=at, progress=bar)
    told = summary.summarise(build.NAME, on=at.date())
    if told is not None:
        for line in _lines(told):
            print(line.in_language(language))
    for line in build.accounts():
        print(line.in_language(language))
    if arguments.no_serve:
        return 0
    address = f"http://127.0.0.1:{arguments.port}/"
    print(
        Wording(f"打开 {address} （Ctrl+C 停止）", f"Open {address} (Ctrl+C stops)").in_language(
            language
        )
    )
    sys.stdout.flush()
    return serve.run_server(arguments.port)


def _lines(told: Summary) -> list[Wording]:
    """Return the summary as lines."""
    found = [
        Wording(f"{level.label.zh}　{count} 户", f"{level.label.en:<36}{count:>5}")
        for level, count in told.levels
    ]
    if told.period is None:
        return found
    return [
        *found,
        Wording(
            f"{told.period} 快报：已报 {told.filed} 户（逾期 {told.late} 户），未报 {told.missing} 户",
            f"Flash report {told.period}: {told.filed} filed ({told.late} late), "
            f"{told.missing} not filed",
        ),
        Wording(
            f"资产总额 {_shown(told.assets)} 亿元，营业总收入 {_shown(told.revenue)} 亿元，"
            f"利润总额 {_shown(told.profit)} 亿元",
            f"In 100 million yuan: total assets {_shown(told.assets)}, revenue "
            f"{_shown(told.revenue)}, profit before tax {_shown(told.profit)}",
        ),
    ]


def _shown(amount: Decimal | None) -> str:
    return "—" if amount is None else f"{amount:,.2f}"
