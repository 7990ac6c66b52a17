"""Who there is in the example city: enterprises, departments, people, and how they hang together.

The counts are those that a city of this kind reports: 9 directly supervised groups, which with their
subsidiaries are 95 municipal enterprises; 149 county enterprises; 95 enterprises that 34 departments
invested in; 76 central and 20 provincial enterprises resident in the city, which report elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from pypinyin import lazy_pinyin

from guozi.demo import catalogue, people
from guozi.demo.catalogue import Kind
from guozi.registry.credit_code import with_check_character
from guozi.registry.kinds import Level

if TYPE_CHECKING:
    from numpy.random import Generator

    from guozi.demo.people import Person

#: No province has the code 99, so that no code here can be a real enterprise's.
REGION: Final = "9901"
COUNTY, INVESTED, CENTRAL, PROVINCIAL = 149, 95, 76, 20
DEFAULT_NAME: Final = "云泽市"


@dataclass(frozen=True, slots=True, kw_only=True)
class Department:
    """A municipal department that supervises enterprises."""

    code: str
    name: str
    short_name: str
    english_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Enterprise:
    """An enterprise of the example city.

    ``parent`` owns ``share`` of it; ``group`` consolidates it (always a directly supervised group, itself
    included); both are credit codes, empty where there is none in the city.
    """

    uscc: str
    name: str
    short_name: str
    english_name: str
    level: Level
    direct: bool
    nature: str
    industry: str
    scale: str
    registered_type: str
    county: str
    founded: date
    department: str
    parent: str
    share: Decimal | None
    group: str
    #: Total assets at the end of 2021 in 元, from which the statements start; 0 where none are filed.
    assets_yuan: float

    @property
    def reports(self) -> bool:
        """Whether it files statements with the city."""
        return self.level in {Level.MUNICIPAL, Level.COUNTY, Level.INVESTED}


@dataclass(frozen=True, slots=True, kw_only=True)
class City:
    """The example city."""

    name: str
    english_name: str
    counties: tuple[tuple[str, str], ...]
    departments: tuple[Department, ...]
    enterprises: tuple[Enterprise, ...]
    people: tuple[Person, ...]

    @property
    def groups(self) -> tuple[Enterprise, ...]:
        """The directly supervised groups."""
        return tuple(item for item in self.enterprises if item.direct)

    @property
    def reporting(self) -> tuple[Enterprise, ...]:
        """The enterprises that file statements, in the order in which they were registered."""
        return tuple(item for item in self.enterprises if item.reports)


class _Place(NamedTuple):
    """Where an enterprise stands: county by number, department, owner with share, group."""

    county: int = 0
    department: str = ""
    parent: str = ""
    share: Decimal | None = None
    group: str = ""
    direct: bool = False


class _Register:
    """Gives out credit codes, days of foundation, sizes; keeps what was registered."""

    def __init__(self, name: str, rng: Generator) -> None:
        self.city = name
        self.stem = name.removesuffix("市")
        self.rng = rng
        self.enterprises: list[Enterprise] = []

    def add(
        self,
        kind: Kind,
        names: tuple[str, str, str],
        *,
        level: Level,
        assets: float,
        place: _Place | None = None,
    ) -> str:
        """Register one and return its code; a group consolidates itself."""
        where = place or _Place()
        body = f"91{REGION}{where.county:02d}MA{len(self.enterprises) + 1:07d}"
        uscc = with_check_character(body)
        self.enterprises.append(
            Enterprise(
                uscc=uscc,
                name=names[0],
                short_name=names[1],
                english_name=names[2],
                level=level,
                direct=where.direct,
                nature=kind.nature,
                industry=kind.industry,
                scale=_scale(assets),
                registered_type=_registered_type(level, where.share, direct=where.direct),
                county=catalogue.COUNTIES[where.county - 1][0] if where.county else "",
                founded=self._day(),
                department=where.department,
                parent=where.parent,
                share=where.share,
                group=uscc if where.direct else where.group,
                assets_yuan=assets,
            )
        )
        return uscc

    def _day(self) -> date:
        return date(
            int(self.rng.integers(1996, 2020)),
            int(self.rng.integers(1, 13)),
            int(self.rng.integers(1, 29)),
        )

    def spread(self, low: float, high: float) -> float:
        """Return an amount between two, evenly in its logarithm."""
        return float(low * (high / low) ** self.rng.random())


def describe(rng: Generator, *, name: str = DEFAULT_NAME) -> City:
    """Return the example city; the same generator state gives the same city.

    Examples
    --------
    >>> import numpy as np
    >>> city = describe(np.random.default_rng(1))
    >>> len(city.groups), len(city.enterprises), city.groups[0].name
    (9, 435, '云泽市城市建设投资集团有限公司')
    """
    register = _Register(name, rng)
    english = "".join(lazy_pinyin(name.removesuffix("市"))).capitalize()
    _add_municipal(register, english)
    _add_county(register)
    _add_invested(register, english)
    _add_residents(register, english)
    departments = tuple(
        Department(code=code, name=f"{name}{title}", short_name=f"市{short}", english_name=text)
        for code, title, short, text in catalogue.DEPARTMENTS
    )
    enterprises = tuple(register.enterprises)
    return City(
        name=name,
        english_name=english,
        counties=catalogue.COUNTIES,
        departments=departments,
        enterprises=enterprises,
        people=people.of_the_city(enterprises, rng),
    )


def _add_municipal(register: _Register, english: str) -> None:
    """Add the nine groups, each followed by its subsidiaries; some of these own the next ones."""
    for plan in catalogue.GROUPS:
        group = register.add(
            plan.kind,
            (
                f"{register.city}{plan.kind.name}有限公司",
                f"{register.stem}{plan.kind.name}",
                f"{english} {plan.kind.english} Co., Ltd.",
            ),
            level=Level.MUNICIPAL,
            assets=plan.assets_yuan * 0.45,
            place=_Place(department=plan.department, direct=True),
        )
        owner = group
        for place, kind in enumerate(plan.subsidiaries):
            # The last subsidiary of each group stands below the third: a third level of property.
            parent = owner if place == len(plan.subsidiaries) - 1 else group
            code = register.add(
                kind,
                (
                    f"{register.stem}{kind.name}有限公司",
                    f"{register.stem}{kind.name}",
                    f"{english} {kind.english} Co., Ltd.",
                ),
                level=Level.MUNICIPAL,
                assets=plan.assets_yuan * register.spread(0.008, 0.11),
                place=_Place(
                    department=plan.department,
                    parent=parent,
                    share=_share(register.rng),
                    group=group,
                ),
            )
            owner = code if place == 2 else owner


def _add_county(register: _Register) -> None:
    counties = catalogue.COUNTIES
    for number in range(COUNTY):
        place, turn = number % len(counties), number // len(counties)
        county, county_english = counties[place]
        kind = catalogue.COUNTY_KINDS[turn]
        big = kind.industry == "投资公司"
        register.add(
            kind,
            (
                f"{county}{kind.name}有限公司",
                f"{county[:-1]}{kind.name}",
                f"{county_english} {kind.english} Co., Ltd.",
            ),
            level=Level.COUNTY,
            assets=register.spread(8e8, 9e9) if big else register.spread(4e7, 1.5e9),
            place=_Place(county=place + 1),
        )


def _add_invested(register: _Register, english: str) -> None:
    """Each department invested in two or three enterprises."""
    for number in range(INVESTED):
        code, _, short, text = catalogue.DEPARTMENTS[number % len(catalogue.DEPARTMENTS)]
        kinds = catalogue.INVESTED_KINDS
        kind = kinds[(number * 3 + number // len(catalogue.DEPARTMENTS)) % len(kinds)]
        register.add(
            kind,
            (
                f"{register.city}{short}{kind.name}有限公司",
                f"{short}{kind.name}",
                f"{english} {text.removeprefix('Municipal ')} {kind.english} Co., Ltd.",
            ),
            level=Level.INVESTED,
            assets=register.spread(6e6, 1.8e8),
            place=_Place(department=code),
        )


def _add_residents(register: _Register, english: str) -> None:
    for number in range(CENTRAL):
        owner, text, industry = catalogue.CENTRAL_OWNERS[number % len(catalogue.CENTRAL_OWNERS)]
        form, form_text = catalogue.CENTRAL_FORMS[number // len(catalogue.CENTRAL_OWNERS)]
        form = form.replace("云泽", register.stem)
        register.add(
            Kind("", "", industry),
            (
                f"{owner}{form}有限公司",
                f"{owner}{form}",
                f"{text} {english} {form_text} Co., Ltd.",
            ),
            level=Level.CENTRAL,
            assets=0.0,
        )
    for number in range(PROVINCIAL):
        owners = catalogue.PROVINCIAL_OWNERS
        owner, text, industry = owners[number % len(owners)]
        form, form_text = catalogue.PROVINCIAL_FORMS[number // len(owners)]
        register.add(
            Kind("", "", industry),
            (
                f"{owner}{register.stem}{form}有限公司",
                f"{owner}{register.stem}{form}",
                f"{text} {english} {form_text} Co., Ltd.",
            ),
            level=Level.PROVINCIAL,
            assets=0.0,
        )


def _share(rng: Generator) -> Decimal:
    """Return a holding: most subsidiaries are wholly owned, the others by at least 51 %."""
    if rng.random() < 0.62:
        return Decimal(1)
    return Decimal(int(rng.choice([51, 55, 60, 65, 70, 75, 80, 90]))) / 100


def _scale(assets: float) -> str:
    if assets == 0.0:
        return "中型企业"
    return "大型企业" if assets >= 2e9 else "中型企业" if assets >= 3e8 else "小型企业"


def _registered_type(level: Level, share: Decimal | None, *, direct: bool) -> str:
    if direct or level in {Level.COUNTY, Level.INVESTED}:
        return "国有独资公司"
    return "国有控股公司" if share is not None and share < 1 else "国有全资公司"
