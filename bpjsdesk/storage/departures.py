"""Who of the register has died or left, so that nobody pays for them again."""

from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import Connection, select

from bpjsdesk.domain.claim_rules import CLOSED_WITHOUT_PAYMENT
from bpjsdesk.domain.claims import Programme
from bpjsdesk.storage.schema import claim
from bpjsdesk.storage.schema_reference import end_reason
from bpjsdesk.storage.schema_staging import person_end

# Few people are asked for one by one; of many, the short lists of all departures are read whole.
_FEW = 500


class Departures(NamedTuple):
    """Persons who have died, by an end of membership or a death claim, and who have left else."""

    died: frozenset[int]
    left: frozenset[int]


def departures(connection: Connection, person_ids: Collection[int]) -> Departures:
    """Read the departures that may concern some people; a return that is usual is none."""
    ends = (
        select(person_end.c.person_id, end_reason.c.is_death)
        .join(end_reason, end_reason.c.code == person_end.c.reason)
        .where(person_end.c.undone_at == "", end_reason.c.may_return.is_(False))
    )
    deaths = select(claim.c.person_id).where(
        claim.c.programme == Programme.JKM.value,
        claim.c.status.not_in(CLOSED_WITHOUT_PAYMENT),
    )
    if len(person_ids) <= _FEW:
        ends = ends.where(person_end.c.person_id.in_(person_ids))
        deaths = deaths.where(claim.c.person_id.in_(person_ids))
    found = connection.execute(ends).all()
    died = {row.person_id for row in found if row.is_death}
    left = frozenset(row.person_id for row in found if not row.is_death)
    return Departures(frozenset(died.union(connection.execute(deaths).scalars())), left)
