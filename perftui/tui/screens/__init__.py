"""The two screens (an open document, the choice of one) and their parts."""
