"""The words of a form, and those of other counties that mean the same, for pasted blocks."""

from functools import cache

from perftui.editing.paste import FormWords
from perftui.exchange.importer.labels import is_unit_line, unit_in_brackets
from perftui.exchange.importer.vocabulary import LabelMeaning, vocabulary
from perftui.forms import Role
from perftui.model.record import FieldPath


class FormLabels(FormWords):
    """Asks the importer's vocabulary."""

    def __init__(self, form_id: str) -> None:
        self._words = vocabulary(form_id)

    def field(self, text: str) -> FieldPath | None:
        """The field outside of rows that a label announces."""
        target = self._words.target(text)
        if target is None or target.means is not LabelMeaning.FIELD or target.field is None:
            return None
        return None if target.field.role is Role.NOTE else target.path

    def goals(self, text: str) -> str:
        """The group of goals that a label announces."""
        target = self._words.target(text)
        return target.path[0] if target is not None and target.means is LabelMeaning.GOALS else ""

    def is_heading(self, text: str) -> bool:
        """A section's heading, or the unit's label."""
        target = self._words.target(text)
        return target is not None and target.means in (LabelMeaning.SECTION, LabelMeaning.UNIT)

    def is_unit_line(self, text: str) -> bool:
        """The unit's code and name, or 单位：元."""
        return is_unit_line(text) or bool(unit_in_brackets(f"（{text}）"))


@cache
def form_labels(form_id: str) -> FormLabels:
    """The labels of a form."""
    return FormLabels(form_id)
