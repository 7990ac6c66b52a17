"""Rounding variants have names; the one of every figure shown is 四舍五入 (half away from zero)."""

from decimal import ROUND_HALF_UP, Context, Decimal

#: Wide enough that quantising never overflows what a statement can hold.
_WIDE = Context(prec=80)


def round_half_up(value: Decimal, *, places: int) -> Decimal:
    """Return ``value`` rounded half away from zero to ``places`` decimals (四舍五入).

    Parameters
    ----------
    value : Decimal
        Any finite number.
    places : int
        Number of decimals kept, 0 or more.

    Returns
    -------
    Decimal
        The rounded value, with exactly ``places`` decimals.

    Examples
    --------
    >>> round_half_up(Decimal("2.665"), places=2)
    Decimal('2.67')
    >>> round_half_up(Decimal("-2.665"), places=2)
    Decimal('-2.67')
    """
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP, context=_WIDE)


def plain(value: Decimal) -> str:
    """Return ``value`` as plain decimal text, without exponent and without trailing zeros.

    Parameters
    ----------
    value : Decimal
        Any finite number.

    Returns
    -------
    str
        Digits with at most one point.

    Examples
    --------
    >>> plain(Decimal("1.500")), plain(Decimal("1E+3")), plain(Decimal("-0.00"))
    ('1.5', '1000', '0')
    """
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text
