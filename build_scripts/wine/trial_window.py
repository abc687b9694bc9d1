"""The real window: a picture of it, and how long it takes to come."""

import shlex
from collections.abc import Sequence
from pathlib import Path, PureWindowsPath
from statistics import median

from build_scripts.product import NAME, ROOT
from build_scripts.wine.findings import Refuted, require
from build_scripts.wine.machine import WineMachine

ROUNDS = 5
CEILING = 3.0
_COLOURS = 50  # a blank or broken window has a handful
# Both programs are watched by the same loop, on the same screen.
_WATCH = """
begun=$(date +%s%N)
wine {words} </dev/null >/dev/null 2>&1 &
program=$!
for look in $(seq 1 1500); do
  if {seen}; then
    echo $(( ($(date +%s%N) - begun) / 1000000 )); break
  fi
  sleep 0.02
done
{then}
wine taskkill /F /IM {image} >/dev/null 2>&1; kill $program 2>/dev/null; wait $program 2>/dev/null
for look in $(seq 1 250); do {seen} || break; sleep 0.02; done
sleep 0.5
"""


def first_window_ratio(machine: WineMachine, program: Path, office: Path) -> str:
    """Compare the installed window with the same program run from Python, in turns.

    Raises: Refuted beyond the ceiling.
    """
    data = ["--data", machine.path(office)]
    frozen = [machine.path(program), *data]
    plain = [machine.path(machine.python), "-m", "ui", *data]
    pairs = [(window_ms(machine, frozen), window_ms(machine, plain)) for _ in range(ROUNDS + 1)]
    # the first pair fills the caches of both
    installed, from_python = (median(times) for times in zip(*pairs[1:], strict=True))
    ratio = installed / from_python
    told = f"{ratio:.2f} × ({installed:.0f} ms installed, {from_python:.0f} ms from Python)"
    require(ratio <= CEILING, f"{told}, more than {CEILING}")
    return f"{told}, median of {ROUNDS} pairs; ceiling {CEILING:.0f} ×"


def picture(machine: WineMachine, program: Path, office: Path, target: Path) -> str:
    """Save what the screen shows when the window has come.

    Raises: Refuted when the picture is blank.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    place = shlex.quote(str(target))
    words = [machine.path(program), "--data", machine.path(office)]
    window_ms(machine, words, then=f"sleep 2; import -window root {place}")
    counted = machine.linux(["identify", "-format", "%w × %h, %k", str(target)]).stdout
    colours = counted.rpartition(" ")[2]
    require(colours.isdigit() and int(colours) >= _COLOURS, f"the window is blank: {counted}")
    return f"{counted} colours, {target.relative_to(ROOT)}"


def window_ms(machine: WineMachine, words: Sequence[str], *, then: str = "") -> int:
    """Start a program and give the milliseconds until its window is on the screen.

    Raises: Refuted when none came within half a minute.
    """
    seen = f"xdotool search --onlyvisible --name '^{NAME}' >/dev/null 2>&1"
    image = PureWindowsPath(words[0]).name
    script = _WATCH.format(words=shlex.join(words), seen=seen, image=image, then=then)
    done = machine.linux(["bash", "-c", script], timeout_s=120)
    told = done.stdout.strip()
    if not told.isdigit():
        raise Refuted(f"no window came: {done.stdout}{done.stderr}"[:400])
    return int(told)
