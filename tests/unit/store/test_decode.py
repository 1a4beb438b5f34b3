"""What cannot be read is refused with line and reason; what can be read is read without a change."""

import random
import time
from pathlib import Path

import pytest

from perftui.forms import RecordSpec, load_form
from perftui.model.record import END, Comment
from perftui.store.problem import BadFile
from perftui.store.toml import decode as codec
from perftui.store.toml.canonical import canonical
from perftui.store.toml.decode import MOST_BYTES, MOST_ROWS, decode, decode_text, is_crlf, text_of
from tests import factories

PROJECT = load_form("hebei-2021").project
DEPARTMENT = load_form("hebei-2021").department


def refused(data: bytes, spec: RecordSpec = PROJECT) -> BadFile:
    with pytest.raises(BadFile) as caught:
        decode(data, spec)
    return caught.value


@pytest.mark.parametrize(
    ("data", "line", "words"),
    [
        (b'schema = 1\n<<<<<<< HEAD\nname = "a"\n=======\nname = "b"\n>>>>>>> x\n', 2, "冲突标记"),
        (b"schema = 1\n||||||| base\n", 2, "冲突标记"),
        (b'name = "a"\n=======\n', 2, "冲突标记"),
        ('name = "街道"\n'.encode("gbk"), 1, "不是 UTF-8"),
        ('schema = 1\ncode = "x"\nname = "街"\n'.encode("gb18030"), 3, "不是 UTF-8"),
        ('name = "街道"\n'.encode("utf-16"), None, "UTF-16"),
        (b'schema = 1\nname = "a\n', 2, "不是有效的 TOML"),
        (b'schema = 1\nname = "a"\nname = "b"\n', 3, "不是有效的 TOML"),
        (b"[goals.a]\norder = 1\n[goals.a]\norder = 2\n", 3, "不是有效的 TOML"),
        (b'name = "a\x00b"\n', 1, "空字节"),
        (b"name = 3\n", 1, "“项目名称”要写成双引号里的文字"),
        (b"schema = 1\n\n[budget]\ntotal = 12.5\n", 4, "“预算数”"),
        (b"[plan]\nm03 = true\n", 2, "“3月底”"),
        (b'[goals.a]\norder = "1"\n', 2, "“order”要是整数"),
        (b"[goals.a]\norder = true\n", 2, "整数"),
        (b"order = 1.5\n", 1, "整数"),
        (b'order = """5000\n[indicators.22et7h]', 2, "不是有效的 TOML"),
        ('purpose = "保障老居委\n[plan]\nm03 = 000'.encode(), 1, "不是有效的 TOML"),
        (b'[indicators.a]\nvalue = ["18"]\n', 2, "“指标值”"),
        (b"goals = 3\n", 1, "以行号为名的表"),
        (b"[goals]\na = 3\n", 2, "以行号为名的表"),
        (b'[[goals]]\ntext = "x"\n', None, "以行号为名的表"),
        (b'budget = "1.00"\n', 1, "要是一个表"),
        (b'[name]\nx = "1"\n', None, "“项目名称”"),
        (b"conflicts = 1\n", 1, "以行号为名的表"),
        (b"schema = 2\n", None, "第 2 版，比本程序新"),
        (b"x = 1" + b"0" * 5000, None, "不是有效的 TOML"),
        (b"x = " + b"[" * 20 + b"]" * 20, None, "嵌套太深"),
        (b"x = " + b"[" * 5000, None, "不是有效的 TOML"),
        (b"a." * 20_000 + b"b = 1\n", 1, "太深"),
        (b"[" + b"a." * 20_000 + b"b]\n", 1, "太深"),
        (b'name = "' + b"x" * 70_000 + b'"\n', 1, "64 KiB"),
        (b"#" * (MOST_BYTES + 1), None, "1 MiB"),
        (b"".join(b"[goals.r%d]\norder = 1\n" % number for number in range(MOST_ROWS + 1)), None, "2000 行"),
    ],
)  # fmt: skip
def test_a_bad_file_is_refused_with_line_and_reason(data: bytes, line: int | None, words: str) -> None:
    started = time.process_time()
    bad = refused(data)
    assert words in bad.reason
    assert line is None or bad.line == line
    assert time.process_time() - started < 2


def test_the_problem_names_file_and_line() -> None:
    problem = refused(b"schema = 1\nname = 3\n").problem("projects/a.toml")
    assert str(problem).startswith("projects/a.toml:2: ")
    assert str(refused(b"schema = 9\n").problem("x.toml")).startswith("x.toml: ")


def test_a_byte_order_mark_and_windows_lines_are_read() -> None:
    text = canonical(factories.project(), PROJECT)
    data = b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()
    assert decode(data, PROJECT) == factories.project()
    assert text_of(data) == text
    assert is_crlf(data)
    assert not is_crlf(text.encode())


def test_a_few_windows_lines_do_not_make_a_windows_file() -> None:
    assert not is_crlf(b"a\nb\r\nc\n")


def test_a_blank_text_of_the_form_is_an_absent_key() -> None:
    record = decode(b'name = ""\nmine = ""\n[plan]\nm03 = ""\n', PROJECT)
    assert record.value(("name",)) is None
    assert record.value(("plan", "m03")) is None
    assert record.head == {"mine": ""}


def test_text_is_taken_as_it_stands() -> None:
    record = decode('name = "a\\u200bb\\u001b[31m① e\\u0301"\n'.encode(), PROJECT)
    assert record.text(("name",)) == "a\u200bb\x1b[31m① e\u0301"


def test_tables_of_tables_are_rows_and_others_are_tables() -> None:
    text = b"[mine.a]\nx = 1\n[mine.b]\nx = 2\n[other]\ny = 1\n[other.z]\nk = 1\n[empty]\n"
    record = decode(text, PROJECT)
    assert [row.id for row in record.rows("mine")] == ["a", "b"]
    assert record.tables["other"] == {"y": 1, "z": {"k": 1}}
    assert record.tables["empty"] == {}


def test_comments_belong_to_what_they_stand_at() -> None:
    text = '# 文件\n\nname = "x" # 名\n\n# 钱\n[budget] # 元\n# 数\ntotal = "1.00"\n\n# 完\n'.encode()
    assert decode(text, PROJECT).comments == {
        ("name",): Comment(before=("# 文件", ""), behind=" # 名"),
        ("budget",): Comment(before=("# 钱",), behind=" # 元"),
        ("budget", "total"): Comment(before=("# 数",)),
        END: Comment(before=("# 完",)),
    }


@pytest.mark.parametrize("form", factories.FORMS)
def test_what_this_program_wrote_is_read_without_the_parser(form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    spec, record = load_form(form).project, factories.project(form)
    text = canonical(record, spec)
    monkeypatch.delattr(codec, "parsed")
    assert decode_text(text, spec) == (record, True)


@pytest.mark.parametrize("form", factories.FORMS)
def test_sample_documents_are_canonical(form: str) -> None:
    for file, record in factories.document(form).files():
        spec = load_form(form).spec_of(file)
        text = canonical(record, spec)
        assert decode(text.encode(), spec) == record
        assert canonical(decode(text.encode(), spec), spec) == text


def test_the_real_document_is_canonical() -> None:
    folder = Path(__file__).parents[3] / "data" / "2021" / "613001"
    files = [(folder / "department.toml", DEPARTMENT)]
    files += [(path, PROJECT) for path in sorted((folder / "projects").glob("*.toml"))]
    assert len(files) == 8
    for path, spec in files:
        assert canonical(decode(path.read_bytes(), spec), spec).encode() == path.read_bytes(), path.name


def test_random_damage_is_refused_or_read_and_never_breaks() -> None:
    rng = random.Random(3)
    text = canonical(factories.project(), PROJECT).encode()
    for _round in range(400):
        data = bytearray(text)
        for _change in range(rng.randrange(1, 4)):
            at = rng.randrange(len(data))
            data[at : at + rng.randrange(3)] = bytes(rng.choices(b'"[]={}.#\n\\\x00\xff,', k=rng.randrange(4)))
        try:
            record = decode(bytes(data), PROJECT)
        except BadFile:
            continue
        canonical(record, PROJECT).encode()


def test_a_comment_in_a_canonical_file_does_not_send_it_to_the_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    text = canonical(factories.project(), PROJECT).replace("[budget]", "# 与财政局核对过\n[budget]  # 元", 1)
    assert text.count("#") == 2
    expected = codec.read_text(text, PROJECT)
    monkeypatch.setattr(codec, "parsed", lambda _text: pytest.fail("the slow way"))
    assert decode_text(text, PROJECT) == (expected, True)
    assert expected.comments["budget",] == Comment(before=("# 与财政局核对过",), behind="  # 元")
