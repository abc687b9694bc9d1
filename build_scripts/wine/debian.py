"""A Debian trixie root with Wine 10: Debian 12's own Wine 8 runs no Qt newer than 6.4."""

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from build_scripts.dev_report import Stop, say

SUITE = "trixie"
PACKAGES = ("wine", "wine64", "wine32:i386", "xvfb", "xauth", "xdotool", "imagemagick", "procps")
_DONE = "bpjsdesk-ready"
_APT = "/etc/apt"


def make_root(root: Path) -> None:
    """Make the root unless it is there; needs the right to debootstrap, chroot and mount.

    Raises: Stop with the output of the command that failed.
    """
    if (root / _DONE).exists():
        return
    say(f"Making a Debian {SUITE} with Wine in {root} (some minutes, once) ...")
    shutil.rmtree(root, ignore_errors=True)
    root.parent.mkdir(parents=True, exist_ok=True)
    _checked(["debootstrap", "--variant=minbase", SUITE, str(root)])
    _take_over_apt(root)
    _checked(inside(root, ["dpkg", "--add-architecture", "i386"]))
    _checked(inside(root, ["apt-get", "update", "-q"]))
    install = ["apt-get", "install", "-y", "-q", "--no-install-recommends", *PACKAGES]
    _checked(inside(root, install))
    (root / _DONE).touch()


def inside(root: Path, words: Sequence[str], *shared: Path) -> list[str]:
    """Give the command that runs `words` in the root; shared folders keep their paths there.

    The mounts belong to the command alone and end with it.
    """
    mounts = ['mount -t proc proc "$R/proc"', 'mount --rbind /dev "$R/dev"']
    mounts += [f'mkdir -p "$R{each}" && mount --bind "{each}" "$R{each}"' for each in shared]
    script = " && ".join([f'R="{root}"', *mounts, 'exec chroot "$R" "$@"'])
    clean = ["env", "-i", "HOME=/root", "LANG=C.UTF-8", "DEBIAN_FRONTEND=noninteractive"]
    path = "PATH=/usr/sbin:/usr/bin:/sbin:/bin"
    return ["unshare", "--mount", "sh", "-c", script, "sh", *clean, path, *words]


def _take_over_apt(root: Path) -> None:
    """Let apt in the root reach the mirrors that this machine is set up for, main suite only.

    Security updates are left out: a mirror out of step would mix versions of the two
    architectures, and nothing from this root is ever shipped.
    """
    for name in ("resolv.conf", "hosts"):
        shutil.copyfile(f"/etc/{name}", root / "etc" / name)
    for path in Path(_APT, "apt.conf.d").glob("99*"):
        shutil.copyfile(path, f"{root}{path}")
    certificates = Path("/etc/ssl/certs/ca-certificates.crt")
    if certificates.exists():
        Path(f"{root}/etc/ssl/certs").mkdir(parents=True, exist_ok=True)
        shutil.copyfile(certificates, f"{root}{certificates}")
    mirror = _mirror()
    line = f"deb {mirror} {SUITE} main\n"
    Path(f"{root}{_APT}/sources.list").write_text(line, encoding="utf-8")


def _mirror() -> str:
    """Take the address of Debian's main archive from this machine's own settings."""
    for path in sorted(Path(_APT).glob("sources.list*")) + sorted(
        Path(_APT, "sources.list.d").glob("*")
    ):
        if path.is_file():
            for line in path.read_text("utf-8").splitlines():
                for word in line.split():
                    if "://" in word and word.rstrip("/").endswith("/debian"):
                        return word
    raise Stop("apt on this machine names no Debian mirror; see build_scripts/wine/README.md.")


def _checked(words: Sequence[str]) -> None:
    done = subprocess.run(
        words,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode != 0:
        raise Stop(f"{done.stdout[-3000:]}\nThis command failed: {' '.join(words)}")
