"""The command: make the offices, play every look in its own process, draw the PDFs."""

import os
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser, Namespace
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import partial
from pathlib import Path

from bpjsdesk.clock import WITA
from bpjsdesk.resources import resource_path
from build_scripts.screens.looks import LOOKS, Look
from build_scripts.screens.needed import unseen_widgets
from build_scripts.screens.offices import MOMENT, make_offices
from build_scripts.screens.papers import draw_papers

_ROWS = 1500


def main(arguments: list[str]) -> int:
    """Save the pictures; 0 when every scene came to its state."""
    wanted = _parser().parse_args(arguments)
    started = time.monotonic()
    out: Path = wanted.out
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="bpjsdesk-screens-") as place:
        folder = Path(place)
        moment = MOMENT if wanted.data is None else datetime.now(tz=WITA)
        make_offices(folder, rows=wanted.rows, pdf=folder / "pdf", data=wanted.data)
        papers = draw_papers(folder / "pdf", out / "pdf")
        code = _play(wanted, folder, moment)
    pictures = len(list(out.glob("*.png")))
    seconds = time.monotonic() - started
    print(f"{pictures} screens and {papers} pages in {out}, {seconds:.0f} s")
    return code


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="screenshots.py", description=__doc__)
    parser.add_argument("out", type=Path, help="folder for the images")
    parser.add_argument("--data", type=Path, help="an office to copy instead of making one")
    parser.add_argument("--rows", type=int, default=_ROWS, help="size of the practice list")
    parser.add_argument("--look", action="append", choices=[look.key for look in LOOKS])
    parser.add_argument("--scene", action="append", default=[], help="only the scene of this name")
    return parser


def _play(wanted: Namespace, folder: Path, moment: datetime) -> int:
    looks = [look for look in LOOKS if not wanted.look or look.key in wanted.look]
    play = partial(_play_look, wanted=wanted, folder=folder, moment=moment)
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        done = list(pool.map(play, looks))
    for result in done:
        sys.stderr.write(result.stderr)
    if not wanted.scene and LOOKS[0] in looks:
        seen = set(done[looks.index(LOOKS[0])].stdout.split())
        print("never seen:", ", ".join(unseen_widgets(seen)) or "nothing")
    return max(result.returncode for result in done)


def _play_look(
    look: Look, *, wanted: Namespace, folder: Path, moment: datetime
) -> "subprocess.CompletedProcess[str]":
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "QT_QPA_FONTDIR": str(resource_path("fonts")),  # offscreen Windows has no others
        "QT_SCALE_FACTOR": str(look.factor),
        "PYTHONPATH": str(Path(__file__).resolve().parents[2]),
    }
    places = [wanted.out.resolve(), folder, folder / f"copies-{look.key}"]
    words = [look.key, *map(str, places), moment.isoformat(), *wanted.scene]
    return subprocess.run(
        [sys.executable, "-m", "build_scripts.screens.play", *words],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
