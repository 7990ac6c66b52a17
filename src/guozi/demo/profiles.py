"""What kind of business an enterprise is, and where it stands in its industry.

A profile gives the make-up of balance sheet and costs; the published standard values (评价标准值) give
the levels. Every enterprise has a standing between 0 and 1; an indicator of that standing lies where
the industry's quintiles put it, so that evaluations spread over all grades as they do in life.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from guozi_core.scoring import Level as Grade

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.random import Generator
    from numpy.typing import NDArray

    from guozi.demo.city import Enterprise
    from guozi_core.scoring import StandardTable


class Profile(NamedTuple):
    """Make-up of a kind of business; shares of assets (A), of revenue (R) or of what remains (F)."""

    cash: float  # A
    other_receivables: float  # A
    prepayments: float  # of costs
    contract_assets: float  # R
    associates: float  # A
    investment_property: float  # F
    construction: float  # F
    intangibles: float  # F
    depreciation: float  # of cost, a year
    levies: float  # R
    selling: float  # R
    administration: float  # R
    research: float  # R
    grants: float  # R
    pay: float  # of costs without depreciation
    capitalised: float  # of interest, into property under development
    season: int  # row of SEASONS


#: Share of a year's revenue by month before noise: level, construction, heating, tourism.
SEASONS: Final = np.array(
    [
        [7.6, 6.8, 8.6, 8.1, 8.3, 8.8, 8.0, 8.1, 8.7, 8.3, 8.6, 10.1],
        [4.5, 3.5, 7.5, 7.6, 8.3, 9.8, 8.2, 8.4, 9.4, 8.6, 9.7, 14.5],
        [14.5, 13.0, 10.5, 6.0, 5.0, 5.0, 5.2, 5.2, 5.0, 6.3, 10.8, 13.5],
        [6.5, 8.6, 6.2, 8.3, 10.5, 7.3, 10.4, 10.8, 7.2, 11.2, 5.8, 7.2],
    ]
)

# fmt: off
PROFILES: Final = {
    #                    cash oth  prep cont asso ip   cip  inta dep   levy  sell  adm   rd    grant pay  cap season
    "industry": Profile(.10, .03, .04, .00, .02, .02, .12, .12, .070, .011, .030, .060, .022, .010, .22, .0, 0),
    "utility": Profile(.07, .03, .03, .00, .03, .02, .16, .10, .050, .012, .012, .070, .004, .060, .30, .0, 2),
    "works": Profile(.11, .07, .07, .14, .02, .06, .08, .06, .080, .006, .004, .035, .015, .004, .18, .0, 1),
    "property": Profile(.08, .14, .05, .00, .06, .35, .20, .05, .030, .025, .020, .060, .001, .040, .20, .6, 1),
    "transport": Profile(.07, .04, .03, .00, .03, .03, .12, .16, .045, .008, .008, .060, .002, .110, .42, .0, 3),
    "trade": Profile(.12, .05, .06, .00, .02, .08, .05, .12, .060, .003, .020, .018, .001, .008, .08, .0, 0),
    "services": Profile(.15, .06, .03, .02, .02, .08, .06, .09, .080, .008, .020, .090, .010, .020, .50, .0, 3),
}
# fmt: on


def profile_of(path: Sequence[str]) -> str:
    """Return the profile of an industry by its place in the published tree.

    >>> profile_of(("全国国有企业", "工业", "水生产与供应业"))
    'utility'
    """
    names = set(path)
    if names & {"电力热力燃气工业", "水生产与供应业"}:
        return "utility"
    if names & {"房地产开发经营业", "投资公司"} or path[-1] == "房地产业":
        return "property"
    for name, profile in (
        ("工业", "industry"),
        ("建筑业", "works"),
        ("交通运输仓储及邮政业", "transport"),
        ("批发和零售业", "trade"),
        ("农林牧渔业", "industry"),
    ):
        if name in names:
            return profile
    return "services"


@dataclass(frozen=True, slots=True, kw_only=True)
class Drivers:
    """What moves each enterprise's accounts; one row an enterprise, one column a year where 2-D."""

    profile: dict[str, NDArray[np.float64]]
    season: NDArray[np.int64]
    distressed: NDArray[np.bool_]
    leverage: NDArray[np.float64]
    turnover: NDArray[np.float64]
    receivables_turnover: NDArray[np.float64]
    inventory_turnover: NDArray[np.float64]
    interest_rate: NDArray[np.float64]
    return_on_equity: NDArray[np.float64]
    growth: NDArray[np.float64]


#: Years that the accounts run through; the first is there to have something to compare with.
YEARS: Final = (2022, 2023, 2024, 2025, 2026)
_GRID: Final = np.array([0.1, 0.3, 0.5, 0.7, 0.9])
_GRADES: Final = (Grade.POOR, Grade.LOW, Grade.AVERAGE, Grade.GOOD, Grade.EXCELLENT)


def draw(enterprises: Sequence[Enterprise], standards: StandardTable, rng: Generator) -> Drivers:
    """Return the drivers of every enterprise."""
    count = len(enterprises)
    names = [profile_of(standards.paths[item.industry]) for item in enterprises]
    columns = np.array([PROFILES[name] for name in names])
    profile = {name: columns[:, place] for place, name in enumerate(Profile._fields)}
    distressed = rng.random(count) < 0.05
    distressed[[place for place, item in enumerate(enterprises) if item.direct]] = False
    standing = np.where(distressed, 0.06, rng.beta(2.2, 1.5, count))

    # The nine groups are the city's better enterprises, not all alike.
    led = [place for place, item in enumerate(enterprises) if item.direct]
    standing[led] = 0.42 + 0.45 * standing[led]

    def at(indicator: str, fallback: tuple[float, ...], spread: float) -> NDArray[np.float64]:
        levels = np.array([_levels(item, standards, indicator, fallback) for item in enterprises])
        place = np.clip(standing + spread * rng.standard_normal(count), 0.04, 0.96)
        return _interpolate(levels, place)

    leverage = np.clip(at("资产负债率", (85, 70, 60, 54, 49), 0.15) / 100, 0.12, 0.84)
    leverage[distressed] = rng.uniform(0.87, 1.15, int(distressed.sum()))
    returns = [at("净资产收益率", (-6.5, 0.5, 4.9, 7, 11), 0.10) / 100 for _ in YEARS]
    growth = [at("营业总收入增长率", (-15, -8, 0, 6, 14), 0.18) / 100 for _ in YEARS]
    return Drivers(
        profile=profile,
        season=columns[:, -1].astype(np.int64),
        distressed=distressed,
        leverage=leverage,
        turnover=np.clip(at("总资产周转率", (0.1, 0.2, 0.3, 0.4, 0.5), 0.12), 0.06, 3.0),
        receivables_turnover=np.clip(at("应收账款周转率", (1, 2, 4, 9, 15), 0.12), 0.6, 60.0),
        inventory_turnover=np.clip(at("存货周转率", (1, 2, 4, 9, 15), 0.12), 0.25, 60.0),
        interest_rate=np.clip(
            0.052 - 0.02 * standing + 0.003 * rng.standard_normal(count), 0.025, 0.07
        ),
        return_on_equity=np.clip(np.stack(returns, axis=1), -0.25, 0.25),
        growth=np.clip(np.stack(growth, axis=1), -0.22, 0.30),
    )


def _levels(
    enterprise: Enterprise, standards: StandardTable, indicator: str, fallback: tuple[float, ...]
) -> list[float]:
    """Return the five levels from 较差 to 优秀, the fall-back where the book does not print them."""
    table = standards.find(year=2025, industry=enterprise.industry, scale=enterprise.scale).values
    standard = table.get(indicator)
    if standard is None or not standard.is_complete:
        return list(fallback)
    return [float(standard.values[grade]) for grade in _GRADES]


def _interpolate(levels: NDArray[np.float64], place: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the value at each place between the levels of its row; the ends go on at their slope."""
    step = np.clip(((place - _GRID[0]) / 0.2).astype(np.int64), 0, 3)
    row = np.arange(len(place))
    low, high = levels[row, step], levels[row, step + 1]
    found: NDArray[np.float64] = low + (high - low) * (place - _GRID[step]) / 0.2
    return found
