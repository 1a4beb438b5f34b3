"""Random sessions at an open document over a real folder and a real git, held against a plain table of values."""

from hypothesis import settings

from tests.programs import require
from tests.soak.machine import ReopenedSessionMachine

require("git")
TestSession = ReopenedSessionMachine.TestCase
TestSession.settings = settings(max_examples=12, stateful_step_count=20, deadline=None)
