"""Memory that runs out at any allocation of an edit and its saving costs nothing that was told as saved."""

import random

import pytest

from tests.soak import memory


def test_no_allocation_that_fails_loses_a_saved_cell_or_ends_the_saving() -> None:
    pytest.importorskip("_testcapi")
    memory.run(60, random.Random(7), lambda: False).check()
