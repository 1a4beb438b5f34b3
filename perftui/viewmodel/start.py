"""The start: the documents that are there, and the fields of a new one."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from perftui.forms import form_or_unknown
from perftui.locale import N_, _
from perftui.model.document import Location
from perftui.model.frozen import frozen
from perftui.model.money import format_amount
from perftui.model.text import visible
from perftui.session.document_figures import DocumentFigures
from perftui.viewmodel.changed_since import changed_since
from perftui.viewmodel.field_cells import label_cell
from perftui.viewmodel.grid import GAP, CellView, GridView, RowView, Tone, placed

START = "start"
CREATE = "create"
EXAMPLE = "example"
IMPORT = "import"
NEXT_YEAR = "next-year"
_LABEL = 16  # cells
_TYPED = 40
"""The most cells of a typed value, so that the hint behind it is not far off."""
_HINT = 28  # cells
_FIGURES = (6, 14, 5, 4, 9)
"""Cells of status, sum, errors, what is left and the last hand."""
_FIELDS = (
    ("year", N_("预算年度"), N_("四位数字，如 2021")),
    ("unit", N_("单位编码"), N_("六位，如 613001")),
    ("name", N_("单位名称"), N_("如 路南街道办事处部门本级")),
    ("division", N_("行政区划代码"), N_("六位，可以不填，如 130303")),
    ("form", N_("表样"), N_("F4 选择")),
)


@frozen
class StartValues:
    """What was typed for a new document."""

    form: str
    year: str = ""
    unit: str = ""
    name: str = ""
    division: str = ""

    def with_value(self, key: str, text: str) -> "StartValues":
        """The values with one changed."""
        return replace(self, **{key: text})

    def typed(self) -> dict[str, str]:
        """What was typed, by the names of the fields; the form, which is never blank, only beside a text."""
        texts = {key: str(getattr(self, key)) for key, _label, _hint in _FIELDS}
        return texts if any(text for key, text in texts.items() if key != "form") else {}

    def with_typed(self, texts: Mapping[str, str]) -> "StartValues":
        """The values with what was typed another time."""
        return replace(self, **{key: texts[key] for key, _label, _hint in _FIELDS if key in texts})

    def problem(self) -> tuple[str, str] | None:
        """The first field that is not right yet, and the sentence about it."""
        if not (self.year.isascii() and self.year.isdigit() and len(self.year) == 4):
            return "year", _("预算年度要填四位数字，如 2021")
        if not (self.unit.isascii() and self.unit.isalnum()):
            return "unit", _("单位编码只能有数字和字母，如 613001")
        if not self.name:
            return "name", _("请填单位名称")
        return None


def start_view(
    values: StartValues,
    names: Sequence[tuple[str, str]],
    width: int,
    *,
    example: bool,
    figures: Mapping[str, DocumentFigures] | None = None,
) -> GridView:
    """The documents to open, how far each is as far as that is known, then the fields and commands that make one."""
    rows = []
    if names:
        rows.append(_document_heading(width))
        for action, name in names:
            known = (figures or {}).get(action)
            rows += [_document(action, name, known, width), *_told_below(known, width)]
        rows.append(RowView(cells=(CellView(),)))
    rows.append(_heading(_("新建绩效文本"), width))
    rows += [_field(values, key, label, hint, width) for key, label, hint in _FIELDS]
    rows.append(_command(CREATE, _("［ 建立 ］"), width))
    rows.append(_command(IMPORT, _("［ 读入 Word 文档 ］"), width))
    rows.append(_command(NEXT_YEAR, _("［ 照上年的 Word 文档生成下一年度 ］"), width))
    if example and not names:
        rows.append(_heading(_("或者先看看示例"), width))
        rows.append(_command(EXAMPLE, _("［ 复制一份示例：路南街道办事处 2021 年 ］"), width))
    return GridView(rows=rows, width=width)


def _columns(width: int) -> list[int]:
    """The widths of a document's name and figures."""
    return [max(10, width - GAP - sum(_FIGURES) - len(_FIGURES) * GAP - 1), *_FIGURES]


def _document_heading(width: int) -> RowView:
    titles = (_("打开"), _("状态"), _("预算数（元）"), _("错误"), _("还差"), _("最后经手"))
    right = (2, 3, 4)
    cells = [
        CellView(text=title, tone=Tone.LABEL if at else Tone.GROUP, align="right" if at in right else "left")
        for at, title in enumerate(titles)
    ]
    first, *rest = _columns(width - 1)
    return RowView(cells=placed(cells, [first + GAP, *rest]))


def _document(action: str, name: str, figures: DocumentFigures | None, width: int) -> RowView:
    place = Location(file=START, path=(action,))
    texts: tuple[str, ...] = ("", "…", "", "", "")
    if figures is not None:
        total = "" if figures.no_form else format_amount(figures.total)
        left = "" if figures.no_form else str(figures.left or "")
        texts = (figures.status, total, str(figures.errors or ""), left, figures.last_hand)
    cells = [CellView(text=visible(name), place=place), CellView(text=visible(texts[0]), tone=Tone.LABEL)]
    cells += [CellView(text=text, tone=Tone.LABEL, align="right") for text in texts[1:4]]
    cells.append(CellView(text=visible(texts[4]), tone=Tone.LABEL))
    return RowView(cells=placed(cells, _columns(width - 1), start=GAP), key=place, whole=True)


def _told_below(figures: DocumentFigures | None, width: int) -> list[RowView]:
    """That its form is not here; what was changed in a document since the person left it, and by whom."""
    if figures is None:
        return []
    news = changed_since(figures.changed, figures.since) if figures.changed and figures.since is not None else ""
    return [
        RowView(cells=(CellView(text=visible(text), x=2 * GAP, width=width - 2 * GAP, tone=Tone.ACCENT),))
        for text in (figures.no_form, news)
        if text
    ]


def _heading(text: str, width: int) -> RowView:
    return RowView(cells=(CellView(text=text, width=width, tone=Tone.GROUP),))


def _command(action: str, text: str, width: int) -> RowView:
    place = Location(file=START, path=(action,))
    cell = CellView(text=visible(text), x=2, width=max(10, width - 4), place=place)
    return RowView(cells=(cell,), key=place)


def _field(values: StartValues, key: str, label: str, hint: str, width: int) -> RowView:
    place = Location(file=START, path=(key,))
    text = getattr(values, key)
    shown = form_or_unknown(text)[0].title if key == "form" else visible(text)
    value = CellView(text=shown, typed=text, place=place, editable=key != "form", label=_(label), limit=100)
    typed = min(max(20, width - _LABEL - _HINT - 4 * GAP), _TYPED)
    cells = placed(
        [label_cell(_(label)), value, CellView(text=_(hint), tone=Tone.DIM)],
        [_LABEL, typed, min(_HINT, width - _LABEL - typed - 3 * GAP)],
        start=GAP,
    )
    return RowView(cells=cells, key=place)
