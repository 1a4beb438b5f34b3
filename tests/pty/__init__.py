"""Tests that run programs in a pseudo terminal."""
