import pytest

from perftui.model.text import TextDefect, clean, describe, fold, size_in_words, strip_number, visible, xml_problem


def kept(text: str, *, lines: bool = True) -> str:
    return clean(text, lines=lines).text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "保障本单位18名街道工作者按时拨付。",
        "①②③ Ⅲ ≥95％ “引号”……——",
        "第一行\n第二行\n",
        "❤️ 👨‍👩‍👧 👍🏽",
        "葛\U000e0100城",
        "\ue000私用",
        "\uf92c\ufa0c\uf9dc\U0002f800",  # compatibility Hanzi, some of GBK: NFC would put others
        "10\u2126 5\u212b",
        "\u3000\u3000张\u3000三\xa0四",
        "\U000323b0\U0003fffd\ue815",  # Hanzi of later than this Python, and of GBK before Unicode had it
        "�",
    ],
)
def test_ordinary_text_comes_through_untouched(text: str) -> None:
    cleaned = clean(text, lines=True)
    assert cleaned.text == text
    assert cleaned.removed == ()


def test_text_is_composed_and_never_nfkc() -> None:
    assert kept("e\u0301①：") == "é①："
    assert kept("\uf92ce\u0301\uf92c") == "\uf92cé\uf92c"


def test_line_ends_become_line_feeds() -> None:
    assert kept("一\r\n二\r三\n四") == "一\n二\n三\n四"
    assert clean("一\r\n二", lines=True).removed == ()


@pytest.mark.parametrize(
    ("char", "kind"),
    [
        ("\x00", TextDefect.CONTROL),
        ("\x1b", TextDefect.CONTROL),
        ("\x7f", TextDefect.CONTROL),
        ("\x9b", TextDefect.CONTROL),
        ("\u202e", TextDefect.BIDI),
        ("\u2066", TextDefect.BIDI),
        ("\u200f", TextDefect.BIDI),
        ("\u200b", TextDefect.INVISIBLE),
        ("\u200d", TextDefect.INVISIBLE),
        ("\ufeff", TextDefect.INVISIBLE),
        ("\u2060", TextDefect.INVISIBLE),
        ("\u00ad", TextDefect.INVISIBLE),
        ("\U000e0041", TextDefect.INVISIBLE),
        ("\ud800", TextDefect.INVALID),
        ("\ufffe", TextDefect.INVALID),
        ("\U0010ffff", TextDefect.INVALID),
        ("\ufdd0", TextDefect.INVALID),
    ],
)
def test_what_misleads_is_taken_out_and_told(char: str, kind: TextDefect) -> None:
    cleaned = clean(f"街道{char}办事处", lines=True)
    assert cleaned.text == "街道办事处"
    assert [(item.kind, item.char, item.index) for item in cleaned.removed] == [(kind, char, 2)]


def test_tabs_become_blanks_and_odd_separators_line_breaks() -> None:
    cleaned = clean("一\t二\u2028三\x0b四\x85五", lines=True)
    assert cleaned.text == "一 二\n三\n四\n五"
    assert [item.kind for item in cleaned.removed] == [
        TextDefect.TAB,
        TextDefect.BREAK,
        TextDefect.BREAK,
        TextDefect.BREAK,
    ]


def test_lines_are_joined_where_one_line_is_wanted() -> None:
    cleaned = clean("\n街道\n工作 \n\n abc\ndef\u2029。\n", lines=False)
    assert cleaned.text == "街道工作 abc def 。"
    assert [item.kind for item in cleaned.removed] == [TextDefect.JOINED] * 4


def test_line_breaks_at_the_ends_go_without_a_word() -> None:
    assert clean("名称\r\n", lines=False).removed == ()
    assert kept("\n\n", lines=False) == ""


def test_selectors_without_anything_to_shape_are_taken_out() -> None:
    assert kept("\ufe0f街 \ufe0f道\ufe0f\ufe0f") == "街 道\ufe0f"
    assert kept("街\u200d道") == "街道"
    assert kept("😀\u200d") == "😀"


def test_the_sentence_says_how_many_what_and_where() -> None:
    assert describe(clean("街道", lines=True).removed) == ""
    said = describe(clean("a\u202eb\x1b[0m\x07\t", lines=True).removed)
    assert said.split("；") == [
        "去掉了 1 个改变文字方向的字符（第 2 个字）",
        "去掉了 2 个控制字符（第 4、8 个字）",
        "1 个制表符改成了空格（第 9 个字）",
    ]
    assert "第 1、2、3、4、5… 个字" in describe(clean("\x01" * 9, lines=True).removed)


def test_hidden_characters_are_shown_one_for_one() -> None:
    shown = visible("街\u202e道\n\x1b\t\x7f\x85\ud800\u200b\x00")
    assert shown == "街⁇道␤␛␉␡⁇⁇⁇␀"


def test_line_feeds_stay_in_a_text_of_lines() -> None:
    assert visible("一\n二\r\x1b", lines=True) == "一\n二␍␛"


def test_ordinary_text_is_shown_as_it_is() -> None:
    text = "≥95％，“满意” ① 👨‍👩‍👧"
    assert visible(text) is text or visible(text) == text


@pytest.mark.parametrize("text", ["街道\t办\n事\r处", "\ue000\u200b\x7f\x85", "\U0010ffff"])
def test_xml_holds_these(text: str) -> None:
    assert xml_problem(text) is None


@pytest.mark.parametrize(
    ("text", "said"), [("街\x0b道", "第 1 行第 2 个字"), ("一\n二\ud800", "第 2 行第 2 个字"), ("\ufffe", "U+FFFE")]
)
def test_xml_cannot_hold_these(text: str, said: str) -> None:
    problem = xml_problem(text)
    assert problem is not None
    assert said in problem


@pytest.mark.parametrize(
    ("text", "number", "rest"),
    [
        ("1. 保障", "1", "保障"),
        ("1.保障", "1", "保障"),
        (" 2．保障", "2", "保障"),
        ("1、保障", "1", "保障"),
        ("１、保障", "1", "保障"),
        ("（1）保障", "1", "保障"),
        ("(12) 保障", "12", "保障"),
        ("1)保障", "1", "保障"),
        ("（一）保障", "一", "保障"),
        ("一、保障", "一", "保障"),
        ("十一、保障", "十一", "保障"),
        ("①保障", "1", "保障"),
        ("⒈ 保障", "1", "保障"),
        ("1、18名街道工作者", "1", "18名街道工作者"),
        ("1.2021年底前", "1", "2021年底前"),
        ("3.", "3", ""),
    ],
)
def test_a_goals_number_is_taken_off(text: str, number: str, rest: str) -> None:
    assert strip_number(text) == (number, rest)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "保障",
        "18名街道工作者",
        "2021年底前",
        "1.5万元补助",
        "1、2号楼维修",
        "1、2、3号楼",
        "一是保障",
        "100%完成",
        "2.18名",
        "12月底到位",
        "130、保障",
        "（财政）资金",
    ],
)
def test_what_is_no_number_of_a_goal_stays(text: str) -> None:
    assert strip_number(text) == ("", text)


def test_goals_are_compared_without_number_blanks_and_punctuation() -> None:
    assert fold("1. 保障本单位，按时 拨付。") == fold("2、保障本单位按时拨付") == "保障本单位按时拨付"
    assert fold("达到９５％") == fold("达到95%") != fold("达到95")


SIZES = [(0, "1 KB"), (15_400, "15 KB"), (1_258_291, "1.2 MB"), (20 << 20, "20 MB")]


@pytest.mark.parametrize(("size", "words"), SIZES)
def test_sizes_are_said_as_people_read_them(size: int, words: str) -> None:
    assert size_in_words(size) == words
