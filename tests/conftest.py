"""Guards for every test: no screen, no data folder of the person who runs them."""

import os

import pytest

from bpjsdesk.resources import resource_path

pytest_plugins = ("tests.offices",)


def pytest_configure() -> None:
    """Choose Qt's platform before any test can load Qt."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    # offscreen Windows has no fonts of its own and would warn of that
    os.environ.setdefault("QT_QPA_FONTDIR", str(resource_path("fonts")))


@pytest.fixture(autouse=True)
def no_own_data(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep a test from finding the office of the person who runs it."""
    for name in ("BPJSDESK_DATA", "BPJSDESK_PASSWORD"):
        monkeypatch.delenv(name, raising=False)
