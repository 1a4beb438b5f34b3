"""The stamp at the foot of a printed document: which version of the data it was made from."""

from hashlib import sha256

from perftui.forms import load_form
from perftui.model.document import Document
from perftui.store.folder import DocumentFolder
from perftui.store.toml.canonical import canonical

_SIGNS = 10


def stamp_of(document: Document, folder: DocumentFolder) -> str:
    """The commit (``+``: with changes since) and a hash of the data: ``版本 1a2b3c4d5e+ 数据 0f1e2d3c4b``.

    Where the data lies in no working copy the hash stands alone. Raises GitFailed.
    """
    data = f"数据 {data_digest(document)}"
    commit = _commit(folder)
    return f"{commit} {data}" if commit else data


def data_digest(document: Document) -> str:
    """The first signs of the hash of every file in its canonical text: the same data, the same hash."""
    form = load_form(document.form)
    whole = sha256()
    for file, record in document.files():
        text = canonical(record, form.spec_of(file))
        whole.update(f"{file}\0{len(text)}\0{text}\0".encode("utf-8", "surrogatepass"))
    return whole.hexdigest()[:_SIGNS]


def _commit(folder: DocumentFolder) -> str:
    from perftui.store.git.repository import find_repository  # git is loaded when it is asked

    repository = find_repository(folder.folder)
    if repository is None or not repository.text("rev-list", "--all", "--max-count=1"):
        return ""
    commit = repository.text("rev-parse", f"--short={_SIGNS}", "HEAD")
    changed = repository.text("status", "--porcelain", "--", repository.name(folder.folder))
    return f"版本 {commit}{'+' if changed else ''}"
