"""What is kept with a list when it is taken in: its sheets, who has sent it, what that recalls."""

import json
from collections.abc import Mapping

from bpjsdesk.domain.names import place_key
from bpjsdesk.domain.senders import SenderChoice
from bpjsdesk.domain.staging import DecidedOutcome, SheetStep
from bpjsdesk.errors import UserError
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.staged_reading import StagedReading
from bpjsdesk.storage import senders, sheets, staging
from bpjsdesk.storage.connection import Connection
from bpjsdesk.storage.regions import village_names


def remembered_headings(connection: Connection, sender: SenderChoice | None) -> Mapping[str, str]:
    """Give what the headings of a sender mean.

    Raises: UserError SENDER_MISSING.
    """
    if sender is None:
        return {}
    require_sender(connection, sender.sender_id)
    return senders.remembered_columns(connection, sender.sender_id)


def require_sender(connection: Connection, sender_id: int) -> None:
    """Raises: UserError SENDER_MISSING."""
    if not senders.senders(connection, sender_id=sender_id):
        raise UserError(
            "SENDER_MISSING", f"Pengirim nomor {sender_id} tidak ada. Pilih dari daftar pengirim."
        )


def village_keys(context: AppContext, region_code: str) -> frozenset[str]:
    """Give the keys of the villages of a region."""
    with context.database.read() as connection:
        names = village_names(connection, region_code)
    return frozenset(map(place_key, names.values()))


def keep_sheets(
    context: AppContext, connection: Connection, batch_id: int, reading: StagedReading
) -> None:
    """Keep the sheets of a list; rows of those that are not joined are left out by decision."""
    sheets.add_sheets(connection, batch_id, reading.sheet_rows())
    for name in reading.left_out:
        leave_sheet_out(context, connection, batch_id, name)


def leave_sheet_out(context: AppContext, connection: Connection, batch_id: int, sheet: str) -> int:
    """Leave the rows of a sheet out of the list, as one step; gives its id."""
    lines = sheets.lines_of_sheet(connection, batch_id, sheet).values()
    decided = {row.line_id for row in sheets.decisions_of(connection, lines)}
    open_lines = [line for line in lines if line not in decided]
    values = {
        "rule": SheetStep.LEAVE_SHEET.value,
        "code": "",
        "note": f"Lembar “{sheet}” tidak digabung",
        "rows": len(open_lines),
        "user_id": context.user.user_id,
        "at": context.clock().isoformat(),
        "before": json.dumps({"joined": {sheet: True}}, ensure_ascii=False),
    }
    step_id = staging.add_step(connection, batch_id, values)
    if open_lines:
        staging.decide_lines(
            connection,
            step_id,
            open_lines,
            outcome=DecidedOutcome.SKIPPED.value,
            reason=f"Lembar “{sheet}” tidak digabung.",
        )
    return step_id


def keep_sender(connection: Connection, batch_id: int, sender: SenderChoice | None) -> None:
    """Note who has sent a list, and let the sender's spellings mean what they meant before."""
    if sender is None:
        return
    letter = {"letter_no": sender.letter_no, "letter_on": sender.letter_on}
    staging.change_intake(connection, batch_id, {"sender_id": sender.sender_id, **letter})
    own = senders.values_of_batch(connection, batch_id)
    for field, found in senders.remembered_values(connection, sender.sender_id).items():
        new = {key: value for key, value in found.items() if key not in own.get(field, {})}
        senders.set_values(connection, batch_id, field, new)
