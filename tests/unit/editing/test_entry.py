"""What hands type becomes what a field holds, kind by kind, in both forms."""

import pytest

from perftui.editing.entry import EntryRefused, EntryResult, choices_for, matching_choice, read_at, read_typed
from perftui.forms import Field, Form, Kind, Role, load_form
from perftui.model.record import FieldPath
from tests import factories

HEBEI, MOF = load_form("hebei-2021"), load_form("mof-2021")
PROJECT = HEBEI.project


def at(path: FieldPath, typed: str, form: Form = HEBEI, unit: str = "元") -> EntryResult:
    return read_at(form, form.project, path, typed, unit)


def value(path: FieldPath, typed: str, form: Form = HEBEI, unit: str = "元") -> object:
    return at(path, typed, form, unit).value


def refusal(path: FieldPath, typed: str, form: Form = HEBEI) -> str:
    with pytest.raises(EntryRefused) as refused:
        at(path, typed, form)
    return str(refused.value)


ROW = ("indicators", "aaaaaa")
GOAL = ("goals", "aaaaaa", "text")


@pytest.mark.parametrize(
    ("typed", "held"),
    [
        ("1973600", "1973600.00"),
        ("１９７３６００。５", "1973600.50"),
        ("1，973，600.00", "1973600.00"),
        ("12万", "120000.00"),
        ("12.5+3", "15.50"),
        ("1.2万元", "12000.00"),
        ("￥68000", "68000.00"),
        ("=100-25", "75.00"),
        ("  0  ", "0.00"),
        ("   ", None),
        ("", None),
    ],
)
def test_amounts(typed: str, held: str | None) -> None:
    assert value(("budget", "total"), typed) == held


def test_an_amount_is_typed_in_the_unit_of_the_screen() -> None:
    assert value(("funds", "total"), "12.5", MOF, "万元") == "125000.00"
    assert value(("funds", "total"), "12.5元", MOF, "万元") == "12.50"


@pytest.mark.parametrize("typed", ["十二万", "1,97", "1.234", "12..5", "-3", "1e5", "9" * 16, "3+", "#"])
def test_what_is_no_amount_is_refused_with_a_sentence(typed: str) -> None:
    assert len(refusal(("budget", "total"), typed)) > 4


@pytest.mark.parametrize(("typed", "held"), [("25", "25"), ("２５％", "25"), ("33。33", "33.33"), ("100%", "100")])
def test_percentages(typed: str, held: str) -> None:
    assert value(("plan", "m03"), typed) == held


@pytest.mark.parametrize("typed", ["四分之一", "33.333", "1000", "-1", "25万"])
def test_what_is_no_percentage_is_refused(typed: str) -> None:
    assert refusal(("plan", "m03"), typed)


@pytest.mark.parametrize(
    ("typed", "held"),
    [
        ("130303216f9hqohbt7gg4", "130303216F9HQOHBT7GG4"),
        ("１３０３０３２１６Ｆ９ｈｑｏｈｂｔ７ｇｇ４", "130303216F9HQOHBT7GG4"),
        ("130303 21 6F9HQOHBT7GG4", "130303216F9HQOHBT7GG4"),
        (" 130303216F9HQOHBT7GG4\t", "130303216F9HQOHBT7GG4"),
        ("13030321", "13030321"),
    ],
)
def test_codes(typed: str, held: str) -> None:
    assert value(("code",), typed) == held


@pytest.mark.parametrize(
    ("typed", "told"), [("1303编", "输入法"), ("1303-03", "“-”"), ("1" * 22, "最多 21 个字，这里有 22 个")]
)
def test_what_is_no_code_is_refused(typed: str, told: str) -> None:
    assert told in refusal(("code",), typed)


def test_a_text_that_is_too_long_names_field_limit_and_length() -> None:
    sentence = refusal(("name",), "长" * 61)
    assert "项目名称" in sentence
    assert "60" in sentence
    assert "61" in sentence
    assert value(("name",), "长" * 60) == "长" * 60


@pytest.mark.parametrize(
    ("typed", "held"),
    [
        ("　社区工作经费 ", "社区工作经费"),
        ("甲\n乙", "甲乙"),
        ("甲\u200b乙", "甲乙"),
        ("①：Ａ", "①：Ａ"),
        ("\u200b", None),
    ],
)
def test_texts_are_cleaned_and_keep_their_punctuation(typed: str, held: str | None) -> None:
    assert value(("name",), typed) == held


def test_what_was_taken_out_is_told() -> None:
    assert "看不见" in at(("name",), "甲\u200b乙").note
    assert at(("name",), "甲乙").note == ""


def test_long_texts_keep_their_lines() -> None:
    spec = HEBEI.department
    typed = read_at(HEBEI, spec, ("overall_goal",), "第一行\r\n第二行\n", "元")
    assert typed.value == "第一行\n第二行"


@pytest.mark.parametrize(
    ("typed", "held"), [("》=９５％", "≥95%"), ("大于等于95%", "≥95%"), ("18人", "18人"), ("良好", "良好")]
)
def test_values_are_written_alike(typed: str, held: str) -> None:
    assert value((*ROW, "value"), typed) == held


@pytest.mark.parametrize(
    ("typed", "held", "number"),
    [("1. 保障发放", "保障发放", "1"), ("（2）保障发放", "保障发放", "2"), ("保障发放", "保障发放", "")],
)
def test_the_number_of_a_goal_goes_and_that_is_told(typed: str, held: str, number: str) -> None:
    read = at(GOAL, typed)
    assert read.value == held
    assert (f"“{number}”" in read.note) == bool(number)


def test_the_one_text_of_goals_keeps_its_numbers() -> None:
    text = "1. 甲\n2. 乙"
    assert at(GOAL, text, MOF).value == text


@pytest.mark.parametrize(
    ("typed", "held"),
    [("产出指标", "产出指标"), ("2", "效益指标"), ("３", "满意度指标"), ("满意", "满意度指标"), ("产", "产出指标")],
)
def test_a_level_is_meant_by_its_number_beginning_or_part(typed: str, held: str) -> None:
    assert value((*ROW, "category"), typed) == held


@pytest.mark.parametrize(
    ("typed", "held"), [("数量", "数量指标"), ("4", "成本指标"), ("效益", "效益"), ("自己的类", "自己的类")]
)
def test_a_class_that_is_not_one_stays_as_typed(typed: str, held: str) -> None:
    assert value((*ROW, "class"), typed) == held


def test_the_classes_of_a_category_or_all() -> None:
    field = next(one for one in PROJECT.groups[-1].columns if one.role is Role.LEVEL2)
    assert choices_for(HEBEI.project, field, "产出指标") == ("数量指标", "质量指标", "时效指标", "成本指标")
    assert len(choices_for(HEBEI.project, field)) == len(HEBEI.project.taxonomy.skeleton)
    assert choices_for(HEBEI.project, field, "没有的") == choices_for(HEBEI.project, field)


def test_the_unit_of_amounts_is_one_of_two() -> None:
    path = HEBEI.department.path_of(Role.AMOUNT_UNIT)
    assert path is not None
    assert read_at(HEBEI, HEBEI.department, path, "万", "元").value == "万元"
    with pytest.raises(EntryRefused, match="元、万元"):
        read_at(HEBEI, HEBEI.department, path, "美元", "元")


@pytest.mark.parametrize(("typed", "held"), [("2021", 2021), ("２０２１", 2021), ("0", 0)])
def test_whole_numbers(typed: str, held: int) -> None:
    field = Field(key="n", label="人数", kind=Kind.INTEGER)
    assert read_typed(field, typed, "元") == held


@pytest.mark.parametrize("typed", ["两千", "20.5", "-1", "1" * 10, "²"])
def test_what_is_no_whole_number_is_refused(typed: str) -> None:
    with pytest.raises(EntryRefused, match="整数"):
        read_typed(Field(key="n", label="人数", kind=Kind.INTEGER), typed, "元")


def test_an_unknown_place_takes_plain_text() -> None:
    assert value(("unknown", "key"), " 甲\n") == "甲"
    assert value(("unknown", "key"), " ") is None


def test_nothing_matches_two_choices() -> None:
    assert matching_choice(("甲一", "甲二"), "甲") == "甲"
    assert matching_choice(("甲一", "甲二"), "3") == "3"
    assert matching_choice(("是", "否"), "²") == "²"


@pytest.mark.parametrize(
    ("typed", "taken"),
    [
        (">=", "≥"),
        ("＞＝", "≥"),
        ("》=", "≥"),
        ("大于等于", "≥"),
        ("不超过", "≤"),
        ("等于", "="),
        ("大于", "大于"),
        ("定", "定性"),
    ],
)
def test_a_sign_is_taken_however_it_is_typed(typed: str, taken: str) -> None:
    assert matching_choice(("≥", "≤", "=", "定性"), typed) == taken


@pytest.mark.parametrize("form", factories.FORMS)
def test_what_a_field_holds_can_be_typed_again(form: str) -> None:
    """Every field of a sample project, F2 and Enter: nothing changes."""
    definition = load_form(form)
    record = factories.project(form)
    for path, field in definition.project.fields(record):
        typed = record.text(path)
        if typed and field.kind is not Kind.AMOUNT:
            assert read_at(definition, definition.project, path, typed, "元").value == record.value(path), path
        elif typed:
            assert read_at(definition, definition.project, path, typed, "元").value == typed


def test_a_closed_choice_takes_its_own_words_alone_and_a_free_one_any() -> None:
    signs = load_form("wuhai-2021")
    place = ("indicators", "a", "sign")
    assert read_at(signs, signs.project, place, ">=", "元").value == "≥"
    assert read_at(signs, signs.project, place, " ", "元").value is None
    with pytest.raises(EntryRefused, match="指标方向只能是≥、≤、=、>、<、定性"):
        read_at(signs, signs.project, place, "约等于", "元")
    free = load_form("jiaxian-2016")
    assert read_at(free, free.project, ("nature",), "一次性项目", "元").value == "一次性项目"
