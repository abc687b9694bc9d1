"""What every use case is given: the store, the clock and the person who acts."""

from dataclasses import dataclass, field

from bpjsdesk.clock import Clock
from bpjsdesk.domain.access import ActingUser
from bpjsdesk.paths import AppPaths
from bpjsdesk.storage.database import Database
from bpjsdesk.storage.keys import derived_key


@dataclass(frozen=True, slots=True, kw_only=True)
class AppContext:
    """One logged-in session; the only bundle, never passed to `domain` or `reports`."""

    database: Database
    paths: AppPaths
    clock: Clock
    user: ActingUser
    data_key: bytes = field(repr=False)

    @property
    def audit_key(self) -> bytes:
        return derived_key(self.data_key, "audit")

    def close(self) -> None:
        """Carry the log over and let go of the file."""
        self.database.checkpoint()
        self.database.close()
