"""The command line: what the commands share stands here, the commands themselves in ``commands``, one module each."""
