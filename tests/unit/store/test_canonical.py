from pathlib import Path

import pytest

from perftui.forms import load_form
from perftui.model.record import END, Comment, Record, Row
from perftui.store.toml.canonical import canonical, encode_key, encode_value
from perftui.store.toml.decode import decode
from tests import factories

SPEC = load_form("hebei-2021").project
GOLDEN = Path(__file__).parents[2] / "golden" / "store"


def test_the_text_is_the_form_of_the_files() -> None:
    assert canonical(factories.project(), SPEC) == (GOLDEN / "hebei-project.toml").read_text(encoding="utf-8")
    spec = load_form("mof-2021").project
    assert canonical(factories.project("mof-2021"), spec) == (GOLDEN / "mof-project.toml").read_text(encoding="utf-8")


def test_tables_stand_also_when_they_are_empty() -> None:
    assert canonical(Record(head={"schema": 1}), SPEC) == "schema = 1\n\n[budget]\n\n[plan]\n"


def test_rows_are_sorted_by_id_whatever_their_place() -> None:
    rows = (Row(id="b", values={"order": 1}), Row(id="a", values={"order": 2}))
    text = canonical(Record(groups={"goals": rows}), SPEC)
    assert text.index("[goals.a]") < text.index("[goals.b]")


def test_what_the_form_does_not_know_stands_at_the_end_as_it_came() -> None:
    record = Record(
        head={"zz": 1, "name": "x", "aa": 2},
        tables={"own": {"k": 1.5}},
        groups={"notes": (Row(id="1", values={"t": "x"}),)},
    )
    lines = [line for line in canonical(record, SPEC).split("\n") if line]
    assert lines == ['name = "x"', "zz = 1", "aa = 2", "[budget]", "[plan]", "[own]", "k = 1.5", "[notes.1]", 't = "x"']


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("保障", '"保障"'),
        ('a"b\\c', '"a\\"b\\\\c"'),
        ("一\n二", '"""\n一\n二"""'),
        ("\n", '"""\n\n"""'),
        ('a"""b\nc"', '"""\na\\"""b\nc\\""""'),
        ("行尾 \n<<<<<<< 甲", '"""\n行尾\\u0020\n\\u003C<<<<<< 甲"""'),
        ("\u200b\u202e\u2028\x85\x1b\x7f\ufeff", '"\\u200B\\u202E\\u2028\\u0085\\u001B\\u007F\\uFEFF"'),
        ("\U000e0041", '"\\U000E0041"'),
        (1000, "1000"),
        (True, "true"),
        (1.5, "1.5"),
        (float("inf"), "inf"),
        ([1, "a"], '[1, "a"]'),
        ({}, "{}"),
        ({"a b": [True]}, '{ "a b" = [true] }'),
    ],
)
def test_values_are_written_on_their_lines(value: object, text: str) -> None:
    assert encode_value(value) == text


def test_keys_are_quoted_where_they_must_be() -> None:
    assert [encode_key(key) for key in ("a-1_B", "行", "a.b", "", 'q"')] == ["a-1_B", '"行"', '"a.b"', '""', '"q\\""']


def test_comments_are_carried_and_never_lost() -> None:
    note = Comment(before=("# 前",), behind=" # 后")
    record = Record(
        head={"name": "x"},
        comments={
            ("name",): note,
            ("code",): note,
            ("nowhere",): note,
            ("goals", "a"): note,
            END: Comment(before=("# 完",)),
        },
    )
    text = canonical(record, SPEC)
    assert text.count("# 前") == 4
    assert text.count("# 后") == 4
    assert text.endswith("# 完\n")
    assert 'name = "x" # 后' in text
    assert decode(text.encode(), SPEC).head == {"name": "x"}


@pytest.mark.parametrize(
    "text",
    [
        '[budget]\ntotal = "1"\nother = "2"  # 说明\n\n[plan]\n',
        '[budget]\n# 说明\nfiscal = "1"\n\nnote = "2"\n\n[plan]\n',
        '# 说明\nname = "1"\n\n[budget]\n\n[plan]\n',
    ],
)
def test_the_comment_of_a_field_that_is_blank_now_stays_where_it_is_read_again(text: str) -> None:
    spec = load_form("hebei-2021").project
    record = decode(text.encode(), spec)
    for path in list(record.comments):
        written = canonical(record.with_value(path, None), spec)
        assert "# 说明" in written
        assert canonical(decode(written.encode(), spec), spec) == written
