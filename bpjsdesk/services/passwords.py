"""What a password must be, and under which name its key entry is kept."""

from bpjsdesk.errors import UserError

SHORTEST, LONGEST = 12, 128
COMMON = ("password", "katasandi", "bpjs", "jamsostek", "ketenagakerjaan", "qwerty", "123456")


def holder_of(user_name: str) -> str:
    """Name the key entry of a user."""
    return f"pengguna:{user_name.strip().casefold()}"


def require_good_password(password: str, user_name: str) -> None:
    """Length counts, composition does not (OWASP ASVS 5.0, reliability.md 5.6).

    Raises: UserError PASSWORD_SHORT, PASSWORD_LONG or PASSWORD_COMMON.
    """
    if len(password) < SHORTEST:
        raise UserError(
            "PASSWORD_SHORT",
            f"Kata sandi paling sedikit {SHORTEST} karakter. Beberapa kata yang mudah Anda "
            "ingat lebih baik daripada satu kata yang rumit.",
        )
    if len(password) > LONGEST:
        raise UserError("PASSWORD_LONG", f"Kata sandi paling banyak {LONGEST} karakter.")
    rest = password.casefold()
    for word in (*COMMON, user_name.strip().casefold()):
        if len(word) > 2:  # noqa: PLR2004  # shorter names would refuse good passwords
            rest = rest.replace(word, "")
    if len(rest) < SHORTEST // 2:
        raise UserError(
            "PASSWORD_COMMON",
            "Kata sandi ini mudah ditebak karena terdiri atas kata yang lazim. "
            "Pilih kata lain yang hanya Anda ketahui.",
        )
