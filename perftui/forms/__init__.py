"""Form definitions: TOML data and its loader."""

from perftui.forms.definition import (
    AmountGroup,
    Category,
    Field,
    Form,
    Group,
    GroupRole,
    Kind,
    Part,
    Plan,
    RecordSpec,
    Role,
    Taxonomy,
)
from perftui.forms.loader import DEFAULT_FORM, UnknownForm, form_ids, load_form
from perftui.forms.printing import PrintBlock, PrintCell, PrintRow, PrintSpec, PrintTable

__all__ = [
    "DEFAULT_FORM", "AmountGroup", "Category", "Field", "Form", "Group", "GroupRole", "Kind", "Part", "Plan",
    "PrintBlock", "PrintCell", "PrintRow", "PrintSpec", "PrintTable", "RecordSpec", "Role", "Taxonomy", "UnknownForm",
    "form_ids", "load_form",
]  # fmt: skip
