"""The key file: one data key, wrapped once for each user and once for the recovery code."""

import base64
import hashlib
import hmac
import json
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bpjsdesk.errors import EnvironmentProblem, UserError
from bpjsdesk.files import atomic_write
from bpjsdesk.paths import AppPaths
from bpjsdesk.storage.database import KEY_BYTES

FORMAT = 1
RECOVERY = "pemulihan"
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: no I, L, O, U
GROUPS, GROUP_DATA = 8, 4


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyCost:
    """What one guess of a password costs; kept with each entry (reliability.md 5.5)."""

    memory_kib: int = 65536
    passes: int = 3
    lanes: int = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyEntry:
    """The data key as one holder can open it; the holder's name is sealed in."""

    holder: str
    cost: KeyCost
    salt: bytes
    nonce: bytes
    wrapped: bytes


def new_data_key() -> bytes:
    return secrets.token_bytes(KEY_BYTES)


def wrap(data_key: bytes, *, holder: str, secret: str, cost: KeyCost) -> KeyEntry:
    """Lock the data key with a password or a recovery code."""
    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    lock = AESGCM(_stretch(secret, salt, cost))
    wrapped = lock.encrypt(nonce, data_key, holder.encode())
    return KeyEntry(holder=holder, cost=cost, salt=salt, nonce=nonce, wrapped=wrapped)


def unwrap(entry: KeyEntry, secret: str) -> bytes:
    """Open the data key.

    Raises: UserError LOGIN_REFUSED.
    """
    try:
        lock = AESGCM(_stretch(secret, entry.salt, entry.cost))
        return lock.decrypt(entry.nonce, entry.wrapped, entry.holder.encode())
    except InvalidTag as problem:
        raise login_refused() from problem


def login_refused() -> UserError:
    """Say the same for an unknown name and a wrong password."""
    return UserError(
        "LOGIN_REFUSED",
        "Nama pengguna atau kata sandi tidak cocok. Periksa huruf besar (Caps Lock), "
        "lalu coba lagi.",
    )


def _stretch(secret: str, salt: bytes, cost: KeyCost) -> bytes:
    return hash_secret_raw(
        secret.encode(),
        salt,
        time_cost=cost.passes,
        memory_cost=cost.memory_kib,
        parallelism=cost.lanes,
        hash_len=32,
        type=Type.ID,
    )


def derived_key(data_key: bytes, purpose: str) -> bytes:
    """Give a key for one purpose, such as the audit chain, from the data key."""
    return hmac.digest(data_key, purpose.encode(), hashlib.sha256)


def new_recovery_code() -> str:
    """Make eight groups of four characters and a check character: 160 random bits."""
    drawn = [secrets.choice(ALPHABET) for _ in range(GROUPS * GROUP_DATA)]
    groups = ["".join(drawn[i : i + GROUP_DATA]) for i in range(0, len(drawn), GROUP_DATA)]
    return "-".join(group + _check_character(group) for group in groups)


def normal_recovery_code(typed: str) -> str:
    """Read a code as people type it.

    Raises: UserError RECOVERY_CODE naming the first group that cannot be right.
    """
    letters = typed.upper().translate(str.maketrans("OIL", "011", " -–"))
    size = GROUP_DATA + 1
    groups = [letters[i : i + size] for i in range(0, len(letters), size)]
    for number, group in enumerate(groups, start=1):
        if len(group) != size or _check_character(group[:-1]) != group[-1]:
            raise UserError("RECOVERY_CODE", f"Kelompok ke-{number} kode pemulihan salah ketik.")
    if len(groups) != GROUPS:
        raise UserError("RECOVERY_CODE", f"Kode pemulihan terdiri atas {GROUPS} kelompok.")
    return "-".join(groups)


def _check_character(group: str) -> str:
    # odd weights: modulo 32 they have inverses, so one wrong letter always changes the sum
    total = sum(
        (2 * place + 3) * max(ALPHABET.find(letter), 0) for place, letter in enumerate(group)
    )
    return ALPHABET[(total + 5) % len(ALPHABET)]


class KeyFile:
    """Read and write the entries; two copies, each replaced as a whole."""

    def __init__(self, paths: AppPaths) -> None:
        self._paths = paths

    @property
    def exists(self) -> bool:
        """Raises: EnvironmentProblem FOLDER_NOT_READABLE."""
        try:
            return self._paths.keys.exists() or self._paths.keys_copy.exists()
        except OSError as problem:
            raise EnvironmentProblem(
                "FOLDER_NOT_READABLE",
                f"Folder {self._paths.data} tidak dapat dibaca. Periksa izin folder atau pilih "
                "folder lain.",
            ) from problem

    def entries(self) -> dict[str, KeyEntry]:
        """Give the entries by holder.

        Raises: EnvironmentProblem KEYS_DAMAGED when neither copy can be read.
        """
        return _read_entries(self.readable_copy())

    def readable_copy(self) -> Path:
        """Give the first of the two copies that is whole.

        Raises: EnvironmentProblem KEYS_DAMAGED when neither copy can be read.
        """
        for path in (self._paths.keys, self._paths.keys_copy):
            try:
                _read_entries(path)
            except (OSError, ValueError, KeyError, TypeError):
                continue
            return path
        raise EnvironmentProblem(
            "KEYS_DAMAGED",
            "Berkas kunci tidak terbaca, juga salinannya. Data tetap aman dan tidak diubah. "
            "Pulihkan kunci.json dari cadangan.",
        )

    def save(self, entries: dict[str, KeyEntry]) -> None:
        """Raises: EnvironmentProblem."""
        plain = [_plain(entry) for entry in entries.values()]
        document = {"format": FORMAT, "entries": plain, "seal": _seal(plain)}
        data = json.dumps(document, indent=1, sort_keys=True).encode()
        atomic_write(self._paths.keys_copy, data)
        atomic_write(self._paths.keys, data)


def _read_entries(path: Path) -> dict[str, KeyEntry]:
    """Raises: OSError, ValueError, KeyError or TypeError when the file is not whole."""
    document = json.loads(path.read_text(encoding="utf-8"))
    if document["seal"] != _seal(document["entries"]):
        raise ValueError("the entries are not those that were written")
    return {entry.holder: entry for entry in map(_entry, document["entries"])}


def _seal(plain: list[dict[str, Any]]) -> str:
    """Sum the entries up: a changed letter must lead to the copy, not to a refused password."""
    text = json.dumps(plain, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(entry: KeyEntry) -> dict[str, Any]:
    return {
        "holder": entry.holder,
        "memory_kib": entry.cost.memory_kib,
        "passes": entry.cost.passes,
        "lanes": entry.cost.lanes,
        "salt": base64.b64encode(entry.salt).decode(),
        "nonce": base64.b64encode(entry.nonce).decode(),
        "wrapped": base64.b64encode(entry.wrapped).decode(),
    }


def _entry(item: dict[str, Any]) -> KeyEntry:
    cost = KeyCost(memory_kib=item["memory_kib"], passes=item["passes"], lanes=item["lanes"])
    return KeyEntry(
        holder=item["holder"],
        cost=cost,
        salt=base64.b64decode(item["salt"]),
        nonce=base64.b64decode(item["nonce"]),
        wrapped=base64.b64decode(item["wrapped"]),
    )
