"""The data folder: the documents in it, one of them opened, its files written."""

from perftui.store.creating import CannotCreate, create_document, format_names, new_project_file, prepare_for_git
from perftui.store.folder import DocumentFolder, NoFolder, document_folder, find_documents
from perftui.store.opening import Opened, open_document, read_state, spec_of
from perftui.store.problem import BadFile, Problem
from perftui.store.saving import Unsavable, delete_file, save_file, text_for
from perftui.store.state import FileState

__all__ = [
    "BadFile", "CannotCreate", "DocumentFolder", "FileState", "NoFolder", "Opened", "Problem", "Unsavable",
    "create_document", "delete_file", "document_folder", "find_documents", "format_names", "new_project_file",
    "open_document", "prepare_for_git", "read_state", "save_file", "spec_of", "text_for",
]  # fmt: skip
