"""How alike two persons are: names folded over Indonesian spellings, birth date, telephone, NIK.

Nothing here decides that two are one: it tells a clerk how near they are, and in which words.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from bpjsdesk.domain.identity import NIK_LENGTH
from bpjsdesk.domain.names import name_key

NEAR_NAME = 85  # below this two names are not shown as a pair
NEAR_DIGITS = 2  # a slip of the fingers: so many digits of two NIKs may differ
_WORTH_A_LOOK, _LOOKED_AT = 60, 20
_SAME = 100
_SHORTENED, _LEFT_OUT = 96, 90
_SHORT_FORMS = {
    "ABD": "ABDUL",
    "ABDOEL": "ABDUL",
    "TH": "TERESIA",
    "THERESIA": "TERESIA",
    "CHR": "KRISTIAN",
    "FX": "FRANSISKUS",
    "JOH": "YOHANES",
    "ST": "SITI",
    **dict.fromkeys(("MD", "MHD", "MOH", "MOHD", "MOCH", "MUCH", "MUH", "MUHD"), "MUHAMMAD"),
}
_MUHAMMAD = re.compile(r"M(?:O|U|OE)[CK]?HAM+[AE]D")
# Ways to write one sound, in the order in which they are replaced: the older spelling first.
_SOUNDS = (
    *(("OE", "U"), ("TJ", "C"), ("DJ", "J"), ("NJ", "NY"), ("SJ", "SY"), ("KH", "H")),
    ("CHM", "HM"),
    *(("CH", "C"), ("TH", "T"), ("PH", "F"), ("DH", "D"), ("BH", "B"), ("SH", "S"), ("X", "KS")),
    *(("J", "Y"), ("Q", "K"), ("C", "K"), ("V", "F"), ("Z", "S")),
)
_DOUBLED = re.compile(r"(.)\1+")
# What each agreement weighs in the whole; what one side leaves open is left out.
_WEIGHTS = {"name": 60, "birth_date": 20, "nik": 10, "phone": 10}


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """How alike two persons are, 0 to 100, and why in words."""

    total: int
    name: int
    words: str


def spelling_key(name: str) -> str:
    """Give a name as it sounds: "Moh. Djufri" and "MUHAMMAD JUFRY" differ in the last letter only.

    Titles, doubled letters and a mute H at the end of a word make no difference.
    """
    return " ".join(_sound(word) for word in name_key(name).split())


def _sound(word: str) -> str:
    whole = _SHORT_FORMS.get(word, word)
    if _MUHAMMAD.fullmatch(whole):
        whole = "MUHAMMAD"
    for written, spoken in _SOUNDS:
        whole = whole.replace(written, spoken)
    return _DOUBLED.sub(r"\1", whole).removesuffix("H") or whole


def name_likeness(first: str, second: str) -> int:
    """Give 100 for names that sound the same, less the more letters differ."""
    a, b = spelling_key(first), spelling_key(second)
    if a == b or a.replace(" ", "") == b.replace(" ", ""):
        return _SAME
    spelt = round(max(fuzz.ratio(a, b), fuzz.token_sort_ratio(a, b)))
    return max(spelt, _by_words(a.split(), b.split()))


def names_like(name: str, others: Sequence[str]) -> list[int]:
    """Give the places of the names that are most worth a closer look by `name_likeness`.

    Much quicker than that; all are name keys as the register keeps them, their spelling unfolded.
    """
    found = process.extract(
        name,
        others,
        scorer=fuzz.ratio,
        processor=None,
        score_cutoff=_WORTH_A_LOOK,
        limit=_LOOKED_AT,
    )
    return [place for _name, _score, place in found]


def _by_words(first: list[str], second: list[str]) -> int:
    """Judge names by whole words: initials, and a word that one of them leaves out."""
    if len(first) == len(second):
        pairs = zip(first, second, strict=True)
        alike = all(x == y or (1 in (len(x), len(y)) and x[0] == y[0]) for x, y in pairs)
        return _SHORTENED if alike else 0
    fewer, more = sorted((first, second), key=len)
    return _LEFT_OUT if len(fewer) > 1 and set(fewer) <= set(more) else 0


def differing_digits(first: str, second: str) -> tuple[int, ...]:
    """Give the places, from 1, at which two sound NIKs differ."""
    pairs = enumerate(zip(first, second, strict=True), start=1)
    return tuple(place for place, (one, other) in pairs if one != other)


def is_near_nik(first: str, second: str) -> bool:
    """Say whether two NIKs differ by a slip of the fingers."""
    if len(first) != NIK_LENGTH or len(second) != NIK_LENGTH:
        return False
    return 0 < len(differing_digits(first, second)) <= NEAR_DIGITS


def nik_words(first: str, second: str) -> str:
    """Say in words how two NIKs differ."""
    if len(first) != NIK_LENGTH or len(second) != NIK_LENGTH:
        return "NIK belum ada di salah satunya"
    places = differing_digits(first, second)
    if not places:
        return "NIK sama"
    shown = " dan ".join(map(str, places)) if len(places) <= NEAR_DIGITS else ""
    return f"NIK beda {len(places)} angka" + (f", posisi {shown}" if shown else "")


def name_words(first: str, second: str) -> str:
    """Say in words what makes two names differ: “MOH” = “MUHAMMAD”."""
    a, b = name_key(first).split(), name_key(second).split()
    if a == b:
        return "sama" if first == second else "sama, beda gelar atau tanda baca"
    sign = "=" if spelling_key(first) == spelling_key(second) else "≠"
    if len(a) != len(b):
        return "ejaan sama bunyi" if sign == "=" else "jumlah kata beda"
    return ", ".join(f"“{x}” {sign} “{y}”" for x, y in zip(a, b, strict=True) if x != y)


def likeness(
    names: tuple[str, str], niks: tuple[str, str], births: tuple[str, str], phones: tuple[str, str]
) -> Likeness:
    """Weigh all that two persons have in common; an empty text is left open and does not count."""
    name = name_likeness(*names)
    parts, said = {"name": name}, [f"Nama {name}"]
    if all(births):
        parts["birth_date"] = _SAME * (births[0] == births[1])
        said.append(f"tanggal lahir {_same_or_not(*births)}")
    if all(niks):
        same = NIK_LENGTH - len(differing_digits(*niks))
        parts["nik"] = _SAME * same // NIK_LENGTH
    said.append(nik_words(*niks))
    if all(phones):
        parts["phone"] = _SAME * (phones[0] == phones[1])
        said.append(f"HP {_same_or_not(*phones)}")
    weight = sum(_WEIGHTS[key] for key in parts)
    total = round(sum(_WEIGHTS[key] * value for key, value in parts.items()) / weight)
    return Likeness(total=total, name=name, words=" · ".join(said))


def _same_or_not(first: str, second: str) -> str:
    return "sama" if first == second else "beda"
