"""Hand-written files: golden pairs of a text, an edit and the text after it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from perftui.forms import load_form
from perftui.model.diff import same_values
from perftui.model.record import Record, Row
from perftui.store.toml.canonical import canonical
from perftui.store.toml.decode import decode
from perftui.store.toml.patch import patched

SPEC = load_form("hebei-2021").project
GOLDEN = Path(__file__).parents[2] / "golden" / "store" / "patch"
BEFORE = (GOLDEN / "before.toml").read_text(encoding="utf-8")
OLD = decode(BEFORE.encode(), SPEC)

EDITS: dict[str, Callable[[Record], Record]] = {
    "value": lambda old: old.with_value(("name",), "新名"),
    "lines": lambda old: old.with_value(("goals", "aaaaaa", "text"), "第一行\n改过的第二行"),
    "blank": lambda old: old.with_value(("budget", "total"), None),
    "key": lambda old: old.with_value(("code",), "130303210000000000001").with_value(("budget", "other"), "0.00"),
    "table": lambda old: old.with_value(("plan", "m12"), "100").with_value(("plan", "m03"), "25"),
    "row": lambda old: old.with_row("goals", Row(id="aaaaab", values={"text": "插入", "order": 1500})),
    "drop": lambda old: old.without_row("goals", "bbbbbb"),
    "move": lambda old: old.with_value(("goals", "bbbbbb", "order"), 500),
}


def decoded(text: str) -> Record:
    return decode(text.encode(), SPEC)


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_changes_its_own_lines(name: str) -> None:
    new = EDITS[name](OLD)
    text = patched(BEFORE, OLD, new, SPEC)
    assert text == (GOLDEN / f"{name}.toml").read_text(encoding="utf-8")
    assert same_values(decoded(text), new)


@pytest.mark.parametrize("name", ["value", "lines", "key", "row", "move"])
def test_taking_an_edit_back_gives_the_values_back(name: str) -> None:
    new = EDITS[name](OLD)
    back = patched(patched(BEFORE, OLD, new, SPEC), new, OLD, SPEC)
    expected = BEFORE.replace("'街道工作者补助'", '"街道工作者补助"') if name == "value" else BEFORE
    assert back == expected


def test_dotted_keys_and_inline_tables_are_changed_where_they_stand() -> None:
    text = 'budget.total = "1.00" # a\nplan = { m03 = "25", m06 = "50" } # b\n'
    old = decoded(text)
    new = old.with_value(("budget", "total"), "2.00").with_value(("budget", "other"), "0.00")
    new = new.with_value(("plan", "m06"), "60").with_value(("plan", "m03"), "30")
    assert patched(text, old, new, SPEC) == (
        'budget.total = "2.00" # a\nbudget.other = "0.00"\nplan = { m03 = "30", m06 = "60" } # b\n'
    )


def test_a_blank_that_is_written_is_filled_in_place() -> None:
    text = 'name = ""  # 名\n'
    assert patched(text, decoded(text), Record(head={"name": "x"}), SPEC) == 'name = "x"  # 名\n'


def test_what_cannot_be_patched_is_written_anew_with_its_comments() -> None:
    text = '# 头\ngoals = { a = { text = "x" } } # 目标\n'
    old = decoded(text)
    new = old.with_row("goals", Row(id="b", values={"text": "y"}))
    changed = patched(text, old, new, SPEC)
    assert changed == canonical(new, SPEC)
    assert "# 头" in changed
    assert "# 目标" in changed


def test_comments_of_a_dropped_row_go_and_come_back_with_it() -> None:
    gone = OLD.without_row("goals", "bbbbbb")
    text = patched(BEFORE, OLD, gone, SPEC)
    assert "先说第二条" not in text
    back = patched(text, gone, OLD, SPEC)
    assert "# 先说第二条\n[goals.bbbbbb]\n" in back
    assert 'text = "按时发放"  # 待改' in back


def test_an_empty_file_takes_anything() -> None:
    new = Record(
        head={"name": "x"}, tables={"plan": {"m03": "25"}}, groups={"goals": (Row(id="a", values={"text": "t"}),)}
    )
    assert decoded(patched("", Record(), new, SPEC)).text(("plan", "m03")) == "25"
