"""Sums are written as sha256sum writes them, and every difference is named."""

from pathlib import Path

from build_scripts import sums

EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_sums_are_sorted_lines_of_sha256sum(tmp_path: Path) -> None:
    (tmp_path / "b.txt").touch()
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "ä.txt").touch()
    told = sums.write_sums(tmp_path).read_bytes().decode("utf-8")
    assert told == f"{EMPTY}  a/ä.txt\n{EMPTY}  b.txt\n"
    assert sums.verify(tmp_path) == []


def test_every_difference_is_named(tmp_path: Path) -> None:
    for name in ("changed", "missing", "kept"):
        (tmp_path / name).write_text(name, encoding="utf-8")
    target = sums.write_sums(tmp_path)
    (tmp_path / "changed").write_text("other", encoding="utf-8")
    (tmp_path / "missing").unlink()
    (tmp_path / "added").touch()
    target.write_text(target.read_text(encoding="utf-8") + "nonsense\n", encoding="utf-8")
    assert sums.verify(tmp_path) == [
        "SHA256SUMS: not a line of sums: nonsense",
        "missing: missing",
        "added: not in SHA256SUMS",
        "changed: changed",
    ]


def test_sums_written_twice_do_not_sum_themselves(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    first = sums.write_sums(tmp_path).read_bytes()
    assert sums.write_sums(tmp_path).read_bytes() == first


def test_a_folder_without_sums_does_not_pass(tmp_path: Path) -> None:
    assert sums.verify(tmp_path) == ["SHA256SUMS: missing"]
