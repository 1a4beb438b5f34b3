"""Modes of the terminal that are set before anything is painted."""

PLAIN_KEYS = (
    "\x1b[=0u"  # kitty's protocol: all off on this screen; nothing of another program's stack is taken away
    "\x1b[>4;0m\x1b[m"  # modifyOtherKeys; who does not know the ">" takes it for the pen, so that is put right
    "\x1b[?1;66;1004;9001l\x1b>"  # cursor keys, keypad, focus reports, the Windows console's own key reports
)
"""What another program may have left on and would make our keys another's. It comes before anything is painted."""
