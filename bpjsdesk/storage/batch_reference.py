"""What a list of workers is checked against: the quota line and the dated reference rows."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from bpjsdesk.domain.agreements import Stage
from bpjsdesk.domain.batch_target import BatchTarget
from bpjsdesk.domain.check_reference import CheckReference
from bpjsdesk.domain.identity import Sex
from bpjsdesk.domain.names import city_index, place_index
from bpjsdesk.errors import UserError
from bpjsdesk.storage.issue_levels import levels_on
from bpjsdesk.storage.regions import village_names
from bpjsdesk.storage.schema import agreement, agreement_quota
from bpjsdesk.storage.schema_reference import (
    age_rule,
    category,
    column_synonym,
    desil_limit,
    occupation_word,
    region,
    region_history,
    region_spelling,
    sex_spelling,
)

REGENCY, VILLAGE = 2, 4


def find_target(
    connection: Connection, *, agreement_id: int, category_code: str, month: date | None = None
) -> BatchTarget:
    """Find the quota line of an agreement for a category: the one that holds `month`, or the first.

    Raises: UserError AGREEMENT_MISSING or QUOTA_MISSING.
    """
    title = connection.execute(
        select(agreement.c.title).where(agreement.c.id == agreement_id)
    ).scalar()
    if title is None:
        raise _agreement_missing(agreement_id)
    lines = _quota_lines(connection, agreement_id, category_code, title)
    if not lines:
        raise UserError(
            "QUOTA_MISSING", _quota_sentence(connection, agreement_id, category_code, title)
        )
    return next((line for line in lines if month is not None and line.holds(month)), lines[0])


def _quota_lines(
    connection: Connection, agreement_id: int, category_code: str, title: str
) -> list[BatchTarget]:
    rows = connection.execute(
        select(
            agreement_quota,
            agreement.c.stage,
            agreement.c.region_code,
            category.c.name.label("category_name"),
        )
        .join(agreement, agreement.c.id == agreement_quota.c.agreement_id)
        .join(category, category.c.code == agreement_quota.c.category)
        .where(agreement.c.id == agreement_id)
        .where(agreement_quota.c.category == category_code)
        .order_by(agreement_quota.c.seq)
    )
    return [
        BatchTarget(
            agreement_id=agreement_id,
            agreement_title=title,
            stage=Stage(row.stage),
            region_code=row.region_code or "",
            quota_id=row.id,
            category=row.category,
            category_name=row.category_name,
            segment=row.segment,
            heads=row.heads,
            first_month=row.from_month,
            rates=tuple(json.loads(row.rates)),
            programmes=frozenset(row.programmes.split()),
        )
        for row in rows
    ]


def _agreement_missing(agreement_id: int) -> UserError:
    return UserError(
        "AGREEMENT_MISSING",
        f"Perjanjian nomor {agreement_id} tidak ada. Pilih dari daftar perjanjian.",
    )


def _quota_sentence(
    connection: Connection, agreement_id: int, category_code: str, title: str
) -> str:
    known = connection.execute(
        select(agreement_quota.c.category)
        .where(agreement_quota.c.agreement_id == agreement_id)
        .order_by(agreement_quota.c.seq)
    ).scalars()
    choices = ", ".join(known) or "belum ada"
    return (
        f"Perjanjian “{title}” tidak punya kuota untuk kategori {category_code}. "
        f"Kategori di perjanjian ini: {choices}."
    )


def check_reference(
    connection: Connection,
    target: BatchTarget,
    *,
    registered_on: date,
    today: date,
    months: tuple[date, int] | None = None,
) -> CheckReference:
    """Gather what the rules compare with; `months` are the first one and the number of a batch."""
    names = {row.code: row.name for row in connection.execute(select(region.c.code, region.c.name))}
    return CheckReference(
        region_lookup=_places(connection, names, target.region_code),
        city_lookup=_cities(connection, names),
        sexes=_sexes(connection),
        known_prefixes=_prefixes(connection, names),
        region_prefix=target.region_code,
        categories={
            row.code: row.name
            for row in connection.execute(select(category.c.code, category.c.name))
        },
        category=target.category,
        over_age=_age(connection, "OVER_AGE", target.segment, registered_on),
        under_age=_age(connection, "UNDER_AGE", target.segment, registered_on),
        today=today,
        months=months,
        programmes=target.programmes,
        levels=levels_on(connection, registered_on),
        village_names=village_names(connection, target.region_code) if target.region_code else {},
        servant_words=_occupation_words(connection, "STATE_SERVANT"),
        other_words=_occupation_words(connection, "OTHER"),
        highest_desil=_highest_desil(connection, target.category, registered_on),
    )


def _places(
    connection: Connection, names: Mapping[str, str], region_prefix: str
) -> Mapping[tuple[str, str], str]:
    villages = [
        (code, names.get(code.rpartition(".")[0], ""), name)
        for code, name in names.items()
        if code.count(".") == VILLAGE - 1
    ]
    spellings = _spellings(connection, below_city=True)
    return place_index(villages, region_prefix=region_prefix, spellings=spellings)


def _cities(connection: Connection, names: Mapping[str, str]) -> Mapping[str, tuple[str, ...]]:
    cities = [(code, name) for code, name in names.items() if code.count(".") == REGENCY - 1]
    return city_index(cities, spellings=_spellings(connection, below_city=False))


def _spellings(connection: Connection, *, below_city: bool) -> list[tuple[str, str]]:
    """One spelling may mean a city and one of its villages, so it counts on its own level only."""
    rows = connection.execute(select(region_spelling.c.spelling, region_spelling.c.code))
    return [
        (row.spelling, row.code) for row in rows if (row.code.count(".") >= REGENCY) == below_city
    ]


def _sexes(connection: Connection) -> dict[str, Sex]:
    return {row.spelling: row.sex for row in connection.execute(select(sex_spelling))}


def _occupation_words(connection: Connection, kind: str) -> frozenset[str]:
    query = select(occupation_word.c.word).where(occupation_word.c.kind == kind)
    return frozenset(connection.execute(query).scalars())


def _prefixes(connection: Connection, names: Mapping[str, str]) -> frozenset[str]:
    today = {code.replace(".", "") for code in names if code.count(".") == REGENCY - 1}
    return frozenset(today) | frozenset(
        connection.execute(select(region_history.c.prefix)).scalars()
    )


def _age(connection: Connection, code: str, segment: str, day: date) -> int | None:
    return connection.execute(
        select(age_rule.c.years)
        .where(age_rule.c.code == code, age_rule.c.segment == segment)
        .where(age_rule.c.valid_from <= day)
        .where((age_rule.c.valid_to.is_(None)) | (age_rule.c.valid_to >= day))
    ).scalar()


def _highest_desil(connection: Connection, category_code: str, day: date) -> int | None:
    return connection.execute(
        select(desil_limit.c.highest)
        .where(desil_limit.c.category == category_code, desil_limit.c.valid_from <= day)
        .where((desil_limit.c.valid_to.is_(None)) | (desil_limit.c.valid_to >= day))
    ).scalar()


def synonyms(connection: Connection) -> dict[str, Sequence[str]]:
    """Give the known spellings of each column heading."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for row in connection.execute(select(column_synonym)):
        found[row.field].append(row.spelling)
    return dict(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateFacts:
    """What an empty list for an agreement offers to choose from."""

    title: str
    categories: tuple[str, ...]
    villages: tuple[str, ...]


def template_facts(connection: Connection, agreement_id: int) -> TemplateFacts:
    """Gather the categories of the quota lines and the villages of the agreement's region.

    Raises: UserError AGREEMENT_MISSING.
    """
    row = connection.execute(
        select(agreement.c.title, agreement.c.region_code).where(agreement.c.id == agreement_id)
    ).first()
    if row is None:
        raise _agreement_missing(agreement_id)
    categories = connection.execute(
        select(category.c.name)
        .join(agreement_quota, agreement_quota.c.category == category.c.code)
        .where(agreement_quota.c.agreement_id == agreement_id)
        .order_by(agreement_quota.c.seq)
    ).scalars()
    villages = connection.execute(
        select(region.c.name)
        .where(region.c.level == VILLAGE, region.c.code.startswith(f"{row.region_code}."))
        .order_by(region.c.name)
    ).scalars()
    return TemplateFacts(
        title=row.title,
        categories=tuple(dict.fromkeys(categories)),
        villages=tuple(dict.fromkeys(villages)) if row.region_code else (),
    )
