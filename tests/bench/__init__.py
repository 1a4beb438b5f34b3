"""How fast, how small: ``python -m tests.state [topic…] [--quick]``, every figure beside its peer from the same run."""
