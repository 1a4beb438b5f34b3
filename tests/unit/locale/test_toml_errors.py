"""What the parser of the standard library says arrives as a sentence in the language of the person."""

import tomllib

import pytest

from perftui.locale import choose_language
from perftui.locale.toml_errors import toml_reason

BROKEN = (
    ('a = 1\nname = "街道\n', "引号没有合上；内容里的换行要写成 \\n", 2),
    ('a = """街道\n', "引号没有合上", 2),
    ("'a = 1\n", "引号没有合上", 2),
    ('a = 1\na = "2"\n', "同一个键写了两次", 2),
    ("a = {b = 1, b = 2}\n", "同一个键写了两次", 1),
    ("[goals.a]\n[goals.a]\n", "同一个表写了两次", 2),
    ("a = [{b = 1}]\na.c = 1\n", "这个表前面已经写完了，不能再往里加", 2),
    ("a = {}\na.b = 1\n", "这个表前面已经写完了，不能再往里加", 2),
    ("名称 = 1\n", '这一行要写成 键 = "内容"，键用英文字母', 1),
    ("name 1\n", '这一行要写成 键 = "内容"，键用英文字母', 1),
    ("a.= 1\n", "键要用英文字母、数字、_ 和 - 写", 1),
    ('a = "b" c\n', '内容后面多了东西：一行只写一项，内容里的引号要写成 \\"', 1),
    ("a = 街道\n", "等号后面的内容看不懂：文字要放在双引号里", 1),
    ("a = [1\n", "方括号没有合上", 2),
    ("[a\n", "方括号没有合上", 1),
    ("[[a]\n", "方括号没有合上", 1),
    ("a = {b = 1", "花括号没有合上", 1),
    ("a = {b = 1\n", "花括号没有合上，或者里面换了行：要写在一行里", 1),
    ("a = {b = 1,\n c = 2}\n", "花括号没有合上，或者里面换了行：要写在一行里", 1),
    ("a = {b = 1,}\n", "花括号里最后一项后面不写逗号", 1),
    ("a = {b = 1 c = 2}\n", '两项之间少了逗号，或者内容里有引号：引号要写成 \\"', 1),
    ('a = {b = "他说"好""}\n', '两项之间少了逗号，或者内容里有引号：引号要写成 \\"', 1),
    ('a = ["甲" "乙"]\n', "两项之间少了逗号，或者方括号没有合上", 1),
    ('a: "甲"\n', "键和内容之间写 =，不写 :", 1),
    ("// 注释\n", "注释前面写 #，不写 //", 1),
    ("a = True\n", "true 和 false 要小写，不放在引号里", 1),
    ("a = “甲”\n", '这里的 “ 是中文符号，要换成英文的 "', 1),
    ("a = {b = 1，c = 2}\n", "这里的 ， 是中文符号，要换成英文的 ,", 1),
    ("a ＝ 1\n", "这里的 ＝ 是中文符号，要换成英文的 =", 1),
    ("a = 1\r\n［b］\r\n", "这里的 ［ 是中文符号，要换成英文的 [", 2),
    ("＃注释\n", "这里的 ＃ 是中文符号，要换成英文的 #", 1),
    ('a =\u3000"甲"\n', "这里的空格是全角或特殊的，要换成普通空格", 1),
    ('a = "\\q"\n', "引号里的 \\ 要写成 \\\\", 1),
    ('a = "\\uZZZZ"\n', "引号里 \\u 后面的编码不对", 1),
    ('a = "\\ud800"\n', "引号里 \\u 后面的编码不对", 1),
    ('a = "x\x00"\n', "有不能写在文件里的控制字符", 1),
    ("# \x01\n", "有不能写在文件里的控制字符", 1),
    ("a = 2021-02-30\n", "日期写得不对", 1),
    ("a = " + "1" * 5000 + "\n", "数字太长", None),
    ("a = " + "[" * 5000 + "\n", "嵌套太深", None),
)


def refusal(text: str) -> ValueError | RecursionError:
    try:
        tomllib.loads(text)
    except (RecursionError, ValueError) as error:
        return error
    raise AssertionError(f"{text!r} is valid")


@pytest.mark.parametrize(("text", "reason", "line"), BROKEN)
def test_each_refusal_is_a_sentence_with_its_line(text: str, reason: str, line: int | None) -> None:
    assert toml_reason(refusal(text), text) == (reason, line)


def test_the_sentence_follows_the_language() -> None:
    choose_language("en")
    assert toml_reason(refusal("a = [1\n"), "a = [1\n") == ("a square bracket is not closed", 2)


def test_what_is_not_known_stays_in_its_own_words() -> None:
    assert toml_reason(ValueError("Something new (at line 3, column 7)"), "") == ("Something new", 3)
