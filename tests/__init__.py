"""Tests of perftui."""
