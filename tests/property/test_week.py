"""A short week of two clerks and a reviewer: nothing that was kept is lost, and all have the same in the end."""

import random

from tests.soak import week


def test_a_week_of_three_people_loses_nothing() -> None:
    week.run(1, random.Random(7), lambda: False, steps=12).check()
