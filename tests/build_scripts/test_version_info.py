import ast
from pathlib import Path

import pytest

from build_scripts import product
from build_scripts.version_info import version_resource, write_version_files


@pytest.mark.parametrize("name", [product.WINDOW, product.CLI])
def test_both_programs_tell_the_one_version_in_indonesian(name: str) -> None:
    text = version_resource(name)
    numbers = ", ".join(product.version().split("."))
    assert f"filevers=({numbers}, 0), prodvers=({numbers}, 0)" in text
    assert f"StringStruct('FileVersion', '{product.version()}')" in text
    assert f"StringStruct('ProductVersion', '{product.version()}')" in text
    assert f"StringStruct('OriginalFilename', '{name}.exe')" in text
    assert "StringTable('042104B0'" in text
    assert "[1057, 1200]" in text


def test_each_program_has_a_file_in_the_form_that_pyinstaller_evaluates(tmp_path: Path) -> None:
    write_version_files(tmp_path / "versions")
    for name in (product.WINDOW, product.CLI):
        text = (tmp_path / "versions" / f"{name}.txt").read_text("utf-8")
        assert isinstance(ast.parse(text, mode="eval").body, ast.Call)
        assert product.COPYRIGHT in text
