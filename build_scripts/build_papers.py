"""Write what lies beside the installers: components, licences, guides and sums.

On its own it writes them for a release folder that the driver has filled:
`python build_scripts/build_papers.py --target win SITE_PACKAGES`; `--check` only verifies the sums.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from build_scripts import licences, product, sums
from build_scripts.bundle_owners import bundle_problems, module_problems
from build_scripts.licence_rules import PaperProblem
from build_scripts.sbom import write_sbom
from build_scripts.shipped import shipped

GUIDE = "PANDUAN_IT.md"
FOLDER = "lisensi"


def sbom_name(target: str) -> str:
    """Name the list of components of one target."""
    return f"BPJSDesk-{product.version()}-{target}.cdx.json"


def write_papers(
    release_folder: Path, site_packages: Path, target: str, *, bundle: Path | None = None
) -> None:
    """Write all papers of a release; the sums come last and cover every file there.

    The frozen program, where there is one, must hold nothing that the papers do not name.

    Raises:
        PaperProblem: naming everything that keeps them from being written.
    """
    components = shipped(site_packages, system=target)
    frozen = bundle or product.bundle_folder(target)
    strange = bundle_problems(frozen, site_packages, components)
    problems = (*strange, *module_problems(frozen, components))
    if problems:
        raise PaperProblem(*problems)
    release_folder.mkdir(parents=True, exist_ok=True)
    write_sbom(components, release_folder / sbom_name(target), system=target)
    licences.collect(components, release_folder / FOLDER)
    all_in_one = release_folder / FOLDER / licences.ALL_IN_ONE
    all_in_one.replace(release_folder / licences.ALL_IN_ONE)
    (release_folder / GUIDE).write_text(guide_text(), encoding="utf-8", newline="\n")
    sums.write_sums(release_folder)


def guide_text() -> str:
    """Give the guide for IT with this version in its file names."""
    text = (product.ROOT / "build_scripts" / GUIDE).read_text(encoding="utf-8")
    return text.replace("<versi>", product.version())


def main(words: Sequence[str] | None = None) -> int:
    """Write or check the papers; 0 when they are right, 1 when not."""
    arguments = _parser().parse_args(words)
    folder = arguments.release or product.release_folder(arguments.target)
    if arguments.check:
        faults = sums.verify(folder)
        print("\n".join(faults) or f"{folder}: all sums fit")
        return int(bool(faults))
    try:
        write_papers(folder, arguments.site_packages, arguments.target)
    except PaperProblem as problem:
        print("\n".join(problem.reasons), file=sys.stderr)
        return 1
    print(f"papers written to {folder}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("site_packages", type=Path, nargs="?", help="packages that were frozen")
    parser.add_argument("--target", choices=product.TARGETS, required=True)
    parser.add_argument("--release", type=Path, help="another folder than the release's own")
    parser.add_argument("--check", action="store_true", help="verify the sums, write nothing")
    return parser


if __name__ == "__main__":
    sys.exit(main())
