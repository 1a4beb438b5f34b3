"""What every view is made of: the document, its form, what review says, and the files that cannot be read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from perftui.forms import Form, Role
from perftui.forms.glosses import glossed_sentence
from perftui.locale import _
from perftui.model.document import Document, Location
from perftui.model.frozen import frozen
from perftui.model.record import FieldPath, Record
from perftui.model.text import visible
from perftui.model.unreviewed import copied_from
from perftui.review.location_names import short_name
from perftui.session.changed_files import name_of_file, no_form
from perftui.session.last_hands import CloneStanding
from perftui.session.last_year import LastYear
from perftui.session.remaining import FileStops, Remaining
from perftui.store.sync_copies import original_of
from perftui.viewmodel.drawn_pages import DrawnPages
from perftui.viewmodel.finding_index import FindingIndex
from perftui.viewmodel.grid import CellView
from perftui.viewmodel.tally import DocumentSums

_MANY = 300
"""Adding up more projects than that would be felt at the start."""


@frozen
class BadFileView:
    """A file that cannot be read, as the list shows it."""

    file: str
    line: int | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class DocumentView:
    """Everything that the views of one document are made of. Compared by identity, as sums are cached for it."""

    document: Document
    form: Form
    index: FindingIndex = field(default_factory=FindingIndex)
    problems: tuple[BadFileView, ...] = ()
    born: Location | None = None
    """The row that is not judged yet: the cursor has not left it since it was begun."""
    offers: Mapping[Location, str] = field(default_factory=dict)
    """Dim texts by place."""
    beside: Callable[[Location], str] = lambda _place: ""
    """A remark beside a field that is no finding; asked only of the cell at hand."""
    changed_at: Callable[[str], float | None] = lambda _file: None
    """When a file was last changed, seconds since 1970; asked only for the rows that are seen."""
    changed_elsewhere_at: Callable[[str], float | None] = lambda _file: None
    """The same of what others changed, and of what was changed before this session."""
    told_source: Callable[[CellView], str] = lambda _cell: ""
    """Where the dim text of a cell comes from; asked only of the cell at hand."""
    ascii_frames: bool = False
    tallies: DocumentSums = field(default_factory=DocumentSums)
    ask_last_visit: Callable[[], float | None] = lambda: None
    """When the person left the document last, seconds since 1970."""
    ask_last_year: Callable[[], LastYear | None] = lambda: None
    """Finds the document of the year before; asked only by the views that show it."""
    remaining: Remaining = field(default_factory=Remaining)
    """What is left in the document's files, kept between views."""
    standing: CloneStanding = field(default_factory=CloneStanding)
    """Where the clone stands that the document lies in."""
    pages: DrawnPages = field(default_factory=DrawnPages)
    """What was drawn of the printed pages, kept between views."""

    @property
    def hurried(self) -> bool:
        """Is it the first screen of a large document? Nothing is added up for that one."""
        return self.index.pending and len(self.document.projects) > _MANY

    @property
    def unit(self) -> str:
        """The unit that amounts are shown and typed in: 元 or 万元."""
        return self.form.amount_unit_of(self.document.department)

    @property
    def no_project(self) -> str:
        """What a list without projects says."""
        if self.form.has_projects:
            return _("没有项目：在项目列表里按 Ins 新建")
        return _("这个表样没有项目，只有部门的表：按 Alt+5 填写")

    @property
    def no_form(self) -> str:
        """What is said of a document whose form is not here; "" of any other."""
        return no_form(self.form)

    @property
    def last_year(self) -> LastYear | None:
        """The document of the year before; ``None`` where the folder has none."""
        return self.ask_last_year()

    def name_of(self, record: Record) -> str:
        """What people call a project: its name, else its code; "" for one that has neither."""
        spec = self.form.project
        return visible(spec.text_of(record, Role.NAME) or spec.text_of(record, Role.CODE))

    def name(self, file: str) -> str:
        """What people call a file."""
        return name_of_file(self.form, self.document, file)

    def stops(self, file: str) -> FileStops:
        """What is left in a file."""
        return self.remaining.of(self.form, file, self.document.record(file), self.index.faults.get(file, []))

    def page_paths(self, file: str) -> tuple[FieldPath, ...]:
        """Every place of a file's page, in its order."""
        return self.stops(file).paths

    @property
    def left(self) -> int:
        """How many places are left in the whole document, but in the row that is not judged yet."""
        return self.left_of_whole[0] - self._unjudged

    @property
    def left_of_whole(self) -> tuple[int, int]:
        """How many places are left in the whole document, and how many are to be filled and right."""
        return self.remaining.left_of_whole(self.form, self.document, self.index.faults)

    def left_in(self, file: str) -> int:
        """How many places are left in a file, but in the row that is not judged yet."""
        unjudged = self._unjudged if self.born is not None and self.born.file == file else 0
        return self.stops(file).left - unjudged

    @property
    def _unjudged(self) -> int:
        born = self.born
        if born is None or not self.document.has(born.file):
            return 0
        return sum(stop.need is not None and stop.place.is_in(born) for stop in self.stops(born.file).stops)

    def hand_in_short(self, file: str) -> str:
        """Who kept the last version of a file, in few cells: what is not kept, or not sent, comes before the name."""
        if file in self.standing.not_kept:
            return _("没存版本")
        return _("没送出") if file in self.standing.not_sent else self.standing.last_hands.get(file, "")

    def file_in_words(self, place: Location) -> str:
        """The same of a whole file in words, for the place that stands for it; of an unreadable one what to do.

        "" for any other place, and without git.
        """
        if not place.path and any(one.file == place.file for one in self.problems):
            is_copy = original_of(place.file.rpartition("/")[2])
            return _("命令“修好文件”把副本按字段合并") if is_copy else _("命令“修好文件”写回最后的好内容")
        if place.path or not self.document.has(place.file):
            return ""
        who = self.standing.last_hands.get(place.file, "")
        sentences = [_("最后经手 {who}").format(who=visible(who))] if who else []
        sentences += [_("有改动没存版本")] if place.file in self.standing.not_kept else []
        sentences += [_("有版本没送出")] if place.file in self.standing.not_sent else []
        return _("，").join(sentences)

    def copied_from(self, place: Location) -> str:
        """The name of what a place was copied from, while nobody has looked at it; else ""."""
        return copied_from(self.document.record(place.file), place.path) if self.document.has(place.file) else ""

    def place_label(self, place: Location) -> str:
        """A place in words: field, and for a row which one; with the English of both."""
        return glossed_sentence(self.form, self.short_place(place))

    def short_place(self, place: Location) -> str:
        """The same in the form's own words alone, where there is little room."""
        if not place.path:
            return ""
        record = self.document.record(place.file) if self.document.has(place.file) else Record()
        return short_name(place.path, self.form.spec_of(place.file), record)
