"""Lists on pages: sorted and cut into pages by the address, so that a link shows the same list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.paginator import Page, Paginator

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from django.http import HttpRequest

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column: its heading, and by what it sorts (``None``: it does not)."""

    key: str
    label: Any
    sort: Callable[[Any], Any] | None = None
    numeric: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A column as the page shows it: with the address that sorts by it."""

    column: Column
    url: str
    direction: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A list ready to show."""

    headings: tuple[Heading, ...]
    page: Page[Any]
    query: str
    rows: Sequence[Any]


def listing(
    request: HttpRequest, rows: Sequence[Any], columns: Sequence[Column], *, default: str
) -> Listing:
    """Sort rows by ``?sort=key`` (``-key`` downwards; missing values last) and cut a page.

    ``rows`` of the result are all rows in order: what an export writes.
    """
    by_key = {column.key: column for column in columns}
    wanted = request.GET.get("sort", default)
    key, down = wanted.lstrip("-"), wanted.startswith("-")
    column = by_key.get(key) or by_key[default.lstrip("-")]
    ordered = list(rows)
    if column.sort is not None:
        sort = column.sort
        present = [row for row in ordered if sort(row) is not None]
        present.sort(key=sort, reverse=down)
        ordered = present + [row for row in ordered if sort(row) is None]
    page = Paginator(ordered, PAGE_SIZE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    return Listing(
        headings=tuple(_heading(request, item, key=key, down=down) for item in columns),
        page=page,
        query=query.urlencode(),
        rows=ordered,
    )


def _heading(request: HttpRequest, column: Column, *, key: str, down: bool) -> Heading:
    if column.sort is None:
        return Heading(column=column, url="", direction="")
    query = request.GET.copy()
    query.pop("page", None)
    mine = column.key == key
    # A first click on numbers shows the largest first, on names the alphabet.
    turn = (not down) if mine else column.numeric
    query["sort"] = f"-{column.key}" if turn else column.key
    direction = ("descending" if down else "ascending") if mine else ""
    return Heading(column=column, url=f"?{query.urlencode()}", direction=direction)
