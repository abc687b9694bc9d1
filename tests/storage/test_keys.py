"""The data key opens with a password or the recovery code, and with nothing else."""

from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bpjsdesk.errors import EnvironmentProblem, UserError
from bpjsdesk.paths import AppPaths
from bpjsdesk.storage.keys import (
    ALPHABET,
    RECOVERY,
    KeyFile,
    new_data_key,
    new_recovery_code,
    normal_recovery_code,
    unwrap,
    wrap,
)
from tests.offices import CHEAP


def test_the_right_password_opens_and_a_wrong_one_is_refused() -> None:
    key = new_data_key()
    entry = wrap(key, holder="pengguna:rina", secret="kapal putih", cost=CHEAP)
    assert unwrap(entry, "kapal putih") == key
    with pytest.raises(UserError, match="LOGIN_REFUSED"):
        unwrap(entry, "kapal hitam")


def test_an_entry_cannot_be_passed_off_as_somebody_elses() -> None:
    entry = wrap(new_data_key(), holder="pengguna:rina", secret="kapal putih", cost=CHEAP)
    forged = type(entry)(
        holder="pengguna:sari",
        cost=entry.cost,
        salt=entry.salt,
        nonce=entry.nonce,
        wrapped=entry.wrapped,
    )
    with pytest.raises(UserError, match="LOGIN_REFUSED"):
        unwrap(forged, "kapal putih")


def test_the_recovery_code_opens_the_data(tmp_path: Path) -> None:
    key, code = new_data_key(), new_recovery_code()
    file = KeyFile(AppPaths(tmp_path))
    file.save({RECOVERY: wrap(key, holder=RECOVERY, secret=code, cost=CHEAP)})
    typed = code.lower().replace("-", " ")
    assert unwrap(file.entries()[RECOVERY], normal_recovery_code(typed)) == key


CODE = "CH8ZD-4QZQC-2XTRA-QX38R-WBZGS-92YVF-DM3TF-KQHS9"


@given(st.integers(0, 39), st.sampled_from(ALPHABET))
def test_a_mistyped_letter_names_its_group(place: int, letter: str) -> None:
    code = CODE.replace("-", "")
    typed = code[:place] + letter + code[place + 1 :]
    assume(typed != code)
    with pytest.raises(UserError, match=f"Kelompok ke-{place // 5 + 1} "):
        normal_recovery_code(typed)


def test_a_damaged_key_file_falls_back_on_its_copy(tmp_path: Path) -> None:
    paths = AppPaths(tmp_path)
    file = KeyFile(paths)
    file.save({"a": wrap(new_data_key(), holder="a", secret="s", cost=CHEAP)})
    paths.keys.write_text("{", encoding="utf-8")
    assert set(file.entries()) == {"a"}
    paths.keys_copy.unlink()
    with pytest.raises(EnvironmentProblem, match="KEYS_DAMAGED"):
        file.entries()
