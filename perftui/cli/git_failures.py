"""What git, or its absence, keeps a command from doing, as a sentence with an exit code."""

from collections.abc import Iterator
from contextlib import contextmanager

from perftui.cli.exits import CommandError, Exit
from perftui.locale import _
from perftui.model.text import visible
from perftui.session.revisions import UnreadableRevision
from perftui.session.versions import NoRepository
from perftui.store.git.repository import GitFailed


def failure_in_words(error: GitFailed) -> str:
    """A refusal of git with its own words below it."""
    return "\n".join([str(error), *(f"  git: {visible(line)}" for line in error.details.splitlines())])


@contextmanager
def reporting_git_failures() -> Iterator[None]:
    """For a ``with`` around what asks git, or as the decorator of a function that does. Raises CommandError."""
    try:
        yield
    except NoRepository as error:
        raise CommandError(Exit.GIT, _("数据目录不在 git 仓库里")) from error
    except GitFailed as error:
        raise CommandError(Exit.GIT, failure_in_words(error)) from error
    except UnreadableRevision as error:
        raise CommandError(Exit.REFUSED, str(error)) from error
