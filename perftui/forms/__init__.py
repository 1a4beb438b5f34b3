"""Form definitions: TOML data, the language they are written in, and where they are."""

from perftui.forms.definition import (
    AmountGroup,
    Category,
    Form,
    Group,
    GroupRole,
    Moment,
    MomentRows,
    Part,
    Plan,
    RecordSpec,
    Taxonomy,
    Weights,
)
from perftui.forms.fields import CodeFormat, CodePart, Field, Kind, Role
from perftui.forms.printing import PrintBlock, PrintCell, PrintColumn, PrintHead, PrintRow, PrintSpec, PrintTable
from perftui.forms.search_path import (
    DEFAULT_FORM,
    GENERAL_FORMS,
    UnknownForm,
    exchanged,
    form_ids,
    form_or_unknown,
    load_form,
    look_in,
    shipped_ids,
    usable_forms,
)

__all__ = [
    "DEFAULT_FORM", "GENERAL_FORMS",
    "AmountGroup", "Category", "CodeFormat", "CodePart", "Field", "Form", "Group", "GroupRole", "Kind",
    "Moment", "MomentRows", "Part", "Plan", "PrintBlock", "PrintCell", "PrintColumn", "PrintHead", "PrintRow",
    "PrintSpec", "PrintTable", "RecordSpec", "Role", "Taxonomy", "UnknownForm", "Weights", "exchanged",
    "form_ids", "form_or_unknown", "load_form", "look_in", "shipped_ids", "usable_forms",
]  # fmt: skip
