"""Look regions up by code, by the region above, or by a part of the name."""

from collections.abc import Iterable

from sqlalchemy import Connection, Row, select

from bpjsdesk.domain.reference import Region, RegionFound
from bpjsdesk.storage.schema_reference import region

# Codes are asked for in pieces, because a statement takes a limited number of parameters.
_CODES_AT_ONCE = 500
_CODE_LENGTHS = (2, 5, 8, 13)
_VILLAGE = 4


def regions_below(
    connection: Connection, parent_code: str | None, level: int | None = None
) -> tuple[Region, ...]:
    """Give the regions right below one; without a parent those of a level, else provinces."""
    query = select(region).order_by(region.c.code)
    if parent_code is not None:
        query = query.where(region.c.parent_code == parent_code)
    if level is not None or parent_code is None:
        query = query.where(region.c.level == (level or 1))
    return tuple(_region(row) for row in connection.execute(query))


def get_region(connection: Connection, code: str) -> Region | None:
    row = connection.execute(select(region).where(region.c.code == code)).first()
    return None if row is None else _region(row)


def find_regions(connection: Connection, text: str, limit: int) -> tuple[RegionFound, ...]:
    """Find regions by any part of the name or by the start of the code, largest ones first."""
    name_or_code = region.c.name.icontains(text, autoescape=True) | region.c.code.startswith(
        text, autoescape=True
    )
    query = select(region).where(name_or_code).order_by(region.c.level, region.c.code).limit(limit)
    rows = connection.execute(query).all()
    above = {code for row in rows for code in codes_above(row.code)}
    names = region_names(connection, above)
    return tuple(_found(row, names) for row in rows)


def region_names(connection: Connection, codes: Iterable[str]) -> dict[str, str]:
    """Give the name of each code that is known."""
    wanted = sorted(set(codes))
    names: dict[str, str] = {}
    for start in range(0, len(wanted), _CODES_AT_ONCE):
        piece = wanted[start : start + _CODES_AT_ONCE]
        query = select(region.c.code, region.c.name).where(region.c.code.in_(piece))
        rows = connection.execute(query)
        names.update((row.code, row.name) for row in rows)
    return names


def region_path(connection: Connection, code: str | None) -> str:
    """Name a region with the district and city around it: "Molas, Bunaken, Kota Manado"."""
    if not code:
        return ""
    inside = [code, *(above for above in codes_above(code) if len(above) > _CODE_LENGTHS[0])]
    names = region_names(connection, inside)
    return ", ".join(names[each] for each in inside if each in names)


def all_regions(connection: Connection) -> tuple[Region, ...]:
    """Give every region of the list, for the reading of files."""
    return tuple(_region(row) for row in connection.execute(select(region)))


def codes_above(code: str) -> tuple[str, ...]:
    """Give the codes that hold a region, nearest first."""
    return tuple(code[:length] for length in reversed(_CODE_LENGTHS) if length < len(code))


def _region(row: Row[tuple[object, ...]]) -> Region:
    return Region(
        code=row.code, name=row.name, level=row.level, kind=row.kind, parent_code=row.parent_code
    )


def _found(row: Row[tuple[object, ...]], names: dict[str, str]) -> RegionFound:
    inside = [row.name, *(names[code] for code in codes_above(row.code) if code in names)]
    return RegionFound(code=row.code, name=row.name, level=row.level, path=", ".join(inside))


def village_names(connection: Connection, region_code: str) -> dict[str, str]:
    """Give the villages of a region by code."""
    query = select(region.c.code, region.c.name).where(
        region.c.level == _VILLAGE, region.c.code.startswith(f"{region_code}.")
    )
    return {row.code: row.name for row in connection.execute(query.order_by(region.c.code))}
