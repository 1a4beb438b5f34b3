"""A defect of a file. Such a file is listed and never written to; all other files stay usable."""

from perftui.model.frozen import frozen


@frozen
class Problem:
    """A file that cannot be read."""

    file: str
    """Relative to the document's folder."""
    line: int | None
    """Counted from 1; ``None`` where the defect is of the whole file."""
    reason: str
    """A sentence for people: what is wrong and what to do."""

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{place}: {self.reason}"


class BadFile(Exception):  # noqa: N818 - named for what it says
    """The bytes of a file are not a record."""

    def __init__(self, reason: str, line: int | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line

    def problem(self, file: str) -> Problem:
        """The defect as it is listed for a file."""
        return Problem(file=file, line=self.line, reason=self.reason)
