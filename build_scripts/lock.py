"""Write the hash-locked requirement files from pyproject.toml; needs uv (`pip install uv`)."""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ROOT / "build_scripts" / "requirements"
HEADER = "# Written by build_scripts/lock.py from pyproject.toml; not edited by hand.\n"
# The largest comes first: the others take its versions over.
WANTED = {
    "dev": ("--extra", "gui", "--group", "dev"),
    "test": ("--group", "test"),
    "freeze": ("--extra", "gui", "--group", "freeze"),
    "gui": ("--extra", "gui", "--group", "build"),
    "runtime": (),
}


def main() -> int:
    """Compile all five files for every supported Python and system; `--upgrade` renews versions."""
    uv = _uv()
    if uv is None:
        print("uv was not found: pip install uv", file=sys.stderr)
        return 1
    for name, wanted in WANTED.items():
        target = LOCKS / f"{name}.txt"
        previous = () if name == "dev" else ("--constraint", str(LOCKS / "dev.txt"))
        subprocess.run([uv, *_compile(target), *wanted, *previous, *sys.argv[1:]], check=True)
        target.write_text(HEADER + target.read_text("utf-8"), "utf-8", newline="\n")
        print(target.relative_to(ROOT))
    return 0


def _uv() -> str | None:
    beside = shutil.which("uv", path=str(Path(sys.executable).parent))
    return beside or shutil.which("uv")


def _compile(target: Path) -> list[str]:
    # No address of an index or a local folder may get into a file of the repository.
    clean = ["--no-emit-index-url", "--no-emit-find-links", "--no-header", "--no-annotate"]
    everywhere = ["--universal", "--python-version", "3.11", "--generate-hashes"]
    source = str(ROOT / "pyproject.toml")
    return ["pip", "compile", source, "-q", "-o", str(target), *everywhere, *clean]


if __name__ == "__main__":
    sys.exit(main())
