"""One of several programs that save into the same office at the same moment.

`python -m tests.proofs.crowd FOLDER FIRST_SERIAL SAVES` prints one line per saved record.
"""

import sys
from pathlib import Path

from bpjsdesk.services.commands import new_request_id
from tests.proofs.crash_work import AGREEMENT, CLAIM, opened, save


def main() -> None:
    """Save, and say which record each answer named."""
    folder, first, saves = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    with opened(folder) as context:
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        sys.stdin.readline()
        for serial in range(first, first + saves):
            command = AGREEMENT if serial % 5 == 0 else CLAIM
            object_id = save(context, command, new_request_id(), serial)
            sys.stdout.write(f"{command} {object_id}\n")


if __name__ == "__main__":
    main()
