"""The review of an opened document, as its data folder wants it."""

from perftui.cli.exits import CommandError, Exit
from perftui.cli.output import say
from perftui.review.engine import Review
from perftui.review.finding import Acceptance
from perftui.review.report.summary import settings_lines
from perftui.review.review_settings import ReviewSettings, ReviewSettingsError
from perftui.session.review_cache import review_opened
from perftui.session.review_settings import read_settings
from perftui.store.folder import REVIEW_FILE, DocumentFolder
from perftui.store.open import LoadedDocument
from perftui.store.problem import BadFile


def review_of(opened: LoadedDocument) -> Review:
    """What the rules find in a document, rules off and findings accepted in its folder taken into account.

    Raises CommandError where the settings cannot be understood, a FileError where they cannot be read.
    """
    return review_opened(opened, settings_of(opened.folder))


def settings_of(folder: DocumentFolder) -> ReviewSettings:
    """What a document's folder says about the rules. Raises CommandError, and a FileError."""
    try:
        return read_settings(folder)
    except ReviewSettingsError as error:
        raise CommandError(Exit.REFUSED, f"{REVIEW_FILE}: {error}") from error
    except BadFile as error:
        raise CommandError(Exit.REFUSED, str(error.problem(REVIEW_FILE))) from error


def lapsed_of(opened: LoadedDocument, reviewed: Review) -> tuple[Acceptance, ...]:
    """Acceptances for which there is no finding any more; those of unreadable files are left out."""
    return reviewed.settings.lapsed(reviewed.findings, {problem.file for problem in opened.problems})


def say_settings(review: Review) -> None:
    """Say on stderr which rules the data folder turned off or weighs otherwise."""
    for line in settings_lines(review.settings):
        say(line)
