"""When the office was last copied and the copy proven, read from the backup folder alone."""

from datetime import datetime
from pathlib import Path

from bpjsdesk.clock import WITA
from ui.i18n import _, long_day

_STALE_AFTER_DAYS = 1


def newest_backup(folder: Path) -> datetime | None:
    """Give the time of the newest backup; only proven copies get their final name there."""
    times = [path.stat().st_mtime for path in folder.glob("*.db")] if folder.is_dir() else []
    return datetime.fromtimestamp(max(times), WITA) if times else None


def backup_words(taken: datetime | None, now: datetime) -> tuple[str, str]:
    """Say when the last proven backup was taken, with the tone "ok" or "warn"."""
    if taken is None:
        return _("Belum ada cadangan"), "warn"
    days = (now.date() - taken.date()).days
    hour = f"{taken:%H.%M}"
    if days <= 0:
        return _("Cadangan terbukti hari ini {hour}").format(hour=hour), "ok"
    if days <= _STALE_AFTER_DAYS:
        return _("Cadangan terbukti kemarin {hour}").format(hour=hour), "ok"
    day = long_day(taken.date())
    return _("Cadangan terbukti terakhir {day}").format(day=day), "warn"
