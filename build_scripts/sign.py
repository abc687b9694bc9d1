"""Signs programs and installers with what the environment names; no key lies in the repository.

BPJSDESK_SIGN_TOOL           `signtool` (Windows SDK), `osslsigncode`, or `none` (when unset)
BPJSDESK_SIGN_CERT           osslsigncode: certificate chain, PEM; signtool: PFX, if not THUMBPRINT
BPJSDESK_SIGN_KEY            osslsigncode: private key, PEM
BPJSDESK_SIGN_PASSWORD_FILE  text file whose first line is the password of the key or PFX
BPJSDESK_SIGN_THUMBPRINT     signtool: SHA-1 of a certificate in the user's store, tokens included
BPJSDESK_SIGN_TIMESTAMP_URL  RFC 3161 server; without it signatures end with the certificate
BPJSDESK_SIGN_TRUST          osslsigncode: CA certificates, PEM, that `verify` trusts;
                             the system's own when unset

`python3 -m build_scripts.sign sign FILE …`, `… verify FILE …`; both end with 1 on the first fault.
signtool reads a PFX password from its command line only, where other programs of the same PC see
it: prefer THUMBPRINT.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Protocol

from build_scripts.dev_report import Stop, complain, say
from build_scripts.product import NAME

PREFIX = "BPJSDESK_SIGN_"
NOTHING_SIGNED = f"Nothing was signed: {PREFIX}TOOL is unset or `none`."
_TIMEOUT_S = 300


class BadSignature(Stop):
    """Tell that a file is not signed, was changed after it, or by whom nobody trusts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """Hold what the environment tells about signing; an empty text stands for what it leaves out.

    The fields are the variables' names in small letters.
    """

    tool: str
    cert: str = ""
    key: str = ""
    password_file: str = ""
    thumbprint: str = ""
    timestamp_url: str = ""
    trust: str = ""

    def variables(self) -> dict[str, str]:
        """Give the environment that makes the same signer in another process."""
        return {PREFIX + name.upper(): value for name, value in asdict(self).items()}

    def password(self) -> str:
        if not self.password_file:
            return ""
        return Path(self.password_file).read_text("utf-8").partition("\n")[0].rstrip("\r")


class _Tool(Protocol):
    def sign_words(self, path: Path, signer: Signer) -> list[str]: ...

    def verify_words(self, path: Path, signer: Signer) -> list[str]: ...


class _SignTool:
    def sign_words(self, path: Path, signer: Signer) -> list[str]:
        words = ["signtool", "sign", "/q", "/fd", "SHA256", "/d", NAME]
        words += ["/sha1", signer.thumbprint] if signer.thumbprint else ["/f", signer.cert]
        if signer.password_file:
            words += ["/p", signer.password()]
        if signer.timestamp_url:
            words += ["/tr", signer.timestamp_url, "/td", "SHA256"]
        return [*words, str(path)]

    def verify_words(self, path: Path, signer: Signer) -> list[str]:
        del signer  # Windows' own trust decides
        return ["signtool", "verify", "/q", "/pa", str(path)]


class _OsslSignCode:
    def sign_words(self, path: Path, signer: Signer) -> list[str]:
        words = ["osslsigncode", "sign", "-certs", signer.cert, "-key", signer.key]
        if signer.password_file:
            words += ["-readpass", signer.password_file]
        if signer.timestamp_url:
            words += ["-ts", signer.timestamp_url]
        return [*words, "-h", "sha256", "-n", NAME, "-in", str(path), "-out", str(_signed(path))]

    def verify_words(self, path: Path, signer: Signer) -> list[str]:
        trust = ["-CAfile", signer.trust] if signer.trust else []
        return ["osslsigncode", "verify", *trust, "-in", str(path)]


def signer_from(environment: Mapping[str, str]) -> Signer | None:
    """Read the signer from environment variables; None says that nothing is to be signed.

    Raises: Stop when the tool is unknown or what it needs is not named.
    """
    names = [name for name in Signer.__dataclass_fields__ if environment.get(PREFIX + name.upper())]
    named = {name: environment[PREFIX + name.upper()] for name in names}
    if named.get("tool", "none") == "none":
        return None
    signer = Signer(**named)
    _tool(signer)
    if signer.tool == "osslsigncode" and not (signer.cert and signer.key):
        raise Stop(f"osslsigncode needs {PREFIX}CERT and {PREFIX}KEY.")
    if signer.tool == "signtool" and not (signer.cert or signer.thumbprint):
        raise Stop(f"signtool needs {PREFIX}THUMBPRINT or {PREFIX}CERT.")
    return signer


def sign_file(path: Path, signer: Signer) -> None:
    """Sign a program or an MSI in place; a signature that it has already is replaced.

    Raises: Stop with the tool's own words.
    """
    done = _run(_tool(signer).sign_words(path, signer))
    signed = _signed(path)
    if done.returncode != 0:
        signed.unlink(missing_ok=True)
        raise Stop(f"{path.name} was not signed.\n{done.stdout}")
    if signed.exists():
        signed.chmod(path.stat().st_mode)
        signed.replace(path)


def verify_file(path: Path, signer: Signer) -> None:
    """Check that a file carries a trusted signature and is what was signed.

    Raises: BadSignature with the tool's own words.
    """
    done = _run(_tool(signer).verify_words(path, signer))
    if done.returncode != 0:
        raise BadSignature(f"The signature of {path.name} is not good.\n{done.stdout}")


def make_test_certificate(folder: Path) -> Signer:
    """Make a CA and a code signing certificate of its own for proofs, and the signer for them."""
    from build_scripts.sign_certificate import write_certificates

    files = write_certificates(folder)
    return Signer(
        tool="osslsigncode",
        cert=str(files.certificate),
        key=str(files.key),
        trust=str(files.authority),
    )


def _signed(path: Path) -> Path:
    return path.with_name(f"{path.name}.signed")


def _tool(signer: Signer) -> _Tool:
    if signer.tool == "signtool":
        return _SignTool()
    if signer.tool == "osslsigncode":
        return _OsslSignCode()
    raise Stop(f"{PREFIX}TOOL is signtool, osslsigncode or none, not {signer.tool}.")


def _run(words: Sequence[str]) -> "subprocess.CompletedProcess[str]":
    try:
        return subprocess.run(
            words,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            timeout=_TIMEOUT_S,
            check=False,
        )
    except FileNotFoundError as missing:
        raise Stop(f"{words[0]} is not on the PATH.") from missing


def main(words: Sequence[str]) -> int:
    """Sign or verify the named files; 0 all good, 1 a fault, 2 wrong usage."""
    acts: dict[str, Callable[[Path, Signer], None]] = {"sign": sign_file, "verify": verify_file}
    if len(words) < 2 or words[0] not in acts:
        complain("Usage: python3 -m build_scripts.sign sign|verify FILE …")
        return 2
    try:
        signer = signer_from(os.environ)
        if signer is None:
            complain(NOTHING_SIGNED)
            return 1
        for name in words[1:]:
            acts[words[0]](Path(name), signer)
            say(f"{words[0]}: {name}: good")
    except Stop as reason:
        complain(str(reason))
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
