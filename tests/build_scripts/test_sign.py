"""Signing is set up by the environment alone; a changed file is noticed, and nothing is claimed."""

from pathlib import Path

import pytest

from build_scripts.dev_report import Stop
from build_scripts.sign import (
    BadSignature,
    Signer,
    main,
    make_test_certificate,
    sign_file,
    signer_from,
    verify_file,
)
from tests.build_scripts.installer_tools import need
from tests.build_scripts.stub_bundle import make_stub


@pytest.fixture
def program(tmp_path: Path) -> Path:
    need("osslsigncode")
    return make_stub(tmp_path / "bundle") / "bpjsdesk-cli.exe"


@pytest.fixture(scope="module")
def signer(tmp_path_factory: pytest.TempPathFactory) -> Signer:
    return make_test_certificate(tmp_path_factory.mktemp("certificate"))


def test_nothing_is_signed_unless_the_environment_says_so() -> None:
    assert signer_from({}) is None
    assert signer_from({"BPJSDESK_SIGN_TOOL": "none", "BPJSDESK_SIGN_KEY": "k"}) is None


def test_a_signer_travels_through_the_environment() -> None:
    signer = Signer(tool="osslsigncode", cert="a.pem", key="b.key", trust="ca.pem")
    assert signer_from(signer.variables()) == signer


@pytest.mark.parametrize(
    ("variables", "told"),
    [
        ({"TOOL": "gpg"}, "not gpg"),
        ({"TOOL": "osslsigncode", "CERT": "a.pem"}, "BPJSDESK_SIGN_KEY"),
        ({"TOOL": "signtool"}, "BPJSDESK_SIGN_THUMBPRINT"),
    ],
)
def test_a_half_set_up_signer_is_refused(variables: dict[str, str], told: str) -> None:
    with pytest.raises(Stop, match=told):
        signer_from({f"BPJSDESK_SIGN_{name}": value for name, value in variables.items()})


def test_the_password_is_the_first_line_of_its_file(tmp_path: Path) -> None:
    (tmp_path / "word").write_bytes(b"perahu biru\r\nnot this\n")
    assert Signer(tool="signtool", password_file=str(tmp_path / "word")).password() == "perahu biru"


def test_a_signed_program_is_trusted_and_a_changed_copy_is_not(
    program: Path, signer: Signer, tmp_path: Path
) -> None:
    with pytest.raises(BadSignature):
        verify_file(program, signer)
    sign_file(program, signer)
    verify_file(program, signer)
    content = bytearray(program.read_bytes())
    content[0x200] ^= 1
    tampered = tmp_path / "tampered.exe"
    tampered.write_bytes(content)
    with pytest.raises(BadSignature, match=r"tampered\.exe"):
        verify_file(tampered, signer)
    stranger = make_test_certificate(tmp_path / "stranger")
    with pytest.raises(BadSignature):
        verify_file(program, stranger)


def test_a_file_signed_twice_carries_the_second_signature_alone(
    program: Path, signer: Signer
) -> None:
    sign_file(program, signer)
    once = program.stat().st_size
    sign_file(program, signer)
    verify_file(program, signer)
    assert abs(program.stat().st_size - once) < 64


def test_what_cannot_be_signed_is_left_as_it_was(tmp_path: Path, signer: Signer) -> None:
    need("osslsigncode")
    text = tmp_path / "letter.exe"
    text.write_bytes(b"not a program")
    with pytest.raises(Stop, match="was not signed"):
        sign_file(text, signer)
    assert text.read_bytes() == b"not a program"
    assert [path.name for path in tmp_path.glob("letter*")] == ["letter.exe"]


def test_the_command_says_when_nothing_was_signed(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.delenv("BPJSDESK_SIGN_TOOL", raising=False)
    assert main(["sign", str(tmp_path / "a.exe")]) == 1
    assert "Nothing was signed" in capfd.readouterr().err
    assert main([]) == 2


def test_the_command_signs_and_verifies(
    program: Path, signer: Signer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in signer.variables().items():
        monkeypatch.setenv(name, value)
    assert main(["verify", str(program)]) == 1
    assert main(["sign", str(program)]) == 0
    assert main(["verify", str(program)]) == 0
