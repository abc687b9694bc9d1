"""Python's search for circles rests only while it is asked to, and only once."""

import gc
from collections.abc import Iterator
from contextlib import suppress

import pytest

from bpjsdesk.collector import collector_at_rest


@pytest.fixture(autouse=True)
def _searching() -> Iterator[None]:
    was = gc.isenabled()
    gc.enable()
    yield
    if not was:
        gc.disable()


def test_the_search_rests_and_goes_on_even_after_a_fault() -> None:
    with suppress(ValueError), collector_at_rest():
        assert not gc.isenabled()
        raise ValueError("x")
    assert gc.isenabled()


def test_a_rest_inside_another_ends_with_the_outer_one() -> None:
    with collector_at_rest():
        with collector_at_rest():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_whoever_has_switched_it_off_keeps_it_off() -> None:
    gc.disable()
    with collector_at_rest():
        pass
    assert not gc.isenabled()
    gc.enable()
