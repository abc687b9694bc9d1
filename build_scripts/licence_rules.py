"""Judge licences: what may lie inside the shipped program, and what ends the build."""

import functools
import re
from collections.abc import Mapping, Sequence
from importlib.metadata import PackageMetadata
from types import MappingProxyType
from typing import Any

from license_expression import (
    ExpressionError,
    ExpressionParseError,
    LicenseWithExceptionSymbol,
    Licensing,
    get_spdx_licensing,
)

from build_scripts.dev_report import Stop

MSVC = "LicenseRef-Microsoft-Visual-Cpp-Runtime"
ALLOWED = frozenset(
    {
        *("0BSD", "Apache-2.0", "blessing", "BSD-2-Clause", "BSD-3-Clause", "BSL-1.0"),
        *("bzip2-1.0.6", "CC-BY-4.0", "CC0-1.0", "FTL", "HPND", "IJG", "ISC", "libpng-2.0"),
        *("libtiff", "MIT", "MIT-0", "MIT-CMU", "MIT-open-group", "MPL-2.0", "OFL-1.1"),
        *("PSF-2.0", "Python-2.0", "Unicode-3.0", "Unlicense", "X11", "Zlib"),
        MSVC,
    }
)
# GPL code that its authors allow inside a program of any licence.
_EXCEPTIONS = frozenset({"Bootloader-exception", "GCC-exception-3.1", "LLVM-exception"})
# Read in the packages' own licence files: their metadata tells it in words or not at all.
REVIEWED: Mapping[str, str] = MappingProxyType(
    {
        "libxau": "MIT-open-group",
        "openssl": "Apache-2.0",
        "pypdfium2": "Apache-2.0 OR BSD-3-Clause",
        "reportlab": "BSD-3-Clause",
        "segno": "BSD-3-Clause",
        "sqlcipher3": "Zlib",
    }
)
_OSI = "License :: OSI Approved :: "
_CLASSIFIERS: Mapping[str, str] = MappingProxyType(
    {
        f"{_OSI}Apache Software License": "Apache-2.0",
        f"{_OSI}GNU Affero General Public License v3": "AGPL-3.0-only",
        f"{_OSI}GNU Affero General Public License v3 or later (AGPLv3+)": "AGPL-3.0-or-later",
        f"{_OSI}GNU General Public License (GPL)": "GPL-1.0-or-later",
        f"{_OSI}GNU General Public License v2 (GPLv2)": "GPL-2.0-only",
        f"{_OSI}GNU General Public License v2 or later (GPLv2+)": "GPL-2.0-or-later",
        f"{_OSI}GNU General Public License v3 (GPLv3)": "GPL-3.0-only",
        f"{_OSI}GNU General Public License v3 or later (GPLv3+)": "GPL-3.0-or-later",
        f"{_OSI}GNU Lesser General Public License v3 (LGPLv3)": "LGPL-3.0-only",
        f"{_OSI}GNU Lesser General Public License v3 or later (LGPLv3+)": "LGPL-3.0-or-later",
        f"{_OSI}ISC License (ISCL)": "ISC",
        f"{_OSI}MIT License": "MIT",
        f"{_OSI}Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
        f"{_OSI}Python Software Foundation License": "PSF-2.0",
        f"{_OSI}The Unlicense (Unlicense)": "Unlicense",
    }
)


class PaperProblem(Stop):
    """Name everything that keeps the papers of a release from being written."""

    def __init__(self, *reasons: str) -> None:
        super().__init__("\n".join(reasons))
        self.reasons = reasons


def told_licence(metadata: PackageMetadata, name: str) -> str:
    """Read what a package says of its own licence; empty when nothing clear is said.

    Several classifiers are joined by AND: which of them may be chosen, only a reader can tell.
    """
    for field in ("License-Expression", "License"):
        told = str(metadata.json.get(field.lower().replace("-", "_"), "")).strip()
        if is_expression(told):
            return told
    if name in REVIEWED:
        return REVIEWED[name]
    return _from_classifiers(metadata.get_all("Classifier") or [])


def _from_classifiers(classifiers: Sequence[str]) -> str:
    told = {each for each in classifiers if each.startswith("License :: ")} - {_OSI.strip(" :")}
    if not told <= _CLASSIFIERS.keys():
        return ""
    return " AND ".join(sorted(_CLASSIFIERS[each] for each in told))


@functools.cache
def _licences() -> Licensing:
    return get_spdx_licensing()  # takes 30 ms each time


@functools.cache
def is_expression(text: str) -> bool:
    """Tell whether a text is an SPDX expression of known licences, our own references included."""
    try:
        unknown = _licences().unknown_license_keys(text)
    except (ExpressionError, ExpressionParseError):
        return False
    return bool(text) and all(key.startswith("LicenseRef-") for key in unknown)


@functools.cache
def refusal(expression: str) -> str | None:
    """Say why a licence may not be shipped; None when it may.

    Of licences joined by OR one allowed is enough, of those joined by AND all must be.
    """
    if not expression:
        return "no licence is told, neither by the package nor in REVIEWED"
    if not is_expression(expression):
        return f"unknown licence: {expression}"
    return _refusal(_licences().parse(expression))


def _refusal(term: Any) -> str | None:  # the library's nodes have no common type
    if isinstance(term, LicenseWithExceptionSymbol):
        if term.exception_symbol.key in _EXCEPTIONS:
            return None
        return _refusal(term.license_symbol)
    if not getattr(term, "args", ()):
        return _leaf_refusal(str(term.key))
    found = [_refusal(each) for each in term.args]
    reasons = [each for each in found if each]
    if term.operator.strip() == "OR":
        return None if len(reasons) < len(found) else " or ".join(reasons)
    return " and ".join(reasons) or None


def _leaf_refusal(key: str) -> str | None:
    if key in ALLOWED or key.startswith("LGPL-"):
        return None
    if re.match(r"A?GPL-", key):
        return f"GPL-only: {key}"
    return f"licence not reviewed: {key}"
