"""The steps from a frozen program to what IT receives: signatures, installers, papers, sums."""

import os
import shutil
import tarfile
import tempfile
from pathlib import Path

from build_scripts import product
from build_scripts.build_steps import Build, Facts
from build_scripts.dev_report import Stop

_SIGNED = (".exe", ".dll", ".pyd")


def sign(build: Build) -> Facts:
    """Sign the programs, and libraries that came unsigned, with what the environment names."""
    from build_scripts.sign import NOTHING_SIGNED, sign_file, signer_from, verify_file

    signer = signer_from(os.environ)
    if build.target != "win" or signer is None:
        return {"result": "Linux programs carry no signature" if signer else NOTHING_SIGNED}
    unsigned = [path for path in _programs(build.bundle) if not _is_signed(path)]
    for path in unsigned:
        sign_file(path, signer)
        verify_file(path, signer)
    return {"signed": len(unsigned)}


def make_installers(build: Build) -> Facts:
    """Pack the program folder: setup and MSI for Windows, an archive for Linux."""
    build.release.mkdir(parents=True, exist_ok=True)
    if build.target == "linux":
        made = [pack(build.bundle, product.archive_file())]
    else:
        from build_scripts.installers import make_msi, make_setup
        from build_scripts.sign import signer_from

        signer, version = signer_from(os.environ), product.version()
        licence = product.LICENCE
        setup = make_setup(
            build.bundle, product.setup_file(), version=version, licence=licence, signer=signer
        )
        made = [setup, make_msi(build.bundle, product.msi_file(), version=version, signer=signer)]
        require_within(setup, product.MAX_SETUP)
        require_within(product.msi_file(), product.MAX_MSI)
    return {path.name: f"{path.stat().st_size / 1e6:.1f} MB" for path in made}


def require_within(path: Path, ceiling: int) -> None:
    """Raises: Stop when a file is larger than IT was promised."""
    size = path.stat().st_size
    if size > ceiling:
        raise Stop(f"{path.name} has {size / 1e6:.1f} MB; promised are {ceiling / 1e6:.0f}.")


def pack(bundle: Path, out: Path) -> Path:
    """Write a .tar.xz with one folder; equal files and an equal source date give equal bytes."""

    def plain(entry: tarfile.TarInfo) -> tarfile.TarInfo:
        entry.uid = entry.gid = 0
        entry.uname = entry.gname = "root"
        entry.mtime = product.source_date()
        is_open = entry.isdir() or entry.mode & 0o100
        entry.mode = 0o755 if is_open else 0o644
        return entry

    out.unlink(missing_ok=True)
    with tarfile.open(out, "w:xz") as archive:
        # tarfile adds the entries of a folder sorted by name
        archive.add(bundle, arcname=f"BPJSDesk-{product.version()}", filter=plain)
    return out


def smoke_installed(build: Build) -> Facts:
    """Install and try what was made: on a Windows PC, or on a bare Debian."""
    if build.target == "linux":
        from build_scripts.bare_debian import try_on_bare_debian

        return try_on_bare_debian(product.archive_file(), build.work / "debian")
    from build_scripts.smoke_install import Sources, smoke, write_report

    sources = Sources(
        bundle=build.bundle,
        setup=product.setup_file(),
        msi=product.msi_file(),
        licence=product.LICENCE,
        version=product.version(),
    )
    build.work.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(prefix="smoke-", dir=build.work) as work,
        build.machine("smoke") as machine,
    ):
        findings = smoke(machine, sources, work=Path(work))
    write_report(findings, build.record.with_name("smoke.json"))
    bad = [f"{finding.name}: {finding.detail}" for finding in findings if not finding.ok]
    if bad:
        raise Stop("\n".join(bad))
    return {"findings": len(findings)}


def write_all_papers(build: Build) -> Facts:
    """Write the list of components, the licences and the guides beside the installers."""
    from build_scripts.build_papers import write_papers
    from build_scripts.licence_rules import PaperProblem

    try:
        write_papers(build.release, build.site_packages, build.target, bundle=build.bundle)
    except PaperProblem as problem:
        raise Stop("\n".join(problem.reasons)) from problem
    return {}


def write_sums(build: Build) -> Facts:
    """Add the record of this build to the release, then sum all of its files."""
    from build_scripts import sums

    build.release.mkdir(parents=True, exist_ok=True)
    if build.record.exists():
        shutil.copyfile(build.record, build.release / build.record.name)
    sums.write_sums(build.release)
    faults = sums.verify(build.release)
    if faults:
        raise Stop("\n".join(faults))
    return {"files": sum(path.is_file() for path in build.release.rglob("*"))}


def _programs(bundle: Path) -> list[Path]:
    return sorted(path for path in bundle.rglob("*") if path.suffix.lower() in _SIGNED)


def _is_signed(path: Path) -> bool:
    import pefile

    with pefile.PE(str(path), fast_load=True) as read:
        # the fifth directory of a program is the place of its signatures
        return bool(read.OPTIONAL_HEADER.DATA_DIRECTORY[4].Size)
