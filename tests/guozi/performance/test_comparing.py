"""Comparable groups: industry and size where there are enough, the level otherwise, peers apart."""

from __future__ import annotations

from decimal import Decimal

from guozi.performance.comparing import Scored, places


def scored(number: int, points: str, *, level: str = "municipal", industry: str = "工业") -> Scored:
    return Scored(
        enterprise_id=number, industry=industry, size="大型企业", level=level, final=Decimal(points)
    )


def test_too_few_of_an_industry_stand_with_their_level() -> None:
    found = places([scored(1, "70"), scored(2, "80"), scored(3, "60", industry="农业")], decimals=2)

    assert {place.group for place in found.values()} == {"level|municipal"}
    assert [found[number].rank for number in (1, 2, 3)] == [2, 1, 3]


def test_a_peer_moves_nobodys_rank_and_makes_no_group_large_enough() -> None:
    own = [scored(1, "70"), scored(2, "80"), scored(3, "60")]
    peers = [scored(9, "99", level="peer")]

    alone, together = places(own, decimals=2), places([*own, *peers], decimals=2)

    assert {number: together[number] for number in (1, 2, 3)} == alone
    assert together[9] == ("level|peer", 1, 1)
    assert places([*own[:2], *peers], decimals=2)[1].group == "level|municipal"


def test_scores_shown_equal_share_a_rank() -> None:
    found = places([scored(1, "80.004"), scored(2, "80.001"), scored(3, "79.99")], decimals=2)

    assert [found[number].rank for number in (1, 2, 3)] == [1, 1, 3]
