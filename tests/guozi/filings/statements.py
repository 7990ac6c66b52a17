"""A small set of statements that adds up, for tests of pages: hundredths of 元 by line and column."""

from __future__ import annotations

#: 万元, as typed into the flash form.
WAN = {
    "BS01e": 3000, "BS01o": 2600, "BS05e": 1500, "BS05o": 1400, "BS09e": 1500, "BS09o": 1500,
    "BS14e": 6000, "BS14o": 5500, "BS28e": 4000, "BS28o": 4000, "BS37e": 4000, "BS37o": 4000,
    "BS40e": 10000, "BS40o": 9500,
    "BS41e": 2000, "BS41o": 2000, "BS44e": 1000, "BS44o": 800, "BS52e": 3000, "BS52o": 2800,
    "BS61e": 2000, "BS61o": 2000, "BS70e": 2000, "BS70o": 2000, "BS71e": 5000, "BS71o": 4800,
    "BS81e": 4000, "BS81o": 4000, "BS88e": 1000, "BS88o": 700, "BS89e": 5000, "BS89o": 4700,
    "BS91e": 5000, "BS91o": 4700, "BS95e": 10000, "BS95o": 9500,
    "IS01c": 4000, "IS01p": 3500, "IS02c": 4000, "IS02p": 3500, "IS10c": 3600, "IS10p": 3200,
    "IS11c": 3000, "IS11p": 2700, "IS14c": 400, "IS14p": 350, "IS16c": 200, "IS16p": 150,
    "IS30c": 400, "IS30p": 300, "IS40c": 400, "IS40p": 300, "IS41c": 100, "IS41p": 75,
    "IS50c": 300, "IS50p": 225, "IS51c": 300, "IS51p": 225,
    "CF01c": 4200, "CF01p": 3700, "CF04c": 4200, "CF04p": 3700, "CF05c": 3600, "CF05p": 3300,
    "CF09c": 3600, "CF09p": 3300, "CF10c": 600, "CF10p": 400, "CF15c": 100, "CF15p": 100,
    "CF19c": 100, "CF19p": 100, "CF20c": -100, "CF20p": -100, "CF26c": 100, "CF26p": 100,
    "CF27c": 100, "CF27p": 100, "CF28c": -100, "CF28p": -100, "CF30c": 400, "CF30p": 200,
    "CF31c": 2600, "CF31p": 2400, "CF32c": 3000, "CF32p": 2600,
    "SP02c": 500, "SP02p": 450, "SP09c": 150, "SP09p": 140,
}  # fmt: skip
#: Persons.
STAFF = {"SP01e": 120, "SP01o": 118}

CENTS = {(key[:-1], key[-1]): value * 1_000_000 for key, value in WAN.items()} | {
    (key[:-1], key[-1]): value * 100 for key, value in STAFF.items()
}
