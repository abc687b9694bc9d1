"""Build `resources/seed/region.csv` from the two SQL files of the public region data set.

Usage: make_regions.py WILAYAH_SQL WILAYAH_PENDUDUK_SQL REGION_CSV
"""

import csv
import re
import sys
from collections.abc import Iterator
from pathlib import Path

HOME_PROVINCE = "71"
VALUE_ROW = re.compile(r"^\('([0-9.]+)','((?:[^']|'')*)'", re.MULTILINE)
HEADER = ("code", "name", "level", "kind", "parent_code", "valid_from", "valid_to")
# The day from which the rules of the programmes are known; most regions are older.
FLOOR = "2015-07-01"
FOUNDED = {"93": "2022-07-25", "94": "2022-07-25", "95": "2022-07-25", "96": "2022-12-08"}
MISSPELT = {
    "Papua Barat Oaya": "Papua Barat Daya",
    "Kota Palangkaraya": "Kota Palangka Raya",
    "Wangurer timur": "Wangurer Timur",
}


def clean_name(raw: str) -> str:
    """Undo SQL quoting, doubled spaces, letters set apart ("B e b u") and short titles."""
    name = " ".join(raw.replace("''", "'").split())
    if re.fullmatch(r"\w( \w)+", name):
        name = name.replace(" ", "").capitalize()
    name = re.sub(r"^Kab\.? ", "Kabupaten ", name)
    return MISSPELT.get(name, name)


def read_names(path: Path) -> dict[str, str]:
    """Read code and name of every value row of a dump."""
    text = path.read_text(encoding="utf-8")
    return {code: clean_name(name) for code, name in VALUE_ROW.findall(text)}


def kind_of(code: str) -> str:
    """Tell the kind from the code alone: 7x is a city, 1xxx a kelurahan."""
    parts = code.split(".")
    if len(parts) == 1:
        return "PROVINCE"
    if len(parts) == 2:
        return "CITY" if parts[1].startswith("7") else "REGENCY"
    if len(parts) == 3:
        return "DISTRICT"
    return "URBAN_VILLAGE" if parts[3].startswith("1") else "VILLAGE"


def region_rows(upper: dict[str, str], all_levels: dict[str, str]) -> Iterator[tuple[str, ...]]:
    """Give provinces and regencies of the country, and everything below the home province."""
    names = {code: name for code, name in upper.items() if code != "0"}
    for code, name in all_levels.items():
        if code.startswith(f"{HOME_PROVINCE}.") and code.count(".") >= 2:
            names[code] = name
    for code in sorted(names):
        level = str(code.count(".") + 1)
        parent = code.rpartition(".")[0]
        start = FOUNDED.get(code[:2], FLOOR)
        yield code, names[code], level, kind_of(code), parent, start, ""


def main(arguments: list[str]) -> int:
    if len(arguments) != 3:
        print(__doc__, file=sys.stderr)
        return 2
    dump, population, target = (Path(argument) for argument in arguments)
    rows = list(region_rows(read_names(population), read_names(dump)))
    with target.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(HEADER)
        writer.writerows(rows)
    print(f"{len(rows)} regions written to {target}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
