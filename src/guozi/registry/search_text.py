"""What an enterprise is found by: its names, its code, and the pinyin of its names.

Pinyin is stored in full and as initials, for every reading a person may have in mind:
长安 is ``changan`` and 市长 is ``shizhang``, and in 云泽市长安公司 nobody can tell which. Characters
that a library reads wrongly in names of places and trades stand in :data:`PHRASES`.

>>> "yzctjt" in search_text("云泽城投集团")
True
>>> "yunzechengtou" in search_text("云泽城投集团")
True
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from typing import TYPE_CHECKING, Final

from pypinyin import Style, lazy_pinyin

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: Readings of places and trades that are certain: the override dictionary.
PHRASES: Final[dict[str, tuple[str, ...]]] = {
    "银行": ("yin", "hang"),
    "行业": ("hang", "ye"),
    "商行": ("shang", "hang"),
    "重庆": ("chong", "qing"),
    "重组": ("chong", "zu"),
    "重工": ("zhong", "gong"),
    "重型": ("zhong", "xing"),
    "厦门": ("xia", "men"),
    "大厦": ("da", "sha"),
    "长治": ("chang", "zhi"),
    "长江": ("chang", "jiang"),
    "长沙": ("chang", "sha"),
    "长春": ("chang", "chun"),
    "六安": ("lu", "an"),
    "六合": ("lu", "he"),
    "蚌埠": ("beng", "bu"),
    "台州": ("tai", "zhou"),
    "丽水": ("li", "shui"),
    "番禺": ("pan", "yu"),
    "亳州": ("bo", "zhou"),
    "会稽": ("kuai", "ji"),
    "会计": ("kuai", "ji"),
    "成都": ("cheng", "du"),
    "单县": ("shan", "xian"),
    "浚县": ("xun", "xian"),
    "莘县": ("shen", "xian"),
    "歙县": ("she", "xian"),
    "黟县": ("yi", "xian"),
    "泌阳": ("bi", "yang"),
    "涡阳": ("guo", "yang"),
    "枞阳": ("zong", "yang"),
    "铅山": ("yan", "shan"),
    "乐亭": ("lao", "ting"),
    "乐清": ("yue", "qing"),
    "乐山": ("le", "shan"),
    "郫都": ("pi", "du"),
    "盱眙": ("xu", "yi"),
    "邗江": ("han", "jiang"),
    "尉犁": ("yu", "li"),
    "东阿": ("dong", "e"),
    "阿里": ("a", "li"),
    "曾都": ("zeng", "du"),
    "音乐": ("yin", "yue"),
    "参股": ("can", "gu"),
    "调度": ("diao", "du"),
    "调味": ("tiao", "wei"),
    "传媒": ("chuan", "mei"),
    "储藏": ("chu", "cang"),
    "西藏": ("xi", "zang"),
    "朝阳": ("chao", "yang"),
    "电车": ("dian", "che"),
    "解州": ("xie", "zhou"),
    "洪洞": ("hong", "tong"),
    "任丘": ("ren", "qiu"),
    "中标": ("zhong", "biao"),
}

#: Characters of names with two common readings: outside a certain phrase both are kept.
BOTH: Final[dict[str, tuple[str, ...]]] = {
    "长": ("chang", "zhang"),
    "行": ("xing", "hang"),
    "重": ("zhong", "chong"),
    "乐": ("le", "yue"),
    "单": ("dan", "shan"),
    "都": ("du", "dou"),
    "会": ("hui", "kuai"),
    "厦": ("xia", "sha"),
    "曾": ("zeng", "ceng"),
    "调": ("diao", "tiao"),
    "藏": ("cang", "zang"),
    "朝": ("chao", "zhao"),
    "石": ("shi", "dan"),
    "解": ("jie", "xie"),
    "召": ("zhao", "shao"),
    "盛": ("sheng", "cheng"),
    "仇": ("chou", "qiu"),
    "繁": ("fan", "po"),
    "葛": ("ge", "ji"),
}

#: Beyond this many variants only one character at a time departs from the usual reading.
_VARIANT_LIMIT = 32
_LONGEST_PHRASE = max(map(len, PHRASES))
_BLANKS = re.compile(r"[\s·'’\-]+")


def folded(text: str) -> str:
    """Return ``text`` in the form that is compared: one width, lower case, no blanks.

    >>> folded(" 中国 石油（集团）ABC ")
    '中国石油(集团)abc'
    """
    return _BLANKS.sub("", unicodedata.normalize("NFKC", text)).lower()


def search_text(*names: str, code: str = "") -> str:
    """Return everything by which an enterprise of these names and code is found."""
    parts: list[str] = [folded(code)]
    for name in names:
        parts.append(folded(name))
        parts.extend(pinyin_forms(name))
    return " ".join(dict.fromkeys(part for part in parts if part))


def pinyin_forms(name: str) -> tuple[str, ...]:
    """Return the full pinyin and the initials of every reading of ``name``.

    >>> pinyin_forms("长安")
    ('changan', 'ca', 'zhangan', 'za')
    >>> pinyin_forms("单县银行")
    ('shanxianyinhang', 'sxyh')
    """
    readings = list(_readings(folded(name)))
    forms: list[str] = []
    for variant in _variants(readings):
        forms.append("".join(variant))
        forms.append("".join(syllable[0] for syllable in variant))
    return tuple(dict.fromkeys(forms))


def _readings(text: str) -> Iterator[tuple[str, ...]]:
    """Yield the possible readings of each character; brackets and marks have none."""
    position = 0
    usual = _usual_readings(text)
    while position < len(text):
        phrase = next(
            (
                text[position : position + length]
                for length in range(_LONGEST_PHRASE, 1, -1)
                if text[position : position + length] in PHRASES
            ),
            None,
        )
        if phrase is not None:
            yield from ((syllable,) for syllable in PHRASES[phrase])
            position += len(phrase)
            continue
        character = text[position]
        if character.isascii():
            if character.isalnum():
                yield (character,)
        elif usual[position]:
            yield tuple(dict.fromkeys((usual[position], *BOTH.get(character, ()))))
        position += 1


def _usual_readings(text: str) -> list[str]:
    """Return the library's reading of each character in its context, empty where it has none."""
    # With ``errors`` as a callable each character without a reading gives one empty entry.
    return lazy_pinyin(
        text,
        style=Style.NORMAL,
        errors=lambda part: [""] * len(part),  # type: ignore[arg-type,return-value]
        v_to_u=False,
    )


def _variants(readings: Sequence[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    count = 1
    for choices in readings:
        count *= len(choices)
    if count <= _VARIANT_LIMIT:
        yield from itertools.product(*readings)
        return
    usual = tuple(choices[0] for choices in readings)
    yield usual
    for index, choices in enumerate(readings):
        for choice in choices[1:]:
            yield (*usual[:index], choice, *usual[index + 1 :])
