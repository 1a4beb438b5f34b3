"""The language of form definitions as one table: the checker, the reference and the schema are made from it."""

from collections.abc import Mapping
from enum import StrEnum

from perftui.forms.definition import GroupRole
from perftui.forms.fields import Kind, Role
from perftui.locale import N_
from perftui.model.frozen import frozen


class ValueType(StrEnum):
    """What a key of the language holds."""

    TEXT = "text"
    NAME = "name"
    """A key of the data files: small letters, digits and ``_``."""
    FLAG = "flag"
    NUMBER = "number"
    TEXTS = "texts"
    NUMBERS = "numbers"
    TABLE = "table"
    TABLES = "tables"
    WORDS = "words"
    """A table of texts with keys of the form's own."""


@frozen
class LanguageKey:
    """A key of the language."""

    holds: ValueType
    about: str
    """What it says, for the reference."""
    required: bool = False
    words: tuple[str, ...] = ()
    """The only texts that it may have."""
    section: str = ""
    """Of a table, or of each of several: the section that says its keys."""
    least: int = 0
    most: int = 1_000_000


Section = Mapping[str, LanguageKey]
DEPARTMENT_SECTION, PROJECT_SECTION = "department", "project"
"""The two kinds of files that a definition says the fields of."""


def _text(about: str, *, required: bool = False, words: tuple[str, ...] = ()) -> LanguageKey:
    return LanguageKey(holds=ValueType.TEXT, about=about, required=required, words=words)


def _name(about: str, *, required: bool = False) -> LanguageKey:
    return LanguageKey(holds=ValueType.NAME, about=about, required=required)


def _flag(about: str) -> LanguageKey:
    return LanguageKey(holds=ValueType.FLAG, about=about)


def _number(about: str, least: int, most: int, *, required: bool = False) -> LanguageKey:
    return LanguageKey(holds=ValueType.NUMBER, about=about, required=required, least=least, most=most)


def _texts(about: str, *, required: bool = False) -> LanguageKey:
    return LanguageKey(holds=ValueType.TEXTS, about=about, required=required)


def _table(section: str, about: str, *, required: bool = False) -> LanguageKey:
    return LanguageKey(holds=ValueType.TABLE, about=about, section=section, required=required)


def _tables(section: str, about: str, *, required: bool = False) -> LanguageKey:
    return LanguageKey(holds=ValueType.TABLES, about=about, section=section, required=required)


_FIELD: Section = {
    "key": _name(N_("数据文件里的键"), required=True),
    "label": _text(N_("栏目名称，与纸面一致"), required=True),
    "kind": _text(N_("填什么；不写就是 text"), words=tuple(Kind)),
    "role": _text(N_("在表里起什么作用"), words=tuple(Role)),
    "required": _flag(N_("必填")),
    "width": _number(N_("表格里平时的宽度，汉字占 2"), 1, 200),
    "limit": _number(N_("最多几个字"), 1, 100_000),
    "choices": _texts(N_("可以选的词")),
    "free": _flag(N_("也可以填别的词")),
    "printed": LanguageKey(holds=ValueType.WORDS, about=N_('印成别的字的词，如 { "定性" = "/" }')),
    "unit": _text(N_("整数后面的单位")),
    "code": _tables("code", N_("编码由哪几段组成")),
    "formula": _text(N_("怎样算出来：算出的不存，填了不同的数会提示")),
    "lead": _text(N_("打印在内容前面的话")),
    "hidden": _flag(N_("由程序管，不显示")),
}

LANGUAGE: Mapping[str, Section] = {
    "form": {
        "id": _text(N_("表样的名字，与文件名相同"), required=True),
        "title": _text(N_("人怎么叫这张表"), required=True),
        "source": _text(N_("照哪一份公开的表做的")),
        "amount_unit": _text(N_("金额单位"), required=True, words=("元", "万元")),
        "department": _table("record", N_("部门（单位）的栏目"), required=True),
        "project": _table("record", N_("项目的栏目；只有部门一张表、没有项目的，不写")),
        "taxonomy": _table("taxonomy", N_("项目的一级、二级指标；有项目的都要写")),
        "weights": _table("weights", N_("分值怎么合计")),
        "english": LanguageKey(
            holds=ValueType.WORDS,
            about=N_('栏目、分类和可选的词的英文，如 { "指标值" = "target value" }：英文界面写在中文后面，不打印'),
        ),
        "print": _table("print", N_("打印"), required=True),
        "words": LanguageKey(holds=ValueType.WORDS, about=N_("这张表自己的叫法")),
    },
    "record": {
        "head": _tables("field", N_("单独的栏目")),
        "amounts": _tables("amounts", N_("金额表：一个合计和它的分项")),
        "plan": _table("plan", N_("支出计划")),
        "groups": _tables("group", N_("一行一行填的：目标、指标、测算明细")),
        "moments": _tables("moment", N_("以后再看的：监控、自评")),
        "taxonomy": _table("taxonomy", N_("部门指标的一级、二级")),
    },
    "field": _FIELD,
    "code": {
        "length": _number(N_("几位"), 1, 60, required=True),
        "label": _text(N_("这一段叫什么")),
        "letters": _flag(N_("除数字外也可以是大写字母")),
        "means": _text(N_("表示什么"), words=("division", "year")),
    },
    "amounts": {
        "key": _name(N_("数据文件里的表名"), required=True),
        "label": _text(N_("名称"), required=True),
        "columns": _tables("column", N_("矩阵的列：每列一组金额")),
        "total": _table("part", N_("合计"), required=True),
        "others": _tables("field", N_("同一张表里不是金额的栏目")),
    },
    "column": {
        "key": _name(N_("接在表名后面"), required=True),
        "label": _text(N_("列的名称"), required=True),
    },
    "part": {
        "key": _name(N_("数据文件里的键"), required=True),
        "label": _text(N_("名称"), required=True),
        "required": _flag(N_("必填")),
        "width": _number(N_("表格里平时的宽度"), 1, 200),
        "hidden": _flag(N_("由程序管，不显示")),
        "formula": _text(N_("怎样算出来")),
        "columns": _texts(N_("矩阵里只有这几列有它")),
        "parts": _tables("part", N_("加起来等于它的分项")),
    },
    "plan": {
        "key": _name(N_("数据文件里的表名"), required=True),
        "label": _text(N_("名称"), required=True),
        "cumulative": _flag(N_("是累计数；不写就是累计")),
        "usual": _texts(N_("多数项目的计划，可以一次填入")),
        "points": _tables("point", N_("时点"), required=True),
    },
    "point": {
        "key": _name(N_("数据文件里的键"), required=True),
        "label": _text(N_("名称"), required=True),
        "required": _flag(N_("必填")),
        "width": _number(N_("表格里平时的宽度"), 1, 200),
    },
    "group": {
        "key": _name(N_("数据文件里的表名"), required=True),
        "label": _text(N_("一行叫什么"), required=True),
        "role": _text(N_("这些行是什么"), required=True, words=tuple(GroupRole)),
        "columns": _tables("field", N_("各列"), required=True),
        "single": _flag(N_("纸面上是一段话，不是一条一条的")),
    },
    "moment": {
        "key": _name(N_("数据文件里的表名"), required=True),
        "label": _text(N_("名称"), required=True),
        "points": _tables("column", N_("一年做几次时，每次的名称")),
        "fields": _tables("field", N_("说一次的栏目")),
        "rows": _tables("moment_rows", N_("对每一行、每一项金额说的")),
    },
    "moment_rows": {
        "key": _name(N_("表名的最后一段，如 rows"), required=True),
        "of": _name(N_("哪一组行、哪一张金额表"), required=True),
        "columns": _tables("field", N_("各列"), required=True),
    },
    "taxonomy": {
        "closed": _flag(N_("只能用这些词")),
        "categories": _tables("category", N_("一级指标"), required=True),
    },
    "category": {
        "name": _text(N_("一级指标"), required=True),
        "classes": _texts(N_("属于它的二级指标")),
        "note": _text(N_("印在后面的话，如（40分）")),
    },
    "weights": {
        "totals": _texts(N_("各行分值加起来可以是多少"), required=True),
        "categories": LanguageKey(holds=ValueType.WORDS, about=N_("各一级指标的分值：一个数，或者 40-50 这样的范围")),
        "execution": _text(N_("预算执行的分值，不在各行里")),
    },
    "print": {
        "cover": _texts(N_("封面各行，{unit} 和 {year} 会填入；不写就没有封面")),
        "contents": _text(N_("目录的标题；不写就没有目录")),
        "department_part": _text(N_("第一部分的标题")),
        "department": _tables("block", N_("第一部分的各段")),
        "department_tables": _tables("print_table", N_("第一部分的各张表")),
        "project_part": _text(N_("第二部分的标题；不写就没有")),
        "title": _text(N_("项目表的标题，{name} 会填入；有项目的都要写")),
        "landscape": _flag(N_("横向")),
        "tables": _tables("print_table", N_("项目的各张表；全单位一张表、没有项目时不写")),
    },
    "block": {
        "heading": _text(N_("标题"), required=True),
        "field": _text(N_("印这一栏")),
        "group": _text(N_("印这一组的各行")),
    },
    "print_table": {
        "widths": LanguageKey(holds=ValueType.NUMBERS, about=N_("各列宽度，毫米"), required=True, least=1, most=400),
        "rows": _tables("print_row", N_("固定的行")),
        "group": _text(N_("一行一行印这一组")),
        "columns": _texts(N_("印哪几列；value:sign、value:number、value:unit 是指标值的一部分")),
        "merged": _texts(N_("相同的上下合并的列")),
        "left": _texts(N_("靠左的列")),
        "title": _text(N_("列名上面横贯全表的一行")),
        "heads": _tables("head", N_("两层列名的上一层")),
        "labels": LanguageKey(holds=ValueType.WORDS, about=N_("列名与栏目名称不同的列")),
        "joined": LanguageKey(
            holds=ValueType.WORDS, about=N_('几列印在一格的格式，如 value = "{sign}{value}({measure})"')
        ),
        "projects": _flag(N_("全单位一张表：各项目依次排列，列写成 name、funds.total、indicators.name")),
        "when": _text(N_("这一栏或这一组有内容才印")),
        "adjoins": _flag(N_("紧接上一张表，中间不空，看上去是一张表")),
    },
    "head": {
        "label": _text(N_("名称"), required=True),
        "columns": _texts(N_("在哪几列上面"), required=True),
    },
    "print_row": {
        "cells": _tables("cell", N_("各格"), required=True),
        "borders": _flag(N_("有框线；不写就是有")),
        "height": _number(N_("至少多高，毫米"), 1, 200),
    },
    "cell": {
        "label": _text(N_("印这几个字")),
        "text": _text(N_("印这几句话，或者签字的几行；{unit} 和 {year} 会填入")),
        "field": _text(N_("印这一栏")),
        "goals": _text(N_("印这一组目标")),
        "unit_line": _flag(N_("印单位编码和名称")),
        "amount_unit": _flag(N_("印金额单位")),
        "span": _number(N_("占几列"), 1, 60),
        "rows": _number(N_("占几行"), 1, 60),
        "align": _text(N_("靠哪边"), words=("left", "center", "right")),
        "prefix": _text(N_("印在内容前面")),
        "suffix": _text(N_("印在内容后面")),
    },
}
"""The keys of every kind of table of a definition, by the section's name."""
