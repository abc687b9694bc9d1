"""Names of people and places folded for search, sorting and comparison.

Keys are stored beside the names: a change of any rule here needs a migration that rebuilds them.
"""

import re
import unicodedata
from collections.abc import Iterable

_NOT_WORD = re.compile(r"[^A-Z0-9]+")
_APOSTROPHES = re.compile("['’‘`´]")
_TITLE_WORDS = """H HJ HI DR DRS DRA DRG DRH IR PROF KH ALM ALMH USTADZ USTAZ PDT TN NY SDR SDRI
BPK"""
LONGEST_NAME = 100  # of a KTP, and what the core system takes
_TITLES_BEFORE = frozenset(_TITLE_WORDS.split())
# Most names are their own key; a title in front is the one thing that such a name may hide.
PLAIN_NAME = re.compile(rf"(?!(?:{'|'.join(_TITLES_BEFORE)}) )[A-Z]++(?: [A-Z]++)*+")
_DEGREES_WORDS = """
SPD SPDI SPDK SH SHI SE SEI SKOM SSOS SIP ST SKM SAG SPT SP SPI SHUT SSI SKED SKEP SFARM SPSI
SSTP SSN SS STH SIKOM SAP SAK SGZ STP SKEPNS SSTPI SMN SAB SKG SPAK SSIT STRKEB STRKEP STRT MM
MSI MH MHUM MPD MPDI MPDK MKES MKM MAP MT MSC MA MAG MTH MKOM MBA MAK ME MEI MKN MSE MIP PHD AMD
AMDKEB AMDKEP AMDKL AMKEB AMKEP AMK AMAPD AMAPKB NERS NS SST BA BSC APT CPA SPM SPOG SPA SPB
SPPD SPAN SPOT SPRAD
"""
_DEGREES = frozenset(_DEGREES_WORDS.split())
_MUHAMMAD_WORDS = """MUHAMMAD MUHAMAD MOHAMMAD MOHAMAD MOCHAMMAD MOCHAMAD MUCHAMMAD MUCHAMAD
MOEHAMMAD MUH MOH MOCH MUCH MHD MUHD MOHD MD"""
_MUHAMMAD = frozenset(_MUHAMMAD_WORDS.split())
_PLACE_KINDS = frozenset({"KEL", "KELURAHAN", "DESA", "DS", "KEC", "KECAMATAN"})
_NUMERALS = {
    word: name
    for name, words in {
        "SATU": "1 I",
        "DUA": "2 II",
        "TIGA": "3 III",
        "EMPAT": "4 IV",
        "LIMA": "5 V",
        "ENAM": "6 VI",
    }.items()
    for word in words.split()
}


def fold(text: str) -> str:
    """Give a text in capitals with accents dropped; punctuation stays."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).upper()


def name_key(name: str) -> str:
    """Give the key that a person is sorted and searched by.

    Capitals, accents folded, apostrophes dropped, other punctuation one space, titles before and
    degrees after the name left out. A name that consists of a title only stays as it is.
    """
    if PLAIN_NAME.fullmatch(name):
        return name
    folded = _APOSTROPHES.sub("", fold(name))
    words = [word for part in _without_degrees(folded) for word in _NOT_WORD.split(part) if word]
    first = 0
    while first < len(words) - 1 and words[first] in _TITLES_BEFORE:
        first += 1
    return " ".join(words[first:])


def _without_degrees(folded: str) -> list[str]:
    head, *tail = folded.split(",")
    kept = [part for part in tail if not _is_degrees(part)]
    tokens = head.split()
    # Without a comma only a dotted word is taken for a degree: SE or MA may be a real name.
    while len(tokens) > 1 and "." in tokens[-1] and _is_degrees(tokens[-1]):
        tokens.pop()
    return [*tokens, *kept]


def _is_degrees(part: str) -> bool:
    """Say whether a part is one degree ("S. PD") or several without a comma ("S.PD M.M")."""
    joined = _NOT_WORD.sub("", part)
    tokens = [_NOT_WORD.sub("", token) for token in part.split()]
    return not joined or joined in _DEGREES or all(token in _DEGREES for token in tokens if token)


def same_name(first: str, second: str) -> bool:
    """Say whether two spellings may be one person's name, given that the NIK is the same.

    Titles, spaces, the many spellings of Muhammad and initials do not make a difference.
    """
    a, b = _words(first), _words(second)
    if "".join(a) == "".join(b):
        return True
    return len(a) == len(b) and all(
        x == y or (1 in (len(x), len(y)) and x[0] == y[0]) for x, y in zip(a, b, strict=True)
    )


def _words(name: str) -> list[str]:
    return ["MUHAMMAD" if word in _MUHAMMAD else word for word in name_key(name).split()]


def place_key(name: str) -> str:
    """Give the key of a village or district: "Kel. Paal II" and "Paal 2" are "Paal Dua"."""
    words = [word for word in _NOT_WORD.split(_APOSTROPHES.sub("", fold(name))) if word]
    if len(words) > 1 and words[0] in _PLACE_KINDS:
        words = words[1:]
    if len(words) > 1 and words[-1] in _NUMERALS:
        words[-1] = _NUMERALS[words[-1]]
    return "".join(words)


def city_key(name: str) -> str:
    """Give the key of a city or regency; "Kota Mobagu" and "Kotamobagu" are the same."""
    words = [word for word in _NOT_WORD.split(fold(name)) if word]
    if words and words[0] in {"KAB", "KABUPATEN"}:
        words[0] = "KABUPATEN"
    return "".join(words)


def place_index(
    villages: Iterable[tuple[str, str, str]],
    *,
    region_prefix: str,
    spellings: Iterable[tuple[str, str]] = (),
) -> dict[tuple[str, str], str]:
    """Build the look-up of `CheckReference.region_lookup` from (code, district, village) rows.

    Keys are (district key, village key), and ("", village key) for a village name that only one
    district of the agreement's region uses. `spellings` are (spelling, code) of other ways to
    write a village or a district. In one name for two villages the agreement's region goes first.
    """
    others: dict[str, set[str]] = {}
    for spelling, code in spellings:
        others.setdefault(code, set()).add(place_key(spelling))
    wanted = region_prefix.replace(".", "")
    found: dict[tuple[str, str], str] = {}
    alone: dict[str, set[str]] = {}
    rows = sorted(villages, key=lambda row: row[0].replace(".", "").startswith(wanted))
    for code, district, village in rows:
        names = {place_key(village), *others.get(code, ())}
        districts = {place_key(district), *others.get(code.rpartition(".")[0], ())}
        found |= {(d, name): code for d in districts for name in names}
        if code.replace(".", "").startswith(wanted):
            for name in names:
                alone.setdefault(name, set()).add(code)
    return found | {("", name): codes.pop() for name, codes in alone.items() if len(codes) == 1}


def city_index(
    cities: Iterable[tuple[str, str]], *, spellings: Iterable[tuple[str, str]] = ()
) -> dict[str, tuple[str, ...]]:
    """Build the look-up of `CheckReference.city_lookup` from (code, full name) rows.

    "Bogor" alone may be a city or a regency, so a key leads to every code that it may mean.
    """
    found: dict[str, dict[str, None]] = {}
    known = dict(cities)
    for code, name in known.items():
        kind, _, bare = name.partition(" ")
        keys = [city_key(name)]
        if kind.casefold() in {"kota", "kabupaten"}:
            keys.append(city_key(bare))
        for key in keys:
            found.setdefault(key, {})[code] = None
    for spelling, code in spellings:
        if code in known:
            found.setdefault(city_key(spelling), {})[code] = None
    return {key: tuple(codes) for key, codes in found.items()}
