"""What is kept of a review is what the rules would say, whatever changed since."""

import os
from pathlib import Path
from typing import Any

import pytest

from perftui.files import processors
from perftui.files.xdg_dirs import cache_folder
from perftui.locale import choose_language
from perftui.model.document import DEPARTMENT
from perftui.model.stop_flag import StopFlag, Stopped
from perftui.review import engine
from perftui.review.cached_review import CachedFileReview
from perftui.review.engine import review_document, review_edit
from perftui.review.finding import Severity
from perftui.review.review_settings import ReviewSettings
from perftui.session import review_cache
from perftui.session.review_cache import review_opened
from perftui.store.cache_file import pieces_at
from perftui.store.folder import DocumentFolder
from perftui.store.open import LoadedDocument, open_document
from perftui.store.toml.canonical import canonical
from tests import factories
from tests.unit.store.documents import write_document

DOCUMENT = factories.document(projects=4)
FILES = list(DOCUMENT.projects)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files and rules that were asked; small documents are kept as well."""
    monkeypatch.setattr(review_cache, "FEW", 2)
    found: list[str] = []
    review_file, across = engine.review_file, engine._across

    def noted_file(file: str, *rest: Any) -> Any:
        found.append(file)
        return review_file(file, *rest)

    def noted_rule(rule: Any, survey: Any) -> Any:
        found.append(rule.id)
        return across(rule, survey)

    monkeypatch.setattr(engine, "review_file", noted_file)
    monkeypatch.setattr(engine, "_across", noted_rule)
    return found


@pytest.fixture
def folder(tmp_path: Path) -> DocumentFolder:
    return write_document(tmp_path, DOCUMENT)


def change(opened: LoadedDocument, file: str, path: tuple[str, ...], value: str | None) -> None:
    record = opened.document.record(file).with_value(path, value)
    opened.folder.path(file).write_text(canonical(record, opened.form.spec_of(file)), encoding="utf-8")


def as_asked(folder: DocumentFolder, settings: ReviewSettings | None = None) -> Any:
    opened = open_document(folder)
    return review_document(opened.document, opened.form, settings).findings


def test_unchanged_files_are_not_looked_at_again(folder: DocumentFolder, asked: list[str]) -> None:
    opened = open_document(folder)
    change(opened, FILES[0], ("budget", "purpose"), None)
    first = review_opened(open_document(folder), ReviewSettings())
    asked.clear()
    again = review_opened(open_document(folder), ReviewSettings())
    assert asked == []
    assert again.findings == first.findings == as_asked(folder)
    assert any(finding.rule == "T005" for finding in again.findings)
    assert [again.of(file) for file in again.files] == [first.of(file) for file in first.files]


@pytest.mark.parametrize(
    ("path", "value", "rules"), [(("budget", "purpose"), None, False), (("name",), "街道工作者补助（二）", True)]
)
def test_one_changed_file_is_asked_alone(
    folder: DocumentFolder, asked: list[str], path: tuple[str, ...], value: str | None, rules: bool
) -> None:
    opened = open_document(folder)
    review_opened(opened, ReviewSettings())
    change(opened, FILES[1], path, value)
    asked.clear()
    found = review_opened(open_document(folder), ReviewSettings())
    assert [one for one in asked if one.endswith(".toml")] == [FILES[1]]
    assert bool([one for one in asked if not one.endswith(".toml")]) == rules
    assert found.findings == as_asked(folder)


def test_asked_by_all_processors_the_rules_say_the_same(
    folder: DocumentFolder, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    change(open_document(folder), FILES[0], ("budget", "purpose"), None)
    for module in (processors, review_cache):
        monkeypatch.setattr(module, "MANY", 2)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _pid: {0, 1})
    cold = review_opened(open_document(folder), ReviewSettings())
    assert FILES[-1] not in asked  # another process asked
    assert cold.findings == as_asked(folder)
    for file in FILES[1:]:
        change(open_document(folder), file, ("name",), f"街道工作补助（{file}）")
    changed = review_opened(open_document(folder), ReviewSettings())
    assert changed.findings == as_asked(folder)
    assert [changed.of(file) for file in changed.files] == [
        review_document(open_document(folder).document, changed.form).of(file) for file in changed.files
    ]
    asked.clear()
    assert review_opened(open_document(folder), ReviewSettings()).findings == changed.findings
    assert asked == []


def test_files_that_come_and_go_change_what_rules_over_the_document_say(
    folder: DocumentFolder, asked: list[str]
) -> None:
    review_opened(open_document(folder), ReviewSettings())
    twin = folder.path("projects/twin000.toml")
    twin.write_text(folder.path(FILES[0]).read_text(encoding="utf-8"), encoding="utf-8")
    found = review_opened(open_document(folder), ReviewSettings()).findings
    assert found == as_asked(folder)
    twin.unlink()
    assert review_opened(open_document(folder), ReviewSettings()).findings == as_asked(folder) != found


def test_department_settings_and_language_are_part_of_what_was_asked(folder: DocumentFolder, asked: list[str]) -> None:
    opened = open_document(folder)
    change(opened, FILES[0], ("budget", "purpose"), None)
    review_opened(open_document(folder), ReviewSettings())
    weighed = ReviewSettings(severities={"T005": Severity.HINT}, typos={"补助": "补贴"})
    assert review_opened(open_document(folder), weighed).findings == as_asked(folder, weighed)
    choose_language("en")
    assert review_opened(open_document(folder), ReviewSettings()).findings == as_asked(folder)
    choose_language("zh")
    change(opened, DEPARTMENT, ("division",), "130999")
    assert review_opened(open_document(folder), ReviewSettings()).findings == as_asked(folder)
    os.unlink(folder.path(DEPARTMENT))
    assert review_opened(open_document(folder), ReviewSettings()).findings == as_asked(folder)


@pytest.mark.parametrize("changed", [False, True])
def test_damaged_facts_are_asked_for_again(folder: DocumentFolder, asked: list[str], changed: bool) -> None:
    review_opened(open_document(folder), ReviewSettings())
    (cache,) = (cache_folder() / "findings").glob("*.cache")
    data = bytearray(cache.read_bytes())
    for place in range(pieces_at(data), len(data)):
        data[place] ^= 1
    cache.write_bytes(bytes(data))
    opened = open_document(folder)
    if changed:
        change(opened, FILES[1], ("name",), "街道工作者补助（二）")
        opened = open_document(folder)
    found = review_opened(opened, ReviewSettings())
    assert found.findings == as_asked(folder)
    record = opened.document.projects[FILES[2]].with_value(
        ("name",), opened.document.projects[FILES[0]].text(("name",))
    )
    document = opened.document.with_record(FILES[2], record)
    assert review_edit(found, document).findings == review_document(document, opened.form).findings


def test_edits_go_on_from_what_was_kept(folder: DocumentFolder, asked: list[str]) -> None:
    review_opened(open_document(folder), ReviewSettings())
    opened = open_document(folder)
    kept = review_opened(opened, ReviewSettings())
    assert all(isinstance(one, CachedFileReview) for one in kept.files.values())
    asked.clear()
    record = opened.document.projects[FILES[2]].with_value(("budget", "purpose"), None)
    document = opened.document.with_record(FILES[2], record)
    assert review_edit(kept, document).findings == review_document(document, opened.form).findings
    assert asked[0] == FILES[2]


class StopsAtSecond(StopFlag):
    """A flag that somebody sets while the first file is looked at."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = 0

    def check(self) -> None:
        self.asked += 1
        if self.asked == 2:
            self.set()
        super().check()


def test_asking_is_given_up_between_two_files(tmp_path: Path) -> None:
    opened, stop = open_document(write_document(tmp_path, DOCUMENT)), StopsAtSecond()
    with pytest.raises(Stopped):
        review_document(opened.document, opened.form, stop=stop)
    assert stop.asked == 2


def test_asking_about_very_many_files_is_given_up_as_well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(review_cache, "FEW", 2)
    monkeypatch.setattr(review_cache, "MANY", 2)
    opened, stop = open_document(write_document(tmp_path, DOCUMENT)), StopsAtSecond()
    with pytest.raises(Stopped):
        review_opened(opened, ReviewSettings(), stop)
    assert stop.asked == 2
