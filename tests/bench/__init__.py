"""How fast, how small: ``python -m tests.bench [topic…] [--quick]``, every figure beside its peer from the same run."""
