"""Whatever the text, a name made of it is one harmless file name."""

import os

from hypothesis import given, settings
from hypothesis import strategies as st

from perftui.files.names import MAX_NAME_BYTES, cut_bytes, is_project_file_name, safe_name

QUICK = settings(deadline=None)  # the time of one example says how loaded the machine is
HOSTILE = st.lists(
    st.sampled_from(
        ["..", "/", "\\", "\0", "\n", "\x1b]0;x", "CON", "nul", ".", "-", "路", "𠮷", "\u202e", "\ud800", "a", "ﬁ"]
    )
).map("".join)


@QUICK
@given(st.text() | HOSTILE)
def test_a_name_is_one_harmless_name(text: str) -> None:
    name = safe_name(text, "fallback")
    assert os.path.basename(name) == name
    assert 0 < len(name.encode()) <= MAX_NAME_BYTES
    assert not name.startswith((".", "-"))
    assert not name.endswith((".", "-"))
    assert name.isprintable()
    assert ".." not in name
    assert name.upper().partition(".")[0] not in {"CON", "PRN", "AUX", "NUL", "COM1", "LPT9"}


@QUICK
@given(st.text() | HOSTILE)
def test_a_safe_name_stays_what_it_is(text: str) -> None:
    name = safe_name(text, "fallback")
    assert safe_name(name, "") == name
    assert is_project_file_name(f"{name}.toml")


@QUICK
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])), st.integers(0, 60))
def test_a_cut_is_the_longest_beginning_that_fits(text: str, size: int) -> None:
    cut = cut_bytes(text, size)
    assert text.startswith(cut)
    assert len(cut.encode()) <= size
    assert cut == text or len(text[: len(cut) + 1].encode()) > size
