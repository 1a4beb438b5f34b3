"""The commands that were picked by name: the list of commands begins with them."""


class RecentCommands:
    """Ids of commands, the latest first."""

    def __init__(self) -> None:
        self.ids: tuple[str, ...] = ()

    def note(self, command_id: str) -> None:
        """A command was picked."""
        self.ids = (command_id, *(one for one in self.ids if one != command_id))
