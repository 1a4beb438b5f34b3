"""A damaged definition is told in sentences; the formulas and codes of definitions keep what they promise."""

import random

from tests.soak import definitions


def test_a_damaged_definition_is_told_in_sentences() -> None:
    definitions.run(400, random.Random(7), lambda: False).check()
