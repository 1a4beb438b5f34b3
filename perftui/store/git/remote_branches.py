"""The branches of a remote, as the last fetch found them: one that is gone, and what a new one begins with."""

from pathlib import Path

from perftui.locale import _
from perftui.model.lazy_regex import lazily
from perftui.store.git.failures import GONE, GitFailed
from perftui.store.git.repository import Repository

_FETCHED = lazily(r"\tbranch '(.+)' of ")


def require_branch(repository: Repository, remote: str, branch: str, before: str) -> None:
    """Right after a fetch: is a branch that was there ``before`` still there?

    Raises GitFailed of the kind GONE, once: what was known of it is forgotten where it is in one's own history, so
    that sharing again makes it anew.
    """
    there = _fetched(repository.folder / "FETCH_HEAD")
    if not before or there is None or branch in there:
        return
    if not repository.text("rev-list", "-1", before, "^HEAD"):
        repository.write("update-ref", "-d", f"refs/remotes/{remote}/{branch}")
    names = _("、").join(there) or _("（一个也没有）")
    advice = f"git branch --set-upstream-to {remote}/{there[0] if there else branch}"
    raise GitFailed(
        _(
            "远程没有“{branch}”这个分支了，那里有的是：{names}。请先问一下管仓库的人；"
            "改了名的，运行 {advice}；再共享一次，就在那里重新建一个"
        ).format(branch=branch, names=names, advice=advice),
        kind=GONE,
    )


def _fetched(place: Path) -> list[str] | None:
    """The names of the branches that the last fetch found; ``None`` where it left no list."""
    try:
        return _FETCHED.findall(place.read_text(encoding="utf-8", errors="surrogateescape"))
    except OSError:
        return None


def known_there(repository: Repository, remote: str, commit: str) -> str:
    """The last version of a commit's history that any branch of a remote has; "" where they have none of it."""
    tips = repository.text("for-each-ref", "--format=%(objectname)", f"refs/remotes/{remote}").split()
    try:
        return repository.text("merge-base", commit, *tips) if tips else ""
    except GitFailed:  # no common ancestor
        return ""
