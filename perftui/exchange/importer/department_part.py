"""Reads the text around the tables: the department's goal, its duties and the safeguards."""

import re

from perftui.exchange.importer.imported import Confidence
from perftui.exchange.importer.labels import label_key, without_number
from perftui.exchange.importer.record_draft import RecordDraft, RowDraft
from perftui.exchange.importer.report import in_text, shown
from perftui.exchange.importer.source import SourceParagraph
from perftui.forms import Field, Form, Group, GroupRole, PrintBlock, Role
from perftui.locale import _
from perftui.model.record import FieldPath

_LONGEST_HEADING = 40  # characters
_HEADING_LEVELS = 3
"""Printed headings of parts and blocks have these outline levels; a duty's name is deeper."""
_SENTENCE_ENDS = "。；;！"
_KNOWN_BY = {GroupRole.DUTIES: ("职责",), GroupRole.SAFEGUARDS: ("保障措施",)}
_DUTIES = ("职责", "分项")
_GOAL_WORDS = ("总体绩效目标", "总体目标")
_PARTS = re.compile(r"第[一二三]部分|部门整体绩效目标|预算项目绩效目标|目录|部门预算绩效文本")


class DepartmentReader:
    """Takes paragraphs in, one by one, under the heading that they stand under."""

    def __init__(self, draft: RecordDraft) -> None:
        self._draft = draft
        self._form: Form = draft.form
        self._block: PrintBlock | None = None
        self._rank = 0
        """How the open block's heading is numbered; 0 where it is not."""
        self._row: RowDraft | None = None
        self._field: Field | None = None
        self._row_place = ""
        self._texts: dict[str, list[str]] = {}
        """The paragraphs of the open row by column."""
        self._overall: list[str] = []
        self._numbers: list[str] = []
        """Those that duties had in the document."""

    @property
    def under_heading(self) -> bool:
        """Has a heading of the form come, whose text goes on?"""
        return self._block is not None

    def read(self, para: SourceParagraph) -> None:
        """Takes one paragraph in."""
        number, rest = without_number(para.text)
        block = self._heading(rest if number else para.text, para)
        if block is not None:
            self.finish()
            self._block, self._rank = block, _rank(number)
            self._told(para)
        elif self._is_part(para):
            self.finish()
            self._told(para)
        elif self._closes(para, number, rest):
            self.finish()
            self._draft.left(in_text(para.number), para.text)
        elif self._block is None:
            self._draft.left(in_text(para.number), para.text)
        elif self._block.field:
            self._overall.append(para.text)
        else:
            self._in_group(para, number, rest)
        self._stand(para)

    def _stand(self, para: SourceParagraph) -> None:
        """What a paragraph was taken in for, where somebody asks."""
        if self._block is None or not self._draft.watched:
            return
        group = self._draft.spec.group(self._block.group) if self._block.group else None
        one = self._draft.spec.field(self._block.field) if self._block.field else self._field
        path: FieldPath = self._block.field or ()
        if group is not None and self._row is not None:
            one = one or group.columns[0]
            path = (group.key, f"#{len(self._draft.rows[group.key])}", one.key)
        elif group is not None:
            path = (group.key,)
        self._draft.stand(in_text(para.number), path, para.text, one.label if one else "")

    def _told(self, para: SourceParagraph) -> None:
        """A heading, which is no text of a field."""
        if not self._draft.literal:
            message = _("标题：{text}").format(text=shown(para.text))
            self._draft.note(in_text(para.number), Confidence.SURE, message, text=para.text)

    def _closes(self, para: SourceParagraph, number: str, rest: str) -> bool:
        """A heading that nobody knows, of the open block's rank or a higher: what follows is not the block's."""
        if self._draft.literal or self._block is None or not number:
            return False
        short = len(para.text) <= _LONGEST_HEADING and not any(end in rest for end in _SENTENCE_ENDS + "，：:")
        return short and 0 < _rank(number) <= self._rank

    def opens_block(self, para: SourceParagraph) -> bool:
        """Is a paragraph the heading of a block of the department's part?"""
        number, rest = without_number(para.text)
        return self._heading(rest if number else para.text, para) is not None

    def finish(self) -> None:
        """What follows stands under no heading that is known."""
        self._close_row()
        self._told_counts()
        if self._overall and self._block and self._block.field:
            one = self._draft.spec.field(self._block.field)
            if one is not None:
                self._draft.put(self._block.field, one, "\n".join(self._overall), "")
        self._overall = []
        self._block = None

    def _heading(self, text: str, para: SourceParagraph) -> PrintBlock | None:
        """The block of the form that a heading opens."""
        key = label_key(text)
        if self._draft.literal and (not para.level or para.level > _HEADING_LEVELS):
            return None
        if not key or len(text) > _LONGEST_HEADING or any(end in text for end in _SENTENCE_ENDS):
            return None
        for block in self._form.layout.department:
            if key == label_key(without_number(block.heading)[1]):
                return block
        if self._draft.literal or any(led_column(group, text) for group in self._draft.spec.groups):
            return None
        return next((block for block in self._form.layout.department if self._speaks_of(block, key)), None)

    def _speaks_of(self, block: PrintBlock, key: str) -> bool:
        group = self._draft.spec.group(block.group) if block.group else None
        if group is None:
            return key.endswith(_GOAL_WORDS)
        if group.role is GroupRole.DUTIES:
            return (
                any(word in key for word in _DUTIES)
                and "目标" in key
                and key not in {label_key(one.lead) for one in group.columns}
            )
        return any(word in key for word in _KNOWN_BY.get(group.role, ()))

    def _is_part(self, para: SourceParagraph) -> bool:
        """A heading that opens a part of the document."""
        if self._draft.literal:
            return 0 < para.level <= _HEADING_LEVELS
        text = "".join(para.text.split())
        return (
            len(text) <= _LONGEST_HEADING
            and _PARTS.match(text) is not None
            and not any(end in text for end in _SENTENCE_ENDS)
        )

    def _in_group(self, para: SourceParagraph, number: str, rest: str) -> None:
        assert self._block is not None
        group = self._draft.spec.group(self._block.group)
        if group is None:
            self._draft.left(in_text(para.number), para.text)
            return
        led = None if self._draft.literal and para.level else _led_field(group, para.text, literal=self._draft.literal)
        if led is not None:
            if self._row is None:
                self._begin(group, None, para)
            self._field, text = led
            self._append(text)
        elif self._opens_row(group, para, number):
            self._count(group, number)
            self._begin(group, self._title(group, para, rest if number else para.text), para)
        elif self._row is not None or self._draft.literal:
            if self._row is None:
                self._begin(group, None, para)
            self._field = self._field or _text_column(group)
            self._append(para.text)
        else:
            self._draft.left(in_text(para.number), para.text)

    def _opens_row(self, group: Group, para: SourceParagraph, number: str) -> bool:
        """A duty's name has a number before it; a safeguard's title is short and no sentence."""
        if para.level or self._draft.literal:
            return para.level > 0
        short = len(para.text) <= _LONGEST_HEADING and not para.text.rstrip().endswith(tuple(_SENTENCE_ENDS))
        if group.role is GroupRole.DUTIES:
            return short and (bool(number) or para.listed)
        return short

    def _count(self, group: Group, number: str) -> None:
        """Notes the number that a duty had: printed they are counted anew."""
        if group.role is GroupRole.DUTIES and not self._draft.literal:
            self._numbers += re.findall("[0-9]+", number)

    def _told_counts(self) -> None:
        """Says that numbers which did not go on by one will."""
        new = [str(number) for number in range(1, len(self._numbers) + 1)]
        if self._numbers not in ([], new):
            message = _("文档里的编号是 {old}，印出来按次序编为 {new}").format(
                old=" ".join(self._numbers), new=" ".join(new)
            )
            self._draft.note("", Confidence.LIKELY, message)
        self._numbers = []

    def _title(self, group: Group, para: SourceParagraph, bare: str) -> str:
        """A row's first column: a duty's name without its count, a safeguard's title as typed."""
        if group.role is not GroupRole.DUTIES:
            return para.text
        return re.sub(r"^\d+、", "", para.text, count=1) if self._draft.literal else bare

    def _begin(self, group: Group, title: str | None, para: SourceParagraph) -> None:
        self._close_row()
        self._row = RowDraft()
        self._row_place = in_text(para.number)
        self._field = None
        if title is not None:
            self._texts = {group.columns[0].key: [title]}

    def _append(self, text: str) -> None:
        """Goes on with the field of the row that is open."""
        if self._field is not None:
            self._texts.setdefault(self._field.key, []).append(text)

    def _close_row(self) -> None:
        group = None if self._block is None else self._draft.spec.group(self._block.group)
        if self._row is not None and group is not None:
            for column in group.columns:
                if column.key in self._texts:
                    text = "\n".join(self._texts[column.key])
                    self._draft.put_cell(group.key, self._row, column, text, self._row_place)
            self._draft.add_row(group.key, self._row, self._row_place)
        self._row = None
        self._texts = {}


_RANKS = (
    r"第.*",
    r"[一二三四五六七八九十]+[、.．]",
    r"[（(][一二三四五六七八九十]+[)）]",
    r"[0-9]+[、.．]",
    r"[（(][0-9]+[)）]",
)


def _rank(number: str) -> int:
    """The rank of a heading by its number: 1 for 第一部分, 2 一、, 3 （一）, 4 1., 5 (1); 0 for none."""
    return next((rank for rank, form in enumerate(_RANKS, 1) if re.fullmatch(form, number)), 0)


def _led_field(group: Group, text: str, *, literal: bool) -> tuple[Field, str] | None:
    """The column whose printed lead-in a text begins with, or its label with 是 or a colon; and the text behind."""
    for column in group.columns:
        if column.lead and text.startswith(column.lead):
            return column, text[len(column.lead) :]
    for column in group.columns:
        if (
            not literal
            and column.lead
            and (match := re.match(rf"\s*{column.label}\s*(?:[是为]?[:：]|[是为])\s*", text))
        ):
            return column, text[match.end() :]
    return None


def led_column(group: Group, text: str) -> Field | None:
    """The column whose lead-in a text begins with; ``None`` where it begins with none."""
    found = _led_field(group, text, literal=False)
    return found[0] if found else None


def _text_column(group: Group) -> Field | None:
    """Where a text without a lead-in goes."""
    return group.column(Role.TEXT) or group.column(Role.RESPONSIBILITY)
