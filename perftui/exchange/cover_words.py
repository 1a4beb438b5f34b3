"""What is written of a document on an office's own cover: year, unit, date, where labels or placeholders stand.

Whatever does not surely stand for one of these stays as it is. A cover that names another unit is not to be used.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from perftui.exchange.importer.labels import UNIT_LABELS, YEAR_LABELS, is_unit_line, label_key, unit_of
from perftui.exchange.importer.years import with_digits
from perftui.exchange.layout import DRAFT
from perftui.forms import Form, Role
from perftui.locale import _
from perftui.model.document import Document
from perftui.model.frozen import frozen
from perftui.model.text import visible

_NUMERALS = "0-9０-９〇○零一二三四五六七八九十"
_BLANK, _CROSS, _LINE = r" \u3000\t", "×ＸXx＊*", "_＿"
_IN_DATE = rf"[{_NUMERALS}{_BLANK}{_CROSS}{_LINE}]*"
_DATE = re.compile(rf"(?:^|[:：])(?P<date>{_IN_DATE}年{_IN_DATE}月(?P<day>{_IN_DATE}日)?)[{_BLANK}]*$")
_NUMERAL = re.compile(f"[{_NUMERALS}]")
_CENTURY = re.compile("(?:20|２０|二[〇○零])")
_YEAR = re.compile(
    rf"(?:2\s*0\s*[0-9]\s*[0-9]|２０[０-９]{{2}}|二[〇○零][〇○零一二三四五六七八九]{{2}}"
    rf"|(?:20)?(?:[{_CROSS}]{{2,}}+|[{_LINE}]{{2,}}+|[{_BLANK}]{{2,}}+))"
    rf"(?=[{_BLANK}]*年(?!{_IN_DATE}月))"
)
_ANY_YEAR = re.compile(r"(?<![0-9])20[0-9]{2}(?![0-9])")
_KINDS = "单位|部门|局|厅|委员会|委|办公室|办|中心|街道办事处|街道|镇|乡"
_UNIT_PLACE = re.compile(
    rf"(?:[{_CROSS}]++[省市县区州旗盟])*"
    rf"(?:[{_CROSS}]{{2,}}+(?:{_KINDS})?|[{_LINE}]{{2,}}+(?=[（(]?(?:单位|部门))|某某?(?:{_KINDS})"
    r"|[（(【\[](?:(?:填报|编制|预算)?单位|部门)(?:[（(]单位[）)])?(?:名称|全称)[）)】\]])"
    rf"(?![{_BLANK}]*年)(?:[（(](?:单位|部门)(?:名称|全称)?[）)])?(?:(?:单位|部门)(?:名称|全称)?(?=$|[{_BLANK}\n0-9{_CROSS}{_LINE}]))?"
)
_LABELLED = re.compile(r"(?P<label>[^:：\n]{1,20})[:：](?P<value>.*)", re.S)
_UNFILLED = re.compile(rf"[{_CROSS}]{{2,}}|[{_LINE}]{{2,}}|[【\[][^】\]]{{2,12}}[】\]]|[:：][{_BLANK}]*$")
_UNIT_ENDS = re.compile(
    "(?:局|厅|委|办|室|心|处|府|本级|院|校|学|园|所|站|队|会|镇|乡|街道|公司|馆|部|署|社|团|场|单位|部门)$"
)
_CODES = ("编码", "代码")
_SHORTEST_PART = 4
"""So many characters of a unit's name tell it from others: 路南街道 for 路南街道办事处."""


@frozen
class CoverWords:
    """What is written of a document on a cover."""

    year: int
    unit: str
    """As our own cover has it."""
    names: tuple[str, ...]
    """All that the unit and its department are called."""
    code: str = ""
    draft: bool = False


@frozen
class CoverLine:
    """A paragraph of a cover."""

    text: str
    label: str = ""
    """What stands in the cell before it, in a table."""
    followed: bool = False
    """A cell follows its own, in a table: the value of a label stands there."""


@dataclass(slots=True)
class FilledCover:
    """What is written where on a cover, and what is said of it."""

    edits: list[tuple[int, int, int, str]] = field(default_factory=list)
    """Line, start and end of what is replaced, and the text: those of a line from its end to its beginning."""
    said: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    """Lines that look like another unit's name."""
    year: bool = False
    """It says the year."""
    unit: bool = False
    """It says the unit."""

    def tell(self, sentence: str) -> None:
        """Say something, once: a text box stands in a file twice."""
        if sentence not in self.said:
            self.said.append(sentence)


class OtherUnit(Exception):  # noqa: N818 - named for what it says
    """A cover is another unit's; ``str()`` is its name."""


def cover_words(document: Document, form: Form, *, draft: bool) -> CoverWords:
    """What a document's cover says."""
    spec, record = form.department, document.department
    names = [spec.text_of(record, role) for role in (Role.DEPARTMENT_NAME, Role.UNIT_NAME)]
    known = tuple(name for name in names if name)
    return CoverWords(
        year=document.year,
        unit=next(iter(known), ""),
        names=known,
        code=spec.text_of(record, Role.UNIT_CODE),
        draft=draft,
    )


def fill_cover(lines: Sequence[CoverLine], words: CoverWords) -> FilledCover:
    """What is to be written on a cover. Raises OtherUnit."""
    made = FilledCover()
    for number, line in enumerate(lines):
        found = sorted(_line_edits(line, words, made), reverse=True)
        made.edits += [(number, start, end, text) for start, end, text in found if line.text[start:end] != text]
    if made.others and not made.unit:
        raise OtherUnit(made.others[0])
    _tell_rest(lines, made)
    return made


def filled_text(number: int, text: str, made: FilledCover) -> str:
    """A line as it then is."""
    for at, start, end, new in made.edits:
        if at == number:
            text = text[:start] + new + text[end:]
    return text


def _tell_rest(lines: Sequence[CoverLine], made: FilledCover) -> None:
    """Say what is to be looked at: a year or unit that no line has, units left alone, blanks."""
    for other in made.others:
        made.tell(_("封面上的“{text}”照原样，请核对").format(text=visible(other)))
    if not made.year:
        made.tell(_("样式文件的封面上没有认出写年度的地方，请核对"))
    if not made.unit:
        made.tell(_("样式文件的封面上没有认出写单位的地方，请核对"))
    for number, line in enumerate(lines):
        text = filled_text(number, line.text, made).strip()
        text = text.rstrip(":：") if line.followed else text
        if _UNFILLED.search(text) and not _DATE.search(text):
            made.tell(_("封面上还没有填：{text}").format(text=visible(text)))


# ---- one line


_Edit = tuple[int, int, str]


def _line_edits(line: CoverLine, words: CoverWords, made: FilledCover) -> list[_Edit]:
    """What is to be replaced in a line. Raises OtherUnit."""
    date = _DATE.search(line.text)
    if date is not None:
        return list(_date_edits(date, made))
    labelled = _labelled(line, words, made)
    if labelled is not None:
        return labelled
    edits = list(_year_edits(line.text, words, made))
    has_label = ":" in line.text or "：" in line.text
    if not has_label:
        edits += [*_unit_edits(line.text, words, made), *_draft_edits(line.text, words)]
    if not edits and (has_label or line.label):
        _tell_kept(line, words, made)
    return edits


def _tell_kept(line: CoverLine, words: CoverWords, made: FilledCover) -> None:
    """Another label's value stays, and may be last year's: a person, a telephone."""
    match = _LABELLED.fullmatch(line.text)
    value = (match["value"] if match else line.text).strip()
    is_known = _is_own(value, words) or value in made.others
    if value and not is_known and not _UNFILLED.search(line.text):  # what is not filled is told as such
        said = line.text if match or not line.label else f"{line.label.rstrip(':：')}：{line.text}"
        made.tell(_("封面上的“{text}”照原样，请核对").format(text=visible(said.strip())))


def _date_edits(match: re.Match[str], made: FilledCover) -> Iterator[_Edit]:
    """A day that was printed is another document's; who signs writes this one's."""
    text = match["date"].strip()
    if _NUMERAL.search(_CENTURY.sub("", text, count=1)) is None:
        return
    blank = "　　　年　　月　　日" if match["day"] else "　　　年　　月"
    made.tell(_("封面上的日期“{date}”换成了空白的，请填写").format(date=text))
    start, end = match.span("date")
    yield start + len(match["date"]) - len(match["date"].lstrip()), end, blank


def _labelled(line: CoverLine, words: CoverWords, made: FilledCover) -> list[_Edit] | None:
    """What is written behind a label, in its line or in the cell beside it; None where there is none."""
    match = _LABELLED.fullmatch(line.text)
    if match and line.followed and not match["value"].strip():
        return []
    label, start = (match["label"], match.start("value")) if match else (line.label, 0)
    key = label_key(label)
    if key in YEAR_LABELS:
        return _valued(line.text, start, str(words.year), words, made)
    if key in UNIT_LABELS:
        return _valued(line.text, start, words.code if key.endswith(_CODES) else words.unit, words, made)
    return None


def _valued(text: str, start: int, value: str, words: CoverWords, made: FilledCover) -> list[_Edit]:
    """A value in its place behind a label. Raises OtherUnit where another stands there."""
    said = text[start:]
    plain = said.strip(f" \u3000\t{_LINE}")
    is_year, is_unit = value == str(words.year), value == words.unit
    placeholder = re.fullmatch(f"(?:20)?[{_CROSS}]+(?:年度?)?", plain) or _UNIT_PLACE.fullmatch(plain)
    if ":" in plain or "：" in plain or not value:
        return []
    if plain and not placeholder and not is_year:
        if not (_is_own(plain, words) if is_unit else plain == value):
            raise OtherUnit(plain)
        made.unit = made.unit or is_unit
        return []
    made.unit, made.year = made.unit or is_unit, made.year or is_year
    if is_year and plain and not placeholder:
        return [(start + at, start + end, new) for at, end, new in _other_year(said, words.year, made)]
    at = start + (said.index(plain) if plain else 0)
    return [(at, at + len(plain) if plain else len(text), value)]


def _other_year(said: str, year: int, made: FilledCover) -> Iterator[_Edit]:
    """The year behind a label, where it is another."""
    match = _ANY_YEAR.search(said)
    if match is None:
        made.year = False
    elif match[0] != str(year):
        _tell_year(match[0], str(year), made)
        yield match.start(), match.end(), str(year)


def _tell_year(old: str, new: str, made: FilledCover) -> None:
    made.tell(_("封面上的年度“{old}”换成了“{new}”").format(old=old, new=new))


def _year_edits(text: str, words: CoverWords, made: FilledCover) -> Iterator[_Edit]:
    places = [match.span() for match in _YEAR.finditer(text)]
    if not places:
        return
    if len(set(_ANY_YEAR.findall(with_digits(text)))) > 1:
        made.tell(_("封面上的“{text}”有几个年度，照原样，请核对").format(text=visible(text.strip())))
        return
    made.year = True
    for start, end in places:
        new = _year_as(text[start:end], words.year)
        if new != text[start:end]:
            yield start, end, new
            if _NUMERAL.search(text[start:end].removeprefix("20")):
                _tell_year(text[start:end], new, made)


def _year_as(old: str, year: int) -> str:
    """A year in the numerals of another."""
    digits = iter(str(year))
    if "二" in old:
        zero = next((one for one in "○零" if one in old), "〇")
        return "".join((zero + "一二三四五六七八九")[int(digit)] for digit in digits)
    if "２" in old:
        return str(year).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    if len(re.findall("[0-9]", old)) == len(str(year)):
        return re.sub("[0-9]", lambda _match: next(digits), old)
    return str(year)


def _unit_edits(text: str, words: CoverWords, made: FilledCover) -> Iterator[_Edit]:
    """The unit in its placeholder; a line that is another unit's name is noted. Raises OtherUnit."""
    place = _UNIT_PLACE.search(text)
    if place is not None and place[0]:
        start = place.start()
        before = text[:start].strip()
        if before and words.unit.startswith(before):
            start = text.index(before)
        if words.unit:
            made.unit = True
            yield start, place.end(), words.unit
        return
    year = _YEAR.search(text)
    name = text[: year.start()].strip(" \u3000\t\n《〈") if year else text.strip()
    if not name:
        return
    code, plain = unit_of(name) if is_unit_line(name) else ("", name)
    if _is_own(plain, words) and code in ("", words.code):
        made.unit = True
    elif code or (year and _UNIT_ENDS.search(plain)):
        raise OtherUnit(name)
    elif _UNIT_ENDS.search(plain) and label_key(plain) not in UNIT_LABELS:
        made.others.append(name)


def _draft_edits(text: str, words: CoverWords) -> Iterator[_Edit]:
    """A draft's title says so."""
    if words.draft and _YEAR.search(text):
        yield len(text), len(text), DRAFT


def _is_own(name: str, words: CoverWords) -> bool:
    """Is a name the unit's, or a part of it, or has it as a part?"""
    plain = "".join(name.split())
    own = ["".join(one.split()) for one in words.names]
    return any(
        plain == one or (min(len(plain), len(one)) >= _SHORTEST_PART and (plain in one or one in plain)) for one in own
    )
