"""What the lists of an agreement have taken of its quota and of its stated funding."""

from sqlalchemy import Connection, func, select

from bpjsdesk.domain.quota_meter import Room
from bpjsdesk.storage.enrollment import submitted_heads
from bpjsdesk.storage.schema import agreement_funding, batch


def room_of(connection: Connection, agreement_id: int, quota_id: int) -> Room:
    """Read what is taken of a quota line and of the agreement's funding."""
    spent = connection.execute(
        select(func.sum(batch.c.amount)).where(batch.c.agreement_id == agreement_id)
    ).scalar()
    ceiling = connection.execute(
        select(func.sum(agreement_funding.c.amount)).where(
            agreement_funding.c.agreement_id == agreement_id
        )
    ).scalar()
    return Room(
        taken=submitted_heads(connection, quota_id),
        spent=int(spent or 0),
        ceiling=int(ceiling or 0),
    )
