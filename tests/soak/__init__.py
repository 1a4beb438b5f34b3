"""Long runs that try to lose something: ``python -m tests.soak`` names the suites and runs them."""
