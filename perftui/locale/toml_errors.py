"""Why a file is no TOML: what its bytes tell, and the parser's English, as sentences that a clerk can act on."""

import re

from perftui.locale import N_, _

MARKERS = re.compile(rb"^(<{7}|>{7}|\|{7}) ?|^={7}$", re.M)
"""Lines that a merge of git's own leaves in a file."""
_BOM = b"\xef\xbb\xbf"
_PLACE = re.compile(r" ?\(at (?:line (\d+), column (\d+)|end of document)\)$")
_WIDE = dict(
    zip("，；＝：“”„＂‘’＇［］【】｛｝＃．（）\u3000\xa0", ",,==" + '"' * 4 + "'" * 3 + "[][]{}#.()  ", strict=True)
)
"""What an input method writes where TOML wants a sign of its own, and that sign."""
_AT: tuple[tuple[str, str, str], ...] = (
    ("Invalid initial character", "}", N_("花括号里最后一项后面不写逗号")),
    ("Invalid initial character|Unclosed inline table", "(#.*)?$", N_("花括号没有合上，或者里面换了行：要写在一行里")),
    ("Unclosed inline table", "[^,}]", N_('两项之间少了逗号，或者内容里有引号：引号要写成 \\"')),
    ("Unclosed array", "[^],]", N_("两项之间少了逗号，或者方括号没有合上")),
    ("Invalid statement|Expected '=' after", ":", N_("键和内容之间写 =，不写 :")),
    ("Invalid statement", "//", N_("注释前面写 #，不写 //")),
    ("Invalid value", "(?i:true|false)", N_("true 和 false 要小写，不放在引号里")),
)
"""What the parser says, what stands where it stopped, and what is wrong then."""
_REASONS: tuple[tuple[str, str], ...] = (
    ("Invalid statement|Expected '=' after", N_('这一行要写成 键 = "内容"，键用英文字母')),
    ("Invalid initial character", N_("键要用英文字母、数字、_ 和 - 写")),
    ("Expected newline or end of document", N_('内容后面多了东西：一行只写一项，内容里的引号要写成 \\"')),
    ("Cannot declare|Cannot redefine", N_("同一个表写了两次")),
    ("Cannot overwrite a value|Duplicate inline", N_("同一个键写了两次")),
    ("Cannot mutate", N_("这个表前面已经写完了，不能再往里加")),
    ("Expected ']|Unclosed array", N_("方括号没有合上")),
    ("Unclosed inline table", N_("花括号没有合上")),
    ("Unterminated string|Expected \"'|Expected '\"", N_("引号没有合上")),
    ("Unescaped", N_("引号里的 \\ 要写成 \\\\")),
    ("Invalid hex value|Escaped character", N_("引号里 \\u 后面的编码不对")),
    (r"(Found invalid|Illegal) character '\\n'", N_("引号没有合上；内容里的换行要写成 \\n")),
    ("Found invalid character|Illegal character", N_("有不能写在文件里的控制字符")),
    ("Invalid date", N_("日期写得不对")),
    ("Invalid value", N_("等号后面的内容看不懂：文字要放在双引号里")),
    ("Exceeds the limit", N_("数字太长")),
    ("maximum recursion depth|TOML inline", N_("嵌套太深")),
)


class TomlTextError(ValueError):
    """The bytes of a file are no text of TOML."""

    def __init__(self, sentence: str, line: int | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.line = line


def toml_text(data: bytes) -> str:
    """The bytes as text: UTF-8, a byte order mark dropped, lines that end in ``\\n``. Raises TomlTextError."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise TomlTextError(_("文件是 UTF-16 编码，请另存为 UTF-8"))
    data = data.removeprefix(_BOM)
    if marker := MARKERS.search(data):
        raise TomlTextError(_("文件里有 git 的冲突标记，要先解决冲突"), _line(data, marker.start()))
    if (at := data.find(b"\0")) >= 0:
        raise TomlTextError(_("文件里有空字节，像是没有写完或者磁盘出过错"), _line(data, at))
    try:
        return data.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        sentence = _("文件不是 UTF-8 编码（可能是 GBK），请另存为 UTF-8")
        raise TomlTextError(sentence, _line(data, error.start)) from None


def _line(data: bytes, at: int) -> int:
    return data.count(b"\n", 0, at) + 1


def toml_reason(error: ValueError | RecursionError, text: str) -> tuple[str, int | None]:
    """Why a text is no TOML, and in which line (from 1) as far as the parser tells.

    What it says and we do not know (another Python's parser) stays in its own words.
    """
    said = str(error)
    place = _PLACE.search(said)
    line = (int(place[1]) if place[1] else text.count("\n") + 1) if place else None
    if place and place[1] and (seen := _seen(said, _standing(text, int(place[1]), int(place[2])))):
        return seen, line
    for pattern, reason in _REASONS:
        if re.match(pattern, said):
            return _(reason), line
    return _PLACE.sub("", said), line


def _standing(text: str, line: int, column: int) -> str:
    """What stands where the parser stopped, to the end of its line."""
    lines = text.replace("\r\n", "\n").split("\n")
    return "".join(lines[line - 1 : line])[column - 1 :].lstrip(" \t")


def _seen(said: str, stands: str) -> str:
    """The sentence about what stands where the parser stopped; "" where that tells nothing."""
    if plain := _WIDE.get(stands[:1], ""):
        if plain == " ":
            return _("这里的空格是全角或特殊的，要换成普通空格")
        return _("这里的 {wide} 是中文符号，要换成英文的 {plain}").format(wide=stands[0], plain=plain)
    return next((_(reason) for begin, at, reason in _AT if re.match(begin, said) and re.match(at, stands)), "")
