"""The start: the documents that are there, and the fields of a new one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from perftui.forms import form_or_unknown
from perftui.locale import N_, _
from perftui.model.document import Location
from perftui.model.text import visible
from perftui.viewmodel.field_cells import label_cell
from perftui.viewmodel.grid import GAP, CellView, GridView, RowView, Tone, placed

START = "start"
CREATE = "create"
EXAMPLE = "example"
IMPORT = "import"
_LABEL = 16  # cells
_TYPED = 40
"""The most cells of a typed value, so that the hint behind it is not far off."""
_HINT = 28  # cells
_FIELDS = (
    ("year", N_("预算年度"), N_("四位数字，如 2021")),
    ("unit", N_("单位编码"), N_("六位，如 613001")),
    ("name", N_("单位名称"), N_("如 路南街道办事处部门本级")),
    ("division", N_("行政区划代码"), N_("六位，可以不填，如 130303")),
    ("form", N_("表样"), N_("F4 选择")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
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

    def problem(self) -> tuple[str, str] | None:
        """The first field that is not right yet, and the sentence about it."""
        if not (self.year.isascii() and self.year.isdigit() and len(self.year) == 4):
            return "year", _("预算年度要填四位数字，如 2021")
        if not (self.unit.isascii() and self.unit.isalnum()):
            return "unit", _("单位编码只能有数字和字母，如 613001")
        if not self.name:
            return "name", _("请填单位名称")
        return None


def start_view(values: StartValues, names: Sequence[tuple[str, str]], width: int, *, example: bool) -> GridView:
    """The documents to open, then the fields and commands that make one."""
    rows = []
    if names:
        rows.append(_heading(_("打开"), width))
        rows += [_command(action, name, width) for action, name in names]
    rows.append(_heading(_("新建绩效文本"), width))
    rows += [_field(values, key, label, hint, width) for key, label, hint in _FIELDS]
    rows.append(_command(CREATE, _("［ 建立 ］"), width))
    rows.append(_command(IMPORT, _("［ 读入 Word 文档 ］"), width))
    if example and not names:
        rows.append(_heading(_("或者先看看示例"), width))
        rows.append(_command(EXAMPLE, _("［ 复制一份示例：路南街道办事处 2021 年 ］"), width))
    return GridView(rows=rows, width=width)


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
