"""The part of license_expression that build_scripts uses; the package brings no types."""

from collections.abc import Sequence
from typing import Any

class ExpressionError(Exception): ...
class ExpressionParseError(Exception): ...

class LicenseSymbol:
    key: str

class LicenseWithExceptionSymbol:
    license_symbol: LicenseSymbol
    exception_symbol: LicenseSymbol

class Licensing:
    def parse(self, expression: str) -> Any: ...
    def unknown_license_keys(self, expression: str) -> Sequence[str]: ...

def get_spdx_licensing() -> Licensing: ...
