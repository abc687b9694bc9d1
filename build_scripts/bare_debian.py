"""Start the Linux bundle on a bare Debian 12 with nothing but the documented packages.

`python3 build_scripts/bare_debian.py [ARCHIVE]`, as root on Debian 12; needs debootstrap. The root
is made anew each time; apt in it reaches the mirrors that this machine is set up for.
"""

import os
import shutil
import struct
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from build_scripts import product
from build_scripts.dev_report import Stop, complain, say
from build_scripts.wine.debian import inside

SUITE = "bookworm"
# What PANDUAN_IT.md tells to install: for the self-test and a screen, and for a screen through X11.
QT_PACKAGES = (
    "libegl1",
    "libgl1",
    "libglib2.0-0",
    "libdbus-1-3",
    "libfontconfig1",
    "libxkbcommon0",
)
SCREEN_PACKAGES = (
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-keysyms1",
    "libxcb-shape0",
    "libxcb-xkb1",
    "libxkbcommon-x11-0",
    "libxcb-randr0",
    "libxcb-render-util0",
    "libxcb-image0",
)
_FOLDER = Path("opt") / f"BPJSDesk-{product.version()}"
_FRAMES = Path("tmp") / "frames"
_WINDOW_S, _COLOURS = 30.0, 40


def try_on_bare_debian(archive: Path, work: Path) -> dict[str, object]:
    """Unpack and start both programs there; gives what was found, and leaves a screenshot.

    Raises: Stop when the system cannot do that, or when a program does not work.
    """
    _require_debian()
    root = work / "root"
    shutil.rmtree(root, ignore_errors=True)
    work.mkdir(parents=True, exist_ok=True)
    _run(["debootstrap", "--variant=minbase", SUITE, str(root)])
    _take_over_apt(root)
    _run(["tar", "-xf", str(archive), "-C", str(root / "opt")])
    told = _run(inside(root, [_program(product.CLI), "--version"])).strip()
    _install(root, QT_PACKAGES)
    started = time.monotonic()
    _run(inside(root, [_program(product.CLI), "self-test"]))
    tested = time.monotonic()
    # a screen that exists only here stands for the one that the office's PC has
    _install(root, (*SCREEN_PACKAGES, "xvfb"))
    picture = work.parent / "bare-debian.png"
    shown_s = _show_window(root, picture)
    shutil.rmtree(root)
    return {
        "told before any package": told,
        "packages named": len(QT_PACKAGES) + len(SCREEN_PACKAGES),
        "self_test_s": round(tested - started, 1),
        "window_s": round(shown_s, 1),
        "picture": str(picture),
    }


def _require_debian() -> None:
    system = Path("/etc/os-release")
    if not system.exists() or f"VERSION_CODENAME={SUITE}" not in system.read_text("utf-8"):
        raise Stop(f"The bare root takes over this machine's apt, so it must be Debian {SUITE}.")
    is_root = sys.platform != "win32" and os.geteuid() == 0
    if not is_root or shutil.which("debootstrap") is None:
        raise Stop("A bare root needs the rights of root, and debootstrap.")


def _take_over_apt(root: Path) -> None:
    for name in ("resolv.conf", "hosts"):
        shutil.copyfile(f"/etc/{name}", root / "etc" / name)
    certificates = Path("/etc/ssl/certs/ca-certificates.crt")
    if certificates.exists():
        (root / "etc/ssl/certs").mkdir(parents=True, exist_ok=True)
        shutil.copyfile(certificates, f"{root}{certificates}")
    apt = Path("/etc/apt")
    (root / "etc/apt/sources.list").unlink(missing_ok=True)
    for path in (apt / "sources.list", *apt.glob("sources.list.d/*"), *apt.glob("apt.conf.d/99*")):
        if path.is_file():
            shutil.copyfile(path, f"{root}{path}")
    _run(inside(root, ["apt-get", "update", "-q"]))


def _install(root: Path, packages: Sequence[str]) -> None:
    words = ["apt-get", "install", "-y", "-q", "--no-install-recommends", *packages]
    _run(inside(root, words))


def _show_window(root: Path, picture: Path) -> float:
    """Open the window on a screen in the root; gives the seconds until it was drawn."""
    (root / _FRAMES).mkdir(parents=True)
    screen = ["Xvfb", ":99", "-screen", "0", "1366x768x24", "-fbdir", f"/{_FRAMES}"]
    frame = root / _FRAMES / "Xvfb_screen0"
    window = ["env", "DISPLAY=:99", _program(product.WINDOW), "--data", "/tmp/office"]
    with _running(inside(root, screen)):
        time.sleep(1.0)
        started = time.monotonic()
        with _running(inside(root, window)) as program:
            while _colours(frame) < _COLOURS:
                if program.poll() is not None or time.monotonic() - started > _WINDOW_S:
                    raise Stop(f"No window was drawn; the program's code is {program.poll()}.")
                time.sleep(0.2)
            shown_s = time.monotonic() - started
            time.sleep(1.5)  # what follows the first frame belongs into the picture
            _save(frame, picture)
    return shown_s


@contextmanager
def _running(words: Sequence[str]) -> Iterator["subprocess.Popen[bytes]"]:
    quiet = subprocess.DEVNULL
    with subprocess.Popen(words, stdin=quiet, stdout=quiet, stderr=quiet) as process:
        try:
            yield process
        finally:
            process.terminate()


def _colours(frame: Path) -> int:
    return len(set(_pixels(frame)[2])) if frame.exists() else 0


def _pixels(frame: Path) -> tuple[int, int, list[bytes]]:
    """Read what Xvfb keeps of its screen, in the format of xwd: a head, colours, BGRX rows."""
    data = frame.read_bytes()
    head = struct.unpack(">25I", data[:100])
    width, height, start = head[4], head[5], head[0] + head[19] * 12
    body = data[start : start + width * height * 4]
    return width, height, [body[at : at + 3] for at in range(0, len(body), 4)]


def _save(frame: Path, picture: Path) -> None:
    from PIL import Image

    width, height, pixels = _pixels(frame)
    drawn = Image.frombytes("RGB", (width, height), b"".join(pixels), "raw", "BGR")
    drawn.save(picture)


def _program(name: str) -> str:
    return f"/{_FOLDER}/{name}"


def _run(words: Sequence[str]) -> str:
    done = subprocess.run(
        words,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode != 0:
        told = f"{done.stdout}{done.stderr}"[-3000:]
        raise Stop(f"{told}\nThis command failed: {' '.join(words[-6:])}")
    return done.stdout


def main(words: Sequence[str]) -> int:
    """Try one archive, by default the one that build.py has made."""
    archive = Path(words[0]) if words else product.archive_file()
    try:
        found = try_on_bare_debian(archive.resolve(), product.ROOT / "build" / "linux" / "debian")
    except Stop as reason:
        complain(str(reason))
        return 1
    say(f"Debian 12, bare: {', '.join(f'{name} {value}' for name, value in found.items())}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
