"""perftui: fill in, review and print the 绩效文本 from the keyboard."""
