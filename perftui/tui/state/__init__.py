"""The open document as a person sees and changes it, without a terminal, so that plain tests can try it."""
