"""The stamp at the foot of a printed document: which version of the data it was made from."""

from perftui.store.folder import DocumentFolder

_SIGNS = 10


def stamp_of(digest: str, folder: DocumentFolder) -> str:
    """The commit (``+``: with changes since) and the document's digest: ``版本 1a2b3c4d5e+ 校验 0f1e2d3c4b``.

    ``digest``: of the document without its stamp, as ``perftui export --digest`` prints it. Where the data lies in no
    working copy it stands alone. Raises GitFailed.
    """
    check = f"校验 {digest[:_SIGNS]}"
    commit = _commit(folder)
    return f"{commit} {check}" if commit else check


def _commit(folder: DocumentFolder) -> str:
    from perftui.store.git.repository import find_repository  # git is loaded when it is asked

    repository = find_repository(folder.folder)
    if repository is None or not repository.text("rev-list", "--all", "--max-count=1"):
        return ""
    commit = repository.text("rev-parse", f"--short={_SIGNS}", "HEAD")
    changed = repository.text("status", "--porcelain", "--", repository.name(folder.folder))
    return f"版本 {commit}{'+' if changed else ''}"
