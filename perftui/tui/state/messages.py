"""What is said to the person under the sheet."""


class Messages:
    """The sentence that stands now, and the one about the cell that was left."""

    def __init__(self, notice: str = "") -> None:
        self.notice = notice
        """The last thing worth saying."""
        self.lasting = ""
        """What is to be said of the cell that was left, also when the cursor has gone on from it."""
        self._warned = ""
        self._said_once: set[str] = set()

    def say(self, sentence: str) -> None:
        """Say something; it stands until something else is said."""
        self.notice = sentence

    def say_lasting(self, sentence: str) -> None:
        """Say something about the cell that was left; it stands also when the cursor goes on from there."""
        self.notice = self.lasting = sentence

    def repeat_lasting(self) -> None:
        """The cursor has gone on: nothing else stands any more."""
        self.notice = self.lasting

    def forget_lasting(self) -> None:
        """The key that left the cell has done its work: the next one is about something else."""
        self.lasting = ""

    def once(self, sentence: str) -> str:
        """A sentence that is said once a session; "" from then on."""
        if sentence in self._said_once:
            return ""
        self._said_once.add(sentence)
        return sentence

    def warn(self, sentence: str) -> bool:
        """Say what leaving would lose; False where just that was said before."""
        if sentence == self._warned:
            return False
        self._warned = sentence
        self.say(sentence)
        return True
