"""The garbage collector rests while a list is worked through, and only then."""

from __future__ import annotations

import gc

import pytest

from chungtay.sync.collecting import without_collecting


def test_it_rests_within_and_works_afterwards() -> None:
    assert gc.isenabled()
    with without_collecting():
        assert not gc.isenabled()
        with without_collecting():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_works_again_after_a_failure() -> None:
    with pytest.raises(RuntimeError), without_collecting():
        raise RuntimeError
    assert gc.isenabled()


def test_who_had_it_resting_keeps_it_so() -> None:
    gc.disable()
    try:
        with without_collecting():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
