"""How commands end: the exit codes, and the error that carries a sentence."""

from enum import IntEnum


class Exit(IntEnum):
    """The exit codes; where two fit, the greater one is told."""

    DONE = 0
    FINDINGS = 1
    """Something is to be mended or would change."""
    USAGE = 2
    """The command was given wrongly: a word, a folder, a code that is not there."""
    REFUSED = 3
    """Data that cannot be read or written."""
    GIT = 4
    """git failed."""
    BROKEN = 70
    """A defect of the program itself."""
    INTERRUPTED = 130


class CommandError(Exception):
    """A command cannot go on; ``str()`` of it is the sentence for the person."""

    def __init__(self, code: Exit, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
