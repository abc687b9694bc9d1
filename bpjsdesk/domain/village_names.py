"""The villages of an agreement's region by name: what a mistyped or hidden one can only mean."""

import re
from collections import defaultdict
from collections.abc import Mapping

from rapidfuzz.distance import Levenshtein

from bpjsdesk.domain.check_reference import CheckReference
from bpjsdesk.domain.names import place_key

_SHORTEST, _LONG = 5, 8  # letters; in a longer name two slips leave no doubt
_CLEARLY_FARTHER = 2
_KIND = r"(?:KELURAHAN|KEL|DESA|DS)(?![A-Z])"
_NAMED = re.compile(rf"{_KIND}[\s.:]*(?P<name>[A-Z][A-Z0-9 .'-]*)", re.IGNORECASE)
_MOST_WORDS = 4


class VillageNames:
    """Find the one village that a text can mean; nothing where two are possible."""

    def __init__(self, reference: CheckReference) -> None:
        self._names = reference.village_names
        self._lookup = reference.region_lookup
        self._keys: defaultdict[str, dict[str, str]] = defaultdict(dict)
        self._known: set[str] = set()
        self._memo: dict[tuple[str, str], str | None] = {}
        for (district, village), code in self._lookup.items():
            self._known.add(village)
            if code in self._names:
                self._keys[district][village] = code
                self._keys[""].setdefault(village, code)

    def nearest(self, village: str, district: str) -> str | None:
        """Give the name that a mistyped village can only mean, in its district if that is known."""
        place = (village, district)
        if place not in self._memo:
            code = self._nearest(place_key(village), place_key(district))
            self._memo[place] = self._names[code] if code else None
        return self._memo[place]

    def named_in(self, address: str, district: str) -> str | None:
        """Give the village that an address names after the word for it; None for two of them."""
        within = place_key(district)
        codes = {self._begins(found["name"], within) for found in _NAMED.finditer(address)}
        code = codes.pop() if len(codes) == 1 else None
        return self._names.get(code) if code else None

    def _begins(self, text: str, district: str) -> str | None:
        words = re.split(r"[\s.]+", text)[:_MOST_WORDS]
        for end in range(len(words), 0, -1):
            key = place_key(" ".join(words[:end]))
            code = self._lookup.get((district, key))
            if key and code:
                return code
        return None

    def _nearest(self, key: str, district: str) -> str | None:
        # what is a village elsewhere was not mistyped: the address contradicts itself
        if len(key) < _SHORTEST or key in self._known or district not in self._keys:
            return None
        far = self._distances(key, self._keys[district])
        ranked = sorted((distance, code) for code, distance in far.items())
        if not ranked or ranked[0][0] > (1 if len(key) < _LONG else 2):
            return None
        second = ranked[1][0] if len(ranked) > 1 else len(key)
        return ranked[0][1] if second - ranked[0][0] >= _CLEARLY_FARTHER else None

    def _distances(self, key: str, keys: Mapping[str, str]) -> dict[str, int]:
        far: dict[str, int] = {}
        for village, code in keys.items():
            distance = Levenshtein.distance(key, village)
            far[code] = min(distance, far.get(code, distance))
        return far
