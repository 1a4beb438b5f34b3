"""Comparing texts: the model's key, remembered, for the same words stand in a hundred projects."""

from functools import lru_cache

from perftui.model.text import fold as _fold

fold = lru_cache(maxsize=16384)(_fold)
"""``perftui.model.text.fold``: without leading number, blanks and punctuation."""
