"""What is made twice is equal; what is signed is trusted; what was changed after that is not."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from build_scripts import build_freeze, product
from build_scripts.build_steps import Build
from build_scripts.sign import BadSignature, Signer, make_test_certificate, verify_file
from build_scripts.wine.findings import Refuted, joined, require


def frozen_twice(build: Build) -> str:
    """Freeze, freeze again, and compare every file.

    Raises: Refuted naming what differs.
    """
    build_freeze.freeze(build)
    first = build.work / "first"
    shutil.rmtree(first, ignore_errors=True)
    shutil.copytree(build.bundle, first)
    facts = build_freeze.freeze(build)
    different = [place for place in _places(first, build.bundle) if _differs(place, build, first)]
    shutil.rmtree(first)
    require(not different, f"{len(different)} files differ: {', '.join(different[:5])}")
    return f"{facts['files']} files, {facts['mb']} MB, equal byte for byte when made twice"


def _places(*folders: Path) -> list[str]:
    return sorted(
        {
            path.relative_to(folder).as_posix()
            for folder in folders
            for path in folder.rglob("*")
            if path.is_file()
        }
    )


def _differs(place: str, build: Build, first: Path) -> bool:
    made = (first / place, build.bundle / place)
    contents = {path.read_bytes() if path.exists() else None for path in made}
    return len(contents) > 1


@contextmanager
def test_signer(work: Path) -> Iterator[Signer]:
    """Let the build's steps sign with a certificate that was made a moment ago."""
    signer = make_test_certificate(work / "certificate")
    before = {name: os.environ.get(name) for name in signer.variables()}
    os.environ.update(signer.variables())
    try:
        yield signer
    finally:
        for name, value in before.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value


def signatures_hold(build: Build, signer: Signer) -> str:
    """Verify programs and installers, then a copy of each in which one byte was changed.

    Raises: BadSignature; Refuted when a changed copy passes.
    """
    signed = [
        build.program(product.WINDOW),
        build.program(product.CLI),
        product.setup_file(),
        product.msi_file(),
    ]
    for path in signed:
        verify_file(path, signer)
        _require_refused(path, build.work / f"changed-{path.name}", signer)
    return joined([f"{len(signed)} files verified", "a copy of each with one byte changed refused"])


def _require_refused(path: Path, copy: Path, signer: Signer) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    copy.write_bytes(content)
    try:
        verify_file(copy, signer)
    except BadSignature:
        return
    finally:
        copy.unlink()
    raise Refuted(f"{path.name}: a changed copy passes as signed")
