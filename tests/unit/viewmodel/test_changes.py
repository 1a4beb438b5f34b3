"""How versions of a file differ, in the form's words."""

from perftui.forms import load_form
from perftui.model.merge import merge
from perftui.viewmodel.changes import record_changes
from tests import factories

FORM = load_form("hebei-2021")
FILE = "projects/a.toml"


def test_a_conflict_in_which_a_side_is_another_is_told_in_its_words() -> None:
    document, before = factories.document(projects=1), factories.project()
    first, second, third = (before.with_value(("name",), text) for text in ("甲的", "乙的", "丙的"))
    old = merge(before, first, second, "乙", "甲").record
    new = merge(before, first, third, "乙", "甲").record
    (told,) = record_changes(old, new, FILE, FORM, document, document)
    assert told == "项目名称：两边都改了：甲 甲的 / 乙 丙的"


def test_a_row_that_one_edits_and_the_other_takes_out_is_told_in_its_words() -> None:
    document = factories.document(projects=1)
    before = factories.project()
    row = before.rows("indicators")[0]
    name, value = row.text("name"), row.text("value")
    edited = before.with_row("indicators", row.with_value("name", "培训人次"))
    gone = before.without_row("indicators", row.id)
    for ours, theirs in ((edited, gone), (gone, edited)):
        merged = merge(before, ours, theirs, "乙", "甲").record
        (told,) = [
            line for line in record_changes(ours, merged, FILE, FORM, document, document) if "两边都改了" in line
        ]
        assert ("删除了" in told, value in told, "{" in told) == (True, True, False), (name, told)
