"""The gallery: public forms rebuilt from a description, through several containers, with what is right beside it."""
