"""Names of files that Windows takes; used everywhere, since files travel."""

import re

LONGEST = 120  # leaves room for the folders before it in what Windows calls a path
NAMELESS = "dokumen"
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,5}$")
# Microsoft, "Naming Files, Paths, and Namespaces": devices, with any ending behind them
_DEVICE = re.compile(
    r"(CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(COM|LPT)[0-9¹²³]) *(\..*)?", re.IGNORECASE
)


def safe_name(proposed: str) -> str:
    """Make a file name of an agreement's number or a region; an ending in it is kept."""
    kept = _FORBIDDEN.sub("-", proposed).strip(" .") or NAMELESS
    if _DEVICE.fullmatch(kept):
        kept = f"_{kept}"
    if len(kept) > LONGEST:
        ending = found[0] if (found := _ENDING.search(kept)) else ""
        kept = kept[: LONGEST - len(ending)].rstrip(" .") + ending
    return kept


def fits_windows(name: str) -> bool:
    """Tell whether Windows makes a file of this very name, rather than a device or another file."""
    is_cut = name != name.rstrip(" .")
    return not (is_cut or _FORBIDDEN.search(name) or _DEVICE.fullmatch(name))
