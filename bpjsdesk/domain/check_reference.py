"""What the row check compares with, and how an address becomes a region code."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from bpjsdesk.domain.identity import Sex
from bpjsdesk.domain.names import city_key, place_key
from bpjsdesk.domain.row_issues import USUAL_LEVELS, IssueCode, Levels


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckReference:
    """Reference data of one check, all of it from dated rows.

    `region_lookup` and `city_lookup` are built by `names.place_index` and `names.city_index`;
    `known_prefixes` are the four digits PPRR of every regency, old ones included;
    `region_prefix` is the agreement's region code (dots or not, empty for no limit);
    `sexes` maps the ways to write a sex to L or P; `categories` maps code to name, `category` is
    the chosen code; ages are full years, `over_age` is refused when reached, and None where the
    segment has no such rule. `meanings` is what a clerk has said of spellings: by field, the value
    of each key; `levels` are those of the day of registration;
    `village_names` are the villages of the agreement's region by code; `servant_words` in an
    occupation make a servant of the state of it, unless one of `other_words` is there too;
    `highest_desil` is the last that may be paid for, None where the category has no such rule;
    `months` are the first one and the number of the batch's, `programmes` those of the quota line.
    """

    region_lookup: Mapping[tuple[str, str], str]
    city_lookup: Mapping[str, tuple[str, ...]]
    known_prefixes: frozenset[str]
    region_prefix: str
    sexes: Mapping[str, Sex]
    categories: Mapping[str, str]
    category: str
    over_age: int | None
    under_age: int | None
    today: date
    meanings: Mapping[str, Mapping[str, str]] = dataclasses.field(default_factory=dict)
    levels: Levels = USUAL_LEVELS
    village_names: Mapping[str, str] = dataclasses.field(default_factory=dict)
    servant_words: frozenset[str] = frozenset()
    other_words: frozenset[str] = frozenset()
    highest_desil: int | None = None
    months: tuple[date, int] | None = None
    programmes: frozenset[str] = frozenset()

    def with_values(self, meanings: Mapping[str, Mapping[str, str]]) -> "CheckReference":
        """Add what the spellings of a list mean."""
        sexes: dict[str, Sex] = {
            key: "L" if value == "L" else "P" for key, value in meanings.get("sex", {}).items()
        }
        return replace(self, sexes={**self.sexes, **sexes}, meanings=meanings)

    def meant(self, field: str) -> Mapping[str, str]:
        """Give the value of each key that a clerk has given a meaning."""
        return self.meanings.get(field, {})

    @property
    def category_keys(self) -> frozenset[str]:
        """Give the keys that a clerk has said to mean the chosen category."""
        meant = self.meant("category").items()
        return frozenset(key for key, code in meant if code == self.category)


Address = tuple[str | None, str | None, str | None]


class RegionMemo(dict[Address, tuple[str | None, IssueCode | None]]):
    """The region code, if any, of each distinct (village, district, city); what to say about it."""

    def __init__(self, reference: CheckReference) -> None:
        super().__init__()
        self._places = reference.region_lookup
        self._cities = reference.city_lookup
        self._prefix = reference.region_prefix.replace(".", "")
        self._mapped = reference.meant("village")
        self._districts = {district for district, _ in reference.region_lookup}

    def __missing__(self, address: Address) -> tuple[str | None, IssueCode | None]:
        found = self[address] = self._find(*address)
        return found

    def _find(
        self, village: str | None, district: str | None, city: str | None
    ) -> tuple[str | None, IssueCode | None]:
        code = self._village_code(place_key(village or ""), place_key(district or ""))
        if city and self._names_another_region(city):
            # A village of the agreement's own region contradicts that city: take neither.
            inside = code is None or self._is_inside(code)
            return None if inside else code, IssueCode.OUT_OF_REGION
        if code is None:
            return None, IssueCode.REGION_UNMAPPED
        return code, None if self._is_inside(code) else IssueCode.OUT_OF_REGION

    def _village_code(self, village: str, district: str) -> str | None:
        # A known district that has no such village is a contradiction, not a spelling to pass over;
        # only a clerk may say what is meant.
        known = district if district in self._districts else ""
        return self._places.get((known, village)) or self._mapped.get(village)

    def _names_another_region(self, city: str) -> bool:
        codes = self._cities.get(city_key(city), ())
        return bool(codes) and not any(map(self._is_inside, codes))

    def _is_inside(self, code: str) -> bool:
        digits = code.replace(".", "")
        return digits.startswith(self._prefix) or self._prefix.startswith(digits)
