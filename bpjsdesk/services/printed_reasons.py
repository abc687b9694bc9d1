"""Reasons that somebody types and that are printed, on papers of the office or for a sender."""

from bpjsdesk.domain.wording import format_count
from bpjsdesk.errors import UserError

LONGEST_REASON = 200


def printed_reason(text: str, *, missing: str) -> str:
    """Give a reason as it is kept; `missing` asks for one.

    Raises: UserError REASON_MISSING, REASON_TOO_LONG.
    """
    reason = text.strip()
    if not reason:
        raise UserError("REASON_MISSING", missing)
    if len(reason) > LONGEST_REASON:
        raise UserError(
            "REASON_TOO_LONG",
            f"Alasan ini {format_count(len(reason))} huruf. Pendekkan sampai paling banyak "
            f"{LONGEST_REASON} huruf, karena alasan ikut dicetak.",
        )
    return reason
