"""What both front ends do with a document: open, edit, save, export."""
