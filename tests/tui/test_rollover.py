"""Next year's document made from the screens."""

from dataclasses import replace
from pathlib import Path

from perftui.cli.main import main
from perftui.forms import load_form
from perftui.session.new_document import rolled_over
from perftui.store.folder import find_documents
from perftui.store.open import open_document
from perftui.tui.state.settings_file import remember, settings_path
from perftui.tui.user_settings import read_settings
from tests.factories import document
from tests.tui.flows import SMALL, at_work, sample

FORM = load_form("hebei-2021")


async def test_projects_are_chosen_amounts_stay_blank_and_texts_are_marked(tmp_path: Path) -> None:
    before = document(projects=3)
    async with at_work(sample(tmp_path, before), SMALL) as flow:
        await flow.run("document.rollover")
        assert "金额" in flow.screen.picker._question.title
        await flow.press("1")
        assert read_settings(settings_path()).rollover_amounts == "blank"
        await flow.press("escape")
        await flow.run("document.rollover")  # asked once
        await flow.press("down", "down", "down", "enter")
        await flow.press("enter")
        await flow.until(lambda: "2022 年的文本好了" in flow.notice)
    newest = find_documents(tmp_path / "data")[0]
    made = open_document(newest).document
    assert (newest.year, len(made.projects)) == (2022, 2)
    for record in made.projects.values():
        assert record.text(("origin",)) in list(before.projects)[1:]
        assert record.text(("budget", "total")) == ""
        assert record.text(("budget", "purpose"))
        assert record.tables["unreviewed"]
    async with at_work(tmp_path / "data", SMALL) as flow:
        await flow.press("ctrl+o", "2")
        assert flow.screen.sheet.cell is not None
        offered = flow.screen.sheet.cell.offer
        await flow.press("f3")
        assert offered.startswith("120")
        assert flow.document.record(flow.files[0]).text(("budget", "total")) == offered


async def test_the_open_documents_command_takes_a_word_document_as_well(tmp_path: Path) -> None:
    last, other = document(projects=2), replace(document(projects=1), unit="613002")
    assert main(["export", "-o", str(tmp_path / "去年.docx"), "--data", str(sample(tmp_path / "sent", last))]) == 0
    data = sample(tmp_path, other)
    async with at_work(data, SMALL) as flow:
        remember("rollover_amounts", '"blank"')
        await flow.run("document.rollover")
        await flow.press("down", "down", "enter")
        await flow.type(str(tmp_path / "去年.docx"))
        await flow.press("enter")
        await flow.until(lambda: "去年.docx" in flow.screen.picker._question.title)
        await flow.press("enter")  # the amounts stay blank
        await flow.until(lambda: "2022 年的文本好了" in flow.notice)
    made, read = (open_document(folder).document for folder in find_documents(data) if folder.unit == last.unit)
    assert (made.year, read.year) == (2022, 2021)
    assert {record.text(("origin",)) for record in made.projects.values()} == set(read.projects)
    assert not any(record.text(("budget", "total")) for record in made.projects.values())


def test_two_people_who_choose_other_projects_meet_in_the_same_files() -> None:
    before = document(projects=4)
    files = list(before.projects)
    whole = rolled_over(before, FORM, 2022).projects
    part = rolled_over(before, FORM, 2022, files[2:]).projects
    assert list(part) == list(whole)[2:]
    assert [whole[file] for file in part] == list(part.values())
